"""PDF files: official tables come back cell by cell, however and on however many pages printed."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from html import escape
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont

from form.editions import EDITION_KEYS
from form.values import folded
from loaders import pdf as reader
from loaders.document import Document, Grid, ReadError
from tests.loaders.forms import Form, Slot, cut, filled, forms, grids, only_grid, slots, texts
from tests.loaders.pdf.press import (
    FONT,
    HEIGHT,
    LEADING,
    MARGIN,
    WIDTH,
    Box,
    BrowserPress,
    Press,
    sides,
)
from tests.waiting import HANGS

Reader = Callable[[bytes], Document]

SMALL: list[Slot] = [(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "1"), (1, 0, 1, 1, "乙"), (1, 1, 1, 1, "2")]


def plain(read: list[Slot]) -> list[Slot]:
    """The slots with the lines of their text joined."""
    return [(*slot[:4], slot[4].replace("\n", "")) for slot in read]


@settings(max_examples=25)
@given(forms(), st.sampled_from([Press, BrowserPress]), st.sampled_from([0, 90, 180, 270]))
def test_an_official_table_comes_back_cell_by_cell(form: Form, press, turned: int) -> None:
    data = press(turned=turned).text("一、总体情况").table(form.slots).text("五、问题").done()
    document = reader.read(data)
    assert plain(slots(only_grid(document))) == form.slots
    assert texts(document) == ["一、总体情况", "五、问题"]
    assert isinstance(document.blocks[1], Grid)


@settings(max_examples=25)
@given(forms(), st.sampled_from([Press, BrowserPress]), st.data())
def test_a_page_break_gives_two_grids(form: Form, press, data) -> None:
    above, below = cut(form.slots, data.draw(st.integers(1, len(form.rows) - 1)))
    assume(len(above) > 1 and len(below) > 1)
    printed = press()
    printed.table(above, without=("bottom",)).new_page()
    document = reader.read(printed.table(below).done())
    assert [plain(slots(grid)) for grid in grids(document)] == [above, below]
    assert [grid.cells[0].place.page for grid in grids(document)] == [1, 2]
    assert [grid.cells[0].place.table for grid in grids(document)] == [1, 2]


CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")
@pytest.mark.parametrize("edition", EDITION_KEYS)
def test_a_page_that_chromium_prints(tmp_path: Path, edition) -> None:
    form = filled("applications", edition, ["", "0", "7", "43", "1520", "-"])
    document = reader.read(chromium_prints(form, tmp_path))
    assert folded(texts(document)[0]) == "一、总体情况"
    first, *rest = [[(*s[:4], folded(s[4])) for s in slots(grid)] for grid in grids(document)]
    expected = [(*s[:4], folded(s[4])) for s in form.slots]
    above, below = cut(expected, max(top + rows for top, _, rows, _, _ in first))
    assert [first, *rest] == [above, below]


def chromium_prints(form: Form, folder: Path) -> bytes:
    """The table near the foot of a page, so that it goes on to the next one."""
    rows = (
        "".join(
            f'<td rowspan="{cell.row_span}" colspan="{cell.column_span}">{escape(form.text(cell))}</td>'
            for cell in row
        )
        for row in form.rows
    )
    page = folder / "page.html"
    page.write_text(
        "<!doctype html><meta charset=utf-8><style>table{border-collapse:collapse;font-size:9px}"
        "td{border:1px solid #000}tr{break-inside:avoid}p{margin-bottom:17cm}</style>"
        f"<p>一、总体情况</p><table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>",
        encoding="utf-8",
    )
    made = folder / "page.pdf"
    subprocess.run(
        [
            CHROMIUM,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            f"--user-data-dir={folder}/user",
            "--no-pdf-header-footer",
            f"--print-to-pdf={made}",
            page.as_uri(),
        ],
        check=True,
        capture_output=True,
        timeout=HANGS,
    )
    return made.read_bytes()


def test_places_are_points_from_the_top_left_corner() -> None:
    printed = Press()
    printed.y = 100
    cell = only_grid(reader.read(printed.table(SMALL).done())).cells[1]
    assert (cell.place.page, cell.place.table, cell.place.row, cell.place.column) == (1, 1, 1, 2)
    assert cell.place.box == (421.0, 100.0, 812.0, 112.0)


def test_a_table_without_outer_sides() -> None:
    data = Press().table(SMALL, without=("left", "right")).done()
    assert plain(slots(only_grid(reader.read(data)))) == SMALL


def framed(printed: Press, table: list[Slot], gap: float) -> Press:
    """Draw a frame around each cell, and one around them all, as browsers do."""
    xs, ys = printed.edges(table)
    half = gap / 2
    frames = [(xs[0] - half, ys[0] - half, xs[-1] + half, ys[-1] + half)]
    for row, column, rows, columns, text in table:
        left, top, right, bottom = xs[column], ys[row], xs[column + columns], ys[row + rows]
        frames.append((left + half, top + half, right - half, bottom - half))
        printed.write(text, left + 4, top + 9)
    for frame in frames:
        for side in sides(frame):
            printed.rule(side)
    return printed


@pytest.mark.parametrize("gap", [1, 2.25, 2.8])
def test_between_the_frames_of_cells_nothing_stands(gap: float) -> None:
    table = [(0, 0, 1, 2, "许可"), *((row + 1, *rest) for row, *rest in SMALL)]
    data = framed(Press(), table, gap).done()
    assert plain(slots(only_grid(reader.read(data)))) == table


def test_a_row_too_low_for_its_letters_is_no_gap() -> None:
    printed = Press()
    low = (MARGIN, MARGIN, MARGIN + 100, MARGIN + 4)
    for box in (low, (MARGIN, MARGIN + 4, MARGIN + 100, MARGIN + 20)):
        for side in sides(box):
            printed.rule(side)
    printed.write("7", MARGIN + 5, MARGIN + 5)
    assert [s[4] for s in slots(only_grid(reader.read(printed.done())))] == ["7", ""]


def test_a_frame_around_text_is_text() -> None:
    document = reader.read(Press().table([(0, 0, 1, 1, "正文")]).done())
    assert texts(document) == ["正文"]
    assert grids(document) == []


def test_shading_is_no_line() -> None:
    printed = Press()
    printed.canvas.setFillColorRGB(0.9, 0.9, 0.9)
    printed.canvas.rect(MARGIN + 100, 500, 200, 80, 0, 1)
    printed.canvas.setFillColorRGB(0, 0, 0)
    assert plain(slots(only_grid(reader.read(printed.table(SMALL).done())))) == SMALL


def test_the_letters_of_a_watermark_stay_out_of_cells() -> None:
    printed = Press().table(SMALL)
    printed.canvas.saveState()
    printed.canvas.translate(MARGIN + 50, 530)
    printed.canvas.rotate(30)
    printed.canvas.setFont(FONT, 9)
    for number in range(8):
        printed.canvas.drawString(20 * number, 0, "政务公开2023")
    printed.canvas.restoreState()
    printed.canvas.setFont(FONT, 60)
    printed.canvas.drawString(MARGIN + 40, 545, "印")
    assert plain(slots(only_grid(reader.read(printed.done())))) == SMALL


def test_labels_turned_by_a_right_angle_are_read() -> None:
    printed = Press().table(SMALL)
    printed.canvas.saveState()
    printed.canvas.translate(MARGIN + 100, 556)
    printed.canvas.rotate(90)
    printed.canvas.setFont(FONT, 7)
    printed.canvas.drawString(0, 0, "组")
    printed.canvas.restoreState()
    assert "组" in only_grid(reader.read(printed.done())).cells[0].text


def test_a_number_too_wide_for_its_cell_stays_one_number() -> None:
    printed = Press()
    xs, ys = printed.edges(SMALL)
    printed.table([(*slot[:4], "") for slot in SMALL])
    printed.write("1234567", xs[1] - 8, ys[0] + 8)
    assert [s[4] for s in slots(only_grid(reader.read(printed.done())))] == ["", "1234567", "", ""]


def test_numbers_in_neighbouring_cells_stay_apart() -> None:
    printed = Press()
    xs, ys = printed.edges(SMALL)
    printed.table([(*slot[:4], "") for slot in SMALL])
    printed.write("43", xs[1] - 9, ys[0] + 8)
    printed.write("17", xs[1] + 1, ys[0] + 8)
    assert [s[4] for s in slots(only_grid(reader.read(printed.done())))] == ["43", "17", "", ""]


def test_two_numbers_in_a_cell_stay_two() -> None:
    data = Press().table([*SMALL[:3], (1, 1, 1, 1, "1 2")]).done()
    assert only_grid(reader.read(data)).cells[-1].text == "1 2"


def test_bold_by_printing_twice_is_read_once() -> None:
    printed = Press()
    printed.table(SMALL)
    printed.y = MARGIN + 0.3
    printed.table(SMALL)
    assert plain(slots(only_grid(reader.read(printed.done())))) == SMALL


def test_paragraphs_join_full_lines_and_stop_at_tables() -> None:
    full = "本年度主动公开政府信息" * 10
    printed = Press()
    printed.text("\u3000\u3000" + full[:-2]).text(full).text("共三件。")
    printed.table(SMALL).text("注")
    document = reader.read(printed.done())
    assert texts(document) == [full[:-2] + full + "共三件。", "注"]
    assert document.blocks[0].place.page == 1
    assert isinstance(document.blocks[1], Grid)


def test_text_between_lines_across_comes_line_by_line() -> None:
    """Without lines down nobody knows a column, and a row may be several lines: that is for labels to say."""
    printed = Press()
    for row, y in enumerate((100, 130, 160)):
        printed.rule((MARGIN, y - 12, MARGIN + 600, y - 12))
        for line, piece in enumerate(("不掌握相", "关信息")):
            printed.write(piece, MARGIN, y - 3 + line * LEADING)
        for column in range(7 - row):
            printed.write(str(10 * row + column), MARGIN + 100 + 60 * column, y - 3 + LEADING / 2)
    printed.rule((MARGIN, 178, MARGIN + 600, 178))
    printed.write("注。", MARGIN, 300)
    document = reader.read(printed.done())
    grid = only_grid(document)
    assert not grid.aligned
    found = [[slot[4] for slot in slots(grid) if slot[0] == row] for row in range(9)]
    assert found == [
        line
        for row in range(3)
        for line in (
            ["不掌握相"],
            [str(10 * row + column) for column in range(7 - row)],
            ["关信息"],
        )
    ]
    assert grid.cells[1].place.page == 1
    assert texts(document) == ["注。"]


def test_text_in_rows_without_any_line_is_rows_of_fields() -> None:
    printed = Press()
    for row in range(3):
        line = ["不掌握相关信息", *(str(10 * row + column) for column in range(6))]
        for column, text in enumerate(line):
            printed.write(text, MARGIN + 100 * column, 100 + 20 * row)
    printed.write("注", MARGIN, 200)
    document = reader.read(printed.done())
    assert [(s[0], s[4]) for s in slots(only_grid(document))][:8] == [
        (0, "不掌握相关信息"),
        *((0, str(column)) for column in range(6)),
        (1, "不掌握相关信息"),
    ]
    assert texts(document) == ["注"]


@pytest.mark.parametrize("loose_first", [True, False])
def test_tables_with_and_without_lines_come_as_they_stand_on_the_page(loose_first: bool) -> None:
    printed = Press()
    printed.y = 250
    printed.table(SMALL)
    for row in range(3):
        line = ["不掌握相关信息", *(str(10 * row + column) for column in range(6))]
        for column, text in enumerate(line):
            printed.write(text, MARGIN + 100 * column, (100 if loose_first else 400) + 20 * row)
    found = grids(reader.read_with_pdfium(printed.done()))
    assert [grid.aligned for grid in found] == [not loose_first, loose_first]
    assert [grid.cells[0].place.table for grid in found] == [1, 2]


def test_one_line_of_numbers_is_no_table() -> None:
    printed = Press()
    for year in range(2016, 2024):
        printed.write(str(year), MARGIN + 60 * (year - 2016), 100)
    assert grids(reader.read(printed.done())) == []


def turned_sheet(data: bytes, turned: int) -> bytes:
    """The file without the order to turn its pages, so that they lie as they were printed."""
    order = b"/Rotate %d" % turned
    assert order in data
    return data.replace(order, b"/Rotate 0".ljust(len(order)))


@given(forms(), st.sampled_from([90, 180, 270]))
@settings(max_examples=10)
def test_a_table_printed_sideways_is_read_along_its_text(form: Form, turned: int) -> None:
    data = Press(turned=turned).text("一、总体情况").table(form.slots).done()
    sideways = turned_sheet(data, turned)
    for read in (reader.read, reader.read_with_pdfplumber):
        document = read(sideways)
        assert plain(slots(only_grid(document))) == form.slots
        assert texts(document) == ["一、总体情况"]


def shown_sideways(box: Box, turned: int) -> Box:
    """Where a box of the page is seen once the sheet is no longer turned back for people."""
    x0, top, x1, bottom = box
    return {
        90: (top, WIDTH - x1, bottom, WIDTH - x0),
        180: (WIDTH - x1, HEIGHT - bottom, WIDTH - x0, HEIGHT - top),
        270: (HEIGHT - bottom, x0, HEIGHT - top, x1),
    }[turned]


BOTH_READERS = pytest.mark.parametrize(
    "read", [reader.read_with_pdfium, reader.read_with_pdfplumber], ids=["first", "second"]
)
SECOND_CELL: Box = (421.0, 109.0, 812.0, 121.0)
"""Of SMALL, printed below one line that stands at 100."""


@BOTH_READERS
@pytest.mark.parametrize("turned", [90, 180, 270])
def test_what_is_on_a_turned_page_is_where_people_see_it(read: Reader, turned: int) -> None:
    printed = Press(turned=turned)
    printed.y = 100
    data = printed.text("一、总体情况").table(SMALL).done()
    upright, lying = read(data), read(turned_sheet(data, turned))
    for document in (upright, lying):
        assert plain(slots(only_grid(document))) == SMALL
        assert texts(document) == ["一、总体情况"]
    assert only_grid(upright).cells[1].place.box == SECOND_CELL
    assert only_grid(lying).cells[1].place.box == shown_sideways(SECOND_CELL, turned)
    heading = upright.blocks[0].place.box
    moved = shown_sideways(heading, turned)
    assert lying.blocks[0].place.box == pytest.approx(moved, abs=0.11)  # both are rounded


@BOTH_READERS
@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_turned_page_may_be_cropped(read: Reader, turned: int) -> None:
    """The box of a crop is measured on the sheet, before it is turned."""
    printed = Press(turned=turned)
    left, foot, right, head = 10, 20, 40, 50
    width, height = (HEIGHT, WIDTH) if turned in (90, 270) else (WIDTH, HEIGHT)
    printed.canvas.setCropBox((left, foot, width - right, height - head))
    printed.y = 100
    data = printed.text("一、总体情况").table(SMALL).done()
    # What a turn by n quarters brings to the left and to the top of what is seen.
    aside, above = {0: (left, head), 90: (foot, left), 180: (right, foot), 270: (head, right)}[
        turned
    ]
    x0, top, x1, bottom = SECOND_CELL
    box = only_grid(read(data)).cells[1].place.box
    assert box == (x0 - aside, top - above, x1 - aside, bottom - above)


@BOTH_READERS
@pytest.mark.parametrize("cropped", [False, True])
def test_a_sheet_need_not_begin_at_nought(read: Reader, cropped: bool) -> None:
    printed = Press()
    printed.y = 100
    printed.canvas.translate(50, -70)
    if cropped:
        printed.canvas.setCropBox((60, -50, WIDTH + 20, HEIGHT - 110))
    data = printed.text("一、总体情况").table(SMALL).done()
    sheet = b"/MediaBox [ 0 0 %d %d ]" % (WIDTH, HEIGHT)
    moved = b"/MediaBox[50 -70 %d %d]" % (WIDTH + 50, HEIGHT - 70)
    assert sheet in data
    grid = only_grid(read(data.replace(sheet, moved.ljust(len(sheet)))))
    x0, top, x1, bottom = SECOND_CELL
    aside, above = (10, 40) if cropped else (0, 0)
    assert grid.cells[1].place.box == (x0 - aside, top - above, x1 - aside, bottom - above)


@BOTH_READERS
@pytest.mark.parametrize("turned", [0, 90])
def test_a_crop_beyond_its_page_takes_nothing_off(read: Reader, turned: int) -> None:
    printed = Press(turned=turned)
    printed.canvas.setCropBox((-10, -20, 900, 950))
    printed.y = 100
    data = printed.text("一、总体情况").table(SMALL).done()
    assert only_grid(read(data)).cells[1].place.box == SECOND_CELL


@BOTH_READERS
def test_most_letters_say_which_way_a_page_is_turned(read: Reader) -> None:
    printed = Press()
    printed.text("本年度主动公开政府信息的情况").table(SMALL)
    printed.canvas.saveState()
    printed.canvas.translate(800, 300)
    printed.canvas.rotate(90)
    printed.canvas.setFont(FONT, 7)
    printed.canvas.drawString(0, 0, "甲市公报")
    printed.canvas.restoreState()
    document = read(printed.done())
    assert plain(slots(only_grid(document))) == SMALL
    assert texts(document)[0].startswith("本年度主动公开政府信息的情况")


def test_places_on_a_cropped_page_count_from_what_is_seen() -> None:
    printed = Press()
    printed.canvas.setCropBox((10, 20, WIDTH - 30, HEIGHT - 40))
    printed.y = 100
    data = printed.table(SMALL).done()
    for read in (reader.read, reader.read_with_pdfplumber):
        assert only_grid(read(data)).cells[1].place.box == (411.0, 60.0, 802.0, 72.0)


@pytest.mark.parametrize("turned", [0, 90])
def test_lines_of_a_drawing_within_the_page_are_lines(turned: int) -> None:
    """Some programs put a page's lines into a drawing of its own and place that."""
    printed = Press()
    printed.canvas.beginForm("inner")
    printed.canvas.translate(10, 5)
    Press.table(printed, SMALL)
    printed.canvas.endForm()
    printed.canvas.beginForm("outer")
    printed.canvas.rotate(turned)
    printed.canvas.doForm("inner")
    printed.canvas.endForm()
    printed.canvas.translate(WIDTH / 2 * bool(turned), 0)
    printed.canvas.doForm("outer")
    grid = only_grid(reader.read(printed.done()))
    assert plain(slots(grid)) == SMALL


