"""How one measured value is said: grouped figures with their unit, words where there is none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pandas as pd

from form.language import _
from outputs.wording import SUSPECT_SIGN

PERCENT: Final = "%"
_THIN_SPACE: Final = "\u2009"
_MOST_DECIMALS: Final = 4


@dataclass(frozen=True, slots=True)
class Point:
    """One line of a measured frame (`measures.values`).

    `value` is None where there is no number; `state` then says why. `suspect` is True where an
    open error touches the value, `open_errors` counts those of its table. `few` says that a
    share is of few cases.
    """

    agency: str
    year: int | None
    report_id: int | None
    value: float | None
    state: str
    suspect: bool
    open_errors: int
    few: bool = False


def points(frame: pd.DataFrame, value: str = "value") -> Iterator[Point]:
    """Yield the lines of a frame with columns agency, year, report_id, state, suspect, open_errors.

    `value` names the column that holds the figures; few_cases is an optional column.
    """
    for line in frame.to_dict("records"):
        yield Point(
            agency=str(line["agency"]),
            year=_whole(line["year"]),
            report_id=_whole(line["report_id"]),
            value=None if pd.isna(line[value]) else float(line[value]),
            state=str(line["state"]),
            suspect=bool(line["suspect"]),
            open_errors=_whole(line["open_errors"]) or 0,
            few=bool(line.get("few_cases", False)),
        )


def _whole(number: object) -> int | None:
    return None if number is None or number is pd.NA or number != number else int(str(number))


def grouped(value: float, decimals: int | None = None) -> str:
    """Return a figure in groups of three, with as many decimals as it needs or as asked for.

    The groups are set apart by thin spaces as in GB/T 15835.
    """
    digits = f"{value:,.{_MOST_DECIMALS if decimals is None else decimals}f}"
    if decimals is None:
        digits = digits.rstrip("0").rstrip(".")
    return digits.replace(",", _THIN_SPACE)


def said(value: float, unit: str) -> str:
    """Return a figure with its unit; shares (unit %) are given as 0–1."""
    if unit == PERCENT:
        return f"{grouped(value * 100, 1)}%"
    return f"{grouped(value)} {unit}".rstrip()


def bare(value: float, unit: str) -> str:
    """Return a figure where its unit stands elsewhere; shares keep their sign."""
    return said(value, unit if unit == PERCENT else "")


def state_word(state: str) -> str:
    """Return the word for a value that is no number."""
    words = {
        "blank": _("未填"),
        "unknown": _("读不准"),
        "no_cases": _("无案件"),
        "not_in_edition": _("表样无此项"),
        "table_missing": _("缺表"),
        "missing_report": _("缺报"),
    }
    return words.get(state, _("无数据"))


def doubt(point: Point) -> str:
    """Return the sign for open errors in the value's table, "" where there are none.

    They need not touch the value: whether they do is told by drawing it hollow.
    """
    if point.open_errors:
        return _("{sign} {n} 处待核").format(sign=SUSPECT_SIGN, n=point.open_errors)
    return _("{sign} 待核").format(sign=SUSPECT_SIGN) if point.suspect else ""


def hover(point: Point, unit: str) -> str:
    """Return what a value says when it is pointed at."""
    if point.value is None:
        return state_word(point.state)
    return "　".join(filter(None, (said(point.value, unit), doubt(point))))
