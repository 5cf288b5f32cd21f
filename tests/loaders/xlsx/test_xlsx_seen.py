"""What a person sees in the cells of a workbook: fonts, formats, hidden parts and what lies over them."""

from __future__ import annotations

import re
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from lxml import etree
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import DataBarRule, IconSetRule, Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.colors import Color
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from openpyxl.utils.datetime import WINDOWS_EPOCH

from loaders import xlsx as reader
from loaders.document import Piece, ReadError, joined
from loaders.recogniser.seen import is_hidden, seen
from loaders.xlsx.formats import shown_number
from loaders.xlsx.sheet import Area
from loaders.xlsx.styles import Styles
from tests.loaders.forms import grids, only_grid
from tests.loaders.xlsx.test_xlsx import saved

ACCOUNTS = '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ '


def said(value: object, code: str = "General", font: Font | None = None, fill: str | None = None):
    """Text, doubt, oddities and the text as shown of one cell."""
    book = Workbook()
    cell = book.active["B2"]
    cell.value, cell.number_format = value, code
    if font is not None:
        cell.font = font
    if fill is not None:
        cell.fill = PatternFill("solid", fgColor=fill)
    (found,) = only_grid(reader.read(saved(book))).cells
    assert joined(found.pieces) in ("", found.text)
    if not found.pieces:
        return found.text, None, (), found.text
    read = seen(found.pieces)
    return read.text, read.doubt, read.oddities, read.shown


def rich(*runs: tuple[str, str | None]) -> CellRichText:
    fonts = {
        "struck": InlineFont(strike=True),
        "raised": InlineFont(vertAlign="superscript"),
        None: InlineFont(b=True),
    }
    return CellRichText([TextBlock(fonts[look], text) for text, look in runs])


def test_runs_that_do_not_count() -> None:
    assert said(rich(("12", "struck"), ("4", None)))[:3] == ("4", None, ("struck",))
    assert said(rich(("256", None), ("1", "raised")))[:3] == ("256", None, ("raised",))
    assert said(rich(("25", None), ("6", None))) == ("256", None, (), "256")


def test_a_cell_whose_whole_font_is_odd_is_in_doubt() -> None:
    assert said(7, font=Font(strike=True))[:3] == ("", ("7", ""), ("struck",))
    assert said("7", font=Font(vertAlign="superscript"))[:3] == ("", ("7", ""), ("raised",))
    white = Font(color="FFFFFFFF")
    assert said(7, font=white, fill="FFFFFFFF")[:3] == ("", ("7", ""), ("hidden",))
    assert said(7, font=white, fill="FF0000FF")[:2] == said(7, font=white)[:2] == ("7", None)
    assert said(7, font=Font(sz=1))[:3] == ("", ("7", ""), ("hidden",))


@pytest.mark.parametrize("white", [{"theme": 0}, {"indexed": 9}, {"rgb": "FFFFFFFF"}])
def test_one_colour_has_several_names(white: dict[str, object]) -> None:
    font = Font(color=Color(**white))
    assert said(7, font=font, fill="FFFFFFFF")[1:3] == (("7", ""), ("hidden",))
    assert said(7, font=font, fill="FF000000")[:2] == ("7", None)
    dim = Font(color=Color(**white, tint=-0.5))
    assert said(7, font=dim, fill="FFFFFFFF")[:2] == ("7", None)


