"""The tally of one report, and of a whole library at once.

`check_report` and `check_between` say what is wrong; `check_library` finds by matrix arithmetic
which reports, and which pairs of years, need to be asked at all. Both therefore always say the same.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from checks.across import carried_on, check_between
from checks.catalogue import SEVERITIES
from checks.cells import cell_findings, row_findings, table_findings
from checks.documents import document_findings
from checks.findings import Finding
from checks.joined import check_joined
from checks.missing import MissingTotal, missing_totals, written_in
from checks.neighbours import pairs_to_ask
from checks.prose import (
    ProseFacts,
    copied_findings,
    growth_findings,
    prose_findings,
    screening,
)
from checks.screening import reports_to_ask
from checks.unjudged import Judging
from checks.wording import OPEN, equation, missing_total, open_cells, undecided, violation
from checks.year_doubts import SCALE
from form.countable import countable
from form.editions import TABLE_KEYS
from form.matrix import CellMatrix
from form.model import TableKey, split_address
from form.names import address_position, cell_name_in, column_name, row_name
from form.report import Cell, Report, layout_edition
from form.rules import Outcome, Sum, evaluate, sums

KEPT_AT_HAND: Final = 8
"""Reports remembered while a library is checked: a year and those about it."""


def check_report(report: Report, facts: ProseFacts | None = None) -> tuple[Finding, ...]:
    """Return every finding about one report: by table, then kind, then place as printed.

    `facts` are what its prose says, where that is known. What cannot be judged is a finding too.
    """
    judging = Judging(report)
    return listed([*about_report(judging, report, facts), *judging.unjudged()])


def about_report(
    judging: Judging, report: Report, facts: ProseFacts | None = None
) -> list[Finding]:
    """Return what is said about one report by itself; what failed, `judging` says."""
    return [*_tables(judging, report), *_prose(judging, report, facts)]


def about_years(
    judging: Judging, before: Report, after: Report, facts: ProseFacts | None = None
) -> list[Finding]:
    """Return what is said about a report and the one on the year before; what failed, `judging` says.

    `facts` are what the later report's prose says, where that is known.
    """
    return [*_years(judging, before, after), *_beside(judging, before, after, facts)]


def about_next_year(judging: Judging, report: Report, after: Report) -> tuple[Finding, ...]:
    """Return what is said about a report and the one on the year after; what failed, `judging` says."""
    return judging.part("years", lambda: carried_on(report, after), ())


def check_library(
    matrix: CellMatrix,
    load: Callable[[int], Report],
    facts: Mapping[int, ProseFacts] | None = None,
    *,
    only: Collection[int] | None = None,
    joined: Mapping[int, Sequence[int]] | None = None,
    watch: Callable[[int], None] = lambda _report_id: None,
) -> dict[int, tuple[Finding, ...]]:
    """Return what there is to say about each report, by report id, in the matrix's order.

    That is what `check_report` says, what `check_between`, `copied_findings` and `growth_findings`
    say about it and the report of the same agency on the year before, and what `carried_on` says
    about it and the next. `facts` are what the reports' prose says
    (`desk.facts.facts_of`); without them the tables alone are checked. Where they are given, a
    report that they do not hold is asked about its prose anew: it could not be read. `load` is called only for reports whose numbers, marks or
    prose, or whose neighbours', give something to say. With `only`, nothing is asked about other
    reports than these. `joined` has the ids of the reports whose sum goes on in a report, by its id:
    those of the agencies that went into its own, none where one of these is missing; it is then not
    held against its own agency's last report alone. `watch` is told the id of each report before it is judged.
    """
    said = {} if facts is None else facts
    asked, before = set(reports_to_ask(matrix)), pairs_to_ask(matrix)
    after = {earlier: later for later, earlier in before.items() if later not in (joined or {})}
    told = set(screening.reports_to_ask(matrix, said))
    told |= {number for number in matrix.report_ids.tolist() if said and number not in said}
    alike = screening.pairs_to_ask(matrix, said)
    # In the matrix's order years follow each other, so that a report is rarely loaded twice.
    recent = lru_cache(KEPT_AT_HAND)(load)
    found: dict[int, tuple[Finding, ...]] = dict.fromkeys(matrix.report_ids.tolist(), ())
    several = {number: ids for number, ids in (joined or {}).items() if ids}
    concerned = {*asked, *told, *before, *after, *alike, *several}
    if only is not None:
        concerned &= {*only}
    for report_id in filter(concerned.__contains__, found):
        watch(report_id)
        others = {
            number: recent(number)
            for number in (before.get(report_id), after.get(report_id), alike.get(report_id))
            if number is not None
        }
        report = recent(report_id)
        items, judging = list[Finding](), Judging(report)
        if report_id in asked:
            items += _tables(judging, report)
        if report_id in told:
            items += _prose(judging, report, said.get(report_id))
        if report_id in before and report_id not in (joined or {}):
            items += _years(judging, others[before[report_id]], report)
        if report_id in several:
            items += about_joined(judging, list(map(recent, several[report_id])), report)
        if report_id in after:
            items += about_next_year(judging, report, others[after[report_id]])
        if report_id in alike:
            items += _beside(judging, others[alike[report_id]], report, said.get(report_id))
        found[report_id] = listed([*items, *judging.unjudged()])
    return found


def about_joined(judging: Judging, before: Sequence[Report], after: Report) -> list[Finding]:
    """Return what is said about a report and those of the agencies that went into its own."""
    return judging.part("years", lambda: list(check_joined(before, after)), [])


def _tables(judging: Judging, report: Report) -> list[Finding]:
    return judging.part("tables", lambda: list(_about_tables(report)), [])


def _prose(judging: Judging, report: Report, facts: ProseFacts | None) -> list[Finding]:
    return judging.part("prose", lambda: list(prose_findings(report, facts)), [])


def _years(judging: Judging, before: Report, after: Report) -> tuple[Finding, ...]:
    return judging.part("years", lambda: check_between(before, after), ())


def _beside(
    judging: Judging, before: Report, after: Report, facts: ProseFacts | None
) -> list[Finding]:
    def found() -> list[Finding]:
        return [*copied_findings(after, before), *growth_findings(after, before, facts)]

    return judging.part("prose", found, [])


def _about_tables(report: Report) -> Iterator[Finding]:
    report = countable(report)
    absent = list(row_findings(report))
    lost = {place for finding in absent for place in finding.cells}
    for finding in _sum_findings(report):
        if not (finding.undecided and lost.intersection(finding.cells)):
            yield finding
    yield from absent
    yield from cell_findings(report)
    yield from document_findings(report)
    yield from table_findings(report)


def listed(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings in the order of every list: by table, then kind, then place as printed."""
    return tuple(sorted(_once(findings), key=_listed))


