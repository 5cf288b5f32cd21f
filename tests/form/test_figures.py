"""One hand writes figures: what goes in comes back, and nothing is shown that is no figure."""

import math
import re
from decimal import Decimal
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from form import figures
from form.figures import AMOUNT, CHANGE, COUNT, POINTS, RANK, RATE, SHARE, TYPES
from form.model import Column
from form.report import Cell
from form.values import EXACT_DIGITS, LARGEST, MOST_DIGITS, parse

COUNTS = st.integers(-(10**30), 10**30)
AMOUNTS = st.builds(
    lambda sign, digits, exponent: Decimal((sign, digits, exponent)),
    st.integers(0, 1),
    st.lists(st.integers(0, 9), min_size=1, max_size=60).map(tuple),
    st.integers(-60, 40),
)
# What a cell can hold; sums and differences may be longer, and are written all the same.
READABLE_COUNTS = st.integers(-LARGEST, LARGEST)
READABLE_AMOUNTS = st.builds(
    lambda number, places: Decimal(number).scaleb(-places),
    READABLE_COUNTS,
    st.integers(0, EXACT_DIGITS - MOST_DIGITS),
)
QUOTIENTS = st.floats(-1e12, 1e12) | st.fractions(-1000, 1000) | AMOUNTS
WELL_WRITTEN = re.compile(r"[+−]?(\d{1,3}(,\d{3})*)(\.\d+)?")
PLAIN = re.compile(r"-?\d+(\.\d+)?")
AMOUNT_COLUMN = Column("", "", "amount")


def well_written(text: str) -> bool:
    return bool(WELL_WRITTEN.fullmatch(text)) and not re.search(r"[+−][0,]*(\.0*)?$", text)


@given(COUNTS | AMOUNTS)
def test_every_number_can_be_written(number) -> None:
    text = AMOUNT.text(number)
    assert well_written(text)
    assert Decimal(text.replace(",", "").replace("−", "-")) == number


@given(READABLE_COUNTS | READABLE_AMOUNTS)
def test_what_is_written_is_read_back(number) -> None:
    assert AMOUNT.read(AMOUNT.text(number)) == number
    assert AMOUNT.read(AMOUNT.signed(number)) == number
    assert AMOUNT.read(AMOUNT.text(number, "万元")) == number
    assert parse(AMOUNT.text(number, "元"), AMOUNT_COLUMN).unit == "元"


@given(READABLE_COUNTS)
def test_counts_and_changes_are_read_back_as_whole_numbers(number: int) -> None:
    for kind in (COUNT, CHANGE):
        for text in (kind.text(number), kind.text(number, "件"), kind.signed(number, "件")):
            assert kind.read(text) == number
            assert isinstance(kind.read(text), int)
    assert RANK.read(RANK.text(abs(number))) == abs(number)


@given(COUNTS | AMOUNTS)
def test_digits_are_all_there_and_nothing_else(number) -> None:
    text = figures.digits(number)
    assert PLAIN.fullmatch(text)
    assert Decimal(text) == number
    assert not text.startswith("-") or number < 0
    assert figures.quoted(number) == text.replace("-", "−")


@given(READABLE_COUNTS | READABLE_AMOUNTS)
def test_digits_are_read_back_as_a_person_types_them(number) -> None:
    assert parse(figures.digits(number), AMOUNT_COLUMN).value == number


@given(QUOTIENTS)
def test_what_is_rounded_is_off_by_half_its_last_digit_at_most(number) -> None:
    for kind in (SHARE, RATE, POINTS):
        text = kind.text(number).removesuffix("%").removesuffix(" 个百分点")
        assert well_written(text)
        back = kind.read(kind.text(number))
        decimals = len(text.partition(".")[2])
        assert decimals >= kind.decimals
        off = abs(Fraction(figures.exact(number)) - Fraction(back))
        assert off <= Fraction(1, 2 * 10 ** (decimals + kind.scale))


