"""The judged library says what a plain judgement of all of it says, whatever happened to it."""

import os
from collections.abc import Collection
from dataclasses import replace
from random import Random
from typing import Final

import pandas as pd
import pytest

from checks.frame import findings_frame
from desk.desk import Desk
from desk.kept import FINDINGS
from desk.worker import Here, Wanted
from form.report import Paragraph
from library.store import Library
from tests.checks.reports import changed, made
from tests.desk.season import (
    AGENCIES,
    explained_plainly,
    happen,
    imported,
    judged_plainly,
    slipped,
)

SEQUENCES = 200 if os.environ.get("FULL") else 8
NEW = "applications.new_received.natural_person"
FORWARD = "applications.carried_forward.total"


@pytest.mark.parametrize("number", range(SEQUENCES))
def test_what_is_kept_is_what_is_judged_anew(library: Library, number: int) -> None:
    seed = int(os.environ.get("SEED", Random().randrange(10**9)))
    random, desk = Random(seed), Desk(library)
    told = [f"seed {seed}, sequence {number}"]
    for step in range(12):
        told.append(happen(library, random, step))
        state = desk.settled()
        assert state.judged == judged_plainly(library), told
        assert not state.pending
    pd.testing.assert_frame_equal(state.everything, library.reports())
    afresh = Desk(library).settled()
    assert afresh.judged == state.judged, told
    pd.testing.assert_frame_equal(afresh.table, state.table)
    left = {
        number: [item for item in items if not item.is_settled]
        for number, items in state.judged.items()
    }
    pd.testing.assert_frame_equal(state.open_table, findings_frame(left, state.everything))
    for report_id in state.judged:
        assert desk.suspects(report_id) == explained_plainly(library, report_id), told


def test_only_the_touched_agency_is_judged_again(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    random = Random(1)
    one, _two = (
        imported(library, slipped(random, name, 2023), data=name.encode())[0]
        for name in AGENCIES[:2]
    )
    desk, asked = Desk(library), list[list[str]]()
    desk.settled()
    judge = desk._judge.judge
    monkeypatch.setattr(
        desk._judge, "judge", lambda wanted, left: (asked.append(list(wanted)), judge(wanted, left))
    )
    cell = library.report(one).cells[NEW]
    library.log.correct(one, NEW, "5" if cell.value != 5 else "6", cell, None, "笔误")
    desk.settled()
    assert asked == [[AGENCIES[0]]]


def test_a_start_finds_everything_judged(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    imported(library, slipped(Random(1), AGENCIES[0], 2023), data=b"1")
    before = Desk(library).settled().judged
    again = Desk(library)
    monkeypatch.setattr(again, "_judge", None)
    assert again.now().judged == before


def test_what_was_being_judged_when_it_changed_is_judged_again(library: Library) -> None:
    (number,) = imported(library, slipped(Random(1), AGENCIES[0], 2023), data=b"1")
    asked = list[int]()

    class Busy(Here):
        """Ends what it was at when it is first asked, which is no longer what counts."""

        def judge(self, wanted: Collection[Wanted], seconds: float) -> bool:
            asked.append(len(wanted))
            return len(asked) == 1 or super().judge(wanted, seconds)

    assert Desk(library, Busy(library)).settled().judged.keys() == {number}
    assert len(asked) == 2


def test_what_nobody_keeps_is_asked_for_twice_and_no_more(library: Library) -> None:
    imported(library, slipped(Random(1), AGENCIES[0], 2023), data=b"1")
    asked = list[int]()

    class Idle(Here):
        def judge(self, wanted: Collection[Wanted], seconds: float) -> bool:  # noqa: ARG002
            asked.append(len(wanted))
            return True

    assert Desk(library, Idle(library)).settled().pending
    assert len(asked) == 2


def test_kept_results_may_be_thrown_away(library: Library) -> None:
    imported(library, slipped(Random(1), AGENCIES[0], 2023), data=b"1")
    before = Desk(library).settled().judged
    with library.writing() as connection:
        connection.exec_driver_sql("DELETE FROM derived")
    assert Desk(library).settled().judged == before


def test_what_another_program_kept_is_not_taken(library: Library) -> None:
    (number,) = imported(library, slipped(Random(2), AGENCIES[0], 2023), data=b"1")
    library.keep_derived(FINDINGS, "another", {number: "{}"}, library.revision)
    assert Desk(library).settled().judged == judged_plainly(library)


def test_a_carry_that_a_correction_of_the_year_before_mends_is_said_to_be_mended(
    library: Library,
) -> None:
    first, second = (
        replace(made(editions="2021", year=year, rest="0"), agency=AGENCIES[0])
        for year in (2022, 2023)
    )
    first = changed(first, applications__carried_forward__total="1")
    one, two = imported(library, first, second, data=b"1")
    desk = Desk(library)
    assert "carry" in {item.finding.rule for item in desk.settled().judged[two]}
    seen = library.report(one).cells[FORWARD]
    entry = library.log.correct(one, FORWARD, "0", seen, "checker", "笔误")
    (carry,) = (item for item in desk.settled().judged[two] if item.finding.rule == "carry")
    assert (carry.state, carry.decision) == ("corrected", entry)


def test_any_version_can_be_asked_about(library: Library) -> None:
    random = Random(5)
    first, second = slipped(random, AGENCIES[0], 2023), slipped(random, AGENCIES[0], 2023)
    (old,) = imported(library, first, data=b"1")
    (new,) = imported(library, second, data=b"2")
    (waiting,) = imported(library, slipped(random, None, 2023), data=b"3")
    desk = Desk(library)
    assert set(desk.settled().judged) == {new}
    for number in (old, new, waiting):
        found = {item.finding.key for item in desk.judged(number)}
        assert found == {item.key for item in desk.printed(number)}
        desk.suspects(number)


OLD: Final = {
    "balance/applications//natural_person": "9aea32dbbf5917b0",
    "balance/applications//total": "bc9cdc43292f1c10",
    "missing_total/applications/carried_forward/total": "03d5013425396cf2",
    "carry/applications//natural_person": "4ec53e7d3c70194b",
    "carry/applications//total": "9337d8b49591a907",
    "prose_count/applications/new_received//收到申请9件。": "40fbfee5c6bcb061",
    "disputes/disputes/review/": "d3ba0c4e6486a32b",
}
"""What a library holds that was written before slips were counted: keys of findings and their bases."""


def test_a_library_that_was_written_before_keeps_its_decisions(library: Library) -> None:
    lines = (
        "new_received 5 2 . . . . 7\ncarried_over {} . . . . . {}\ngranted 4 2 . . . . 6\n"
        "total_processed 4 2 . . . . 6\ncarried_forward 2 . . . . . 2"
    )
    first, second = (
        replace(
            made(lines.format(over, over), "2021", year, rest="0"),
            agency=AGENCIES[0],
            paragraphs=(Paragraph(1, "收到申请9件。"),),
        )
        for year, over in ((2022, 1), (2023, 5))
    )
    second = changed(second, applications__carried_forward__total=".", disputes__review__upheld="1")
    one, two = imported(library, first, second, data=b"1")
    for key, digest in OLD.items():
        library.log.accept(two, key, digest, "已核实", "checker")
    judged = Desk(library).settled().judged
    assert {item.finding.key: item.state for item in judged[two]} == dict.fromkeys(OLD, "accepted")
    # The other ends of the carries stand on the earlier report, under keys that are new.
    assert {item.state for item in judged[one]} == {"open"}
    assert not {item.finding.key for item in judged[one]} & {
        key for key in OLD if key.startswith("carry")
    }
