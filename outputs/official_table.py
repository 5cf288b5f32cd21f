"""The official table as data: printed layout, what each cell says, and what is doubtful about it.

The screen, workbooks and letters draw from this one object.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from checks.explanations import Change, Suspects
from checks.findings import Finding
from checks.resubmission import Fate
from form.editions import all_columns, table
from form.figures import DASH_SIGN, UNKNOWN_SIGN, digits, mark_words, quoted
from form.language import _
from form.layout import LayoutCell, LayoutRow, Role, grid_width, layout
from form.model import EditionKey, TableKey, split_address
from form.names import cell_name
from form.report import Cell, Report, Value, layout_edition
from form.rules import Severity
from form.values import Mark, folded
from outputs.likely import NONE, certain, repair_of, told_ways, ways
from outputs.marking import Side, gravest, marked_cells, sentence, side_of
from outputs.wording import CORRECTED_SIGN, SUSPECT_SIGN, candidates_note

LegendKind = Literal[
    "zero",
    "blank",
    "dash",
    "unknown",
    "suspect",
    "doubt",
    "corrected",
    "typed",
    "weighed",
    "beside",
    "same",
]


@dataclass(frozen=True, slots=True)
class TableCell:
    """One printed cell and its place in the grid; `row` and `column` count from 0.

    The fields from `address` on are those of value cells; labels leave them empty. `text` is
    what to show: digits without grouping, "" for a blank, the dash as printed, "?" for unknown.
    `notes` are sentences about the cell (equations that fail, candidates, the raw text where it
    differs). `findings` are the numbers, from 1, of the findings that mark the cell, `severity` is
    that of the gravest. `repair` is what the cell has to say for the chosen finding, in the way
    that is certain or that somebody is looking at.
    `printed` is the text as it was read where a person has corrected the cell. `mark` is None
    where the report holds no such cell. `beside` is what another print says in this cell, where
    that is something else; `lit` that this is what one looks at. `before` is
    what stood here in the version before, where that is shown, and `fate` what the change did.
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
    findings: tuple[int, ...] = ()
    repair: Change | None = None
    printed: str | None = None
    beside: str | None = None
    lit: bool = False
    before: str | None = None
    fate: Fate | None = None

    @property
    def corrected(self) -> bool:
        """Say whether a person has put another value in place of what was read."""
        return self.printed is not None

    @property
    def typed(self) -> bool:
        """Say whether a person has typed the cell in, since there was nothing to read."""
        return self.mark == "typed" and not self.corrected

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
        LegendItem("unknown", UNKNOWN_SIGN, mark_words()["unknown"]),
        LegendItem("suspect", SUSPECT_SIGN, _("可疑")),
    )


def further_signs(table: OfficialTable, *, weighed: bool = False) -> tuple[LegendItem, ...]:
    """Return the signs that only some tables have, of those that this one has.

    `weighed` where the changes in it are a way that nobody has taken yet.
    """
    values = list(table.values)
    corrected = next((cell for cell in values if cell.corrected), None)
    found = []
    if any(cell.severity and not cell.suspect for cell in values):
        found.append(LegendItem("doubt", "", _("有提示")))
    if corrected is not None:
        sign = f"{corrected.text} {CORRECTED_SIGN}".strip()
        meaning = _("已更正（原为 {printed}）").format(
            printed=corrected.printed or mark_words()["blank"]
        )
        found.append(LegendItem("corrected", sign, meaning))
    if any(cell.typed for cell in values):
        found.append(LegendItem("typed", "", mark_words()["typed"]))
    shown = next((cell for cell in values if cell.repair is not None), None)
    if weighed and shown is not None and shown.repair is not None:
        sign = f"{shown.text}→{quoted(shown.repair.after)}"
        found.append(LegendItem("weighed", sign, _("指着的改法，没有采纳")))
    return tuple(found)


