"""One measure over years: a small card for each agency, all on the same years."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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

# Sizes of a card in px; what is across is a share of the card's width, which only the page knows.
_CARD: Final = 204
_GAP: Final = 12
_HEAD: Final = 56
_FOOT: Final = 34
_ACROSS_GAP: Final = 0.012
_LEFT, _RIGHT = 0.13, 0.06
_NAME_ROOM: Final = 22
_MOST_YEAR_LABELS: Final = 8
_SMALL: Final = 11


@dataclass(frozen=True, slots=True)
class _Card:
    """One agency: its points, its round ticks, its place in shares of the plot's size."""

    agency: str
    points: tuple[Point, ...]
    ticks: list[float]
    x: tuple[float, float]
    y: tuple[float, float]


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
    every card; where there is no number the line breaks, with the word for it. `changes` holds
    what to say after an agency's name ("+27 件，+87%"). With `shared_axis` all cards reach to the
    same value. A point's `customdata[0]` is its report id.
    """
    colours = palette(dark)
    shown = tuple(points(frame))
    years = sorted({point.year for point in shown if point.year is not None})
    cards = _cards(shown, shared_axis=shared_axis, whole=unit != PERCENT, columns=columns)
    figure = go.Figure()
    for number, card in enumerate(cards, 1):
        axes = {"xaxis": f"x{number}", "yaxis": f"y{number}"}
        figure.add_traces([_line(card, years, unit, colours, axes), _gaps(card, colours, axes)])
        figure.update_layout(_axes(number, card, years, unit, colours))
    lines = -(-max(len(cards), 1) // columns)
    framed(figure, colours, lines * _CARD + (lines - 1) * _GAP, title, note)
    for card in cards:
        figure.add_shape(**_edge(card, colours))
        figure.add_annotation(**_heading(card, (changes or {}).get(card.agency, ""), colours))
    return figure


def _cards(shown: Sequence[Point], *, shared_axis: bool, whole: bool, columns: int) -> list[_Card]:
    agencies = list(dict.fromkeys(point.agency for point in shown))
    lines = -(-max(len(agencies), 1) // columns)
    height = lines * _CARD + (lines - 1) * _GAP
    across = (1 - _ACROSS_GAP * (columns - 1)) / columns
    cards = []
    for number, agency in enumerate(agencies):
        own = tuple(point for point in shown if point.agency == agency)
        top = 1 - (number // columns) * (_CARD + _GAP) / height
        left = (number % columns) * (across + _ACROSS_GAP)
        cards.append(
            _Card(
                agency,
                own,
                round_ticks(_highest(shown if shared_axis else own), whole=whole),
                (left, left + across),
                (top - _CARD / height, top),
            )
        )
    return cards


def _highest(shown: Iterable[Point]) -> float:
    return max((point.value or 0 for point in shown), default=0)


def _line(
    card: _Card, years: Sequence[int], unit: str, colours: Palette, axes: Mapping[str, str]
) -> Trace:
    by_year = {point.year: point for point in card.points}
    found = [by_year.get(year) for year in years]
    values = [point.value if point else None for point in found]
    last = max((place for place, value in enumerate(values) if value is not None), default=None)
    return dict(
        type="scatter",
        mode="lines+markers+text",
        x=list(years),
        y=values,
        connectgaps=False,
        cliponaxis=False,
        line={"color": colours.series[0], "width": 2},
        marker={
            "size": 9,
            "color": [
                colours.page if point and point.suspect else colours.series[0] for point in found
            ],
            "line": {"color": colours.series[0], "width": 2},
        },
        text=[
            f"<b>{bare(point.figure, unit)}</b>" if point and place == last else ""
            for place, point in enumerate(found)
        ],
        textposition="top center",
        textfont={"size": TYPE.table, "color": colours.ink},
        customdata=[
            [point.report_id, plain(card.agency), hover(point, unit)] if point else [None, "", ""]
            for point in found
        ],
        hovertemplate="%{customdata[1]}　%{x}<br>%{customdata[2]}<extra></extra>",
        **axes,
    )


def _gaps(card: _Card, colours: Palette, axes: Mapping[str, str]) -> Trace:
    """Return the words for years without a number, just above the axis."""
    missing = [point for point in card.points if point.value is None]
    return dict(
        type="scatter",
        mode="text",
        x=[point.year for point in missing],
        y=[card.ticks[-1] * 0.09] * len(missing),
        text=[label(point, "") for point in missing],
        textfont={"size": _SMALL, "color": colours.note},
        cliponaxis=False,
        hoverinfo="skip",
        **axes,
    )


def _axes(
    number: int, card: _Card, years: Sequence[int], unit: str, colours: Palette
) -> dict[str, Any]:
    (left, right), (bottom, top) = card.x, card.y
    across, pixel = right - left, (top - bottom) / _CARD
    font = {"size": _SMALL, "color": colours.muted}
    every = -(-max(len(years), 1) // _MOST_YEAR_LABELS)
    # Counted from the last year, which must have its label.
    labelled = list(years)[::-1][::every][::-1]
    plain_axis = {"fixedrange": True, "zeroline": False, "ticks": "", "tickfont": font}
    return {
        f"xaxis{number}": {
            **plain_axis,
            "anchor": f"y{number}",
            "domain": [left + _LEFT * across, right - _RIGHT * across],
            "range": [min(years, default=0) - 0.4, max(years, default=0) + 0.4],
            "tickmode": "array",
            "tickvals": labelled,
            "ticktext": [str(year) for year in labelled],
            "showgrid": False,
            "showline": True,
            "linecolor": colours.line,
            "layer": "below traces",
            "ticklabelstandoff": 4,
        },
        f"yaxis{number}": {
            **plain_axis,
            "anchor": f"x{number}",
            "domain": [bottom + _FOOT * pixel, top - _HEAD * pixel],
            "range": [0, card.ticks[-1] * 1.04],
            "tickmode": "array",
            "tickvals": card.ticks,
            "ticktext": [tick(position, unit) for position in card.ticks],
            "gridcolor": colours.line,
        },
    }


def _edge(card: _Card, colours: Palette) -> dict[str, Any]:
    return {
        "type": "rect",
        "xref": "paper",
        "yref": "paper",
        "x0": card.x[0],
        "x1": card.x[1],
        "y0": card.y[0],
        "y1": card.y[1],
        "line": {"color": colours.line, "width": 1},
        "layer": "below",
    }


def _heading(card: _Card, change: str, colours: Palette) -> dict[str, Any]:
    name = plain(card.agency, _NAME_ROOM)
    # A change that does not fit beside the name stands under it.
    fits = width(card.agency) + width(change) < _NAME_ROOM - 4
    gap = "　" if fits else LINE_BREAK
    after = f'{gap}<span style="color:{colours.muted}">{plain(change)}</span>' if change else ""
    return {
        "xref": "paper",
        "yref": "paper",
        "x": card.x[0],
        "y": card.y[1],
        "xanchor": "left",
        "yanchor": "top",
        "xshift": 12,
        "yshift": -6,
        "showarrow": False,
        "align": "left",
        "text": f"<b>{name}</b>{after}",
        "font": {"size": TYPE.table + 0.5, "color": colours.ink},
    }