def drawn_table(printed: Press) -> list[Box]:
    xs, ys = printed.edges(SMALL)
    boxes = [(x0, y0, x1, y1) for y0, y1 in pairwise(ys) for x0, x1 in pairwise(xs)]
    for (x0, y0, *_), slot in zip(boxes, SMALL, strict=True):
        printed.write(slot[4], x0 + 2, y0 + LEADING)
    return [side for box in boxes for side in sides(box)]


@pytest.mark.parametrize("painted", ["stroked", "filled"])
def test_one_path_of_many_lines_is_many_lines(painted: str) -> None:
    printed = Press()
    path = printed.canvas.beginPath()
    for x0, y0, x1, y1 in drawn_table(printed):
        if painted == "stroked":
            path.moveTo(x0, HEIGHT - y0)
            path.lineTo(x1, HEIGHT - y1)
        else:
            path.rect(x0, HEIGHT - y1, max(x1 - x0, 0.75), max(y1 - y0, 0.75))
    printed.canvas.setLineWidth(0.5)
    printed.canvas.drawPath(path, stroke=painted == "stroked", fill=painted == "filled")
    assert plain(slots(only_grid(reader.read(printed.done())))) == SMALL


def test_frames_of_cells_are_lines_and_their_round_corners_are_not() -> None:
    printed = Press()
    drawn_table(printed)
    xs, ys = printed.edges(SMALL)
    printed.canvas.setLineWidth(0.5)
    for y0, y1 in pairwise(ys):
        for x0, x1 in pairwise(xs):
            printed.canvas.roundRect(x0, HEIGHT - y1, x1 - x0, y1 - y0, 1.5, stroke=1, fill=0)
    assert plain(slots(only_grid(reader.read(printed.done())))) == SMALL


