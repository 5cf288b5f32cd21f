"""Slips: which findings speak of one printed fault, so that it is counted once.

Findings stay one a rule and place, and decisions hang on them; what people count are slips. One
slip is one wrong cell with the totals it runs into, one shift, exchange or copied column, a carry
with both its ends, each missing total. Where the smallest repair changes several cells that are
not totals of one another, it is as many slips.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Final

from checks.explanations import Change, Part, Suspects
from checks.findings import Finding
from form.model import split_address

CARRY: Final = "carry"
_TOTAL, _TOTAL_ROW = "total", "total_processed"
_ENTRIES: Final = frozenset({"new_received", "carried_over", "carried_forward"})


def with_slips(
    findings: Sequence[Finding], suspects: Suspects, year: int | None
) -> tuple[Finding, ...]:
    """Return a report's findings, each with the slip that it speaks of.

    `suspects` are what explains them; the year tells the same slip of two years' reports apart.
    """
    slips = {at: _alone(item, year) for at, item in enumerate(findings)}
    slips |= _carried(findings, year)
    slips |= _explained(findings, suspects, slips)
    slips |= _unread(findings, slips)
    return tuple(replace(item, slip=slips[at]) for at, item in enumerate(findings))


def with_slips_of_both(
    now: Sequence[Finding], printed: Sequence[Finding], suspects: Suspects, year: int | None
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Return the findings about a report as it counts and those about its print, with their slips.

    `suspects` explain the print: what only corrections brought about is no part of its slips.
    """
    of_print = with_slips(printed, suspects, year)
    slips = {item.key: item.slip for item in of_print}
    caused = with_slips([item for item in now if item.key not in slips], Suspects(), year)
    slips |= {item.key: item.slip for item in caused}
    return tuple(replace(item, slip=slips[item.key]) for item in now), of_print


def _alone(item: Finding, year: int | None) -> str:
    """Return the name of a slip of which only this finding speaks."""
    said = "\0".join(quote.text for quote in item.quotes)
    parts = [year, item.rule, item.table, item.row, item.column]
    if said or item.id:
        parts.append(sha256(f"{said}{item.id}".encode("utf-8", "replace")).hexdigest()[:8])
    return "/".join(str(part or "") for part in parts)


def _carried(findings: Sequence[Finding], year: int | None) -> dict[int, str]:
    """Return the slips of carries: one a pair of years and column; totals go with their parts."""
    found: dict[int, str] = {}
    pairs: dict[int, list[int]] = {}
    for at, item in enumerate(findings):
        if item.rule == CARRY and item.other is not None and not item.undecided:
            pairs.setdefault(item.other.year, []).append(at)
    for other, places in pairs.items():
        first = min(other, other if year is None else year)
        columns = [findings[at].column or "" for at in places]
        parts = [column for column in columns if column != _TOTAL] or columns
        for at, column in zip(places, columns, strict=True):
            own = column if column in parts else parts[0]
            found[at] = f"{first}-{first + 1}/{CARRY}/{own}"
    return found


def _explained(
    findings: Sequence[Finding], suspects: Suspects, names: Mapping[int, str]
) -> dict[int, str]:
    """Return the slips of errors that the likeliest explanation accounts for."""
    found: dict[int, str] = {}
    best = suspects.explanations[:1]
    for own, places in (slip for item in best for part in item.parts for slip in _slips_of(part)):
        touched = [
            at
            for at, item in enumerate(findings)
            if _is_summed(item) and not places.isdisjoint(item.cells) and at not in found
        ]
        carries = [
            names[at]
            for at, item in enumerate(findings)
            if item.rule == CARRY and not item.undecided and not own.isdisjoint(item.cells)
        ]
        if touched:
            name = carries[0] if carries else names[touched[0]]
            found |= dict.fromkeys(touched, name)
    return found


def _is_summed(item: Finding) -> bool:
    return item.is_error and not item.undecided and item.rule not in (CARRY, "missing_total")


def _slips_of(part: Part) -> Iterable[tuple[frozenset[str], frozenset[str]]]:
    """Yield for each slip its wrong cells, and these with the totals they run into."""
    places = frozenset(change.address for change in part.changes)
    if part.kind not in ("cells", "missing_totals"):
        yield places, places
        return
    taken: set[str] = set()
    for own in parts_of(part.changes):
        totals = {place for place in places - taken if _runs_into(own.address, place)}
        taken |= totals
        yield frozenset({own.address}), frozenset({own.address, *totals})


def parts_of(changes: Sequence[Change]) -> tuple[Change, ...]:
    """Return the changes that are not totals of others among them."""
    places = [change.address for change in changes]
    parts = tuple(
        change
        for change in changes
        if not any(
            other != change.address and _runs_into(other, change.address) for other in places
        )
    )
    return parts or tuple(changes)


def _runs_into(part: str, total: str) -> bool:
    """Say whether a cell is one of those that a printed total adds up, directly or through another."""
    (table, row, column), (table_b, row_b, column_b) = split_address(part), split_address(total)
    if table != table_b or part == total:
        return False
    across = column_b == _TOTAL and column != _TOTAL
    down = row_b == _TOTAL_ROW and row not in {*_ENTRIES, _TOTAL_ROW}
    if row == row_b:
        return across
    return down and (column == column_b or across)


def _unread(findings: Sequence[Finding], names: Mapping[int, str]) -> dict[int, str]:
    """Return the slips of sums that are left open: one for those that wait for the same rows."""
    groups: list[tuple[set[str], list[int]]] = []
    for at, item in enumerate(findings):
        rows = {place.rpartition(".")[0] for place in item.open_cells}
        if not item.undecided or not rows:
            continue
        near = [group for group in groups if not group[0].isdisjoint(rows)]
        groups = [group for group in groups if group not in near]
        members = [other for group in near for other in group[1]]
        groups.append((rows.union(*(group[0] for group in near)), [*members, at]))
    return {at: names[min(members)] for _rows, members in groups for at in members}
