"""Totals that were left blank: which they are, and the number that each must be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from form.countable import countable
from form.editions import TABLE_KEYS
from form.report import Cell, Report, layout_edition
from form.rules import Sum, evaluate, sums


@dataclass(frozen=True, slots=True)
class MissingTotal:
    """A total printed blank or as a dash, the number it must be, and the sum that says so."""

    address: str
    required: int
    because: Sum


def missing_totals(cells: Mapping[str, Cell], checked: Sequence[Sum]) -> dict[str, MissingTotal]:
    """Return the totals left out although their parts or their balance require more than 0.

    First every total takes the sum of its parts, totals of totals last. Then the balance may
    require a number of 三（七）总计, and overrule the parts' where it mends more sums. It cannot
    require one of a carried or a received total: that it fails does not say which of them is wrong.
    """
    found: dict[str, MissingTotal] = {}
    for order, with_balance in ((_parts_first(checked), False), (_totals(checked), True)):
        for place in order:
            if _left_out(cells, place):
                written = written_in(cells, [found[other] for other in found if other != place])
                found.pop(place, None)
                choice = _choice(place, _touching(written, checked, place), written, with_balance)
                if choice is not None:
                    found[place] = choice
    return found


def written_in(cells: Mapping[str, Cell], missing: Iterable[MissingTotal]) -> dict[str, Cell]:
    """Return the cells as if the missing totals had been written."""
    filled = {
        item.address: replace(cells[item.address], value=item.required, mark="typed")
        for item in missing
    }
    return {**cells, **filled}


def completed(report: Report) -> Mapping[str, Cell]:
    """Return a report's cells as if all its missing totals had been written."""
    report = countable(report)
    tables = [sums(key, layout_edition(report, key)) for key in TABLE_KEYS]
    missing = [item for table in tables for item in missing_totals(report.cells, table).values()]
    return written_in(report.cells, missing)


def _left_out(cells: Mapping[str, Cell], place: str) -> bool:
    return place in cells and cells[place].mark in ("blank", "dash")


def _totals(checked: Sequence[Sum]) -> list[str]:
    """Return the totals, each once, in the order of the rules."""
    return list(dict.fromkeys(item.total for item in checked if item.total is not None))


def _parts_first(checked: Sequence[Sum]) -> list[str]:
    """Return the totals, those that add up other totals last."""
    totals = _totals(checked)
    composed = {item.total for item in checked if not set(totals).isdisjoint(item.left)}
    return sorted(totals, key=lambda place: place in composed)


def _touching(cells: Mapping[str, Cell], checked: Iterable[Sum], place: str) -> list[Sum]:
    """Return the sums that a cell takes part in and that no text cell leaves open."""
    return [
        item
        for item in checked
        if place in item.addresses
        and not any(cells[other].mark == "text" for other in item.addresses if other in cells)
    ]


def _choice(
    place: str, touching: list[Sum], cells: Mapping[str, Cell], with_balance: bool
) -> MissingTotal | None:
    """Return the number that mends most sums; of several the one that the parts require."""
    speaking = [item for item in touching if item.total == place]
    if with_balance and any(item.rule.axis == "column" for item in speaking):
        speaking += [item for item in touching if item.rule.total is None]
    options: dict[int, Sum] = {}
    for item in speaking:
        need = _need(place, item, cells)
        if need is not None and need > 0:
            options.setdefault(need, item)
    if not options:
        return None
    votes = [_need(place, item, cells) for item in touching]
    required = max(options, key=votes.count)
    return MissingTotal(place, required, options[required])


def _need(place: str, item: Sum, cells: Mapping[str, Cell]) -> int | None:
    """Return the number with which the sum would hold, None where unknown cells leave it open."""
    for outcome in evaluate(cells, (item,)):
        if outcome.left is not None and outcome.right is not None:
            gap = outcome.left - outcome.right
            return gap if place in item.right else -gap
    return None