def test_a_hyphen_at_the_end_of_a_line_keeps_its_place() -> None:
    """PDFium joins what it takes for a word parted at the end of its line."""
    document = reader.read(Press().text("甲-").text("43件，共两行").done())
    assert texts(document) == ["甲-", "43件，共两行"]


def test_text_beyond_a_table_stays_beyond_it() -> None:
    printed = Press()
    xs, ys = printed.edges(SMALL)
    printed.table([(*slot[:4], "") for slot in SMALL])
    printed.write("43", xs[2] - 8, ys[0] + 8)
    printed.write("见后附的说明", xs[2] + 2, ys[0] + 8)
    document = reader.read(printed.done())
    assert [s[4] for s in slots(only_grid(document))] == ["", "43", "", ""]
    assert texts(document) == ["见后附的说明"]


def test_of_pages_with_text_nothing_is_to_be_told() -> None:
    printed = Press().text("正文").table(SMALL)
    printed.canvas.drawImage(picture(), 100, 300, 500, 200)
    data = printed.done()
    for read in (reader.read, reader.read_with_pdfplumber):
        assert read(data).notes == ()


def test_pages_that_are_pictures_are_told() -> None:
    printed = Press().text("正文")
    for _ in range(2):
        printed.new_page()
        printed.canvas.drawImage(picture(), 0, 0, 500, 595)
        printed.write("- 2 -", 400, 580)
    printed.new_page()
    printed.text("落款")
    printed.canvas.drawImage(picture(), 100, 100, 60, 60)
    data = printed.done()
    for read in (reader.read, reader.read_with_pdfplumber):
        (note,) = read(data).notes
        assert (note.code, note.message[:9]) == ("picture_pages", "第 2、3 页只有")


