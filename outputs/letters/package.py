"""A DOCX file as its parts: opened within limits, written so that the same text gives the same bytes."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from lxml import etree

from form.language import _

MOST_BYTES: Final = 5_000_000
MOST_UNPACKED: Final = 50_000_000
MOST_PARTS: Final = 500
_TYPES: Final = "[Content_Types].xml"
_WORDS: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_DOCUMENT: Final = f"{_WORDS}document.main+xml"
_TEMPLATE: Final = f"{_WORDS}template.main+xml"


class TemplateError(Exception):
    """A template that no letter can be written from; `message` says why, in Chinese."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def opened(data: bytes) -> dict[str, bytes]:
    """Return the parts of a DOCX or DOTX file by name; raises TemplateError for anything else."""
    if len(data) > MOST_BYTES:
        raise TemplateError(_("模板超过 5 MB。"))
    try:
        with ZipFile(BytesIO(data)) as archive:
            infos = [item for item in archive.infolist() if not item.is_dir()]
            if len(infos) > MOST_PARTS or sum(item.file_size for item in infos) > MOST_UNPACKED:
                raise TemplateError(_("模板解开后太大。"))
            parts = {item.filename: archive.read(item) for item in infos}
    except (
        BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError, ValueError, zlib.error
    ) as error:  # fmt: skip
        raise TemplateError(_("这不是 Word 文档（DOCX）。")) from error
    _refuse_others(parts)
    return parts


def _refuse_others(parts: Mapping[str, bytes]) -> None:
    types = parts.get(_TYPES, b"")
    if "word/document.xml" not in parts or not any(
        kind.encode() in types for kind in (_DOCUMENT, _TEMPLATE)
    ):
        raise TemplateError(_("这不是 Word 文档（DOCX）；带宏的文档（DOCM）也不能作模板。"))
    if any(name.endswith("vbaProject.bin") for name in parts):
        raise TemplateError(_("模板里带有宏，请另存为不带宏的 DOCX。"))


def parsed(data: bytes) -> etree._Element:
    """Return a part as XML; raises TemplateError for what is none or declares entities."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise TemplateError(_("模板已损坏，读不出来。")) from error
    if b"<!DOCTYPE" in data:
        raise TemplateError(_("模板已损坏，读不出来。"))
    return root


def written(root: etree._Element) -> bytes:
    """Return XML as the bytes of a part."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return parts as a DOCX file, its types first; always the same bytes for the same parts."""
    told = dict(parts)
    told[_TYPES] = told[_TYPES].replace(_TEMPLATE.encode(), _DOCUMENT.encode())
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name in sorted(told, key=lambda name: (name != _TYPES, name)):
            info = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            archive.writestr(info, told[name])
    return out.getvalue()
