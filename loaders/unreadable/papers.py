"""What a document is in which no official table was found: said in one sentence, with what to do.

Judged by what stands in the title, else by words that only one sort of document has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import PurePath
from typing import Final

from form.editions import EDITIONS
from form.labels import SECTION_WORDS
from form.language import _
from form.values import folded
from loaders import refusals
from loaders.document import Document, Grid, ReadError

_FRONT_LINES: Final = 40
_LONGEST_TITLE: Final = 60
_SHOWN_TITLE: Final = 40
_LEAST_TEXT: Final = 30
"""Characters: a document with fewer says nothing (a page number, a scanner's mark)."""

_HALF_YEAR: Final = re.compile(
    r"上半年|下半年|半年度|半年报|[第一二三四1-4]季度|季报|月报|月度|\d{1,2}月?[-—~至]\d{1,2}月"
)
_DISCLOSURE_WORK: Final = re.compile(r"信息公开|政务公开|公开申请")
_ANNUAL: Final = re.compile(r"(?:政府|政务)信息公开.{0,12}(?:年度报告|工作报告|报告|年报|总结)")
_INTERPRETATION: Final = re.compile(r"解读|读懂|看懂|图解|问答|答记者问")
_ANNUAL_REPORT: Final = re.compile(r"年报|年度报告|年度工作报告")
_OTHER_PAPER: Final = re.compile(r"(?:通知|通报|的函|方案|要点|办法|规定|指南|目录|规程|制度)$")
_OLD_YEAR: Final = re.compile(r"20(?:0\d|1[0-8])年")

# Rows of the statistics that reports up to 2018 carried; none of them is in today's form.
_OLD_WORDS: Final = (
    "当面申请数",
    "传真申请数",
    "网络申请数",
    "信函申请数",
    "按时办结数",
    "延期办结数",
    "属于已主动公开范围数",
    "同意公开答复数",
    "同意部分公开答复数",
    "不同意公开答复数",
    "不属于本行政机关公开数",
    "申请信息不存在数",
    "告知作出更改补充数",
    "告知通过其他途径办理数",
    "主动公开政府信息数",
    "制发规范性文件总数",
    "政府公报公开政府信息数",
    "政府网站公开政府信息数",
    "政务微博公开政府信息数",
    "政务微信公开政府信息数",
    "维持具体行政行为数",
    "政府信息公开工作专门机构数",
)
_ENOUGH_OLD_WORDS: Final = 3
_TELLING_LABEL: Final = 8
"""Characters: a label this long stands in no prose by chance."""
_ENOUGH_LABELS: Final = 5
_ENOUGH_SECTIONS: Final = 3


def despite_tables(document: Document, name: str) -> ReadError | None:
    """Return why a document is no annual report though it may print the same tables, else None.

    Statistics of a half year or a quarter use them too, and would pass for the whole year's.
    """
    titles = list(_titles(document, name))
    part_year = [title for title in titles if _is_part_year(title)]
    if part_year and not any(_ANNUAL.search(title) for title in set(titles) - set(part_year)):
        return _half_year(part_year[0])
    return None


def explain(document: Document, name: str, *, has_pictures: bool) -> ReadError:
    """Return what a document without any official table is, as the error to raise."""
    text = folded("".join(_texts(document)))
    titles = list(_titles(document, name))
    if len(text) < _LEAST_TEXT and has_pictures:
        return refusals.pictures_only()
    if not text:
        return refusals.empty()
    if sum(word in text for word in _OLD_WORDS) >= _ENOUGH_OLD_WORDS:
        return _old_form()
    if any(_INTERPRETATION.search(title) and _ANNUAL_REPORT.search(title) for title in titles):
        return _interpretation()
    if sum(label in text for label in _long_labels()) >= _ENOUGH_LABELS:
        return _glued_tables()
    if _is_annual(text, titles):
        return _without_tables(titles, has_pictures)
    return _other_document(text)


def _texts(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, Grid):
            yield from (f"{cell.text}\n" for cell in block.cells)
        else:
            yield f"{block.text}\n"


def _titles(document: Document, name: str) -> Iterator[str]:
    """Yield the short lines at the beginning, and the file's name."""
    lines = (folded(line) for text in _texts(document) for line in text.splitlines())
    front = (line for line, _number in zip(filter(None, lines), range(_FRONT_LINES), strict=False))
    yield from (line for line in front if len(line) <= _LONGEST_TITLE)
    yield folded(PurePath(name).stem)


def _is_part_year(title: str) -> bool:
    return bool(_HALF_YEAR.search(title) and _DISCLOSURE_WORK.search(title))


def _is_annual(text: str, titles: list[str]) -> bool:
    papers = (title for title in titles if not _OTHER_PAPER.search(title))
    sections = (any(folded(word) in text for word in words) for words in SECTION_WORDS.values())
    return any(_ANNUAL.search(title) for title in papers) or sum(sections) >= _ENOUGH_SECTIONS


@cache
def _long_labels() -> frozenset[str]:
    labels = (
        folded(row.label) for edition in EDITIONS for row in edition.table("applications").rows
    )
    return frozenset(
        label[2:] if label[1:2] in "、." else label
        for label in labels
        if len(label) >= _TELLING_LABEL
    )


def _half_year(title: str) -> ReadError:
    message = _(
        "这是半年、季度或月度的统计（“{title}”），不是年度报告，没有读取。请导入全年的年度报告。"
    )
    return ReadError("half_year", message.format(title=_shown(title)))


def _shown(text: str) -> str:
    """Return the beginning of a stranger's text without signs that would disturb the sentence."""
    return "".join(filter(str.isprintable, text))[:_SHOWN_TITLE]


def _old_form() -> ReadError:
    message = _(
        "这是 2018 年及以前的表样（统计当面、传真、网络申请数等），"
        "与 2019 年起的三张法定表格对不上，没有读取。请导入 2019 年及以后的年度报告。"
    )
    return ReadError("old_form", message)


def _interpretation() -> ReadError:
    message = _("这是年度报告的解读，不是年度报告本身，里面没有三张法定表格。请导入年度报告原文。")
    return ReadError("interpretation", message)


def _glued_tables() -> ReadError:
    message = _(
        "文件里有三张法定表格的文字，但格子已经连在一起，分不清哪个数在哪一格，没有读取。"
        "请导入原来的 Word、PDF、Excel 文件或网页，或从那里重新复制表格。"
    )
    return ReadError("glued_tables", message)


def _without_tables(titles: list[str], has_pictures: bool) -> ReadError:
    if any(_OLD_YEAR.search(title) and _ANNUAL.search(title) for title in titles):
        return _old_form()
    if has_pictures:
        message = _(
            "这份年度报告有文字，却没有三张法定表格；文件里有图片，表格多半是贴上去的图片，读不出数字。"
            "请向报送单位索取表格可以复制文字的文件，或者先做文字识别（OCR）再导入。"
        )
        return ReadError("tables_as_pictures", message)
    message = _(
        "这份年度报告只有文字，没有三张法定表格（主动公开、依申请公开、复议诉讼）。"
        "请检查文件是否完整，表格是否在另一个附件里。"
    )
    return ReadError("no_tables", message)


def _other_document(text: str) -> ReadError:
    message = _(
        "这不是政府信息公开年度报告：没有三张法定表格，开头是“{title}”。请检查是否选错了文件。"
    )
    return ReadError("other_document", message.format(title=_shown(text)))
