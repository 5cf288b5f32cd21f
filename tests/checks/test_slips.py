"""Slips: what is one printed fault is counted once, on one report or on two."""

from dataclasses import replace

import pytest

from checks.findings import Finding
from checks.slips import with_slips, with_slips_of_both
from checks.standing import Standing, count_in_library, count_slips, standing
from checks.states import Judged
from checks.suspects import suspects
from checks.tally import check_report
from checks.together import check_together
from form.report import Paragraph, Report
from tests.checks.reports import changed, made

SOUND = (
    "new_received 5 2 . . . . 7\ncarried_over 1 . . . . . 1\ngranted 4 2 . . . . 6\n"
    "total_processed 4 2 . . . . 6\ncarried_forward 2 . . . . . 2"
)


def of(year: int, lines: str = SOUND, **texts: str) -> Report:
    report = made(lines, "2021", year, rest="0")
    return replace(changed(report, **texts), agency="甲市水务局")


def slipped(*reports: Report) -> list[tuple[Finding, ...]]:
    """Each report's findings about its figures, with their slips."""
    found = []
    for item in check_together(reports):
        known = suspects(item.report, item.findings, (), item.before, item.after)
        about = [one for one in item.findings if one.table in ("applications", "disputes")]
        found.append(with_slips(about, known, item.report.year))
    return found


def named(findings: tuple[Finding, ...]) -> dict[str, set[str]]:
    told: dict[str, set[str]] = {}
    for item in findings:
        told.setdefault(item.slip, set()).add(f"{item.rule} {item.column or item.row}")
    return told


def test_a_cell_with_the_total_it_runs_into_is_one_slip() -> None:
    (findings,) = slipped(
        of(2023, applications__granted__natural_person="6", applications__granted__total="8")
    )
    assert list(named(findings).values()) == [{"outcomes natural_person", "outcomes total"}]


def test_three_cells_of_one_row_are_three_slips() -> None:
    (findings,) = slipped(of(2023, THREE))
    assert count_slips(findings) == len(findings) == 3


def test_what_a_correction_broke_is_no_part_of_a_printed_slip() -> None:
    printed = of(2023, THREE)
    counts = changed(
        printed,
        applications__new_received__research="2",
        applications__new_received__legal_service="28",
    )
    of_print, now = (
        [item for item in check_report(each) if item.table == "applications"]
        for each in (printed, counts)
    )
    known = suspects(printed, claims=())
    both, told = with_slips_of_both(now, of_print, known, 2023)
    assert told == with_slips(of_print, known, 2023)
    (balance,) = (item for item in both if item.rule == "balance")
    (caused,) = (item for item in both if item.rule == "applicants")
    assert balance.slip in {item.slip for item in told}
    assert caused.slip not in {item.slip for item in told}


THREE = (
    "new_received 77 0 3 0 25 0 105\ngranted 75 . 2 . 28 . 105\ntotal_processed 75 . 2 . 28 . 105"
)
MISPRINTED = {"disputes__review__upheld": "12", "disputes__review__corrected": "1"} | {
    "disputes__review__total": "22"
}


def test_a_slip_with_a_name_takes_no_other_row_in() -> None:
    other = {"disputes__litigation_direct__upheld": "3", "disputes__litigation_direct__total": "5"}
    report = of(2023, **MISPRINTED, **other)
    assert suspects(report).explanations[0].kind == "transposed"
    (findings,) = slipped(report)
    assert len(findings) == count_slips(findings) == 2


def test_a_slip_with_a_name_makes_no_one_of_others_elsewhere() -> None:
    (findings,) = slipped(of(2023, THREE, **MISPRINTED))
    assert [item.rule for item in findings] == ["balance"] * 3 + ["disputes"]
    assert count_slips(findings) == 4


def test_each_missing_total_is_a_slip() -> None:
    (findings,) = slipped(
        of(
            2023,
            applications__total_processed__natural_person=".",
            applications__total_processed__total=".",
        )
    )
    assert [item.rule for item in findings] == ["missing_total"] * 2
    assert count_slips(findings) == 2


def test_exchanged_cells_are_one_slip() -> None:
    (findings,) = slipped(
        of(2023, applications__granted__natural_person="2", applications__granted__business="4")
    )
    assert len(findings) == 2
    assert count_slips(findings) == 1


def carry_slip() -> list[tuple[Finding, ...]]:
    """Last year's two open cases taken over as five, in 自然人 and in 总计."""
    late = of(
        2023,
        "new_received 5 2 . . . . 7\ncarried_over 5 . . . . . 5\ngranted 5 2 . . . . 7\n"
        "total_processed 5 2 . . . . 7\ncarried_forward 2 . . . . . 2",
    )
    return slipped(of(2022), late)


def test_a_carry_counts_once_with_the_balance_that_it_breaks_and_on_both_reports() -> None:
    before, after = carry_slip()
    (one,), (same,) = ({item.slip for item in findings} for findings in (before, after))
    assert one == same
    assert sorted(item.rule for item in after) == ["balance", "balance", "carry", "carry"]
    assert [item.rule for item in before] == ["carry", "carry"]
    assert {item.decided for item in after if item.rule == "carry"} == {"this"}
    assert {item.decided for item in before} == {"other"}
    assert all("2023 年度填错" in item.message for item in before)
    judged = {
        number: [Judged(item, "open") for item in findings]
        for number, findings in enumerate((before, after))
    }
    assert count_in_library(judged, {0: "甲", 1: "甲"}) == 1
    assert count_in_library(judged, {0: "甲", 1: "乙"}) == 2


