"""申请办理结果: how the applications of each agency ended, as parts of all that were decided."""

from __future__ import annotations

from functools import partial

from desk import figures
from form.figures import grouped, rounding_note
from form.language import _
from measures.shares import one_line_each, with_cases
from outputs.charts.stacks import outcome_shares
from pages.parts import shelf
from pages.parts.chart_frame import chart_frame, quality_note
from pages.parts.heading import sentence
from pages.parts.parts_table import (
    outcome_sentence,
    parts_file,
    parts_grid,
)
from pages.parts.picker import bar, open_comparison, pick_agencies, pick_year, without_suspects

MOST_BARS = 30

reports = open_comparison("outcomes")
search_box, agency_box, year_box, switch_box = bar(0.8, 1.1)
agencies = pick_agencies(reports, search_box, agency_box)
with year_box:
    year = pick_year(reports)
everyone = figures.outcome_shares(shelf.library(), shelf.now(), agencies, year)
with switch_box:
    left_out = without_suspects(one_line_each(everyone))
kept = [name for name in agencies if name not in left_out]
found = figures.outcome_shares(shelf.library(), shelf.now(), kept, year)

said = outcome_sentence(found, year)
source = _(
    "单位：占办结件数的百分比　来源：各机构 {year} 年度报告，三（一）至（六）· 总计　{rounding}"
).format(year=year, rounding=rounding_note())
sentence(said, source)
quality_note(None, one_line_each(found), len(left_out))
drawn, more = with_cases(found, MOST_BARS)
chart_frame(
    partial(outcome_shares, drawn),
    partial(parts_grid, found, _("申请办理结果")),
    parts_file(found, _("申请办理结果"), year),
    said,
    source,
    _("另有 {n} 家没有画出：缺报、没有办结的申请，或超出图中最多 {most} 家。").format(
        n=grouped(more), most=grouped(MOST_BARS)
    )
    if more
    else "",
)
