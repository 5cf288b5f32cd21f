"""Prints tables and text to PDF in the ways that office programs and browsers do."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO

from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfgen.canvas import Canvas

from tests.loaders.forms import Slot

FONT = "STSong-Light"
SIZE = 7
LEADING = 9
PADDING = 2
WIDTH, HEIGHT, MARGIN = 842, 595, 30

registerFont(UnicodeCIDFont(FONT))

Box = tuple[float, float, float, float]


def stroke(canvas: Canvas, box: Box) -> None:
    """Office programs stroke the sides."""
    x0, top, x1, bottom = box
    canvas.setLineWidth(0.5)
    canvas.line(x0, HEIGHT - top, x1, HEIGHT - bottom)


def fill(canvas: Canvas, box: Box) -> None:
    """Browsers fill a thin rectangle a side."""
    x0, top, x1, bottom = box
    canvas.rect(x0, HEIGHT - bottom - 0.75, max(x1 - x0, 0.75), bottom - top + 0.75, 0, 1)


@dataclass
class Press:
    """One PDF under way; `y` runs down the page in points."""

    rule = staticmethod(stroke)
    turned: int = 0
    options: dict = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.stream = BytesIO()
        # The size as it shows: reportlab swaps the sides of a turned page itself.
        self.canvas = Canvas(self.stream, pagesize=(WIDTH, HEIGHT), **self.options)
        self.new_page(first=True)

    def new_page(self, first: bool = False) -> None:
        if not first:
            self.canvas.showPage()
        self.y = MARGIN
        # A turned page is drawn turned back, so that it shows upright.
        self.canvas.setPageRotation(self.turned)
        self.canvas.rotate(self.turned)
        x, y = {0: (0, 0), 90: (0, -HEIGHT), 180: (-WIDTH, -HEIGHT), 270: (-WIDTH, 0)}[self.turned]
        self.canvas.translate(x, y)

    def text(self, line: str, x: float = MARGIN, size: float = SIZE) -> "Press":
        self.y += size
        self.write(line, x, self.y, size)
        self.y += LEADING - SIZE
        return self

    def write(self, line: str, x: float, baseline: float, size: float = SIZE) -> None:
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, HEIGHT - baseline, line)

    def table(self, slots: list[Slot], *, without: Iterable[str] = ()) -> "Press":
        """Print one table; `without` names outer sides ("bottom", "left") that are not drawn."""
        xs, ys = self.edges(slots)
        for row, column, rows, columns, text in slots:
            box = (xs[column], ys[row], xs[column + columns], ys[row + rows])
            for name, side in sides(box):
                outer = {"top": ys[0], "bottom": ys[-1], "left": xs[0], "right": xs[-1]}[name]
                if name not in without or side[name in ("top", "bottom")] != outer:
                    self.rule(self.canvas, side)
            for number, line in enumerate(wrapped(text, box[2] - box[0]), 1):
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
                len(list(wrapped(text, xs[column + columns] - xs[column])))
                for top, column, rows, columns, text in slots
                if top == row and rows == 1
            ]
            ys.append(ys[-1] + LEADING * max(lines, default=1) + 3)
        return xs, ys

    def done(self) -> bytes:
        self.canvas.save()
        return self.stream.getvalue()


class BrowserPress(Press):
    rule = staticmethod(fill)


def sides(box: Box) -> tuple[tuple[str, Box], ...]:
    x0, top, x1, bottom = box
    return (
        ("top", (x0, top, x1, top)),
        ("bottom", (x0, bottom, x1, bottom)),
        ("left", (x0, top, x0, bottom)),
        ("right", (x1, top, x1, bottom)),
    )


def wrapped(text: str, width: float) -> Iterator[str]:
    line = ""
    for sign in text:
        if stringWidth(line + sign, FONT, SIZE) > width - 2 * PADDING:
            yield line
            line = ""
        line += sign
    yield line
