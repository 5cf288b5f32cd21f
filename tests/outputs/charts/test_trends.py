"""Trends: gaps stay gaps, doubt is hollow, years are whole, axes start at zero."""

import pytest

from outputs.charts.scale import round_ticks
from outputs.charts.trends import trend_cards
from outputs.theme import LIGHT
from tests.outputs.charts.frames import agencies, measured

FRAME = measured(
    {"agency": "甲", "year": 2019, "value": 31, "report_id": 11},
    {"agency": "甲", "year": 2020, "value": 38, "suspect": True, "open_errors": 1},
    {"agency": "甲", "year": 2021, "state": "missing_report", "report_id": None},
    {"agency": "甲", "year": 2022, "value": 58},
    {"agency": "乙", "year": 2019, "value": 171},
    {"agency": "乙", "year": 2020, "value": 2},
    {"agency": "乙", "year": 2021, "value": 3},
    {"agency": "乙", "year": 2022, "state": "unknown"},
)


def test_each_agency_has_a_card_on_all_years() -> None:
    figure = trend_cards(FRAME, "件")
    lines = figure.data[::2]
    assert [line.x for line in lines] == [(2019, 2020, 2021, 2022)] * 2
    assert figure.layout.xaxis2.ticktext == ("2019", "2020", "2021", "2022")


def test_a_missing_year_breaks_the_line_and_has_its_word() -> None:
    line, gap, other, unread = trend_cards(FRAME, "件").data
    assert line.y == (31, 38, None, 58)
    assert line.connectgaps is False
    assert (gap.x, gap.text) == ((2021,), ("缺报",))
    assert (unread.x, unread.text) == ((2022,), ("读不准",))
    assert other.y == (171, 2, 3, None)


def test_a_year_that_the_frame_does_not_tell_is_a_gap_too() -> None:
    figure = trend_cards(FRAME.drop(index=[1]), "件")
    assert figure.data[0].y == (31, None, None, 58)


def test_a_suspect_point_is_hollow() -> None:
    colours = trend_cards(FRAME, "件").data[0].marker.color
    assert list(colours) == [LIGHT.series[0], LIGHT.page, LIGHT.series[0], LIGHT.series[0]]


def test_only_the_last_number_is_labelled() -> None:
    figure = trend_cards(FRAME, "件")
    assert figure.data[0].text == ("", "", "", "<b>58</b>")
    assert figure.data[2].text == ("", "", "<b>3</b>", "")


def test_axes_are_shared_or_free_and_start_at_zero() -> None:
    shared = trend_cards(FRAME, "件").layout
    free = trend_cards(FRAME, "件", shared_axis=False).layout
    assert shared.yaxis.tickvals == shared.yaxis2.tickvals == (0, 60, 120, 180)
    assert free.yaxis.tickvals == (0, 20, 40, 60)
    assert {axis.range[0] for axis in (shared.yaxis, free.yaxis, free.yaxis2)} == {0}


def test_a_card_s_title_names_the_agency_and_its_change() -> None:
    figure = trend_cards(FRAME, "件", changes={"甲": "+27 件，+87%"})
    titles = [annotation.text for annotation in figure.layout.annotations]
    assert titles[0].startswith("<b>甲</b>　")
    assert "+27 件，+87%" in titles[0]
    assert titles[1] == "<b>乙</b>"


@pytest.mark.parametrize(("count", "columns", "rows"), [(1, 3, 1), (7, 3, 3), (30, 2, 15)])
def test_cards_never_overlap(count: int, columns: int, rows: int) -> None:
    figure = trend_cards(agencies(count), "件", columns=columns)
    boxes = [(s.x0, s.x1, s.y0, s.y1) for s in figure.layout.shapes]
    assert len(boxes) == count
    assert figure.layout.height >= rows * 200
    assert all(0 <= a < b <= 1.0001 and -1e-9 <= c < d <= 1 for a, b, c, d in boxes)
    apart = [
        p[1] <= q[0] + 1e-9 or q[1] <= p[0] + 1e-9 or p[3] <= q[2] + 1e-9 or q[3] <= p[2] + 1e-9
        for i, p in enumerate(boxes)
        for q in boxes[:i]
    ]
    assert all(apart)


def test_many_years_leave_out_labels_but_never_the_last() -> None:
    frame = measured(*({"year": year, "value": 1} for year in range(2008, 2026)))
    labels = trend_cards(frame, "件").layout.xaxis.ticktext
    assert len(labels) <= 8
    assert labels[-1] == "2025"


@pytest.mark.parametrize(
    ("highest", "whole", "ticks"),
    [
        (171, True, [0, 60, 120, 180]),
        (2, True, [0, 1, 2, 3]),
        (0, True, [0, 1, 2, 3]),
        (0.62, False, [0, 0.25, 0.5, 0.75]),
        (10432, True, [0, 4000, 8000, 12000]),
    ],
)
def test_ticks_are_round(highest: float, whole: bool, ticks: list[float]) -> None:
    assert round_ticks(highest, whole=whole) == pytest.approx(ticks)
