"""What each line of a text is: a row of a table, one cell of it, a ruled line, or prose.

A layout is taken for a table only where it is unmistakable; all else stays text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final, Literal

from loaders.text.bare import bare_cells
from loaders.text.lines import TextLine, unquoted
from loaders.text.parted import parted_rows
from loaders.text.single import Single, single_cells

Kind = Literal[
    "blank",
    "text",
    "row",
    "parted",
    "cell",
    "value",
    "ruled",
    "fenced_row",
    "loose_row",
    "loose_cell",
    "passed",
]

# The upright box-drawing signs and the full-width bar draw the same line.
_PIPE: Final = "|│┃｜"
_PIPES: Final = re.compile(rf"(?<!\\)[{_PIPE}]")
_ESCAPED: Final = re.compile(rf"\\([{_PIPE}])")
_LINE_BREAK: Final = re.compile(r"<br\s*/?>", re.IGNORECASE)
_BORDER: Final = re.compile(r"[+\-=─━┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛|│┃ ]+")
_BORDER_SIGNS: Final = re.compile(r"[+┬┼┴┳╋┻]|[─━]{3}")


@dataclass(frozen=True, slots=True)
class Shape:
    """What a line is, and its cells: one for a cell, those of the line for a row.

    A `value` is a cell that no further line continues, `passed` a line that says nothing of where
    a row ends, `parted` a row of which blank cells left no trace. `spans` are the fields' widths where the
    table's pipes tell them, else ().
    """

    kind: Kind
    fields: tuple[str, ...] = ()
    spans: tuple[int, ...] = ()
    is_piped: bool = False


def shapes(lines: Sequence[TextLine]) -> list[Shape]:
    """Return what each line is, its neighbours considered."""
    singles = single_cells(lines)
    if singles is not None:
        return _of_singles(lines, singles)
    found = [_shape(line) for line in lines]
    for run in _runs(found, _is_piped):
        _settle(found, run)
        _read_pipes(found, run)
    for index, fields in parted_rows(_prose(lines, found)).items():
        found[index] = Shape("parted", fields)
    for index, kind in bare_cells(_prose(lines, found)).items():
        found[index] = Shape(kind, (lines[index].text,))
    return found


def _prose(lines: Sequence[TextLine], found: Sequence[Shape]) -> list[str | None]:
    """Return the lines that are of no table yet, None for each other."""
    pairs = zip(lines, found, strict=True)
    return [line.text if shape.kind in ("text", "blank") else None for line, shape in pairs]


def _of_singles(lines: Sequence[TextLine], singles: Sequence[Single]) -> list[Shape]:
    """Return what the lines of a text are that has one cell a line or paragraph."""
    said = {index for item in singles for index in range(item.first, item.first + item.count)}
    found = [Shape("text" if index in said else "passed") for index in range(len(lines))]
    for at, kind in bare_cells([item.text for item in singles], parted=False).items():
        item = singles[at]
        found[item.first] = Shape(kind, (item.text,))
        for index in range(item.first + 1, item.first + item.count):
            found[index] = Shape("passed")
    return found


def _shape(line: TextLine) -> Shape:
    """Return what a line is by itself; what pipes mean is settled with its neighbours."""
    text = line.text
    if line.is_blank:
        return Shape("blank")
    if _BORDER.fullmatch(text) and _BORDER_SIGNS.search(text):
        return Shape("ruled")
    if _PIPES.search(text):
        shape = _piped_shape(text.strip(" "))
        if "\t" not in text or shape.kind == "fenced_row":
            return shape
    if text.startswith("\t") and text.count("\t") == 1:
        return Shape("cell", (text[1:],))
    if "\t" in text:
        return Shape("row", tuple(unquoted(text.split("\t"))))
    return Shape("text")


def _piped_shape(text: str) -> Shape:
    fields = tuple(_PIPES.split(text))
    if fields[0]:
        return Shape("loose_row", fields, is_piped=True)
    if len(fields) == 2:
        return Shape("loose_cell", fields[1:], is_piped=True)
    return Shape("fenced_row", fields, is_piped=True)


def _is_piped(shape: Shape) -> bool:
    return shape.is_piped or shape.kind == "ruled"


def _runs(found: Sequence[Shape], is_wanted: Callable[[Shape], bool]) -> Iterator[list[int]]:
    """Yield the indices of neighbouring shapes that are wanted; empty lines part none of them."""
    spoken = [index for index, shape in enumerate(found) if shape.kind != "blank"]
    for wanted, run in groupby(spoken, key=lambda index: is_wanted(found[index])):
        if wanted:
            yield list(run)


def _settle(found: list[Shape], run: Sequence[int]) -> None:
    """Make rows and cells of the shapes that stand together as a table, and text of all others."""
    kinds = Counter(found[index].kind for index in run)
    fenced = kinds["fenced_row"] >= kinds["loose_row"]
    widest = max(len(found[index].fields) for index in run)
    for index in run:
        found[index] = _settled(found[index], fenced, len(run) > 1, widest > 2)


def _settled(shape: Shape, fenced: bool, in_company: bool, is_wide: bool) -> Shape:
    """Return the shape in a table whose rows begin with a pipe (`fenced`) or only have some."""
    if shape.kind == "loose_cell":
        return replace(shape, kind="cell") if in_company else Shape("text")
    if shape.kind == "fenced_row" and fenced:
        inner = shape.fields[1:] if shape.fields[-1] else shape.fields[1:-1]
        is_row = in_company or len(inner) < len(shape.fields) - 1
        return replace(shape, kind="row", fields=inner) if is_row else Shape("text")
    if shape.kind in ("fenced_row", "loose_row"):
        is_row = not fenced and in_company and is_wide
        return replace(shape, kind="row") if is_row else Shape("text")
    return shape


def _read_pipes(found: list[Shape], run: Sequence[int]) -> None:
    """Take the markup out of the fields between pipes, and tell spans from blank cells.

    Where a table prints its blank cells as `| |`, `||` widens the cell before; in a table that
    has no other blank than `||`, that is what it is.
    """
    fields = [field for index in run for field in found[index].fields]
    has_spans = any(field and not field.strip() for field in fields)
    for index in run:
        if found[index].is_piped:
            found[index] = _read_row(found[index], has_spans)


def _read_row(shape: Shape, has_spans: bool) -> Shape:
    texts: list[str] = []
    spans: list[int] = []
    for field in shape.fields:
        if has_spans and texts and not field:
            spans[-1] += 1
        else:
            texts.append(_ESCAPED.sub(r"\1", _LINE_BREAK.sub("\n", field.strip(" "))))
            spans.append(1)
    return replace(shape, fields=tuple(texts), spans=tuple(spans))
