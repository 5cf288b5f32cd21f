"""Suspects as a whole: the known reports, the order, what is forced, what is said."""

import random
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.synthetic.slips import realistic_report, wrong_cells
from checks.explanations import Change, Explanation, Suspects
from checks.findings import Finding, Quote
from checks.prose import Claim, prose_facts
from checks.prose.numerals import Bound
from checks.repairs import ways
from checks.suspects import Limits, content_key, suspects
from checks.suspects.evidence import MOST_TOLD
from checks.tally import check_report
from form.editions import EDITION_KEYS
from form.report import Cell, Report
from form.rules import sums
from loaders import read
from sample_reports import FOLDER
from tests.checks.reports import changed, made
from tests.checks.suspects.brute import Puzzle, smallest
from tests.waiting import HANGS

REAL = {path.name[:2]: path for path in (FOLDER / "real").glob("*.txt")}


def said(quantity: str, value: int, bound: Bound = "=") -> Claim:
    """A claim of the prose, in a sentence of its own."""
    return Claim(quantity, value, bound, Quote(1, f"{quantity} {bound} {value}"))


def report_in(path: Path) -> Report:
    (report,) = read(path.read_bytes(), path.name)
    return report


def figures(explanation: Explanation) -> dict[str, int]:
    """What each changed cell would count, its table left out."""
    return {item.address.partition(".")[2]: int(item.after or 0) for item in explanation.changes}


def kinds(found: Suspects) -> list[str]:
    return [item.kind for item in found.explanations]


REVIEW = "disputes.review"
ZHENGZHOU = (
    said("review.total", 1),
    said("review.pending", 1),
    said("litigation_direct.upheld", 1),
    said("litigation.total", 1),
)


def test_liaocheng_has_one_explanation() -> None:
    found = suspects(report_in(REAL["聊城"]))
    (only,) = found.explanations
    assert found.complete
    assert only.kind == "cells"
    assert only.changes == (
        Change("applications.new_received.natural_person", 77, 75),
        Change("applications.new_received.research", 3, 2),
        Change("applications.new_received.legal_service", 25, 28),
    )
    assert "自然人 应为 75" in only.because
    assert "改法只有这一种" in only.because


def test_beidaihe_left_totals_out() -> None:
    found = suspects(report_in(REAL["北戴"]))
    (only,) = found.explanations
    assert only.kind == "missing_totals"
    assert only.changes == (
        Change("applications.total_processed.natural_person", None, 4),
        Change("applications.total_processed.total", None, 4),
    )


def test_zhengzhou_is_moved_by_five_as_its_prose_says() -> None:
    report = report_in(REAL["郑州"])
    found = suspects(report, check_report(report), prose_facts(report).claims)
    assert found == suspects(report)
    assert suspects(report, findings=()) == suspects(report, claims=()) == Suspects()
    first = found.explanations[0]
    assert (first.kind, first.confirmed) == ("shift", ("prose",))
    assert figures(first) == {
        "review.pending": 1,
        "review.total": 1,
        "litigation_direct.upheld": 1,
        "litigation_direct.pending": 0,
        "litigation_after_review.upheld": 0,
        "litigation_after_review.total": 0,
    }
    assert (
        "“行政诉讼 · 未经复议直接起诉 · 尚未审结”栏里的数应填在“行政复议 · 尚未审结”栏"
        in first.because
    )
    assert "正文" in first.because


@pytest.mark.parametrize("name", ["阜新", "承德"])
def test_faultless_sums_need_no_explanation(name: str) -> None:
    assert suspects(report_in(REAL[name])) == Suspects()


def test_everything_smallest_is_listed_on_real_forms() -> None:
    """Against trying every set of one and two cells, on tables of the form with planted slips."""
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    for number in range(340):
        report = realistic_report(EDITION_KEYS[number % 2], rng)
        report = wrong_cells(rng.choice((1, 1, 2)))(report, rng)
        found = suspects(report)
        assert found.complete
        expected = smallest_repairs(report)
        size = len(next(iter(expected)))
        given = {
            frozenset((item.address, int(item.after or 0)) for item in one.changes): one
            for one in found.explanations
        }
        assert expected <= set(given) or not size, f"report {number}"
        others = [one for values, one in given.items() if values not in expected]
        assert all(one.kind != "cells" for one in others), f"report {number}"


def smallest_repairs(report: Report) -> set[frozenset[tuple[str, int]]]:
    """The smallest sets with their values."""
    checked = [
        item
        for key, edition in report.editions.items()
        if edition is not None
        for item in sums(key, edition)
    ]
    puzzle = Puzzle(
        [({**dict.fromkeys(item.left, 1), **dict.fromkeys(item.right, -1)}, 0) for item in checked],
        {place: int(cell.in_sums or 0) for place, cell in report.cells.items()},
        {},
        0,
    )
    return {
        frozenset((place, value) for place, (value,) in values.items())
        for values in smallest(puzzle, 2).values()
    }


