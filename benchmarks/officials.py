"""Slips of the kinds that officials make, planted in reports of a department, a county and a town.

All sums of the three reports hold. Each slip is one thing that went wrong while a form was filled
in; some come with last year's report beside, some with prose that has the right number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from benchmarks.synthetic.slips import figure, with_figures
from checks.findings import Quote
from checks.prose import Claim
from form.editions import TABLE_KEYS, table
from form.model import address
from form.report import Cell, Report

Rows = Mapping[str, tuple[int, ...]]
Wrong = Callable[[Report], Mapping[str, int]]
"""Gives the figures that are printed instead of the right ones."""
APPLICANTS: Final = (
    *("natural_person", "business", "research", "public_welfare"),
    *("legal_service", "other"),
)
OUTCOMES: Final = ("upheld", "corrected", "other", "pending")
ENTRIES: Final = ("new_received", "carried_over", "carried_forward")

DEPARTMENT: Final[Rows] = {
    "new_received": (16, 2, 0, 0, 1, 0),
    "carried_over": (3, 0, 0, 0, 0, 0),
    "granted": (7, 2, 0, 0, 0, 0),
    "partial": (3, 0, 0, 0, 0, 0),
    "denied_admin_query": (1, 0, 0, 0, 0, 0),
    "unable_not_held": (3, 0, 0, 0, 1, 0),
    "unable_needs_creation": (1, 0, 0, 0, 0, 0),
    "unprocessed_complaint": (1, 0, 0, 0, 0, 0),
    "other_other": (1, 0, 0, 0, 0, 0),
    "carried_forward": (2, 0, 0, 0, 0, 0),
    "review": (2, 0, 1, 1),
    "litigation_direct": (1, 0, 0, 0),
}
COUNTY: Final[Rows] = {
    "new_received": (430, 46, 1, 1, 14, 4),
    "carried_over": (9, 2, 0, 0, 0, 0),
    "granted": (212, 31, 1, 1, 9, 4),
    "partial": (41, 6, 0, 0, 2, 0),
    "denied_law_forbidden": (3, 0, 0, 0, 0, 0),
    "denied_third_party": (4, 1, 0, 0, 0, 0),
    "denied_internal_affairs": (5, 0, 0, 0, 0, 0),
    "denied_process_info": (8, 0, 0, 0, 0, 0),
    "denied_enforcement_file": (6, 0, 0, 0, 0, 0),
    "denied_admin_query": (9, 0, 0, 0, 0, 0),
    "unable_not_held": (88, 7, 0, 0, 3, 0),
    "unable_needs_creation": (14, 0, 0, 0, 0, 0),
    "unable_unclear": (5, 0, 0, 0, 0, 0),
    "unprocessed_complaint": (17, 0, 0, 0, 0, 0),
    "unprocessed_repeat": (4, 0, 0, 0, 0, 0),
    "unprocessed_confirm": (2, 0, 0, 0, 0, 0),
    "other_no_correction": (6, 0, 0, 0, 0, 0),
    "other_other": (3, 2, 0, 0, 0, 0),
    "carried_forward": (12, 1, 0, 0, 0, 0),
    "review": (11, 2, 3, 2),
    "litigation_direct": (5, 0, 1, 1),
    "litigation_after_review": (2, 0, 0, 1),
}
TOWN: Final[Rows] = {
    "new_received": (3, 0, 0, 0, 0, 0),
    "granted": (2, 0, 0, 0, 0, 0),
    "other_other": (1, 0, 0, 0, 0, 0),
}


@dataclass(frozen=True, slots=True)
class Planted:
    """One slip: the report as it should be, as it is printed, and what else speaks of it."""

    name: str
    meant: Report
    spoilt: Report
    before: Report | None = None
    claims: tuple[Claim, ...] = ()

    @property
    def truth(self) -> dict[str, int]:
        """What each wrong cell should say."""
        return {
            place: figure(self.meant, place)
            for place in self.meant.cells
            if figure(self.meant, place) != figure(self.spoilt, place)
        }


def report_of(rows: Rows) -> Report:
    """Return a report on 2023 with these rows, 0 elsewhere; every total is what it has to be."""
    figures: dict[str, int] = {}
    for key in TABLE_KEYS[1:]:
        parts = APPLICANTS if key == "applications" else OUTCOMES
        for row in table(key, "2021").rows:
            values = rows.get(row.key, (0,) * len(parts))
            figures |= {
                address(key, row.key, part): value
                for part, value in zip(parts, values, strict=True)
            }
            figures[address(key, row.key, "total")] = sum(values)
    for column in (*APPLICANTS, "total"):
        figures[_at("total_processed", column)] = sum(
            figures[_at(row.key, column)]
            for row in table("applications", "2021").rows
            if row.key not in (*ENTRIES, "total_processed")
        )
    cells = {place: Cell(value, "number", str(value)) for place, value in figures.items()}
    return Report("甲市水务局", 2023, {"applications": "2021", "disputes": "2021"}, cells)


def _at(row: str, column: str, key: str = "applications") -> str:
    return f"{key}.{row}.{column}"


def _row(report: Report, row: str) -> dict[str, int]:
    return {place: figure(report, place) for place in report.cells if place.split(".")[1] == row}


def left_zero(row: str) -> Wrong:
    """Leave a row 0."""
    return lambda report: dict.fromkeys(_row(report, row), 0)


def with_row(row: str, other: str) -> Wrong:
    """Count another row in a row too."""

    def wrong(report: Report) -> Mapping[str, int]:
        own, more = _row(report, row), _row(report, other)
        return dict(zip(own, map(sum, zip(own.values(), more.values(), strict=True)), strict=True))

    return wrong


def exchanged_rows(one: str, other: str) -> Wrong:
    """Put two rows in each other's place."""

    def wrong(report: Report) -> Mapping[str, int]:
        first, second = _row(report, one), _row(report, other)
        return {
            **dict(zip(first, second.values(), strict=True)),
            **dict(zip(second, first.values(), strict=True)),
        }

    return wrong