@pytest.mark.parametrize(
    ("value", "code", "text", "shown"),
    [
        (39.3156, "0.0", "39.3156", "39.3"),
        (39.3156, "#,##0.00_ ", "39.3156", "39.32"),
        (1234567, "#,##0", "1234567", "1234567"),
        (0, "0", "0", "0"),
        (5, '0"件"', "5件", "5件"),
        (5, '0"人次"', "5人次", "5人次"),
        (5, '0"件（次）"', "5", "5件（次）"),
        (5, '0"万件"', "5万件", "5万件"),
        (5, '0.00"万元"', "5万元", "5.00万元"),
        (5, '0"（元）"', "5元", "5（元）"),
        (5, 'General"万元"', "5万元", "5万元"),
        (5, '0"百万元"', "5百万元", "5百万元"),
        (5, '0"十亿元"', "5十亿元", "5十亿元"),
        (5, '0"千元"', "5千元", "5千元"),
        (5, '0"美元"', "5美元", "5美元"),
        (5, 'General"千元"', "5千元", "5千元"),
        (5, '"万元"0', "万元5", "万元5"),
        (-5, '0"万元";-0"千元"', "-5千元", "-5千元"),
        (5, '0"万元";-0"千元"', "5万元", "5万元"),
        (-5, "0;(0)", "-5", "(5)"),
        (-5, "0;[Red]0", "-5", "5"),
        (-5, '0;"减"0', "-5", "减5"),
        (-5, "0;[颜色3]0", "-5", "5"),
        (-5, "0;[Black]0", "5", "5"),
        (-5, "0;[Color1]0", "5", "5"),
        (-5, "0;0", "5", "5"),
        (393156, "0!.0,", "39.3156", "39.3"),
        (393156, "0\\.0,", "39.3156", "39.3"),
        (393156, "0,", "393.156", "393"),
        (393156, '0.0,"千"', "393.156千", "393.2千"),
        (393156, '0!.0,"万"', "39.3156万元", "39.3万"),
        (123456, '[>=10000]0!.0,"万元";0', "12.3456万元", "12.3万元"),
        (1234, '[>=10000]0!.0,"万元";0', "1234", "1234"),
    ],
)
def test_a_number_is_what_its_format_shows_unrounded(
    value: float, code: str, text: str, shown: str
) -> None:
    found = said(value, code)
    assert (found[0], found[1], found[3]) == (text, None, shown)


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (5, ";;;", ""),
        ("5", ";;;", ""),
        (5, '"—"', "—"),
        (0, '[=0]"";0', ""),
        (0, "#", ""),
        (0, ACCOUNTS, "-"),
        (0, '0;-0;"无"', "无"),
    ],
)
def test_a_format_that_shows_no_number_hides_what_is_stored(
    value: object, code: str, shown: str
) -> None:
    text, doubt, oddities, _shown = said(value, code)
    assert (text, doubt, oddities) == (shown, None, ("hidden", "scaled"))


@pytest.mark.parametrize("code", ["0;[White]0", "[白色]General", "0;[Color 2]General", "[颜色2]-0"])
def test_a_format_may_write_in_the_colour_of_the_sheet(code: str) -> None:
    assert said(-5, code)[1:3] == (("-5", ""), ("hidden",))


def test_a_format_may_write_texts_in_the_colour_of_the_sheet() -> None:
    assert said("5", "0;0;0;[White]@")[1] == said("5", "[White]@")[1] == ("5", "")
    assert said("5", "[White]0")[:2] == ("5", None)


def test_an_amount_of_money_among_digits_is_in_doubt() -> None:
    assert said(5, '0"亿"0000"万元"')[1:3] == (("5", ""), ("hidden",))


def test_digits_of_a_format_are_none_of_the_number() -> None:
    assert said(5, '"1"0')[1] == ("5", "")
    assert shown_number(Decimal(5), "5", "[>9]0") == shown_number(Decimal(5), "5", '"1"0')


@pytest.mark.parametrize(
    ("number", "text"), [(31, "2023-01-02"), (57, "2023-01-02"), (58, "2023-01-02"), (37, "44928")]
)
def test_dates_of_chinese_versions_have_numbers_without_a_code(number: int, text: str) -> None:
    root = etree.fromstring(f'<a><cellXfs><xf numFmtId="{number}"/></cellXfs></a>')
    assert Styles(root).format(0).shown("44928", WINDOWS_EPOCH) == text


def test_a_formula_without_a_result_may_be_any_number() -> None:
    assert said("=SUM(A1:A2)")[:3] == ("", (), ("form_field",))