def test_blanks_come_before_printed_numbers() -> None:
    found = suspects(made("review 1 . . 0 2", tables=("disputes",)))
    assert [(item.rank, item.group, figures(item)) for item in found.explanations] == [
        (1, "empty", {"review.corrected": 1}),
        (1, "empty", {"review.other": 1}),
        (1, "empty", {"review.pending": 1}),
        (2, "filled", {"review.upheld": 2}),
        (2, "filled", {"review.total": 1}),
    ]


def test_what_the_prose_confirms_is_listed_though_it_is_printed() -> None:
    report = made("review 1 . . 0 2", tables=("disputes",))
    found = suspects(report, claims=[said("review.upheld", 2)])
    first, *others = found.explanations
    assert (figures(first), first.confirmed) == ({"review.upheld": 2}, ("prose",))
    assert (first.rank, first.confirmed_at) == (1, ((f"{REVIEW}.upheld", ("prose",)),))
    assert len(others) == 4
    assert all(item.rank > 1 for item in others)


def test_what_the_prose_contradicts_comes_last() -> None:
    report = made("review 1 0 0 0 2", tables=("disputes",))
    last = suspects(report, claims=[said("review.total", 2)]).explanations[-1]
    assert figures(last) == {"review.total": 1}


def test_another_year_confirms() -> None:
    report = made(
        "new_received 3 . . . . . 3\ncarried_over 1 . . . . . 2\ngranted 4 . . . . . 4\ntotal_processed 4 . . . . . 4"
    )
    before = made("new_received 1 . . . . . 1\ncarried_forward 1 . . . . . 1", year=2019)
    found = suspects(report, before=before)
    assert figures(found.explanations[0]) == {"carried_over.total": 1}
    assert found.explanations[0].confirmed == ("previous_year",)
    after = made("carried_over 5 . . . . . 5\ntotal_processed 5 . . . . . 5", year=2021)
    unlike = suspects(report, before=before, after=after).explanations[0]
    assert unlike.confirmed == ("previous_year",)


def test_a_broken_chain_is_explained_where_all_sums_hold() -> None:
    report = made(
        "new_received 3 . . . . . 3\ngranted 3 . . . . . 3\ntotal_processed 3 . . . . . 3"
    )
    before = made("new_received 1 . . . . . 1\ncarried_forward 1 . . . . . 1", year=2019)
    found = suspects(report, before=before)
    assert found.complete
    assert {item.confirmed for item in found.explanations} == {("previous_year",)}
    assert all(figures(item)["carried_over.total"] == 1 for item in found.explanations)
    assert all(item.because.startswith("若以上一年度报告为准") for item in found.explanations)


def test_a_lower_bound_of_the_prose_leaves_the_figure_open() -> None:
    report = made("review 1 . . . 1", tables=("disputes",))
    found = suspects(report, claims=[said("review.total", 3, ">=")])
    change = found.explanations[0].changes[-1]
    assert (change.after, change.between, change.is_forced) == (None, (3, None), False)
    assert "应不少于 3" in found.explanations[0].because


def test_open_cells_may_be_filled_in_for_nothing() -> None:
    closed = made("review 1 0 0 0 3", tables=("disputes",))
    assert len(suspects(closed).explanations) == 5
    unknown = changed(closed, disputes__review__other="?0|2")
    assert suspects(unknown) == Suspects()
    other = changed(closed, disputes__review__other="?0|1")
    assert all(
        "disputes.review.other" not in [change.address for change in item.changes]
        for item in suspects(other).explanations
    )
    assert suspects(other).explanations


@pytest.mark.parametrize(
    ("line", "kind", "values"),
    [
        ("review 153 0 0 0 135", "transposed", {"review.upheld": 135}),
        ("review 150 0 0 2 17", "factor_ten", {"review.upheld": 15}),
        ("review -2 0 0 0 2", "sign", {"review.upheld": 2}),
        ("review 2 1 0 0 .", "missing_totals", {"review.total": 3}),
        ("review 3 0 0 0 .", "missing_totals", {"review.total": 3}),
        (
            "review . 1 0 0 1\nlitigation_direct 0 5 0 0 .",
            "missing_totals",
            {"litigation_direct.total": 5},
        ),
    ],
)
def test_single_causes_name_a_smallest_set(line: str, kind: str, values: dict[str, int]) -> None:
    first = suspects(made(line, tables=("disputes",))).explanations[0]
    assert (first.kind, figures(first)) == (kind, values)


