"""Random valid figures of the form, and what a report prints for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Final

from form.editions import all_columns, table
from form.model import Column, EditionKey
from form.rules import outcome_rows
from form.values import Mark

ZEROS: Final[Mapping[str, Mark]] = {"0": "number", "": "blank", "-": "dash", "\u3000": "blank"}
"""What a report prints where a count is 0, and what that says."""

Figures = dict[str, int | Decimal]
"""The number at each address."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a printed cell says; `value` is None for all marks but numbers."""

    mark: Mark
    value: int | Decimal | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Printed:
    """One printed cell: its text, and what it says."""

    text: str
    said: Said


def random_texts(edition: EditionKey, random: Random) -> dict[str, str]:
    """Return one report's printed texts by address."""
    return {address: cell.text for address, cell in random_cells(edition, random).items()}


def random_cells(edition: EditionKey, random: Random) -> dict[str, Printed]:
    """Return one report's printed cells; every tally rule holds, zeros are printed in one way."""
    zero = random.choice(list(ZEROS))
    return printed_cells(random_figures(edition, random), zero)


def printed_cells(figures: Figures, zero: str) -> dict[str, Printed]:
    """Return what a report prints that writes `zero` (a key of ZEROS) where a count is 0."""
    return {address: _printed(address, figure, zero) for address, figure in figures.items()}


def _printed(address: str, figure: int | Decimal, zero: str) -> Printed:
    column = all_columns()[address]
    if isinstance(figure, Decimal):
        suffix = "" if column.unit else "万元"
        return Printed(f"{figure}{suffix}", Said("number", figure, "万元"))
    if figure or address.startswith("disclosure"):
        return Printed(str(figure), Said("number", figure))
    mark = ZEROS[zero]
    return Printed(zero, Said(mark, 0 if mark == "number" else None))


def random_figures(edition: EditionKey, random: Random) -> Figures:
    """Return the numbers of one report, of many sizes, with which every tally rule holds."""
    disclosure = {
        address: _disclosure_figure(all_columns()[address], random)
        for address in table("disclosure", edition).addresses()
    }
    return disclosure | _applications(edition, random) | _disputes(random)


def _count(random: Random) -> int:
    return random.choice([0, 0, 0, random.randint(0, 30), random.randint(0, 99999)])


def _disclosure_figure(column: Column, random: Random) -> int | Decimal:
    if column.kind == "amount":
        return Decimal(random.randint(0, 10**9)) / 10**4
    return random.randint(-500, 500) if column.kind == "change" else _count(random)


def _applications(edition: EditionKey, random: Random) -> Figures:
    form = table("applications", edition)
    applicants = [column.key for column in form.rows[0].columns[:-1]]
    found: dict[str, int] = {}
    for column in applicants:
        outcomes = {row: random.choice([0, 0, _count(random)]) for row in outcome_rows(edition)}
        total, forward = sum(outcomes.values()), random.randint(0, 9)
        carried = random.randint(0, total + forward)
        lines = outcomes | {
            "total_processed": total,
            "carried_forward": forward,
            "carried_over": carried,
            "new_received": total + forward - carried,
        }
        found |= {f"applications.{row}.{column}": value for row, value in lines.items()}
    for row in form.rows:
        cells = (found[f"applications.{row.key}.{column}"] for column in applicants)
        found[f"applications.{row.key}.total"] = sum(cells)
    return dict(found)


def _disputes(random: Random) -> Figures:
    found: Figures = {}
    for row in table("disputes", "2021").rows:
        *parts, total = [column.key for column in row.columns]
        values = [_count(random) for _ in parts]
        names = [f"disputes.{row.key}.{part}" for part in parts]
        found |= dict(zip(names, values, strict=True))
        found[f"disputes.{row.key}.{total}"] = sum(values)
    return found
