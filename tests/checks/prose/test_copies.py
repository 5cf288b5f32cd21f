"""Prose that is nearly last year's."""

from dataclasses import replace

from checks.prose import copied_findings, prose_facts, worth_comparing
from checks.prose.copies import NEARLY_THE_SAME, likeness
from checks.prose.sentences import sentences
from form.report import Report
from tests.checks.prose.reports import report

LINES = (
    "{year}年，我局把公开贯穿到办文、办事的各个环节，群众关心什么就先公开什么。",
    "门户网站和新媒体共主动公开政府信息{n}条，制发规范性文件1件，均已公开。",
    "全年收到政府信息公开申请{n}件，多数涉及水价调整，均在法定期限内答复。",
    "组织各科室学习条例，逐件核对答复文书，统一文书格式，明确了办理时限。",
    "一是修订公开指南，二是完善公开目录，三是在办事大厅设置查阅点。",
    "对公众关心的供水水质信息按月公布，并配以图解和问答，方便理解。",
)


def text(year: int, number: int, lines: tuple[str, ...] = LINES) -> Report:
    overview = "\n".join(line.format(year=year, n=number) for line in lines)
    return report(overview, year=year, s5="解读形式单一，将增加图解。", s6=f"{year}年未收费。")


def share(now: Report, before: Report) -> float:
    return likeness(tuple(sentences(now.paragraphs)), tuple(sentences(before.paragraphs))).share


def test_only_figures_and_years_were_changed() -> None:
    now, before = text(2021, 35), text(2020, 28)
    assert share(now, before) == 1.0
    (found,) = copied_findings(now, before)
    assert (found.rule, found.severity) == ("prose_copied", "question")
    assert found.other is not None
    assert found.other.year == 2020
    assert "100%" in found.message
    marked = [quote.text[quote.start : quote.end] for quote in found.quotes]
    assert marked[:3] == ["1", "35", "35"]


def test_new_wordings_are_marked_where_they_stand() -> None:
    changed = tuple(line.replace("水价调整", "管网改造") for line in LINES)
    now, before = text(2021, 28, changed), text(2020, 28)
    assert NEARLY_THE_SAME <= share(now, before) < 1
    (found,) = copied_findings(now, before)
    assert "管网改造" in {quote.text[quote.start : quote.end] for quote in found.quotes}


def test_a_new_text_is_not_asked_about() -> None:
    fresh = ("全年公开信息35条，其中预算类最多。", "修建了政务公开专区，培训两期。" * 3) * 2
    assert not [*copied_findings(text(2021, 35, fresh), text(2020, 28))]


def test_half_a_new_text_is_not_asked_about() -> None:
    half = (*LINES[:3], *("我局新设了政务公开专区，举办开放日，走访用水大户听取意见。",) * 3)
    assert share(text(2021, 35, half), text(2020, 28)) < NEARLY_THE_SAME


def test_little_text_says_nothing() -> None:
    now, before = (replace(report("无。", year=year), year=year) for year in (2021, 2020))
    assert not [*copied_findings(now, before)]
    assert prose_facts(now).fingerprint == ()


def test_fingerprints_screen_pairs() -> None:
    prints = {year: prose_facts(text(year, 10 * year)).fingerprint for year in (2020, 2021)}
    other = tuple(f"另有安排{sign}，内容与往年不同，形式也有新意。" for sign in "甲乙丙丁戊己庚")
    fresh = prose_facts(text(2021, 3, other)).fingerprint
    assert worth_comparing(prints[2020], prints[2021])
    assert not worth_comparing(prints[2020], fresh)
    assert not worth_comparing(prints[2020], ())