def test_two_rows_in_each_others_place() -> None:
    report = made(
        "new_received 8 1 . . . . 9\ntotal_processed 2 1 . . . . 3\ncarried_forward 6 . . . . . 6\ngranted 6 . . . . . 6"
    )
    found = suspects(report)
    named = [item for item in found.explanations if item.kind == "swap"]
    assert all("填反了" in item.because for item in named)


def test_slips_in_tables_that_share_nothing_multiply() -> None:
    report = made("review 1 0 0 0 2\nlitigation_direct 3 0 0 0 2", tables=("disputes",), rest="0")
    found = suspects(report)
    assert len(found.explanations) == 5 * 2
    assert all(len(item.changes) == 2 for item in found.explanations)


def test_lists_are_cut_and_say_so() -> None:
    report = made("review 1 0 0 0 2", tables=("disputes",))
    found = suspects(report, limits=Limits(sets=2))
    assert (len(found.explanations), found.complete) == (2, False)
    assert "前 2 种" in found.limit


def test_where_combinations_are_cut_each_way_of_each_part_is_still_there() -> None:
    lines = "review 1 0 0 0 2\nlitigation_direct 3 0 0 0 2\nlitigation_after_review 0 0 0 0 3"
    report = made(lines, tables=("disputes",), rest="0")
    whole = suspects(report)
    assert (len(whole.explanations), whole.every_way) == (5 * 2 * 5, True)
    few = suspects(report, limits=Limits(sets=12))
    assert (len(few.explanations), few.complete, few.every_way) == (12, False, True)
    for row, count in (("review", 5), ("litigation_direct", 2), ("litigation_after_review", 5)):
        finding = Finding("disputes", "error", "disputes", "", (f"disputes.{row}.total",))
        touching = replace(
            finding, cells=tuple(place for place in report.cells if f".{row}." in place)
        )
        assert len(ways(touching, few)) == len(ways(touching, whole)) == count
        assert [way.rank for way in ways(touching, few)] == [
            way.rank for way in ways(touching, whole)
        ]
    assert not suspects(report, limits=Limits(sets=5)).every_way


def test_a_search_that_stops_still_gives_one_set_and_says_so() -> None:
    report = made("new_received 9 8 7 6 5 4 3\ngranted 1 2 3 4 5 6 7", rest="0")
    found = suspects(report, limits=Limits(steps=5, seconds=HANGS))
    assert not found.complete
    assert "没有查完" in found.limit
    assert found.explanations[0].changes
    without = suspects(report, limits=Limits(steps=5, seconds=1e-6))
    assert not without.complete
    assert "没有查完" in without.limit


UNREAD_ROWS = "\n".join(
    f"{row} ? ? ? ? ? ? ?" for row in ("granted", "partial", "denied_third_party", "unable_unclear")
)


@pytest.mark.parametrize("total", [".", "-", "0"])
def test_a_missing_total_beside_rows_that_nobody_can_read_is_explained_or_not_known(
    total: str,
) -> None:
    lines = f"new_received 9 8 7 6 5 4 39\n{UNREAD_ROWS}\ncarried_forward 1 0 0 0 0 0 {total}"
    report = made(lines, rest="0")
    found = suspects(report)
    assert found.complete == (found.limit == "")
    assert "未能核对" not in found.limit


def test_questions_used_up_are_said() -> None:
    report = made(f"new_received 9 8 7 6 5 4 38\n{UNREAD_ROWS}", rest="0")
    found = suspects(report, limits=Limits(asked=0))
    assert not found.complete
    assert "没有查完怎样才能使各项关系成立" in found.limit


def test_more_statements_of_the_prose_than_can_be_weighed_are_counted() -> None:
    report = made("review 1 0 0 0 2", tables=("disputes",), rest="0")
    many = [said("review.total", number) for number in range(MOST_TOLD + 5)]
    found = suspects(report, claims=many)
    assert not found.complete
    assert "有 5 项没有用来比对" in found.limit
    assert suspects(report, claims=many[:3]).complete


def test_a_search_that_fails_is_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_arguments: object) -> None:
        raise IndexError

    monkeypatch.setattr("checks.suspects._explained", broken)
    found = suspects(made("review 1 0 0 0 2", tables=("disputes",), rest="0"))
    assert (found.explanations, found.complete) == ((), False)
    assert found.limit.startswith("未能核对")


TWO = "review 12 1 0 0 22\nlitigation_direct 3 0 0 0 5"