def test_carries_of_two_columns_are_two_slips_whatever_their_total_says() -> None:
    after = of(
        2023,
        "new_received 5 2 . . . . 7\ncarried_over 1 1 . . . . 2\ngranted 4 3 . . . . 7\n"
        "total_processed 4 3 . . . . 7\ncarried_forward 2 . . . . . 2",
    )
    before, found = slipped(of(2022), after)
    assert count_slips(found) == count_slips(before) == 2
    both = of(
        2023,
        "new_received 5 2 . . . . 7\ncarried_over 3 1 . . . . 4\ngranted 6 3 . . . . 9\n"
        "total_processed 6 3 . . . . 9\ncarried_forward 2 . . . . . 2",
    )
    _before, found = slipped(of(2022), both)
    assert [item.column for item in found] == ["natural_person", "business", "total"]
    assert count_slips(found) == 2


def test_neither_report_is_decided_on_where_both_hold_by_themselves() -> None:
    after = of(
        2023,
        SOUND.replace("new_received 5", "new_received 6")
        .replace("over 1 . . . . . 1", "over 0 . . . . . 0")
        .replace("2 . . . . 7\ncarried_over", "2 . . . . 8\ncarried_over"),
    )
    _before, found = slipped(of(2022), after)
    assert {item.rule for item in found} == {"carry"}
    assert {item.decided for item in found} == {None}
    assert all("至少有一份填错" in item.message for item in found)


def test_prose_that_says_the_other_year_s_number_decides() -> None:
    after = of(
        2023,
        "new_received 6 2 . . . . 8\ncarried_over 0 . . . . . 0\ngranted 4 2 . . . . 6\n"
        "total_processed 4 2 . . . . 6\ncarried_forward 2 . . . . . 2",
    )
    for told, decided in (
        ("上年结转2件。", "this"),
        ("上年结转0件。", None),
        ("上年结转5件。", None),
    ):
        spoken = replace(after, paragraphs=(Paragraph(1, told),))
        before, found = slipped(of(2022), spoken)
        carries = [item for item in found if item.rule == "carry"]
        assert {item.decided for item in carries} == {decided}, told
        assert ("正文与另一份一致" in carries[0].message) is (decided is not None)
        assert {item.decided for item in before} == {"other" if decided else None}
    earlier = replace(of(2022), paragraphs=(Paragraph(1, "结转下年度继续办理0件。"),))
    before, found = slipped(earlier, after)
    assert {item.decided for item in found if item.rule == "carry"} == {"other"}
    assert {item.decided for item in before if item.rule == "carry"} == {"this"}


def test_keys_are_what_they_always_were() -> None:
    before, after = carry_slip()
    assert [item.key for item in after if item.rule == "carry"] == [
        "carry/applications//natural_person",
        "carry/applications//total",
    ]
    assert [item.key for item in before] == [
        "carry/applications/carried_forward/natural_person",
        "carry/applications/carried_forward/total",
    ]
    assert {item.key for item in after if item.rule == "balance"} == {
        "balance/applications//natural_person",
        "balance/applications//total",
    }


def test_sums_that_wait_for_one_unread_row_are_one_question() -> None:
    row = "\ngranted ?3|4 ?2|3 ? ? ? ? ?"
    (findings,) = slipped(of(2023, SOUND.replace("\ngranted 4 2 . . . . 6", row)))
    assert len(findings) > 3
    assert all(item.undecided for item in findings)
    assert count_slips(findings) == 1


def test_what_is_worse_hides_nothing() -> None:
    everything = Standing(errors=1, mended=2, accepted=3, caused=4)
    assert (everything.sentence, *everything.others_of_print) == (
        "1 处勾稽错误",
        "更正引起 4 处不平",
        "另有 2 处印出的错误，更正后相符",
        "另有 3 处勾稽错误已说明原因",
    )
    caused = Standing(mended=2, caused=4)
    assert (caused.sentence, *caused.others_of_print) == (
        "更正引起 4 处不平",
        "另有 2 处印出的错误，更正后相符",
    )
    assert Standing(mended=2, accepted=1).others_of_print == ()


@pytest.mark.parametrize(
    ("states", "told"),
    [
        (["open", "open"], Standing(errors=1, places=2)),
        (["corrected", "corrected"], Standing(mended=1)),
        (["corrected", "open"], Standing(errors=1, places=1)),
        (["accepted", "accepted"], Standing(accepted=1)),
        (["caused", "corrected"], Standing(mended=1, caused=1)),
    ],
)
def test_a_correction_never_makes_a_print_faultless(states: list[str], told: Standing) -> None:
    findings = [
        Finding("outcomes", "error", "applications", "", column=column, slip="one")
        for column in ("natural_person", "total")
    ]
    judged = [Judged(item, state) for item, state in zip(findings, states, strict=True)]  # type: ignore[arg-type]
    assert standing(judged) == told
    assert not standing(judged).is_faultless
    assert "没有勾稽错误" not in standing(judged).sentence
    # What is worse comes first, and nothing of the rest is left out.
    assert len(standing(judged).others_of_print) == (states == ["caused", "corrected"])
    assert standing([]).is_faultless
    assert standing([]).sentence == "没有勾稽错误"
