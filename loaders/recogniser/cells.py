"""Printed rows → cells of the form: one table at a time, with notes on every doubt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from form.editions import row_labels, table
from form.language import _
from form.model import Column, EditionKey, Row, Table, TableKey, address, split_address
from form.report import Cell, Note
from form.rules import evaluate, sums
from form.values import Reading, parse
from loaders.recogniser.columns import dispute_header, slots_of
from loaders.recogniser.edition import told_edition
from loaders.recogniser.lines import Field
from loaders.recogniser.placement import Figures, Placement, Slots, choose, placements
from loaders.recogniser.tables import PrintedRow, PrintedTables


@dataclass(frozen=True, slots=True)
class TableCells:
    """One table as read: its edition (None where its headers do not tell), cells and notes."""

    edition: EditionKey | None
    cells: Mapping[str, Cell]
    notes: tuple[Note, ...] = ()


def read_table(
    tables: PrintedTables, key: TableKey, other: EditionKey | None, *, place: bool = True
) -> TableCells:
    """Return the cells of one table that was found.

    `other` is the edition of another table of the report, used for the layout where this table
    does not tell its own. `place=False` turns off the choice between placements by the rules:
    every row with too few or too many numbers is then unknown.
    """
    rows = tables.rows[key]
    told = told_edition(key, rows)
    form = table(key, told or other or "2021")
    if key == "disputes":
        return _disputes(form, tables, place=place)
    printed = {row.key: row for row in rows}
    lines = [row for row in form.rows if row.key in printed]
    slots = [slots_of(key, row, printed[row.key], rows, tables) for row in lines]
    chosen = _choose(form, lines, slots) if place and key == "applications" else slots
    if not place:
        chosen = [slot if slot.is_settled else replace(slot, placements=()) for slot in slots]
    cells, notes = _cells(form, lines, slots, chosen)
    missing = [row for row in form.rows if row.key not in printed and not row.optional]
    foreign = [row for row in rows if row.key not in {known.key for known in form.rows}]
    return TableCells(
        told,
        _in_order(form, {**cells, **_lost(form, missing)}),
        (*notes, *_missing(missing), *_foreign(form, foreign)),
    )


def _choose(form: Table, lines: Sequence[Row], slots: Sequence[Slots]) -> list[Slots]:
    """Let the tally rules choose between the placements of a table's open rows."""
    checked = sums(form.key, form.edition)
    settled: dict[str, Cell] = {}
    for row, slot in zip(lines, slots, strict=True):
        if slot.is_settled:
            settled |= _placed(form, row, slot, slot.placements[0])

    def figures(index: int, placement: Placement) -> Figures:
        values = _placed(form, lines[index], slots[index], placement).values()
        return tuple(int(cell.value) if cell.value is not None else None for cell in values)

    numbers_of = {row.key: index for index, row in enumerate(lines)}

    def broken(chosen: Mapping[int, Figures]) -> list[set[int]]:
        cells = dict(settled)
        for index, numbers in chosen.items():
            row = lines[index]
            for column, number in zip(row.columns, numbers, strict=True):
                cells[address(form.key, row.key, column.key)] = Cell(number, "number")
        failing = (item.sum for item in evaluate(cells, checked) if item.holds is False)
        return [{numbers_of[split_address(name)[1]] for name in s.addresses} for s in failing]

    return choose(slots, figures, broken)


def _cell(field: Field, column: Column) -> tuple[Cell, Reading]:
    reading = parse(field.text, column)
    return Cell(reading.value, reading.mark, field.text, field.place, reading.unit), reading


def _placed(form: Table, row: Row, slot: Slots, placement: Placement) -> dict[str, Cell]:
    cells: dict[str, Cell] = {}
    for column, index in zip(row.columns, placement, strict=True):
        name = address(form.key, row.key, column.key)
        cells[name] = _cell(slot.fields[index], column)[0] if index is not None else _EMPTY
    return cells


_EMPTY = Cell(None, "blank")


def _cells(
    form: Table, lines: Sequence[Row], printed: Sequence[Slots], chosen: Sequence[Slots]
) -> tuple[dict[str, Cell], list[Note]]:
    cells: dict[str, Cell] = {}
    notes: list[Note] = []
    for row, before, slot in zip(lines, printed, chosen, strict=True):
        read = _row_cells(form, row, slot)
        cells |= read
        notes += _row_notes(row, before, read)
    return cells, notes


