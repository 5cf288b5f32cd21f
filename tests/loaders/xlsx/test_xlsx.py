"""Workbooks: official tables come back cell by cell, numbers as the cells hold them."""

import datetime
import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.styles import Border, Font, Side

from loaders import xlsx as reader
from loaders.document import ReadError
from tests.loaders.forms import Form, forms, grids, only_grid, slots


def saved(book: Workbook) -> bytes:
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def one_cell(value, number_format: str = "General") -> str:
    """What the reader makes of one cell with this value and format."""
    book = Workbook()
    book.active["B2"] = value
    book.active["B2"].number_format = number_format
    (cell,) = only_grid(reader.read(saved(book))).cells
    return cell.text


def printed(form: Form, as_numbers: bool) -> bytes:
    book = Workbook()
    sheet = book.active
    for row, column, row_span, column_span, text in form.slots:
        digits = as_numbers and text.removeprefix("-").isdigit()
        sheet.cell(row + 3, column + 2, int(text) if digits else text or None)
        if row_span > 1 or column_span > 1:
            sheet.merge_cells(
                start_row=row + 3,
                start_column=column + 2,
                end_row=row + row_span + 2,
                end_column=column + column_span + 1,
            )
    return saved(book)


@settings(max_examples=12)
@given(forms(), st.booleans())
def test_an_official_table_comes_back_cell_by_cell(form: Form, as_numbers: bool) -> None:
    grid = only_grid(reader.read(printed(form, as_numbers)))
    assert [s for s in slots(grid) if s[4]] == [s for s in trimmed(form) if s[4]]
    assert {s[:4] for s in slots(grid)} == {s[:4] for s in trimmed(form)}


def trimmed(form: Form):
    """The slots with spans cut where nothing is written any more: a sheet has no edge there."""
    bottom = max(s[0] for s in form.slots if s[4])
    right = max(s[1] for s in form.slots if s[4])
    return [
        (row, column, min(rows, bottom - row + 1), min(columns, right - column + 1), text)
        for row, column, rows, columns, text in form.slots
        if row <= bottom and column <= right
    ]


def test_places_are_those_of_the_sheet() -> None:
    book = Workbook()
    book.active.title = "年报"
    book.active["C5"], book.active["D7"] = "甲", 7
    grid = only_grid(reader.read(saved(book)))
    last = grid.cells[-1]
    assert (last.text, last.row, last.column) == ("7", 2, 1)
    assert (last.place.sheet, last.place.cell) == ("年报", "D7")


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (43, "General", "43"),
        (43.0, "General", "43"),
        (0, '_ * #,##0_ ;_ * "-"_ ', "0"),
        (39.3156, "0.00", "39.3156"),
        (152790, "#,##0", "152790"),
        (1e16, "General", "10000000000000000"),
        (0.00001, "General", "0.00001"),
        (-18, "+0;-0", "-18"),
        (0.43, "0%", "43%"),
        (1858, '0"万元"', "1858万元"),
        (18580000, '0!.0,"万元"', "1858万元"),
        (True, "General", "TRUE"),
        (datetime.date(2024, 1, 31), "yyyy/m/d", "2024-01-31"),
        (datetime.datetime(2024, 1, 31, 9, 30), "yyyy/m/d h:mm", "2024-01-31 09:30:00"),
        ("０43 件", "General", "０43 件"),
        ("043", "@", "043"),
        ("甲_x000D_", "General", "甲\r"),
        ("#REF!", "General", "#REF!"),
    ],
)
def test_a_cell_says_what_it_holds(value, number_format: str, text: str) -> None:
    assert one_cell(value, number_format) == text


def test_a_formula_without_a_kept_result_is_never_a_blank() -> None:
    assert one_cell("=SUM(A1:A2)") == "=SUM(A1:A2)"


def test_a_formula_gives_its_kept_result() -> None:
    book = Workbook()
    book.active["A1"] = "=40+3"
    data = with_part(
        saved(book),
        "xl/worksheets/sheet1.xml",
        lambda xml: re.sub(rb"<v ?/>|<v></v>", b"<v>43</v>", xml),
    )
    assert only_grid(reader.read(data)).cells[0].text == "43"


