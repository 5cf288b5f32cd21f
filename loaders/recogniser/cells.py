"""Printed rows → cells of the form: one table at a time, with notes on every doubt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from form.editions import EDITION_KEYS, row_labels, table
from form.language import _
from form.model import Column, EditionKey, Row, Table, TableKey, address
from form.report import Cell, Note, Oddity, Place, Value
from form.rules import evaluate, sums
from form.values import UNITS, Reading, parse
from loaders.recogniser.columns import dispute_slots, slots_of
from loaders.recogniser.edition import edition_by_rows, told_edition
from loaders.recogniser.labels import match_column
from loaders.recogniser.lines import Field, Line
from loaders.recogniser.lost import lost_rows
from loaders.recogniser.odd_notes import odd_notes
from loaders.recogniser.placement import Figures, Placement, Slots, Way, choose
from loaders.recogniser.tables import PrintedRow, PrintedTables
from loaders.recogniser.torn import mend

_NOTHING: Final[Mapping[str, Cell]] = {}


@dataclass(frozen=True, slots=True)
class Origin:
    """How a printed line became a row of the form.

    `line` is the line after its repairs, whose names stand in `line.steps`; `way` says how its
    fields found their columns.
    """

    line: Line
    way: Way


@dataclass(frozen=True, slots=True)
class TableCells:
    """One table as read: its edition (None where its headers do not tell), cells and notes.

    `origins` are by `table.row`, and so are the rows of its edition that it does not print,
    `unprinted`.
    """

    edition: EditionKey | None
    cells: Mapping[str, Cell]
    notes: tuple[Note, ...] = ()
    origins: Mapping[str, Origin] = field(default_factory=dict)
    unprinted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """The cells of the form that one printed line fills, in its order."""

    label: str
    addresses: tuple[str, ...]
    columns: tuple[Column, ...]


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
    if told is not None or key != "disclosure":
        return _read(tables, key, told, other, place)
    by_rows = edition_by_rows(tables)
    if by_rows is not None:
        read = _read(tables, key, by_rows, None, place)
        message = _("第二部分没有能认出的表头，按表内各行和第三部分认作 {edition} 版表样，请核对。")
        note = Note("edition_weak", message.format(edition=by_rows))
        return replace(read, notes=(note, *read.notes))
    return _read(tables, key, None, other, place, _agreed(tables, place))


def _agreed(tables: PrintedTables, place: bool) -> dict[str, Cell]:
    """Return the cells of section 二 that say the same whichever edition it follows."""
    one, *others = (_read(tables, "disclosure", item, None, place).cells for item in EDITION_KEYS)
    return {
        name: cell
        for name, cell in one.items()
        if cell.mark != "unknown" and all(_says(more.get(name), cell) for more in others)
    }


def _says(cell: Cell | None, other: Cell) -> bool:
    return cell is not None and (cell.mark, cell.value) == (other.mark, other.value)


def _read(
    tables: PrintedTables,
    key: TableKey,
    told: EditionKey | None,
    other: EditionKey | None,
    place: bool,
    agreed: Mapping[str, Cell] = _NOTHING,
) -> TableCells:
    """Return the cells of one table in the edition that it tells.

    Where section 二 tells none, its columns mean different things in the two: then nothing is
    known but what they agree on.
    """
    rows = tables.rows[key]
    form = table(key, told or other or "2021")
    printed = {row.key: row for row in rows}
    found = [row for row in form.rows if row.key in printed]
    if key == "disputes":
        lines, targets = rows[:1], [_whole(form)] if rows else []
        slots = [dispute_slots(row, tables, len(targets[0].columns)) for row in lines]
        missing, foreign = [] if rows else list(form.rows), []
    else:
        lines = [printed[row.key] for row in found]
        targets = [_target(form, row, printed[row.key].header) for row in found]
        slots = [slots_of(key, row, printed[row.key], rows, tables) for row in found]
        missing = [row for row in form.rows if row.key not in printed and not row.optional]
        foreign = [row for row in rows if row.key not in {known.key for known in form.rows}]
    if key == "disclosure" and told is None:
        slots = [replace(slot, placements=()) for slot in slots]
    sure = [
        _given_up(slot) if any(item.is_lost for item in slot.fields) else slot for slot in slots
    ]
    chosen = _choose(form, targets, sure) if place else [_given_up(slot) for slot in slots]
    read, notes = _cells(targets, slots, chosen, agreed)
    cells, torn = mend(form, read)
    lost = lost_rows(form, missing, tables)
    is_told = told is not None or key != "disclosure"
    return TableCells(
        told,
        _in_order(form, {**cells, **lost.cells}),
        (*notes, *torn, *lost.notes, *_foreign(form, foreign)),
        dict(_origins(targets, [row.line for row in lines], chosen)),
        lost.unprinted if is_told else (),
    )


def _origins(
    targets: Sequence[Target], lines: Sequence[Line], chosen: Sequence[Slots]
) -> Iterable[tuple[str, Origin]]:
    for target, line, slot in zip(targets, lines, chosen, strict=True):
        for name in target.addresses:
            yield name.rpartition(".")[0], Origin(line, slot.way)


def _target(form: Table, row: Row, header: Line | None) -> Target:
    names = tuple(address(form.key, row.key, column.key) for column in row.columns)
    return Target(row.label, names, tuple(_as_headed(form.key, c, header) for c in row.columns))


def _as_headed(key: TableKey, column: Column, header: Line | None) -> Column:
    """Return a column of amounts with the unit that its printed header states, if it states one."""
    if column.kind != "amount" or header is None:
        return column
    named = (item.plain for item in header.fields if column.key in match_column(key, item.text))
    units = {unit for text in named if (unit := next(filter(text.endswith, UNITS), None))}
    return replace(column, unit=units.pop()) if len(units) == 1 else column


def _whole(form: Table) -> Target:
    """Return section 四 as the one line that it is printed in."""
    columns = tuple(column for row in form.rows for column in row.columns)
    return Target(form.title, tuple(form.addresses()), columns)


def _given_up(slot: Slots) -> Slots:
    return slot if slot.is_settled else replace(slot, placements=())


def _choose(form: Table, targets: Sequence[Target], slots: Sequence[Slots]) -> list[Slots]:
    """Let the tally rules choose between the placements of a table's open rows."""
    checked = sums(form.key, form.edition)
    if not checked:
        return [replace(slot, placements=()) if slot.lacks_some else slot for slot in slots]
    if all(len(slot.placements) < 2 for slot in slots):
        return [*slots]
    settled: dict[str, Cell] = {}
    for target, slot in zip(targets, slots, strict=True):
        if slot.is_settled:
            settled |= _placed(target, slot, slot.placements[0])
    line_of = {name: index for index, target in enumerate(targets) for name in target.addresses}

    def figures(index: int, placement: Placement) -> Figures:
        values = _placed(targets[index], slots[index], placement).values()
        return tuple(int(cell.value) if cell.value is not None else None for cell in values)

    def broken(chosen: Mapping[int, Figures]) -> list[set[int]]:
        cells = dict(settled)
        for index, numbers in chosen.items():
            for name, number in zip(targets[index].addresses, numbers, strict=True):
                cells[name] = Cell(number, "number")
        failing = (item.sum for item in evaluate(cells, checked) if item.holds is False)
        return [{line_of[name] for name in failed.addresses} for failed in failing]

    return choose(slots, figures, broken)


