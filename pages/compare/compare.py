"""机构比较: one measure of many agencies in one year, ranked."""

from __future__ import annotations

from functools import partial

from desk import figures
from form.figures import state_words
from form.language import _
from measures.sentences import comparison_sentence
from measures.values import WITHOUT_REPORT
from outputs.charts.bars import comparison_bars
from pages.compare.ranking_table import comparison_file, comparison_grid
from pages.parts import shelf
from pages.parts.chart_frame import chart_frame, left_to_table, quality_note
from pages.parts.heading import sentence
from pages.parts.picker import (
    bar,
    open_comparison,
    pick_agencies,
    pick_measure,
    pick_year,
    without_suspects,
)
from pages.parts.words import source_text

MOST_BARS = 30

state = open_comparison("compare")
search_box, agency_box, measure_box, year_box, switch_box = bar(1.7, 0.8, 1.1)
agencies = pick_agencies(state, search_box, agency_box)
with measure_box:
    measure = pick_measure(("applications", "applicants", "disclosure", "disputes"))
with year_box:
    year = pick_year(state.counted)
everyone = figures.compare(shelf.library(), state, measure.key, agencies, year)
with switch_box:
    left_out = set(without_suspects(everyone.table))
kept = [name for name in agencies if name not in left_out]
found = figures.compare(shelf.library(), state, measure.key, kept, year)

said = comparison_sentence(found)
source = source_text(measure, str(year))
sentence(said, source)
quality_note(measure, found.table, len(left_out))
received = found.table[~found.table["state"].isin(WITHOUT_REPORT)]
drawn = received.head(MOST_BARS)
chart_frame(
    partial(comparison_bars, drawn, measure.unit),
    partial(comparison_grid, found),
    comparison_file(found),
    said,
    source,
    left_to_table(
        _("按数值从大到小"),
        len(drawn),
        {
            _("排在其后"): len(received) - len(drawn),
            **{
                state_words()[state]: int((found.table["state"] == state).sum())
                for state in WITHOUT_REPORT
            },
        },
    ),
)
