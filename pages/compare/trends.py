"""年度趋势: one measure over years, a small chart an agency, gaps where reports are missing."""

from __future__ import annotations

from functools import partial

from desk import figures
from form.language import _
from measures.sentences import trend_sentence
from outputs.charts.trends import trend_cards
from pages.compare.trend_table import change_texts, most_telling, trend_file, trend_grid
from pages.parts import shelf
from pages.parts.chart_frame import chart_frame, left_to_table, quality_note
from pages.parts.heading import sentence
from pages.parts.picker import (
    bar,
    open_comparison,
    pick_agencies,
    pick_measure,
    pick_one,
    pick_years,
)
from pages.parts.words import source_text

MOST_CARDS = 12

state = open_comparison("trends")
search_box, agency_box, measure_box, years_box, axis_box = bar(1.6, 1.3, 0.9)
agencies = pick_agencies(state, search_box, agency_box)
with measure_box:
    measure = pick_measure(("applications", "applicants", "disclosure", "disputes"))
with years_box:
    years = pick_years(state.counted)
with axis_box:
    axis = pick_one(_("纵轴"), [_("统一"), _("各自")], "axis", named=True)
found = figures.trend(shelf.library(), state, measure.key, agencies, years)

said = trend_sentence(found)
span = f"{years[0]}—{years[-1]}" if len(years) > 1 else str(years[0])
source = source_text(measure, span)
sentence(said, source)
quality_note(measure, found.table)
drawn, others = most_telling(found, MOST_CARDS)
chart_frame(
    partial(
        trend_cards,
        drawn,
        measure.unit,
        changes=change_texts(found, set(drawn["agency"])),
        shared_axis=axis == _("统一"),
    ),
    partial(trend_grid, found),
    trend_file(found),
    said,
    source,
    left_to_table(_("按首末变化从大到小"), MOST_CARDS, {_("变化排在其后，或看不出变化"): others}),
)
