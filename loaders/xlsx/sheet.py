"""One sheet as it is stored: what its cells say, which are drawn, which are merged."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple, Self

from openpyxl.utils import range_boundaries

from loaders.document import Piece, Pieces

At = tuple[int, int]
"""Row and column, from 1."""
_ROWS, _COLUMNS = 1 << 20, 1 << 14
"""Of a whole sheet."""


class Area(NamedTuple):
    """A rectangle of cells; its last row and column belong to it."""

    top: int
    left: int
    bottom: int
    right: int

    @classmethod
    def named(cls, reference: str) -> Self:
        """Return the area of a reference like A1:C7, or A:C; raises ValueError where it is none."""
        left, top, right, bottom = range_boundaries(reference)
        return cls(top or 1, left or 1, bottom or _ROWS, right or _COLUMNS)

    @property
    def rows(self) -> range:
        return range(self.top, self.bottom + 1)

    @property
    def columns(self) -> range:
        return range(self.left, self.right + 1)

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.rows), len(self.columns)

    @property
    def size(self) -> int:
        height, width = self.shape
        return height * width

    def places(self) -> Iterator[At]:
        return product(self.rows, self.columns)

    def within(self, other: Area) -> Area | None:
        """Return the part of the area that lies in another, None where there is none."""
        part = Area(
            max(self.top, other.top),
            max(self.left, other.left),
            min(self.bottom, other.bottom),
            min(self.right, other.right),
        )
        return part if part.top <= part.bottom and part.left <= part.right else None

    def inner_of(self, places: Mapping[At, object]) -> Iterator[At]:
        """Yield those of the places that the area holds, its first cell left out."""
        # An area may cover a million columns, and a sheet may hold a million cells.
        few: Iterable[At] = self.places() if self.size < len(places) else places
        inside: Container[At] = places if self.size < len(places) else _Inside(self)
        return (at for at in few if at in inside and at != (self.top, self.left))


class _Inside:
    """Which places an area holds, told by its edges."""

    def __init__(self, area: Area) -> None:
        self._rows, self._columns = area.rows, area.columns

    def __contains__(self, at: object) -> bool:
        return isinstance(at, tuple) and at[0] in self._rows and at[1] in self._columns


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet's cells: their texts, the places that have lines around them, the merged areas."""

    title: str
    is_visible: bool
    texts: Mapping[At, str]
    drawn: frozenset[At]
    merged: tuple[Area, ...]
    pieces: Mapping[At, Pieces] = field(default_factory=dict)
    """Of the cells that something is odd about."""
    over: Sequence[tuple[Area, Piece]] = ()
    """What is drawn over the cells of an area: pictures, boxes of text, controls."""
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: Sequence[range] = ()

    def hides(self, area: Area) -> bool:
        """Say whether nothing of an area is seen."""
        if not self.is_visible or all(row in self.hidden_rows for row in area.rows):
            return True
        return bool(self.hidden_columns) and all(
            any(column in columns for columns in self.hidden_columns) for column in area.columns
        )
