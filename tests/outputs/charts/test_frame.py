"""What all charts share: their text is only text, they speak Chinese and stay at home."""

import json

import plotly.graph_objects as go
import pytest

from outputs.charts.bars import comparison_bars
from outputs.charts.frame import config, framed
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
    figure = framed(go.Figure(), LIGHT, 100, "甲" * 60, "单位：件")
    texts = [annotation.text for annotation in figure.layout.annotations]
    assert texts == ["<b>" + "甲" * 30 + "</b>", "<b>" + "甲" * 30 + "</b>", "单位：件"]
    assert figure.layout.height > framed(go.Figure(), LIGHT, 100).layout.height


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
