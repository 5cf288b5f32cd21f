"""The templates that are supplied: plain letters with Word's own merge fields, made from this text.

An office takes one away, edits it in Word, WPS or LibreOffice, and gives it back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from outputs.escape import escaped
from outputs.letters.fields import DocumentKind
from outputs.letters.package import packed

_Look = Literal["title", "number", "body", "plain", "end"]


@dataclass(frozen=True, slots=True)
class _Line:
    """A paragraph; «name» is a field."""

    look: _Look
    text: str


# Templates are documents of an office that writes Chinese, so their words are not translated.
_CHECK: Final = (
    _Line("title", "关于«报告名称»的核验意见"),
    _Line("number", "«文号»«第几次»"),
    _Line("plain", "«机关名称»："),
    _Line(
        "body",
        "你单位报送的«报告名称»收悉。«情况»",
    ),
    _Line("body", "«序号»．«问题»"),
    _Line("body", "印出的数：«算式»"),
    _Line("body", "«可能有误的格»"),
    _Line("body", "«要求»"),
    _Line("body", "另：«不要求更正»"),
    _Line("body", "以下情况不作错误处理，请一并核实说明：«另请核实»"),
    _Line(
        "body",
        "请于«期限»前«请求»。",
    ),
    _Line("body", "联系方式：«联系方式»"),
    _Line("end", "«发函机关»"),
    _Line("end", "«发函日期»"),
)
_REMIND: Final = (
    _Line("title", "关于报送«年度»年政府信息公开工作年度报告的催报函"),
    _Line("number", "«文号»«第几次»"),
    _Line("plain", "«机关名称»："),
    _Line("body", "至«发函日期»，尚未收到«报告名称»。"),
    _Line("body", "该报告应于«应报日期»前报送。"),
    _Line("body", "请于«期限»前报送；不能按期报送的，请书面说明原因。"),
    _Line("body", "联系方式：«联系方式»"),
    _Line("end", "«发函机关»"),
    _Line("end", "«发函日期»"),
)
_CORRECTIONS: Final = (
    _Line("title", "«报告名称»更正说明"),
    _Line("number", "«文号»"),
    _Line("body", "«机关名称»«年度»年政府信息公开工作年度报告以«新版»代替«旧版»，«结论»。"),
    _Line("body", "两版印出的数有«改动数»格不同，列表如下。"),
)
_CORRECTIONS_TABLE: Final = (
    ("序号", "位置", "原数", "新数", "性质"),
    (800, 4600, 1300, 1300, 1000),
)
_CORRECTIONS_END: Final = (_Line("end", "«发函机关»"), _Line("end", "«发函日期»"))
_FIELD: Final = re.compile("«([^«»]+)»")
_SPACE: Final = {
    "title": '<w:jc w:val="center"/><w:spacing w:before="120" w:after="240"/>',
    "number": '<w:jc w:val="center"/><w:spacing w:after="240"/>',
    "plain": '<w:spacing w:line="560" w:lineRule="exact"/>',
    "body": '<w:spacing w:line="560" w:lineRule="exact"/><w:ind w:firstLineChars="200" w:firstLine="640"/>',
    "end": '<w:jc w:val="right"/><w:spacing w:line="560" w:lineRule="exact"/><w:ind w:rightChars="200" w:right="640"/>',
}
_FONTS: Final = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{0}" w:cs="Times New Roman"/>'
_BODY_LOOK: Final = (
    f'<w:rPr>{_FONTS.format("仿宋_GB2312")}<w:sz w:val="32"/><w:szCs w:val="32"/></w:rPr>'
)
_TITLE_LOOK: Final = (
    f'<w:rPr>{_FONTS.format("方正小标宋简体")}<w:b/><w:sz w:val="40"/><w:szCs w:val="40"/></w:rPr>'
)
_TABLE_LOOK: Final = (
    f'<w:rPr>{_FONTS.format("仿宋_GB2312")}<w:sz w:val="24"/><w:szCs w:val="24"/></w:rPr>'
)
_NAMESPACE: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_TYPES: Final = (
    f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    "</Types>"
)
_RELATIONS: Final = (
    f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
    "</Relationships>"
)
# A4 with the margins of an official letter.
_SECTION: Final = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1985" w:left="1588" w:header="851" w:footer="992" w:gutter="0"/>'
    "</w:sectPr>"
)


def plain_template(kind: DocumentKind) -> bytes:
    """Return the template that is supplied for a kind of document, as DOCX; always the same bytes."""
    body = "".join(_body(kind))
    document = f"{_HEAD}<w:document {_NAMESPACE}><w:body>{body}{_SECTION}</w:body></w:document>"
    return packed(
        {
            "[Content_Types].xml": _TYPES.encode(),
            "_rels/.rels": _RELATIONS.encode(),
            "word/document.xml": document.encode(),
        }
    )


def _body(kind: DocumentKind) -> Iterator[str]:
    lines = {"check": _CHECK, "remind": _REMIND, "corrections": _CORRECTIONS}[kind]
    for line in lines:
        yield _paragraph(line)
    if kind == "corrections":
        yield _table()
        for line in _CORRECTIONS_END:
            yield _paragraph(line)


def _paragraph(line: _Line) -> str:
    look = _TITLE_LOOK if line.look == "title" else _BODY_LOOK
    return f"<w:p><w:pPr>{_SPACE[line.look]}</w:pPr>{_runs(line.text, look)}</w:p>"


def _runs(text: str, look: str) -> str:
    pieces = _FIELD.split(text)
    return "".join(
        _merge_field(piece, look) if at % 2 else _run(piece, look)
        for at, piece in enumerate(pieces)
    )


def _run(text: str, look: str) -> str:
    if not text:
        return ""
    return f'<w:r>{look}<w:t xml:space="preserve">{escaped(text)}</w:t></w:r>'


def _merge_field(name: str, look: str) -> str:
    def sign(kind: str) -> str:
        return f'<w:r>{look}<w:fldChar w:fldCharType="{kind}"/></w:r>'

    told = f'<w:r>{look}<w:instrText xml:space="preserve"> MERGEFIELD {name} </w:instrText></w:r>'
    return sign("begin") + told + sign("separate") + _run(f"«{name}»", look) + sign("end")


def _table() -> str:
    names, widths = _CORRECTIONS_TABLE
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)

    def row(texts: tuple[str, ...], head: str = "") -> str:
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p>{_runs(text, _TABLE_LOOK)}</w:p></w:tc>'
            for text, width in zip(texts, widths, strict=True)
        )
        return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{cells}</w:tr>"

    fields = tuple(f"«{name}»" for name in names)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblBorders>{borders}</w:tblBorders></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{row(names, '<w:tblHeader/>')}{row(fields)}</w:tbl>"
    )
