"""OpenDocument texts and spreadsheets: tables come back cell by cell, text as it is shown."""

from html import escape
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given, settings

from form.editions import EDITION_KEYS
from form.report import Place
from loaders import ReadError, kind_of
from loaders.opendocument import ods, odt
from tests.loaders.forms import Form, filled, forms, grids, only_grid, slots, texts

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "style", "text", "table", "meta", "config")
)
SPACES += ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
CALC = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
DRAWING = 'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
TYPES = {"text": odt._MIMETYPE, "spreadsheet": ods._MIMETYPE}


def package(kind: str, body: str, styles: str = "", doctype: str = "", **parts: str) -> bytes:
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{doctype}'
        f"<office:document-content {SPACES} {CALC} {DRAWING}>"
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    )
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        archive.writestr("mimetype", TYPES[kind])
        archive.writestr("content.xml", content)
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/"), data)
    return target.getvalue()


def text_of(body: str, styles: str = ""):
    return odt.read(package("text", body, styles))


def sheet_of(rows: str, name: str = "表", style: str = "") -> str:
    return f'<table:table table:name="{name}" table:style-name="{style}">{rows}</table:table>'


def sheets(*tables: str, styles: str = ""):
    return ods.read(package("spreadsheet", "".join(tables), styles))


def said(cell: str) -> str:
    (found,) = only_grid(sheets(sheet_of(row(cell)))).cells
    return found.text


def row(*cells: str) -> str:
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def cell(text: str, rows: int = 1, columns: int = 1, **attributes: str) -> str:
    spans = f'table:number-rows-spanned="{rows}" table:number-columns-spanned="{columns}"'
    others = " ".join(
        f'{key.replace("__", ":").replace("_", "-")}="{value}"' for key, value in attributes.items()
    )
    return f"<table:table-cell {spans} {others}><text:p>{escape(text)}</text:p></table:table-cell>"


COVERED = "<table:covered-table-cell/>"


def printed(form: Form) -> str:
    """The form's rows with a covered cell wherever a span reaches."""
    at = {(top, left): (rows, columns, text) for top, left, rows, columns, text in form.slots}
    return "".join(
        row(
            *(
                cell(at[r, c][2], *at[r, c][:2]) if (r, c) in at else COVERED
                for c in range(form.width)
            )
        )
        for r in range(len(form.rows))
    )


@settings(max_examples=25)
@given(forms())
def test_an_official_table_comes_back_cell_by_cell(form: Form) -> None:
    body = f"<text:p>一、总体情况</text:p>{sheet_of(printed(form))}<text:h>五、问题</text:h>"
    document = text_of(body)
    assert slots(only_grid(document)) == form.slots
    assert only_grid(document).aligned
    assert texts(document) == ["一、总体情况", "五、问题"]


