"""What does not go on from one year's report to the next, of one agency."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from checks.findings import Decided, Finding, OtherYear
from checks.missing import completed
from checks.prose import prose_facts
from checks.unjudged import judged_or_not
from checks.wording import OPEN
from checks.year_doubts import earlier_scale, year_doubts
from checks.year_wording import TwoYears, equation, place_of, undecided, violation
from form.countable import countable
from form.editions import TABLE_KEYS
from form.language import _
from form.model import split_address
from form.report import Cell, Report, layout_edition
from form.rules import Term, YearOutcome, evaluate, evaluate_years, sums, year_sums


def check_between(before: Report, after: Report) -> tuple[Finding, ...]:
    """Return every finding about the reports of one agency on two years that follow each other.

    The findings belong to the later report: their `cells` are its cells, `other` holds those of
    the earlier one. Where an error of the two may stand in either, `decided` says which of them is
    wrong, as far as their own sums tell. What only one edition of the form has
    is compared where both reports are on it. A sum that writing a missing total would mend is
    left to `missing_total`. Then what the two give occasion to ask (`checks.year_doubts`). Raises ValueError where the years do not follow each other.
    """
    before, after = countable(before), countable(after)
    if before.year is None or after.year != before.year + 1:
        message = f"{before.year} is not the year before {after.year}"
        raise ValueError(message)
    return (*_findings(TwoYears(before, after)), *year_doubts(before, after))


def carried_on(before: Report, after: Report) -> tuple[Finding, ...]:
    """Return the errors of the pair as findings about the earlier report: the other end of each.

    And its amounts that are too large beside the later one's.

    They have a row besides the column, so that their keys differ from those of what this report
    took over itself. What is merely doubtful, or cannot be decided, stands on the later one alone.
    """
    ends = (
        _other_end(after, item)
        for item in check_between(before, after)
        if item.is_error and item.other is not None
    )
    return (*ends, *earlier_scale(countable(before), countable(after)))


def _other_end(after: Report, item: Finding) -> Finding:
    assert item.other is not None
    assert after.year is not None
    own = tuple(place for place, _value in item.other.values)
    theirs = tuple((place, after.cells[place].value) for place in item.cells)
    swapped: dict[Decided | None, Decided] = {"this": "other", "other": "this"}
    return replace(
        item,
        cells=own,
        left_cells=len(own),
        row=split_address(own[0])[1],
        other=OtherYear(after.year, theirs),
        decided=swapped.get(item.decided),
    )


def _findings(reports: TwoYears) -> Iterator[Finding]:
    before, after = reports.before, reports.after
    checked = year_sums(before.editions, after.editions)
    outcomes = evaluate_years(before.cells, after.cells, checked)
    failing = [outcome for outcome in outcomes if outcome.holds is not True]
    if not failing:
        return
    written = completed(before), completed(after)
    left = [
        outcome
        for outcome in failing
        if any(again.holds is not True for again in evaluate_years(*written, (outcome.sum,)))
    ]
    prose = _by_prose(reports, left)
    for outcome in left:
        yield _finding(reports, outcome, prose)


def _finding(reports: TwoYears, outcome: YearOutcome, prose: Decided | None) -> Finding:
    """Return the finding for a sum that fails, or that uncertain cells of either year leave open."""
    item, rule = outcome.sum, outcome.sum.rule
    place = place_of(reports.after, item)
    by_column = rule.axis == "column"
    is_open = outcome.holds is None or any(reports.cell(term).mark == "text" for term in item.terms)
    decided = None if is_open or rule.severity != "error" else _decided(reports, outcome)
    told = None if decided or is_open or rule.severity != "error" else prose
    return Finding(
        rule=rule.code,
        severity="question" if is_open else rule.severity,
        table=rule.table,
        message=undecided(reports, item, place)
        if is_open
        else violation(reports, outcome, place, decided, told),
        cells=item.addresses(0),
        left_cells=sum(term.offset == 0 for term in item.left),
        left=_figure(reports, item.left, outcome.left),
        right=_figure(reports, item.right, outcome.right),
        column=item.key if by_column else None,
        row=None if by_column else item.key,
        place=place,
        equation=equation(reports, item, OPEN) if is_open else equation(reports, item),
        undecided=is_open,
        open_cells=reports.open_cells(item, 0) if is_open else (),
        other=_other_year(reports, outcome),
        decided=decided or told,
    )


def _by_prose(reports: TwoYears, outcomes: Iterable[YearOutcome]) -> Decided | None:
    """Return which report is wrong by its own prose: it says the other's number, not its table's.

    Prose speaks of totals; that their only wrong part is wrong with them follows.
    """
    carries = {item.sum.key: item for item in outcomes if item.sum.rule.severity == "error"}
    total = carries.pop("total", None)
    if total is None or total.holds is not False or len(carries) > 1:
        return None
    this = _contradicts(reports.after, "applications.carried_over", total.right, total.left)
    other = _contradicts(reports.before, "applications.carried_forward", total.left, total.right)
    if this == other:
        return None
    return "this" if this else "other"


def _contradicts(report: Report, quantity: str, own: int | None, others: int | None) -> bool:
    if not report.paragraphs:
        return False
    facts = judged_or_not(lambda: prose_facts(report), of=report)
    if isinstance(facts, Finding):  # said as such where the prose itself is judged
        return False
    said = {
        claim.value for claim in facts.claims if (claim.quantity, claim.bound) == (quantity, "=")
    }
    return others in said and own not in said


def _decided(reports: TwoYears, outcome: YearOutcome) -> Decided | None:
    """Return which report is wrong: the one whose own sums the other's number would mend.

    None where that is so of both or of neither.
    """
    item = outcome.sum
    (old,), (new,) = item.addresses(-1), item.addresses(0)
    before, after = reports.before.cells, reports.after.cells
    this = _mended_by(reports.after, new, before[old])
    other = _mended_by(reports.before, old, after[new])
    if this == other:
        return None
    return "this" if this else "other"


def _mended_by(report: Report, place: str, said: Cell) -> bool:
    """Say whether sums of a report fail, and hold once a cell says what the other year does."""
    table = next(key for key in TABLE_KEYS if key == split_address(place)[0])
    own = [item for item in sums(table, layout_edition(report, table)) if place in item.addresses]
    filled = replace(report.cells[place], value=said.in_sums, mark="typed", candidates=())
    now = evaluate(report.cells, own)
    then = evaluate({**report.cells, place: filled}, own)
    better = any(one.holds is False and other.holds for one, other in zip(now, then, strict=True))
    return better and not any(
        one.holds and other.holds is False and one.sum.rule.axis == "column"
        for one, other in zip(now, then, strict=True)
    )


def _figure(reports: TwoYears, side: Iterable[Term], figure: int | None) -> int | None:
    return None if any(reports.cell(term).mark == "text" for term in side) else figure


def _other_year(reports: TwoYears, outcome: YearOutcome) -> OtherYear:
    before = reports.before
    assert before.year is not None
    places = outcome.sum.addresses(-1)
    return OtherYear(before.year, tuple((place, before.cells[place].value) for place in places))


@dataclass(frozen=True, slots=True)
class Gap:
    """Years without a report between two that have one: there the chain of years is broken."""

    before: int
    after: int

    @property
    def missing(self) -> range:
        """The years without a report."""
        return range(self.before + 1, self.after)

    @property
    def sentence(self) -> str:
        """What the gap means, in Chinese."""
        return _(
            "没有 {missing} 年度报告，{before} 与 {after} 年度之间的结转、现行有效件数和项目数量无从核对。"
        ).format(missing=_("、").join(map(str, self.missing)), before=self.before, after=self.after)


def gaps(years: Iterable[int]) -> tuple[Gap, ...]:
    """Return the gaps in the years that one agency has reports on; no finding, but worth saying."""
    return tuple(
        Gap(before, after) for before, after in pairwise(sorted(set(years))) if after > before + 1
    )
