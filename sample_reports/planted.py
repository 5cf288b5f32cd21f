"""The errors planted in invented reports, and what else in them is not as it should be.

Nothing is planted in the real samples. The README's table is written from this list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from form.report import Cell
from sample_reports.agencies import Zeros


@dataclass(frozen=True, slots=True)
class Planted:
    """One report's planted error.

    `cells` are printed instead of the right ones. `breaks` are the sums that fail then, as
    (rule code, column key or row key). `findings` are the codes of what checks should say of
    the report; empty where the oddity is none.
    """

    agency: str
    year: int
    findings: tuple[str, ...]
    what: str
    cells: Mapping[str, Cell] = field(default_factory=dict)
    breaks: frozenset[tuple[str, str]] = frozenset()
    zeros: Zeros | None = None
    prose: tuple[str, str] | None = None
    """Words of the prose, and what stands there instead."""
    wording_of: int | None = None
    """The year whose wordings the prose repeats."""
    published_on: date | None = None


def _count(number: int) -> Cell:
    return Cell(number, "number", str(number))


_BLANK: Final = Cell(None, "blank")

PLANTED: Final = (
    Planted(
        "丙区住房和城乡建设局",
        2022,
        ("balance", "prose_count"),
        "more new applications than the results and the open cases account for; the prose has the right number",
        {
            "applications.new_received.natural_person": _count(96),
            "applications.new_received.total": _count(112),
        },
        frozenset({("balance", "natural_person"), ("balance", "total")}),
    ),
    Planted(
        "乙县教育局",
        2022,
        ("applicants", "outcomes"),
        "one total of a row is one too many, so its row and its column fail",
        {"applications.granted.total": _count(12)},
        frozenset({("applicants", "granted"), ("outcomes", "total")}),
    ),
    Planted(
        "庚区市场监督管理局",
        2023,
        ("outcomes",),
        "two cases are missing from one line of results",
        {
            "applications.unable_not_held.natural_person": _count(15),
            "applications.unable_not_held.total": _count(19),
        },
        frozenset({("outcomes", "natural_person"), ("outcomes", "total")}),
    ),
    Planted(
        "己县自然资源局",
        2022,
        ("disputes", "prose_count"),
        "a total of section 四 is two too many; the prose has the right number",
        {"disputes.litigation_direct.total": _count(8)},
        frozenset({("disputes", "litigation_direct")}),
    ),
    Planted(
        "辛镇人民政府",
        2023,
        ("missing_total",),
        "（七）总计 is left blank although eight cases were closed",
        {
            "applications.total_processed.natural_person": _BLANK,
            "applications.total_processed.total": _BLANK,
        },
        frozenset(
            (rule, column)
            for rule in ("balance", "outcomes")
            for column in ("natural_person", "total")
        ),
    ),
    Planted(
        "甲市税务局",
        2023,
        ("balance", "outcomes", "applicants"),
        "two digits are transposed; the three sums that fail meet in this cell alone",
        {"applications.total_processed.natural_person": _count(153)},
        frozenset(
            {
                ("balance", "natural_person"),
                ("outcomes", "natural_person"),
                ("applicants", "total_processed"),
            }
        ),
    ),
    Planted(
        "庚区市场监督管理局",
        2022,
        ("outcomes",),
        "a number stands one column too far right",
        {
            "applications.denied_third_party.natural_person": _count(0),
            "applications.denied_third_party.business": _count(4),
        },
        frozenset({("outcomes", "natural_person"), ("outcomes", "business")}),
    ),
    Planted(
        "戊市公安局",
        2024,
        ("carry",),
        "last year's open cases are counted as new ones: every sum holds, the chain of years breaks",
        {
            "applications.new_received.natural_person": _count(68),
            "applications.new_received.total": _count(84),
            "applications.carried_over.natural_person": _count(0),
            "applications.carried_over.total": _count(0),
        },
        prose=("81件", "84件"),
    ),
    Planted(
        "壬市人民政府办公室",
        2025,
        ("in_force",),
        "three documents fewer in force than last year's, the issued and the repealed make",
        {"disclosure.normative_documents.in_force": _count(63)},
    ),
    Planted(
        "甲市税务局",
        2020,
        ("items",),
        "the year starts from another number of items than the last one ended with",
        {"disclosure.administrative_penalty.prior_items": _count(30)},
    ),
    Planted(
        "壬市人民政府办公室",
        2020,
        ("not_a_number",),
        "words in a cell for a number",
        {"disclosure.normative_documents.total_published": Cell(None, "text", "详见门户网站")},
    ),
    Planted(
        "戊市公安局",
        2020,
        ("unknown_unit",),
        "an amount without its unit",
        {"disclosure.government_procurement.amount": Cell(Decimal("5852.19"), "number", "5852.19")},
    ),
    Planted(
        "癸县卫生健康局",
        2022,
        (),
        "zeros are printed as dashes, blanks and slashes; no sum is wrong",
        zeros="mixed",
    ),
    Planted(
        "己县自然资源局",
        2024,
        ("prose_count",),
        "the prose has ten applications more than the table",
        prose=("203件", "213件"),
    ),
    Planted(
        "甲市税务局",
        2021,
        ("prose_year",),
        "the prose speaks of another year than the report's",
        prose=("2021年", "2020年"),
    ),
    Planted(
        "丙区住房和城乡建设局",
        2024,
        ("prose_copied",),
        "the prose is last year's with other numbers",
        wording_of=2023,
    ),
    Planted(
        "乙县教育局",
        2023,
        ("late",),
        "published in June, after the term",
        published_on=date(2024, 6, 17),
    ),
    Planted(
        "丁街道办事处",
        2021,
        ("edition_year",),
        "still on the tables of 2019",
    ),
    Planted(
        "丁街道办事处",
        2024,
        ("review_pending_lost",),
        "a lawsuit still pending in 2023 is nowhere in 2024; no cell is changed for it",
    ),
    Planted(
        "癸县卫生健康局",
        2021,
        ("edition_year",),
        "a mixture: section 二 of 2021, but （六）其他处理 in one line as in 2019",
    ),
)


def planted_in(agency: str, year: int) -> Planted | None:
    """Return what is planted in the agency's report on `year`."""
    return next((item for item in PLANTED if (item.agency, item.year) == (agency, year)), None)
