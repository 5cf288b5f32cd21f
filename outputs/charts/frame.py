"""What all charts share: the frame around the plot, plain text, and the browser's settings."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final, Literal

import plotly.graph_objects as go

from form.language import _
from outputs.charts.text import lines, plain
from outputs.theme import FONT_FAMILY, TYPE, Palette

ImageFormat = Literal["png", "svg"]
Trace = dict[str, Any]
"""A plotly trace as plain data; its `type` says which."""

TITLE_ROOM: Final = 42
"""Full-width characters in a line of a chart's title: 16 px each in a page column of 700 px."""
SEE_THROUGH: Final = "rgba(0,0,0,0)"
NARROWEST: Final = 860
"""Px that a chart is wide at least; on a smaller screen it scrolls (`style.css` says so too)."""
_SENTENCE_STEP: Final = 24
_NOTE_STEP: Final = 26
# As `form.figures` writes them; plotly's own figures are not shown anywhere yet.
SEPARATORS: Final = ".,"


@dataclass(frozen=True, slots=True)
class Room:
    """Room in px around the plot: for names, for labels at bars' ends, for heads, for a legend."""

    left: float = 8
    right: float = 8
    above: float = 8
    below: float = 8


_NO_ROOM: Final = Room()


def framed(
    traces: Sequence[Trace],
    layout: Mapping[str, Any],
    colours: Palette,
    height: float,
    title: str = "",
    note: str = "",
    room: Room = _NO_ROOM,
) -> go.Figure:
    """Return a figure with the theme, the sentence over the plot and the note under the sentence.

    Both stand inside the figure, so that a downloaded image carries them: sentence, then unit and
    source. `layout` is what the chart itself asks for; `height` is the plot's own in px.
    """
    sentence = lines(title, TITLE_ROOM) if title else []
    over = _SENTENCE_STEP * len(sentence) + (_NOTE_STEP if note else 0)
    top = over + room.above
    whole = {
        "showlegend": False,
        **layout,
        # Plotly's own is not even built; see below.
        "template": {},
        "height": round(height + top + room.below),
        "margin": {
            "l": room.left,
            "r": room.right,
            "t": top,
            "b": room.below,
            "autoexpand": False,
        },
        # A plain number: of anything else plotly would think that it changes.
        "meta": over,
        "font": {"family": FONT_FAMILY, "size": TYPE.text, "color": colours.ink},
        "paper_bgcolor": colours.page,
        "plot_bgcolor": colours.page,
        "separators": SEPARATORS,
        "dragmode": False,
        "modebar": {"bgcolor": SEE_THROUGH, "color": colours.muted, "activecolor": colours.ink},
        "hoverlabel": {
            "bgcolor": colours.panel,
            "bordercolor": colours.line,
            "font": {"family": FONT_FAMILY, "size": TYPE.table, "color": colours.ink},
            "align": "left",
        },
        "annotations": [
            *_said_over(sentence, note, room.left, top, colours),
            *layout.get("annotations", ()),
        ],
    }
    # A list of nothing is left out, as plotly leaves it out.
    told = {name: value for name, value in whole.items() if value != []}
    return drawn(traces, {**told, "datarevision": _name_of(traces, told)})


def drawn(traces: Sequence[Trace], layout: Mapping[str, Any]) -> go.Figure:
    """Return plotly's figure of plain data as plotly itself would write it.

    Plotly does not look through it: that takes as long as all the rest of a page. In tests it
    does, and must find nothing to put otherwise (`tests/conftest.py`).
    """
    figure = go.Figure(list(traces), dict(layout), _validate=False)
    # Not even an empty one: plotly takes a template for changed whenever it looks at it again.
    figure.layout.template = None
    return figure


def _name_of(traces: Sequence[Trace], layout: Mapping[str, Any]) -> str:
    """Return a name that follows from all that a figure shows.

    Streamlit has plotly draw every chart twice, the second time when it knows how wide it is.
    By the name plotly sees that no figure has changed between, and leaves the chart as it is;
    without one it takes every list for a new one. Another selection has another name.
    """
    written = json.dumps([list(traces), layout], ensure_ascii=False, default=str)
    return sha256(written.encode()).hexdigest()


def _said_over(
    sentence: Sequence[str], note: str, left: float, top: float, colours: Palette
) -> Iterator[dict[str, Any]]:
    """Yield the lines of text over the plot."""
    for number, line in enumerate(sentence):
        yield {
            **_over_the_plot(left, top - _SENTENCE_STEP * number),
            "text": f"<b>{plain(line)}</b>",
            "font": {"size": TYPE.sentence, "color": colours.ink},
        }
    if note:
        yield {
            **_over_the_plot(left, top - _SENTENCE_STEP * len(sentence)),
            "text": plain(note),
            "font": {"size": TYPE.table, "color": colours.muted},
        }


def room_over(figure: go.Figure) -> int:
    """Return how many px of a framed figure the sentence and the note over the plot take."""
    over: Any = figure.layout.meta
    return int(over)


def _over_the_plot(left: float, above: float) -> dict[str, Any]:
    """Return the place of a line of text at the figure's left edge, `above` px over the plot."""
    return {
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "y": 1,
        "xanchor": "left",
        "yanchor": "top",
        "xshift": 4 - left,
        "yshift": above,
        "showarrow": False,
        "align": "left",
    }


def config(file_name: str, image: ImageFormat = "png") -> dict[str, Any]:
    """Return the settings for `st.plotly_chart(config=…)`: Chinese, one button, no way out.

    `file_name` (without suffix) names the downloaded image; see `outputs.names.file_name`. The
    button gives a PNG of double size, or an SVG.
    """
    return {
        "locale": "zh-CN",
        "locales": {"zh-CN": {"dictionary": _dictionary(), "format": {}}},
        "displaylogo": False,
        "displayModeBar": True,
        "modeBarButtons": [["toImage"]],
        "showSendToCloud": False,
        "showEditInChartStudio": False,
        "scrollZoom": False,
        "doubleClick": False,
        "responsive": True,
        "toImageButtonOptions": {
            "format": image,
            "filename": file_name,
            "scale": 2 if image == "png" else 1,
        },
    }


def _dictionary() -> dict[str, str]:
    """Return plotly's own words, those that can come up with these settings."""
    return {
        "Download plot as a PNG": _("下载图片（PNG）"),
        "Download plot": _("下载图片（SVG）"),
        "Taking snapshot - this may take a few seconds": _("正在生成图片，请稍候"),
        "Snapshot succeeded": _("图片已下载"),
        "Sorry, there was a problem downloading your snapshot!": _("图片未能生成，请重试"),
        "Double-click on legend to isolate one trace": _("双击图例只看这一项"),
        "Double-click to zoom back out": _("双击恢复原状"),
        "Autoscale": _("自动缩放"),
        "Reset axes": _("恢复坐标轴"),
        "Zoom in": _("放大"),
        "Zoom out": _("缩小"),
    }
