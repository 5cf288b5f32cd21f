"""What another reading says otherwise, in few words."""

from decimal import Decimal
from typing import Any

import pytest

from form.report import Cell, YearSaid
from outputs.reread_words import change_place, change_words

EDITIONS: Any = dict.fromkeys(("disclosure", "applications", "disputes"), "2021")
AMOUNT = Cell(Decimal("4156.93"), "number", "4156.93万元", unit="万元")


@pytest.mark.parametrize(
    ("address", "name"),
    [
        (None, "整份年报"),
        ("agency", "机关名称"),
        ("year", "年度"),
        ("title", "标题"),
        ("years", "年度的依据"),
        ("unprinted", "没有印出的行"),
        ("notes", "读取时的说明"),
        ("prose.0", "正文开头"),
        ("prose.5", "正文第五部分"),
        ("edition.disputes", "复议诉讼表的表样"),
        ("applications.granted.total", "三（一）予以公开 · 总计"),
    ],
)
def test_a_place_is_called_as_the_form_calls_it(address: str | None, name: str) -> None:
    assert change_place(address, EDITIONS) == name


def both(address: str | None, old: Any, new: Any) -> tuple[str, str]:
    old, new = (item.to_json() if isinstance(item, Cell) else item for item in (old, new))
    return change_words(address, old, new), change_words(address, new, old)


@pytest.mark.parametrize(
    ("address", "old", "new", "said"),
    [
        (None, 1, 2, ("1 份年报", "2 份年报")),
        (None, 1, None, ("1 份年报", "—")),
        ("year", None, 2021, ("—", "2021")),
        ("agency", "甲市", "甲市水务局", ("甲市", "甲市水务局")),
        ("edition.disputes", None, "2021", ("未读到", "2021 年表样")),
        ("prose.1", None, "总体情况", ("—", "总体情况")),
        (
            "prose.1",
            "一、本年度共收到申请三件，均已办结。",
            "一、本年度共收到申请五件，均已办结。",
            ("…度共收到申请三件，均已办结。", "…度共收到申请五件，均已办结。"),
        ),
        (
            "notes",
            [{"code": "a", "message": "少了一格"}, {"code": "b", "message": "都有"}],
            [{"code": "b", "message": "都有"}],
            ("少了一格", "—"),
        ),
        ("unprinted", [], ["applications.granted"], ("—", "三（一）予以公开")),
        (
            "years",
            [],
            [YearSaid(2020, ("title",)).to_json(), YearSaid(2021, ("period",)).to_json()],
            ("—", "2020 年（标题）、2021 年（统计期限）"),
        ),
    ],
)
def test_what_is_read_otherwise_is_said_in_few_words(
    address: str | None, old: Any, new: Any, said: tuple[str, str]
) -> None:
    assert both(address, old, new) == said


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (Cell(None, "blank"), Cell(1234, "number", "1234"), ("空", "1234")),
        (None, Cell(0, "number", "0"), ("无此格", "0")),
        (
            Cell(None, "unknown", "12", candidates=(1, None)),
            Cell(None, "dash", "/"),
            ("读不准：可能是 1 或 空", "/"),
        ),
        (AMOUNT, Cell(Decimal("0.1"), "number", "0.1"), ("4156.93 万元", "0.1")),
        (
            Cell(4, "number", "4①"),
            Cell(4, "number", "4", oddities=("raised",)),
            ("4（印作“4①”）", "4（印作“4”，有注号）"),
        ),
    ],
)
def test_cells_say_their_numbers_or_their_print(
    old: Cell | None, new: Cell | None, said: tuple[str, str]
) -> None:
    assert both("applications.granted.total", old, new) == said
