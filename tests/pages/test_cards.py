"""What a card says of its own faults, and of no other card's."""

import pytest

from checks.explanations import Suspects
from checks.findings import Decided, Finding, OtherYear
from checks.slips import with_slips
from checks.states import Judged
from checks.suspects import suspects
from checks.tally import check_report
from form.report import Report
from pages.parts.report_choice import Choice
from pages.report.cards import Card, cards_of
from pages.report.finding_body import card_parts
from pages.report.way_choice import way_label
from tests.checks.reports import made

REPORT = Choice(1, "甲市水务局", 2023, 1, 1, True, "a.txt")
THREE = (
    "new_received 77 0 3 0 25 0 105\ngranted 75 . 2 . 28 . 105\ntotal_processed 75 . 2 . 28 . 105"
)
TURNED = (
    "new_received 5 21 . . . . 17\ncarried_over 1 . . . . . 1\ngranted 4 12 . . . . 16\n"
    "total_processed 4 12 . . . . 16\ncarried_forward 2 . . . . . 2"
)


def cards(lines: str) -> tuple[Card, ...]:
    report: Report = made(lines, "2021", 2023, rest="0")
    found = suspects(report, claims=())
    told = with_slips([item for item in check_report(report) if item.is_error], found, report.year)
    return cards_of([Judged(item, "open") for item in told], found, report)


def test_a_card_gives_no_cause_of_another() -> None:
    three, misprint = cards(f"{THREE}\nreview 12 1 0 0 22")
    said = card_parts(REPORT, three, whole=True)
    assert "最可能" in said
    assert "3 条关系不成立，共 3 处错，要一起改。" in said
    assert "数字颠倒" not in said
    assert misprint.sure is None
    assert len(misprint.ways) == 5
    assert misprint.slips == 1


def test_a_likely_cause_is_said_on_its_card() -> None:
    (turned,) = cards(TURNED)
    said = card_parts(REPORT, turned, whole=True)
    assert "一、本年新收政府信息公开申请数量 · 商业企业 数字颠倒，21 应为 12。" in said


def test_a_way_is_called_by_its_own_cause() -> None:
    found = cards(
        f"{TURNED}\nreview 0 12 1 0 0\nlitigation_direct 13 3 0 0 0\nlitigation_after_review 3 0 0 0 0"
    )
    assert [len(card.findings) for card in found] == [2, 1, 1, 1]
    review = found[1]
    labels = [way_label(review.report, way) for way in review.ways]
    assert labels[0] == "行政复议：总计 0 → 13"
    assert [label[-7:] for label in labels[1:]] == ["（改 6 格）", "（改 8 格）"]
    assert all("填错了栏" in label and "数字颠倒" not in label for label in labels[1:])


@pytest.mark.parametrize(
    ("decided", "said"),
    [
        (("this", "this"), "按现有证据是本报告填错"),
        (("other", "other"), "按现有证据是那一份填错"),
        (("this", "other"), "至少有一份填错"),
        (("this", None), "至少有一份填错"),
    ],
)
def test_a_carry_is_decided_where_all_its_columns_say_the_same(
    decided: tuple[Decided | None, ...], said: str
) -> None:
    other = OtherYear(2022, ())
    members = tuple(
        Judged(
            Finding("carry", "error", "applications", "", column=column, other=other, decided=by),
            "open",
        )
        for column, by in zip(("natural_person", "business"), decided, strict=True)
    )
    card = Card((1, 2), members, made("", "2021", 2023), Suspects())
    assert said in card_parts(REPORT, card)
