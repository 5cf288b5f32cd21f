"""Section 四 on a page without lines: its one row of numbers, below headers that name its columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from form.editions import table
from form.report import Place
from loaders.recogniser.lines import Field, Line, plain
from loaders.recogniser.seen import Seen
from loaders.recogniser.unruled.atoms import Atom, Sheet, even_lines, over_each_other, part
from loaders.recogniser.unruled.columns import columns_below
from loaders.recogniser.unruled.stacks import goes_below, stack

_ROWS: Final = table("disputes", "2021").rows
_HEADS: Final = [plain(column.label) for row in _ROWS for column in row.columns]
_WORDS: Final = re.compile("|".join([*dict.fromkeys(_HEADS), r"\S+"]))
_TITLE: Final = "行政复议"
_OVERLAP: Final = 0.5
_HEIGHT: Final = 12.0
"""Heights of a letter that headers take at most, one sign a line included."""
_STEP: Final = "stand_in_columns"


def row_at_end(sheet: Sheet) -> list[Atom] | None:
    """Return the numbers of section 四 where they are the last line of a page's table, else None."""
    lines = even_lines(sheet.atoms)
    titles = [line for line in lines if _is_title(line)]
    last = _stacked(lines)[-1]
    return last if titles and _is_of_numbers(last) else None


def rest_at_start(sheet: Sheet, row: Sequence[Atom]) -> list[Atom]:
    """Return the digits that a page's table begins with below numbers of the page before, else []."""
    first = even_lines(sheet.atoms)[0]
    is_rest = _is_of_numbers(first) and (len(first) > 1 or goes_below(first, row, torn=True))
    return first if is_rest else []


def _is_of_numbers(line: Sequence[Atom]) -> bool:
    return all(atom.is_number for atom in line)


def heads_at_end(sheet: Sheet) -> list[Atom]:
    """Return the headers of section 四 with which a page ends, above where the next begins."""
    lines = even_lines(sheet.atoms)
    titles = [line[0].y for line in lines if _is_title(line)]
    if not titles:
        return []
    below = [atom for atom in sheet.atoms if atom.y >= titles[-1]]
    if any(atom.is_number for atom in below):
        return []
    bottom = max(atom.bottom for atom in below)
    return [replace(a, top=a.top - bottom, bottom=a.bottom - bottom) for a in below]


def _is_title(line: Sequence[Atom]) -> bool:
    return any(plain(atom.text) == _TITLE for atom in line)


def dispute_lines(
    sheet: Sheet, atoms: Sequence[Atom], rest: Sequence[Atom] = (), above: Sequence[Atom] = ()
) -> Iterator[tuple[float, Line]]:
    """Yield what is left of a page by line with its height, the row of section 四 in its columns.

    `rest` are digits that begin the next page, where the row ends this one; `above` the headers
    that end the page before, above this page's first line.
    """
    over = {id(atom) for atom in over_each_other(atoms)}
    lines = _stacked(even_lines(atoms))
    titles = [line[0].y for line in lines if _is_title(line)]
    titles += [above[0].y] if above else []
    if rest and lines:
        whole = stack([lines[-1], rest], torn=True)
        if whole is not None:
            lines[-1] = whole
        else:
            over |= {id(atom) for atom in lines[-1]}
    for line in lines:
        made = None
        if _is_of_numbers(line) and any(y < line[0].y for y in titles):
            title = max(y for y in titles if y < line[0].y)
            if any(id(atom) in over for atom in line):
                made = _doubted(sheet, line)
            elif len(line) < len(_HEADS):
                made = _in_columns(sheet, line, _heads([*above, *atoms], title, line[0].y))
        yield line[0].y, made or _as_printed(sheet, line)


def _stacked(lines: Sequence[list[Atom]]) -> list[list[Atom]]:
    """Return lines, with the rests of numbers that narrow columns broke joined to the line above."""
    found: list[list[Atom]] = []
    runs: list[list[list[Atom]]] = []
    for line in lines:
        if runs and goes_below(line, runs[-1][-1]):
            runs[-1].append(line)
        else:
            runs.append([line])
    for run in runs:
        whole = stack(run)
        found += [whole] if whole is not None else run
    return found


def _as_printed(sheet: Sheet, line: Sequence[Atom]) -> Line:
    return Line(_numbered([atom.field for atom in line]), sheet.grid)


def _numbered(fields: Sequence[Field]) -> tuple[Field, ...]:
    return tuple(replace(item, column=index, column_span=1) for index, item in enumerate(fields))


def _doubted(sheet: Sheet, line: Sequence[Atom]) -> Line:
    """Return a row in doubt as a whole, since pieces are printed over each other."""
    text = " ".join(atom.text.strip() for atom in line)
    field = Field("", "", 0, 1, line[0].field.place, (), Seen("", text, doubt=()))
    return Line(_numbered([field] * len(_HEADS)), sheet.grid, aligned=True, steps=(_STEP,))


def _heads(atoms: Sequence[Atom], top: float, bottom: float) -> list[Atom]:
    """Return the headers of the 15 columns from left to right, [] unless all are found in order."""
    pieces = [
        piece
        for atom in atoms
        if not atom.is_number and top < atom.y < min(bottom, top + _HEIGHT * atom.height)
        for piece in _words(atom)
    ]
    stacks: list[list[Atom]] = []
    for piece in sorted(pieces, key=lambda piece: piece.y):
        stack = next((s for s in stacks if _goes_on(s, piece)), None)
        if stack is None:
            stacks.append([piece])
        else:
            stack.append(piece)
    named = sorted((s for s in stacks if _text(s) in _HEADS), key=lambda s: s[0].x)
    return [s[0] for s in named] if [_text(s) for s in named] == _HEADS else []


def _goes_on(stack: Sequence[Atom], piece: Atom) -> bool:
    """Say whether a piece stands below others whose words it goes on with."""
    text = _text(stack) + plain(piece.text)
    return stack[-1].overlap(piece) > _OVERLAP and any(head.startswith(text) for head in _HEADS)


def _text(stack: Sequence[Atom]) -> str:
    return "".join(plain(piece.text) for piece in stack)


def _words(atom: Atom) -> Iterator[Atom]:
    texts = _WORDS.findall(atom.text)
    return part(atom, texts) if len(texts) > 1 else iter([atom])


def _in_columns(sheet: Sheet, line: Sequence[Atom], heads: Sequence[Atom]) -> Line | None:
    """Return a row below its headers, None where it stands below none or not clearly."""
    if not heads:
        return None
    columns = columns_below(heads, [line])
    at = columns.of(line) if columns is not None else None
    if at is None:
        return _doubted(sheet, line)
    place = Place(page=sheet.page, box=line[0].field.place.box)
    fields = [Field("", "", 0, 1, place)] * len(heads)
    for index, atom in zip(at, line, strict=True):
        fields[index] = atom.field
    return Line(_numbered(fields), sheet.grid, aligned=True, steps=(_STEP,))
