"""What all charts share: their text is only text, they speak Chinese and stay at home."""

import json

import plotly.graph_objects as go
import pytest

from outputs.charts.bars import comparison_bars
from outputs.charts.frame import config, framed, room_over
from outputs.charts.stacks import dispute_bars, outcome_shares
from outputs.charts.text import lines, plain, width
from outputs.charts.trends import trend_cards
from outputs.theme import DARK, LIGHT, palette
from tests.outputs.charts.frames import agencies, composed

HOSTILE = "<a href='javascript:alert(1)'>甲</a><b>"
PARTS = {"予以公开": 3, "部分公开": 1}


def every_chart(name: str, dark: bool = False) -> dict[str, go.Figure]:
    frame = agencies(2, name)
    parts = composed({name: PARTS})
    texts = {"title": name, "note": name, "dark": dark}
    return {
        "bars": comparison_bars(frame, "件", **texts),
        "trends": trend_cards(frame, "件", changes={name: name}, **texts),
        "shares": outcome_shares(parts, **texts),
        "disputes": dispute_bars({name: parts, "行政诉讼": parts}, "件", **texts),
    }


@pytest.mark.parametrize("kind", every_chart("甲"))
def test_no_text_becomes_markup(kind: str) -> None:
    written = json.dumps(every_chart(HOSTILE)[kind].to_plotly_json(), default=str)
    assert "&lt;a href=&#x27;" in written.replace("<br>", "")
    assert "<a" not in written
    assert "javascript" in written  # it is there, as text


@pytest.mark.parametrize("kind", every_chart("甲"))
@pytest.mark.parametrize(("dark", "other"), [(False, DARK), (True, LIGHT)])
def test_each_theme_uses_its_own_colours_only(kind: str, dark: bool, other) -> None:
    written = json.dumps(every_chart("甲", dark)[kind].to_plotly_json(), default=str)
    foreign = {other.ink, other.page, other.muted, *other.series} - {
        palette(dark).page,
        *palette(dark).series,
    }
    assert palette(dark).ink in written
    assert [colour for colour in foreign if colour in written] == []


def test_the_sentence_and_its_note_stand_in_the_figure() -> None:
    figure = framed([], {}, LIGHT, 100, "甲" * 60, "单位：件")
    texts = [annotation.text for annotation in figure.layout.annotations]
    assert texts == ["<b>" + "甲" * 30 + "</b>", "<b>" + "甲" * 30 + "</b>", "单位：件"]
    assert figure.layout.height > framed([], {}, LIGHT, 100).layout.height


@pytest.mark.parametrize("kind", every_chart("甲"))
def test_plotly_finds_nothing_changed_when_it_draws_the_same_figure_again(kind: str) -> None:
    layout = json.loads(every_chart("甲")[kind].to_json())["layout"]
    # It compares these by identity, and Streamlit hands over a copy.
    assert layout.get("template") is None
    assert isinstance(layout["meta"], int)
    # By this it knows the lists again.
    assert layout["datarevision"]


@pytest.mark.parametrize("kind", every_chart("甲"))
def test_a_figure_that_shows_anything_else_has_another_name(kind: str) -> None:
    def name(agency: str, dark: bool = False) -> str:
        return every_chart(agency, dark)[kind].layout.datarevision

    assert name("甲") == name("甲")
    assert len({name("甲"), name("乙"), name("甲", dark=True)}) == 3


def test_another_value_is_another_figure() -> None:
    frame = agencies(3)
    other = frame.assign(value=[0, 7, 15])
    names = [comparison_bars(own, "件").layout.datarevision for own in (frame, other)]
    assert names[0] != names[1]


def test_a_page_can_hide_what_it_says_itself() -> None:
    plain, titled = framed([], {}, LIGHT, 100), framed([], {}, LIGHT, 100, "甲", "乙")
    assert room_over(plain) == 0
    assert room_over(titled) == titled.layout.height - plain.layout.height > 0


def test_the_browser_is_told_chinese_and_has_one_button() -> None:
    settings = config("汇总")
    assert settings["modeBarButtons"] == [["toImage"]]
    assert settings["displaylogo"] is settings["showSendToCloud"] is False
    words = settings["locales"][settings["locale"]]["dictionary"]
    assert words["Download plot as a PNG"] == "下载图片（PNG）"
    assert all(not value.isascii() for value in words.values())
    assert settings["toImageButtonOptions"]["filename"] == "汇总"
    assert config("汇总", "svg")["toImageButtonOptions"]["format"] == "svg"


@pytest.mark.parametrize(
    "text",
    [
        "郑州市自然资源和规划局二七分局",
        "某某自治区某某市高新技术产业开发区自然资源和规划管理委员会办公室",
        "2020 年，5 家机构共新收申请 151 件；聊城市自然资源和规划局最多，105 件",
        "Ministry of Very Long Latin Names and Numbers 1234567890",
        "",
    ],
)
def test_lines_hold_the_whole_text_and_keep_to_the_room(text: str) -> None:
    broken = lines(text, 16)
    assert "".join(broken).replace(" ", "") == text.replace(" ", "")
    assert all(width(line) <= 18 for line in broken)
    assert all(line[:1] not in "，。；、）" for line in broken if line)
    assert plain(text, 16).count("<br>") == len(broken) - 1


def test_numbers_stay_in_one_piece() -> None:
    for number in ("2019", "1,234,567", "+1,234", "−3.5", "61.9%"):
        assert [line for line in lines(f"共收到申请{number}件", 3) if number in line]


@pytest.mark.parametrize(
    "number", ["1,665 件", "1\u2009234\u2009567 件", "12.5 万元", "61.9%", "+36 件", "2019—2025 年"]
)
@pytest.mark.parametrize("room", [3, 5, 8, 13])
def test_a_line_never_ends_in_a_number_or_before_its_unit(number: str, room: int) -> None:
    broken = lines(f"全部所选机构新收申请由{number}增至很多很多", room)
    assert any(number in line for line in broken)


def test_capitals_are_wider_than_small_letters() -> None:
    assert width("甲") == 1 > width("W") > width("w")
