"""Reports made from a few lines of text, for tests.

A line is a row's key and its cells in printed order: a number, "." for a blank, "-" for a dash,
"?" for an unknown cell, "?0|." for one that is 0 or blank, anything else as printed. Rows that
are not named hold `rest` in every cell.
"""

import random
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from form.editions import EDITION_KEYS, TABLE_KEYS, table
from form.model import Column, EditionKey, TableKey, address
from form.report import Cell, Note, Report, Value
from form.rules import outcome_rows
from form.values import parse

Editions = EditionKey | dict[TableKey, EditionKey]


def cell(text: str, column: Column) -> Cell:
    if text.startswith("?"):
        options = text[1:].split("|") if text[1:] else []
        values: tuple[Value, ...] = tuple(None if item == "." else int(item) for item in options)
        return Cell(None, "unknown", "", candidates=values)
    raw = "" if text == "." else text
    reading = parse(raw, column)
    return Cell(reading.value, reading.mark, raw, unit=reading.unit, candidates=reading.candidates)


def made(
    lines: str = "",
    editions: Editions = "2019",
    year: int | None = 2020,
    rest: str = ".",
    tables: Iterable[TableKey] = TABLE_KEYS,
    notes: tuple[Note, ...] = (),
) -> Report:
    """Return a report whose tables hold the lines' cells."""
    texts = {line.split()[0]: line.split()[1:] for line in lines.strip().splitlines()}
    keys = {key: editions if isinstance(editions, str) else editions[key] for key in tables}
    cells = {}
    for key, edition in keys.items():
        for row in table(key, edition).rows:
            if row.optional and row.key not in texts:
                continue
            printed = texts.pop(row.key, [rest] * len(row.columns))
            for column, text in zip(row.columns, printed, strict=True):
                cells[address(key, row.key, column.key)] = cell(text, column)
    assert not texts, f"no such rows: {list(texts)}"
    return Report("甲市水务局", year, dict(keys), cells, notes=notes)


def changed(report: Report, **texts: str) -> Report:
    """Return the report with other texts in some cells, their dots written as double underscores."""
    cells = dict(report.cells)
    for name, text in texts.items():
        place = name.replace("__", ".")
        table_key, row, column = place.split(".")
        columns = table(table_key, report.editions[table_key]).row(row).columns
        cells[place] = cell(text, next(item for item in columns if item.key == column))
    return replace(report, cells=cells)


def faultless(rng: random.Random, editions: dict[TableKey, EditionKey], year: int) -> Report:
    """Return a report with random numbers in which every sum holds."""
    edition = editions["applications"]
    results = outcome_rows(edition)
    people: dict[str, list[int]] = {
        row: [rng.choice((0, 0, 0, 1, 2, 17)) for _ in range(6)]
        for row in ("new_received", *results, "carried_over")
    }
    people["total_processed"] = [sum(people[row][i] for row in results) for i in range(6)]
    people["carried_forward"] = [0] * 6
    for i in range(6):
        surplus = sum(people[row][i] for row in ("new_received", "carried_over"))
        gap = surplus - people["total_processed"][i]
        people["carried_forward" if gap >= 0 else "new_received"][i] += abs(gap)
    disputes = {
        row.key: [rng.randrange(4) for _ in range(4)] for row in table("disputes", edition).rows
    }
    lines = {row: [*counts, sum(counts)] for row, counts in (people | disputes).items()}
    text = "\n".join(f"{row} {' '.join(map(str, counts))}" for row, counts in lines.items())
    amounts = (
        "administrative_fees 12.5"
        if editions["disclosure"] == "2021"
        else "government_procurement 3 8477万元"
    )
    return made(f"{text}\n{amounts}", editions, year, rest="0")


def any_editions(rng: random.Random) -> dict[TableKey, EditionKey]:
    return {key: rng.choice(EDITION_KEYS) for key in TABLE_KEYS}


def spoilt(rng: random.Random, report: Report) -> Report:
    """Return the report with one thing done to it, which may or may not be an error."""
    place = rng.choice(list(report.cells))
    return rng.choice((_other_cell, _no_table, _a_note, _other_amount, _no_edition))(
        rng, report, place
    )


def _other_cell(rng: random.Random, report: Report, place: str) -> Report:
    others = (
        Cell(None, "blank"),
        Cell(None, "dash", "—"),
        Cell(None, "text", rng.choice(("约5件", "1.5", "1 3"))),
        Cell(None, "unknown", candidates=rng.choice(((), (0, None), (1, 2)))),
        Cell(rng.randrange(-3, 9), "number", "9"),
    )
    return replace(report, cells={**report.cells, place: rng.choice(others)})


def _no_table(_rng: random.Random, report: Report, place: str) -> Report:
    key = place.split(".")[0]
    return replace(
        report,
        cells={name: item for name, item in report.cells.items() if not name.startswith(key)},
    )


def _a_note(rng: random.Random, report: Report, place: str) -> Report:
    return report.with_notes(Note(rng.choice(("table_doubled", "double_sign")), "见原文", (place,)))


def _other_amount(rng: random.Random, report: Report, _place: str) -> Report:
    fee = "disclosure.administrative_fees.amount"
    if fee not in report.cells:
        return report
    amount = Cell(
        Decimal(rng.choice(("0", "7", "2000000"))), "number", unit=rng.choice(("万元", None))
    )
    return replace(report, cells={**report.cells, fee: amount})


def _no_edition(rng: random.Random, report: Report, place: str) -> Report:
    editions = {**report.editions, place.split(".")[0]: None}
    return replace(report, editions=editions, year=rng.choice((None, 2020, 2023)))