def stored(xml: str, calculating: str = "") -> object:
    """Text, doubt and oddities of a cell in this XML."""
    book = Workbook()
    book.active["B2"] = 5
    target = BytesIO()
    with ZipFile(BytesIO(saved(book))) as old, ZipFile(target, "w") as new:
        for name in old.namelist():
            part = old.read(name).decode()
            if name == "xl/worksheets/sheet1.xml":
                part = re.sub('<c r="B2".*?</c>', xml, part)
            if name == "xl/workbook.xml":
                part = re.sub("<calcPr[^>]*>", calculating, part)
            new.writestr(name, part)
    document = reader.read(target.getvalue())
    (found,) = only_grid(document).cells
    read = seen(found.pieces) if found.pieces else None
    return (read.text, read.doubt, read.oddities) if read else found.text


def test_a_formula_may_say_nothing() -> None:
    said_nothing = '<c r="B2" t="str"><f>IF(1,"","")</f><v></v></c>'
    with pytest.raises(ReadError) as caught:
        stored(said_nothing)
    assert caught.value.code == "empty"


def test_a_zero_that_nobody_reckoned_is_not_what_is_seen() -> None:
    anew = '<calcPr calcId="124519" fullCalcOnLoad="1"/>'
    total = '<c r="B2"><f>SUM(B3:B4)</f><v>{}</v></c>'
    assert stored(total.format(0), anew) == ("", (), ("form_field",))
    assert stored(total.format(0)) == "0"
    assert stored(total.format(7), anew) == "7"
    assert stored('<c r="B2"><v>0</v></c>', anew) == "0"


@pytest.mark.parametrize(
    ("value", "expected"), [(0, ("", None)), ("0", ("0", None)), (4, ("4", None))]
)
def test_a_sheet_may_show_no_zeros(value: object, expected: object) -> None:
    book = Workbook()
    book.active["B2"] = value
    book.active.sheet_view.showZeros = False
    (found,) = only_grid(reader.read(saved(book))).cells
    read = seen(found.pieces) if found.pieces else seen((Piece(found.text),))
    assert (read.text, read.doubt) == expected


def test_rows_and_columns_too_small_to_be_seen() -> None:
    book = Workbook()
    sheet = book.active
    for row in range(1, 4):
        for column in range(1, 4):
            sheet.cell(row, column, 10 * row + column)
    sheet.row_dimensions[2].height = 0.75
    sheet.row_dimensions[1].height = 9
    sheet.column_dimensions["B"].width = 0.1
    sheet.column_dimensions["A"].width = 2
    found = only_grid(reader.read(saved(book))).cells
    hidden = {cell.place.cell for cell in found if is_hidden(cell.pieces)}
    assert hidden == {"A2", "B2", "C2", "B1", "B3"}


def test_rows_columns_and_sheets_that_are_hidden() -> None:
    book = Workbook()
    sheet = book.active
    for row in range(1, 4):
        for column in range(1, 4):
            sheet.cell(row, column, 10 * row + column)
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["B"].hidden = True
    sheet.merge_cells("A2:A3")
    draft = book.create_sheet("草稿")
    draft["A1"] = 9
    draft.sheet_state = "veryHidden"
    first, last = grids(reader.read(saved(book)))
    hidden = {cell.place.cell for cell in first.cells if is_hidden(cell.pieces)}
    assert hidden == {"B1", "B2", "B3", "C2"}
    assert is_hidden(last.cells[0].pieces)


def picture() -> Image:
    import PIL.Image

    stream = BytesIO()
    PIL.Image.new("RGB", (40, 16), "white").save(stream, "PNG")
    stream.seek(0)
    return Image(stream)


def test_a_picture_over_a_cell_may_be_any_number() -> None:
    book = Workbook()
    sheet = book.active
    for place in ("A1", "B1", "A2"):
        sheet[place] = 7
    sheet.add_image(picture(), "B2")
    sheet.add_image(picture(), "B1")
    found = {cell.place.cell: cell.pieces for cell in only_grid(reader.read(saved(book))).cells}
    assert found["A1"] == found["A2"] == ()
    assert seen(found["B1"]).doubt == seen(found["B2"]).doubt == ()


