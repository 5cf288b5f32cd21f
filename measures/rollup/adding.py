"""Adding up: one sum for each edition, every cell with its parts, nothing counted twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache

from form.editions import EDITION_KEYS, TABLE_KEYS, all_columns, table
from form.editions import edition as edition_of
from form.model import EditionKey, TableKey
from form.report import Cell, Report, layout_edition
from form.rules import evaluate, sums
from form.values import in_wan
from measures.rollup.model import (
    Filing,
    Left,
    Member,
    Number,
    Part,
    Rollup,
    Scope,
    SumCell,
)


def roll_up(
    year: int,
    scope: Scope,
    members: Sequence[Member],
    filings: Mapping[str, Filing],
    excluded: Mapping[str, str] | None = None,
    parent: str | None = None,
    *,
    rostered: bool = True,
) -> tuple[Rollup, ...]:
    """Return the sums of a year: one for each edition that any of the reports is on.

    `filings` are the reports that count, by organ; `excluded` has the reasons for which people
    left organs out, by organ. The report of `parent` itself is what is compared, and never a part.
    `rostered` says whether a roster tells who is due. Without any report there is one empty sum, of the newest edition, that says who is missing.
    """
    asked = [item for item in members if item.agency != parent and (scope == "all" or item.own)]
    given = excluded or {}
    left = tuple(_left(asked, given))
    gone = {item.agency for item in left}
    counted = [item.agency for item in asked if item.agency not in gone]
    missing = tuple(name for name in counted if name not in filings)
    present = [filings[name] for name in counted if name in filings]
    used = [key for key in EDITION_KEYS if any(tables_on(item.report, key) for item in present)]
    apart = {name: filings[name] for name in gone if name in filings}
    return tuple(
        _on_edition(
            Rollup(
                year, scope, key, parent, (), missing, left, {}, kept_apart=apart, rostered=rostered
            ),
            present,
            None if parent is None else filings.get(parent),
        )
        for key in used or EDITION_KEYS[-1:]
    )


def tables_on(report: Report, edition: EditionKey) -> tuple[TableKey, ...]:
    """Return the tables of a report that are on this edition, those too that it ought to have.

    A table that was not found is looked for where the report's other tables are; of a report in
    which no table tells, on the edition that its year was to use, where its cells are unknown.
    """
    if not any(report.editions.values()) and report.year is not None:
        return TABLE_KEYS if edition_of(edition).meant_for(report.year) else ()
    return tuple(key for key in TABLE_KEYS if layout_edition(report, key) == edition)


def number_in(cell: Cell | None, address: str) -> Number | None:
    """Return what a cell adds to a sum, amounts in 万元; None where nobody can tell.

    Blank and dash count as 0; words instead of a number can stand for any, and so can an amount
    without its unit. An unknown cell is 0 where it can be nothing else.
    """
    if cell is None or cell.mark == "text":
        return None
    if cell.mark == "unknown":
        # One candidate is a guess as well: only what is 0 whichever it is takes part.
        options = {value or 0 for value in cell.candidates}
        return _counted(0, cell.unit, address) if options == {0} else None
    return _counted(cell.value or 0, cell.unit, address)


def _counted(value: Number, unit: str | None, address: str) -> Number | None:
    if all_columns()[address].kind != "amount":
        return value
    return in_wan(Decimal(value), unit) if value else Decimal(0)


def _left(members: Sequence[Member], excluded: Mapping[str, str]) -> Iterator[Left]:
    """Yield who is no part: whom a person left out, and whom another's report holds already."""
    areas = {
        item.agency for item in members if item.covers == "area" and item.agency not in excluded
    }
    for item in members:
        holder = next((name for name in item.within if name in areas), None)
        if item.agency in excluded:
            yield Left(item.agency, "excluded", reason=excluded[item.agency])
        elif holder is not None:
            yield Left(item.agency, "within", holder)


def _on_edition(bare: Rollup, present: Sequence[Filing], printed: Filing | None) -> Rollup:
    edition = bare.edition
    on = {item.agency: tables_on(item.report, edition) for item in present}
    filings = tuple(item for item in present if on[item.agency])
    elsewhere = tuple(_elsewhere(item, on[item.agency], edition) for item in present)
    left = (*bare.left, *(item for item in elsewhere if item is not None))
    apart = {
        **bare.kept_apart,
        **{item.agency: item for item in present if not on[item.agency]},
    }
    cells = {
        address: SumCell(
            address,
            tuple(_parts(filings, on, key, address)),
            all_columns()[address].kind != "change",
        )
        for key in TABLE_KEYS
        for address in _addresses(key, edition, filings)
    }
    figures = {address: cell.cell for address, cell in cells.items()}
    outcomes = tuple(o for key in TABLE_KEYS for o in evaluate(figures, sums(key, edition)))
    return replace(
        bare,
        filings=filings,
        left=left,
        cells=cells,
        outcomes=outcomes if filings else (),
        printed=printed,
        tables=() if printed is None else _printed_tables(printed.report, edition),
        kept_apart=apart,
    )


def _printed_tables(report: Report, edition: EditionKey) -> tuple[TableKey, ...]:
    return tuple(key for key in tables_on(report, edition) if report.has_table(key))


def _elsewhere(filing: Filing, on: tuple[TableKey, ...], edition: EditionKey) -> Left | None:
    """Return that some tables of a report are on the other edition, and not in this sum."""
    off = tuple(key for key in TABLE_KEYS if key not in on)
    if not off:
        return None
    other = next(key for key in EDITION_KEYS if key != edition)
    return Left(filing.agency, "edition", other, off if on else ())


def _addresses(key: TableKey, edition: EditionKey, filings: Iterable[Filing]) -> Iterator[str]:
    """Yield the addresses of a table; of optional rows where any report prints them."""
    form = table(key, edition)
    fixed = set(form.addresses())
    for address in form.addresses(optional=True):
        if address in fixed or any(address in item.report.cells for item in filings):
            yield address


def _parts(
    filings: Iterable[Filing],
    on: Mapping[str, tuple[TableKey, ...]],
    key: TableKey,
    address: str,
) -> Iterator[Part]:
    optional = address not in _regular(key)
    for item in filings:
        if key not in on[item.agency]:
            continue
        cell = item.report.cells.get(address)
        if cell is None and optional and item.report.has_table(key):
            continue  # a line that only some places print
        yield Part(item.agency, item.version, cell, number_in(cell, address))


@cache
def _regular(key: TableKey) -> frozenset[str]:
    """Return the addresses of a table but for those of lines that only some places print."""
    return frozenset(place for edition in EDITION_KEYS for place in table(key, edition).addresses())
