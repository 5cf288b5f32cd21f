"""Parts of a whole over agencies: stacked bars told apart by colour, pattern and labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from form.figures import PERCENT
from outputs.charts.frame import NARROWEST, Room, framed
from outputs.charts.rows import Rows
from outputs.charts.segments import Bar, bars, end, fills, key, segments, words
from outputs.charts.text import plain
from outputs.theme import TYPE, Palette, palette

_LEGEND: Final = 44
_PANEL_HEAD: Final = 34
_PANEL_GAP: Final = 0.05


@dataclass(frozen=True, slots=True)
class _Panel:
    """One panel: its head, and a bar an agency."""

    head: str
    bars: Mapping[str, Bar]


def outcome_shares(
    frame: pd.DataFrame, *, title: str = "", note: str = "", dark: bool = False
) -> go.Figure:
    """Return what part of each agency's decided applications ended how, one bar an agency.

    `frame` is that of `measures.shares.outcome_shares`; parts are stacked in its order. The
    number of cases stands after the bar. A segment's `customdata[0]` is its report id.
    """
    labels = frame["label"].astype(str).tolist()
    panel = _Panel("", bars(frame, "share", labels))
    return _stacked([panel], labels, PERCENT, title, note, palette(dark))


def dispute_bars(
    panels: Mapping[str, pd.DataFrame],
    unit: str,
    *,
    title: str = "",
    note: str = "",
    dark: bool = False,
) -> go.Figure:
    """Return the results of reviews and of lawsuits in cases, a panel each, one bar an agency.

    `panels` holds the frames of `measures.shares.dispute_shares` by their label (行政复议), which
    the labels of their parts may begin with. A segment's `customdata[0]` is its report id.
    """
    labels = {
        head: [str(label).removeprefix(head) for label in frame["label"]]
        for head, frame in panels.items()
    }
    found = [_Panel(head, bars(frame, "value", labels[head])) for head, frame in panels.items()]
    every = [label for own in labels.values() for label in own]
    return _stacked(found, every, unit, title, note, palette(dark))


def _stacked(
    panels: Sequence[_Panel],
    labels: Sequence[str],
    unit: str,
    title: str,
    note: str,
    colours: Palette,
) -> go.Figure:
    parts = list(dict.fromkeys(labels))
    rows = Rows(tuple(dict.fromkeys(name for panel in panels for name in panel.bars)))
    stacks = [[panel.bars.get(name, Bar({})) for name in rows.names] for panel in panels]
    room, reach, scale = _measured(rows, [bar for panel in stacks for bar in panel], unit, panels)
    looks = list(zip(parts, fills(len(parts), colours), strict=True))
    traces = [key(part, fill, colours) for part, fill in looks]
    axes: dict[str, Any] = {}
    for number, panel in enumerate(stacks, 1):
        shared = {"xaxis": f"x{_pair(number)}", "yaxis": f"y{_pair(number)}"}
        for part, fill in looks:
            for trace in segments(panel, part, fill, unit, colours):
                traces.append({**trace, **shared, "width": rows.bar})
        traces.append({**words(panel, looks, unit, scale, colours), **shared})
        axes |= _axes(number, len(panels), reach, rows, colours)
    heads = [panel.head for panel in panels if panel.head]
    layout = axes | {
        "barmode": "stack",
        "showlegend": True,
        "legend": _legend(colours),
        "annotations": [
            _panel_head(number, len(heads), head, colours) for number, head in enumerate(heads, 1)
        ],
    }
    return framed(traces, layout, colours, rows.height, title, note, room)


def _measured(
    rows: Rows, every: Sequence[Bar], unit: str, panels: Sequence[_Panel]
) -> tuple[Room, float, float]:
    """Return the room around the plot, how far its axes reach, and the px of their unit at least.

    Beside a single panel there is room for the labels after its bars; of several each has its
    own inside.
    """
    lengths = [bar.length for bar in every]
    labels = [end(bar, unit) for bar in every]
    if len(panels) == 1:
        reach = max(lengths, default=0) or 1
        room = Room(rows.left, rows.right(lengths, labels), below=_LEGEND)
        return room, reach, (NARROWEST - room.left - room.right) / reach
    first, last = _span(1, len(panels))
    across = rows.across * (last - first)
    reach = rows.reach(lengths, labels, across)
    return Room(rows.left, above=_PANEL_HEAD, below=_LEGEND), reach, across / reach


def _span(number: int, count: int) -> tuple[float, float]:
    """Return where a panel starts and ends, as shares of the plot's width."""
    share = (1 - _PANEL_GAP * (count - 1)) / count
    start = (number - 1) * (share + _PANEL_GAP)
    return start, start + share


def _pair(number: int) -> str:
    """Return what plotly calls a panel's axes behind x and y: the first pair has no number."""
    return "" if number == 1 else str(number)


def _axes(number: int, count: int, reach: float, rows: Rows, colours: Palette) -> dict[str, Any]:
    pair = _pair(number)
    return {
        f"xaxis{pair}": {
            "anchor": f"y{pair}",
            "domain": _span(number, count),
            "range": [0, reach],
            "visible": False,
            "fixedrange": True,
        },
        f"yaxis{pair}": rows.axis(colours) | {"anchor": f"x{pair}", "showticklabels": number == 1},
    }


def _legend(colours: Palette) -> dict[str, Any]:
    return {
        "orientation": "h",
        "x": 0,
        "xref": "container",
        "xanchor": "left",
        "y": 0,
        "yref": "container",
        "yanchor": "bottom",
        "traceorder": "normal",
        "itemclick": False,
        "itemdoubleclick": False,
        "font": {"size": TYPE.table, "color": colours.ink},
    }


def _panel_head(number: int, count: int, text: str, colours: Palette) -> dict[str, Any]:
    return {
        "xref": "paper",
        "yref": "paper",
        "x": _span(number, count)[0],
        "y": 1,
        "xanchor": "left",
        "yanchor": "bottom",
        "yshift": 2,
        "showarrow": False,
        "text": f"<b>{plain(text)}</b>",
        "font": {"size": TYPE.text, "color": colours.ink},
    }