def lower(row: str, below: str) -> Wrong:
    """Enter a row one line lower, over what belongs there."""

    def wrong(report: Report) -> Mapping[str, int]:
        own = _row(report, row)
        return {
            **dict.fromkeys(own, 0),
            **dict(zip(_row(report, below), own.values(), strict=True)),
        }

    return wrong


def totals_as(column: str, *rows: str) -> Wrong:
    """Write one column into the totals, of some rows or of all."""
    return lambda report: {
        _at(row.key, "total"): figure(report, _at(row.key, column))
        for row in table("applications", "2021").rows
        if not rows or row.key in rows
    }


def exchanged_cells(one: str, other: str) -> Wrong:
    """Put two cells in each other's place."""
    return lambda report: {one: figure(report, other), other: figure(report, one)}


def set_to(**figures: int) -> Wrong:
    """Print other numbers; dots are written as double underscores."""
    return lambda _report: {name.replace("__", "."): value for name, value in figures.items()}


def without_pending(report: Report) -> Mapping[str, int]:
    """Leave 尚未审结 out of the totals of section 四."""
    return {
        _at(row, "total", "disputes"): figure(report, _at(row, "total", "disputes"))
        - figure(report, _at(row, "pending", "disputes"))
        for row in ("review", "litigation_direct", "litigation_after_review")
    }


def shifted(row: str) -> Wrong:
    """Enter a row one column to the right, its total too late to matter."""

    def wrong(report: Report) -> Mapping[str, int]:
        places = [_at(row, column) for column in APPLICANTS]
        values = [0, *(figure(report, place) for place in places[:-1])]
        return dict(zip(places, values, strict=True))

    return wrong


def moved(to: str, but: str) -> Wrong:
    """Enter everybody under another column, in all rows but one."""

    def wrong(report: Report) -> Mapping[str, int]:
        found: dict[str, int] = {}
        for row in table("applications", "2021").rows:
            if row.key != but:
                own = _at(row.key, "natural_person")
                found |= {own: 0, _at(row.key, to): figure(report, own)}
        return found

    return wrong