def test_the_dust_of_binary_fractions_is_not_shown() -> None:
    book = Workbook()
    book.active["A1"] = 0.25
    dusty = b"<v>0.30000000000000004</v>"
    data = with_part(
        saved(book), "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"<v>0.25</v>", dusty)
    )
    assert only_grid(reader.read(data)).cells[0].text == "0.3"


def with_part(data: bytes, part: str, change) -> bytes:
    stream = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(stream, "w", compression=8) as new:
        for name in old.namelist():
            xml = old.read(name)
            new.writestr(name, change(xml) if name == part else xml)
    return stream.getvalue()


def test_cells_that_are_only_styled_do_not_count() -> None:
    book = Workbook()
    book.active["B2"] = "甲"
    book.active["ZZ9999"].font = Font(bold=True)
    assert slots(only_grid(reader.read(saved(book)))) == [(0, 0, 1, 1, "甲")]


def test_a_blank_inside_the_table_is_a_cell() -> None:
    book = Workbook()
    book.active["A1"], book.active["C1"] = "甲", 1
    assert [s[4] for s in slots(only_grid(reader.read(saved(book))))] == ["甲", "", "1"]


def test_hidden_sheets_come_last_and_empty_ones_not_at_all() -> None:
    book = Workbook()
    book.active.title = "藏"
    book.active["A1"] = "旧"
    book.active.sheet_state = "hidden"
    book.create_sheet("空")
    book.create_sheet("年报")["A1"] = "新"
    assert [grid.cells[0].place.sheet for grid in grids(reader.read(saved(book)))] == ["年报", "藏"]


def test_a_title_merged_over_the_whole_sheet_does_not_widen_the_table() -> None:
    book = Workbook()
    book.active["A1"], book.active["A2"], book.active["B2"] = "题", "甲", 1
    book.active.merge_cells("A1:XFD1")
    assert slots(only_grid(reader.read(saved(book))))[0] == (0, 0, 1, 2, "题")


def code_of(data: bytes) -> str:
    with pytest.raises(ReadError) as caught:
        reader.read(data)
    return caught.value.code


OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)


