"""Stacked bars: parts add up, can be told apart without colour, and draw doubt."""

from typing import Any

import pytest

from outputs.charts.frame import NARROWEST
from outputs.charts.stacks import dispute_bars, outcome_shares
from outputs.charts.text import width
from outputs.theme import LIGHT, TYPE
from tests.outputs.charts.frames import composed, measured

PARTS = ("予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "其他处理")
RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结")
FRAME = composed(
    {
        "聊城": dict(zip(PARTS, (65, 15, 10, 15, 0, 0), strict=True)),
        "阜新": dict(zip(PARTS, (15, 0, 0, 0, 0, 0), strict=True)),
        "承德": dict.fromkeys(PARTS),
        "空": dict.fromkeys(PARTS, 0),
    }
)


def keys(figure) -> list:
    return [trace for trace in figure.data if trace.showlegend is None]


def segments(figure, axis: str = "x") -> dict[tuple[int, str], tuple[float, Any]]:
    """What is drawn of each part in each row: its length, and its look."""
    return {
        (row, told[2]): (length, trace.marker)
        for trace in figure.data
        if trace.type == "bar" and trace.showlegend is False and trace.xaxis == axis
        for row, length, told in zip(trace.y, trace.x, trace.customdata, strict=True)
    }


def words(figure, side: str) -> list[tuple[float, int, str]]:
    """Where the texts on this side of their places stand, and what they say."""
    return [
        (across, row, text.strip())
        for trace in figure.data
        if trace.type == "scatter"
        for across, row, text, place in zip(
            trace.x, trace.y, trace.text, trace.textposition, strict=True
        )
        if place == side
    ]


def ends(figure) -> list[str]:
    return [text for _across, _row, text in words(figure, "middle right")]


def disputes(*numbers: tuple[int, int, int, int]) -> dict:
    return {
        head: composed({"甲": {head + name: n for name, n in zip(RESULTS, own, strict=True)}})
        for head, own in zip(("行政复议", "行政诉讼"), numbers, strict=True)
    }


def test_the_shares_of_an_agency_fill_its_bar() -> None:
    drawn = segments(outcome_shares(FRAME))
    lengths = [
        sum(length for (row, _), (length, _look) in drawn.items() if row == n) for n in (0, 1)
    ]
    assert lengths == [pytest.approx(1), pytest.approx(1)]
    assert drawn[0, "予以公开"][0] == pytest.approx(65 / 105)


def test_nothing_is_drawn_of_a_part_without_cases() -> None:
    drawn = segments(outcome_shares(FRAME))
    assert {part for row, part in drawn if row == 1} == {"予以公开"}
    assert {row for row, _part in drawn} == {0, 1}


def test_parts_are_stacked_in_the_frame_s_order() -> None:
    figure = outcome_shares(FRAME)
    assert figure.layout.barmode == "stack"
    assert [part for row, part in segments(figure) if row == 0] == list(PARTS[:4])


def test_parts_are_told_apart_by_more_than_colour() -> None:
    shown = keys(outcome_shares(FRAME))
    assert [trace.name for trace in shown] == list(PARTS)
    looks = {(trace.marker.color, trace.marker.pattern.shape) for trace in shown}
    assert len(looks) == len(PARTS)
    assert len({trace.marker.pattern.shape for trace in shown}) == len(PARTS)


@pytest.mark.parametrize("suspect", [False, True])
def test_a_segment_has_the_pattern_and_the_colour_that_the_legend_says(suspect: bool) -> None:
    figure = outcome_shares(FRAME.assign(suspect=suspect))
    legend = {trace.name: trace.marker for trace in keys(figure)}
    for (_row, part), (_length, look) in segments(figure).items():
        assert look.pattern.shape == legend[part].pattern.shape
        assert (look.line.color if suspect else look.color) == legend[part].color


def test_a_pattern_is_made_for_a_part_and_not_for_each_segment() -> None:
    for _length, look in segments(outcome_shares(FRAME)).values():
        assert isinstance(look.color, str)
        assert isinstance(look.pattern.fgcolor, str)


def test_long_segments_hold_their_figure_in_the_middle_and_short_ones_none() -> None:
    frame = composed({"甲": {"予以公开": 3, "部分公开": 97}})
    assert words(outcome_shares(frame), "middle center") == [
        (pytest.approx(0.03 + 0.97 / 2), 0, "<b>97.0%</b>")
    ]


@pytest.mark.parametrize("cases", range(1, 40))
def test_a_figure_stands_only_where_it_fits(cases: int) -> None:
    figure = dispute_bars(disputes((cases, 1, 0, 0), (40, 0, 0, 0)), "件")
    first, last = figure.layout.xaxis.domain
    across = (NARROWEST - figure.layout.margin.l - figure.layout.margin.r) * (last - first)
    length = cases / figure.layout.xaxis.range[1] * across
    needed = width(str(cases)) * TYPE.table
    shown = f"<b>{cases}</b>" in [text for _x, _row, text in words(figure, "middle center")]
    assert shown == (length >= needed + 8)
    assert not shown or length > needed


def test_the_end_says_how_many_cases_or_why_there_is_no_bar() -> None:
    assert words(outcome_shares(FRAME), "middle right") == [
        (pytest.approx(1), 0, "共 105 件"),
        (pytest.approx(1), 1, "共 15 件"),
        (0, 2, "未填"),
        (0, 3, "无案件"),
    ]


def test_the_reason_for_a_gap_is_the_part_that_cannot_be_read() -> None:
    frame = composed({"甲": {"予以公开": 3, "部分公开": 1}}).assign(
        state=["number", "unknown"], share=None, whole=None
    )
    assert ends(outcome_shares(frame)) == ["读不准"]


def test_a_bar_in_doubt_is_hollow_from_end_to_end() -> None:
    frame = FRAME.assign(suspect=[i == 1 for i in range(len(FRAME))])
    frame["open_errors"] = [3 if i < 6 else 0 for i in range(len(FRAME))]
    figure = outcome_shares(frame)
    drawn = segments(figure)
    assert {drawn[0, part][1].color for part in PARTS[:4]} == {LIGHT.page}
    assert drawn[0, "予以公开"][1].line.color == LIGHT.series[0]
    assert drawn[1, "予以公开"][1].color == LIGHT.series[0]
    assert keys(figure)[0].marker.color == LIGHT.series[0]
    assert ends(figure)[0] == "共 105 件　⚠\ufe0e 3 处待核"


def test_a_click_tells_the_report() -> None:
    frame = FRAME.assign(report_id=[7] * 6 + [8] * 6 + [9] * 12)
    told = [
        entry[0]
        for trace in outcome_shares(frame).data
        for entry in trace.customdata or ()
        if entry
    ]
    assert sorted(told) == [7] * 4 + [8]


def test_disputes_have_a_panel_each_on_one_scale() -> None:
    figure = dispute_bars(disputes((3, 1, 0, 1), (1, 0, 0, 2)), "件")
    assert [trace.name for trace in keys(figure)] == list(RESULTS)
    assert figure.layout.xaxis.range == figure.layout.xaxis2.range
    assert figure.layout.xaxis.range[0] == 0
    assert figure.layout.xaxis.domain[1] < figure.layout.xaxis2.domain[0]
    assert ends(figure) == ["<b>5 件</b>", "<b>3 件</b>"]
    assert [annotation.text for annotation in figure.layout.annotations] == [
        "<b>行政复议</b>",
        "<b>行政诉讼</b>",
    ]
    assert {part: length for (_row, part), (length, _look) in segments(figure).items()} == {
        "结果维持": 3,
        "结果纠正": 1,
        "尚未审结": 1,
    }
    assert {part: length for (_row, part), (length, _look) in segments(figure, "x2").items()} == {
        "结果维持": 1,
        "尚未审结": 2,
    }
    assert words(figure, "middle center")[0] == (1.5, 0, "<b>3</b>")


def test_the_longest_bar_leaves_room_for_its_label() -> None:
    plain = dispute_bars(disputes((30, 0, 0, 0), (1, 0, 0, 0)), "件").layout.xaxis.range[1]
    panels = disputes((30, 0, 0, 0), (1, 0, 0, 0))
    panels["行政复议"]["open_errors"] = 12
    doubtful = dispute_bars(panels, "件").layout.xaxis.range[1]
    assert 30 < plain < doubtful


def test_an_agency_of_one_panel_only_has_a_row_in_both() -> None:
    panels = {
        "行政复议": composed({"甲": {"结果维持": 1}}),
        "行政诉讼": composed({"乙": {"结果维持": 2}}),
    }
    figure = dispute_bars(panels, "件")
    assert figure.layout.yaxis.ticktext == ("甲", "乙")
    assert ends(figure) == ["<b>1 件</b>", "未填", "未填", "<b>2 件</b>"]


def test_a_missing_report_has_its_word() -> None:
    frame = measured(*({"label": part, "state": "missing_report"} for part in PARTS)).assign(
        share=None, whole=None
    )
    assert ends(outcome_shares(frame)) == ["缺报"]
