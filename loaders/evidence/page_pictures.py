"""Pictures of a PDF's pages: where a cell was read, and the grid that the reader found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Final

import pypdfium2 as pdfium
from PIL import Image, ImageDraw

from form.report import Place
from loaders.document import Grid
from loaders.kinds import read_document

_SCALE: Final = 2.0
"""Pixels a point: 144 dots an inch, enough for 9-point figures on a large screen."""
_MARGIN: Final = (150.0, 36.0)
"""Points shown beside and above a cell: its neighbours, and most of the row's label."""
_MARK: Final = (31, 95, 168)
_GRID: Final = (180, 35, 24)

Box = tuple[float, float, float, float]
PAGES_ARE_DRAWN: Final = "pdf"
"""The kind of file that has pages to draw."""


def whole_page(data: bytes, number: int, places: Sequence[Place] = ()) -> bytes | None:
    """Return a PNG of page `number` of a PDF, from 1, cells framed; None where there is no such page."""
    with pdfium.PdfDocument(data) as document:
        if not 1 <= number <= len(document):
            return None
    image = _page(data, number)
    _frame(image, [item.box for item in places if item.page == number and item.box], _MARK)
    return _png(image)


def crop(data: bytes, places: Sequence[Place]) -> bytes | None:
    """Return a PNG of a PDF page around some cells, each framed; None where no box is known.

    Only cells on the page of the first one are shown.
    """
    known = [place for place in places if place.box is not None and place.page is not None]
    if not known:
        return None
    page = known[0].page
    boxes = [place.box for place in known if place.page == page and place.box is not None]
    image = _page(data, page or 1)
    _frame(image, boxes, _MARK)
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    beside, above = _MARGIN
    area = (min(lefts) - beside, min(tops) - above, max(rights) + beside, max(bottoms) + above)
    left, top, right, bottom = (round(side * _SCALE) for side in area)
    return _png(
        image.crop((max(left, 0), max(top, 0), min(right, image.width), min(bottom, image.height)))
    )


def grids(data: bytes, name: str) -> Iterator[tuple[int, bytes]]:
    """Yield each page of a PDF that has tables as (number, PNG), every cell framed.

    Raises ReadError as reading does; yields nothing for other kinds of files.
    """
    document = read_document(data, name)
    cells = [
        cell.place for block in document.blocks if isinstance(block, Grid) for cell in block.cells
    ]
    for page in sorted({place.page for place in cells if place.page is not None and place.box}):
        image = _page(data, page)
        _frame(image, [place.box for place in cells if place.page == page and place.box], _GRID)
        yield page, _png(image)


def _page(data: bytes, number: int) -> Image.Image:
    with pdfium.PdfDocument(data) as document:
        picture: Image.Image = document[number - 1].render(scale=_SCALE).to_pil().convert("RGB")
    return picture


def _frame(image: Image.Image, boxes: Sequence[Box], colour: tuple[int, int, int]) -> None:
    pen = ImageDraw.Draw(image)
    for box in boxes:
        pen.rectangle([side * _SCALE for side in box], outline=colour, width=3)


def _png(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
