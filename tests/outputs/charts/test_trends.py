"""Trends: gaps stay gaps, doubt is hollow, years are whole, axes start at zero."""

import re
from itertools import pairwise

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
Box = tuple[float, float, float, float]


def trace(figure, name: str):
    return next(trace for trace in figure.data if trace.name == name)


def strokes(figure, name: str) -> list[list[tuple[float, float]]]:
    """The lines of a trace, each a list of places: across and down."""
    found: list[list[tuple[float, float]]] = [[]]
    for across, down in zip(trace(figure, name).x, trace(figure, name).y, strict=True):
        if across is None:
            found.append([])
        else:
            found[-1].append((across, down))
    return [stroke for stroke in found if stroke]


def cards(figure) -> list[Box]:
    """Every card: its left and right edge, its upper and lower one."""
    return [
        (
            min(x for x, _ in edge),
            max(x for x, _ in edge),
            min(y for _, y in edge),
            max(y for _, y in edge),
        )
        for edge in strokes(figure, "edges")
    ]


def inside(card: Box, across: float, down: float) -> bool:
    left, right, top, bottom = card
    return left <= across <= right and top <= down <= bottom


def values(figure) -> list[list[tuple[int, float, float, str]]]:
    """The values of each card: year, where it stands, and what it says."""
    line = trace(figure, "lines")
    shown = [
        (told[2], across, down, told[3])
        for across, down, told in zip(line.x, line.y, line.customdata, strict=True)
        if across is not None
    ]
    return [[item for item in shown if inside(card, *item[1:3])] for card in cards(figure)]


def words(figure) -> list[dict[str, tuple[float, float]]]:
    """The texts of each card and where they stand."""
    shown = trace(figure, "words")
    texts = list(zip(shown.text, zip(shown.x, shown.y, strict=True), strict=True))
    return [
        {text.strip(): place for text, place in texts if inside(card, *place)}
        for card in cards(figure)
    ]


def ticks(figure) -> list[dict[int, float]]:
    """The lines across each card: what is said of them, and how far down they stand."""
    lines = strokes(figure, "grid")
    return [
        {
            int(text): place[1]
            for text, place in own.items()
            if text.isdigit() and place in [line[0] for line in lines]
        }
        for own in words(figure)
    ]


def test_each_agency_has_a_card_on_all_years() -> None:
    figure = trend_cards(FRAME, "件")
    places = [[own[str(year)][0] for year in range(2019, 2023)] for own in words(figure)]
    assert len(places) == 2
    for own in places:
        steps = [after - before for before, after in pairwise(own)]
        assert steps[0] > 0
        assert steps == pytest.approx([steps[0]] * 3)
    for own, name in zip(words(figure), ("甲", "乙"), strict=True):
        assert any(name in text for text in own)


def test_a_value_stands_over_its_year_and_as_high_as_its_axis_says() -> None:
    figure = trend_cards(FRAME, "件")
    for own, texts, axis in zip(values(figure), words(figure), ticks(figure), strict=True):
        pixel = (axis[0] - axis[60]) / 60
        for year, across, down, said in own:
            assert across == pytest.approx(texts[str(year)][0])
            (number,) = re.findall(r"^\d+", said)
            assert axis[0] - down == pytest.approx(int(number) * pixel)


def test_a_missing_year_breaks_the_line_and_has_its_word() -> None:
    figure = trend_cards(FRAME, "件")
    assert trace(figure, "lines").connectgaps is False
    assert [[item[0] for item in own] for own in values(figure)] == [
        [2019, 2020, 2022],
        [2019, 2020, 2021],
    ]
    # 甲's line has two pieces, 乙's one: nothing joins two cards either.
    assert [len(stroke) for stroke in strokes(figure, "lines")] == [2, 1, 3]
    first, second = words(figure)
    assert first["缺报"][0] == first["2021"][0]
    assert second["读不准"][0] == second["2022"][0]


