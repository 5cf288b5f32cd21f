"""Prints slots and text to PDF in the ways that office programs and browsers do."""

from collections.abc import Iterable
from typing import Any

from sample_reports import press
from sample_reports.press import FONT, Box, sides, wrapped
from tests.loaders.forms import Slot

__all__ = [
    "FONT",
    "HEIGHT",
    "LEADING",
    "MARGIN",
    "PADDING",
    "SIZE",
    "WIDTH",
    "Box",
    "BrowserPress",
    "Press",
    "sides",
]

SIZE = 7
LEADING = 9
PADDING = 2
WIDTH, HEIGHT, MARGIN = 842, 595, 30


class Press(press.Press):
    """A landscape page with tables of equal columns."""

    def __init__(self, *, turned: int = 0, **options: Any) -> None:
        super().__init__(WIDTH, HEIGHT, MARGIN, turned=turned, **options)

    def text(self, line: str, x: float = MARGIN, size: float = SIZE) -> "Press":
        self.y += size
        self.write(line, x, self.y, size)
        self.y += LEADING - SIZE
        return self

    def write(self, text: str, x: float, baseline: float, size: float = SIZE) -> None:
        super().write(text, x, baseline, size)

    def table(self, slots: list[Slot], *, without: Iterable[str] = ()) -> "Press":
        """Print one table; `without` names outer sides ("bottom", "left") that are not drawn."""
        xs, ys = self.edges(slots)
        outer = {"top": ys[0], "bottom": ys[-1], "left": xs[0], "right": xs[-1]}
        for row, column, rows, columns, text in slots:
            box = (xs[column], ys[row], xs[column + columns], ys[row + rows])
            for name, side in sides(box)._asdict().items():
                if name not in without or side[name in ("top", "bottom")] != outer[name]:
                    self.rule(side)
            for number, line in enumerate(lines_in(text, box[2] - box[0]), 1):
                self.write(line, box[0] + PADDING, box[1] + number * LEADING - 2)
        self.y = ys[-1] + LEADING
        return self

    def edges(self, slots: list[Slot]) -> tuple[list[float], list[float]]:
        count = max(column + columns for _, column, _, columns, _ in slots)
        step = (WIDTH - 2 * MARGIN) / count
        xs = [MARGIN + step * column for column in range(count + 1)]
        ys = [self.y]
        for row in range(max(row + rows for row, _, rows, *_ in slots)):
            lines = [
                len(lines_in(text, xs[column + columns] - xs[column]))
                for top, column, rows, columns, text in slots
                if top == row and rows == 1
            ]
            ys.append(ys[-1] + LEADING * max(lines, default=1) + 3)
        return xs, ys


class BrowserPress(Press):
    """Fills its lines."""

    def __init__(self, **options: Any) -> None:
        super().__init__(filled=True, **options)


def lines_in(text: str, width: float) -> list[str]:
    return wrapped(text, width - 2 * PADDING, SIZE)
