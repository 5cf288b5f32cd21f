"""The official table as data: printed layout, what each cell says, and what is doubtful about it.

The screen, workbooks and letters draw from this one object.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from checks.findings import Finding
from form.editions import all_columns, table
from form.language import _
from form.layout import LayoutCell, LayoutRow, Role, grid_width, layout
from form.model import EditionKey, TableKey, split_address
from form.names import cell_name
from form.report import Cell, Report, Value, layout_edition
from form.rules import Severity
from form.values import Mark, folded
from outputs.marking import Side, gravest, marked_cells, sentence, side_of
from outputs.wording import (
    DASH_SIGN,
    SUSPECT_SIGN,
    UNKNOWN_SIGN,
    candidates_note,
    figure,
)

LegendKind = Literal["zero", "blank", "dash", "unknown", "suspect", "doubt"]


@dataclass(frozen=True, slots=True)
class TableCell:
    """One printed cell and its place in the grid; `row` and `column` count from 0.

    The fields from `address` on are those of value cells; labels leave them empty. `text` is
    what to show: digits without grouping, "" for a blank, the dash as printed, "?" for unknown.
    `notes` are sentences about the cell (equations that fail, candidates, the raw text where it
    differs). `severity` is that of the gravest finding that marks the cell. `mark` is None where
    the report holds no such cell.
    """

    role: Role
    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    vertical: bool = False
    address: str | None = None
    name: str = ""
    mark: Mark | None = None
    value: Value = None
    severity: Severity | None = None
    side: Side | None = None
    notes: tuple[str, ...] = ()

    @property
    def suspect(self) -> bool:
        """Say whether the cell stands for a definite error."""
        return self.severity == "error"

    @property
    def zero(self) -> bool:
        """Say whether a zero is written here."""
        return self.value is not None and self.value == 0


@dataclass(frozen=True, slots=True)
class OfficialTable:
    """One table of one report as printed. `found` is False where the document held no such table."""

    key: TableKey
    edition: EditionKey
    title: str
    width: int
    rows: tuple[tuple[TableCell, ...], ...]
    found: bool

    @property
    def values(self) -> Iterator[TableCell]:
        """Yield the value cells, row by row."""
        return (cell for row in self.rows for cell in row if cell.role == "value")

    @property
    def header_rows(self) -> int:
        """The number of rows at the top that hold headers only; 0 where blocks have their own."""
        if self.key == "disclosure":
            return 0
        return next(i for i, row in enumerate(self.rows) if row[-1].role == "value")


@dataclass(frozen=True, slots=True)
class LegendItem:
    """One sign of the legend and what it means."""

    kind: LegendKind
    sign: str
    meaning: str


def legend() -> tuple[LegendItem, ...]:
    """Return the signs that a reader of an official table has to know."""
    return (
        LegendItem("zero", "0", _("填写为零")),
        LegendItem("blank", "", _("未填（空）")),
        LegendItem("dash", DASH_SIGN, _("填写横线")),
        LegendItem("unknown", UNKNOWN_SIGN, _("读不准")),
        LegendItem("suspect", SUSPECT_SIGN, _("可疑")),
    )


def official_table(
    report: Report,
    table_key: TableKey,
    findings: Sequence[Finding] = (),
    chosen: Finding | None = None,
) -> OfficialTable:
    """Return one table of a report in its official layout.

    `findings` are those of the report (others' tables are passed over); the cells that stand for
    them are marked. The cells of `chosen` know their side of its equation.
    """
    edition = layout_edition(report, table_key)
    by_cell = _findings_by_cell(findings)
    return OfficialTable(
        table_key,
        edition,
        table(table_key, edition).title,
        grid_width(table_key),
        tuple(
            tuple(_cell(report, edition, placed, by_cell, chosen) for placed in row)
            for row in _placed(layout(table_key, edition, _printed_optional_rows(report)))
        ),
        report.has_table(table_key),
    )


def _findings_by_cell(findings: Sequence[Finding]) -> Mapping[str, tuple[Finding, ...]]:
    found: dict[str, tuple[Finding, ...]] = {}
    for finding in findings:
        for cell in marked_cells(finding):
            found[cell] = (*found.get(cell, ()), finding)
    return found


def _printed_optional_rows(report: Report) -> frozenset[str]:
    return frozenset(split_address(address)[1] for address in report.cells)


@dataclass(frozen=True, slots=True)
class _Placed:
    cell: LayoutCell
    row: int
    column: int


def _placed(rows: Sequence[LayoutRow]) -> Iterator[tuple[_Placed, ...]]:
    """Give each cell its grid place, stepping over what spans from the rows above cover."""
    covered: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        line, column = [], 0
        for cell in row:
            while (number, column) in covered:
                column += 1
            line.append(_Placed(cell, number, column))
            covered |= {
                (number + down, column + right)
                for down in range(cell.row_span)
                for right in range(cell.column_span)
            }
        yield tuple(line)


def _cell(
    report: Report,
    edition: EditionKey,
    placed: _Placed,
    findings: Mapping[str, tuple[Finding, ...]],
    chosen: Finding | None,
) -> TableCell:
    printed, address = placed.cell, placed.cell.address
    place = (placed.row, placed.column, printed.row_span, printed.column_span, printed.vertical)
    if address is None:
        return TableCell(printed.role, printed.text, *place)
    read = report.cells.get(address)
    here = findings.get(address, ())
    return TableCell(
        "value",
        shown_text(address, read) if read else "",
        *place,
        address=address,
        name=cell_name(address, edition),
        mark=read.mark if read else None,
        value=read.value if read else None,
        severity=gravest(here),
        side=side_of(chosen, address),
        notes=(*map(sentence, here), *(_reading_notes(address, read) if read else ())),
    )


def shown_text(address: str, cell: Cell) -> str:
    """Return what stands in a cell on screen and on paper.

    A number without grouping, with its unit unless the column's header says the same; a dash and
    any other text as printed; "?" for unknown.
    """
    if cell.mark == "unknown":
        return UNKNOWN_SIGN
    if cell.value is not None:
        unit = shown_unit(address, cell)
        return f"{figure(cell.value)} {unit}" if unit else figure(cell.value)
    if cell.mark == "blank":
        return ""
    return cell.raw.strip() or (DASH_SIGN if cell.mark == "dash" else "")


def shown_unit(address: str, cell: Cell) -> str | None:
    """Return the unit to show beside an amount: None where the column's header says the same."""
    return None if cell.unit == all_columns()[address].unit else cell.unit


def _reading_notes(address: str, cell: Cell) -> Iterator[str]:
    if cell.mark == "unknown":
        yield candidates_note(cell)
    elif cell.raw.strip() and folded(cell.raw) != folded(shown_text(address, cell)):
        yield _("原文：{raw}").format(raw=cell.raw.strip())
