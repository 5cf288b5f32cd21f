"""What the figures of 规章 and 规范性文件 give occasion to ask: who may make them, and how many are in force."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checks.catalogue import SEVERITIES
from checks.certain import count, is_empty
from checks.findings import Finding
from checks.wording import headline
from form.agencies.names import read_name
from form.agencies.offices import reports_for_government
from form.agencies.terms import Whose, kind_of
from form.editions import all_columns
from form.figures import quoted
from form.language import _
from form.model import address
from form.names import row_name, without_remark
from form.report import Report, layout_edition

WITHOUT_POWER: Final = "regulations_without_power"
ABOVE_IN_FORCE: Final = "issued_above_in_force"
TABLE: Final = "disclosure"
REGULATIONS: Final = "regulations"
DOCUMENTS: Final = (REGULATIONS, "normative_documents")
"""The rows of what is issued and in force."""
REGULATION_PLACES: Final = tuple(
    place for place in all_columns() if place.startswith(f"{TABLE}.{REGULATIONS}.")
)
"""Every cell about 规章, of either edition."""
_BELOW_POWER: Final = ("township", "subdistrict", "committee")
_NO_CITIES: Final = ("地区", "盟")
"""Prefectures that are no 设区的市 and no 自治州."""


def document_findings(report: Report) -> Iterator[Finding]:
    """Yield what there is to ask about the documents that a report counts."""
    yield from _regulations(report)
    yield from _above_in_force(report)


def lacks_power(agency: str | None, whose: Whose | None = None) -> bool:
    """Say whether it is sure that an organ may make no 规章.

    That may the departments of the State Council, bodies that a law names, and the governments of
    provinces, 设区的市 and 自治州 (《立法法》, as amended 2023; that these are its articles 91 and 93
    was not checked against its text). False where its name leaves open what
    it is: 市人民政府 may be of a county or of a prefecture. A government's own office counts as it.
    """
    kind = kind_of(agency, whose)
    called = agency if whose is None or whose.name is None else whose.name
    if kind is None or called is None:
        return False
    name = read_name(called)
    if kind in _BELOW_POWER:
        return True
    # An office that reports for its government reports the government's.
    if kind == "government" or reports_for_government(name):
        return name.level == "county" or (name.level == "prefecture" and name.unit in _NO_CITIES)
    # 海关总署 and 审计署 bear no place, and are of the State Council.
    return bool(name.place or name.zone or name.township) and name.level != "national"


def _regulations(report: Report) -> Iterator[Finding]:
    places = [place for place in REGULATION_PLACES if (count(report, place) or 0) > 0]
    if not places or not lacks_power(report.agency, report.whose):
        return
    place, columns = row_name(TABLE, layout_edition(report, TABLE), REGULATIONS), all_columns()
    printed = _("、").join(
        _("{column} {n}").format(
            column=without_remark(columns[each].label), n=quoted(count(report, each))
        )
        for each in places
    )
    message = _(
        "{head}：表中填有{printed}，而本机关看来无权制定规章（有权的是国务院部门及法律规定的机构，省级、设区的市和自治州的人民政府）。"
        "可能是规范性文件填错了行，也可能填的是本级政府的规章，请核对。"
    ).format(head=headline(WITHOUT_POWER, place), printed=printed)
    yield Finding(
        WITHOUT_POWER,
        SEVERITIES[WITHOUT_POWER],
        TABLE,
        message,
        cells=tuple(places),
        row=REGULATIONS,
        place=place,
    )


def _above_in_force(report: Report) -> Iterator[Finding]:
    """Yield the rows of which more was issued this year, and not repealed, than is in force."""
    for row in DOCUMENTS:
        cells = tuple(address(TABLE, row, key) for key in ("issued", "repealed", "in_force"))
        issued, repealed, in_force = (count(report, place) for place in cells)
        if repealed is None and is_empty(report, cells[1]):
            repealed = 0
        if issued is None or repealed is None or in_force is None:
            continue
        if issued - repealed > in_force:
            place = row_name(TABLE, layout_edition(report, TABLE), row)
            message = _(
                "{head}：本年制发 {issued} 件，废止 {repealed} 件，现行有效却只有 {in_force} 件。"
                "现行有效一般应包括本年制发且未废止的，请核对。"
            ).format(
                head=headline(ABOVE_IN_FORCE, place),
                issued=quoted(issued),
                repealed=quoted(repealed),
                in_force=quoted(in_force),
            )
            yield Finding(
                ABOVE_IN_FORCE,
                SEVERITIES[ABOVE_IN_FORCE],
                TABLE,
                message,
                cells=cells,
                row=row,
                place=place,
            )