def _row_cells(form: Table, row: Row, slot: Slots) -> dict[str, Cell]:
    """Return a row's cells: the value all placements agree on, else unknown with candidates.

    Where no placement is known, a cell can be anything, and has no candidates.
    """
    ways = [_placed(form, row, slot, placement) for placement in slot.placements]
    if len(ways) == 1:
        return ways[0]
    raw = " ".join(item.text for item in slot.fields)
    place = slot.fields[0].place if slot.fields else _EMPTY.place
    cells: dict[str, Cell] = {}
    for column in row.columns:
        name = address(form.key, row.key, column.key)
        options = {(way[name].mark, way[name].value): way[name] for way in ways}
        if len(options) == 1:
            cells[name] = next(iter(options.values()))
        else:
            values = {cell.value for cell in options.values()}
            ordered = sorted(values, key=lambda value: (value is None, value or 0))
            cells[name] = Cell(None, "unknown", raw, place, candidates=tuple(ordered))
    return cells


def _row_notes(row: Row, before: Slots, read: Mapping[str, Cell]) -> Iterable[Note]:
    oddities = [
        name
        for name, cell in read.items()
        if cell.mark == "number" and parse(cell.raw, _column(row, name)).oddity == "double_sign"
    ]
    for name in oddities:
        yield Note("double_sign", _("“{raw}”有两个符号。").format(raw=read[name].raw), (name,))
    if before.is_settled:
        return
    printed = sum(not item.is_blank for item in before.fields)
    unknown = tuple(name for name, cell in read.items() if cell.mark == "unknown")
    if unknown:
        message = _("“{row}”一行印有 {printed} 个数，应有 {width} 个；{unknown} 格读不准。").format(
            row=row.label, printed=printed, width=len(row.columns), unknown=len(unknown)
        )
        yield Note("row_width", message, unknown)
    else:
        message = _(
            "“{row}”一行印有 {printed} 个数，应有 {width} 个；按勾稽关系只有一种排法。"
        ).format(row=row.label, printed=printed, width=len(row.columns))
        yield Note("row_placed", message, tuple(read))


def _column(row: Row, name: str) -> Column:
    return next(column for column in row.columns if name.endswith(f".{column.key}"))


def _lost(form: Table, rows: Iterable[Row]) -> dict[str, Cell]:
    """Return unknown cells, without candidates, for rows whose line was not found."""
    return {
        address(form.key, row.key, column.key): Cell(None, "unknown")
        for row in rows
        for column in row.columns
    }


def _missing(rows: Sequence[Row]) -> tuple[Note, ...]:
    return tuple(
        Note("row_missing", _("没有找到“{row}”一行。").format(row=row.label)) for row in rows
    )


def _foreign(form: Table, rows: Iterable[PrintedRow]) -> Iterable[Note]:
    """Say which rows of another edition were printed among this one's, with their numbers."""
    for row in rows:
        printed = " ".join(item.text.strip() for item in row.values if not item.is_blank)
        message = _("表中另有不属于 {edition} 版表样的一行“{row}”，未计入：{printed}").format(
            edition=form.edition,
            row=row_labels()[form.key, row.key],
            printed=printed or _("空"),
        )
        yield Note("row_foreign", message)


def _in_order(form: Table, cells: Mapping[str, Cell]) -> dict[str, Cell]:
    return {name: cells[name] for name in form.addresses(optional=True) if name in cells}


def _disputes(form: Table, tables: PrintedTables, *, place: bool) -> TableCells:
    """Read the one line of 15 numbers as the form's three rows of five."""
    printed = tables.rows["disputes"][0]
    names = list(form.addresses())
    columns = [column for row in form.rows for column in row.columns]
    flat = Row("line", form.title, tuple(Column(name, "") for name in names))
    header = dispute_header(printed, tables.headers["disputes"], len(columns))
    found = placements(printed.values, len(columns), padded=False, header=header)
    slot = Slots(printed.values, found if place or len(found) == 1 else ())
    cells: dict[str, Cell] = {}
    for name, cell in _row_cells(form, flat, slot).items():
        cells[name.removeprefix(f"{form.key}.{flat.key}.")] = cell
    notes = () if slot.is_settled else (_dispute_note(printed, cells),)
    return TableCells(None, cells, notes)


def _dispute_note(printed: PrintedRow, cells: Mapping[str, Cell]) -> Note:
    count = sum(not item.is_blank for item in printed.values)
    unknown = tuple(name for name, cell in cells.items() if cell.mark == "unknown")
    message = _("复议、诉讼一行印有 {printed} 个数，应有 15 个；{unknown} 格读不准。")
    return Note("row_width", message.format(printed=count, unknown=len(unknown)), unknown)
