"""Live checks of a workbook: the form's tally rules as formulas, made from the rules themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from form.names import cell_name
from form.report import Report
from form.rules import Sum, Term, YearSum, sums, year_sums
from outputs.official.contents import edition_of

Cells = Mapping[str, str]
"""Where each address stands in the sheet of the form: E20."""


@dataclass(frozen=True, slots=True)
class Check:
    """One sum at one place: its sides as formulas, and the cells of the form that it speaks of.

    `red` are those that turn red where it fails: the total that it defines, else all. `before` are
    last year's cells that it needs, by address.
    """

    rule: str
    where: str
    sentence: str
    left: str
    right: str
    red: tuple[str, ...]
    before: tuple[str, ...] = ()
    is_open: bool = False
    """True where a cell of it cannot be told: no formula knows what it comes to."""

    @property
    def fails(self) -> str:
        """The formula that is true where the sides differ."""
        return f"{self.left}<>{self.right}"


def checks_of(report: Report, cells: Cells, sheet: str = "") -> Iterator[Check]:
    """Yield every sum of the form's rules over the tables of a report that are drawn."""
    for key in report.editions:
        edition = edition_of(report, key)
        for one in sums(key, edition):
            if all(address in cells for address in one.addresses):
                unread = any(report.cells[address].mark == "unknown" for address in one.addresses)
                check = _check(one, cells, sheet, cell_name(one.right[0], edition))
                yield replace(check, is_open=unread)


def _check(one: Sum, cells: Cells, sheet: str, name: str) -> Check:
    # SUM takes a blank, a dash and any other text for 0, as the rules do.
    left, right = (_sum(cells, side, sheet) for side in (one.left, one.right))
    red = (one.total,) if one.total is not None else one.addresses
    return Check(one.rule.name, name, one.rule.sentence, left, right, red)


def year_checks_of(report: Report, cells: Cells, last: Cells, sheet: str) -> Iterator[Check]:
    """Yield every sum over this year and the last; `last` says where last year's cells stand."""
    for one in _year_sums(report):
        if all(address in cells for address in one.addresses(0)):
            key = one.rule.table
            own = one.addresses(0)[0]
            left, right = (_terms(cells, last, side, sheet) for side in (one.left, one.right))
            yield Check(
                one.rule.name,
                cell_name(own, edition_of(report, key)),
                one.rule.sentence,
                left,
                right,
                (),
                tuple(one.addresses(-1)),
            )


def last_year(report: Report) -> dict[str, str]:
    """Return last year's cells that the rules over two years need, by address, with their names."""
    return {
        address: cell_name(address, edition_of(report, one.rule.table))
        for one in _year_sums(report)
        for address in one.addresses(-1)
    }


def _year_sums(report: Report) -> tuple[YearSum, ...]:
    editions = {key: edition_of(report, key) for key in report.editions}
    return year_sums(editions, editions)


def _sum(cells: Cells, side: Sequence[str], sheet: str) -> str:
    return f"SUM({','.join(_at(cells[address], sheet) for address in side)})"


def _terms(cells: Cells, last: Cells, side: Iterable[Term], sheet: str) -> str:
    """Return terms added up; those of last year stand in the sheet of the formula itself."""
    parts = [
        f"{'+' if term.weight > 0 else '-'}N({_at(cells[term.address], sheet)})"
        if term.offset == 0
        else f"{'+' if term.weight > 0 else '-'}N({_at(last[term.address], '')})"
        for term in side
    ]
    return "".join(parts).removeprefix("+")


def _at(place: str, sheet: str) -> str:
    """Return an absolute reference: $E$20, '年报'!$E$20."""
    letters = place.rstrip("0123456789")
    absolute = f"${letters}${place[len(letters) :]}"
    return f"'{sheet}'!{absolute}" if sheet else absolute
