"""What is drawn on an open page, by PDFium: rules and pictures, and text that has no shape."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from ctypes import byref, c_float, c_int
from itertools import pairwise
from struct import Struct
from typing import Final, NamedTuple

from pypdfium2 import raw

from loaders import refusals
from loaders.pdf import calls
from loaders.pdf.page import Placing
from loaders.ruling import Box, is_line

_MOST_PARTS: Final = 100_000
"""Objects on a page and parts of its paths; a form painted side by side has a thousand."""
_DEEPEST: Final = 8
"""Drawings within drawings."""
_FLOATS: Final = Struct("4f")
# Taking numbers out of an array of ctypes one by one takes longer than the call that puts them in.
_SIMPLE: Final = 5
"""Parts of a path that is one line or one rectangle, at most."""


class Drawings:
    """The rules and the pictures on one page; raises ReadError where there are too many.

    `shapeless` are the pieces of text of which nothing is drawn: blanks, and whatever is set in a
    font that is neither in the file nor on this computer.
    """

    def __init__(self, page: int, place: Placing) -> None:
        self.rules: list[Box] = []
        self.pictures: list[Box] = []
        self.shapeless: list[int] = []
        self._room = _MOST_PARTS
        self._edges = (c_float * 4)()
        self._targets = [byref(c_float.from_buffer(self._edges, 4 * n)) for n in range(4)]
        self._take(page, calls.page_count(page), calls.page_object, place)

    def _take(
        self,
        container: int,
        count: int,
        object_of: Callable[[int, int], int],
        place: Placing,
        depth: int = 0,
    ) -> None:
        """Take in what a page, or a drawing on it, holds."""
        self._use(count)
        kind_of = calls.kind
        for index in range(count):
            drawn = object_of(container, index)
            kind = kind_of(drawn)
            if kind == raw.FPDF_PAGEOBJ_PATH:
                self._path(drawn, place)
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                self.pictures.append(self._bounds(drawn, place))
            elif kind == raw.FPDF_PAGEOBJ_TEXT:
                if self._is_shapeless(drawn):
                    self.shapeless.append(drawn)
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
                inner, inner_of = calls.form_count(drawn), calls.form_object
                self._take(drawn, inner, inner_of, _through(drawn, place), depth + 1)

    def _use(self, parts: int) -> None:
        self._room -= parts
        if self._room < 0:
            raise refusals.too_large()

    def _path(self, path: int, place: Placing) -> None:
        """Take a thin path as it is; of any other what is thin in it."""
        parts = calls.segment_count(path)
        if parts <= _SIMPLE:
            box = self._bounds(path, place)
            if is_line(box):
                self.rules.append(box)
                return
        stroked = _is_stroked(path)
        if stroked or parts > _SIMPLE:
            self._use(parts)
            for outline in _outlines(path, parts, _through(path, place)):
                self.rules += _strokes(outline) if stroked else _thin(outline)

    def _is_shapeless(self, text: int) -> bool:
        calls.bounds(text, *self._targets)
        left, bottom, right, top = _FLOATS.unpack(self._edges)
        return bool(left == right or bottom == top)

    def _bounds(self, drawn: int, place: Placing) -> Box:
        calls.bounds(drawn, *self._targets)
        return place(*_FLOATS.unpack(self._edges))


class _Corner(NamedTuple):
    """A point of an outline, and whether the way to it is straight."""

    x: float
    y: float
    is_straight: bool


def _through(drawn: int, place: Placing) -> Placing:
    """Return how what stands in an object's own coordinates is placed on the page."""
    matrix = raw.FS_MATRIX()
    calls.matrix(drawn, byref(matrix))
    a, b, c, d, e, f = (getattr(matrix, name) for name in "abcdef")

    def placed(x0: float, y0: float, x1: float, y1: float) -> Box:
        corners = ((x0, y0), (x0, y1), (x1, y0), (x1, y1))
        xs = [a * x + c * y + e for x, y in corners]
        ys = [b * x + d * y + f for x, y in corners]
        return place(min(xs), min(ys), max(xs), max(ys))

    return placed


def _is_stroked(path: int) -> bool:
    filled, stroked = c_int(), c_int()
    calls.draw_mode(path, byref(filled), byref(stroked))
    return bool(stroked.value)


def _outlines(path: int, parts: int, place: Placing) -> Iterator[list[_Corner]]:
    """Yield the corners of each outline that a path is made of."""
    corners: list[_Corner] = []
    x, y = c_float(), c_float()
    for index in range(parts):
        segment = calls.segment(path, index)
        kind = calls.segment_kind(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO and corners:
            yield corners
            corners = []
        calls.segment_point(segment, byref(x), byref(y))
        at = place(x.value, y.value, x.value, y.value)
        corners.append(_Corner(at[0], at[1], kind != raw.FPDF_SEGMENT_BEZIERTO))
        if calls.segment_closes(segment):
            corners.append(corners[0]._replace(is_straight=True))
    if corners:
        yield corners


def _strokes(outline: list[_Corner]) -> Iterator[Box]:
    for one, other in pairwise(outline):
        if other.is_straight:
            box = _box([one, other])
            if is_line(box):
                yield box


def _thin(outline: list[_Corner]) -> Iterator[Box]:
    box = _box(outline)
    if is_line(box):
        yield box


def _box(corners: list[_Corner]) -> Box:
    xs, ys = [corner.x for corner in corners], [corner.y for corner in corners]
    return min(xs), min(ys), max(xs), max(ys)