def _once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Leave out what the year after says again of an amount that the year before said it of."""
    told: set[str] = set()
    for item in findings:
        if item.rule == SCALE and item.key in told:
            continue
        told.add(item.key)
        yield item


def _listed(finding: Finding) -> tuple[int, int, int]:
    table = TABLE_KEYS.index(finding.table) if finding.table else len(TABLE_KEYS)
    place = address_position().get(finding.cells[0], -1) if finding.cells else -1
    return table, list(SEVERITIES).index(finding.rule), place


def _sum_findings(report: Report) -> Iterator[Finding]:
    for key in TABLE_KEYS:
        checked = sums(key, layout_edition(report, key))
        outcomes = [item for item in evaluate(report.cells, checked) if item.holds is not True]
        if outcomes:
            missing = missing_totals(report.cells, checked).values()
            yield from (_missing_total(report, key, item) for item in missing)
            yield from _remaining(report, outcomes, missing)


def _remaining(
    report: Report, outcomes: Iterable[Outcome], missing: Iterable[MissingTotal]
) -> Iterator[Finding]:
    """Yield the sums that fail as printed and that writing the missing totals does not mend."""
    written = written_in(report.cells, missing)
    for outcome in outcomes:
        if any(after.holds is not True for after in evaluate(written, (outcome.sum,))):
            yield _sum_finding(report, outcome)


def _sum_finding(report: Report, outcome: Outcome) -> Finding:
    """Return the finding for a sum that fails, or that uncertain cells leave open.

    A text where a number is due counts as nothing in `evaluate`; that it makes the sum fail
    proves nothing, so such a sum is left open too.
    """
    item, cells = outcome.sum, report.cells
    is_open = outcome.holds is None or any(cells[place].mark == "text" for place in item.addresses)
    place = _place(report, item)
    by_column = item.rule.axis == "column"
    return Finding(
        rule=item.rule.code,
        severity="question" if is_open else item.rule.severity,
        table=item.rule.table,
        message=undecided(report, item, place) if is_open else violation(cells, outcome, place),
        cells=item.addresses,
        left_cells=len(item.left),
        left=_figure(cells, item.left, outcome.left),
        right=_figure(cells, item.right, outcome.right),
        column=item.key if by_column else None,
        row=None if by_column else item.key,
        place=place,
        equation=equation(cells, item, OPEN) if is_open else equation(cells, item),
        undecided=is_open,
        open_cells=open_cells(cells, item.addresses) if is_open else (),
    )


def _figure(cells: Mapping[str, Cell], side: Iterable[str], figure: int | None) -> int | None:
    return None if any(cells[place].mark == "text" for place in side) else figure


def _place(report: Report, item: Sum) -> str:
    """Return the name of the column or the row in which a sum stands."""
    table, edition = item.rule.table, layout_edition(report, item.rule.table)
    if item.rule.axis == "row":
        return row_name(table, edition, item.key)
    return column_name(table, edition, split_address(item.left[0])[1], item.key)


def _missing_total(report: Report, key: TableKey, item: MissingTotal) -> Finding:
    cell = report.cells[item.address]
    _table, row, column = split_address(item.address)
    place = cell_name_in(report, item.address)
    return Finding(
        rule="missing_total",
        severity=SEVERITIES["missing_total"],
        table=key,
        message=missing_total(cell, item.because, item.required, place),
        cells=(item.address,),
        left=item.required,
        right=0,
        column=column,
        row=row,
        place=place,
        equation=equation(report.cells, item.because),
        required=item.required,
    )
