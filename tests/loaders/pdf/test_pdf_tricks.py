"""PDF files on which the eye sees something else than the text says: both readers see it."""

from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image
from reportlab.lib.colors import Color, black, white
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString

from loaders import pdf as reader
from loaders.document import Document, Pieces
from loaders.recogniser.seen import Seen, seen
from tests.loaders.forms import grids
from tests.loaders.pdf.press import HEIGHT, WIDTH, Press

Reader = Callable[[bytes], Document]
READERS = [reader.read_with_pdfium, reader.read_with_pdfplumber]
BOTH = pytest.mark.parametrize("read", READERS)
X, TOP, WIDE, HIGH = 100.0, 100.0, 80.0, 20.0
BASE, SIZE = TOP + 14, 10.0
"""The baseline and the size of the letters of the cell in question."""


class Page(Press):
    """A small table; the cell in question is the second one of its first row."""

    def __init__(self, **options) -> None:
        super().__init__(**options)
        for row in range(3):
            self.rule((X, TOP + row * HIGH, X + 2 * WIDE, TOP + row * HIGH))
        for column in range(3):
            self.rule((X + column * WIDE, TOP, X + column * WIDE, TOP + 2 * HIGH))
        self.write("行政许可", X + 5, BASE, SIZE)
        self.write("行政处罚", X + 5, BASE + HIGH, SIZE)
        self.write("31", X + WIDE + 5, BASE + HIGH, SIZE)

    def number(self, text: str, right: float = 0.0, **looks) -> float:
        """Print a number in the cell, `right` points from where numbers begin; return its width."""
        size = looks.get("size", SIZE)
        x, y = X + WIDE + 5 + right, BASE - looks.get("raised", 0.0)
        self.canvas.saveState()
        line = self.canvas.beginText(x, HEIGHT - y)
        line.setFont("Helvetica", size)
        line.setFillColor(looks.get("colour", black))
        line.setTextRenderMode(looks.get("mode", 0))
        line.setCharSpace(looks.get("spaced", 0.0))
        line.textOut(text)
        self.canvas.drawText(line)
        self.canvas.restoreState()
        return self.canvas.stringWidth(text, "Helvetica", size)

    def box(
        self, x0: float, x1: float, colour=white, above: float = 9.0, below: float = 2.0
    ) -> None:
        """Fill a box over the cell from `x0` to `x1`, points from where numbers begin."""
        self.canvas.setFillColor(colour)
        left, height = X + WIDE + 5 + x0, above + below
        self.canvas.rect(left, HEIGHT - BASE - below, x1 - x0, height, stroke=0, fill=1)

    def line(self, x0: float, x1: float, up: float = 3.2) -> None:
        left = X + WIDE + 5
        self.rule((left + x0, BASE - up, left + x1, BASE - up))


def cell(document: Document) -> tuple[str, Pieces]:
    (grid,) = grids(document)
    at = {(item.row, item.column): item for item in grid.cells}
    assert [at[1, 1].text, at[1, 1].pieces] == ["31", ()]
    assert [at[0, 0].text, at[0, 0].pieces] == ["行政许可", ()]
    return at[0, 1].text, at[0, 1].pieces


def shown(document: Document) -> Seen:
    text, pieces = cell(document)
    assert pieces, text
    return seen(pieces)


def said(document: Document) -> tuple[str, tuple[str, ...], tuple[str, ...] | None]:
    found = shown(document)
    return found.text, found.oddities, found.doubt


@BOTH
@pytest.mark.parametrize("space", [0.0, 3.0])
def test_a_number_struck_out_does_not_count(read: Reader, space: float) -> None:
    page = Page()
    width = page.number("251")
    page.line(0, width)
    page.number("256", width + space)
    assert said(read(page.done())) == ("256", ("struck",), None)


@BOTH
def test_a_line_through_a_part_of_a_number_strikes_out_that_part(read: Reader) -> None:
    page = Page()
    page.number("124")
    page.line(0, page.canvas.stringWidth("12", "Helvetica", SIZE))
    assert said(read(page.done())) == ("4", ("struck",), None)


@BOTH
@pytest.mark.parametrize("up", [-1.5, 9.5])
def test_a_line_under_or_over_a_number_is_none(read: Reader, up: float) -> None:
    page = Page()
    page.line(0, page.number("256"), up)
    assert cell(read(page.done())) == ("256", ())


@BOTH
def test_a_side_of_cells_through_letters_makes_them_unsure(read: Reader) -> None:
    page = Page()
    page.number("256")
    page.rule((X, BASE - 3.2, X + 2 * WIDE, BASE - 3.2))
    found = [
        seen(item.pieces).doubt
        for grid in grids(read(page.done()))
        for item in grid.cells
        if "256" in item.text
    ]
    assert found == [("", "256")]


