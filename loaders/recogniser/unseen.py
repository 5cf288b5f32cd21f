"""Hidden rows, columns, sheets and tables: what is visible is read without them.

A hidden row beside the visible one of the same label, or a hidden sheet beside the report, says
nothing. What is printed nowhere else is known to be there but not whether it is meant: its cells
are `unknown`, with the hidden number as their candidate.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from form.language import _
from form.report import Cell, Note, Report, YearSaid
from loaders.document import Document, Grid
from loaders.recogniser.cells import Origin
from loaders.recogniser.lines import Line
from loaders.recogniser.seen import is_hidden

Part = tuple[Report, Mapping[str, Origin]]
"""A report, and the origins of its rows by `table.row`."""


def hides_some(document: Document) -> bool:
    """Say whether a document has any hidden cell or paragraph."""
    return any(
        any(cell.pieces and is_hidden(cell.pieces) for cell in block.cells)
        if isinstance(block, Grid)
        else is_hidden(block.pieces)
        for block in document.blocks
    )


def visible(lines: Sequence[Line]) -> list[Line]:
    """Return the lines without those that are hidden, and without hidden columns."""
    left = [line for line in lines if not line.is_hidden]
    shown: list[Line] = []
    for _grid, group in groupby(left, key=lambda line: line.grid):
        shown += _without_columns(list(group))
    return shown


def _without_columns(lines: list[Line]) -> Iterable[Line]:
    """Return a grid's lines without the cells of columns of which nothing is seen."""
    hidden = {item.column for line in lines for item in line.fields if item.is_hidden}
    hidden -= {item.column for line in lines for item in line.fields if not item.is_hidden}
    if not hidden:
        return lines
    return [
        replace(line, fields=tuple(item for item in line.fields if item.column not in hidden))
        for line in lines
    ]


def with_revealed(shown: Part, revealed: Sequence[Part]) -> Part:
    """Return a report with the rows that only hidden cells say, as `unknown`.

    `revealed` are the reports of the same file read with all that is hidden; of these it is the
    one that shares most cells with `shown`.
    """
    if not revealed:
        return shown
    report, origins = shown
    whole, others = max(revealed, key=lambda other: _shared(report, other[0]))
    taken: dict[str, Cell] = {}
    for row, addresses in _rows_of(whole).items():
        cells = {name: whole.cells[name] for name in addresses}
        is_hidden_in = any("hidden" in cell.oddities for cell in cells.values())
        if is_hidden_in and _is_untold(report, addresses, origins.get(row), others.get(row)):
            taken |= cells
    if not taken:
        return shown
    notes = [note for note in report.notes if not taken.keys() >= set(note.cells) or not note.cells]
    cells = {**report.cells, **taken}
    order = {name: index for index, name in enumerate(whole.cells)}
    ordered = sorted(cells, key=lambda name: order.get(name, len(order)))
    editions = {key: edition or whole.editions[key] for key, edition in report.editions.items()}
    told = replace(
        report,
        cells={name: cells[name] for name in ordered},
        editions=editions,
        notes=(*notes, _note(taken)),
        unprinted=tuple(row for row in report.unprinted if not _is_of(row, taken)),
    )
    return told, {**others, **origins}


def _is_untold(
    report: Report, addresses: Sequence[str], shown: Origin | None, whole: Origin | None
) -> bool:
    """Say whether a row is not seen, or is seen without some of its cells and so not read."""
    if shown is None or whole is None:
        return shown is None
    places = {item.place for item in shown.line.fields}
    is_same = any(item.place in places for item in whole.line.fields)
    cells = [report.cells[name] for name in addresses if name in report.cells]
    return is_same and any(cell.mark == "unknown" for cell in cells)


def only_hidden(report: Report) -> Report:
    """Return a report of which nothing is seen, with a note that says so.

    Its year is left open, so that it waits until a person has looked whether it is meant.
    """
    message = _("文件里的年报全在隐藏的工作表、行或段落里，数字都读不准。")
    note = Note("hidden_only", message, ())
    if report.year is None:
        return report.with_notes(note)
    said = (YearSaid(report.year, ("title",)),)
    return replace(report, year=None, years=said).with_notes(note)


def _note(taken: Mapping[str, Cell]) -> Note:
    hidden = tuple(name for name, cell in taken.items() if "hidden" in cell.oddities)
    return Note("hidden", _("只在隐藏的行、列或表里有数，读不准。"), hidden)


def _is_of(row: str, cells: Iterable[str]) -> bool:
    return any(name.rpartition(".")[0] == row for name in cells)


def _rows_of(report: Report) -> dict[str, list[str]]:
    rows: dict[str, list[str]] = {}
    for name in report.cells:
        rows.setdefault(name.rpartition(".")[0], []).append(name)
    return rows


def _shared(one: Report, other: Report) -> int:
    return sum(
        other.cells[name].place == cell.place and cell.mark != "unknown"
        for name, cell in one.cells.items()
        if name in other.cells
    )
