"""Letters as the log tells them, and the state that each is in."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from form.decisions import Action, Decision
from form.exchange import decision_from_json, decision_to_json
from form.letters import Came, Letter, by_agency_year, letter_state, letters_of

AT = datetime(2026, 1, 13, tzinfo=UTC)
SENT, DUE = date(2026, 1, 13), date(2026, 1, 21)
FINDINGS = (("balance/applications//total", "00ff"), ("late//", "11"))


def entry(number: int, action: Action, agency: str = "甲局", **said: Any) -> Decision:
    return Decision(number, action, agency, 2025, AT, "checker", **said)


def sent(number: int, agency: str = "甲局", **said: Any) -> Decision:
    told: dict[str, Any] = {"on": SENT, "due": DUE, "part": "check", "report_id": 1, "version": 1}
    told |= {"findings": FINDINGS, "value": f"{number}号", "document": "ab"}
    return entry(number, "send", agency, **(told | said))


def letter(**said: Any) -> Letter:
    (found,) = letters_of([sent(1, **said)])
    return found


def test_a_letter_holds_what_its_entry_says() -> None:
    found = letter()
    assert (found.agency, found.year, found.reference, found.on, found.due) == (
        "甲局", 2025, "1号", SENT, DUE,
    )  # fmt: skip
    assert found.keys == {"balance/applications//total", "late//"}
    assert (found.document, found.report_id, found.version) == ("ab", 1, 1)
    assert (found.round, found.returned) == (1, None)


def test_an_entry_survives_its_exchange_and_an_old_one_is_written_as_before() -> None:
    for item in (sent(1), entry(2, "return", letter=1, on=DUE)):
        assert decision_from_json(decision_to_json(item)) == item
    assert decision_to_json(sent(1))["due"] == "2026-01-21"
    assert (
        not {"findings", "due", "document", "letter"}
        & decision_to_json(entry(3, "ask", finding="late//", basis="11", on=SENT)).keys()
    )
    with pytest.raises(ValueError, match="decision"):
        decision_from_json({**decision_to_json(sent(1)), "findings": [["late//"]]})


def test_what_is_taken_back_is_no_letter_and_rounds_are_counted_by_kind() -> None:
    log = [sent(1), sent(2), entry(3, "undo", undoes=2), sent(4), sent(5, part="remind")]
    log.append(sent(6, "乙局"))
    found = letters_of(log)
    assert [(item.number, item.round) for item in found] == [(1, 1), (4, 2), (5, 1), (6, 1)]
    grouped = by_agency_year(found)
    assert [item.number for item in grouped["甲局", 2025]] == [1, 4, 5]
    again = letters_of([*log, entry(7, "undo", undoes=3)])
    assert [(item.number, item.round) for item in again if item.agency == "甲局"][:3] == [
        (1, 1), (2, 2), (4, 3),
    ]  # fmt: skip


def test_an_answer_is_found_however_often_the_report_was_renamed() -> None:
    log = [sent(1), entry(2, "return", letter=1, on=DUE)]
    log += [entry(3, "undo", undoes=1), sent(4, "乙局", carries=1), entry(5, "undo", undoes=2)]
    log += [entry(6, "return", "乙局", letter=1, on=DUE, carries=2)]
    log += [entry(7, "undo", undoes=4), sent(8, "丙局", carries=4)]
    (found,) = letters_of(log)
    assert (found.agency, found.known) == ("丙局", {1, 4, 8})
    assert found.returned is not None
    assert found.returned.number == 6


def test_agencies_go_by_their_present_names() -> None:
    assert [item.agency for item in letters_of([sent(1)], lambda name: f"新{name}")] == ["新甲局"]


BEFORE, AFTER = date(2026, 1, 21), date(2026, 1, 22)


def came(left: int | None) -> Came:
    return Came(2, 2, date(2026, 1, 20), left)


@pytest.mark.parametrize(
    ("state", "version", "today", "there"),
    [
        ("sent", None, BEFORE, True),
        ("overdue", None, AFTER, True),
        ("withdrawn", None, AFTER, False),
        ("mended", came(0), AFTER, True),
        ("mended", came(0), BEFORE, False),
        ("unmended", came(2), BEFORE, True),
        ("unmended_overdue", came(2), AFTER, True),
        ("judging", came(None), BEFORE, True),
        ("judging", came(None), AFTER, True),
    ],
)
def test_states(state: str, version: Came | None, today: date, there: bool) -> None:
    assert letter_state(letter(), version, today, there=there) == state


def test_states_of_answers_and_reminders() -> None:
    (answered,) = letters_of([sent(1), entry(2, "return", letter=1, on=DUE)])
    assert letter_state(answered, None, AFTER, there=True) == "answered"
    assert letter_state(answered, came(1), AFTER, there=True) == "unmended_overdue"
    reminder = letter(part="remind", report_id=None, version=None)
    assert letter_state(reminder, None, BEFORE, there=True) == "sent"
    assert letter_state(reminder, None, AFTER, there=True) == "overdue"
    assert letter_state(reminder, came(3), AFTER, there=True) == "received"
    # Paper, or what is still being typed in, ends the waiting, though it says nothing of errors.
    assert letter_state(reminder, None, AFTER, there=True, arrived=True) == "received"
    assert letter_state(letter(), None, AFTER, there=True, arrived=True) == "arrived"
    assert letter_state(letter(), came(1), AFTER, there=True, arrived=True) == "unmended_overdue"
    assert letter_state(letter(due=None), None, date(2030, 1, 1), there=True) == "sent"