def test_a_year_that_the_frame_does_not_tell_is_a_gap_too() -> None:
    figure = trend_cards(FRAME.drop(index=[1]), "件")
    assert [item[0] for item in values(figure)[0]] == [2019, 2022]
    assert [len(stroke) for stroke in strokes(figure, "lines")][:2] == [1, 1]


def test_a_suspect_point_is_hollow() -> None:
    line = trace(trend_cards(FRAME, "件"), "lines")
    looks = {
        (told[1], told[2]): colour
        for told, colour in zip(line.customdata, line.marker.color, strict=True)
    }
    hollow = [place for place, colour in looks.items() if colour != LIGHT.series[0]]
    assert hollow == [("甲", 2020)]
    assert looks["甲", 2020] == LIGHT.page


def test_only_the_last_number_is_labelled() -> None:
    figure = trend_cards(FRAME, "件")
    labels = [
        {text: place[0] for text, place in own.items() if re.fullmatch(r"<b>\d+</b>", text)}
        for own in words(figure)
    ]
    years = words(figure)
    assert labels == [{"<b>58</b>": years[0]["2022"][0]}, {"<b>3</b>": years[1]["2021"][0]}]


def test_axes_are_shared_or_free_and_start_at_zero() -> None:
    shared = ticks(trend_cards(FRAME, "件"))
    free = ticks(trend_cards(FRAME, "件", shared_axis=False))
    assert [list(axis) for axis in shared] == [[0, 60, 120, 180]] * 2
    assert [list(axis) for axis in free] == [[0, 20, 40, 60], [0, 60, 120, 180]]
    for axis in (*shared, *free):
        downs = list(axis.values())
        steps = [before - after for before, after in pairwise(downs)]
        assert steps == pytest.approx([steps[0]] * 3)
        assert steps[0] > 0


def test_a_card_s_title_names_the_agency_and_its_change() -> None:
    figure = trend_cards(FRAME, "件", changes={"甲": "+27 件，+87%"})
    first, second = ([text for text in own if text.startswith("<b>")] for own in words(figure))
    assert first[0].startswith("<b>甲</b>　")
    assert "+27 件，+87%" in first[0]
    assert second[0] == "<b>乙</b>"


def test_a_click_tells_the_report_and_pointing_the_agency_and_the_year() -> None:
    line = trace(trend_cards(FRAME, "件"), "lines")
    assert list(line.customdata[0]) == [11, "甲", 2019, "31 件"]
    assert line.hovertemplate.startswith("%{customdata[1]}　%{customdata[2]}<br>%{customdata[3]}")


def test_an_empty_selection_makes_an_empty_chart() -> None:
    assert cards(trend_cards(FRAME.head(0), "件")) == []


@pytest.mark.parametrize(("count", "columns", "rows"), [(1, 3, 1), (7, 3, 3), (30, 2, 15)])
def test_cards_never_overlap(count: int, columns: int, rows: int) -> None:
    figure = trend_cards(agencies(count), "件", columns=columns)
    boxes = cards(figure)
    assert len(boxes) == count
    assert figure.layout.height >= rows * 200
    low, high = figure.layout.yaxis.range
    margin = figure.layout.margin
    # One unit is one px.
    assert low - high == figure.layout.height - margin.t - margin.b
    left, right = figure.layout.xaxis.range
    assert all(left < a < b < right and high < c < d < low for a, b, c, d in boxes)
    apart = [
        p[1] <= q[0] + 1e-9 or q[1] <= p[0] + 1e-9 or p[3] <= q[2] + 1e-9 or q[3] <= p[2] + 1e-9
        for i, p in enumerate(boxes)
        for q in boxes[:i]
    ]
    assert all(apart)


def test_many_years_leave_out_labels_but_never_the_last() -> None:
    frame = measured(*({"year": year, "value": 1} for year in range(2008, 2026)))
    (own,) = words(trend_cards(frame, "件"))
    labels = [text for text in own if re.fullmatch(r"20\d\d", text)]
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
