"""Claims of the prose against the cells of the tables: what fits no sum that they can mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from checks.prose.claims import Claim
from checks.prose.quantities import LOOSELY, Sum, group, parts_of, sums
from form.report import Cell

Values = frozenset[int] | None
"""Every number that a cell can stand for; None where it can be any."""
Look = Callable[[str], Values]
"""Returns what an address can stand for; None too where the table is not there."""

MOST_TOGETHER: Final = 10_000
"""Sums of uncertain cells that are gathered; beyond that a sum can be anything."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """The claims about one row of the form of which at least one fits none of its cells.

    `failing` are those that fit nothing, `claims` all about the row, `meant` the cells that the
    first failing claim means in the first place.
    """

    row: str
    failing: tuple[Claim, ...]
    claims: tuple[Claim, ...]
    meant: Sum


def contradictions(claims: Iterable[Claim], look: Look) -> Iterator[Contradiction]:
    """Yield, row by row of the form, where the prose says what the tables do not."""
    rows: dict[str, list[Claim]] = {}
    for claim in told_apart(claims):
        rows.setdefault(group(claim.quantity), []).append(claim)
    for row, about in rows.items():
        whole = _together(about)
        failing = tuple(
            claim
            for claim in about
            if not (fits(claim, look) or fits(replace(claim, value=whole[_said_in(claim)]), look))
        )
        if failing:
            yield Contradiction(row, failing, tuple(about), sums()[failing[0].quantity][0])


def _together(about: Iterable[Claim]) -> Mapping[tuple[str, str], int]:
    """Return the sum of what one sentence counts in parts: 以市政府名义 3 件、以办公室名义 5 件."""
    found: Counter[tuple[str, str]] = Counter()
    for claim in about:
        found[_said_in(claim)] += claim.value
    return found


def _said_in(claim: Claim) -> tuple[str, str]:
    return claim.quantity, claim.quote.text


def look_into(cells: Mapping[str, Cell]) -> Look:
    """Return how to look up what the cells of a report can stand for."""

    @cache
    def look(address: str) -> Values:
        cell = cells.get(address)
        if cell is None or cell.mark == "text":
            return None
        if cell.mark == "unknown":
            known = {int(value or 0) for value in cell.candidates}
            return frozenset(known) or None
        if cell.value is None and address in parts_of():
            return _blank_total(address, cells, look)
        return frozenset({int(cell.value or 0)})

    return look


def fits(claim: Claim, look: Look) -> bool:
    """Say whether a claim agrees with any sum of cells that its quantity can mean."""
    readings = (*sums()[claim.quantity], *(LOOSELY.get(claim.quantity, ()) if claim.loose else ()))
    return any(_agrees(claim, added(reading, look)) for reading in readings)


def told_apart(claims: Iterable[Claim]) -> Iterator[Claim]:
    """Yield claims with lawsuits put under their kind where the same sentence tells it.

    行政诉讼案件 1 件，为未经复议直接起诉 says that none came after a review.
    """
    known = tuple(claims)
    kinds = {
        (claim.quantity.partition(".")[0], claim.quote.text): claim
        for claim in known
        if claim.quantity.startswith("litigation_") and claim.quantity.endswith(".total")
    }
    for claim in known:
        yield _other_kind(claim, kinds) if claim.quantity == "litigation.total" else claim


def _other_kind(claim: Claim, kinds: Mapping[tuple[str, str], Claim]) -> Claim:
    told = {
        row: kinds[row, claim.quote.text]
        for row in ("litigation_direct", "litigation_after_review")
        if (row, claim.quote.text) in kinds
    }
    if len(told) != 1 or claim.bound != "=":
        return claim
    ((row, other),) = told.items()
    rest = claim.value - other.value
    untold = "litigation_after_review" if row == "litigation_direct" else "litigation_direct"
    if other.bound != "=" or rest < 0:
        return claim
    return replace(claim, quantity=f"{untold}.total", value=rest)


def _blank_total(address: str, cells: Mapping[str, Cell], look: Look) -> Values:
    """A total left blank counts as what its parts add up to; that it is blank is another finding."""
    found: set[int] = set()
    for parts in parts_of()[address]:
        values = added([part for part in parts if part in cells], look)
        if values is None:
            return None
        found |= values
    return frozenset(found)


def added(addresses: Iterable[str], look: Look) -> Values:
    """Return every sum that cells can have by `look`; None where one can be anything, or too many can differ."""
    found = frozenset((0,))
    for address in addresses:
        values = look(address)
        if values is None or len(found) * len(values) > MOST_TOGETHER:
            return None
        found = frozenset(one + other for one in found for other in values)
    return found


def _agrees(claim: Claim, values: Values) -> bool:
    """Say whether any of the values agrees; 余 and 多 are contradicted only by a smaller number."""
    if values is None:
        return True
    tests: dict[str, Callable[[int], bool]] = {
        "=": lambda value: value == claim.value,
        ">=": lambda value: value >= claim.value,
        "<=": lambda value: value <= claim.value,
    }
    return any(map(tests[claim.bound], values))