# Where a cell was lost on the way, its column said nothing or 0: no sum tells which.
_LOST = Cell(None, "unknown", candidates=(0, None))
# Where a total was lost with one of its parts, both may have said any number.
_LOST_WITH_ITS_TOTAL = Cell(None, "unknown")
_BOTH_LOST = (_LOST, _LOST_WITH_ITS_TOTAL)
_TOTAL = "total"


def _placed(target: Target, slot: Slots, placement: Placement) -> dict[str, Cell]:
    cells: dict[str, Cell] = {}
    lost = Counter[str]()
    for name, column, index in zip(target.addresses, target.columns, placement, strict=True):
        cells[name] = _cell(slot.fields[index], column) if index is not None else _LOST
        lost[name.rpartition(".")[0]] += index is None
    for name, cell in cells.items():
        row = name.rpartition(".")[0]
        if cell is _LOST and lost[row] > 1 and cells.get(f"{row}.{_TOTAL}") in _BOTH_LOST:
            cells[name] = _LOST_WITH_ITS_TOTAL
    return cells


def _cell(printed: Field, column: Column) -> Cell:
    if printed.doubt is not None and printed.is_lost:
        return Cell(
            None,
            "unknown",
            printed.raw,
            printed.place,
            candidates=_said(printed.doubt, column),
            oddities=printed.oddities,
        )
    reading = parse(printed.text, column)
    if reading.mark == "blank" and "damaged" in printed.oddities:
        return Cell(None, "unknown", printed.raw, printed.place, oddities=printed.oddities)
    return Cell(
        reading.value,
        reading.mark,
        printed.raw,
        printed.place,
        reading.unit,
        reading.candidates,
        oddities=_with_gap(printed, reading),
    )