@BOTH
@pytest.mark.parametrize("number", ["256", "-256"])
@pytest.mark.parametrize(("size", "raised"), [(6.0, 4.0), (7.0, 3.0), (6.0, -2.0), (8.3, 3.5)])
@pytest.mark.parametrize("mark", ["1", "12", "(1)", "*"])
def test_a_raised_mark_is_no_digit(
    read: Reader, number: str, size: float, raised: float, mark: str
) -> None:
    page = Page()
    page.number(mark, page.number(number), size=size, raised=raised)
    assert said(read(page.done())) == (number, ("raised",), None)


@BOTH
def test_digits_of_one_number_in_two_pieces_are_not_raised(read: Reader) -> None:
    page = Page()
    page.number("56", page.number("2"))
    assert cell(read(page.done())) == ("256", ())


@BOTH
@pytest.mark.parametrize("looks", [{"mode": 3}, {"colour": white}, {"colour": Color(0.99, 1, 1)}])
def test_letters_that_are_not_seen_are_hidden(read: Reader, looks) -> None:
    page = Page()
    page.number("25", **looks)
    page.number("256", 30)
    assert said(read(page.done())) == ("256", ("hidden",), None)


@BOTH
@pytest.mark.parametrize("colour", [black, Color(0.2, 0.3, 0.6)])
def test_letters_in_the_colour_of_their_ground_are_hidden(read: Reader, colour) -> None:
    page = Page()
    page.box(-2, 40, colour)
    page.number("25", colour=colour)
    assert said(read(page.done())) == ("", ("hidden",), ("25", ""))


@BOTH
@pytest.mark.parametrize("colours", [(black, white), (Color(0.2, 0.3, 0.6), white), (white, black)])
def test_letters_on_a_ground_of_another_colour_are_seen(read: Reader, colours) -> None:
    page = Page()
    page.box(-2, 40, colours[0])
    page.number("256", colour=colours[1])
    assert cell(read(page.done())) == ("256", ())


@BOTH
@pytest.mark.parametrize("old", ["256", "266", "6", "26", "2"])
@pytest.mark.parametrize("new", ["266", "26", "2", "66"])
def test_what_stands_under_a_box_does_not_count(read: Reader, old: str, new: str) -> None:
    """Nor does it take anything from the number over it, whose digits may stand in its place."""
    page = Page()
    width = page.number(old)
    page.box(-1, width + 1)
    page.number(new)
    assert said(read(page.done())) == (new, ("covered",), None)


@BOTH
def test_what_is_invisible_takes_nothing_from_what_is_seen(read: Reader) -> None:
    page = Page()
    page.number("256", mode=3)
    page.number("26")
    assert said(read(page.done())) == ("26", ("hidden",), None)


@BOTH
def test_a_box_over_a_part_of_a_number_makes_it_unsure(read: Reader) -> None:
    page = Page()
    width = page.number("256")
    page.box(width / 2, width + 1)
    found = shown(read(page.done()))
    assert found.oddities == ("covered",)
    assert found.doubt is not None
    assert "256" in found.doubt


@BOTH
def test_what_is_seen_through_does_not_cover(read: Reader) -> None:
    page = Page()
    width = page.number("256")
    page.box(-1, width + 1, Color(1, 1, 0, alpha=0.4))
    assert cell(read(page.done())) == ("256", ())


@BOTH
def test_a_box_painted_first_covers_nothing(read: Reader) -> None:
    page = Page()
    page.box(-2, 40, Color(0.8, 0.9, 1))
    page.number("256")
    assert cell(read(page.done())) == ("256", ())


def picture(width: int, height: int) -> ImageReader:
    data = BytesIO()
    Image.new("RGB", (width, height), "lightgrey").save(data, "PNG")
    data.seek(0)
    return ImageReader(data)


@BOTH
def test_a_picture_in_a_cell_can_say_anything(read: Reader) -> None:
    page = Page()
    page.canvas.drawImage(picture(30, 12), X + WIDE + 5, HEIGHT - BASE - 2, 30, 12)
    assert said(read(page.done())) == ("", ("picture",), ())


@BOTH
def test_a_picture_behind_a_table_says_nothing(read: Reader) -> None:
    first = Press()
    first.canvas.drawImage(picture(30, 12), X - 10, HEIGHT - 200, 300, 150)
    page = Page.__new__(Page)
    page.__dict__.update(first.__dict__)
    _table_on(page)
    page.number("256")
    assert cell(read(page.done())) == ("256", ())


