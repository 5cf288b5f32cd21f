"""One measure over agencies: a horizontal bar each, values that an open error touches hollow."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from form.language import _
from outputs.charts.frame import SEE_THROUGH, Room, Trace, framed
from outputs.charts.rows import Rows
from outputs.charts.text import plain
from outputs.charts.values import Point, doubt, hover, label, points
from outputs.theme import TYPE, Palette, palette


def comparison_bars(
    frame: pd.DataFrame, unit: str, *, title: str = "", note: str = "", dark: bool = False
) -> go.Figure:
    """Return one bar an agency, top to bottom in the frame's order, with its value beside it.

    `frame` is a `measures.compare.Comparison.table` (see `values.points`); shares of few cases
    are grey. `unit` is printed after each value; "%" takes shares of 0–1. A bar's
    `customdata[0]` is its report id.
    """
    colours = palette(dark)
    shown = tuple(points(frame))
    rows = Rows(tuple(point.agency for point in shown))
    labels = [_label(point, unit) for point in shown]
    lengths = [point.value or 0 for point in shown]
    traces = [_bars(shown, rows, unit, colours), _labels(shown, labels, colours)]
    layout = {
        "xaxis": {
            "range": [0, max(lengths, default=0) or 1],
            "visible": False,
            "fixedrange": True,
        },
        "yaxis": rows.axis(colours),
        "shapes": [
            rows.outline(position, point.value, _colour(point, colours))
            for position, point in enumerate(shown)
            if point.suspect and point.value
        ],
    }
    room = Room(rows.left, rows.right(lengths, labels))
    return framed(traces, layout, colours, rows.height, title, note, room)


def _colour(point: Point, colours: Palette) -> str:
    return colours.muted if point.few else colours.series[0]


def _bars(shown: Sequence[Point], rows: Rows, unit: str, colours: Palette) -> Trace:
    return {
        "type": "bar",
        "orientation": "h",
        "width": rows.bar,
        "y": list(range(len(shown))),
        "x": [point.value for point in shown],
        "marker": {
            "color": [SEE_THROUGH if point.suspect else _colour(point, colours) for point in shown],
            "cornerradius": 3,
        },
        "customdata": [
            [point.report_id, plain(point.agency), hover(point, unit)] for point in shown
        ],
        "hovertemplate": "%{customdata[1]}<br>%{customdata[2]}<extra></extra>",
    }


def _labels(shown: Sequence[Point], labels: Sequence[str], colours: Palette) -> Trace:
    """Return the words at the bars' ends; where there is no number, the word for it at zero."""
    return {
        "type": "scatter",
        "mode": "text",
        "y": list(range(len(shown))),
        "x": [point.value or 0 for point in shown],
        "text": [f" {label}" for label in labels],
        "textposition": "middle right",
        "textfont": {
            "size": TYPE.text,
            "color": [
                colours.muted if point.value is None or point.few else colours.ink
                for point in shown
            ],
        },
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def _label(point: Point, unit: str) -> str:
    if point.figure is None:
        return label(point, unit)
    words = [f"<b>{label(point, unit)}</b>", doubt(point), _("件数少") if point.few else ""]
    return "　".join(filter(None, words))
