"""Reports with figures like those of real ones, and slips planted in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from random import Random
from typing import Final

from form.editions import TABLE_KEYS, table
from form.model import EditionKey, TableKey, address
from form.report import Cell, Report
from form.rules import outcome_rows

Slip = Callable[[Report, Random], Report]
"""Returns the report with the slip; raises IndexError where it has no place for it."""

# Shares like those of county bureaus: most come from citizens, most are granted or not held.
APPLICANT_SHARES: Final = {
    "natural_person": 75,
    "business": 13,
    "legal_service": 6,
    "other": 4,
    "public_welfare": 1,
    "research": 1,
}
OUTCOME_SHARES: Final = {
    "granted": 40,
    "unable_not_held": 20,
    "partial": 10,
    "denied_admin_query": 5,
    "unprocessed_complaint": 5,
    "unable_unclear": 3,
    "unprocessed_repeat": 3,
}
RARE_SHARE: Final = 1
CARRIED_SHARE: Final = 0.08
DISPUTE_OUTCOMES: Final = ("upheld", "corrected", "other", "pending")
YEARS: Final[Mapping[EditionKey, int]] = {"2019": 2020, "2021": 2023}


def realistic_report(edition: EditionKey, random: Random) -> Report:
    """Return a report in which every sum holds: few applications, many zeros, at times blanks."""
    counts = {
        place: 0
        for key in TABLE_KEYS
        if key != "disclosure"
        for place in table(key, edition).addresses()
    }

    def count(key: TableKey, row: str, column: str) -> None:
        counts[address(key, row, column)] += 1
        counts[address(key, row, "total")] += 1

    results = outcome_rows(edition)
    shares = [OUTCOME_SHARES.get(row, RARE_SHARE) for row in results]
    for _application in range(int(random.lognormvariate(2.3, 1.3))):
        (column,) = random.choices(list(APPLICANT_SHARES), list(APPLICANT_SHARES.values()))
        count(
            "applications",
            "carried_over" if random.random() < CARRIED_SHARE else "new_received",
            column,
        )
        if random.random() < CARRIED_SHARE:
            count("applications", "carried_forward", column)
        else:
            (row,) = random.choices(results, shares)
            count("applications", row, column)
            count("applications", "total_processed", column)
    for dispute in table("disputes", edition).rows:
        for _case in range(int(random.expovariate(0.5))):
            count("disputes", dispute.key, random.choice(DISPUTE_OUTCOMES))
    blanks = random.random() < 0.3
    cells = {
        place: _cell(None if blanks and not figure else figure) for place, figure in counts.items()
    }
    editions: dict[TableKey, EditionKey | None] = {"applications": edition, "disputes": edition}
    return Report("甲市水务局", YEARS[edition], editions, cells)


def _cell(figure: int | None) -> Cell:
    return Cell(None, "blank") if figure is None else Cell(figure, "number", str(figure))


def with_figures(report: Report, figures: Mapping[str, int | None]) -> Report:
    """Return the report with other figures, None for a blank."""
    changed = {place: _cell(figure) for place, figure in figures.items()}
    return replace(report, cells={**report.cells, **changed})


def figure(report: Report, place: str) -> int:
    """Return what a cell counts."""
    return int(report.cells[place].in_sums or 0)


def wrong_cells(number: int) -> Slip:
    """Return the slip of misprinting some cells, mostly such as are not 0."""

    def slip(report: Report, random: Random) -> Report:
        filled = [place for place in report.cells if figure(report, place)]
        chosen: dict[str, int | None] = {}
        while len(chosen) < number:
            pool = filled if filled and random.random() < 0.8 else list(report.cells)
            place = random.choice(pool)
            chosen[place] = _misprint(figure(report, place), random)
        return with_figures(report, chosen)

    return slip


def _misprint(number: int, random: Random) -> int:
    """Return another number, as one misreads or mistypes it."""
    digits = list(str(number))
    at = random.randrange(len(digits))
    digits[at] = random.choice("0123456789")
    near = max(0, number + random.choice((-2, -1, 1, 2)))
    other = random.choice((int("".join(digits)), near, number * 10, number // 10))
    return other if other != number else number + 1


def _row(report: Report, key: TableKey, row: str) -> list[str]:
    return [place for place in report.cells if place.startswith(f"{key}.{row}.")]


def _filled_rows(report: Report) -> list[list[str]]:
    keys = dict.fromkeys(place.rpartition(".")[0] for place in report.cells)
    rows = [[place for place in report.cells if place.startswith(f"{key}.")] for key in keys]
    return [row for row in rows if any(figure(report, place) for place in row)]


def _moved(report: Report, places: list[str], by: int) -> Report:
    """Move figures to the right; raises IndexError where one that is not 0 would be lost."""
    figures = [figure(report, place) for place in places]
    if any(figures[len(figures) - by :]):
        raise IndexError(by)
    moved = [*[None] * by, *figures[: len(figures) - by]]
    return with_figures(report, dict(zip(places, moved, strict=True)))


def shifted_row(report: Report, random: Random) -> Report:
    """Move the figures of a row, all but its total, one or two columns to the right."""
    row = random.choice(_filled_rows(report))
    return _moved(report, row[:-1], random.randint(1, 2))


def shifted_disputes(report: Report, random: Random) -> Report:
    """Move the fifteen figures of section 四 to the right, by one or by a block of five."""
    places = [place for place in report.cells if place.startswith("disputes.")]
    return _moved(report, places, random.choice((1, 5)))


def swapped_cells(report: Report, random: Random) -> Report:
    """Put two different figures of a row, or of a column, in each other's place."""
    pairs = [
        (a, b)
        for row in _filled_rows(report)
        for at, a in enumerate(row)
        for b in row[at + 1 :]
        if figure(report, a) != figure(report, b)
    ]
    a, b = random.choice(pairs)
    return with_figures(report, {a: figure(report, b), b: figure(report, a)})


