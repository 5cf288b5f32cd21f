"""Prose that is nearly last year's."""

from dataclasses import replace
from difflib import SequenceMatcher

import pytest

from checks.prose import copied_findings, copies, prose_facts, worth_comparing
from checks.prose.copies import NEARLY_THE_SAME, Likeness, likeness
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
    assert "文字有 100.0% 与" in found.message
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


def told(now: Report, before: Report) -> list[tuple[str, str]]:
    return [(item.rule, item.message) for item in copied_findings(now, before)]


def long_text(clause: str, times: int, year: int, end: str = "") -> Report:
    return replace(report(f"{clause * times}{end}。", year=year), year=year)


def test_texts_that_repeat_themselves_too_often_are_not_told_and_it_is_said() -> None:
    now, before = long_text("甲乙", 20_000, 2021), long_text("甲丙", 20_000, 2020)
    ((rule, message),) = told(now, before)
    assert rule == "not_judged"
    assert "没有与2020年度报告比对完" in message
    assert likeness(tuple(sentences(now.paragraphs)), tuple(sentences(before.paragraphs))) == (
        Likeness(None)
    )


def test_texts_longer_than_any_report_are_not_compared_and_it_is_said() -> None:
    clause = "甲乙丙丁戊己庚辛壬癸，"
    now, before = long_text(clause, 31_000, 2021), long_text(clause, 3, 2020)
    ((rule, message),) = told(now, before)
    assert rule == "not_judged"
    assert "文字太长" in message


def test_what_both_years_begin_and_end_with_is_left_aside_where_steps_run_out() -> None:
    now, before = (
        long_text("甲乙丙，", 9_000, 2021, "丁戊己"),
        long_text("甲乙丙，", 9_000, 2020, "庚辛壬"),
    )
    ((rule, message),) = told(now, before)
    assert rule == "prose_copied"
    assert "99% 与2020年度报告相同" in message


def test_a_copy_whose_differences_cannot_be_listed_is_a_copy() -> None:
    lines = [f"组织学习条例第{sign}条。" for sign in "甲乙" * 2_000]
    others = [f"组织学习条例第{sign}条！" for sign in "甲乙" * 2_000]
    now, before = (
        replace(report("\n".join([line[0] * 3 + "，", *some]), year=year), year=year)
        for line, some, year in (("子", lines, 2021), ("丑", others, 2020))
    )
    ((rule, message),) = told(now, before)
    assert rule == "prose_copied"
    assert "不同之处" in message


def test_a_comparison_never_looks_at_more_pairs_than_it_may(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    paid = []
    plain = copies._Steps.spend

    def spend(self: copies._Steps, steps: int) -> None:
        plain(self, steps)
        paid.append(steps)

    monkeypatch.setattr(copies._Steps, "spend", spend)
    for times in (2_000, 8_000):
        paid.clear()
        told(long_text("甲乙，", times, 2021), long_text("甲丙，甲乙，", times, 2020))
        # Two comparisons, each tried twice; what cannot be paid for is not looked at.
        assert sum(paid) <= 4 * copies.MOST_STEPS
    told(long_text("甲乙，", 90, 2021), long_text("甲丙，甲乙，", 90, 2020))
    assert paid


def test_steps_change_nothing_for_texts_of_any_usual_length() -> None:
    lines = tuple(
        f"第{number}项工作由{'甲乙丙丁'[number % 4]}科办理，已经办结。" for number in range(300)
    )
    now, before = text(2021, 3, lines), text(2020, 3, (*lines[:150], "另有安排。", *lines[160:]))
    ours, theirs = (tuple(sentences(item.paragraphs)) for item in (now, before))
    clauses = [
        [clause for sentence in some for clause in copies._clauses(sentence)]
        for some in (ours, theirs)
    ]
    steps = copies._Steps(copies.MOST_STEPS)
    matched = copies._matched(*clauses, steps, 0, 0)
    assert steps.left > copies.MOST_STEPS * 0.9
    blocks = SequenceMatcher(None, *clauses, autojunk=False).get_matching_blocks()
    assert matched >= sum(
        len(clause) for block in blocks for clause in clauses[0][block.a : block.a + block.size]
    )
