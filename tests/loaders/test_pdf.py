"""PDF files: official tables come back cell by cell, however and on however many pages printed."""

import shutil
import subprocess
from html import escape
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader

from form.editions import EDITION_KEYS
from form.values import folded
from loaders import pdf as reader
from loaders.document import Grid, ReadError
from tests.loaders.forms import Form, Slot, cut, filled, forms, grids, only_grid, slots, texts
from tests.loaders.press import FONT, MARGIN, BrowserPress, Press

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
        timeout=120,
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
    options = {"encrypt": StandardEncryption(password, ownerPassword="x", canPrint=1)}
    printed = Press(options=options)
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