_ALIKE: Final[tuple[tuple[str, Wrong, str], ...]] = (
    ("carried_over left 0", left_zero("carried_over"), ""),
    ("carried_over left 0", left_zero("carried_over"), "before"),
    ("whole total column copied from 自然人", totals_as("natural_person"), ""),
    ("total of one row copied from 自然人", totals_as("natural_person", "granted"), ""),
    ("granted entered one line lower", lower("granted", "partial"), ""),
    (
        "自然人/商业企业 swapped in one row",
        exchanged_cells(_at("granted", "natural_person"), _at("granted", "business")),
        "",
    ),
    (
        "review and litigation exchanged",
        exchanged_rows("review", "litigation_direct"),
        "review.total litigation_direct.total",
    ),
    ("review total left 0", set_to(disputes__review__total=0), ""),
    ("new_received includes carried over", with_row("new_received", "carried_over"), ""),
    (
        "new_received includes carried over",
        with_row("new_received", "carried_over"),
        "applications.received",
    ),
    (
        "total_processed includes carried forward",
        with_row("total_processed", "carried_forward"),
        "",
    ),
    ("carried_forward forgotten (0)", left_zero("carried_forward"), ""),
    ("one outcome row left 0", left_zero("unable_not_held"), ""),
    ("total_processed row left 0", left_zero("total_processed"), ""),
    ("partial counted in granted too", with_row("granted", "partial"), ""),
    ("pending left out of totals (section 四)", without_pending, ""),
)
_OTHERS: Final[tuple[tuple[str, Rows, Wrong, str], ...]] = (
    (
        "transposed digits 16 -> 61 [dept]",
        DEPARTMENT,
        set_to(applications__new_received__natural_person=61),
        "",
    ),
    (
        "transposed 212 -> 221 with its total [county]",
        COUNTY,
        set_to(applications__granted__natural_person=221, applications__granted__total=267),
        "",
    ),
    ("total off by one [county]", COUNTY, set_to(applications__granted__total=257), ""),
    ("row shifted one column right [dept]", DEPARTMENT, shifted("granted"), ""),
    (
        "法人 put in 其他 in new_received [dept]",
        DEPARTMENT,
        exchanged_cells(_at("new_received", "business"), _at("new_received", "other")),
        "",
    ),
    (
        "rows new_received/carried_over exchanged [dept]",
        DEPARTMENT,
        exchanged_rows("new_received", "carried_over"),
        "before",
    ),
    (
        "total_processed counts only granted and partial [dept]",
        DEPARTMENT,
        lambda report: {
            place: figure(report, _at("granted", place.rpartition(".")[2]))
            + figure(report, _at("partial", place.rpartition(".")[2]))
            for place in _row(report, "total_processed")
        },
        "",
    ),
    ("1 of 3 in other_other forgotten [town]", TOWN, left_zero("other_other"), ""),
    (
        "total 3 left 0 in new_received [town]",
        TOWN,
        set_to(applications__new_received__total=0),
        "",
    ),
    (
        "granted 2 -> 3 in 自然人 only [town]",
        TOWN,
        set_to(applications__granted__natural_person=3),
        "",
    ),
    ("everything in 其他 except new_received [town]", TOWN, moved("other", "new_received"), ""),
    (
        "row granted typed x10 [dept]",
        DEPARTMENT,
        set_to(
            applications__granted__natural_person=70,
            applications__granted__business=20,
            applications__granted__total=90,
        ),
        "",
    ),
)


def planted_slips() -> Iterator[Planted]:
    """Yield every slip: 16 kinds in a department and in a county, and 12 more."""
    for where, rows in (("dept", DEPARTMENT), ("county", COUNTY)):
        for name, wrong, beside in _ALIKE:
            said = f" +{'before' if beside == 'before' else 'prose'}" if beside else ""
            yield _planted(f"{name} [{where}]{said}", rows, wrong, beside)
    for name, rows, wrong, beside in _OTHERS:
        yield _planted(name, rows, wrong, beside)


def _planted(name: str, rows: Rows, wrong: Wrong, beside: str) -> Planted:
    meant = report_of(rows)
    spoilt = with_figures(meant, wrong(meant))
    before = _year_before(meant) if beside == "before" else None
    claims = () if beside in ("", "before") else tuple(_claims(meant, beside))
    return Planted(name, meant, spoilt, before, claims)


def _year_before(report: Report) -> Report:
    """Return last year's report, which ends with what this one carries over."""
    over = dict(report_of({}).cells)
    figures = {
        _at("carried_forward", column): figure(report, _at("carried_over", column))
        for column in (*APPLICANTS, "total")
    } | {
        _at("new_received", column): figure(report, _at("carried_over", column))
        for column in (*APPLICANTS, "total")
    }
    return with_figures(replace(report, year=(report.year or 0) - 1, cells=over), figures)


def _claims(report: Report, quantities: str) -> Iterator[Claim]:
    for quantity in quantities.split():
        row, column = quantity.rsplit(".", 1)
        place = (
            _at("new_received", "total")
            if quantity == "applications.received"
            else _at(row, column, "disputes")
        )
        value = figure(report, place)
        yield Claim(quantity, value, "=", Quote(1, f"{quantity} {value}"))
