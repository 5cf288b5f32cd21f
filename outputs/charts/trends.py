"""One measure over years: a small card for each agency, all on the same years.

All cards stand on one pair of axes and are a few traces together, each for all cards: a pair of
axes and traces of its own for every card takes plotly several times as long to draw. The axis
across is a share of the plot's width, which only the page knows; the one down is px from its top.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from form.figures import PERCENT, tick
from outputs.charts.frame import Trace, framed
from outputs.charts.scale import round_ticks
from outputs.charts.text import LINE_BREAK, plain, width
from outputs.charts.values import Point, bare, hover, label, points
from outputs.theme import TYPE, Palette, palette

# Sizes of a card in px; what is across is a share of the card's width.
_CARD: Final = 204
_GAP: Final = 12
_HEAD: Final = 56
_FOOT: Final = 34
_HEADING: Final = 0.035, 9
"""Where a card's heading begins: from its left edge, and in px from its upper one."""
_ACROSS_GAP: Final = 0.012
_LEFT, _RIGHT = 0.13, 0.06
_AHEAD: Final = 0.4
"""Room before the first and after the last year, in years."""
_OVER_TICKS: Final = 1.04
"""How far the axis reaches beyond its last tick."""
_GAP_WORD: Final = 0.09
"""How high over the axis the word for a gap stands, as a share of its last tick."""
_UNDER_AXIS: Final = 7
_OVER_POINT: Final = 5
_NAME_ROOM: Final = 22
_MOST_YEAR_LABELS: Final = 8
_SMALL: Final = 11

Place = tuple[float, float]
"""Across (share of the width) and down (px)."""