@pytest.mark.parametrize("edition", EDITION_KEYS)
def test_an_official_table_comes_back_from_a_sheet(edition) -> None:
    form = filled("applications", edition, ["0", "7", "12"])
    lead = '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
    tail = (
        '<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    (grid,) = grids(sheets(sheet_of(lead + printed(form) + tail, "年报")))
    assert slots(grid) == form.slots
    assert grid.cells[0].place == Place(sheet="年报", cell="A3")


def test_repeated_cells_and_rows_are_as_many_cells() -> None:
    zeros = cell("0", table__number_columns_repeated="3")
    line = f'<table:table-row table:number-rows-repeated="2">{cell("甲")}{zeros}</table:table-row>'
    cells = [("甲", 0), ("0", 1), ("0", 2), ("0", 3)]
    for grid in (only_grid(sheets(sheet_of(line))), only_grid(text_of(sheet_of(line)))):
        assert [(c.text, c.row, c.column) for c in grid.cells] == [
            (text, row, column) for row in range(2) for text, column in cells
        ]


def test_rows_in_groups_and_heads_keep_their_order() -> None:
    rows = (
        f"<table:table-header-rows>{row(cell('名'), cell('数'))}</table:table-header-rows>"
        f"<table:table-row-group>{row(cell('甲'), cell('1'))}</table:table-row-group>"
        f"<table:table-rows>{row(cell('乙'), cell('2'))}</table:table-rows>"
    )
    assert [c.text for c in only_grid(text_of(sheet_of(rows))).cells] == list("名数甲1乙2")


def test_blanks_tabs_and_breaks_are_those_that_are_shown() -> None:
    document = text_of(
        "<text:p>甲\n  乙<text:s text:c='3'/>丙<text:tab/>丁<text:line-break/>"
        "<text:span>戊<text:s/>己</text:span></text:p>"
    )
    assert texts(document) == ["甲 乙   丙\t丁\n戊 己"]


def test_what_is_not_shown_is_not_text() -> None:
    styles = (
        '<style:style style:name="T9"><style:text-properties text:display="none"/></style:style>'
    )
    document = text_of(
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>删</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
        "<text:section text:display='none'><text:p>节</text:p></text:section>"
        "<text:p>甲<text:span text:style-name='T9'>藏</text:span>乙"
        "<office:annotation><text:p>批</text:p></office:annotation>"
        "<text:note><text:note-body><text:p>注</text:p></text:note-body></text:note>"
        "<text:ruby><text:ruby-base>丙</text:ruby-base><text:ruby-text>bing</text:ruby-text></text:ruby>"
        "</text:p>",
        styles,
    )
    assert texts(document) == ["甲乙丙"]


def test_lists_sections_and_text_boxes_hide_nothing() -> None:
    document = text_of(
        "<text:list><text:list-item><text:p>一</text:p></text:list-item></text:list>"
        "<text:section><text:p>二</text:p></text:section>"
        "<text:p>三<draw:frame><draw:text-box><text:p>四</text:p></draw:text-box></draw:frame></text:p>"
    )
    assert texts(document) == ["一", "二", "三", "四"]


def test_places_count_paragraphs_and_tables() -> None:
    table = sheet_of(row(cell("甲"), cell("1")))
    document = text_of(f"<text:p>一</text:p><text:p/>{table}<text:p>二</text:p>{table}")
    assert [b.place.line for b in document.blocks if b not in grids(document)] == [1, 3]
    assert [grid.cells[1].place for grid in grids(document)] == [
        Place(table=1, row=1, column=2),
        Place(table=2, row=1, column=2),
    ]


def test_a_table_that_only_frames_gives_what_it_holds() -> None:
    inner = sheet_of(row(cell("甲"), cell("1")))
    frame = f"<table:table-cell><text:p>题</text:p>{inner}</table:table-cell>"
    document = text_of(sheet_of(row(frame)))
    assert texts(document) == ["题"]
    assert slots(only_grid(document)) == [(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "1")]


def test_a_table_inside_a_cell_is_text_of_that_cell() -> None:
    inner = sheet_of(row(cell("甲"), cell("1")) + row(cell("乙"), cell("2")))
    holding = f"<table:table-cell><text:p>题</text:p>{inner}</table:table-cell>"
    grid = only_grid(text_of(sheet_of(row(holding, cell("3")))))
    assert [c.text for c in grid.cells] == ["题\n甲\t1\n乙\t2", "3"]


def value(kind: str, number: str, shown: str) -> str:
    return cell(shown, office__value_type=kind, office__value=number)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (value("float", "39.3156", "39.32"), "39.3156"),
        (value("float", "0", "").replace("<text:p></text:p>", ""), "0"),
        (value("float", "0.30000000000000004", "0.3"), "0.3"),
        (value("float", "1858", "1,858"), "1858"),
        (value("float", "152790", "152,790 万元"), "152790万元"),
        (value("float", "39.3156", "39.32万元"), "39.3156万元"),
        (value("float", "1527900000", "152790.00万元"), "152790万元"),
        (value("currency", "-5.5", "-5.50元"), "-5.5元"),
        (value("currency", "-5.5", "(5.50)元"), "-5.5元"),
        (value("float", "5", "5百万元"), "5百万元"),
        (value("float", "5", "5千元"), "5千元"),
        (value("float", "5", "5.00 美元"), "5美元"),
        (value("float", "5", "5（万元）"), "5万元"),
        (value("float", "5", "5件"), "5件"),
        (value("float", "5000", "5千"), "5千"),
        (value("float", "1E3", "1000"), "1000"),
        (value("float", "1858", "2E+03万元"), "1858万元"),
        (value("percentage", "0.125", "13%"), "12.5%"),
        (value("float", "nan", "甲"), "甲"),
        (cell("甲", office__value_type="string"), "甲"),
        (cell("2023年", office__value_type="date", office__date_value="2023-01-15"), "2023-01-15"),
        (
            cell("x", office__value_type="date", office__date_value="2023-01-15T00:00:00"),
            "2023-01-15",
        ),
        (cell("真", office__value_type="boolean", office__boolean_value="true"), "真"),
        (
            cell(
                "#DIV/0!",
                office__value_type="float",
                office__value="0",
                calcext__value_type="error",
            ),
            "#DIV/0!",
        ),
    ],
)
def test_a_cell_says_what_it_holds(written: str, text: str) -> None:
    assert said(written) == text