def _table_on(page: Page) -> None:
    for row in range(3):
        page.rule((X, TOP + row * HIGH, X + 2 * WIDE, TOP + row * HIGH))
    for column in range(3):
        page.rule((X + column * WIDE, TOP, X + column * WIDE, TOP + 2 * HIGH))
    page.write("行政许可", X + 5, BASE, SIZE)
    page.write("行政处罚", X + 5, BASE + HIGH, SIZE)
    page.write("31", X + WIDE + 5, BASE + HIGH, SIZE)


@BOTH
@pytest.mark.parametrize("mode", [3, 0])
def test_the_text_of_a_scan_is_what_a_program_saw(read: Reader, mode: int) -> None:
    """Invisible on the picture, or painted before it."""
    page = Page()
    page.number("256", mode=mode)
    page.canvas.drawImage(picture(80, 60), 0, 0, 842, 595)
    (grid,) = grids(read(page.done()))
    found = {(item.row, item.column): seen(item.pieces) for item in grid.cells if item.pieces}
    assert found[0, 1].doubt == ("256",)
    assert found[0, 1].oddities == ("recognised",)
    if mode == 0:
        assert len(found) == 4


@BOTH
@pytest.mark.parametrize("gap", [1.6, 2.0, 3.0])
def test_a_narrow_blank_between_digits_is_kept(read: Reader, gap: float) -> None:
    page = Page()
    page.number("256", page.number("251") + gap)
    assert cell(read(page.done()))[0] == "251 256"


@BOTH
@pytest.mark.parametrize("spaced", [0.0, 2.5])
def test_a_sign_stands_far_before_one_digit(read: Reader, spaced: float) -> None:
    page = Page()
    page.number("-5", spaced=spaced)
    assert cell(read(page.done())) == ("-5", ())


@BOTH
@pytest.mark.parametrize("spaced", [0.5, 1.0, 2.0, 3.0])
def test_a_number_set_wide_is_one_number(read: Reader, spaced: float) -> None:
    page = Page()
    page.number("1256", spaced=spaced)
    assert cell(read(page.done())) == ("1256", ())


@BOTH
def test_a_filled_field_is_a_value(read: Reader) -> None:
    page = Page()
    page.canvas.acroForm.textfield(
        value="256", x=X + WIDE + 2, y=HEIGHT - BASE - 4, width=60, height=14, fontSize=9
    )
    assert said(read(page.done())) == ("256", ("form_field",), None)


@BOTH
def test_a_chosen_entry_is_a_value(read: Reader) -> None:
    page = Page()
    page.canvas.acroForm.choice(
        value="256",
        options=["251", "256"],
        x=X + WIDE + 2,
        y=HEIGHT - BASE - 4,
        width=60,
        height=14,
    )
    assert said(read(page.done())) == ("256", ("form_field",), None)


@BOTH
def test_a_field_over_printed_digits_makes_both_unsure(read: Reader) -> None:
    page = Page()
    page.number("251")
    page.canvas.acroForm.textfield(
        value="256",
        x=X + WIDE + 40,
        y=HEIGHT - BASE - 4,
        width=30,
        height=14,
        fontSize=9,
        fillColor=None,
        borderWidth=0,
    )
    found = shown(read(page.done()))
    assert found.doubt is not None
    assert {"251", "256"} <= set(found.doubt)


@BOTH
@pytest.mark.parametrize("right", [0.0, 2.0, 4.0])
@pytest.mark.parametrize("numbers", [("12", "34"), ("256", "13"), ("4", "9")])
def test_numbers_over_each_other_are_not_sure(read: Reader, right: float, numbers) -> None:
    """As where tables overlap on a page."""
    page = Page()
    page.number(numbers[0])
    page.number(numbers[1], right)
    assert shown(read(page.done())).doubt is not None


@BOTH
def test_a_number_printed_twice_for_bold_is_one(read: Reader) -> None:
    page = Page()
    page.number("256")
    page.number("256", 0.4)
    assert cell(read(page.done())) == ("256", ())


def reaching_out(number: str, at: float) -> bytes:
    """A table of which the last column reaches out of the page, with a number `at` its edge."""
    page = Press()
    for row in range(3):
        page.rule((X, TOP + row * HIGH, WIDTH + 60, TOP + row * HIGH))
    for x in (X, X + WIDE, WIDTH - 80, WIDTH + 60):
        page.rule((x, TOP, x, TOP + 2 * HIGH))
    page.write("行政许可", X + 5, BASE, SIZE)
    page.write("31", X + WIDE + 5, BASE, SIZE)
    page.write(number, at, BASE, SIZE)
    return page.done()


