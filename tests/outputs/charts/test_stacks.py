"""Stacked bars: parts add up, can be told apart without colour, and draw doubt."""

import pytest

from outputs.charts.stacks import dispute_bars, outcome_shares
from outputs.theme import LIGHT
from tests.outputs.charts.frames import composed, measured

PARTS = ("予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "其他处理")
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


def segments(figure) -> list:
    return [trace for trace in figure.data if trace.type == "bar" and trace.showlegend is False]


def ends(figure) -> list[str]:
    return [text.strip() for trace in figure.data if trace.type == "scatter" for text in trace.text]


def test_the_shares_of_an_agency_fill_its_bar() -> None:
    parts = segments(outcome_shares(FRAME))
    assert [sum(trace.x[row] or 0 for trace in parts) for row in range(4)] == [
        pytest.approx(1),
        pytest.approx(1),
        0,
        0,
    ]


def test_parts_are_told_apart_by_more_than_colour() -> None:
    shown = keys(outcome_shares(FRAME))
    assert [trace.name for trace in shown] == list(PARTS)
    looks = {(trace.marker.color, trace.marker.pattern.shape) for trace in shown}
    assert len(looks) == len(PARTS)
    assert len({trace.marker.pattern.shape for trace in shown}) == len(PARTS)


def test_long_segments_hold_their_figure_and_short_ones_none() -> None:
    frame = composed({"甲": {"予以公开": 97, "部分公开": 3}})
    assert [trace.text[0] for trace in segments(outcome_shares(frame))] == ["<b>97.0%</b>", ""]


def test_the_end_says_how_many_cases_or_why_there_is_no_bar() -> None:
    assert ends(outcome_shares(FRAME)) == ["共 105 件", "共 15 件", "未填", "无案件"]


def test_the_reason_for_a_gap_is_the_part_that_cannot_be_read() -> None:
    frame = composed({"甲": {"予以公开": 3, "部分公开": 1}}).assign(
        state=["number", "unknown"], share=None, whole=None
    )
    assert ends(outcome_shares(frame)) == ["读不准"]


def test_a_bar_in_doubt_is_hollow_from_end_to_end() -> None:
    frame = FRAME.assign(suspect=[i == 1 for i in range(len(FRAME))])
    frame["open_errors"] = [3 if i < 6 else 0 for i in range(len(FRAME))]
    figure = outcome_shares(frame)
    fills = [trace.marker.color[0] for trace in segments(figure)]
    assert set(fills) == {LIGHT.page}
    assert segments(figure)[0].marker.color[1] == LIGHT.series[0]
    assert keys(figure)[0].marker.color == LIGHT.series[0]
    assert ends(figure)[0] == "共 105 件　⚠\ufe0e 3 处待核"


def test_disputes_have_a_panel_each_on_one_scale() -> None:
    results = ("结果维持", "结果纠正", "其他结果", "尚未审结")
    panels = {
        head: composed({"甲": {head + name: n for name, n in zip(results, numbers, strict=True)}})
        for head, numbers in (("行政复议", (3, 1, 0, 1)), ("行政诉讼", (1, 0, 0, 2)))
    }
    figure = dispute_bars(panels, "件")
    assert [trace.name for trace in keys(figure)] == list(results)
    assert figure.layout.xaxis.range == figure.layout.xaxis2.range
    assert figure.layout.xaxis.range[0] == 0
    assert figure.layout.xaxis.domain[1] < figure.layout.xaxis2.domain[0]
    assert ends(figure) == ["<b>5 件</b>", "<b>3 件</b>"]
    assert [annotation.text for annotation in figure.layout.annotations] == [
        "<b>行政复议</b>",
        "<b>行政诉讼</b>",
    ]
    assert segments(figure)[0].text == ("<b>3</b>",)


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
