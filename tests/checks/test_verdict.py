"""What the print of a report comes to, by the letter of its definition."""

from dataclasses import replace

from checks.findings import Finding
from checks.states import Judged
from checks.verdict import verdict

ERROR = Finding("balance", "error", "applications", "不平", column="total", slip="a")
QUESTION = Finding("prose_count", "question", None, "对不上", slip="q")


def test_an_open_error_is_wrong_and_one_let_stand_is_not() -> None:
    assert verdict([Judged(ERROR, "open")]).errors == {"a"}
    assert verdict([Judged(ERROR, "asked")]).errors == {"a"}
    assert verdict([Judged(ERROR, "answered")]).errors == {"a"}
    accepted = verdict([Judged(ERROR, "accepted")])
    assert (accepted.errors, accepted.let_stand) == (frozenset(), {"a"})


def test_what_a_correction_mended_stays_wrong_in_print() -> None:
    assert verdict([Judged(ERROR, "corrected")]).errors == {"a"}


def test_what_a_correction_caused_is_no_fault_of_the_print() -> None:
    assert verdict([Judged(ERROR, "caused")]) == verdict([])
    assert verdict([Judged(ERROR, "accepted", by_correction=True)]) == verdict([])


def test_a_carry_is_whose_the_evidence_says() -> None:
    carry = replace(ERROR, rule="carry", slip="c")
    assert verdict([Judged(carry, "open")]).errors == {"c"}
    assert verdict([Judged(replace(carry, decided="this"), "open")]).errors == {"c"}
    assert not verdict([Judged(replace(carry, decided="other"), "open")]).errors


def test_a_slip_counts_once_and_is_wrong_while_any_part_of_it_is() -> None:
    part = replace(ERROR, column="natural_person")
    found = verdict([Judged(ERROR, "accepted"), Judged(part, "open")])
    assert (found.errors, found.let_stand) == ({"a"}, frozenset())


def test_open_questions_are_doubts_but_being_late_leaves_nothing_open() -> None:
    assert verdict([Judged(QUESTION, "open")]).doubts == {"q"}
    assert not verdict([Judged(QUESTION, "accepted")]).doubts
    # What was corrected here is in the print all the same.
    assert verdict([Judged(QUESTION, "corrected")]).doubts == {"q"}
    late = Finding("late", "warning", None, "迟", slip="l")
    assert verdict([Judged(late, "open")]) == verdict([])
