"""What became of a finding: what was said of it, as long as it rests on the same figures."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from checks.findings import Finding, OtherYear, Quote
from checks.standing import count_in_library, standing
from checks.states import Judged, _digest, basis, closed, judge, state_names
from checks.tally import check_report
from form.decisions import Decision, as_printed, replay
from form.report import Cell, Place, Report
from tests.library.made import made_report

NEW = "applications.new_received.natural_person"
CARRIED = "applications.carried_over.natural_person"
NOW = datetime(2026, 3, 1, tzinfo=UTC)


def clean(cells: Mapping[str, Cell] | None = None) -> Report:
    """A report without any findings, but for what `cells` bring about."""
    return made_report("甲市", 2023, count=0, cells=dict(cells or {}))


def printed(value: int) -> Cell:
    return Cell(value, "number", str(value))


def entry(number: int, action: str, **said: Any) -> Decision:
    return Decision(number, action, "甲市", 2023, NOW, "checker", **said)


def word(number: int, action: str, report: Report, finding: Finding, **said: Any) -> Decision:
    return entry(number, action, finding=finding.key, basis=basis(report, finding), **said)


def fix(number: int, report: Report, address: str, new: int) -> Decision:
    old = report.cells[address]
    return entry(number, "correct", address=address, old=old, new=Cell(new, "typed"))


def states(judged: tuple[Judged, ...]) -> list[str]:
    return [item.state for item in judged]


def balances(report: Report) -> tuple[Finding, ...]:
    """Whether what one column received was all dealt with."""
    found = check_report(report)
    return tuple(
        item for item in found if (item.rule, item.column) == ("balance", "natural_person")
    )


BROKEN = clean({NEW: printed(1), "applications.new_received.total": printed(1)})


def test_without_a_word_it_is_open() -> None:
    (finding,) = balances(BROKEN)
    assert judge(BROKEN, [finding], []) == (Judged(finding, "open"),)


@pytest.mark.parametrize(
    ("action", "state", "is_settled"),
    [("accept", "accepted", True), ("ask", "asked", False), ("answer", "answered", False)],
)
def test_the_last_word_counts(action: str, state: str, is_settled: bool) -> None:
    (finding,) = balances(BROKEN)
    first = word(1, "ask", BROKEN, finding, on=date(2026, 1, 1))
    last = word(2, action, BROKEN, finding, on=date(2026, 2, 2))
    (judged,) = judge(BROKEN, [finding], [first, last])
    assert (judged.state, judged.decision, judged.words) == (state, last, (first, last))
    assert judged.is_settled is is_settled
    undone = [first, last, entry(3, "undo", undoes=2)]
    assert judge(BROKEN, [finding], undone)[0].decision == first


@pytest.mark.parametrize(("action", "state"), [("send", "asked"), ("return", "answered")])
def test_a_letter_speaks_of_each_of_its_findings(action: str, state: str) -> None:
    (finding,) = balances(BROKEN)
    findings = (("late//", "11"), (finding.key, basis(BROKEN, finding)))
    letter = entry(1, action, findings=findings, on=date(2026, 1, 1))
    (judged,) = judge(BROKEN, [finding], [letter])
    assert (judged.state, judged.decision, judged.words) == (state, letter, (letter,))
    outdated = replace(letter, findings=((finding.key, "other"),))
    assert states(judge(BROKEN, [finding], [outdated])) == ["reopened"]
    assert states(judge(BROKEN, [finding], [replace(letter, findings=findings[:1])])) == ["open"]
    assert closed((), [letter]) == (letter, letter)


def test_a_word_on_another_finding_is_none_on_this() -> None:
    (finding,) = balances(BROKEN)
    other = replace(word(1, "accept", BROKEN, finding), finding="late//")
    assert states(judge(BROKEN, [finding], [other])) == ["open"]


def test_it_holds_in_a_new_version_where_nothing_it_rests_on_changed() -> None:
    (finding,) = balances(BROKEN)
    said = word(1, "accept", BROKEN, finding)
    moved = {place: replace(cell, place=Place(page=9), raw=f" {cell.raw}")
             for place, cell in BROKEN.cells.items()}  # fmt: skip
    moved["disputes.review.total"] = Cell(None, "blank")
    new = replace(BROKEN, cells=moved)
    assert states(judge(new, balances(new), [said])) == ["accepted"]


def test_it_is_asked_again_where_a_figure_changed() -> None:
    (finding,) = balances(BROKEN)
    said = word(1, "accept", BROKEN, finding)
    new = clean({NEW: printed(2), "applications.new_received.total": printed(2)})
    (judged,) = judge(new, balances(new), [said])
    assert (judged.state, judged.decision) == ("reopened", said)
    again = word(2, "accept", new, judged.finding)
    assert states(judge(new, balances(new), [said, again])) == ["accepted"]


def test_a_word_on_the_print_stands_whatever_is_corrected() -> None:
    (finding,) = balances(BROKEN)
    log = [word(1, "accept", BROKEN, finding), fix(2, BROKEN, CARRIED, 1)]
    log.append(fix(3, BROKEN, "applications.carried_over.total", 1))
    now = replay(BROKEN, log)
    (judged,) = judge(now, balances(now), log, balances(BROKEN))
    assert (judged.state, judged.finding) == ("accepted", finding)


def test_a_word_that_was_said_of_corrected_figures_holds_as_long_as_they_stand() -> None:
    """So libraries were written before findings were those of the print."""
    fixes = [fix(1, BROKEN, CARRIED, 1), fix(2, BROKEN, "applications.carried_over.total", 1)]
    now = replay(BROKEN, fixes)
    (counted,) = balances(now)
    said = replace(word(3, "accept", BROKEN, counted), basis=_digest(now, counted))
    assert states(judge(now, balances(now), [*fixes, said], balances(BROKEN))) == ["accepted"]
    other = replay(BROKEN, [fix(1, BROKEN, CARRIED, 5)])
    assert states(judge(other, balances(other), [said], balances(BROKEN))) == ["reopened"]


def test_what_only_a_correction_brought_about_is_said_to_be_so() -> None:
    sound = clean()
    log = [fix(1, sound, NEW, 1)]
    now = replay(sound, log)
    (judged,) = judge(now, balances(now), log, ())
    assert (judged.state, judged.decision) == ("caused", log[0])
    assert not judged.is_printed
    assert not judged.is_settled


@pytest.mark.parametrize("action", ["accept", "ask"])
def test_no_word_makes_what_a_correction_brought_about_a_fault_of_the_print(action: str) -> None:
    """So libraries were written before findings were those of the print."""
    sound = clean()
    log = [fix(1, sound, NEW, 1)]
    now = replay(sound, log)
    (finding,) = balances(now)
    log.append(replace(word(2, action, now, finding), basis=_digest(now, finding)))
    (judged,) = judge(now, [finding], log, ())
    assert judged.state == {"accept": "accepted", "ask": "asked"}[action]
    assert not judged.is_printed
    assert judged.state_name.startswith("由更正引起，已")
    assert judged.to_json()["printed"] is False
    stands = standing([judged])
    assert (stands.errors, stands.accepted, stands.caused) == (0, 0, 1)
    assert count_in_library({1: [judged]}, {1: "甲"}) == 0


def test_what_a_person_read_where_the_program_could_not_is_the_print() -> None:
    unread = clean({NEW: Cell(None, "unknown", "?")})
    now = replay(unread, [fix(1, unread, NEW, 1)])
    assert as_printed(now).cells[NEW].value == 1
    assert as_printed(replay(clean(), [fix(1, clean(), NEW, 1)])).cells[NEW].value == 0


def test_what_corrections_mended_is_said() -> None:
    (finding,) = balances(BROKEN)
    total = "applications.new_received.total"
    log = [fix(1, BROKEN, NEW, 0), fix(2, BROKEN, total, 0)]
    now = replay(BROKEN, log)
    (judged,) = judge(now, balances(now), log, balances(BROKEN))
    assert (judged.state, judged.finding, judged.is_settled) == ("corrected", finding, True)
    assert judged.decision == log[0] if NEW in finding.cells else log[1]
    undone = [*log, entry(3, "undo", undoes=1), entry(4, "undo", undoes=2)]
    back = replay(BROKEN, undone)
    assert states(judge(back, balances(back), undone, balances(BROKEN))) == ["open"]


def test_a_new_version_closes_what_it_mends() -> None:
    (finding,) = balances(BROKEN)
    said = word(1, "ask", BROKEN, finding, on=date(2026, 1, 1))
    mended = clean()
    assert judge(mended, balances(mended), [said]) == ()
    assert closed((), [said]) == (said,)
    assert closed(judge(BROKEN, [finding], [said]), [said]) == ()
    assert closed((), [said, entry(2, "undo", undoes=1)]) == ()


def finding(**said: Any) -> Finding:
    return Finding("x", "question", None, "一句话", **said)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (finding(cells=(NEW,)), replace(finding(cells=(NEW,)), message="另一句话"), True),
        (finding(cells=(NEW,)), finding(cells=(CARRIED,)), False),
        (finding(required=1), finding(required=2), False),
        (
            finding(quotes=(Quote(1, "甲"),)),
            finding(quotes=(Quote(1, "甲", 0, 1, Place(2)),)),
            True,
        ),
        (finding(quotes=(Quote(1, "甲"),)), finding(quotes=(Quote(1, "乙"),)), False),
        (
            finding(other=OtherYear(2022, ((NEW, 1),))),
            finding(other=OtherYear(2022, ((NEW, 2),))),
            False,
        ),
    ],
)
def test_what_a_finding_rests_on(one: Finding, other: Finding, same: bool) -> None:
    assert (basis(BROKEN, one) == basis(BROKEN, other)) is same


@pytest.mark.parametrize(
    ("cell", "same"),
    [
        (Cell(1, "typed", ""), True),
        (Cell(1, "number", "１"), True),
        (Cell(2, "number", "2"), False),
        (Cell(None, "blank"), False),
        (Cell(None, "text", "1"), False),
    ],
)
def test_a_digest_is_of_what_cells_say(cell: Cell, same: bool) -> None:
    about = finding(cells=(NEW,))
    other = replace(BROKEN, cells={**BROKEN.cells, NEW: cell})
    assert (basis(other, about) == basis(BROKEN, about)) is same


def test_every_state_has_a_name() -> None:
    assert len(set(state_names().values())) == 7
