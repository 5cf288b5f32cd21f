"""How questions about the text itself are said: a sentence and a place for each kind of remark."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from checks.prose import basis, order, period
from checks.prose.remarks import Remark
from form.figures import grouped
from form.language import _

Said = tuple[str, str]
"""What a finding says after its head, and the place that stands in the head."""


def said(remark: Remark) -> Said:
    """Return how a remark is said; raises KeyError for a kind that is none of the text's."""
    return _wordings()[remark.rule](remark)


@cache
def _wordings() -> Mapping[str, Callable[[Remark], Said]]:
    return {
        basis.RULE: _basis,
        order.RULE: _order,
        period.RULE: _period,
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
