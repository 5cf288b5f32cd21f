"""What is more prose than any report has is read as far as can be, and the rest is said."""

import json
from collections.abc import Sequence

import pytest

from checks.findings import Finding
from checks.prose import ProseFacts, prose_facts, prose_findings
from checks.prose.facts import MOST_CLAIMS, MOST_READ, MOST_YEARS
from checks.prose.screening import reports_to_ask
from checks.prose.sentences import LONGEST, rejoined, sentences
from checks.tally import check_report
from checks.unjudged import not_judged
from form.matrix import matrix_of
from form.report import Paragraph, Report
from tests.checks.prose.reports import report

FILLING = "依法公开政府信息"


def unread(found: Report) -> list[Finding]:
    return [item for item in prose_findings(found) if item.rule == "not_judged"]


def values(found: Report) -> list[int]:
    return [claim.value for claim in prose_facts(found).claims]


def texts(text: str) -> list[str]:
    return [sentence.text for sentence in sentences([Paragraph(1, text)])]


def test_a_plain_report_is_read_whole() -> None:
    found = report("收到政府信息公开申请7件。", "new_received 7 0 0 0 0 0 7")
    assert prose_facts(found).unread is None
    assert unread(found) == []


def test_a_long_sentence_is_read_to_its_end_in_parts_that_end_with_a_clause() -> None:
    text = f"{FILLING}，" * 900 + "收到政府信息公开申请31件。"
    assert len(text) > 4 * LONGEST
    assert "".join(texts(text)) == text
    assert max(map(len, texts(text))) <= LONGEST
    assert values(report(text)) == [31]
    assert unread(report(text)) == []


def test_what_has_no_end_is_left_out_and_said_with_its_length() -> None:
    text = FILLING * 700 + "，收到政府信息公开申请31件。"
    found = report(text)
    facts = prose_facts(found)
    assert facts.unread is not None
    assert facts.unread.signs == len(FILLING) * 700 + 1 - LONGEST
    assert values(found) == [31]
    (finding,) = unread(found)
    assert (finding.severity, finding.place) == ("warning", "正文")
    assert f"其后共 {facts.unread.signs:,} 字没有读" in finding.message
    assert finding.id
    assert finding.quotes[0].text == FILLING * 25


@pytest.mark.parametrize("number", ["1234567", "二百三十四", "1,234", "约12", "12余"])
def test_a_number_is_never_cut_in_two(number: str) -> None:
    for shift in range(9):
        start = "收到政府信息公开申请"
        filling = "甲" * (LONGEST - len(start) - shift)
        for text in (f"{filling}{start}{number}件乙丙丁", f"甲甲{filling * 2}{number}件申请，无。"):
            assert values(report(text)) in ([], [claim_of(number)])


def claim_of(number: str) -> int:
    (value,) = values(report(f"收到政府信息公开申请{number}件。"))[:1] or [0]
    return value


@pytest.mark.parametrize(
    "lines",
    [
        ["收到政府信息公开申请1件。" * (MOST_CLAIMS + 40)],
        ["收到政府信息公开申请1件。"] * (MOST_CLAIMS + 40),
    ],
)
def test_claims_beyond_what_any_report_makes_are_counted_by_sentences(lines: Sequence[str]) -> None:
    found = report("\n".join(lines))
    facts = prose_facts(found)
    assert len(facts.claims) == MOST_CLAIMS
    assert facts.unread is not None
    assert facts.unread.sentences == 40
    assert "其后 40 句没有与表格核对" in unread(found)[0].message


def test_sentences_that_claim_nothing_are_read_within_bounds_too() -> None:
    line = f"收到申请书的{FILLING * 20}3项。"
    assert values(report(line)) == []
    found = prose_facts(report(line * (2 * MOST_READ // len(line)))).unread
    assert found is not None
    assert found.sentences > 100


def test_other_years_are_kept_up_to_a_number_and_the_rest_is_counted() -> None:
    found = report("2019年，我局收到各类信件3件。" * (MOST_YEARS + 7), year=2020)
    facts = prose_facts(found)
    assert len(facts.years) == MOST_YEARS
    assert facts.unread is not None
    assert facts.unread.years == 7
    assert "另有 7 处没有列出" in unread(found)[0].message


def test_what_was_not_read_is_kept_and_asked_about() -> None:
    found = report(FILLING * 700)
    facts = prose_facts(found)
    assert ProseFacts.from_json(json.loads(json.dumps(facts.to_json()))) == facts
    assert [*reports_to_ask(matrix_of({1: found}), {1: facts})] == [1]


def test_its_key_is_not_that_of_a_judgement_that_failed() -> None:
    (finding,) = unread(report(FILLING * 700))
    assert finding.key != not_judged("a1b2c3d4", "failed").key
    assert finding in check_report(report(FILLING * 700))
    assert unread(report(FILLING * 700))[0] == finding


def test_facts_are_bounded_however_long_the_text_is() -> None:
    sizes = []
    for size in (2_000, 4_000):
        facts = prose_facts(report(f"2019年，收到申请1件。收到申请{size}件，{FILLING}。\n" * size))
        sizes.append(len(json.dumps(facts.to_json())))
    assert sizes[1] < 1.1 * sizes[0]


def test_a_message_repeats_a_few_numbers_and_counts_the_rest() -> None:
    text = "".join(f"收到政府信息公开申请{number}件。" for number in range(100, 200))
    (finding,) = (
        item
        for item in prose_findings(report(text, "new_received 7 0 0 0 0 0 7"))
        if item.rule == "prose_count"
    )
    assert "等 100 个数" in finding.message
    assert len(finding.message) < 400
    assert len(finding.quotes) == 20


def test_lines_are_put_together_once() -> None:
    lines = [f"{'甲乙丙丁' * 8}{number % 10}" for number in range(500)]
    (whole,) = rejoined(Paragraph(1, f"  {line} ") for line in lines)
    assert whole.text == "  " + "".join(lines) + " "
    assert [
        *rejoined([Paragraph(1, "甲" * 30 + "  "), Paragraph(1, " "), Paragraph(1, " 乙。")])
    ] == [Paragraph(1, "甲" * 30 + "乙。")]
