"""How questions about the text itself are said: a sentence and a place for each kind of remark."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Final

from checks.prose import basis, foreign, order, parts, period
from checks.prose.remarks import Remark
from form.figures import grouped, quoted
from form.language import _

MOST_TERMS: Final = 8
"""Parts that a sentence repeats; of more their number is said."""
Said = tuple[str, str]
"""What a finding says after its head, and the place that stands in the head."""


def said(remark: Remark) -> Said:
    """Return how a remark is said; raises KeyError for a kind that is none of the text's."""
    return _wordings()[remark.rule](remark)


def is_said_alone(remark: Remark) -> bool:
    """Say whether a remark stands by itself; others are held against tables first."""
    return remark.rule in _wordings()


@cache
def _wordings() -> Mapping[str, Callable[[Remark], Said]]:
    return {
        basis.RULE: _basis,
        order.RULE: _order,
        period.RULE: _period,
        parts.RULE: _parts,
        foreign.RULE: _foreign,
    }


def _basis(remark: Remark) -> Said:
    body = _(
        "{year} 年度的报告仍以试行格式（国办公开办函〔2019〕60号）为依据，"
        "2021 年度起应依国办公开办函〔2021〕30号，共 {n} 处"
    )
    (year,) = remark.values
    return body.format(year=year, n=grouped(len(remark.quotes))), ""


def _order(remark: Remark) -> Said:
    headings = _("、").join(f"“{quote.text}”" for quote in remark.quotes)
    body = _("章节标题的序号或先后与规定的六部分不符：{headings}").format(headings=headings)
    return body, ""


def _period(remark: Remark) -> Said:
    begins, ends, year = remark.values
    body = _("正文说数据的统计期限是 {begins} 至 {ends}，应为 {year} 年 1 月 1 日至 12 月 31 日")
    return body.format(begins=begins, ends=ends, year=year), ""


def _parts(remark: Remark) -> Said:
    whole, total, *each = (int(value) for value in remark.values)
    terms = " + ".join(map(quoted, each[:MOST_TERMS]))
    listed = (
        terms
        if len(each) <= MOST_TERMS
        else _("{terms} 等 {n} 项").format(terms=terms, n=grouped(len(each)))
    )
    body = _("正文所列各部分 {listed} 合计 {total}，与总数 {whole} 不等")
    return body.format(listed=listed, total=quoted(total), whole=quoted(whole)), ""


def _foreign(remark: Remark) -> Said:
    name = str(remark.values[0])
    body = _("正文在说本机关的地方写着“{name}”，共 {n} 处，可能是沿用了别处的文字")
    return body.format(name=name, n=grouped(len(remark.quotes))), name
