"""How findings over two years are said: both reports' numbers, each with its year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from checks.findings import Decided
from checks.wording import FAILS, headline, open_cells, undecided_for
from form.figures import MINUS, printed, quoted
from form.language import _
from form.names import cell_name_in, column_name, row_name
from form.report import Cell, Report, layout_edition
from form.rules import Term, YearOffset, YearOutcome, YearSum


@dataclass(frozen=True, slots=True)
class TwoYears:
    """The reports of one agency on two years that follow each other."""

    before: Report
    after: Report

    def report(self, offset: YearOffset) -> Report:
        """Return the report of one of the two years."""
        return self.before if offset else self.after

    def cell(self, term: Term) -> Cell:
        """Return the cell that a term takes."""
        return self.report(term.offset).cells[term.address]

    def open_cells(self, item: YearSum, offset: YearOffset) -> tuple[str, ...]:
        """Return the cells of one year's report that have no certain number."""
        return open_cells(self.report(offset).cells, item.addresses(offset))


def place_of(report: Report, item: YearSum) -> str:
    """Return the name of the column or the row in which a sum stands."""
    table, edition = item.rule.table, layout_edition(report, item.rule.table)
    if item.rule.axis == "row":
        return row_name(table, edition, item.key)
    return column_name(table, edition, item.rule.left[0].key, item.key)


def equation(reports: TwoYears, item: YearSum, sign: str = FAILS) -> str:
    """Return both sides of a sum with what is printed in them: 63 ≠ 60 + 8 − 2."""
    left, right = (_side(reports, side) for side in (item.left, item.right))
    return f"{left} {sign} {right}"


def _side(reports: TwoYears, terms: Sequence[Term]) -> str:
    text = ""
    for term in terms:
        sign = "+" if term.weight > 0 else MINUS
        text += f" {sign} {_shown(reports.cell(term))}" if text else _shown(reports.cell(term))
    return text


def _shown(cell: Cell) -> str:
    below_zero = cell.value is not None and cell.value < 0
    return f"({printed(cell)})" if below_zero else printed(cell)


def violation(
    reports: TwoYears,
    outcome: YearOutcome,
    place: str,
    decided: Decided | None = None,
    told: Decided | None = None,
) -> str:
    """Return the sentence for a sum over two years that does not hold; either may be wrong.

    `decided` says which of them is by its sums, `told` by its prose, seen from the later one.
    """
    item = outcome.sum
    body = _sentences()[item.rule.code].format(
        *(printed(reports.cell(term)) for term in item.terms),
        before=reports.before.year,
        after=reports.after.year,
    )
    parts = [body]
    if outcome.left is not None and outcome.right is not None:
        parts.append(_("相差 {n}").format(n=quoted(abs(outcome.left - outcome.right))))
    return _("{head}：{body}。{whose}").format(
        head=headline(item.rule.code, place),
        body=_("，").join(parts),
        whose=_whose(reports, item, decided, told),
    )


def _whose(reports: TwoYears, item: YearSum, decided: Decided | None, told: Decided | None) -> str:
    """Return which of the two reports may be wrong, or is."""
    if item.rule.severity != "error":
        return _("可能是其中任一份填错，请对照两份报告。")
    if told is not None and decided is None:
        year = (reports.after if told == "this" else reports.before).year
        return _(
            "两份报告至少有一份填错；{wrong} 年度报告的正文与另一份一致，应是 {wrong} 年度的表填错。"
        ).format(wrong=year)
    if decided is None:
        return _("两份报告至少有一份填错，请对照。")
    wrong, right = (
        (reports.after, reports.before) if decided == "this" else (reports.before, reports.after)
    )
    return _(
        "两份报告至少有一份填错；{wrong} 年度报告改用 {right} 年度报告的数后，本身的关系才成立，应是 {wrong} 年度填错。"
    ).format(wrong=wrong.year, right=right.year)


def _sentences() -> dict[str, str]:
    return {
        "carry": _("{before} 年度报告结转下年 {0}，而 {after} 年度报告上年结转 {1}"),
        "in_force": _(
            "{after} 年度报告现行有效 {0}，不等于 {before} 年度报告现行有效 {1} 加本年制发 {2} 减本年废止 {3}"
        ),
        "items": _(
            "{after} 年度报告上一年项目数量 {0}，不等于 {before} 年度报告上一年项目数量 {1} 加增减 {2}"
        ),
    }


def undecided(reports: TwoYears, item: YearSum, place: str) -> str:
    """Return the sentence for a sum that cells without a certain number leave open, and which."""
    offsets: tuple[YearOffset, ...] = (-1, 0)
    named = [
        (_name(reports.report(offset), address), reports.report(offset).cells[address])
        for offset in offsets
        for address in reports.open_cells(item, offset)
    ]
    return undecided_for(item.rule.code, place, named)


def _name(report: Report, address: str) -> str:
    return _("{year} 年度 {cell}").format(year=report.year, cell=cell_name_in(report, address))
