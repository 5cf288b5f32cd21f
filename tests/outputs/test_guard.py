"""No text becomes a formula, and none is lost."""

import csv
import io
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from outputs.csv_file import csv_bytes
from outputs.guard import LONGEST_CELL, cell_text, csv_text, looks_like_formula

SIGNS = ["=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", "|", "%", "﹢", "﹣"]
BEFORE = ["", " ", "\u3000", "\ufeff", "\u200b", "\xa0"]
FORMULAS = [before + sign + "cmd|' /C calc'!A0" for before in BEFORE for sign in SIGNS]
HARMLESS = ["聊城市自然资源和规划局", "", "1.属于国家秘密", "（三）", "—", "无", "a=b", "3-2"]


@pytest.mark.parametrize("text", FORMULAS)
def test_what_could_be_a_formula_is_seen(text: str) -> None:
    assert looks_like_formula(text)
    assert csv_text(text).startswith("'")


@pytest.mark.parametrize("text", HARMLESS)
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert not looks_like_formula(text)
    assert csv_text(text) == cell_text(text) == text


@given(st.text())
def test_a_guarded_text_is_no_formula(text: str) -> None:
    assert not looks_like_formula(csv_text(text))


def test_a_cell_holds_no_forbidden_character_and_no_false_escape() -> None:
    assert cell_text("a\x00b\ud800c") == "a\ufffdb\ufffdc"
    assert cell_text("_x003D_1") == "_x005F_x003D_1"


def test_a_cut_is_said() -> None:
    cut = cell_text("甲" * 40_000)
    assert len(cut) == LONGEST_CELL
    assert cut.endswith("…[40000]")


def test_csv_opens_as_chinese_with_numbers_and_gaps() -> None:
    frame = pd.DataFrame(
        {
            "机构": ["=1+1", '甲"乙,\n丙'],
            "年度": pd.array([2020, None], "Int64"),
            "增减": [-3, 5],
            "金额": [Decimal("39.3156"), None],
        }
    )
    data = csv_bytes(frame)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows == [
        ["机构", "年度", "增减", "金额"],
        ["'=1+1", "2020", "-3", "39.3156"],
        ['甲"乙,\n丙', "", "5", ""],
    ]


def test_csv_has_every_digit_and_no_powers_of_ten() -> None:
    exact = ["0.0000001", "-1234567890123456789012.345", "12.50", "10000", "0.1"]
    numbers = [*map(Decimal, exact[:3]), Decimal("1E+4"), 0.1, None, float("nan"), pd.NA]
    frame = pd.DataFrame({"金额": pd.Series(numbers, dtype=object)})
    rows = csv_bytes(frame).decode("utf-8-sig").split("\r\n")[1:-1]
    assert rows == [*exact, '""', '""', '""']


def test_csv_headers_are_guarded_too() -> None:
    assert csv_bytes(pd.DataFrame({"=x": [1]})) == "\ufeff'=x\r\n1\r\n".encode()
