"""Which reports of a library have prose to be asked about, without loading any of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from checks.neighbours import neighbours
from checks.prose import growth, settled
from checks.prose.against_tables import Look, Values, contradictions
from checks.prose.copies import worth_comparing
from checks.prose.facts import ProseFacts
from checks.prose.quantities import FORWARD, parts_of
from checks.prose.remark_wording import is_said_alone
from form.agencies.terms import term_of
from form.matrix import ABSENT, MARK_LETTERS, CellMatrix
from form.names import address_position

_UNCERTAIN: Final[Values] = frozenset()


def reports_to_ask(matrix: CellMatrix, facts: Mapping[int, ProseFacts]) -> Iterator[int]:
    """Yield the reports whose prose gives, or may give, something to ask."""
    lines = matrix.report_ids.tolist() if facts else ()
    for line, report_id in enumerate(lines):
        said = facts.get(report_id)
        if said is not None and (
            said.years
            or said.missing
            or said.empty
            or said.unread
            or any(is_said_alone(item) for item in said.remarks)
            or _may_be_unsettled(matrix, line, said)
            or _may_be_late(matrix, line, said)
            or any(contradictions(said.claims, _look_at(matrix, line)))
        ):
            yield report_id


def pairs_to_ask(matrix: CellMatrix, facts: Mapping[int, ProseFacts]) -> dict[int, int]:
    """Return the reports whose text may be last year's, or tells of growth: that one's id by the later's."""
    if not facts:
        return {}
    ids = matrix.report_ids
    pairs = zip(*(ids[lines].tolist() for lines in neighbours(matrix)), strict=True)
    return {
        later: earlier
        for earlier, later in pairs
        if earlier in facts
        and later in facts
        and (
            worth_comparing(facts[earlier].fingerprint, facts[later].fingerprint)
            or any(item.rule == growth.RULE for item in facts[later].remarks)
        )
    }


def _may_be_late(matrix: CellMatrix, line: int, said: ProseFacts) -> bool:
    """Say whether the printed day is after the term; always where agency or year is not at hand."""
    if said.published is None:
        return False
    if matrix.agencies is None or matrix.years is None or not matrix.years[line]:
        return True
    whose = matrix.whose.get(int(matrix.report_ids[line]))
    term = term_of(str(matrix.agencies[line]) or None, whose)
    return term is not None and said.published.day > term.last_day(int(matrix.years[line]))


def _may_be_unsettled(matrix: CellMatrix, line: int, said: ProseFacts) -> bool:
    """Say whether a text that says 全部办结 stands beside any application carried forward."""
    if not any(item.rule == settled.RULE for item in said.remarks):
        return False
    told = any(item.quantity == settled.FORWARD and item.value for item in said.claims)
    return told or _look_at(matrix, line)(FORWARD) != frozenset({0})


def _look_at(matrix: CellMatrix, line: int) -> Look:
    """Return how to look up one line's cells; what is uncertain agrees with nothing, so is asked."""
    marks, counts, position = matrix.marks[line], matrix.counts[line], address_position()
    anything = {ABSENT.encode(), MARK_LETTERS["text"].encode()}
    unknown = MARK_LETTERS["unknown"].encode()
    empty = {MARK_LETTERS[mark].encode() for mark in ("blank", "dash")}

    def look(address: str) -> Values:
        place = position[address]
        mark = marks[place]
        if mark in anything:
            return None
        if mark == unknown or (mark in empty and address in parts_of()):
            return _UNCERTAIN
        return frozenset({int(counts[place])})

    return look
