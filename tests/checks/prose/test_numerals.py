"""Numbers as prose writes them."""

import pytest

from checks.prose.numerals import bound, whole_number
from checks.prose.tokens import folded, masked, tokens


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("15", 15),
        ("1,036", 1036),
        ("三十", 30),
        ("十", 10),
        ("二十三", 23),
        ("一百零五", 105),
        ("壹拾", 10),
        ("廿三", 23),
        ("百", 100),
        ("两百", 200),
        ("2千", 2000),
        ("三〇五", 305),
        ("〇", 0),
        ("1万2千", 12000),
        ("二万三千零一", 23001),
        ("3百", 300),
    ],
)
def test_whole_numbers(text: str, value: int) -> None:
    assert whole_number(text) == value


@pytest.mark.parametrize("text", ["", "件", "3.5", "第三"])
def test_what_is_none(text: str) -> None:
    assert whole_number(text) is None


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", "="),
        ("", "余", ">="),
        ("逾", "", ">="),
        ("", "以上", ">="),
        ("近", "", "<="),
        ("不足", "", "<="),
        ("", "以内", "<="),
        ("约", "", None),
        ("", "左右", None),
    ],
)
def test_bounds(before: str, after: str, expected: str | None) -> None:
    assert bound(before, after) == expected


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("１５件", [15]),
        ("1 036 件", [1036]),
        ("第十五件", []),
        ("第三十三条", []),
        ("2021年1月28日", []),
        ("12.5%", []),
        ("一次性", []),
        ("三个月", []),
        ("5 千多人次", []),
        ("零件", [0]),
    ],
)
def test_numbers_in_text(text: str, found: list[int]) -> None:
    told = tokens(masked(folded(text).text, 2021))
    assert [token.value for token in told if token.kind == "number"] == found