@dataclass(frozen=True, slots=True)
class _Card:
    """One agency's card: where it is, its points by year, the years and round ticks of its axes."""

    agency: str
    points: Mapping[int, Point]
    years: Sequence[int]
    ticks: Sequence[float]
    left: float
    right: float
    top: float

    @property
    def bottom(self) -> float:
        """Where the card ends below."""
        return self.top + _CARD

    @property
    def span(self) -> tuple[float, float]:
        """Where the axis of years begins and ends."""
        across = self.right - self.left
        return self.left + _LEFT * across, self.right - _RIGHT * across

    def across(self, year: int) -> float:
        """Return where a year stands."""
        start, end = self.span
        first, last = self.years[0] - _AHEAD, self.years[-1] + _AHEAD
        return start + (end - start) * (year - first) / (last - first)

    def down(self, value: float) -> float:
        """Return where a value stands."""
        base = self.bottom - _FOOT
        return base - (base - self.top - _HEAD) * value / (self.ticks[-1] * _OVER_TICKS)

    @property
    def labelled(self) -> Sequence[int]:
        """The years that have room for a label, counted from the last, which must have its own."""
        every = -(-len(self.years) // _MOST_YEAR_LABELS)
        return list(self.years)[::-1][::every][::-1]


@dataclass(frozen=True, slots=True)
class _Text:
    """A text on a card, and on which side of its place it stands."""

    place: Place
    text: str
    side: str
    size: float
    colour: str


def trend_cards(
    frame: pd.DataFrame,
    unit: str,
    *,
    changes: Mapping[str, str] | None = None,
    shared_axis: bool = True,
    columns: int = 3,
    title: str = "",
    note: str = "",
    dark: bool = False,
) -> go.Figure:
    """Return a card an agency, in the frame's order, `columns` cards abreast.

    `frame` is a `measures.trends.Trend.table` (see `values.points`). Every year of it stands on
    every card; where there is no number the line breaks, with the word for it
    where a report was due or is there. `changes` holds
    what to say after an agency's name ("+27 件，+87%"). With `shared_axis` all cards reach to the
    same value. Of the traces, by their names: `edges` are the cards, `grid` their ticks, `lines`
    the values, `words` all text. A value's `customdata` is report id, agency, year, what is said.
    """
    colours = palette(dark)
    shown = tuple(points(frame))
    cards = _cards(shown, shared_axis=shared_axis, whole=unit != PERCENT, columns=columns)
    rows = -(-max(len(cards), 1) // columns)
    height = rows * _CARD + (rows - 1) * _GAP
    texts = [text for card in cards for text in _texts(card, changes or {}, unit, colours)]
    traces = [
        _strokes("edges", map(_edge, cards), colours),
        _strokes("grid", (line for card in cards for line in _grid(card)), colours),
        _lines(cards, unit, colours),
        _words(texts),
    ]
    # A little more than the cards, whose edges would be cut in half.
    layout = {"xaxis": _axis([-0.001, 1.001]), "yaxis": _axis([height + 1, -1])}
    return framed(traces, layout, colours, height + 2, title, note)


def _cards(shown: Sequence[Point], *, shared_axis: bool, whole: bool, columns: int) -> list[_Card]:
    agencies: dict[str, list[Point]] = {}
    for point in shown:
        agencies.setdefault(point.agency, []).append(point)
    years = sorted({point.year for point in shown if point.year is not None})
    across = (1 - _ACROSS_GAP * (columns - 1)) / columns
    cards = []
    for number, (agency, own) in enumerate(agencies.items()):
        left = (number % columns) * (across + _ACROSS_GAP)
        cards.append(
            _Card(
                agency,
                {point.year: point for point in own if point.year is not None},
                years,
                round_ticks(_highest(shown if shared_axis else own), whole=whole),
                left,
                left + across,
                (number // columns) * (_CARD + _GAP),
            )
        )
    return cards


def _highest(shown: Iterable[Point]) -> float:
    return max((point.value or 0 for point in shown), default=0)


def _axis(reach: Sequence[float]) -> dict[str, Any]:
    return {"range": reach, "visible": False, "fixedrange": True}


def _edge(card: _Card) -> list[Place]:
    left, right, top, bottom = card.left, card.right, card.top, card.bottom
    return [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]


def _grid(card: _Card) -> Iterator[list[Place]]:
    start, end = card.span
    for value in card.ticks:
        down = card.down(value)
        yield [(start, down), (end, down)]


def _strokes(name: str, strokes: Iterable[Sequence[Place]], colours: Palette) -> Trace:
    """Return thin lines that are not joined to each other."""
    ends = [place for stroke in strokes for place in (*stroke, (None, None))]
    return {
        "type": "scatter",
        "name": name,
        "mode": "lines",
        "x": [across for across, _down in ends],
        "y": [down for _across, down in ends],
        "line": {"color": colours.line, "width": 1},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def _lines(cards: Sequence[_Card], unit: str, colours: Palette) -> Trace:
    """Return the values of all cards; between two cards the line breaks as it does at a gap."""
    found = [
        (card, year, card.points.get(year) if year else None)
        for card in cards
        for year in (*card.years, 0)
    ]
    told = [
        (card, year, point if point and point.value is not None else None)
        for card, year, point in found
    ]
    return {
        "type": "scatter",
        "name": "lines",
        "mode": "lines+markers",
        "x": [card.across(year) if point else None for card, year, point in told],
        "y": [card.down(point.value or 0) if point else None for card, _year, point in told],
        "connectgaps": False,
        "cliponaxis": False,
        "line": {"color": colours.series[0], "width": 2},
        "marker": {
            "size": 9,
            "color": [
                colours.page if point and point.suspect else colours.series[0]
                for _card, _year, point in told
            ],
            "line": {"color": colours.series[0], "width": 2},
        },
        "customdata": [
            [point.report_id, plain(card.agency), year, hover(point, unit)]
            if point
            else [None, "", None, ""]
            for card, year, point in told
        ],
        "hovertemplate": "%{customdata[1]}　%{customdata[2]}<br>%{customdata[3]}<extra></extra>",
    }


def _words(texts: Sequence[_Text]) -> Trace:
    return {
        "type": "scatter",
        "name": "words",
        "mode": "text",
        "x": [text.place[0] for text in texts],
        "y": [text.place[1] for text in texts],
        "text": [text.text for text in texts],
        "textposition": [text.side for text in texts],
        "textfont": {
            "size": [text.size for text in texts],
            "color": [text.colour for text in texts],
        },
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def _texts(card: _Card, changes: Mapping[str, str], unit: str, colours: Palette) -> Iterator[_Text]:
    yield _heading(card, changes.get(card.agency, ""), colours)
    start, _end = card.span
    for value in card.ticks:
        place = (start, card.down(value))
        yield _Text(place, f"{tick(value, unit)} ", "middle left", _SMALL, colours.muted)
    for year in card.labelled:
        place = (card.across(year), card.down(0) + _UNDER_AXIS)
        yield _Text(place, str(year), "bottom center", _SMALL, colours.muted)
    for year, point in card.points.items():
        # A year on which nobody owed a report is a gap, and no more is said of it.
        if point.value is None and point.state != "no_report":
            place = (card.across(year), card.down(card.ticks[-1] * _GAP_WORD))
            yield _Text(place, label(point, ""), "middle center", _SMALL, colours.note)
    told = [year for year in card.years if year in card.points]
    numbers = [year for year in told if card.points[year].value is not None]
    if numbers:
        last = card.points[numbers[-1]]
        place = (card.across(numbers[-1]), card.down(last.value or 0) - _OVER_POINT)
        text = f"<b>{bare(last.figure, unit)}</b>"
        yield _Text(place, text, "top center", TYPE.table, colours.ink)


def _heading(card: _Card, change: str, colours: Palette) -> _Text:
    name = plain(card.agency, _NAME_ROOM)
    # A change that does not fit beside the name stands under it.
    fits = width(card.agency) + width(change) < _NAME_ROOM - 4
    gap = "　" if fits else LINE_BREAK
    after = f'{gap}<span style="color:{colours.muted}">{plain(change)}</span>' if change else ""
    right, under = _HEADING
    return _Text(
        (card.left + right * (card.right - card.left), card.top + under),
        f"<b>{name}</b>{after}",
        "bottom right",
        TYPE.table + 0.5,
        colours.ink,
    )