def _with_gap(printed: Field, reading: Reading) -> tuple[Oddity, ...]:
    if reading.oddity != "gap" or "gap" in printed.oddities:
        return printed.oddities
    return (*printed.oddities, "gap")


def _said(texts: Sequence[str], column: Column) -> tuple[Value, ...]:
    """Return the values of the texts that a cell may say, () where one can be anything."""
    values: dict[Value, None] = {}
    for text in texts:
        reading = parse(text, column)
        if reading.mark == "text" or (reading.mark == "unknown" and not reading.candidates):
            return ()
        values |= dict.fromkeys(reading.candidates or (reading.value,))
    return tuple(values)


def _cells(
    targets: Sequence[Target],
    printed: Sequence[Slots],
    chosen: Sequence[Slots],
    agreed: Mapping[str, Cell],
) -> tuple[dict[str, Cell], list[Note]]:
    cells: dict[str, Cell] = {}
    notes: list[Note] = []
    for target, before, slot in zip(targets, printed, chosen, strict=True):
        read = _row_cells(target, slot)
        read |= {name: agreed[name] for name in read if name in agreed}
        cells |= read
        notes += _row_notes(target, before, read)
    return cells, [*notes, *odd_notes(cells, _at_place(printed))]


def _at_place(rows: Iterable[Slots]) -> dict[Place, Field]:
    """Return the fields that something is odd about, by where they stand."""
    return {item.place: item for row in rows for item in row.fields if item.seen is not None}


def _row_cells(target: Target, slot: Slots) -> dict[str, Cell]:
    """Return a row's cells: the value all placements agree on, else unknown with candidates.

    Where no placement is known, a cell can be anything, and has no candidates.
    """
    ways = [_placed(target, slot, placement) for placement in slot.placements]
    if slot.is_settled and not slot.lacks_some:
        return ways[0]
    raw = " ".join(item.raw for item in slot.fields)
    place = slot.fields[0].place if slot.fields else Place()
    oddities = tuple(dict.fromkeys(code for item in slot.fields for code in item.oddities))
    cells: dict[str, Cell] = {}
    for name in target.addresses:
        options = {(c.mark, c.value, c.candidates): c for c in (way[name] for way in ways)}
        agreed = next(iter(options.values())) if len(options) == 1 else None
        if agreed is not None and agreed.mark != "unknown":
            cells[name] = agreed
        else:
            candidates = agreed.candidates if agreed else _candidates(options.values())
            cells[name] = Cell(
                None, "unknown", raw, place, candidates=candidates, oddities=oddities
            )
    return cells


def _candidates(options: Collection[Cell]) -> tuple[Value, ...]:
    """Return the values that a cell can have, () where it is text in one of its ways: then any.

    So it is where it was lost together with its total.
    """
    if any(cell.mark == "text" or cell == _LOST_WITH_ITS_TOTAL for cell in options):
        return ()
    values = {cell.value for cell in options}
    return tuple(sorted(values, key=lambda value: (value is None, value or 0)))


def _row_notes(target: Target, before: Slots, read: Mapping[str, Cell]) -> Iterable[Note]:
    for (name, cell), column in zip(read.items(), target.columns, strict=True):
        if cell.mark == "number" and parse(cell.raw, column).oddity == "double_sign":
            yield Note("double_sign", _("“{raw}”有两个符号。").format(raw=cell.raw), (name,))
        elif cell.mark == "unknown" and parse(cell.raw, column).oddity == "lost":
            yield Note("damaged", _("“{raw}”里有残缺的字，读不准。").format(raw=cell.raw), (name,))
    if before.is_settled or not read:
        return
    unknown = tuple(name for name, cell in read.items() if cell.mark == "unknown")
    facts = {
        "row": target.label,
        "printed": sum(not item.is_blank for item in before.fields),
        "fields": len(before.fields),
        "width": len(target.columns),
        "unknown": len(unknown),
    }
    if unknown:
        message = _(
            "“{row}”一行有 {fields} 格、{printed} 个数，应有 {width} 格；{unknown} 格读不准。"
        )
        yield Note("row_width", message.format(**facts), unknown)
    else:
        message = _(
            "“{row}”一行有 {fields} 格、{printed} 个数，应有 {width} 格；按勾稽关系只有一种排法。"
        )
        yield Note("row_placed", message.format(**facts), tuple(read))


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
