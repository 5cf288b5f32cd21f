"""复议与诉讼: reviews and lawsuits over disclosure, and how they ended."""

from __future__ import annotations

from functools import partial

import pandas as pd

from desk import figures
from form.language import _
from measures.shares import foremost, one_line_each
from outputs.charts.stacks import dispute_bars
from pages.compare.composition_table import (
    dispute_sentence,
    parts_file,
    parts_grids,
    parts_left_out,
    without_cases,
)
from pages.parts import shelf
from pages.parts.chart_frame import chart_frame, counted, quality_note
from pages.parts.heading import nothing_here, sentence
from pages.parts.markup import show
from pages.parts.picker import bar, open_comparison, pick_agencies, pick_year

MOST_BARS = 30

state = open_comparison("disputes")
search_box, agency_box, year_box = bar(0.8)
agencies = pick_agencies(state, search_box, agency_box)
with year_box:
    year = pick_year(state.counted)
names = {"review": _("行政复议"), "litigation": _("行政诉讼")}
found = {
    kind: figures.dispute_shares(shelf.library(), state, kind, agencies, year) for kind in names
}
both = pd.concat(found.values())

said = dispute_sentence(found["review"], found["litigation"], year)
source = _("单位：件　来源：各机构 {year} 年度报告，表四").format(year=year)
sentence(said, source)
quality_note(None, one_line_each(both))
drawn = foremost(list(found.values()), MOST_BARS)
none = _("没有行政复议和行政诉讼")
table = partial(parts_grids, {names[kind]: frame for kind, frame in found.items()})
if not drawn.agencies:
    nothing_here(
        _("{year} 年，所选机构没有可画的行政复议或行政诉讼：{reasons}。").format(
            year=year, reasons=counted(without_cases(drawn, none))
        ),
        _("换一个年度，或多选几家机构。"),
    )
    show(table())
else:
    chart_frame(
        partial(
            dispute_bars,
            {names[kind]: drawn.lines(frame) for kind, frame in found.items()},
            _("件"),
        ),
        table,
        parts_file(both, _("复议与诉讼"), year),
        said,
        source,
        parts_left_out(drawn, none),
    )
