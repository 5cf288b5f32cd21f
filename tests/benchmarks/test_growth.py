"""What judging does grows with a document and not with its square, counted in calls, not in time."""

import sys
from collections.abc import Callable
from types import FrameType

import pytest

from benchmarks import growth
from checks.prose import copies
from form.values import parse

SIZE = 6_000
MOST = 2.6
"""The factor of a doubling; linear work doubles, and a little more where a limit is set once."""


def calls(work: Callable[[], object]) -> int:
    """How many functions are called, those of compiled libraries too: the same on any machine."""
    count = 0

    def counting(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counting)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("name", growth.FAMILIES)
def test_twice_the_text_is_no_more_than_twice_the_work(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Each pair that a comparison may look at is a call; fewer of them show the same.
    monkeypatch.setattr(copies, "MOST_STEPS", 50_000)
    make = growth.FAMILIES[name]
    growth.cost(make, 200)
    once, twice = (calls(lambda size=size: growth.cost(make, size)) for size in (SIZE, 2 * SIZE))
    assert twice <= MOST * once


def test_work_that_grows_with_the_square_is_seen() -> None:
    def square(size: int) -> int:
        return sum(max(one, other) for one in range(size) for other in range(size))

    once, twice = (calls(lambda size=size: square(size)) for size in (50, 100))
    assert twice > MOST * once


def test_the_benchmark_prints_each_family_and_says_whether_any_passes_the_bound(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["growth", "--base", "50", "titles", "cells"])
    with pytest.raises(SystemExit) as ended:
        growth.main()
    assert not ended.value.code
    shown = capsys.readouterr().out
    assert "titles" in shown
    assert "cells" in shown
    assert "brackets" not in shown


def test_a_cell_is_read_in_calls_that_do_not_depend_on_its_length() -> None:
    column = growth.table("applications", growth.EDITION).rows[0].columns[0]
    for unit in ("1,", "(", "-", "1", "1 ", "增"):
        short, long = (
            calls(lambda size=size, unit=unit: parse(unit * size, column)) for size in (300, 30_000)
        )
        assert long <= short + 5
