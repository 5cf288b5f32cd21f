"""Where reports are filed follows from where they stood first, and the log after that."""

from datetime import UTC, datetime

import pytest

from form.decisions import Action, Decision
from form.filing import Filed, replay_filing, standing

NOW = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
ONE, TWO, QUEUED = 1, 2, 3
FIRST = {
    ONE: Filed("甲市", 2023, 1),
    TWO: Filed("甲市", 2023, 2),
    QUEUED: Filed(None, 2022, None),
}


def entry(number: int, action: Action, report_id: int, version: int | None = 1, **told) -> Decision:
    where = {"agency": "甲市", "year": 2023, **told}
    return Decision(
        number, action, at=NOW, who="某人", report_id=report_id, version=version, **where
    )


def undo(number: int, undoes: int) -> Decision:
    return Decision(number, "undo", "甲市", 2023, NOW, "某人", undoes=undoes)


def test_into_the_bin_and_out_of_it() -> None:
    log = [entry(1, "recycle", ONE)]
    assert replay_filing(FIRST, log).filed[ONE] == Filed("甲市", 2023, 1, False, NOW, "某人")
    log.append(entry(2, "restore", ONE, undoes=1))
    assert replay_filing(FIRST, log).filed == FIRST
    log.append(entry(3, "recycle", ONE))
    found = replay_filing(FIRST, log)
    assert found.filed[ONE].recycled_at == NOW
    assert found.misfits == ()


def test_a_report_in_the_queue_may_go_to_the_bin_and_get_a_name_later() -> None:
    log = [
        entry(1, "recycle", QUEUED, None, agency=None, year=2022),
        entry(2, "restore", QUEUED, None, agency=None, year=2022),
        entry(3, "identify", QUEUED, 3, from_year=2022),
        entry(4, "choose", QUEUED, 3),
    ]
    found = replay_filing(FIRST, log)
    assert found.misfits == ()
    assert found.filed[QUEUED] == Filed("甲市", 2023, 3, True)


def test_one_choice_ends_another_and_a_new_name_ends_it_too() -> None:
    log = [entry(1, "choose", ONE), entry(2, "choose", TWO, 2)]
    chosen = {number: item.chosen for number, item in replay_filing(FIRST, log).filed.items()}
    assert chosen == {ONE: False, TWO: True, QUEUED: False}
    log.append(entry(3, "identify", TWO, 1, agency="乙县", from_agency="甲市", from_year=2023))
    found = replay_filing(FIRST, log)
    assert found.misfits == ()
    assert not any(item.chosen for item in found.filed.values())


def test_a_choice_that_is_taken_back_was_never_made() -> None:
    first = {**FIRST, TWO: Filed("甲市", 2023, 2, chosen=True)}
    log = [entry(1, "choose", ONE), undo(2, 1)]
    assert replay_filing(first, log).filed == first
    log.append(undo(3, 2))
    assert replay_filing(first, log).filed[ONE].chosen
    log[1:1] = [entry(5, "choose", TWO, 2), undo(6, 5)]
    assert replay_filing(FIRST, log).filed[ONE].chosen


@pytest.mark.parametrize(
    "misfit",
    [
        entry(1, "recycle", 99),
        entry(1, "recycle", ONE, 2),
        entry(1, "recycle", ONE, agency="乙县"),
        entry(1, "recycle", ONE, year=2022),
        entry(1, "restore", ONE),
        entry(1, "choose", QUEUED, None),
        entry(1, "choose", TWO, 1),
        entry(1, "identify", ONE, 4, from_agency="乙县", from_year=2023),
        entry(1, "identify", ONE, 4, from_agency="甲市", from_year=2022),
        entry(1, "type", ONE),
    ],
)
def test_what_cannot_have_been_done_is_told(misfit: Decision) -> None:
    assert replay_filing(FIRST, [misfit]).misfits == (1,)


def test_nothing_can_be_chosen_in_the_bin_nor_thrown_away_twice() -> None:
    log = [entry(1, "recycle", ONE), entry(2, "choose", ONE), entry(3, "recycle", ONE)]
    assert replay_filing(FIRST, log).misfits == (2, 3)


def test_typing_gives_a_version_unless_it_was_there_at_the_start() -> None:
    first = {ONE: Filed("甲市", 2023, None), TWO: Filed("甲市", 2023, 7)}
    found = replay_filing(first, [entry(1, "type", ONE, 8), entry(2, "type", TWO, None)])
    assert (found.filed[ONE].version, found.filed[TWO].version) == (8, 7)
    assert found.misfits == ()


def test_only_the_last_word_stands() -> None:
    log = [
        entry(1, "recycle", ONE),
        entry(2, "restore", ONE, undoes=1),
        entry(3, "choose", ONE),
        entry(4, "choose", TWO, 2),
        entry(5, "recycle", TWO, 2),
        entry(6, "identify", QUEUED, 3, from_year=2022),
    ]
    assert standing(log) == {4, 5, 6}
    assert standing([*log, undo(7, 4)]) == {3, 5, 6}
    gone = entry(8, "identify", TWO, 1, agency="乙县", from_agency="甲市", from_year=2023)
    assert standing([*log, gone]) == {5, 6, 8}
