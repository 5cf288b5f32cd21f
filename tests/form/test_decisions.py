"""When a decision holds, and for which print."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from form.decisions import (
    Decision,
    active,
    asked_again,
    corrected,
    in_force,
    replay,
    same_figure,
    same_print,
    taken_back,
)
from form.exchange import decision_from_json, decision_to_json
from form.report import Cell, Place, Report

NOW = datetime(2026, 1, 2, 3, 4, 5, 6, UTC)
A, B = "applications.new_received.natural_person", "applications.new_received.total"


def printed(value: int) -> Cell:
    return Cell(value, "number", str(value))


def entry(number: int, **said: Any) -> Decision:
    action = "undo" if "undoes" in said else "correct"
    return Decision(number, action, "甲市", 2023, NOW, None, **said)


def fix(number: int, old: Cell, new: int | None, address: str = A) -> Decision:
    mark = "blank" if new is None else "typed"
    return entry(number, address=address, old=old, new=Cell(new, mark))


def numbers(decisions: Any) -> list[int]:
    return [item.number for item in decisions]


def test_an_undo_can_be_undone() -> None:
    log = [entry(1), entry(2), entry(3, undoes=1), entry(4, undoes=3), entry(5, undoes=2)]
    assert numbers(active(log)) == [1]
    assert taken_back(log) == {3, 2}
    assert numbers(active(log[:3])) == [2]
    assert numbers(active(reversed(log))) == [1]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Cell(77, "number", "77"), Cell(77, "number", " 77件", Place(page=2)), True),
        (Cell(77, "number", "77"), Cell(77, "typed", ""), True),
        (Cell(77, "number", "77"), Cell(75, "number", "75"), False),
        (Cell(0, "number", "0"), Cell(None, "blank"), False),
        (Cell(None, "dash", "—"), Cell(None, "dash", "/"), True),
        (Cell(None, "dash", "—"), Cell(None, "blank"), False),
        (
            Cell(Decimal("1.50"), "number", unit="元"),
            Cell(Decimal("1.5"), "number", unit="元"),
            True,
        ),
        (
            Cell(Decimal("1.5"), "number", unit="元"),
            Cell(Decimal("1.5"), "number", unit="万元"),
            False,
        ),
        (Cell(None, "text", "见 附件"), Cell(None, "text", "见附件"), True),
        (Cell(None, "text", "约20"), Cell(None, "text", "约30"), False),
        (Cell(None, "unknown", "", candidates=(1,)), Cell(None, "unknown", ""), False),
        (Cell(None, "unknown", "1"), Cell(None, "text", "1"), False),
    ],
)
def test_what_is_the_same_print(one: Cell, other: Cell, same: bool) -> None:
    assert same_print(one, other) is same
    assert same_print(other, one) is same


def test_where_there_is_no_cell_no_print_is_the_same() -> None:
    assert not same_print(None, None)
    assert not same_print(printed(1), None)


def test_an_unknown_is_the_same_figure_as_nothing() -> None:
    unknown = Cell(None, "unknown")
    assert not same_figure(unknown, Cell(None, "blank"))
    assert not same_figure(unknown, unknown)
    assert same_figure(Cell(None, "dash"), Cell(None, "blank"))


def test_the_last_correction_of_a_print_holds() -> None:
    log = [fix(1, printed(77), 75), fix(2, printed(77), 74), fix(3, printed(80), 81)]
    assert in_force({A: printed(77)}, log) == {A: log[1]}
    assert in_force({A: printed(80)}, log) == {A: log[2]}
    assert in_force({A: printed(79)}, log) == {}
    assert in_force({B: printed(77)}, log) == {}
    assert in_force({A: printed(77)}, [*log, entry(4, undoes=2, address=A)]) == {A: log[0]}


def test_a_corrected_cell_keeps_its_print() -> None:
    read = Cell(None, "unknown", "7 7", Place(page=3), candidates=(7, 77))
    said = corrected(read, Cell(77, "typed", "77"))
    assert said == Cell(77, "typed", "7 7", Place(page=3), printed=read)
    emptied = corrected(printed(3), Cell(None, "blank"))
    assert (emptied.mark, emptied.value, emptied.printed) == ("blank", None, printed(3))
    assert corrected(printed(3), Cell(3, "typed")) == printed(3)


def test_replay_changes_only_what_holds() -> None:
    reading = Report("甲市", 2023, {}, {A: printed(77), B: printed(5)})
    assert replay(reading, []) is reading
    log = [fix(1, printed(77), 75), fix(2, printed(6), 7, B)]
    counted = replay(reading, log)
    assert (counted.cells[A].value, counted.cells[B]) == (75, printed(5))


def test_a_print_that_was_not_decided_about_is_asked_about() -> None:
    log = [fix(1, printed(77), 75), fix(2, printed(77), 74)]
    assert asked_again({A: printed(77)}, log) == ()
    (question,) = asked_again({A: printed(76)}, log)
    assert (question.decision.number, question.read) == (2, printed(76))
    assert asked_again({A: printed(74)}, log) == ()  # mended by the agency itself
    assert asked_again({A: printed(76)}, [*log, fix(3, printed(76), 76)]) == ()
    assert asked_again({A: printed(76)}, [*log, fix(3, printed(76), 70)]) == ()
    assert asked_again({}, log)[0].read is None
    undone = [*log, entry(3, undoes=2, address=A), entry(4, undoes=1, address=A)]
    assert asked_again({A: printed(76)}, undone) == ()


def test_decisions_survive_json() -> None:
    full = Decision(
        3, "correct", "甲市", 2023, NOW, "某人", A, printed(77), Cell(Decimal("1.50"), "typed"),
        "total", "total//x", "00ff", "笔误", date(2026, 3, 4), 2, 7, 1, "ab", "cd",
    )  # fmt: skip
    for item in (full, entry(1)):
        told = json.loads(json.dumps(decision_to_json(item)))
        assert "hash" not in told
        assert decision_from_json({**told, "hash": item.hash}) == item
    with pytest.raises(ValueError, match="decision"):
        decision_from_json({**decision_to_json(full), "action": "destroy"})
    with pytest.raises(ValueError, match="decision"):
        decision_from_json({**decision_to_json(full), "moon": 1})
