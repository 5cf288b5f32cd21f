"""The one dictionary of what can be compared: every measure, and the cells it is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from form.editions import APPLICANTS, DISPUTE_OUTCOMES, EDITION_KEYS
from form.model import EditionKey, TableKey, address
from form.rules import outcome_rows
from measures.measure import Group, Kind, Measure, Source, Unit

ResultRows = Callable[[EditionKey], tuple[str, ...]]


def _places(table: TableKey, rows: Iterable[str], columns: Iterable[str]) -> tuple[str, ...]:
    names = list(columns)
    return tuple(address(table, row, column) for row in rows for column in names)


def _result_rows(prefix: str) -> ResultRows:
    """The outcome rows of a group have its English name before theirs: denied_third_party."""
    return lambda edition: tuple(row for row in outcome_rows(edition) if row.startswith(prefix))


def _row(key: str) -> ResultRows:
    return lambda _edition: (key,)


APPLICATION_ROWS: Final[Mapping[str, ResultRows]] = {
    "new_received": _row("new_received"),
    "carried_over": _row("carried_over"),
    "total_processed": _row("total_processed"),
    "granted": _row("granted"),
    "partial": _row("partial"),
    "denied": _result_rows("denied_"),
    "unable": _result_rows("unable_"),
    "unprocessed": _result_rows("unprocessed_"),
    "other_handling": _result_rows("other"),
    "carried_forward": _row("carried_forward"),
}
OUTCOME_GROUPS: Final = ("granted", "partial", "denied", "unable", "unprocessed", "other_handling")
"""The measures that 三（一）至（六） fall into: what a report's results are made of."""
DISPUTE_GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    name: tuple(f"{name}_{column.key}" for column in DISPUTE_OUTCOMES)
    for name in ("review", "litigation")
}
"""The measures that the cases of 行政复议 and of 行政诉讼 fall into."""


def _applications(key: str, group: Group = "applications", column: str = "total") -> Measure:
    sources = tuple(
        Source(edition, _places("applications", APPLICATION_ROWS[key](edition), [column]))
        for edition in EDITION_KEYS
    )
    name = key if column == "total" else f"{key}.{column}"
    return Measure(name, group, "applications", "count", "件", sources)


def by_applicant(measure: Measure, column: str) -> Measure:
    """Return the part of a measure of section 三 that one kind of applicant has.

    Raises KeyError for a measure that cannot be split.
    """
    return _applications(measure.key, "applicants", column)


def _application_rate(key: str, rows: tuple[str, ...]) -> Measure:
    sources = tuple(
        Source(
            edition,
            _places("applications", rows, ["total"]),
            _places("applications", outcome_rows(edition), ["total"]),
        )
        for edition in EDITION_KEYS
    )
    return Measure(key, "applications", "applications", "share", "%", sources)


def _disclosure(
    key: str,
    cells: Mapping[EditionKey, str],
    kind: Kind = "count",
    unit: Unit = "件",
) -> Measure:
    sources = tuple(Source(edition, (f"disclosure.{cell}",)) for edition, cell in cells.items())
    return Measure(key, "disclosure", "disclosure", kind, unit, sources)


def _both(row: str, old: str, new: str) -> dict[EditionKey, str]:
    return {"2019": f"{row}.{old}", "2021": f"{row}.{new}"}


DISPUTE_ROWS: Final[Mapping[str, tuple[str, ...]]] = {
    "review": ("review",),
    "litigation": ("litigation_direct", "litigation_after_review"),
}
_CLOSED: Final = tuple(column.key for column in DISPUTE_OUTCOMES if column.key != "pending")


def _disputes(key: str, rows: tuple[str, ...], column: str, over: tuple[str, ...] = ()) -> Measure:
    sources = tuple(
        Source(edition, _places("disputes", rows, [column]), _places("disputes", rows, over))
        for edition in EDITION_KEYS
    )
    kind: Kind = "share" if over else "count"
    return Measure(key, "disputes", "disputes", kind, "%" if over else "件", sources)


def _dispute_measures(name: str) -> list[Measure]:
    rows = DISPUTE_ROWS[name]
    parts = [_disputes(f"{name}_total", rows, "total")]
    if len(rows) > 1:
        parts += [_disputes(f"{row}_total", (row,), "total") for row in rows]
    parts += [_disputes(f"{name}_{column.key}", rows, column.key) for column in DISPUTE_OUTCOMES]
    return [*parts, _disputes(f"{name}_corrected_rate", rows, "corrected", _CLOSED)]


def _all() -> Iterable[Measure]:
    yield from (_applications(key) for key in APPLICATION_ROWS)
    yield _application_rate("granted_rate", ("granted",))
    yield _application_rate("disclosed_rate", ("granted", "partial"))
    yield from (_applications("new_received", "applicants", item.key) for item in APPLICANTS)
    for row, name in (("regulations", "regulations"), ("normative_documents", "documents")):
        yield _disclosure(f"{name}_issued", _both(row, "made", "issued"))
        yield _disclosure(f"{name}_published", {"2019": f"{row}.total_published"})
        yield _disclosure(f"{name}_in_force", {"2021": f"{row}.in_force"})
        yield _disclosure(f"{name}_repealed", {"2021": f"{row}.repealed"})
    for name in ("licensing", "penalty", "coercion"):
        row = f"administrative_{name}"
        yield _disclosure(f"{name}_decisions", _both(row, "decisions", "decisions"))
    yield _disclosure("other_service_decisions", {"2019": "other_services.decisions"})
    yield _disclosure("fees_amount", {"2021": "administrative_fees.amount"}, "amount", "万元")
    procurement = "government_procurement"
    yield _disclosure("procurement_projects", {"2019": f"{procurement}.projects"}, unit="项")
    yield _disclosure("procurement_amount", {"2019": f"{procurement}.amount"}, "amount", "万元")
    yield from _dispute_measures("review")
    yield from _dispute_measures("litigation")


MEASURES: Final[Mapping[str, Measure]] = {measure.key: measure for measure in _all()}
"""Every measure by key, in the order in which they are offered."""


def measure(key: str) -> Measure:
    """Return the measure with this key, split ones too (granted.natural_person).

    Raises KeyError where there is none.
    """
    if key in MEASURES:
        return MEASURES[key]
    base, _dot, applicant = key.partition(".")
    if applicant not in {column.key for column in APPLICANTS}:
        raise KeyError(key)
    return by_applicant(MEASURES[base], applicant)
