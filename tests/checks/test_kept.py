"""Findings and states come back from JSON as they were, and nothing else comes back."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from checks.catalogue import SEVERITIES
from checks.findings import Finding, OtherYear, Quote
from checks.kept import finding_from_kept, finding_to_kept, judged_from_kept, judged_to_kept
from checks.states import Judged
from form.decisions import Decision
from form.report import Place

FULL = Finding(
    rule="carry",
    severity="error",
    table="applications",
    message="上年结转不符。",
    cells=("applications.carried_over.total", "applications.new_received.total"),
    left_cells=1,
    left=3,
    right=4,
    column="total",
    row="carried_over",
    place="总计",
    equation="3 ≠ 4",
    undecided=True,
    open_cells=("applications.carried_over.total",),
    required=5,
    quotes=(
        Quote(1, "收到申请 3 件。", 2, 6, Place(line=4, page=2, box=(1.5, 2.0, 3.0, 4.25))),
        Quote(5, "无。", place=Place(sheet="表一", cell="B7", table=1, row=2, column=3)),
    ),
    other=OtherYear(2022, (("applications.carried_forward.total", 4), ("x", None))),
    id="a1b2",
)
BARE = Finding("late", "warning", None, "迟报。")
AMOUNTS = replace(BARE, other=OtherYear(2020, (("x", Decimal("39.31560")),)))


def through_json(data: Any) -> Any:
    return json.loads(json.dumps(data))


@pytest.mark.parametrize("finding", [FULL, BARE, AMOUNTS], ids=["full", "bare", "amounts"])
def test_a_finding_comes_back_with_every_part(finding: Finding) -> None:
    back = finding_from_kept(through_json(finding_to_kept(finding)))
    assert back == finding
    assert repr(back) == repr(finding)
    assert back.key == finding.key


def test_what_is_kept_names_every_part_of_a_finding() -> None:
    assert set(finding_to_kept(BARE)) == set(Finding.__dataclass_fields__)


SPOILT: dict[str, Callable[[dict[str, Any]], Any]] = {
    "nothing": lambda _data: None,
    "a list": lambda _data: [],
    "a part missing": lambda data: {name: data[name] for name in data if name != "quotes"},
    "a part too many": lambda data: {**data, "more": 1},
    "an unknown rule": lambda data: {**data, "rule": "guess"},
    "an unknown severity": lambda data: {**data, "severity": "fatal"},
    "an unknown table": lambda data: {**data, "table": "budget"},
    "a truth for a count": lambda data: {**data, "left_cells": True},
    "a truth for a figure": lambda data: {**data, "left": True},
    "digits that are none": lambda data: {**data, "left": "three"},
    "a count for a text": lambda data: {**data, "message": 3},
    "an address that is no text": lambda data: {**data, "cells": [3]},
    "addresses as one text": lambda data: {**data, "cells": "applications"},
    "a quote without its span": lambda data: {**data, "quotes": [[1, "无。", {}]]},
    "a quote with a place that is none": lambda data: {
        **data,
        "quotes": [[1, "无。", {"box": [1, 2]}, 0, 0]],
    },
    "another year without values": lambda data: {**data, "other": [2020]},
    "an id that is no text": lambda data: {**data, "id": None},
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_anything_else_is_refused(spoil: Callable[[dict[str, Any]], Any]) -> None:
    with pytest.raises(ValueError, match="not a finding"):
        finding_from_kept(spoil(through_json(finding_to_kept(FULL))))


def word(number: int) -> Decision:
    at = datetime(2024, 2, number, tzinfo=UTC)
    return Decision(number, "ask", "甲市水务局", 2023, at, "乙", on=date(2024, 2, number))


def test_a_state_comes_back_with_the_words_about_it() -> None:
    log = {number: word(number) for number in (1, 2, 3)}
    for judged in (
        Judged(FULL, "asked", log[3], (log[1], log[3])),
        Judged(BARE, "open"),
        Judged(BARE, "corrected", log[2], (log[2],)),
        Judged(BARE, "asked", log[2], (log[2],), by_correction=True),
    ):
        assert judged_from_kept(through_json(judged_to_kept(judged)), log) == judged


def test_a_state_whose_words_the_log_does_not_hold_is_refused() -> None:
    kept = judged_to_kept(Judged(FULL, "asked", word(3), (word(3),)))
    for data in (
        kept,
        {**kept, "state": "forgotten"},
        {**kept, "words": "3"},
        {**kept, "state": []},
    ):
        with pytest.raises(ValueError, match="not a judged finding"):
            judged_from_kept(data, {})


def test_every_kind_of_finding_can_be_kept() -> None:
    for rule in SEVERITIES:
        assert finding_from_kept(finding_to_kept(replace(BARE, rule=rule))).rule == rule
