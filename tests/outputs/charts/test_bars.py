"""Bars start at zero, hide no name, and draw doubt."""

import pytest

from outputs.charts.bars import comparison_bars
from outputs.charts.frame import NARROWEST, SEE_THROUGH
from outputs.theme import LIGHT
from tests.outputs.charts.frames import agencies, measured

LONG = "某某自治区某某市高新技术产业开发区自然资源和规划管理委员会办公室"
FRAME = measured(
    {"agency": "聊城", "value": 105, "suspect": True, "open_errors": 3, "report_id": 4},
    {"agency": "阜新", "value": 15, "report_id": 2},
    {"agency": "承德", "value": 5, "open_errors": 1},
    {"agency": "乙", "state": "missing_report", "report_id": None},
    {"agency": "丙", "state": "blank"},
)


def labels(figure) -> list[str]:
    return [text.strip() for text in figure.data[1].text]


def test_bars_start_at_zero_and_stand_in_the_frame_s_order() -> None:
    figure = comparison_bars(FRAME, "件")
    assert figure.layout.xaxis.range[0] == 0
    assert figure.layout.yaxis.ticktext == ("聊城", "阜新", "承德", "乙", "丙")
    assert figure.layout.yaxis.range == (4.5, -0.5)
    assert figure.data[0].x[:3] == (105, 15, 5)


def test_a_suspect_value_is_hollow_with_a_dashed_outline() -> None:
    figure = comparison_bars(FRAME, "件")
    assert list(figure.data[0].marker.color[:2]) == [SEE_THROUGH, LIGHT.series[0]]
    (outline,) = figure.layout.shapes
    assert (outline.x0, outline.x1, outline.line.dash) == (0, 105, "4px,3px")
    assert outline.y0 < 0 < outline.y1


def test_labels_say_unit_doubt_and_why_there_is_no_number() -> None:
    assert labels(comparison_bars(FRAME, "件")) == [
        "<b>105 件</b>　⚠\ufe0e 3 处待核",
        "<b>15 件</b>",
        "<b>5 件</b>　⚠\ufe0e 1 处待核",
        "缺报",
        "未填",
    ]


def test_a_gap_is_no_zero() -> None:
    assert comparison_bars(FRAME, "件").data[0].x[3] is None


def test_shares_of_few_cases_are_grey() -> None:
    frame = measured({"value": 1.0}, {"agency": "乙", "value": 1.0}).assign(few_cases=[False, True])
    figure = comparison_bars(frame, "%")
    assert list(figure.data[0].marker.color) == [LIGHT.series[0], LIGHT.muted]
    assert labels(figure) == ["<b>100.0%</b>", "<b>100.0%</b>　件数少"]


def test_a_click_tells_the_report() -> None:
    figure = comparison_bars(FRAME, "件")
    assert [entry[0] for entry in figure.data[0].customdata] == [4, 2, 1, None, 1]


@pytest.mark.parametrize("count", [1, 5, 30])
def test_the_chart_grows_with_the_agencies(count: int) -> None:
    figure = comparison_bars(agencies(count), "件")
    assert figure.layout.height >= 40 * count
    assert len(figure.layout.yaxis.ticktext) == count


def test_a_long_name_is_broken_and_gets_its_room() -> None:
    short = comparison_bars(measured({"agency": "甲", "value": 1}), "件")
    long = comparison_bars(measured({"agency": LONG, "value": 1}), "件")
    assert long.layout.yaxis.ticktext[0].replace("<br>", "") == LONG
    assert "<br>" in long.layout.yaxis.ticktext[0]
    assert long.layout.margin.l > short.layout.margin.l
    assert long.layout.height > short.layout.height


def test_the_longest_bar_leaves_room_for_its_label() -> None:
    def free(*lines: dict) -> float:
        return comparison_bars(measured(*lines), "件").layout.margin.r

    short = free({"value": 9})
    assert (
        20 < short < free({"value": 9, "open_errors": 2}) < free({"value": 1e9, "open_errors": 2})
    )
    # A long label after a short bar takes nothing from the longest.
    assert free({"value": 9}, {"value": 1, "open_errors": 2}) == short
    # A label without end leaves half of the width to the bars.
    assert free({"value": 1e300}) < NARROWEST / 2


def test_two_agencies_of_one_name_keep_their_bars() -> None:
    figure = comparison_bars(measured({"value": 1}, {"value": 2}), "件")
    assert figure.data[0].y == (0, 1)


def test_an_empty_selection_makes_an_empty_chart() -> None:
    figure = comparison_bars(FRAME.head(0), "件")
    assert len(figure.data[0].x) == 0
