"""Quirks of pages on which something else is seen than their text says: what covers, what is under."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from random import Random
from typing import Any, Final

from PIL import Image, ImageDraw
from reportlab.lib.colors import Color, black, white
from reportlab.lib.utils import ImageReader

from benchmarks.synthetic.draft import Draft
from benchmarks.synthetic.edits import may_be_unknown, styled
from benchmarks.synthetic.quirk import Quirk
from form.layout import LayoutCell
from sample_reports.press import FONT, Box, Press, text_width

_SHARE: Final = 0.2
"""Of the numbers."""
_SIZE: Final = 8.0
_PALE: Final = Color(0.99, 0.99, 0.99)

Way = Callable[["Pen", str, Random], None]


class Pen:
    """Prints in one cell, numbers beside each other from its left side on."""

    def __init__(self, press: Press, box: Box) -> None:
        self.press, self.box = press, box
        self.x = box[0] + 3
        self.baseline = (box[1] + box[3]) / 2 + 0.35 * _SIZE

    @property
    def canvas(self) -> Any:
        return self.press.canvas

    def number(self, text: str, *, size: float = _SIZE, up: float = 0.0, **looks: Any) -> float:
        """Print a number; return where it begins."""
        start = self.x
        self.canvas.saveState()
        line = self.canvas.beginText(start, self.press.height - self.baseline + up)
        line.setFont(FONT, size)
        line.setFillColor(looks.get("colour", black))
        line.setTextRenderMode(looks.get("mode", 0))
        line.textOut(text)
        self.canvas.drawText(line)
        self.canvas.restoreState()
        self.x += text_width(text, size)
        return start

    def bar(self, start: float, up: float = 0.3 * _SIZE) -> None:
        """Draw a line from `start` to where the pen is."""
        y = self.baseline - up
        self.press.rule((start, y, self.x, y))

    def patch(self, start: float, end: float) -> None:
        """Paint over what stands between two places."""
        self.canvas.saveState()
        self.canvas.setFillColor(white)
        bottom = self.press.height - self.baseline - 0.2 * _SIZE
        self.canvas.rect(start, bottom, end - start, 1.15 * _SIZE, stroke=0, fill=1)
        self.canvas.restoreState()


def _struck(pen: Pen, text: str, random: Random) -> None:
    start = pen.number(_other(random))
    pen.bar(start)
    pen.number(text)


def _raised(pen: Pen, text: str, random: Random) -> None:
    pen.number(text)
    pen.number(random.choice("123"), size=0.6 * _SIZE, up=0.35 * _SIZE)


def _hidden(pen: Pen, text: str, random: Random) -> None:
    looks = random.choice(({"mode": 3}, {"colour": white}, {"colour": _PALE}))
    pen.number(_other(random), **looks)
    pen.number(text)


def _covered(pen: Pen, text: str, random: Random) -> None:
    start = pen.number(_other(random))
    pen.patch(start - 0.5, pen.x + 0.5)
    pen.x = start
    pen.number(text)


def _field(pen: Pen, text: str, _random: Random) -> None:
    x0, top, x1, bottom = pen.box
    pen.canvas.acroForm.textfield(
        value=text,
        x=x0 + 1,
        y=pen.press.height - bottom + 1,
        width=x1 - x0 - 2,
        height=min(bottom - top - 2, 1.6 * _SIZE),
        fontSize=0.8 * _SIZE,
        borderWidth=0,
        fillColor=None,
        maxlen=20,
    )


def _partly(pen: Pen, text: str, _random: Random) -> None:
    start = pen.number(text)
    pen.patch((start + pen.x) / 2, pen.x + 1)


def _apart(pen: Pen, text: str, random: Random) -> None:
    pen.number(_other(random))
    pen.x += 0.25 * _SIZE
    pen.number(text)


def _picture(pen: Pen, text: str, _random: Random) -> None:
    picture = Image.new("RGB", (60, 24), "white")
    ImageDraw.Draw(picture).text((2, 4), text, fill="black")
    data = BytesIO()
    picture.save(data, "PNG")
    data.seek(0)
    bottom = pen.press.height - pen.baseline - 1
    pen.canvas.drawImage(ImageReader(data), pen.x, bottom, 20, _SIZE)


def _other(random: Random) -> str:
    return str(random.randrange(1, 99))


def _printed(way: Way, *, sure: bool) -> Callable[[Draft, Random], Draft]:
    """Return a change that prints some numbers in a way; where not `sure`, nobody can tell them."""

    def change(draft: Draft, random: Random) -> Draft:
        numbers = [name for name, said in draft.truth.cells.items() if said.mark == "number"]
        chosen = {name for name in numbers if random.random() < _SHARE}
        own = Random(random.random())

        def otherwise(press: Press, cell: LayoutCell, box: Box) -> bool:
            if cell.address not in chosen or not cell.text.isdecimal():
                return False
            way(Pen(press, box), cell.text, own)
            return True

        printed = styled(draft, sheet=replace(draft.style.sheet, otherwise=otherwise))
        return printed if sure else may_be_unknown(printed, *chosen)

    return change


_BY_HAND: Final = ("reportlab.pdf",)
QUIRKS: Final = (
    Quirk("numbers struck by a line", _printed(_struck, sure=True), _BY_HAND),
    Quirk("small raised numbers", _printed(_raised, sure=True), _BY_HAND),
    Quirk("invisible numbers", _printed(_hidden, sure=True), _BY_HAND),
    Quirk("numbers under a patch", _printed(_covered, sure=True), _BY_HAND),
    Quirk("numbers in form fields", _printed(_field, sure=True), _BY_HAND),
    Quirk("patches over a part of a number", _printed(_partly, sure=False), _BY_HAND),
    Quirk("two numbers a little apart", _printed(_apart, sure=False), _BY_HAND),
    Quirk("pictures of numbers", _printed(_picture, sure=False), _BY_HAND),
)