@given(QUOTIENTS)
def test_a_format_shows_every_digit(number) -> None:
    number = figures.exact(number)
    shape = AMOUNT.number_format(number)
    assert len(shape.partition(".")[2]) == len(figures.digits(number).partition(".")[2])
    assert "," not in shape


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (COUNT.text(10672, "件"), "10,672 件"),
        (COUNT.text(-3, "件"), "−3 件"),
        (COUNT.text(4.5, "件"), "4.5 件"),
        (AMOUNT.text(Decimal("123.4567891"), "万元"), "123.4567891 万元"),
        (AMOUNT.text(Decimal("1234567.50"), "万元"), "1,234,567.50 万元"),
        (AMOUNT.text(Decimal("1E+4")), "10,000"),
        (AMOUNT.text(Decimal("1E-7")), "0.0000001"),
        (AMOUNT.text(Decimal("-0.00")), "0.00"),
        (CHANGE.text(18), "+18"),
        (CHANGE.text(0), "0"),
        (COUNT.signed(27, "件"), "+27 件"),
        (SHARE.text(Fraction(13, 21)), "61.9%"),
        (SHARE.text(1), "100.0%"),
        (SHARE.text(0.0), "0.0%"),
        # Half away from zero, as everybody learns it: 3 ÷ 80 is 3.75 %.
        (SHARE.text(3 / 80), "3.8%"),
        # Neither none nor all.
        (SHARE.text(1 / 2500), "0.04%"),
        (SHARE.text(2499 / 2500), "99.96%"),
        (RATE.text(27 / 31), "+87%"),
        (RATE.text(-0.004), "−0.4%"),
        (RATE.text(12.345), "+1,235%"),
        (POINTS.text(0.4 - 0.3), "+10.0 个百分点"),
        (POINTS.text(-0.081), "−8.1 个百分点"),
        (figures.written(0.619, "%"), "61.9%"),
        (figures.written(0.1 + 0.2, "万元"), "0.3 万元"),
        (figures.written_change(0.081, "%"), "+8.1 个百分点"),
        (figures.written_change(Decimal("-0.50"), "万元"), "−0.50 万元"),
        (figures.tick(1500.0, "件"), "1,500"),
        (figures.tick(0.07, "%"), "7%"),
        (figures.tick(0.15, "%"), "15%"),
        (figures.share_of(1300, 2100), "1,300 ÷ 2,100"),
        (figures.quoted(Decimal("1858.00"), "万元"), "1858.00 万元"),
        (figures.quoted(None), "空"),
        (COUNT.number_format(), "0"),
        (SHARE.number_format(), "0.0%"),
        (AMOUNT.number_format(Decimal("4156.93"), "万元", "✎"), '0.00" 万元 ✎"'),
    ],
)
def test_figures_are_written_in_one_way(text: str, wanted: str) -> None:
    assert text == wanted


@pytest.mark.parametrize(
    "nothing",
    [None, pd.NA, math.nan, math.inf, Decimal("NaN"), Decimal("Infinity"), True, "12", ""],
)
def test_what_is_no_number_is_never_written(nothing) -> None:
    for kind in TYPES.values():
        with pytest.raises(ValueError, match="not a figure"):
            kind.text(nothing)
    with pytest.raises(ValueError, match="not a figure"):
        figures.digits(nothing)


@pytest.mark.parametrize("text", ["", "—", "约 12", "12 34", "1,23", "12%", "１２３４５,6"])
def test_what_says_no_number_is_read_as_none(text: str) -> None:
    assert COUNT.read(text) is None


@pytest.mark.parametrize("kind", [SHARE, RANK])
def test_no_rank_and_no_share_is_read_from_words(kind) -> None:
    assert kind.read("无案件") is None


@pytest.mark.parametrize(
    ("cell", "words", "in_equation"),
    [
        (Cell(12345, "number", "+12,345"), "12345", "12345"),
        (Cell(-253, "number", "--253"), "−253", "−253"),
        (Cell(Decimal("1858.00"), "number", "1858.00万元", unit="万元"), "1858.00 万元", "1858.00"),
        (Cell(Decimal("1858"), "number", "1858"), "1858", "1858"),
        (Cell(5, "typed", "5"), "5", "5"),
        (Cell(None, "blank"), "空", "空"),
        (Cell(None, "dash", " / "), "/", "/"),
        (Cell(None, "dash"), "—", "—"),
        (Cell(None, "text", "详见 附件"), "“详见 附件”", "“详见 附件”"),
        (Cell(None, "unknown", "7?"), "读不准", "?"),
    ],
)
def test_one_word_for_one_state_of_a_cell(cell: Cell, words: str, in_equation: str) -> None:
    assert figures.cell_words(cell) == words
    assert figures.printed(cell) == in_equation


def test_a_cell_that_is_not_there_has_a_word_too() -> None:
    assert figures.cell_words(None) == "无此格"


def test_no_two_states_share_a_word() -> None:
    words = list(figures.state_words().values())
    assert len(set(words)) == len(words)


def test_candidates_are_told_with_blanks_by_their_word() -> None:
    cell = Cell(None, "unknown", candidates=(1200, None, Decimal("-0.50")))
    assert figures.candidate_words(cell) == "1200 或 空 或 −0.50"


def test_more_digits_than_python_writes_are_no_number() -> None:
    # int() refuses more than 4300 digits, and so does str() of what would hold them.
    for printed in ("9" * 5000, "0." + "1" * 5000):
        assert parse(printed, AMOUNT_COLUMN).mark == "text"
        assert parse(printed, Column("", "")).mark == "text"
    assert AMOUNT.read(AMOUNT.text(10 ** (MOST_DIGITS - 1))) == 10 ** (MOST_DIGITS - 1)
