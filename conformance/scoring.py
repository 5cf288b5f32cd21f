"""What a tool got right: its answers beside what the cases expect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields

from conformance.case import Case, ExpectedExplanation, ExpectedFinding
from conformance.exchange import Answer
from form.report import Json, number_to_json

Changes = frozenset[tuple[str, object, object]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is wrong with the answer to one case.

    `missed` are expected findings that were not given, `unasked` findings that were given and
    not expected; `suspects` are sentences about explanations; `failure` says why there is no
    answer at all.
    """

    case: Case
    missed: tuple[ExpectedFinding, ...] = ()
    unasked: tuple[Json, ...] = ()
    suspects: tuple[str, ...] = ()
    failure: str = ""

    @property
    def passed(self) -> bool:
        """Say whether the answer is exactly what the case expects."""
        return not (self.missed or self.unasked or self.suspects or self.failure)

    def lines(self) -> Iterator[str]:
        """Yield what is wrong, a line each."""
        if self.failure:
            yield f"no answer: {self.failure}"
        for finding in self.missed:
            yield f"missed: {described(finding)}"
        for data in self.unasked:
            yield f"not expected: {data['rule']} {data['severity']} {data.get('message', '')}"
        yield from self.suspects


def judge(case: Case, answer: Answer) -> Verdict:
    """Return the verdict on an answer."""
    left = list(answer.findings)
    missed = []
    # The most particular first, so that none is taken by an expectation that fits more.
    for expected in sorted(case.findings, key=lambda item: -len(_particulars(item))):
        given = next((data for data in left if _fits(expected, data)), None)
        if given is None:
            missed.append(expected)
        else:
            left.remove(given)
    return Verdict(case, tuple(missed), tuple(left), tuple(_suspects(case, answer.suspects)))


def described(expected: ExpectedFinding) -> str:
    """Return an expected finding in one line."""
    return " ".join(f"{name}={value}" for name, value in _particulars(expected))


def _particulars(expected: ExpectedFinding) -> list[tuple[str, object]]:
    """Return what an expectation says, by name; 0 says something, False does not."""
    said = ((item.name, getattr(expected, item.name)) for item in fields(expected))
    return [(name, value) for name, value in said if value not in (None, ()) and value is not False]


def _fits(expected: ExpectedFinding, data: Json) -> bool:
    """Say whether a finding is the expected one; what either side leaves out is not compared."""
    cells = data.get("cells", [])
    same = ("table", "row", "column", "left", "right", "required")
    return (
        data["rule"] == expected.rule
        and data["severity"] == expected.severity
        and bool(data.get("undecided", False)) == expected.undecided
        and all(getattr(expected, name) in (None, data.get(name)) for name in same)
        and (expected.cells is None or sorted(cells) == sorted(expected.cells))
        and set(expected.names) <= set(cells)
        and _quotes(expected, data.get("quotes", []))
    )


def _quotes(expected: ExpectedFinding, quotes: Iterable[Json]) -> bool:
    if expected.section is None and expected.says is None:
        return True
    return any(
        expected.section in (None, quote.get("section"))
        and (expected.says or "") in quote.get("text", "")
        for quote in quotes
    )


def _suspects(case: Case, given: tuple[Json, ...]) -> Iterator[str]:
    """Yield what is wrong with the explanations; blank and 0 are alike in them."""
    if case.explanations is None:
        return
    found = [(_given_changes(data), data.get("kind")) for data in given]
    for expected in case.explanations:
        kinds = [kind for changes, kind in found if changes == _expected_changes(expected)]
        if not kinds:
            yield f"missed: {_shown(_expected_changes(expected))}"
        elif not set(kinds) & set(expected.kinds):
            yield f"{kinds[0]} for {' or '.join(expected.kinds)}: {_shown(_expected_changes(expected))}"
    known = [_expected_changes(expected) for expected in case.explanations]
    if case.complete:
        for changes, kind in found:
            if changes not in known:
                yield f"not expected: {kind} {_shown(changes)}"
    if case.first and found and found[0][0] != known[0]:
        yield f"first is {found[0][1]} {_shown(found[0][0])}"


def _given_changes(data: Json) -> Changes:
    return frozenset(
        (place, arrow.get("from") or 0, arrow.get("to") or 0)
        for place, arrow in data["changes"].items()
        if (arrow.get("from") or 0) != (arrow.get("to") or 0)
    )


def _expected_changes(expected: ExpectedExplanation) -> Changes:
    return frozenset(
        (item.address, number_to_json(item.before) or 0, number_to_json(item.after) or 0)
        for item in expected.changes
    )


def _shown(changes: Changes) -> str:
    return ", ".join(f"{place} {before} → {after}" for place, before, after in sorted(changes))
