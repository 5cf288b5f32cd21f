"""The measured values that charts draw, and what stands beside them: figures, doubts, gaps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from form.figures import PERCENT, Number, exact, grouped, state_words, written
from form.language import _
from outputs.wording import SUSPECT_SIGN


@dataclass(frozen=True, slots=True)
class Point:
    """One line of a measured frame (`measures.values`).

    `figure` is None where there is no number; `state` then says why. `suspect` is True where an
    open error touches the value, `open_errors` counts those of its table. `few` says that a
    share is of few cases.
    """

    agency: str
    year: int | None
    report_id: int | None
    figure: Number | None
    state: str
    suspect: bool
    open_errors: int
    few: bool = False

    @property
    def value(self) -> float | None:
        """The figure as a place on an axis, never to be written."""
        return None if self.figure is None else float(self.figure)


def points(frame: pd.DataFrame, value: str = "value") -> Iterator[Point]:
    """Yield the lines of a frame with columns agency, year, report_id, state, suspect, open_errors.

    `value` names the column that holds the figures; few_cases is an optional column.
    """
    names = ["agency", "year", "report_id", value, "state", "suspect", "open_errors"]
    few_cases = frame["few_cases"].tolist() if "few_cases" in frame else [False] * len(frame)
    columns = [frame[name].tolist() for name in names]
    for agency, year, number, figure, state, suspect, errors, few in zip(
        *columns, few_cases, strict=True
    ):
        yield Point(
            agency=str(agency),
            year=_whole(year),
            report_id=_whole(number),
            figure=None if pd.isna(figure) else exact(figure),
            state=str(state),
            suspect=bool(suspect),
            open_errors=_whole(errors) or 0,
            few=bool(few),
        )


def _whole(number: object) -> int | None:
    return None if number is None or number is pd.NA or number != number else int(str(number))


def bare(value: object, unit: str) -> str:
    """Return a figure where its unit stands elsewhere; shares keep their sign."""
    return written(value, unit if unit == PERCENT else "")


def doubt(point: Point) -> str:
    """Return the sign for open errors in the value's table, "" where there are none.

    They need not touch the value: whether they do is told by drawing it hollow.
    """
    if point.open_errors:
        return _("{sign} {n} 处待核").format(sign=SUSPECT_SIGN, n=grouped(point.open_errors))
    return _("{sign} 待核").format(sign=SUSPECT_SIGN) if point.suspect else ""


def label(point: Point, unit: str) -> str:
    """Return a value with its unit, or the word that stands in its place."""
    return state_words()[point.state] if point.figure is None else written(point.figure, unit)


def hover(point: Point, unit: str) -> str:
    """Return what a value says when it is pointed at."""
    sign = "" if point.figure is None else doubt(point)
    return "　".join(filter(None, (label(point, unit), sign)))