def test_letters_without_names_are_no_numbers() -> None:
    """A letter without a name can be any: read as another number it would be found by nobody."""
    registerFont(UnicodeCIDFont("MSung-Light"))
    printed = Press().text("正文 43")
    printed.canvas.setFont("MSung-Light", 9)
    printed.canvas.drawString(MARGIN, 300, "17")
    named, last = printed.done().replace(b"CNS1", b"XXX1").rsplit(b"UniGB-UCS2-H", 1)
    data = named + b"Identity-H  " + last
    for read in (reader.read, reader.read_with_pdfplumber):
        assert texts(read(data)) == ["正文 43", "\ufffd\ufffd"]


def code_of(data: bytes) -> str:
    with pytest.raises(ReadError) as caught:
        reader.read(data)
    assert caught.value.message.endswith("。")
    return caught.value.code


def picture() -> ImageReader:
    from PIL import Image

    stream = BytesIO()
    Image.new("L", (60, 80), 200).save(stream, "PNG")
    stream.seek(0)
    return ImageReader(stream)


def scan() -> bytes:
    printed = Press()
    printed.canvas.drawImage(picture(), 0, 0, 595, 842)
    return printed.done()


def locked(password: str) -> bytes:
    printed = Press(encrypt=StandardEncryption(password, ownerPassword="x", canPrint=1))
    # A font of the standard set: reportlab breaks the names of Chinese ones when it encrypts.
    printed.canvas.setFont("Helvetica", 9)
    printed.canvas.drawString(MARGIN, MARGIN, "43")
    return printed.done()


