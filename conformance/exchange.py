"""What a tool is asked and what it answers, as JSON."""

from __future__ import annotations

from dataclasses import dataclass

from conformance.case import Case
from form.exchange import report_to_json
from form.report import Json


class AnswerError(ValueError):
    """An answer that is not as the README says; the message says where."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a tool says about one case: its findings and its suspects, as it wrote them."""

    findings: tuple[Json, ...]
    suspects: tuple[Json, ...]


def question(case: Case) -> Json:
    """Return what a tool is given: the report, and those of the same agency on other years.

    Neither the rule that the case is about nor anything that is expected.
    """
    return {
        "case": case.id,
        "report": report_to_json(case.report),
        "others": [report_to_json(other) for other in case.others],
    }


def answer_from_json(data: object) -> Answer:
    """Return a tool's answer; raises AnswerError."""
    if not isinstance(data, dict):
        raise AnswerError("the answer is no object")
    return Answer(
        _objects(data, "findings", ("rule", "severity")), _objects(data, "suspects", ("changes",))
    )


def _objects(data: Json, name: str, required: tuple[str, ...]) -> tuple[Json, ...]:
    items = data.get(name, [])
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise AnswerError(f"{name} is no list of objects")
    for item in items:
        if lacking := [key for key in required if key not in item]:
            raise AnswerError(f"{name}: {', '.join(lacking)} is missing")
    return tuple(items)
