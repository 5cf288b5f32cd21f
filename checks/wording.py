"""How findings are said: the two sides of a sum as printed, and whole sentences in Chinese."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from checks.catalogue import kind_name
from form.figures import UNKNOWN_SIGN, grouped, printed, quoted
from form.language import _
from form.model import split_address
from form.names import column_name, row_name
from form.report import Cell, Report, layout_edition
from form.rules import Outcome, Sum, leaves_open

FAILS: Final = "≠"
OPEN: Final = "≟"
LONGEST_PLAIN_SIDE: Final = 4
"""Sides with more terms than this show only what is not 0: 19 zeros help nobody."""
MOST_TERMS: Final = 8
"""Sides with more numbers than this show their sum: nobody adds up 15 numbers in a line."""
MOST_NAMES: Final = 4
"""Cells named in a sentence; of more than these only the first are named, with their count."""


def equation(cells: Mapping[str, Cell], item: Sum, sign: str = FAILS) -> str:
    """Return both sides of a sum with what is printed in them: 77 + 0 ≠ 75 + 空."""
    left = _side([cells[place] for place in item.left])
    right = _side([cells[place] for place in item.right])
    return f"{left} {sign} {right}"


def _side(cells: Sequence[Cell]) -> str:
    counted = [cell for cell in cells if not _counts_nothing(cell)]
    rest = [cell for cell in cells if _counts_nothing(cell)]
    if len(cells) <= LONGEST_PLAIN_SIDE or (len(rest) <= 1 and len(counted) <= MOST_TERMS):
        return " + ".join(printed(cell) for cell in cells)
    if not counted:
        return _("{n} 项均{nothing}").format(n=grouped(len(rest)), nothing=_nothing(rest))
    figures = [cell.value for cell in counted if cell.value is not None]
    summed = len(figures) == len(counted) > MOST_TERMS
    text = (
        quoted(sum(figures))
        if summed
        else " + ".join(_gathered([printed(cell) for cell in counted]))
    )
    remarks = [_("{n} 项之和").format(n=grouped(len(counted)))] if summed else []
    if rest:
        remarks.append(
            _("其余 {n} 项{nothing}").format(n=grouped(len(rest)), nothing=_nothing(rest))
        )
    return f"{text}（{_('，').join(remarks)}）"


def _nothing(cells: Sequence[Cell]) -> str:
    """Return how cells that count nothing are filled in; 未填 stands for blanks and dashes."""
    zeros = sum(cell.value == 0 for cell in cells)
    if zeros == len(cells):
        return _("为 0")
    return _("为 0 或未填") if zeros else _("未填")


def _counts_nothing(cell: Cell) -> bool:
    return cell.mark in ("blank", "dash") or cell.value == 0


def _gathered(terms: list[str]) -> list[str]:
    """Put several unknown terms into one."""
    unknown = terms.count(UNKNOWN_SIGN)
    if unknown < 2:
        return terms
    return [*(term for term in terms if term != UNKNOWN_SIGN), f"{UNKNOWN_SIGN}×{unknown}"]


def headline(code: str, place: str) -> str:
    """Return the opening of a finding's sentence: its kind and where it speaks."""
    return (
        _("{kind}（{place}）").format(kind=kind_name(code), place=place)
        if place
        else kind_name(code)
    )


def difference(outcome: Outcome) -> str:
    """Return how far the left side is from the right, "" where that is open."""
    if outcome.left is None or outcome.right is None:
        return ""
    gap = outcome.left - outcome.right
    return (_("左边多 {n}") if gap > 0 else _("左边少 {n}")).format(n=quoted(abs(gap)))


def violation(cells: Mapping[str, Cell], outcome: Outcome, place: str) -> str:
    """Return the sentence for a sum that does not hold."""
    code = outcome.sum.rule.code
    terms = [printed(cells[address]) for address in outcome.sum.addresses]
    body = _sentences()[code].format(*terms, left=_figure(outcome.left), total=terms[-1])
    gap = difference(outcome)
    return _("{head}：{body}。").format(
        head=headline(code, place), body=_("，").join([body, gap] if gap else [body])
    )


def _figure(figure: int | None) -> str:
    return UNKNOWN_SIGN if figure is None else quoted(figure)


def _sentences() -> dict[str, str]:
    return {
        "balance": _("本年新收 {0} 加上年结转 {1}，不等于办理总计 {2} 加结转下年 {3}"),
        "outcomes": _("各项办理结果之和为 {left}，不等于办理总计 {total}"),
        "applicants": _("六类申请人之和为 {left}，不等于总计 {total}"),
        "disputes": _("四种结果之和为 {left}，不等于总计 {total}"),
    }


def open_cells(cells: Mapping[str, Cell], addresses: Sequence[str]) -> tuple[str, ...]:
    """Return the cells without a certain number: texts, and unknown ones that could say several."""
    return tuple(
        place for place in addresses if leaves_open(cells[place]) or cells[place].mark == "text"
    )


def undecided(report: Report, item: Sum, place: str) -> str:
    """Return the sentence for a sum that cells without a certain number leave open, and which."""
    found = open_cells(report.cells, item.addresses)
    named = [(_name_within(report, item, address), report.cells[address]) for address in found]
    return undecided_for(item.rule.code, place, named)


def undecided_for(code: str, place: str, named: Sequence[tuple[str, Cell]]) -> str:
    """Return the sentence for a rule that cells leave open, given with their names."""
    unknown = [name for name, cell in named if cell.mark == "unknown"]
    text = [name for name, cell in named if cell.mark == "text"]
    reasons = []
    if unknown:
        reasons.append(
            _("有 {n} 格读不准（{cells}）").format(n=grouped(len(unknown)), cells=_names(unknown))
        )
    if text:
        reasons.append(
            _("有 {n} 格不是数字（{cells}）").format(n=grouped(len(text)), cells=_names(text))
        )
    return _("{head}：{reasons}，暂不能判定。").format(
        head=headline(code, place), reasons=_("，").join(reasons)
    )


def _names(names: Sequence[str]) -> str:
    listed = _("、").join(names[:MOST_NAMES])
    return listed if len(names) <= MOST_NAMES else _("{names}等").format(names=listed)


def _name_within(report: Report, item: Sum, address: str) -> str:
    """Return what tells a cell from the others of its sum: its row or its column."""
    _table, row, column = split_address(address)
    table, edition = item.rule.table, layout_edition(report, item.rule.table)
    if item.rule.axis == "column":
        return row_name(table, edition, row)
    return column_name(table, edition, row, column)


def missing_total(cell: Cell, because: Sum, required: int, place: str) -> str:
    """Return the sentence for a total left out although a sum requires it."""
    return _("{head}：此格为{printed}，按“{rule}”应填 {required}。").format(
        head=headline("missing_total", place),
        printed=printed(cell),
        rule=because.rule.sentence,
        required=quoted(required),
    )
