"""The rows of a chart with one agency a line: their names, their heights, their outlines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from outputs.charts.frame import NARROWEST, Room
from outputs.charts.text import plain, tallest, unmarked, widest, width
from outputs.theme import TYPE, Palette

_NAME_ROOM: Final = 16
"""Full-width characters in a line of an agency's name beside its bar."""
_NAME_LINE: Final = 19
_STEP: Final = 42
_BAR: Final = 26
_BUTTON: Final = 28
"""Room in px for the button in the corner, which must not lie on a label."""
_LEAST_LEFT: Final = 0.2
"""Share of an axis that is left to bars, however long the labels are."""
_BESIDE: Final = 16
"""Room in px around a label after a bar."""


@dataclass(frozen=True)
class Rows:
    """Names from top to bottom; all sizes are in px, and grow where a name needs several lines."""

    names: tuple[str, ...]

    @cached_property
    def step(self) -> int:
        """The height that one row takes."""
        return max(_STEP, _NAME_LINE * tallest(self.names, _NAME_ROOM) + 8)

    @property
    def height(self) -> int:
        """The height of all rows."""
        return self.step * max(len(self.names), 1)

    @cached_property
    def left(self) -> float:
        """The room that the names need."""
        return widest(self.names, _NAME_ROOM) * TYPE.text + 20

    @property
    def across(self) -> float:
        """The px beside the names, where the chart is narrowest."""
        return NARROWEST - self.left - Room().right

    def right(self, lengths: Sequence[float], labels: Sequence[str]) -> float:
        """Return the px to keep free beside the axis for every label to fit after its bar.

        The axis ends with the longest bar, and a label after a shorter one stands beside that.
        However long they are, labels get no more than half of what is there.
        """
        longest = max(lengths, default=0)
        beside = [1 - length / longest if longest else 1 for length in lengths]
        needed = [
            _label_room(label) - free * self.across / 2
            for free, label in zip(beside, labels, strict=True)
        ]
        return min(max([0.0, *needed]) + _BUTTON, self.across / 2)

    def reach(self, lengths: Sequence[float], labels: Sequence[str], room: float) -> float:
        """Return how far an axis of `room` px must go for every label to fit after its bar.

        Labels that would take more than most of it do not fit.
        """
        needed = [
            length / max(1 - _label_room(label) / room, _LEAST_LEFT)
            for length, label in zip(lengths, labels, strict=True)
        ]
        return max(needed, default=0) or 1

    @property
    def bar(self) -> float:
        """The thickness of a bar in units of the axis, where a row is 1."""
        return _BAR / self.step

    def axis(self, colours: Palette) -> dict[str, Any]:
        """Return the settings of the axis: the first row on top, names whole."""
        return {
            "tickmode": "array",
            "tickvals": list(range(len(self.names))),
            "ticktext": [plain(name, _NAME_ROOM) for name in self.names],
            "range": [max(len(self.names), 1) - 0.5, -0.5],
            # The names' room is ours to give: measuring every label takes as long as drawing the bars.
            "automargin": False,
            "ticklabeloverflow": "allow",
            "fixedrange": True,
            "showgrid": False,
            "zeroline": False,
            "showline": True,
            "linecolor": colours.line,
            "ticks": "",
            "ticklabelstandoff": 8,
            "tickfont": {"size": TYPE.text, "color": colours.ink},
        }

    def outline(self, position: int, end: float, colour: str, axes: str = "") -> dict[str, Any]:
        """Return the dashed outline of a bar under an open finding, from zero to `end`.

        `axes` is the number of the pair of axes, as plotly counts ("", "2", …).
        """
        return {
            "type": "rect",
            "xref": f"x{axes}",
            "yref": f"y{axes}",
            "x0": 0,
            "x1": end,
            "y0": position - self.bar / 2,
            "y1": position + self.bar / 2,
            "line": {"color": colour, "width": 2, "dash": "4px,3px"},
            "layer": "above",
        }


def _label_room(label: str) -> float:
    """Return the px that a label after a bar takes."""
    return width(unmarked(label)) * TYPE.text + _BESIDE
