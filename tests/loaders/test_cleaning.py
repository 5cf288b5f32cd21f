"""What is taken out of a text, what of it may no longer be believed, and what is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from form.model import Column
from form.report import Place
from form.values import LOST, parse
from loaders.cleaning import cleaned
from loaders.document import Document, Grid, GridCell, TextBlock

COUNT = Column("total", "总计")


def said(text: str) -> tuple[str, int | None]:
    """The mark and the value of a cell that prints `text`."""
    reading = parse(cleaned(text).text, COUNT)
    return reading.mark, reading.value  # type: ignore[return-value]


UNSEEN = {
    "marks of direction": "\u200e12\u200f",
    "embedded from left to right": "\u202a12\u202c",
    "isolated": "\u206612\u2069",
    "a joiner between digits": "1\u200b2",
    "a byte order mark": "\ufeff12",
    "soft hyphens between digits": "1\xad2",
    "a variant of a digit": "1\ufe0f2",
    "zero bytes behind the number": "12\x00\x00",
    "a control sign before it": "\x0712",
    "turned around, a single digit": "\u202e2",
}


@pytest.mark.parametrize("text", UNSEEN.values(), ids=UNSEEN)
def test_what_no_program_displays_leaves_the_number_and_is_said(text: str) -> None:
    assert said(text) == (
        "number",
        int(text.strip("\u202e") if "2" == text[-1:] == text[1:] else 12),
    )
    assert cleaned(text).damaged


LOSSES = {
    "half an emoji": "4\ud83d",
    "its other half": "\ude004",
    "half a digit of mathematics": "\ud8354",
    "a sign that was lost before": "4\ufffd",
    "a sign alone": "\ufffd",
    "lost between two numbers": "4 \ufffd 5",
    "a picture in the text": "4\ufffc",
    "no sign at all": "4\uffff",
    "a control sign between digits": "1\x072",
    "a zero byte between digits": "1\x002",
    "a control sign between sign and digit": "-\x1f5",
    "a number turned around": "\u202e12",
    "a soft hyphen that may be a minus": "\xad5",
    "a soft hyphen that may be a dash": "\xad",
    "a soft hyphen behind blanks": " \u200b\xad 5",
    "a dash of another encoding": "\x965",
    "the same alone": "\x96\x96",
    "the same behind it": "5\x96",
    "a sign of one font": "4\uf034",
}


@pytest.mark.parametrize("text", LOSSES.values(), ids=LOSSES)
def test_beside_what_is_lost_no_number_is_sure(text: str) -> None:
    assert said(text) == ("unknown", None)
    assert cleaned(text).damaged or "\uf034" in text


@pytest.mark.parametrize(
    "text", ["", "12", "甲市\t乙县\r\n", "规章\u3000", "１２", "𠮷", "📞", "é"]
)
def test_what_is_in_order_stays(text: str) -> None:
    assert cleaned(text) == (text, False)


@pytest.mark.parametrize("text", ["\u200b", "\ufeff \u200b", "\u200e\n"])
def test_an_empty_cell_with_marks_that_editors_leave_is_empty_and_in_order(text: str) -> None:
    assert cleaned(text).damaged is False
    assert said(text) == ("blank", None)


@pytest.mark.parametrize("sign", "\x0b\x0c\u2028\u2029")
def test_breaks_of_a_line_part_numbers_and_are_no_damage(sign: str) -> None:
    assert cleaned(f"12{sign}3") == ("12\n3", False)
    assert said(f"12{sign}3") == ("text", None)


def test_halves_that_belong_together_are_one_sign() -> None:
    assert cleaned("会\ud83d\udcde").text == "会📞"
    assert said("\ud835\udfd2") == ("number", 4)


def test_words_keep_their_letters() -> None:
    assert cleaned("行政\xad许\u200b可\x96\x07").text == "行政许可"
    assert said("国家\ufffd密") == ("text", None)


def test_a_number_too_long_for_any_count_is_text() -> None:
    assert said("9" * 5000) == ("text", None)


@given(
    st.text(st.characters(exclude_categories=[]) | st.sampled_from("0123456789-.\ud83d\xad\x07"))
)
def test_any_text_can_be_written_and_is_clean_after_once(text: str) -> None:
    shown = cleaned(text).text
    shown.encode()
    assert cleaned(shown).text == shown
    assert not set(shown) & {chr(code) for code in (*range(9), *range(14, 32), *range(127, 160))}


@given(st.text(st.sampled_from("0123456789-.\ud83d\ufffd\xad\x07\x96\u200b\u202e ")))
def test_no_number_is_made_of_other_digits(text: str) -> None:
    """A number comes of the digits as they stand, nothing else between them than unseen signs."""
    mark, value = said(text)
    digits = "".join(sign for sign in text if sign.isdigit())
    if mark == "number":
        assert abs(value or 0) == int(digits)
        assert "\ud83d" not in text
        assert LOST not in text


def test_a_document_is_cleaned_when_it_is_made() -> None:
    cells = (GridCell("规章\u200b", 0, 0), GridCell("4\ud83d", 0, 1), GridCell("7", 0, 2))
    document = Document("x", (TextBlock("收到 1\u200b2 件\x00", Place(line=3)), Grid(cells)))
    block, grid = document.blocks
    assert block == TextBlock("收到 12 件", Place(line=3))
    assert isinstance(grid, Grid)
    assert [(cell.text, cell.oddities) for cell in grid.cells] == [
        ("规章", ("damaged",)),
        (f"4{LOST}", ("damaged",)),
        ("7", ()),
    ]
    plain = (TextBlock("甲"), Grid((GridCell("7", 0, 0),)))
    assert Document("x", plain).blocks is plain
