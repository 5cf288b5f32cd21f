"""Which cells a quantity of the prose speaks of: every sum of cells that it can rightly mean.

The first sum is what the quantity is by the form; the others are no contradiction either, since
people count so: 受理 39 件 may hold what last year left over, 办理 what was only taken on, 答复
leave out what was not gone into (不予处理, 其他处理).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from form.editions import EDITION_KEYS, table
from form.model import TableKey, address
from form.rules import outcome_rows

Sum = tuple[str, ...]
"""Addresses that are added up."""

NEW, OVER, DONE, FORWARD = (
    address("applications", row, "total")
    for row in ("new_received", "carried_over", "total_processed", "carried_forward")
)
LOOSELY: Final[Mapping[str, tuple[Sum, ...]]] = {
    "applications.answered": ((NEW,), (NEW, OVER)),
}
"""Further sums that a loose word (办理, 处理) can mean."""
_DISPUTE_COLUMNS: Final = ("total", "upheld", "corrected", "other", "pending")
_LITIGATION: Final = ("litigation_direct", "litigation_after_review")


@cache
def sums() -> Mapping[str, tuple[Sum, ...]]:
    """Return every quantity with the sums of cells that it can mean, the plainest first."""
    return {**_applications(), **_disputes(), **_documents()}


@cache
def parts_of() -> Mapping[str, tuple[Sum, ...]]:
    """Return for every total the sums of other cells that must equal it, for totals left blank."""
    results = {row for edition in EDITION_KEYS for row in outcome_rows(edition)}
    found: dict[str, tuple[Sum, ...]] = {}
    for key in ("applications", "disputes"):
        for edition in EDITION_KEYS:
            for row in table(key, edition).rows:
                columns = [column.key for column in row.columns if column.key != "total"]
                total = address(key, row.key, "total")
                found[total] = (tuple(address(key, row.key, column) for column in columns),)
    by_results = tuple(address("applications", row, "total") for row in sorted(results))
    return {**found, DONE: (*found[DONE], by_results)}


def group(quantity: str) -> str:
    """Return what findings about a quantity are gathered under: its row of the form."""
    return quantity if quantity.startswith("applications.") else quantity.partition(".")[0]


def table_of(quantity: str) -> TableKey:
    """Return the table in which a quantity stands."""
    row = quantity.partition(".")[0]
    if row == "applications":
        return "applications"
    return "disclosure" if row in ("regulations", "normative_documents") else "disputes"


def _applications() -> dict[str, tuple[Sum, ...]]:
    denied = tuple(
        address("applications", row, "total")
        for row in outcome_rows("2021")
        if row.startswith("denied_")
    )
    answers = [
        address("applications", row, "total")
        for row in outcome_rows("2021")
        if row in ("granted", "partial") or row.startswith(("denied_", "unable_"))
    ]
    granted, partial = (address("applications", row, "total") for row in ("granted", "partial"))
    return {
        "applications.received": ((NEW,), (NEW, OVER)),
        "applications.carried_over": ((OVER,),),
        "applications.answered": ((DONE,), tuple(answers)),
        "applications.carried_forward": ((FORWARD,),),
        "applications.granted": ((granted,), (granted, partial)),
        "applications.partial": ((partial,),),
        "applications.denied": (denied,),
    }


def _disputes() -> dict[str, tuple[Sum, ...]]:
    found: dict[str, tuple[Sum, ...]] = {}
    for column in _DISPUTE_COLUMNS:
        for row in ("review", *_LITIGATION):
            found[f"{row}.{column}"] = ((address("disputes", row, column),),)
        both = tuple(address("disputes", row, column) for row in _LITIGATION)
        found[f"litigation.{column}"] = (both,)
    return found


def _documents() -> dict[str, tuple[Sum, ...]]:
    found: dict[str, tuple[Sum, ...]] = {}
    for row in ("regulations", "normative_documents"):
        made, published, *rest = (
            address("disclosure", row, column)
            for column in ("made", "published", "issued", "repealed", "in_force")
        )
        found |= {f"{row}.{place.rpartition('.')[2]}": ((place,),) for place in rest}
        found[f"{row}.made"] = ((made,), (published,))
        found[f"{row}.published"] = ((published,), (made,))
    return found