def under(value: object, *rules: Rule, areas: str = "A1:C9") -> object:
    """Text, doubt and oddities of one number on a sheet with these conditions."""
    book = Workbook()
    book.active["B2"].value = value
    for rule in rules:
        book.active.conditional_formatting.add(areas, rule)
    (found,) = only_grid(reader.read(saved(book))).cells
    read = seen(found.pieces) if found.pieces else None
    return (read.text, read.doubt, read.oddities) if read else found.text


def look(operator: str, *limits: str, **dxf: object) -> Rule:
    kind = "cellIs" if operator else "expression"
    style = DifferentialStyle(**dxf)
    return Rule(type=kind, operator=operator or None, formula=list(limits), dxf=style)


def test_what_a_condition_changes_in_what_is_seen() -> None:
    nothing = {"numFmt": NumberFormat(numFmtId=164, formatCode=";;;")}
    assert under(0, look("equal", "0", **nothing)) == ("", None, ("hidden", "scaled"))
    assert under(4, look("equal", "0", **nothing)) == "4"
    assert under(0, look("equal", "0", **nothing), areas="D1:D9") == "0"
    assert under(0, look("equal", "0", **nothing), areas="B1:B1048576") == (
        "",
        None,
        ("hidden", "scaled"),
    )
    assert under(4, look("", "A1>3", **nothing)) == ("", ("4", ""), ("hidden",))
    assert under(4, look("between", "3", "5", font=Font(strike=True)))[1:] == (
        ("4", ""),
        ("struck",),
    )
    assert under(4, look("notBetween", "5", "3", font=Font(strike=True))) == "4"
    white = {"font": Font(color="FFFFFFFF"), "fill": PatternFill(bgColor="FFFFFFFF")}
    assert under(4, look("lessThan", "5", **white))[1:] == (("4", ""), ("hidden",))


def dressed(value: object, code: str, *rules: Rule, fill: str = "FFFFFFFF") -> object:
    """Text and doubt of a filled cell of this format under these conditions."""
    book = Workbook()
    cell = book.active["B2"]
    cell.value, cell.number_format = value, code
    cell.fill = PatternFill("solid", fgColor=fill)
    for rule in rules:
        book.active.conditional_formatting.add("A1:C9", rule)
    (found,) = only_grid(reader.read(saved(book))).cells
    read = seen(found.pieces) if found.pieces else seen((Piece(found.text),))
    return read.text, read.doubt


WHITE = {"font": Font(color="FFFFFFFF")}
NOTHING = {"numFmt": NumberFormat(numFmtId=164, formatCode=";;;")}
COUNTED = {"numFmt": NumberFormat(numFmtId=166, formatCode='0"件"')}


@pytest.mark.parametrize("code", ["General", "0.00", '0"件"', "#,##0_ "])
def test_conditions_hold_for_cells_of_any_format(code: str) -> None:
    zero = "0件" if "件" in code else "0"
    assert dressed(0, code, look("equal", "0", **WHITE)) == ("", (zero, ""))
    assert dressed(0, code, look("equal", "0", **NOTHING)) == ("", None)
    assert dressed(0, code, look("", "A1>3", **WHITE)) == ("", (zero, ""))
    assert dressed(4, code, look("equal", "0", **WHITE)) == (zero.replace("0", "4"), None)


def test_the_format_of_a_condition_stands_in_the_place_of_the_cells() -> None:
    money = {"numFmt": NumberFormat(numFmtId=167, formatCode='0"万元"')}
    assert dressed(5, '0"元"', look("greaterThan", "3", **money)) == ("5万元", None)
    assert dressed(5, ";;;", look("greaterThan", "3", **COUNTED)) == ("5件", None)
    assert dressed(0.5, "0%", look("greaterThan", "0", **money)) == ("0.5万元", None)
    assert dressed(5, '0"元"', look("", "A1>3", **WHITE)) == ("", ("5元", ""))


