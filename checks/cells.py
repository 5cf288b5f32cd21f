"""What single cells and whole tables say about themselves, besides the sums."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Final

from checks.catalogue import AMOUNT_BELOW_ZERO, SEVERITIES
from checks.findings import Finding
from checks.wording import headline
from form.editions import EDITION_KEYS, TABLE_KEYS, all_columns, edition, table
from form.figures import AMOUNT, grouped, printed, quoted, shortened
from form.language import _
from form.model import Column, EditionKey, Row, TableKey, address, split_address
from form.names import cell_name_in, row_name
from form.report import Cell, Report, layout_edition
from form.values import in_wan, parse

PLAUSIBLE_WAN: Final[Mapping[str, Decimal]] = {
    "disclosure.administrative_fees.amount": Decimal(1_000_000),
    "disclosure.government_procurement.amount": Decimal(10_000_000),
}
"""The most 万元 that passes unasked: 100亿元 of fees, 1000亿元 of procurement.

Bounds of our own, not taken from any published figure. They are set so high that a city's report
should not reach them, and low enough to catch most amounts printed in 元 under a header that says
万元, which makes them 10,000 times too large. A province's own total may lie beyond them: hence a
warning, never an error.
"""
NOTE_CODES: Final = ("table_doubled", "section_missing")
"""What the reader notes about a document that a person should be told."""

Check = Callable[[Cell, Column, str], str | None]
"""Returns a sentence about a cell at an address, or None where there is nothing to say."""


def cell_findings(report: Report) -> Iterator[Finding]:
    """Yield what is wrong with single cells; each kind at most once a cell."""
    columns = all_columns()
    checks = _checks()
    for place, cell in report.cells.items():
        if _is_plain(cell):
            continue
        for code, check in checks.items():
            sentence = check(cell, columns[place], place)
            if sentence is not None:
                found = _about_cell(report, code, place, sentence)
                below_zero = code == "negative" and columns[place].kind == "amount"
                yield replace(found, severity=AMOUNT_BELOW_ZERO) if below_zero else found


def _is_plain(cell: Cell) -> bool:
    """Say whether no check has anything to say about a cell, wherever it stands: nearly all."""
    return cell.mark in ("blank", "dash") or (isinstance(cell.value, int) and cell.value >= 0)


def _about_cell(report: Report, code: str, address: str, sentence: str) -> Finding:
    name, row, column = split_address(address)
    place = cell_name_in(report, address)
    return Finding(
        rule=code,
        severity=SEVERITIES[code],
        table=next(key for key in TABLE_KEYS if key == name),
        message=_message(code, place, sentence),
        cells=(address,),
        column=column,
        row=row,
        place=place,
    )


def _checks() -> dict[str, Check]:
    return {
        "not_a_number": _not_a_number,
        "fraction": _fraction,
        "negative": _negative,
        "unknown_unit": _unknown_unit,
        "implausible_amount": _implausible_amount,
    }


def _is_fraction(cell: Cell, column: Column) -> bool:
    return cell.mark == "text" and parse(cell.raw, column).oddity == "fraction"


def _not_a_number(cell: Cell, column: Column, _address: str) -> str | None:
    if cell.mark != "text" or _is_fraction(cell, column):
        return None
    if parse(cell.raw, column).oddity == "too_long":
        return _("此格印有“{text}”，位数太多，不会是一个数").format(text=shortened(cell.raw))
    return _("此格印有“{text}”，应为数字").format(text=shortened(cell.raw))


def _fraction(cell: Cell, column: Column, _address: str) -> str | None:
    if not _is_fraction(cell, column):
        return None
    return _("此格印有“{text}”，应为整数").format(text=shortened(cell.raw))


def _negative(cell: Cell, column: Column, _address: str) -> str | None:
    if column.kind == "change" or cell.value is None or cell.value >= 0:
        return None
    if column.kind == "amount":
        return _("此格为 {n}，金额小于 0；如为退费，请在报告中说明").format(
            n=quoted(cell.value, cell.unit)
        )
    return _("此格为 {n}，件数不能小于 0").format(n=printed(cell))


def _unknown_unit(cell: Cell, column: Column, _address: str) -> str | None:
    if column.kind != "amount" or not cell.value or cell.value < 0 or cell.unit is not None:
        return None
    return _("此格为 {n}，未注明是元还是万元").format(n=printed(cell))


def _implausible_amount(cell: Cell, _column: Column, address: str) -> str | None:
    most = PLAUSIBLE_WAN.get(address)
    amount = in_wan(cell.value, cell.unit) if isinstance(cell.value, Decimal) else None
    if most is None or amount is None or amount <= most:
        return None
    return _("此格为 {n}，超过 {most}，请核对单位").format(
        n=quoted(cell.value, cell.unit), most=AMOUNT.text(int(most) // 10_000, "亿元")
    )


def table_findings(report: Report) -> Iterator[Finding]:
    """Yield what is wrong with whole tables: absent, doubled, of an edition not meant for the year."""
    for key in TABLE_KEYS:
        if not report.has_table(key):
            yield _about_table(report, "table_missing", key, _("报告中没有找到这张表"))
        used = report.editions.get(key)
        if report.year is not None and used is not None and misfit(key, used, report.year):
            yield _about_table(
                report,
                "edition_year",
                key,
                _("所用为 {edition} 年版表样，适用于 {years}，而报告年度为 {year}").format(
                    edition=used, years=_years(used), year=report.year
                ),
            )
    for note in report.notes:
        if note.code in NOTE_CODES:
            cells = tuple(place for place in note.cells if place in all_columns())
            yield Finding(note.code, SEVERITIES[note.code], None, note.message, cells)


def row_findings(report: Report) -> Iterator[Finding]:
    """Yield one finding for each table of which the document does not print all rows.

    Not of those whose cells somebody has typed in since.
    """
    for key in TABLE_KEYS:
        form = table(key, layout_edition(report, key))
        rows = [row for row in form.rows if f"{key}.{row.key}" in report.unprinted]
        cells = {row.key: _unknown_of(report, key, row) for row in rows}
        absent = [row for row in rows if cells[row.key]]
        if absent:
            names = [row_name(key, form.edition, row.key) for row in absent]
            message = _("表中没有印出 {n} 行：{names}").format(
                n=grouped(len(names)), names=_("；").join(names)
            )
            found = _about_table(report, "row_missing", key, message)
            yield replace(found, cells=tuple(place for row in absent for place in cells[row.key]))


def _unknown_of(report: Report, key: TableKey, row: Row) -> list[str]:
    places = (address(key, row.key, column.key) for column in row.columns)
    return [p for p in places if p in report.cells and report.cells[p].mark == "unknown"]


def misfit(key: TableKey, used: EditionKey, year: int) -> bool:
    """Say whether a table's edition was not meant for reports on `year`.

    Where all editions print a table alike (section 四), its edition says nothing.
    """
    return not _printed_alike(key) and not edition(used).meant_for(year)


@cache
def _printed_alike(key: TableKey) -> bool:
    return len({table(key, other).rows for other in EDITION_KEYS}) == 1


def _years(used: EditionKey) -> str:
    first, last = edition(used).first_year, edition(used).last_year
    return (
        _("{first} 年度及以后").format(first=first)
        if last is None
        else _("{first}—{last} 年度").format(first=first, last=last)
    )


def _about_table(report: Report, code: str, key: TableKey, sentence: str) -> Finding:
    title = table(key, layout_edition(report, key)).title
    message = _message(code, title, sentence)
    return Finding(code, SEVERITIES[code], key, message, place=title)


def _message(code: str, place: str, sentence: str) -> str:
    return _("{head}：{body}。").format(head=headline(code, place), body=sentence)
