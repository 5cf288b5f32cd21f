"""Small jurisdictions with random consistent reports, and a parent that adds them up."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from random import Random, SystemRandom

from form.editions import TABLE_KEYS, all_columns, table
from form.model import EditionKey
from form.report import Cell, Report
from form.rules import outcome_rows
from measures.rollup.adding import roll_up
from measures.rollup.model import Filing, Member, Rollup
from measures.rollup.tracing import compared

PARENT = "甲市人民政府"
APPLICANTS = ("natural_person", "business", "research", "public_welfare", "legal_service", "other")


def drawn() -> int:
    """A seed of a random test: another one each time, or the one that ``SEED`` names."""
    return int(os.environ.get("SEED", SystemRandom().randrange(2**32)))


def count(value: int) -> Cell:
    return Cell(value, "number", str(value))


def report(random: Random, agency: str, edition: EditionKey = "2021", size: int = 9) -> Report:
    """A report of which every sum holds; some cells are blank or a dash instead of 0."""
    figures: dict[str, int | Decimal] = {
        place: Decimal(random.randint(0, 9999)) / 100
        if all_columns()[place].kind == "amount"
        else random.randint(0, size)
        for place in table("disclosure", edition).addresses()
    }
    rows = {
        row: {name: random.randint(0, size) * (random.random() < 0.3) for name in APPLICANTS}
        for row in (*outcome_rows(edition), "carried_over", "carried_forward")
    }
    rows["total_processed"] = {
        name: sum(rows[row][name] for row in outcome_rows(edition)) for name in APPLICANTS
    }
    for name in APPLICANTS:
        rows["carried_over"][name] = min(rows["carried_over"][name], rows["total_processed"][name])
    rows["new_received"] = {
        name: rows["total_processed"][name]
        + rows["carried_forward"][name]
        - rows["carried_over"][name]
        for name in APPLICANTS
    }
    for row, cells in rows.items():
        for name, value in cells.items():
            figures[f"applications.{row}.{name}"] = value
        figures[f"applications.{row}.total"] = sum(cells.values())
    for line in table("disputes", edition).rows:
        parts = [random.randint(0, 3) for _column in line.columns[:-1]]
        for column, value in zip(line.columns, (*parts, sum(parts)), strict=True):
            figures[f"disputes.{line.key}.{column.key}"] = value
    empty = random.choice([Cell(None, "blank"), Cell(None, "dash", "—"), count(0)])
    return Report(
        agency,
        2024,
        dict.fromkeys(TABLE_KEYS, edition),
        {place: _cell(figure, empty) for place, figure in figures.items()},
    )


def _cell(figure: int | Decimal, empty: Cell) -> Cell:
    if isinstance(figure, Decimal):
        return Cell(figure, "number", str(figure), unit="万元")
    return count(figure) if figure else empty


def changed(report: Report, **cells: int | Cell | None) -> Report:
    """A report with other cells, by address with `__` for the dots."""
    new = {
        place.replace("__", "."): value
        if isinstance(value, Cell)
        else Cell(None, "blank")
        if value is None
        else count(value)
        for place, value in cells.items()
    }
    return replace(report, cells={**report.cells, **new})


def moved(report: Report, gaps: Mapping[str, int]) -> Report:
    """A report with so much more or less in some cells."""
    new = {place: count(int(report.cells[place].in_sums or 0) + gap) for place, gap in gaps.items()}
    return replace(report, cells={**report.cells, **new})


def names(number: int) -> list[str]:
    return [f"甲市第{at}局" for at in range(1, number + 1)]


def filed(
    *reports: Report, versions: Mapping[str, Sequence[Report]] | None = None
) -> dict[str, Filing]:
    """Reports as they count; `versions` are the earlier ones of some of them."""
    earlier = versions or {}
    return {
        (name := item.agency or ""): Filing(
            name,
            1 + len(earlier.get(name, ())),
            item,
            dict(enumerate(earlier.get(name, ()), 1)),
        )
        for item in reports
    }


def summed(filings: Mapping[str, Filing], **more: object) -> Rollup:
    """The one sum of organs that are all on one edition, without a parent unless it is given."""
    members = [Member(name) for name in filings if name != PARENT]
    (found,) = roll_up(2024, "all", members, filings, **more)  # type: ignore[arg-type]
    return found


def printed(filings: Mapping[str, Filing], gaps: Mapping[str, int] | None = None) -> Report:
    """What a parent prints that adds these up, but for some gaps."""
    whole = summed({name: item for name, item in filings.items() if name != PARENT})
    cells = {place: item.cell for place, item in whole.cells.items()}
    exact = Report(PARENT, 2024, dict.fromkeys(TABLE_KEYS, whole.edition), cells)
    return moved(exact, gaps or {})


def against(filings: Mapping[str, Filing], parent: Report, **more: object) -> Rollup:
    """The sum held against what the parent printed."""
    every = {**filings, PARENT: Filing(PARENT, 1, parent)}
    return compared(summed(every, parent=PARENT, **more))