def test_hidden_sheets_come_last_and_empty_ones_not_at_all() -> None:
    styles = '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'
    document = sheets(
        sheet_of(row(cell("1")), "藏", "ta2"),
        sheet_of(row("<table:table-cell/>"), "空"),
        sheet_of(row(cell("2")), "明", "ta1"),
        styles=styles,
    )
    assert [grid.cells[0].place.sheet for grid in grids(document)] == ["明", "藏"]


def test_a_blank_inside_the_table_is_a_cell() -> None:
    grid = only_grid(sheets(sheet_of(row(cell("甲"), "<table:table-cell/>", cell("1")))))
    assert [c.text for c in grid.cells] == ["甲", "", "1"]


def code_of(reader, data: bytes) -> str:
    with pytest.raises(ReadError) as caught:
        reader.read(data)
    return caught.value.code


ENTITY = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
FAR = (
    f"<table:table-row>{cell('1')}</table:table-row>"
    '<table:table-row table:number-rows-repeated="400000"/>'
    f"<table:table-row>{cell('1')}</table:table-row>"
)
OVERLAPPING = (
    row(*[cell("1", 400, 400)] * 3)
    + row(cell("")) * 398
    + row('<table:table-cell table:number-columns-repeated="400"/>', cell("1"))
)
MANY = cell("1", table__number_columns_repeated="300000")


@pytest.mark.parametrize(
    ("kind", "data", "code"),
    [
        (odt, package("text", "<text:p> </text:p>"), "empty"),
        (odt, package("text", "<text:p/>", Pictures__1_png="x"), "scanned"),
        (odt, package("text", "<text:p>&e;</text:p>", doctype=ENTITY), "unsafe"),
        (odt, package("text", "<text:p>甲"), "damaged"),
        (
            odt,
            package(
                "text", "<text:p>甲</text:p>", **{"META-INF__manifest.xml": "<encryption-data/>"}
            ),
            "encrypted",
        ),
        (odt, package("text", sheet_of(row(MANY))), "too_large"),
        (ods, package("spreadsheet", sheet_of(row(cell("")))), "empty"),
        (ods, package("spreadsheet", sheet_of(FAR)), "too_large"),
        (ods, package("spreadsheet", sheet_of(row(MANY))), "too_large"),
        (ods, package("spreadsheet", sheet_of(OVERLAPPING)), "too_large"),
    ],
)
def test_what_cannot_be_read_is_named(kind, data: bytes, code: str) -> None:
    assert code_of(kind, data) == code


def test_they_are_told_by_content() -> None:
    text, sheet = (
        package("text", "<text:p>甲</text:p>"),
        package("spreadsheet", sheet_of(row(cell("1")))),
    )
    assert (kind_of(text, "x.doc"), kind_of(sheet, "x.pdf")) == ("odt", "ods")
    other = BytesIO()
    with ZipFile(other, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
    assert kind_of(other.getvalue(), "x.odt") is None
