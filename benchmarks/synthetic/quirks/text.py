"""Quirks of tables saved as plain text: cells lost, doubled or run together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import groupby
from random import Random
from typing import Final

from benchmarks.synthetic.draft import Draft
from benchmarks.synthetic.edits import (
    address_row,
    may_be_unknown,
    row_addresses,
    styled,
    with_cells,
    with_rows,
    with_values,
)
from benchmarks.synthetic.quirk import CELL_TEXT, ROW_TEXT, TEXT, Quirk
from benchmarks.synthetic.tables import Printed, Said
from form.editions import TABLE_KEYS, table
from form.layout import LayoutCell, LayoutRow
from form.model import TableKey

_ROWS_WITH_NUMBERS: Final = [
    row.label for row in table("applications", "2021").rows if row.key != "other_other"
]
RowChange = Callable[[list[LayoutCell], Random], list[LayoutCell]]


def _in_some_rows(key: TableKey, count: int, change: RowChange) -> Callable[[Draft, Random], Draft]:
    """Return a change of the values of `count` random rows, which may then be unknown."""

    def apply(draft: Draft, random: Random) -> Draft:
        keys = [address_row(row) for row in draft.table(key).rows]
        picked = random.sample([row for row in keys if row], count)

        def rows(printed: list[LayoutRow]) -> list[LayoutRow]:
            return [
                _changed(row, change, random) if address_row(row) in picked else row
                for row in printed
            ]

        names = [name for row in picked for name in row_addresses(draft, key, row)]
        if key == "disputes":
            names = [name for name in draft.truth.cells if name.startswith("disputes")]
        return may_be_unknown(with_rows(draft, key, rows), *names)

    return apply


def _changed(row: LayoutRow, change: RowChange, random: Random) -> LayoutRow:
    labels = [cell for cell in row if not cell.address]
    return (*labels, *change([cell for cell in row if cell.address], random))


def _lose_one(values: list[LayoutCell], random: Random) -> list[LayoutCell]:
    at = random.randrange(len(values))
    return values[:at] + values[at + 1 :]


def _double_one(values: list[LayoutCell], random: Random) -> list[LayoutCell]:
    at = random.randrange(len(values))
    return values[: at + 1] + values[at:]


def _drop_repeated(values: list[LayoutCell], _random: Random) -> list[LayoutCell]:
    return [next(iter(group)) for _text, group in groupby(values, key=lambda cell: cell.text)]


def _repeated_dropped(draft: Draft, random: Random) -> Draft:
    """What stands twice beside itself is printed once, as by programs that drop merged cells so."""

    def change(rows: list[LayoutRow]) -> list[LayoutRow]:
        return [_changed(row, _drop_repeated, random) for row in rows]

    for key in TABLE_KEYS:
        draft = with_rows(draft, key, change)
    return may_be_unknown(draft, *draft.truth.cells)


def _repeated_dropped_in_some_rows(draft: Draft, random: Random) -> Draft:
    """The same in a few rows, which puts the others in doubt too."""
    dropped = _in_some_rows("applications", 5, _drop_repeated)(draft, random)
    return may_be_unknown(dropped, *(n for n in draft.truth.cells if n.startswith("applications")))


def _glued(draft: Draft, random: Random) -> Draft:
    """A label and its numbers without anything between them: 规章000."""
    keys = [address_row(row) for row in draft.table("disclosure").rows]
    picked = random.choice([key for key in keys if key])
    row = next(row for row in draft.table("disclosure").rows if address_row(row) == picked)
    texts = [cell.text for cell in row]

    def edit(text: str) -> str:
        for apart in ("\t".join(texts), "\n".join(f"\t{cell}" for cell in texts)):
            text = text.replace(apart, "".join(texts))
        return text

    glued = styled(draft, text=(*draft.style.text, edit))
    return may_be_unknown(glued, *row_addresses(draft, "disclosure", picked))


def _newline_behind_labels(draft: Draft, random: Random) -> Draft:
    """Some labels end with a newline, which parts them from their numbers."""
    picked = random.sample(_ROWS_WITH_NUMBERS, 3)

    def change(cell: LayoutCell) -> LayoutCell:
        own = cell.role == "label" and not cell.vertical and cell.text in picked
        return replace(cell, text=f"{cell.text}\n") if own else cell

    return with_cells(draft, change)


def _newlines_for_blanks(draft: Draft, _random: Random) -> Draft:
    """Blank cells that are a newline: in text they end their row, and what follows is anyone's guess."""
    blank = Printed("\n", Said("blank"))
    names = [name for name, said in draft.truth.cells.items() if not said.value]
    return may_be_unknown(with_values(draft, dict.fromkeys(names, blank)), *draft.truth.cells)


def _blank_at_the_end(draft: Draft, _random: Random) -> Draft:
    """Every line of a table ends with a tab."""

    def edit(text: str) -> str:
        return "\n".join(f"{line}\t" if "\t" in line else line for line in text.split("\n"))

    return styled(draft, text=(*draft.style.text, edit))


def _windows_lines(draft: Draft, _random: Random) -> Draft:
    return styled(draft, text=(*draft.style.text, lambda text: text.replace("\n", "\r\n")))


QUIRKS: Final = (
    Quirk("a cell lost in section 三", _in_some_rows("applications", 2, _lose_one), TEXT),
    Quirk("a cell lost in section 二", _in_some_rows("disclosure", 1, _lose_one), TEXT),
    Quirk("a cell lost in section 四", _in_some_rows("disputes", 1, _lose_one), TEXT),
    Quirk("a cell doubled in section 三", _in_some_rows("applications", 2, _double_one), TEXT),
    Quirk("a cell doubled in section 二", _in_some_rows("disclosure", 1, _double_one), TEXT),
    Quirk("a cell doubled in section 四", _in_some_rows("disputes", 1, _double_one), TEXT),
    Quirk("repeated values dropped", _repeated_dropped, TEXT),
    Quirk("repeated values dropped here and there", _repeated_dropped_in_some_rows, TEXT),
    Quirk("label and numbers glued", _glued, TEXT),
    Quirk("a newline behind labels", _newline_behind_labels, CELL_TEXT),
    Quirk("a lone newline in text", _newlines_for_blanks, CELL_TEXT),
    Quirk("a tab behind every row", _blank_at_the_end, ROW_TEXT),
    Quirk("lines of Windows", _windows_lines, TEXT),
)
