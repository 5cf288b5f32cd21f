"""What one cell's text says, by table and by property."""

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from form import values
from form.model import Column
from form.values import LARGEST, Reading, added, in_wan, parse, screened_wan

COUNT = Column("natural_person", "自然人")
CHANGE = Column("change", "本年增/减", "change")
AMOUNT = Column("amount", "采购总金额", "amount")
AMOUNT_IN_WAN = Column("amount", "本年收费金额（单位：万元）", "amount", "万元")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("\u300088", 88),
        ("\xa0 7", 7),
        ("2\u3000", 2),
        ("２２", 22),
        ("+18", 18),
        ("-230", -230),
        ("−4", -4),
        ("减3", -3),
        ("減3", -3),
        ("減少3", -3),
        ("增1423", 1423),
        ("22（其中修订16件）", 22),
        ("22件", 22),
        ("22人次", 22),
        ("22家", 22),
        ("22*", 22),
        ("22＊＊", 22),
        ("22※", 22),
        ("22[1]", 22),
        ("22件[注1]", 22),
        ("22【注】", 22),
        ("22注1", 22),
        ("零", 0),
        ("1,234", 1234),
        ("12345678901", 12345678901),
    ],
)
def test_numbers(text: str, value: int) -> None:
    reading = parse(text, CHANGE)
    assert (reading.mark, reading.value) == ("number", value)


def test_two_signs_are_read_and_said() -> None:
    assert parse("--253", CHANGE) == Reading("number", -253, None, "double_sign")


@pytest.mark.parametrize("text", ["", " ", "\u3000\u3000", "\xa0", "\n", "\u200b", " " * 29])
def test_blanks(text: str) -> None:
    assert parse(text, COUNT) == Reading("blank")


@pytest.mark.parametrize("text", ["-", "\u3000-", "—", "——", "－", "/", "／", "无"])
def test_dashes(text: str) -> None:
    assert parse(text, COUNT) == Reading("dash")


@pytest.mark.parametrize(
    "text",
    [
        "见附件",
        "12\n34",
        "0 0件\n1",
        "12,34",
        "1,23,456",
        "约5",
        "规章000",
        "22[34件]",
        "22万人",
        "零件",
        "5*6",
    ],
)
def test_digits_apart_or_among_words_are_no_number(text: str) -> None:
    reading = parse(text, COUNT)
    assert (reading.mark, reading.value) == ("text", None)


def test_a_fraction_is_no_count() -> None:
    assert parse("12.5", COUNT) == Reading("text", None, None, "fraction")


@pytest.mark.parametrize(
    ("text", "column", "value", "unit"),
    [
        ("1858 万元", AMOUNT, "1858", "万元"),
        ("39.3156 万元", AMOUNT, "39.3156", "万元"),
        ("152790元", AMOUNT, "152790", "元"),
        ("152790", AMOUNT, "152790", None),
        ("43.788", AMOUNT_IN_WAN, "43.788", "万元"),
        ("43.788万元", AMOUNT_IN_WAN, "43.788", "万元"),
        ("437880元", AMOUNT_IN_WAN, "437880", "元"),
        ("1,858.30", AMOUNT, "1858.30", None),
    ],
)
def test_amounts_keep_their_digits_and_their_unit(
    text: str, column: Column, value: str, unit: str | None
) -> None:
    assert parse(text, column) == Reading("number", Decimal(value), unit)


@pytest.mark.parametrize("text", ["22人", "22件", "22人次", "-3户", "22件[注1]"])
@pytest.mark.parametrize("column", [AMOUNT, AMOUNT_IN_WAN])
def test_what_is_counted_is_no_amount(text: str, column: Column) -> None:
    assert parse(text, column) == Reading("text")


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("22人", "number"),
        ("12.5", "number"),
        ("1858万元", "number"),
        ("见附件", "text"),
        ("", "blank"),
    ],
)
def test_a_text_may_stand_in_a_column_of_any_kind(text: str, mark: str) -> None:
    assert values.mark_of(text) == mark


def test_a_blank_within_a_number_leaves_its_counter() -> None:
    assert parse("1 2人", COUNT) == Reading("unknown", None, None, "gap", (12, 2, 1))


@given(st.integers(min_value=-(10**15), max_value=10**15), st.sampled_from(["", " ", "\u3000"]))
def test_every_whole_number_is_read_back(number: int, blank: str) -> None:
    assert parse(f"{blank}{number}{blank}", CHANGE).value == number
    if abs(number) >= 1000:
        assert parse(f"{number:,}", CHANGE).value == number


