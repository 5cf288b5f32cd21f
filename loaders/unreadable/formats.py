"""Kinds of files that people send in with the reports and that no reader can read.

Each is known by its first bytes, and has a sentence that says what to do with it.
"""

from __future__ import annotations

from typing import Final

from form.language import _
from loaders import refusals
from loaders.document import ReadError
from loaders.endings import kinds
from loaders.package import COMPOUND, part_names

_PICTURES: Final = (
    b"\xff\xd8\xff",
    b"\x89PNG\r\n",
    b"GIF87a",
    b"GIF89a",
    b"II*\x00",
    b"MM\x00*",
    b"BM",
)
_ARCHIVES: Final = {
    b"Rar!\x1a\x07": "RAR",
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"\x1f\x8b\x08": "gzip",
    b"BZh": "bzip2",
    b"\xfd7zXZ": "xz",
}
_TAR_MARK_AT: Final = 257
_FOURTH: Final = slice(8, 12)
"""Where WebP and HEIC files name themselves, behind a size."""


def refusal(data: bytes) -> ReadError:
    """Return why a file that no reader recognises cannot be read, by what it is."""
    if data.startswith(_PICTURES) or data[_FOURTH] in (b"WEBP", b"heic", b"heix", b"mif1"):
        return refusals.pictures_only()
    kind = next((kind for mark, kind in _ARCHIVES.items() if data.startswith(mark)), None)
    if kind is None and data[_TAR_MARK_AT:].startswith(b"ustar"):
        kind = "tar"
    if kind is not None:
        message = _("这是 {kind} 压缩包，只能打开 ZIP。请解压后再导入，或者改用 ZIP 压缩。")
        return ReadError("foreign_archive", message.format(kind=kind))
    parts = part_names(data)
    if data.startswith(b"PK") and not parts:
        return refusals.damaged()
    if "OFD.xml" in parts:
        message = _("暂时读不了 OFD 版式文件。请用阅读软件另存为 PDF，或向报送单位索取 Word 文件。")
        return ReadError("ofd", message)
    if "xl/workbook.bin" in parts:
        message = _(
            "这是 Excel 二进制工作簿（.xlsb），读不了。请用 Excel 或 WPS 打开，另存为 .xlsx 格式后再导入。"
        )
        return ReadError("xlsb", message)
    if any(part.startswith("ppt/") for part in parts):
        message = _(
            "这是演示文稿（PowerPoint），不是年度报告。请导入年报的 Word、PDF 或 Excel 文件。"
        )
        return ReadError("presentation", message)
    if data.startswith(COMPOUND):
        return ReadError(
            "unknown_kind", _("不认识的旧版 Office 文件。请打开后另存为 .docx 或 .xlsx 再导入。")
        )
    return ReadError(
        "unknown_kind",
        _("不认识的文件种类。支持 {kinds}，以及装着它们的 ZIP 压缩包。").format(
            kinds=_("、").join(kind.name for kind in kinds())
        ),
    )