def official_table(
    report: Report,
    table_key: TableKey,
    findings: Sequence[Finding] = (),
    chosen: Finding | None = None,
    suspects: Suspects = NONE,
    proposed: Sequence[Change] | None = None,
    beside: Sequence[Finding] = (),
) -> OfficialTable:
    """Return one table of a report in its official layout.

    `findings` are those of the report (others' tables are passed over); the cells that stand for
    them are marked, by `suspects` where these are known. The cells of `chosen` know their side of
    its equation, and those of the findings `beside` it theirs. `proposed` are the changes to show
    in their cells; None for those that are certain.
    """
    edition = layout_edition(report, table_key)
    said = _Said(findings, chosen, suspects, proposed, beside)
    return OfficialTable(
        table_key,
        edition,
        table(table_key, edition).title,
        grid_width(table_key),
        tuple(
            tuple(_cell(report, edition, placed, said) for placed in row)
            for row in _placed(layout(table_key, edition, _printed_optional_rows(report)))
        ),
        report.has_table(table_key),
    )


@dataclass(frozen=True)
class _Said:
    """What is said about the cells of one report."""

    findings: Sequence[Finding]
    chosen: Finding | None
    suspects: Suspects
    proposed: Sequence[Change] | None = None
    beside: Sequence[Finding] = ()

    def side(self, address: str) -> Side | None:
        """Return the side of an equation that a cell is added up on."""
        sides = (side_of(finding, address) for finding in (self.chosen, *self.beside))
        return next(filter(None, sides), None)

    def repair(self, address: str) -> Change | None:
        """Return what a cell has to say, in the way that is shown."""
        if self.proposed is None:
            return repair_of(self.chosen, self.suspects, address)
        return next((item for item in self.proposed if item.address == address), None)

    @cached_property
    def by_cell(self) -> Mapping[str, tuple[int, ...]]:
        """The numbers of the findings that mark each cell."""
        found: dict[str, tuple[int, ...]] = {}
        for number, finding in enumerate(self.findings, start=1):
            for cell in marked_cells(finding, self.suspects):
                found[cell] = (*found.get(cell, ()), number)
        return found

    def notes(self, address: str) -> Iterator[str]:
        """Yield what the findings that mark a cell say about it."""
        for number in self.by_cell.get(address, ()):
            finding = self.findings[number - 1]
            yield sentence(finding)
            yield from self._likely(finding, address)

    def _likely(self, finding: Finding, address: str) -> Iterator[str]:
        """Yield what a cell may have to say: as the likeliest only where nothing else ties."""
        sure = certain(finding, ways(finding, self.suspects), self.suspects)
        for way in told_ways(finding, self.suspects):
            repair = next((item for item in way.changes if item.address == address), None)
            if repair is not None and repair.is_forced:
                text = _("最可能应为 {value}") if way == sure else _("可能应为 {value}")
                yield text.format(value=quoted(repair.after))
                return


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


def _cell(report: Report, edition: EditionKey, placed: _Placed, said: _Said) -> TableCell:
    printed, address = placed.cell, placed.cell.address
    place = (placed.row, placed.column, printed.row_span, printed.column_span, printed.vertical)
    if address is None:
        return TableCell(printed.role, printed.text, *place)
    read = report.cells.get(address)
    numbers = said.by_cell.get(address, ())
    return TableCell(
        "value",
        shown_text(address, read) if read else "",
        *place,
        address=address,
        name=cell_name(address, edition),
        mark=read.mark if read else None,
        value=read.value if read else None,
        severity=gravest([said.findings[number - 1] for number in numbers]),
        side=said.side(address),
        notes=(*said.notes(address), *(_reading_notes(address, read) if read else ())),
        findings=numbers,
        repair=said.repair(address),
        printed=shown_text(address, read.printed) if read and read.printed else None,
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
        return f"{digits(cell.value)} {unit}" if unit else digits(cell.value)
    if cell.mark == "blank":
        return ""
    return cell.raw.strip() or (DASH_SIGN if cell.mark == "dash" else "")


def shown_unit(address: str, cell: Cell) -> str | None:
    """Return the unit to show beside an amount: None where the column's header says the same."""
    return None if cell.unit == all_columns()[address].unit else cell.unit


def _reading_notes(address: str, cell: Cell) -> Iterator[str]:
    if cell.printed is not None:
        yield _("已更正（原为 {printed}）").format(
            printed=shown_text(address, cell.printed) or mark_words()["blank"]
        )
    elif cell.mark == "unknown":
        yield candidates_note(cell)
    elif cell.raw.strip() and folded(cell.raw) != folded(shown_text(address, cell)):
        yield _("原文：{raw}").format(raw=cell.raw.strip())