def test_all_conditions_that_hold_count_together() -> None:
    above = [look("greaterThan", "3", **kind) for kind in (COUNTED, WHITE)]
    assert dressed(5, "General", *above) == dressed(5, "General", *reversed(above))
    assert dressed(5, "General", *above) == ("", ("5件", ""))
    white = {"fill": PatternFill(bgColor="FFFFFFFF")}
    apart = look("greaterThan", "3", **WHITE), look("lessThan", "9", **white)
    assert dressed(5, "General", *apart, fill="FF0000FF") == ("", ("5", ""))
    assert dressed(5, "General", apart[0], fill="FF0000FF") == ("5", None)
    unsure = look("", "A1>3", **WHITE), look("", "A1<9", **white)
    assert dressed(5, "General", *unsure, fill="FF0000FF") == ("", ("5", ""))


def test_of_conditions_that_say_the_same_the_first_counts_and_may_stop_the_others() -> None:
    red = look("greaterThan", "3", font=Font(color="FFFF0000"))
    white = look("greaterThan", "4", **WHITE)
    for rules, shown in (((red, white), ("5", None)), ((white, red), ("", ("5", "")))):
        for rank, rule in enumerate(rules, 1):
            rule.priority = rank
        assert dressed(5, "General", *rules) == dressed(5, "General", *reversed(rules)) == shown
    stop = Rule(type="cellIs", operator="equal", formula=["5"], stopIfTrue=True, priority=1)
    white.priority = 2
    assert dressed(5, "General", stop, white) == ("5", None)
    assert dressed(6, "General", stop, white) == ("", ("6", ""))


def test_a_condition_may_show_what_its_cell_hides() -> None:
    book = Workbook()
    cell = book.active["B2"]
    cell.value, cell.font = 5, Font(strike=True)
    calm = look("greaterThan", "3", font=Font(strike=False))
    book.active.conditional_formatting.add("B2", calm)
    (found,) = only_grid(reader.read(saved(book))).cells
    assert (found.text, found.pieces) == ("5", ())


def test_signs_may_stand_in_the_place_of_numbers() -> None:
    arrows = IconSetRule("3Arrows", "percent", [0, 33, 67], showValue=False)
    bars = DataBarRule("min", 0, "max", 100, color="FF638EC6", showValue=False)
    assert under(4, arrows) == under(4, bars) == ("", ("4", ""), ("hidden",))
    beside = IconSetRule("3Arrows", "percent", [0, 33, 67])
    assert under(4, beside) == "4"
    assert under("许可", arrows) == "许可"


def test_a_condition_may_give_one_of_two_like_colours() -> None:
    book = Workbook()
    for place, fill in (("A1", "FFFFFFFF"), ("B1", "FFFFFF00")):
        book.active[place] = 4
        book.active[place].fill = PatternFill("solid", fgColor=fill)
    white = look("greaterThan", "3", font=Font(color="FFFFFFFF"))
    book.active.conditional_formatting.add("A1:B1", white)
    first, second = only_grid(reader.read(saved(book))).cells
    assert is_hidden(first.pieces)
    assert second.pieces == ()


def test_texts_have_conditions_too() -> None:
    struck = {"font": Font(strike=True)}
    assert under("4", look("greaterThan", "3", **struck))[1:] == (("4", ""), ("struck",))
    assert under("4", look("lessThan", "5", **struck)) == "4"
    assert under("4", look("", "A1>3", **struck))[1:] == (("4", ""), ("hidden",))


def test_a_condition_that_only_paints_a_cell_changes_nothing() -> None:
    red = {"font": Font(color="FFFF0000", b=True), "fill": PatternFill(bgColor="FFFFFF00")}
    assert under(4, look("greaterThan", "3", **red)) == "4"
    assert under(4, look("", "A1>3", **red)) == "4"
    grouped = {"numFmt": NumberFormat(numFmtId=165, formatCode="0")}
    assert under(4, look("", "A1>3", **grouped)) == "4"


def test_areas_may_be_whole_columns_and_rows() -> None:
    assert Area.named("B:C") == Area(1, 2, 1 << 20, 3)
    assert Area.named("4:4") == Area(4, 1, 4, 1 << 14)
    with pytest.raises(ValueError, match="nothing"):
        Area.named("nothing")
