"""What is printed on one page of a table without lines: pieces of text with the room they take."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from statistics import median
from typing import Final

from form.model import TableKey
from loaders.recogniser.labels import body, group_wordings, wordings
from loaders.recogniser.lines import Field, Line, plain

_LABEL_NUMBER: Final = re.compile(r"\s*\d{1,2}\s*[.．、,)）]\s*")
_NUMBERED: Final = re.compile(
    r"[(（〔]\s*[一二三四五六七]\s*[)）〕]|[一二三四]\s*[、.]|\d{1,2}\s*[.．、]"
)
_ENDS_IN_VALUE: Final = re.compile(r"(?<=[^\d\s])[ \u3000]*[0-9０-９.,]*[0-9０-９—–―－−/-]$")
_SEVERAL: Final = re.compile(r"\S[^\S\n]+\S")
_BESIDE: Final = 2.5
"""Heights of a letter: a label's number stands no further before its words."""
_EVEN: Final = 0.35
"""Heights of a letter: middles of one line are no further apart."""
_OVER_EACH_OTHER: Final = 0.3
"""Of the narrower of two pieces: what overlaps by more is printed over each other."""


@dataclass(frozen=True, slots=True)
class Atom:
    """A piece of text and its box in points, turned so that its text is upright."""

    field: Field
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def text(self) -> str:
        return self.field.text

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def x(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def y(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def is_number(self) -> bool:
        """Say whether it can stand in a cell for a number: one, or a dash, or in doubt."""
        return self.field.is_value and not self.field.is_blank

    @property
    def ends_in_value(self) -> bool:
        """Say whether it is words with a number or a dash behind them, too close to be apart."""
        return not self.is_number and _ENDS_IN_VALUE.search(self.text.strip()) is not None

    @property
    def may_be_several(self) -> bool:
        """Say whether it may be the values of several columns, with a narrow blank between."""
        return _SEVERAL.search(self.text.strip()) is not None

    def overlap(self, other: Atom) -> float:
        """Return how much of the narrower of the two lies above or below the other, 0 to 1."""
        shared = min(self.x1, other.x1) - max(self.x0, other.x0)
        return shared / max(min(self.x1 - self.x0, other.x1 - other.x0), 0.1)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The lines of one such table on one page, with their pieces from the top down."""

    page: int
    grid: int
    first: int
    """Where its lines begin in the whole stream."""
    lines: tuple[Line, ...]
    atoms: tuple[Atom, ...]

    @property
    def size(self) -> float:
        """The height of its letters."""
        return median(atom.height for atom in self.atoms)


def sheets(lines: Sequence[Line]) -> Iterator[Sheet]:
    """Yield the tables without lines in a document, a page at a time."""
    start = 0
    while start < len(lines):
        end = start + 1
        if _has_room(lines[start]):
            while end < len(lines) and lines[end].grid == lines[start].grid:
                end += 1
            yield _sheet(lines[start:end], start)
        start = end


def _has_room(line: Line) -> bool:
    """Say whether a line stands in a table without geometry whose pieces all have a box."""
    return (
        line.grid is not None
        and not line.aligned
        and all(item.place.box is not None and item.place.page for item in line.fields)
    )


def _sheet(lines: Sequence[Line], first: int) -> Sheet:
    fields = [item for line in lines for item in line.fields]
    turn = _turn(lines)
    atoms = _parted(_atom(item, turn) for item in fields if item.text.strip() or not item.is_blank)
    place = lines[0].fields[0].place
    ordered = tuple(sorted(_with_their_numbers(list(atoms)), key=lambda a: (a.y, a.x0)))
    return Sheet(place.page or 0, lines[0].grid or 0, first, tuple(lines), ordered)


def _turn(lines: Sequence[Line]) -> int:
    """Return how many quarters the page is turned: fields of a line follow each other to the right."""
    votes = [0, 0, 0, 0]
    for line in lines:
        for one, two in zip(line.fields, line.fields[1:], strict=False):
            a, b = one.place.box, two.place.box
            if a is None or b is None:
                continue
            right, down = (b[0] + b[2]) - (a[0] + a[2]), (b[1] + b[3]) - (a[1] + a[3])
            votes[
                (0 if right > 0 else 2) if abs(right) >= abs(down) else (1 if down > 0 else 3)
            ] += 1
    return votes.index(max(votes))


def _atom(item: Field, turn: int) -> Atom:
    assert item.place.box is not None
    x0, top, x1, bottom = item.place.box
    ways = (
        (x0, top, x1, bottom),
        (top, -x1, bottom, -x0),
        (-x1, -bottom, -x0, -top),
        (-bottom, x0, -top, x1),
    )
    return Atom(item, *ways[turn])


def _parted(atoms: Iterable[Atom]) -> Iterator[Atom]:
    """Yield words apart that stand side by side and are not of one label."""
    for atom in atoms:
        texts = [] if atom.is_number else atom.text.split()
        yield from part(atom, _together(texts)) if len(texts) > 1 else [atom]


def _together(texts: Sequence[str]) -> list[str]:
    """Return the parts of a text between blanks, those of one label together."""
    found = list(texts[:1])
    for text in texts[1:]:
        if _is_within_label(plain(body(found[-1])) + plain(text)) and not _NUMBERED.match(text):
            found[-1] = f"{found[-1]} {text}"
        else:
            found.append(text)
    return found


def _is_within_label(text: str) -> bool:
    return any(text in wording for wording in _wordings())


@cache
def _wordings() -> tuple[str, ...]:
    tables: tuple[TableKey, ...] = ("disclosure", "applications")
    rows = (w for key in tables for known in wordings(key).values() for w in known)
    return (*rows, *group_wordings("applications"))


def part(atom: Atom, texts: Sequence[str]) -> Iterator[Atom]:
    """Yield a piece in several, each with the room that its share of the letters takes."""
    widths = [_width(text) for text in texts]
    gap = 0.5
    unit = (atom.x1 - atom.x0) / max(sum(widths) + gap * (len(texts) - 1), 0.1)
    x = atom.x0
    for text, width in zip(texts, widths, strict=True):
        own = replace(atom.field, text=text, plain=plain(text), seen=None)
        yield Atom(own, x, atom.top, x + width * unit, atom.bottom)
        x += (width + gap) * unit


def _width(text: str) -> float:
    return sum(1.0 if unicodedata.east_asian_width(sign) in "WFA" else 0.5 for sign in text)


def _with_their_numbers(atoms: list[Atom]) -> Iterator[Atom]:
    """Yield pieces, the number of a label joined with its words: it is no figure."""
    taken: set[int] = set()
    joined: list[Atom] = []
    for atom in atoms:
        if _LABEL_NUMBER.fullmatch(atom.text):
            words = next((other for other in atoms if _is_behind(atom, other)), None)
            if words is not None:
                taken |= {id(atom), id(words)}
                joined.append(_joined(atom, words))
    yield from (atom for atom in atoms if id(atom) not in taken)
    yield from joined


def _is_behind(number: Atom, words: Atom) -> bool:
    size = max(number.height, words.height)
    return (
        not words.is_number
        and -0.3 * size <= words.x0 - number.x1 < _BESIDE * size
        and abs(words.y - number.y) < 0.6 * size
    )


def _joined(number: Atom, words: Atom) -> Atom:
    text = f"{number.text.strip()}{words.text}"
    return Atom(
        replace(words.field, text=text, plain=plain(text)),
        number.x0,
        min(number.top, words.top),
        words.x1,
        max(number.bottom, words.bottom),
    )


def even_lines(atoms: Iterable[Atom]) -> list[list[Atom]]:
    """Return pieces by the line that they stand on, from the top down and left to right."""
    found: list[list[Atom]] = []
    for atom in sorted(atoms, key=lambda atom: atom.y):
        if found and atom.y - found[-1][0].y <= _EVEN * max(atom.height, found[-1][0].height):
            found[-1].append(atom)
        else:
            found.append([atom])
    return [sorted(line, key=lambda atom: atom.x0) for line in found]


def over_each_other(atoms: Sequence[Atom]) -> list[Atom]:
    """Return the pieces that are printed over others, as where two tables or rows overlap."""
    ordered = sorted(atoms, key=lambda atom: atom.top)
    found: list[Atom] = []
    for index, atom in enumerate(ordered):
        for other in ordered[index + 1 :]:
            if other.top >= atom.bottom:
                break
            smaller = min(atom.height, other.height)
            if abs(other.y - atom.y) < 0.6 * smaller and atom.overlap(other) > _OVER_EACH_OTHER:
                found += [atom, other]
    return found