def swapped_rows(report: Report, random: Random) -> Report:
    """Put two rows of section 三 in each other's place."""
    rows = [row for row in _filled_rows(report) if row[0].startswith("applications.")]
    keys = list(
        dict.fromkeys(place.split(".")[1] for place in report.cells if place.startswith("app"))
    )
    one = random.choice(rows)
    key = random.choice([key for key in keys if not one[0].startswith(f"applications.{key}.")])
    other = _row(report, "applications", key)
    return with_figures(
        report,
        {
            p: figure(report, q)
            for a, b in ((one, other), (other, one))
            for p, q in zip(a, b, strict=True)
        },
    )


def blank_row_of_totals(report: Report, _random: Random) -> Report:
    """Leave 三（七）总计 blank."""
    return with_figures(report, dict.fromkeys(_row(report, "applications", "total_processed")))


def blank_column_of_totals(report: Report, _random: Random) -> Report:
    """Leave the totals at the end of every row of section 三 blank."""
    column = [
        place for place in report.cells if place.startswith("app") and place.endswith(".total")
    ]
    return with_figures(report, dict.fromkeys(column))


def transposed_digits(report: Report, random: Random) -> Report:
    """Turn two digits of a number around; raises IndexError where no number has two that differ."""
    options = []
    for place in report.cells:
        digits = str(figure(report, place))
        for at in range(len(digits) - 1):
            turned = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
            if turned != digits and turned[0] != "0":
                options.append((place, int(turned)))
    place, turned_figure = random.choice(options)
    return with_figures(report, {place: turned_figure})


SLIPS: Final[Mapping[str, Slip]] = {
    "1 cell": wrong_cells(1),
    "2 cells": wrong_cells(2),
    "3 cells": wrong_cells(3),
    "4 cells": wrong_cells(4),
    "digits transposed": transposed_digits,
    "two cells swapped": swapped_cells,
    "two rows swapped": swapped_rows,
    "row shifted": shifted_row,
    "section 四 shifted": shifted_disputes,
    "row of totals blank": blank_row_of_totals,
    "column of totals blank": blank_column_of_totals,
}


def planted(edition: EditionKey, name: str, random: Random) -> tuple[Report, Report]:
    """Return a report as it should be, and with one slip that changes some figure."""
    while True:
        report = realistic_report(edition, random)
        try:
            spoilt = SLIPS[name](report, random)
        except IndexError:
            continue
        if any(figure(spoilt, place) != figure(report, place) for place in report.cells):
            return report, spoilt