def test_what_cannot_be_read_is_named() -> None:
    good = Workbook()
    good.active["A1"] = 1
    data = saved(good)
    sheet = "xl/worksheets/sheet1.xml"
    doctype = b'<!DOCTYPE x [<!ENTITY y "z">]>'
    assert code_of(saved(Workbook())) == "empty"
    assert code_of(data[: len(data) // 2]) == "damaged"
    assert code_of(with_part(data, sheet, lambda xml: xml[:40])) == "damaged"
    assert code_of(with_part(data, sheet, lambda xml: doctype + xml)) == "unsafe"
    assert code_of(with_part(data, sheet, lambda xml: xml + b" " * 30_000_000)) == "too_large"
    assert code_of(OLE + "Workbook".encode("utf-16-le")) == "old_format"
    assert code_of(OLE + "EncryptedPackage".encode("utf-16-le")) == "encrypted"


def test_a_sheet_written_at_its_far_corner_is_refused_and_not_filled_up() -> None:
    book = Workbook()
    book.active["A1"], book.active["XFD1048576"] = 1, 1
    assert code_of(saved(book)) == "too_large"


def test_workbooks_are_recognised_by_content() -> None:
    data = saved(Workbook())
    assert reader.recognises(data, "x.bin")
    assert not reader.recognises(b"PK\x03\x04", "x.xlsx")
    assert not reader.recognises(OLE + "EncryptedPackage".encode("utf-16-le"), "x.docx")


def test_a_blank_row_that_is_drawn_below_the_last_text_is_a_row_of_blanks() -> None:
    book = Workbook()
    line = Side(style="thin")
    for row in (1, 2, 4):
        for column in (1, 2):
            book.active.cell(row, column).border = Border(line, line, line, line)
    book.active["A1"], book.active["B1"] = "结果维持", "总计"
    cells = only_grid(reader.read(saved(book))).cells
    assert [(cell.row, cell.column, cell.text) for cell in cells] == [
        (0, 0, "结果维持"),
        (0, 1, "总计"),
        (1, 0, ""),
        (1, 1, ""),
    ]


SHEET = "xl/worksheets/sheet1.xml"
CELL = re.compile(rb"<c .*?</c>", re.DOTALL)


def with_cells(cells: str) -> bytes:
    """A workbook whose only row holds the cells written out."""
    book = Workbook()
    book.active["A1"] = 1
    return with_part(saved(book), SHEET, lambda xml: CELL.sub(cells.encode(), xml))


def texts_of(data: bytes) -> list[str]:
    return [cell.text for cell in only_grid(reader.read(data)).cells]


def test_cells_without_references_stand_side_by_side() -> None:
    cells = "<c><v>1</v></c><c/><c><v>3</v></c>"
    assert texts_of(with_cells(cells)) == ["1", "", "3"]


def test_of_a_string_in_pieces_the_pronunciation_is_left_out() -> None:
    pieces = "<is><r><t>总</t></r><rPh sb='0' eb='1'><t>zong</t></rPh><r><t>计</t></r></is>"
    assert texts_of(with_cells(f'<c r="A1" t="inlineStr">{pieces}</c>')) == ["总计"]


def test_an_escaped_underscore_stays_one() -> None:
    escaped = '<c r="A1" t="str"><v>_x005F_x0041_</v></c>'
    assert texts_of(with_cells(escaped)) == ["_x0041_"]


def test_dates_count_from_the_workbooks_own_beginning() -> None:
    book = Workbook()
    book.active["A1"] = datetime.date(2024, 1, 31)
    data = with_part(
        saved(book),
        "xl/workbook.xml",
        lambda xml: xml.replace(b"<workbookPr/>", b'<workbookPr date1904="1"/>'),
    )
    assert texts_of(data) == ["2028-02-01"]


def test_a_date_that_no_calendar_has_is_an_error_and_no_number() -> None:
    book = Workbook()
    book.active["A1"] = datetime.date(2024, 1, 31)
    data = with_part(
        saved(book), SHEET, lambda xml: re.sub(rb"<v>\d+</v>", b"<v>99999999</v>", xml)
    )
    assert texts_of(data) == ["#VALUE!"]


def test_names_of_the_strict_standard_are_the_same_names() -> None:
    book = Workbook()
    book.active["A1"], book.active["B1"] = "甲", 7
    data = saved(book)
    for part in ("xl/workbook.xml", SHEET, "xl/sharedStrings.xml", "xl/styles.xml"):
        data = with_part(
            data,
            part,
            lambda xml: xml.replace(
                b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                b"http://purl.oclc.org/ooxml/spreadsheetml/main",
            ),
        )
    assert texts_of(data) == ["甲", "7"]


def test_a_whole_sheet_merged_into_one_cell_is_that_cell() -> None:
    merged = b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    book = Workbook()
    book.active["A1"], book.active["B2"] = "甲", "藏"
    data = with_part(
        saved(book), SHEET, lambda xml: xml.replace(b"</sheetData>", b"</sheetData>" + merged)
    )
    assert slots(only_grid(reader.read(data))) == [(0, 0, 1, 1, "甲")]


def test_areas_merged_over_each_other_many_times_are_refused() -> None:
    area = b'<mergeCell ref="A1:ZZ250"/>'
    book = Workbook()
    book.active["A1"], book.active["ZZ300"] = 1, 1
    merged = b"<mergeCells>" + 30 * area + b"</mergeCells>"
    data = with_part(
        saved(book), SHEET, lambda xml: xml.replace(b"</sheetData>", b"</sheetData>" + merged)
    )
    assert code_of(data) == "too_large"


@pytest.mark.parametrize(
    "cells",
    [
        '<c r="A1"><v>seven</v></c>',
        '<c r="A1" t="s"><v>99</v></c>',
        '<c r="77"><v>1</v></c>',
        '<c r="A1" s="x"><v>1</v></c>',
    ],
)
def test_what_breaks_the_standard_is_damage(cells: str) -> None:
    assert code_of(with_cells(cells)) == "damaged"


def test_a_sheet_without_a_part_is_damage() -> None:
    book = Workbook()
    book.active["A1"] = 1
    nameless = with_part(
        saved(book), "xl/workbook.xml", lambda xml: re.sub(rb' r:id="\w+"', b"", xml)
    )
    assert code_of(nameless) == "damaged"
