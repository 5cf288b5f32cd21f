"""申请办理结果: how the applications of each agency ended, as parts of all that were decided."""

from __future__ import annotations

from functools import partial

from desk import figures
from form.figures import rounding_note
from form.language import _
from measures.shares import foremost, one_line_each
from outputs.charts.stacks import outcome_shares
from pages.compare.composition_table import (
    outcome_sentence,
    parts_file,
    parts_grid,
    parts_left_out,
    without_cases,
)
from pages.parts import shelf
from pages.parts.chart_frame import chart_frame, counted, quality_note
from pages.parts.heading import nothing_here, sentence
from pages.parts.markup import show
from pages.parts.picker import bar, open_comparison, pick_agencies, pick_year, without_suspects

MOST_BARS = 30

state = open_comparison("outcomes")
search_box, agency_box, year_box, switch_box = bar(0.8, 1.1)
agencies = pick_agencies(state, search_box, agency_box)
with year_box:
    year = pick_year(state.counted)
everyone = figures.outcome_shares(shelf.library(), state, agencies, year)
lines = one_line_each(everyone)
with switch_box:
    left_out = set(without_suspects(lines))
kept = [name for name in agencies if name not in left_out]
found = figures.outcome_shares(shelf.library(), state, kept, year)

said = outcome_sentence(found, year)
source = _(
    "单位：占办结件数的百分比　来源：各机构 {year} 年度报告，三（一）至（六）· 总计　{rounding}"
).format(year=year, rounding=rounding_note())
sentence(said, source)
quality_note(None, lines[~lines["agency"].isin(left_out)], len(left_out))
drawn = foremost([found], MOST_BARS)
none = _("没有办结的申请")
table = partial(parts_grid, found, _("申请办理结果"))
if not drawn.agencies:
    nothing_here(
        _("{year} 年，所选机构没有可画的办理结果：{reasons}。").format(
            year=year, reasons=counted(without_cases(drawn, none))
        ),
        _("换一个年度，或多选几家机构。"),
    )
    show(table())
else:
    chart_frame(
        partial(outcome_shares, drawn.lines(found)),
        table,
        parts_file(found, _("申请办理结果"), year),
        said,
        source,
        parts_left_out(drawn, none),
    )