@given(st.decimals(min_value=0, max_value=10**12, places=4))
def test_every_amount_is_read_back_exactly(amount: Decimal) -> None:
    assert parse(f"{amount}万元", AMOUNT) == Reading("number", amount, "万元")


@given(st.text(max_size=20))
def test_any_text_says_something(text: str) -> None:
    reading = parse(text, COUNT)
    assert (reading.value is None) == (reading.mark != "number")


@pytest.mark.parametrize(
    ("amount", "unit", "wan"),
    [
        ("12.50", "万元", "12.50"),
        ("1234000", "元", "123.4"),
        ("152790", "元", "15.279"),
        ("3.5", "亿元", "35000"),
        ("1234567890123456789012345678901234.567", "元", "123456789012345678901234567890.1234567"),
        ("12", None, None),
    ],
)
def test_amounts_in_wan_keep_every_digit(amount: str, unit: str | None, wan: str | None) -> None:
    found = in_wan(Decimal(amount), unit)
    assert (None if found is None else format(found, "f")) == wan


def test_long_amounts_are_read_and_added_exactly() -> None:
    text = "-1234567890123456.67890123"
    amount = parse(text, Column("", "", "amount")).value
    assert str(amount) == text
    assert added([amount, Decimal("1e30")]) == Decimal("999999999999998765432109876543.32109877")


def test_sizes_tell_a_missing_unit_from_no_amount() -> None:
    assert screened_wan(None, None) == 0
    assert math.isnan(screened_wan(Decimal(5), None))
    assert screened_wan(Decimal(5), "亿元") == 50000


@pytest.mark.parametrize("digits", ["9" * 17, "0" * 17, "1" * 5000, "1,234" * 3 + ",123" * 5])
@pytest.mark.parametrize("column", [COUNT, CHANGE, AMOUNT])
def test_a_number_of_too_many_digits_is_a_text(digits: str, column: Column) -> None:
    assert parse(digits, column).mark == "text"
    assert parse(f"-{digits}", column).value is None


def test_numbers_of_as_many_digits_as_there_may_be_are_numbers() -> None:
    assert parse("9" * 16, COUNT).value == LARGEST
    assert parse("9" * 17, COUNT) == Reading("text", oddity="too_long")
    assert parse("39.315600000000003", AMOUNT).value == Decimal("39.315600000000003")
    assert parse(f"0.{'1' * 28}", AMOUNT).oddity == "too_long"


@pytest.mark.parametrize(
    "text", ["(" * 50_000, "1" + "(" * 50_000, "-" * 50_000 + "1x", "1," * 25_000, "1 " * 25_000]
)
def test_a_cell_of_many_signs_is_a_text_and_is_not_remembered(text: str) -> None:
    before = values._remembered.cache_info().currsize
    assert parse(text, COUNT).mark == "text"
    assert values._remembered.cache_info().currsize == before


@pytest.mark.parametrize("text", ["77①", "77 ①", "77²", "①77", "77②件", "㊿77", "77⑴⑵"])
def test_the_mark_of_a_footnote_is_no_digit(text: str) -> None:
    reading = parse(text, COUNT)
    assert (reading.mark, reading.value, reading.oddity) == ("number", 77, "raised")


@pytest.mark.parametrize(("text", "number"), [("①", 1), ("²", 2), (" ㉑ ", 21)])
def test_a_mark_alone_may_be_the_number(text: str, number: int) -> None:
    reading = parse(text, COUNT)
    assert (reading.mark, reading.candidates) == ("unknown", (number, None))


def test_a_mark_behind_words_is_no_digit_of_theirs() -> None:
    assert parse("规章①", COUNT) == Reading("text")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("251 256", (251256, 251, 256)),
        ("251\u2009256", (251256, 251, 256)),
        ("251\xa0256件", (251256, 256, 251)),
        ("1 234 567", (1234567, 234567, 1234, 234, 567, 1)),
        ("0 0", (0,)),
    ],
)
def test_a_number_in_parts_can_be_any_of_them(text: str, numbers: tuple[int, ...]) -> None:
    reading = parse(text, COUNT)
    assert (reading.mark, reading.oddity) == ("unknown", "gap")
    assert sorted(reading.candidates) == sorted(numbers)


@pytest.mark.parametrize("text", ["-\n29", "− \r\n 29", "－\n29"])
def test_a_number_on_the_line_below_a_sign_may_be_a_cell_of_its_own(text: str) -> None:
    assert parse(text, CHANGE) == Reading("unknown", None, None, "gap", (-29, 29))


@pytest.mark.parametrize("text", ["- 29", "-29\n", "减\n29"])
def test_a_sign_on_the_line_of_its_number_belongs_to_it(text: str) -> None:
    assert parse(text, CHANGE).value == -29
