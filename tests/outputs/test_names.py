"""File names are Chinese and safe everywhere."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outputs.names import file_name

DAY = date(2026, 2, 1)


@pytest.mark.parametrize(
    ("scope", "years", "name"),
    [
        ("聊城市自然资源和规划局", [2020], "聊城市自然资源和规划局_2020年_2026-02-01.xlsx"),
        ("五家机构", [2024, 2019], "五家机构_2019—2024年_2026-02-01.xlsx"),
        ("", [], "2026-02-01.xlsx"),
        ('a/b\\c:d*?"<>|e', [], "a_b_c_d_e_2026-02-01.xlsx"),
        ("../../etc/passwd", [], "etc_passwd_2026-02-01.xlsx"),
        ("甲 . ", [], "甲_2026-02-01.xlsx"),
        ("甲" * 300, [], "甲" * 69 + "_2026-02-01.xlsx"),
        ("con.x", [], "_con.x_2026-02-01.xlsx"),
        ("甲\u202egpj", [], "甲_gpj_2026-02-01.xlsx"),
    ],
)
def test_names(scope: str, years: list[int], name: str) -> None:
    assert file_name(scope, years, DAY, "xlsx") == name


def test_a_name_without_suffix_is_for_images() -> None:
    assert file_name("甲", [2020], DAY) == "甲_2020年_2026-02-01"


@given(st.text(max_size=400))
def test_any_scope_makes_a_valid_name(scope: str) -> None:
    name = file_name(scope, [2019, 2025], DAY, "xlsx")
    assert len(name.encode()) <= 255
    assert not set(name) & set('<>:"/\\|?*\x00\n')
    assert name == name.strip(" .")
    assert name.endswith("2019—2025年_2026-02-01.xlsx")
