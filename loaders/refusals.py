"""Why a file cannot be read: each reason once, with what a person can do about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from form.language import _
from loaders.document import ReadError


def damaged() -> ReadError:
    """The bytes do not hold together as the kind of file they claim to be."""
    return ReadError("damaged", _("文件已损坏，无法打开。请重新获取或重新保存后再导入。"))


@contextmanager
def told_as(refusal: Callable[[], ReadError] = damaged) -> Iterator[None]:
    """Turn whatever a library raises over a stranger's bytes into one refusal.

    A list of classes would never be complete: each format's library has some of its own. For the
    steps at which such a library is called, not around what this program does with the answer: a
    fault of its own is to be seen (`loaders.sandbox.child`).
    """
    try:
        yield
    except ReadError:
        raise
    except Exception as error:
        raise refusal() from error


def encrypted() -> ReadError:
    """A password is needed to open the file."""
    return ReadError("encrypted", _("文件设有打开密码。请去掉密码后再导入。"))


def empty() -> ReadError:
    """The file is in order and says nothing."""
    return ReadError("empty", _("文件里没有文字，也没有表格。请检查是否选错了文件。"))


def scanned() -> ReadError:
    """The file holds pictures of pages and no text."""
    return ReadError(
        "scanned",
        _(
            "这是扫描件，没有文字层，读不出数字。请向报送单位索取可以复制文字的 PDF 或 Word 文件，"
            "或者先做文字识别（OCR）再导入。"
        ),
    )


def pictures_only() -> ReadError:
    """The file is a picture, or holds nothing else."""
    return ReadError(
        "pictures_only",
        _(
            "文件里只有图片，没有文字，读不出数字。请向报送单位索取可以复制文字的 PDF 或 Word 文件，"
            "或者先做文字识别（OCR）再导入。"
        ),
    )


def unmapped_text() -> ReadError:
    """The letters are drawn, but the file does not say which letters they are."""
    return ReadError(
        "unmapped_text",
        _("文件的字体没有文字对照表，文字无法取出。请向报送单位索取 Word 文件，或者重新导出 PDF。"),
    )


def fonts_missing() -> ReadError:
    """The file relies on fonts of the computer it is read on, and this one lacks them."""
    return ReadError(
        "fonts_missing",
        _(
            "文件没有附带所用的字体，这台计算机上也没有，数字可能读漏。请向报送单位索取 Word 文件，"
            "或者重新导出 PDF 并嵌入字体。"
        ),
    )


def old_format(wanted: str) -> ReadError:
    """An Office file from before 2007; `wanted` is the ending to save it with (.docx)."""
    message = _("这是旧版格式的文件。请用 Word、Excel 或 WPS 打开，另存为 {wanted} 格式后再导入。")
    return ReadError("old_format", message.format(wanted=wanted))


def too_many_bytes(limit: int) -> ReadError:
    """The file as such is larger than `limit` bytes."""
    message = _("文件超过 {limit} MB，没有读取。年度报告不需要这么大，请检查是否选错了文件。")
    return ReadError("too_large", message.format(limit=limit // 1_000_000))


def too_large() -> ReadError:
    """The file unpacks to more than any annual report needs."""
    return ReadError(
        "too_large", _("文件内容过多，不像一份年度报告，没有读取。请检查是否选错了文件。")
    )


def unsafe() -> ReadError:
    """The file declares entities or a document type of its own."""
    return ReadError("unsafe", _("文件里夹带了不应有的外部声明，为安全起见没有读取。"))


def too_deep() -> ReadError:
    """The markup is nested so deeply, or one text so long, that a part would be lost."""
    return ReadError(
        "too_deep", _("网页嵌套过深或段落过长，会漏掉内容，没有读取。请复制正文另存后再导入。")
    )


def summary_sheet() -> ReadError:
    """A table of many agencies, a line or a column each, and no report of any of them."""
    return ReadError(
        "summary_sheet",
        _(
            "这是多个机关的汇总表，不是某一个机关的年度报告，没有读取。"
            "请导入各机关自己的年度报告（每份一个文件，或打成一个 ZIP 包），汇总由本系统来做。"
        ),
    )
