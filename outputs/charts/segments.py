"""The traces of stacked bars: one a part, and the words after the bars."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from form.figures import PERCENT, Number, grouped, state_words, written
from form.language import _
from outputs.charts.frame import Trace
from outputs.charts.text import plain, width
from outputs.charts.values import Point, bare, doubt, hover, points
from outputs.theme import SERIES_STYLES, TYPE, Palette, contrast

_AROUND: Final = 8
"""Px that a segment must be longer than the figure in it."""
_SPARE_PATTERNS: Final = ("\\", "+", "|")


@dataclass(frozen=True, slots=True)
class Fill:
    """What tells one part from the others."""

    colour: str
    pattern: str
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its segments by part, and the number of cases that it is the whole of."""

    segments: Mapping[str, Point]
    whole: int | None = None

    @property
    def total(self) -> Number:
        """What the segments add up to."""
        return sum(point.figure or 0 for point in self.segments.values())

    @property
    def length(self) -> float:
        """The same as a place on the axis."""
        return float(self.total)

    @property
    def suspect(self) -> bool:
        """Say whether an open error touches any of the segments."""
        return any(point.suspect for point in self.segments.values())

    @property
    def gap(self) -> str:
        """The word for a bar without a single number, "" for any other.

        A whole of nothing has no shares although its parts are numbers.
        """
        if any(point.value is not None for point in self.segments.values()):
            return ""
        states = [point.state for point in self.segments.values()]
        said_first = [state for state in states if state not in ("number", "blank")]
        gap = (*said_first, "no_cases" if "number" in states else "blank")[0]
        return state_words()[gap]


def bars(frame: pd.DataFrame, value: str, parts: Sequence[str]) -> dict[str, Bar]:
    """Return a bar an agency, in the frame's order.

    `frame` is a composition (`measures.shares`); `value` names the column of the figures,
    `parts` the part of each line.
    """
    segments: dict[str, dict[str, Point]] = {}
    for point, part in zip(points(frame, value), parts, strict=True):
        segments.setdefault(point.agency, {})[part] = point
    wholes = dict(zip(frame["agency"].astype(str), frame["whole"], strict=True))
    return {
        agency: Bar(found, None if pd.isna(wholes[agency]) else int(wholes[agency]))
        for agency, found in segments.items()
    }


def fills(count: int, colours: Palette) -> Iterator[Fill]:
    """Yield a fill a part; when the series' colours are used up, hollow ones with a pattern."""
    for number in range(count):
        if number < len(colours.series):
            yield Fill(colours.series[number], SERIES_STYLES[number].pattern)
        else:
            yield Fill(colours.series[-1], _SPARE_PATTERNS[number % len(_SPARE_PATTERNS)], True)


def segments(
    stacks: Sequence[Bar], part: str, fill: Fill, unit: str, colours: Palette
) -> Iterator[Trace]:
    """Yield one part's segments: those of bars that nothing is known against, those of bars in doubt.

    The latter are hollow. A trace has one look, so that its pattern is made once and not for each
    segment; what has no length is not drawn.
    """
    found = [
        (row, point, stack.suspect)
        for row, stack in enumerate(stacks)
        if (point := stack.segments.get(part)) and point.value
    ]
    for doubtful in (False, True):
        own = [(row, point) for row, point, suspect in found if suspect == doubtful]
        if own:
            yield _segments(own, part, fill, unit, colours, fill.hollow or doubtful)


def _segments(
    found: Sequence[tuple[int, Point]],
    part: str,
    fill: Fill,
    unit: str,
    colours: Palette,
    hollow: bool,
) -> Trace:
    return {
        "type": "bar",
        "orientation": "h",
        "showlegend": False,
        "y": [row for row, _point in found],
        "x": [point.value for _row, point in found],
        "marker": {
            "color": colours.page if hollow else fill.colour,
            "line": {
                "color": fill.colour if hollow else colours.page,
                "width": 1.5 if hollow else 1,
            },
            "pattern": {
                "shape": fill.pattern,
                "fgcolor": fill.colour if hollow else colours.page,
                # Laid over the fill, not in its place.
                "fillmode": "overlay",
                "fgopacity": 0.35,
                "size": 7,
                "solidity": 0.2,
            },
        },
        "customdata": [
            [point.report_id, plain(point.agency), plain(part), hover(point, unit)]
            for _row, point in found
        ],
        "hovertemplate": "%{customdata[1]}<br>%{customdata[2]}：%{customdata[3]}<extra></extra>",
    }


