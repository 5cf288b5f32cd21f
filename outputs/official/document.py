"""A report in the official layout as a Word file: title, sections, prose, tables with merged cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml import etree

from form.language import _
from form.report import Report
from outputs.guard import xml_text
from outputs.official.contents import Kind, Line, blocks
from outputs.official_table import OfficialTable, TableCell
from outputs.workbook.official import SPANS

_W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_XML: Final = "application/xml"
_DOCUMENT: Final = "word/document.xml"
_STYLES: Final = "word/styles.xml"
_CORE: Final = "docProps/core.xml"
_ENTRY_TIME: Final = (1980, 1, 1, 0, 0, 0)
_FONT: Final = "宋体"

# A4 with margins of 2 cm, in twentieths of a point.
_PAGE: Final = (11906, 16838)
_MARGIN: Final = 1134
_COLUMN: Final = (_PAGE[0] - 2 * _MARGIN) // 15
"""Width of one of the 15 columns that all tables share."""
_SIZES: Final[Mapping[Kind, int]] = {"title": 36, "heading": 28, "text": 24}
"""In half points."""
_TABLE_SIZE: Final = 15
_PADDING: Final = 28
"""Between the frame of a cell and its text: narrow, since 15 columns share a page."""


def report_document(report: Report, changed_at: datetime) -> bytes:
    """Return a report as a .docx, as it counts; the same arguments give the same bytes.

    A cell that cannot be told is a question mark. `changed_at` with its zone.
    """
    body = _element("body")
    for block in blocks(report):
        if isinstance(block, OfficialTable):
            body.append(_table(block))
            body.append(_paragraph("", _TABLE_SIZE))
        else:
            body.append(_line(block))
    body.append(_section())
    document = _element("document")
    document.append(body)
    return _packed(
        {
            "[Content_Types].xml": _content_types(),
            "_rels/.rels": _relations(
                {
                    "rId1": (f"{_OFFICE}/officeDocument", _DOCUMENT),
                    "rId2": (f"{_PACKAGE}/relationships/metadata/core-properties", _CORE),
                }
            ),
            "word/_rels/document.xml.rels": _relations(
                {"rId1": (f"{_OFFICE}/styles", "styles.xml")}
            ),
            _DOCUMENT: document,
            _STYLES: _styles(),
            _CORE: _core(changed_at),
        }
    )


def _line(line: Line) -> etree._Element:
    made = _paragraph(line.text, _SIZES[line.kind], bold=line.kind != "text")
    properties = made[0]
    if line.kind == "title":
        _child(properties, "jc", val="center")
    elif line.kind == "text":
        # Two signs in, as running text is printed.
        properties.insert(0, _element("ind", firstLine="480", firstLineChars="200"))
    else:
        properties.insert(0, _element("keepNext"))
    return made


def _paragraph(text: str, size: int, *, bold: bool = False) -> etree._Element:
    made = _element("p")
    _child(made, "pPr")
    for number, part in enumerate(xml_text(text).split("\n")):
        run = _child(made, "r")
        properties = _child(run, "rPr")
        if bold:
            _child(properties, "b")
        _child(properties, "sz", val=str(size))
        _child(properties, "szCs", val=str(size))
        if number:
            _child(run, "br")
        written = _child(run, "t")
        written.text = part
        written.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made


def _table(table: OfficialTable) -> etree._Element:
    spans = SPANS[table.key]
    made = _element("tbl")
    properties = _child(made, "tblPr")
    _child(properties, "tblW", w=str(sum(spans) * _COLUMN), type="dxa")
    _child(properties, "jc", val="center")
    borders = _child(properties, "tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        _child(borders, side, val="single", sz="4", space="0", color="auto")
    _child(properties, "tblLayout", type="fixed")
    margins = _child(properties, "tblCellMar")
    for side in ("left", "right"):
        _child(margins, side, w=str(_PADDING), type="dxa")
    grid = _child(made, "tblGrid")
    for span in spans:
        _child(grid, "gridCol", w=str(span * _COLUMN))
    for number in range(len(table.rows)):
        row = _child(made, "tr")
        _child(_child(row, "trPr"), "cantSplit")
        if number < table.header_rows:
            _child(row[0], "tblHeader")
        for cell in _cells_of(table, number):
            row.append(_cell(cell, spans, number))
    return made


def _cells_of(table: OfficialTable, number: int) -> Iterator[TableCell]:
    """Yield what a row shows from left to right, with the cells that reach into it from above."""
    found = [
        cell for row in table.rows for cell in row if cell.row <= number < cell.row + cell.row_span
    ]
    yield from sorted(found, key=lambda cell: cell.column)


def _cell(cell: TableCell, spans: tuple[int, ...], number: int) -> etree._Element:
    made = _element("tc")
    properties = _child(made, "tcPr")
    taken = sum(spans[cell.column : cell.column + cell.column_span])
    _child(properties, "tcW", w=str(taken * _COLUMN), type="dxa")
    if cell.column_span > 1:
        _child(properties, "gridSpan", val=str(cell.column_span))
    if cell.row_span > 1:
        _child(properties, "vMerge", **({"val": "restart"} if cell.row == number else {}))
    _child(properties, "vAlign", val="center")
    text = cell.text if cell.row == number else ""
    content = _paragraph(text, _TABLE_SIZE, bold=cell.role in ("title", "header"))
    _child(content[0], "jc", val="left" if cell.role == "label" else "center")
    made.append(content)
    return made


def _section() -> etree._Element:
    made = _element("sectPr")
    _child(made, "pgSz", w=str(_PAGE[0]), h=str(_PAGE[1]))
    sides = dict.fromkeys(("top", "right", "bottom", "left"), str(_MARGIN))
    _child(made, "pgMar", **sides, header="720", footer="720", gutter="0")
    return made


def _styles() -> etree._Element:
    made = _element("styles")
    properties = _child(_child(_child(made, "docDefaults"), "rPrDefault"), "rPr")
    _child(properties, "rFonts", ascii=_FONT, hAnsi=_FONT, eastAsia=_FONT)
    normal = _child(made, "style", type="paragraph", default="1", styleId="Normal")
    _child(normal, "name", val="Normal")
    return made


def _content_types() -> etree._Element:
    space = f"{_PACKAGE}/content-types"
    made = _root(space, "Types")
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    for ending, kind in (("rels", relations), ("xml", _XML)):
        etree.SubElement(made, f"{{{space}}}Default", Extension=ending, ContentType=kind)
    core = "application/vnd.openxmlformats-package.core-properties+xml"
    parts = {_DOCUMENT: f"{_MAIN}.document.main+xml", _STYLES: f"{_MAIN}.styles+xml", _CORE: core}
    for name, kind in parts.items():
        etree.SubElement(made, f"{{{space}}}Override", PartName=f"/{name}", ContentType=kind)
    return made


def _relations(targets: Mapping[str, tuple[str, str]]) -> etree._Element:
    space = f"{_PACKAGE}/relationships"
    made = _root(space, "Relationships")
    for key, (kind, target) in targets.items():
        etree.SubElement(made, f"{{{space}}}Relationship", Id=key, Type=kind, Target=target)
    return made


def _core(changed_at: datetime) -> etree._Element:
    cp, dc = f"{_PACKAGE}/metadata/core-properties", "http://purl.org/dc/elements/1.1/"
    terms, xsi = "http://purl.org/dc/terms/", "http://www.w3.org/2001/XMLSchema-instance"
    names = {"cp": cp, "dc": dc, "dcterms": terms, "xsi": xsi}
    made = etree.Element(f"{{{cp}}}coreProperties", nsmap=names)
    etree.SubElement(made, f"{{{dc}}}creator").text = _("政府信息公开年报分析台")
    time = changed_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    for name in ("created", "modified"):
        moment = etree.SubElement(made, f"{{{terms}}}{name}")
        moment.set(f"{{{xsi}}}type", "dcterms:W3CDTF")
        moment.text = time
    return made


def _packed(parts: Mapping[str, etree._Element]) -> bytes:
    result = BytesIO()
    with ZipFile(result, "w") as target:
        for name, tree in parts.items():
            entry = ZipInfo(name, _ENTRY_TIME)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 3
            data = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
            target.writestr(entry, data)
    return result.getvalue()


def _root(space: str, name: str) -> etree._Element:
    """Return an element whose namespace needs no prefix."""
    spaces: Any = {None: space}  # the stubs know of no namespace without a prefix
    return etree.Element(f"{{{space}}}{name}", nsmap=spaces)


def _element(name: str, **attributes: str) -> etree._Element:
    made = etree.Element(f"{{{_W}}}{name}", nsmap={"w": _W})
    for key, value in attributes.items():
        made.set(f"{{{_W}}}{key}", value)
    return made


def _child(parent: etree._Element, name: str, **attributes: str) -> etree._Element:
    made = _element(name, **attributes)
    parent.append(made)
    return made