@BOTH
@pytest.mark.parametrize(("number", "at"), [("2561", WIDTH - 22), ("", WIDTH - 22)])
def test_what_may_go_on_beyond_the_page_is_not_sure(read: Reader, number: str, at: float) -> None:
    (grid,) = grids(read(reaching_out(number, at)))
    found = {(item.row, item.column): item.text for item in grid.cells}
    assert (found[0, 0], found[0, 1]) == ("行政许可", "31")
    assert found[0, 2] == f"{number}\ufffd"


@BOTH
def test_what_stands_well_within_the_page_is_whole(read: Reader) -> None:
    (grid,) = grids(read(reaching_out("256", WIDTH - 70)))
    found = {(item.row, item.column): item.text for item in grid.cells}
    assert found[0, 2] == "256"


@BOTH
def test_a_field_drawn_around_a_number_is_no_cell(read: Reader) -> None:
    page = Page()
    page.canvas.setLineWidth(0.5)
    page.canvas.roundRect(X + WIDE + 2, HEIGHT - BASE - 4, 70, 14, 2, stroke=1, fill=0)
    page.number("256", 20)
    assert cell(read(page.done())) == ("256", ())


@BOTH
@pytest.mark.parametrize("radius", [6, 9])
def test_a_drawn_shape_in_a_cell_without_text_can_say_anything(read: Reader, radius: int) -> None:
    page = Page()
    page.canvas.setFillColor(black)
    page.canvas.circle(X + WIDE + 20, HEIGHT - BASE + 4, radius, stroke=0, fill=1)
    assert said(read(page.done())) == ("", ("picture",), ())


@BOTH
def test_a_circle_around_a_number_says_nothing(read: Reader) -> None:
    page = Page()
    page.number("256")
    page.canvas.circle(X + WIDE + 13, HEIGHT - BASE + 3, 8.5, stroke=1, fill=0)
    assert cell(read(page.done())) == ("256", ())


def annotated(page: Page, kind: str, x0: float, x1: float, **more: object) -> None:
    """Put an annotation over the cell, from `x0` to `x1` where numbers begin."""
    left = X + WIDE + 5
    box = PDFArray([left + x0, HEIGHT - BASE - 2, left + x1, HEIGHT - BASE + 8])
    corners = [left + x0, HEIGHT - BASE + 8, left + x1, HEIGHT - BASE + 8]
    corners += [left + x0, HEIGHT - BASE - 2, left + x1, HEIGHT - BASE - 2]
    entries = {
        "Type": PDFName("Annot"),
        "Subtype": PDFName(kind),
        "Rect": box,
        "QuadPoints": PDFArray(corners),
        "C": PDFArray([1, 0, 0]),
        "F": 4,
        **more,
    }
    page.canvas._addAnnotation(PDFDictionary(entries))


TYPED = {"Contents": PDFString("256"), "DA": PDFString("0 g /Helv 9 Tf")}


@BOTH
def test_what_is_typed_over_an_empty_cell_is_a_value(read: Reader) -> None:
    page = Page()
    annotated(page, "FreeText", 0, 40, **TYPED)
    assert said(read(page.done())) == ("256", ("annotation",), None)


@BOTH
def test_what_is_typed_over_a_number_makes_both_unsure(read: Reader) -> None:
    page = Page()
    page.number("251")
    annotated(page, "FreeText", 0, 40, **TYPED)
    found = shown(read(page.done()))
    assert (found.oddities, found.doubt) == (("annotation",), ("251", "256"))


@BOTH
@pytest.mark.parametrize("flags", [2, 32, 36])
def test_what_is_not_shown_of_annotations_says_nothing(read: Reader, flags: int) -> None:
    page = Page()
    page.number("251")
    annotated(page, "FreeText", 0, 40, **{**TYPED, "F": flags})
    assert cell(read(page.done())) == ("251", ())


@BOTH
def test_a_number_that_an_annotation_strikes_out_does_not_count(read: Reader) -> None:
    page = Page()
    annotated(page, "StrikeOut", 0, page.number("251"))
    page.number("256", 30)
    assert said(read(page.done())) == ("256", ("struck",), None)


@BOTH
@pytest.mark.parametrize("kind", ["Highlight", "Underline", "Text", "Popup", "Link"])
def test_notes_and_marks_beside_numbers_say_nothing(read: Reader, kind: str) -> None:
    page = Page()
    annotated(page, kind, 0, page.number("256"), Contents=PDFString("12"))
    assert cell(read(page.done())) == ("256", ())


@BOTH
@pytest.mark.parametrize("kind", ["Stamp", "Ink"])
def test_a_stamp_over_a_cell_can_say_anything(read: Reader, kind: str) -> None:
    page = Page()
    annotated(page, kind, -2, 60)
    assert said(read(page.done())) == ("", ("picture",), ())
