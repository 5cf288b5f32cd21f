"""What is drawn on an open page, by PDFium: rules, pictures and surfaces, and text that is odd.

A page has a thousand pieces of text: only what a few cheap calls find suspicious is looked into.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from ctypes import byref, c_float, c_int, c_uint
from functools import cached_property
from itertools import pairwise
from math import inf
from struct import Struct
from typing import Final, NamedTuple

from pypdfium2 import raw

from loaders import refusals
from loaders.pdf import calls
from loaders.pdf.page import Placing
from loaders.pdf.painting import CUT, FIGURE, PAPER, SIMPLE, Colour, Ink, Paint, alike, is_opaque
from loaders.pdf.ruling import Box, is_line

_MOST_PARTS: Final = 100_000
"""Objects on a page and parts of its paths; a form painted side by side has a thousand."""
_DEEPEST: Final = 8
"""Drawings within drawings."""
_FLOATS: Final = Struct("4f")
# Taking numbers out of an array of ctypes one by one takes longer than the call that puts them in.
_UNDRAWN: Final = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
_FILLED: Final = (raw.FPDF_TEXTRENDERMODE_FILL, raw.FPDF_TEXTRENDERMODE_FILL_CLIP)
_SIDE: Final = 0.2
"""Widths of a page from its sides within which lines are cut off there."""
_BARELY: Final = 12
"""Of 255: what is painted with less is not seen."""


_Text = tuple[int, int, Box, Placing, int]
"""A piece of text: its handle, when it is painted, its bounds, how they are placed, and the drawing
that it is in, 0 for the page."""

# Called for every piece of text.
clip_of, clip_count = calls.clip, calls.clip_count
render_mode, fill_colour = calls.render_mode, calls.fill_colour


class Drawings:
    """The rules and the pictures on one page; raises ReadError where there are too many.

    `shapeless` are the pieces of text of which nothing is drawn: blanks, and whatever is set in a
    font that is neither in the file nor on this computer. `surfaces` are what hides what is under
    it, `odd` the pieces of text about which something may be odd, by their handles. `figures` are
    shapes of the size of letters that are no text. What comes after the first `own` objects of the
    page is an annotation's.
    """

    def __init__(self, page: int, place: Placing, width: float, own: int | None = None) -> None:
        self._near, self._far = _SIDE * width, (1 - _SIDE) * width
        self.rules: list[Box] = []
        self.pictures: list[Box] = []
        self.pictures_in_order: list[tuple[int, Box]] = []
        self.figures: list[Box] = []
        self.surfaces: list[Paint] = []
        self.shapeless: list[int] = []
        self.odd: dict[int, Ink] = {}
        self.written: set[int] = set()
        """Pieces of text that annotations show."""
        self.seen_from, self.seen_to = -inf, inf
        """Where, along lines of text, the page begins and ends for what is cut off there."""
        self.strokes: list[Box] = []
        """Lines that annotations draw, which are no sides of cells."""
        self._frames: list[Box] = []
        """Sides of boxes with round corners: of cells where most lines are such, else of fields."""
        self._own = own
        self._container = 0
        self._nested = False
        self._is_written = False
        self._order = 0
        self._texts: list[_Text] = []
        self._lowest = inf
        self._grounds: set[Colour] = set()
        self._suspicious: dict[bytes, bool] = {}
        self._room = _MOST_PARTS
        self._edges = (c_float * 4)()
        self._targets = [byref(c_float.from_buffer(self._edges, 4 * n)) for n in range(4)]
        self._parts = (c_uint * 4)()
        self._colours = [byref(c_uint.from_buffer(self._parts, 4 * n)) for n in range(4)]
        self._take(page, calls.page_count(page), calls.page_object, place)
        if len(self._frames) > len(self.rules):
            self.rules += self._frames

    @cached_property
    def times(self) -> dict[int, int]:
        """Return when each piece of text is painted, by its handle."""
        return {text[0]: text[1] for text in self._texts}

    def containers(self, handles: Collection[int]) -> list[tuple[int, int]]:
        """Return these pieces of text, each with the drawing that it is in, 0 for the page."""
        return [(text[0], text[4]) for text in self._texts if text[0] in handles]

    @property
    def first_text(self) -> int:
        """When the first piece of text on the page is painted."""
        return self._texts[0][1] if self._texts else 0

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
        own = count if depth or self._own is None else self._own
        for index in range(count):
            self._order += 1
            drawn = object_of(container, index)
            kind = kind_of(drawn)
            if kind == raw.FPDF_PAGEOBJ_PATH:
                self._path(drawn, place)
            elif kind == raw.FPDF_PAGEOBJ_TEXT:
                self._text(drawn, place)
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                self._picture(drawn, place)
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
                inner, inner_of = calls.form_count(drawn), calls.form_object
                before = self._container, self._is_written
                self._nested = True
                self._container, self._is_written = drawn, self._is_written or index >= own
                self._take(drawn, inner, inner_of, _through(drawn, place), depth + 1)
                self._container, self._is_written = before

    def _use(self, parts: int) -> None:
        self._room -= parts
        if self._room < 0:
            raise refusals.too_large()

    def _path(self, path: int, place: Placing) -> None:
        """Take a thin path as it is; of any other what is thin in it, and what is a surface."""
        parts = calls.segment_count(path)
        if parts <= SIMPLE:
            edges = self._raw_bounds(path)
            box = place(*edges)
            if is_line(box):
                (self.strokes if self._is_written else self.rules).append(box)
                if box[2] > self._far or box[0] < self._near:
                    self._ask(path, box, place)
                return
            stroked = self._surface(path, edges, place)
        else:
            stroked = _draw_mode(path)[1]
        if stroked or parts > SIMPLE:
            self._use(parts)
            self._outlines(path, parts, stroked, place)

    def _ask(self, rule: int, box: Box, place: Placing) -> None:
        """Ask of a line that reaches further to a side than others whether it is cut off there."""
        self._near, self._far = min(self._near, box[0]), max(self._far, box[2])
        window = self._window(rule, place) if clip_count(clip_of(rule)) > 0 else None
        if window is not None:
            if box[2] > window[2] + CUT:
                self.seen_to = min(self.seen_to, window[2])
            if box[0] < window[0] - CUT:
                self.seen_from = max(self.seen_from, window[0])

    def _outlines(self, path: int, parts: int, stroked: bool, place: Placing) -> None:
        """Take what is thin in a path of several parts, and whether it is a figure."""
        straight = True
        for outline in _outlines(path, parts, _through(path, place)):
            straight = straight and all(map(_is_level, pairwise(outline)))
            if not self._is_written:
                is_frame = stroked and _is_round_frame(outline)
                drawn = _strokes(outline) if stroked else _thin(outline)
                (self._frames if is_frame else self.rules).extend(drawn)
            if not stroked and parts > SIMPLE and straight:
                self._plain_surface(path, _box(outline))
        box = self._bounds(path, place)
        smallest, largest = FIGURE
        if self._is_written:
            return
        if not straight and smallest <= box[3] - box[1] <= largest and box[2] - box[0] <= largest:
            self.figures.append(box)

    def _surface(self, path: int, edges: Box, place: Placing) -> bool:
        """Take a simple path as a surface, if it is filled; say whether it is stroked."""
        filled, stroked = _draw_mode(path)
        if filled and (colour := self._opaque(path)) is not None:
            self._cover(edges, place, colour)
        return stroked

    def _plain_surface(self, path: int, box: Box) -> None:
        if not is_line(box) and (colour := self._opaque(path)) is not None:
            self._hide(box, colour)

    def _picture(self, drawn: int, place: Placing) -> None:
        edges = self._raw_bounds(drawn)
        self.pictures.append(place(*edges))
        self.pictures_in_order.append((self._order, self.pictures[-1]))
        if not calls.is_transparent(drawn):
            self._cover(edges, place, None)

    def _cover(self, edges: Box, place: Placing, colour: Colour | None) -> None:
        box = place(*edges)
        self._add(Paint(self._order, box, colour))
        left, bottom, right, top = edges
        # Most programs paint grounds first, or row by row from the top down.
        is_below = top <= self._lowest and self._container == 0 and not self._nested
        if not self._texts or is_below:
            return
        for text in self._texts:
            if text[3] is place:
                x0, y0, x1, y1 = text[2]
                if x0 < right and left < x1 and y0 < top and bottom < y1:
                    self._suspect(text)
            elif _overlap(text[3](*text[2]), box):
                self._suspect(text)

    def _hide(self, box: Box, colour: Colour) -> None:
        self._add(Paint(self._order, box, colour))
        for text in self._texts:
            if _overlap(text[3](*text[2]), box):
                self._suspect(text)

    def _add(self, paint: Paint) -> None:
        self.surfaces.append(paint)
        if paint.colour is not None and paint.colour not in self._grounds:
            self._grounds.add(paint.colour)
            self._suspicious.clear()

    def _suspect(self, text: _Text) -> None:
        if text[0] not in self.odd:
            self.odd[text[0]] = Ink(text[1], None)

    def _text(self, drawn: int, place: Placing) -> None:
        calls.bounds(drawn, *self._targets)
        edges = left, bottom, right, top = _FLOATS.unpack(self._edges)
        if left == right or bottom == top:
            self.shapeless.append(drawn)
            return
        if self._is_written:
            self.written.add(drawn)
        self._texts.append((drawn, self._order, edges, place, self._container))
        if bottom < self._lowest:
            self._lowest = bottom
        if clip_count(clip_of(drawn)) > 0:
            self.odd[drawn] = self._ink(drawn, self._window(drawn, place))
        elif render_mode(drawn):
            self.odd[drawn] = self._ink(drawn, None)
        elif fill_colour(drawn, *self._colours):
            colour = bytes(self._parts)
            is_pale = self._suspicious.get(colour)
            if is_pale is None:
                is_pale = self._suspicious[colour] = self._is_pale()
            if is_pale:
                self.odd[drawn] = self._ink(drawn, None)

    def _ink(self, drawn: int, window: Box | None) -> Ink:
        mode = render_mode(drawn)
        colour = self._colour(drawn) if mode in _FILLED else None
        is_drawn = mode not in _UNDRAWN and (colour is None or self._parts[3] > _BARELY)
        return Ink(self._order, colour, is_drawn, window)

    def _is_pale(self) -> bool:
        """Say whether the colour just asked for is not seen on paper or on any surface so far."""
        red, green, blue, alpha = self._parts
        grounds = (PAPER, *self._grounds)
        return alpha <= _BARELY or any(alike((red, green, blue), ground) for ground in grounds)

    def _colour(self, drawn: int) -> Colour | None:
        if not fill_colour(drawn, *self._colours):
            return None
        red, green, blue, _ = self._parts
        return red, green, blue

    def _opaque(self, drawn: int) -> Colour | None:
        """Return the colour of what nothing is seen through, else None."""
        colour = self._colour(drawn)
        if colour is None or not is_opaque(self._parts[3]) or calls.is_transparent(drawn):
            return None
        return colour

    def _window(self, drawn: int, place: Placing) -> Box | None:
        """Return the box of what a piece of text is clipped to."""
        clip = clip_of(drawn)
        windows = [
            _box(corners)
            for path in range(clip_count(clip))
            if (corners := _clip_corners(clip, path, place))
        ]
        if not windows:
            return None
        x0, top, x1, bottom = zip(*windows, strict=True)
        return max(x0), max(top), min(x1), min(bottom)

    def _raw_bounds(self, drawn: int) -> Box:
        calls.bounds(drawn, *self._targets)
        return _FLOATS.unpack(self._edges)

    def _bounds(self, drawn: int, place: Placing) -> Box:
        return place(*self._raw_bounds(drawn))


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _is_round_frame(outline: list[_Corner]) -> bool:
    """Say whether an outline is a box with round corners around a line of text: a field's."""
    _, top, _, bottom = _box(outline)
    return bottom - top <= FIGURE[1] and not all(corner.is_straight for corner in outline[1:])


def _is_level(side: tuple[_Corner, _Corner]) -> bool:
    """Say whether a side of an outline is straight and along one axis."""
    one, other = side
    return other.is_straight and (abs(one.x - other.x) < 0.1 or abs(one.y - other.y) < 0.1)


def _clip_corners(clip: int, path: int, place: Placing) -> list[_Corner]:
    corners: list[_Corner] = []
    x, y = c_float(), c_float()
    for index in range(calls.clip_segment_count(clip, path)):
        calls.segment_point(calls.clip_segment(clip, path, index), byref(x), byref(y))
        at = place(x.value, y.value, x.value, y.value)
        corners.append(_Corner(at[0], at[1], is_straight=True))
    return corners


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


def _draw_mode(path: int) -> tuple[bool, bool]:
    """Return whether a path is filled, and whether it is stroked."""
    filled, stroked = c_int(), c_int()
    calls.draw_mode(path, byref(filled), byref(stroked))
    return bool(filled.value), bool(stroked.value)


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