def test_each_part_of_an_explanation_says_its_own() -> None:
    first = suspects(made(TWO, tables=("disputes",)), claims=[said("review.upheld", 21)])
    named, plain = first.explanations[0].parts
    assert (named.kind, named.group, named.lead) == (
        "transposed",
        "cause",
        "行政复议 · 结果维持 数字颠倒，12 应为 21",
    )
    assert named.confirmed_at == ((f"{REVIEW}.upheld", ("prose",)),)
    assert (plain.kind, plain.group, plain.lead, plain.confirmed) == ("cells", "empty", "", ())
    assert [len(part.changes) for part in (named, plain)] == [1, 1]


def test_answers_survive_json() -> None:
    for found in (
        suspects(report_in(REAL["聊城"])),
        suspects(report_in(REAL["郑州"]), claims=ZHENGZHOU),
        suspects(made("review 1 . . . 1"), claims=[said("review.total", 3, ">=")]),
        suspects(made("review 1 0 0 0 2", rest="0"), limits=Limits(sets=1)),
        suspects(made(TWO, tables=("disputes",)), claims=[said("review.upheld", 21)]),
        Suspects(),
    ):
        assert Suspects.from_json(found.to_json()) == found


A = f"{REVIEW}.total"
PART = {"kind": "cells", "cells": [A], "group": "filled"}


def test_an_answer_may_be_of_one_part() -> None:
    """What the refused ones below differ from."""
    explanation = {"rank": 1, "because": "", "changes": {A: {"from": 1, "to": 2}}, "parts": [PART]}
    data = {"explanations": [explanation], "limit": "", "on": "print"}
    found = Suspects.from_json(data | {"complete": True, "every_way": True})
    assert found.explanations[0].changes == (Change(A, 1, 2),)


@pytest.mark.parametrize(
    "data",
    [
        None,
        {},
        {"explanations": [], "complete": 1, "limit": "", "on": "print", "every_way": True},
        {"explanations": [], "complete": True, "limit": "", "on": "screen", "every_way": True},
        {"explanations": [], "complete": True, "limit": "", "on": "print", "every_way": 1},
        {"explanations": [], "complete": True, "limit": ""},
        *(
            {
                "explanations": [{"rank": 1, "because": "", **said}],
                "complete": True,
                "limit": "",
                "on": "print",
                "every_way": True,
            }
            for said in (
                {"changes": {}},
                {"changes": {}, "parts": [PART | {"kind": "magic", "cells": []}]},
                {"changes": {A: {"from": True, "to": 1}}, "parts": [PART]},
                {"changes": {A: {"from": 1, "to": 2, "between": [1]}}, "parts": [PART]},
                {"changes": {A: {"from": 1, "to": 2}}, "parts": []},
                {"changes": {A: {"from": 1, "to": 2}}, "parts": [PART, PART]},
                {"changes": {A: {"from": 1, "to": 2}}, "parts": [PART | {"group": "likely"}]},
                {"changes": {A: {"from": 1, "to": 2}}, "parts": [PART], "confirmed_at": [A]},
                {"changes": {A: {"from": 1, "to": 2}}, "parts": [PART | {"lead": 3}]},
            )
        ),
    ],
)
def test_what_is_no_answer_is_refused(data: object) -> None:
    with pytest.raises(ValueError, match=r"not suspects|unknown"):
        Suspects.from_json(data)


def test_the_key_is_about_what_counts() -> None:
    report = made("review 1 0 0 0 2", rest="0")
    key = content_key(report)
    assert content_key(replace(report, agency="乙县", title="别的")) == key
    moved = replace(report.cells[f"{REVIEW}.total"], raw=" 2 ")
    assert content_key(replace(report, cells={**report.cells, f"{REVIEW}.total": moved})) == key
    assert content_key(replace(report, cells=dict(reversed(report.cells.items())))) == key
    claim = said("review.total", 2)
    before = made("carried_forward 1 . . . . . 1", year=2019)
    others = [
        content_key(changed(report, disputes__review__upheld="2")),
        content_key(changed(report, disputes__review__other=".")),
        content_key(changed(report, disputes__review__other="?0|1")),
        content_key(changed(report, disputes__review__other="?0|2")),
        content_key(report, claims=[claim]),
        content_key(report, claims=[replace(claim, value=3)]),
        content_key(report, claims=[replace(claim, bound=">=")]),
        content_key(report, before=before),
        content_key(report, after=made("carried_over 1 . . . . . 1", year=2021)),
        content_key(report, limits=Limits(sets=3)),
        content_key(replace(report, editions={**report.editions, "applications": "2021"})),
    ]
    assert len({key, *others}) == len(others) + 1


def test_text_proves_nothing() -> None:
    report = made("review 1 0 0 0 2", tables=("disputes",))
    cells = {**report.cells, f"{REVIEW}.upheld": Cell(None, "text", "约5件")}
    assert suspects(replace(report, cells=cells)) == Suspects()