def key(part: str, fill: Fill, colours: Palette) -> Trace:
    """Return a trace that draws nothing and stands in the legend: bars in doubt look otherwise."""
    return {
        "type": "bar",
        "orientation": "h",
        "name": plain(part),
        "x": [None],
        "y": [None],
        "marker": {
            "color": colours.page if fill.hollow else fill.colour,
            "line": {"color": fill.colour, "width": 1.5 if fill.hollow else 0},
            "pattern": {
                "shape": fill.pattern,
                "fgcolor": fill.colour if fill.hollow else colours.page,
                "fillmode": "overlay",
                "fgopacity": 0.5,
                "size": 6,
                "solidity": 0.3,
            },
        },
    }


def _on(ground: str, colours: Palette) -> str:
    """Return the one of the page's two poles that can be read better on a colour."""
    return max((colours.page, colours.ink), key=lambda colour: contrast(colour, ground))


@dataclass(frozen=True, slots=True)
class _Word:
    """A text on the chart: where it is centred, or begins if it stands after a bar."""

    x: float
    row: int
    text: str
    size: float
    colour: str
    centred: bool = False


def words(
    stacks: Sequence[Bar],
    looks: Sequence[tuple[str, Fill]],
    unit: str,
    scale: float,
    colours: Palette,
) -> Trace:
    """Return all words of a panel: figures in segments, and what stands after the bars.

    Only a segment that is long enough holds its figure: one case, or a whole, is at least
    `scale` px long. They are points with a text and not the bars' own texts, each of which
    plotly would measure.
    """
    found = [
        word
        for row, stack in enumerate(stacks)
        for word in (
            *_figures(row, stack, looks, unit, scale, colours),
            _Word(
                stack.length,
                row,
                f" {end(stack, unit)}",
                TYPE.text,
                colours.muted if stack.gap else colours.ink,
            ),
        )
    ]
    return {
        "type": "scatter",
        "mode": "text",
        "showlegend": False,
        "y": [word.row for word in found],
        "x": [word.x for word in found],
        "text": [word.text for word in found],
        "textposition": ["middle center" if word.centred else "middle right" for word in found],
        "textfont": {
            "size": [word.size for word in found],
            "color": [word.colour for word in found],
        },
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def _figures(
    row: int,
    stack: Bar,
    looks: Sequence[tuple[str, Fill]],
    unit: str,
    scale: float,
    colours: Palette,
) -> Iterator[_Word]:
    start = 0.0
    for part, fill in looks:
        point = stack.segments.get(part)
        if point is None or not point.value:
            continue
        text = bare(point.figure, unit)
        if point.value * scale >= width(text) * TYPE.table + _AROUND:
            hollow = fill.hollow or stack.suspect
            colour = colours.ink if hollow else _on(fill.colour, colours)
            middle = start + point.value / 2
            yield _Word(middle, row, f"<b>{text}</b>", TYPE.table, colour, centred=True)
        start += point.value


def end(stack: Bar, unit: str) -> str:
    """Return what stands after a bar: how many cases, what is doubtful, why there is no bar."""
    if stack.gap:
        return stack.gap
    words = []
    if unit != PERCENT:
        words.append(f"<b>{written(stack.total, unit)}</b>")
    elif stack.whole is not None:
        words.append(_("共 {n} 件").format(n=grouped(stack.whole)))
    signs = [doubt(point) for point in stack.segments.values()]
    words += [sign for sign in signs if sign][:1]
    return "　".join(words)