def test_what_cannot_be_read_is_named() -> None:
    good = Press().text("正文").done()
    assert code_of(scan()) == "scanned"
    assert code_of(Press().done()) == "empty"
    assert code_of(locked("secret")) == "encrypted"
    assert code_of(good[: len(good) // 2]) == "damaged"
    assert code_of(good.replace(b"%%EOF", b"")) == "damaged"
    assert code_of(b"%PDF-1.7\n%%EOF") == "damaged"


def test_a_password_only_against_changes_does_not_matter() -> None:
    assert texts(reader.read(locked(""))) == ["43"]


def test_a_file_of_too_many_pages_is_refused() -> None:
    printed = Press()
    for _ in range(reader.MAX_PAGES + 1):
        printed.text("页").new_page()
    assert code_of(printed.done()) == "too_large"


def test_a_file_whose_letters_have_no_names_is_refused() -> None:
    data = Press().text("正文").done()
    nameless = data.replace(b"/Adobe", b"/Nobod").replace(b"(GB1)", b"(XX1)")
    nameless = nameless.replace(b"UniGB-UCS2-H", b"Identity-H\0\0"[:12].replace(b"\0", b" "))
    assert nameless != data
    assert code_of(nameless) == "unmapped_text"


def test_pdf_files_are_recognised_by_content() -> None:
    assert reader.recognises(b"\n%PDF-1.4 ...", "x.doc")
    assert not reader.recognises(b"<html>", "x.pdf")


WITHOUT_FONTS = """
import ctypes, sys
from pypdfium2 import raw
from loaders import pdf
from loaders.document import Document, Grid, ReadError
own = dict(raw.FPDF_SYSFONTINFO._fields_)
none = raw.FPDF_SYSFONTINFO(version=1)
none.MapFont, none.GetFont = own["MapFont"](lambda *_: None), own["GetFont"](lambda *_: None)
raw.FPDF_SetSystemFontInfo(ctypes.byref(none))
data = sys.stdin.buffer.read()
try:
    pdf.read_with_pdfium(data)
except ReadError as error:
    print(error.code)
for block in pdf.read(data).blocks:
    if isinstance(block, Grid):
        print([cell.text for cell in block.cells])
"""


def test_without_the_fonts_that_a_file_relies_on_no_number_is_lost() -> None:
    said = ["不予公开", "0", "０", "无", "８", "12"]
    data = Press().table([(0, column, 1, 1, text) for column, text in enumerate(said)]).done()
    answer = subprocess.run(
        [sys.executable, "-c", WITHOUT_FONTS],
        input=data,
        capture_output=True,
        check=True,
        cwd=Path(reader.__file__).parents[2],
    )
    assert answer.stdout.decode().splitlines() == ["fonts_missing", str(said)]
    assert [cell.text for cell in only_grid(reader.read_with_pdfium(data)).cells] == said
