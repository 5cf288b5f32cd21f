"""A wrong answer never passes: what the score says about answers that are nearly right."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from conformance import Case, cases
from conformance.__main__ import command, main, verdict
from conformance.exchange import AnswerError, answer_from_json, question
from conformance.scoring import judge
from tests.sources import ROOT

Json = dict[str, Any]


def case(name: str) -> Case:
    return next(item for item in cases() if item.id == name)


def right(one: Case) -> Json:
    """The answer that a case expects, put together from the case itself."""
    findings = []
    for expected in one.findings:
        data: Json = {"rule": expected.rule, "severity": expected.severity}
        for name in ("table", "row", "column", "left", "right", "required"):
            if getattr(expected, name) is not None:
                data[name] = getattr(expected, name)
        data["cells"] = list(expected.cells or expected.names)
        data["undecided"] = expected.undecided
        data["quotes"] = [{"section": expected.section, "text": expected.says or ""}]
        findings.append(data)
    suspects = [
        {
            "kind": explanation.kinds[0],
            "changes": {
                item.address: {"from": item.before, "to": item.after}
                for item in explanation.changes
            },
        }
        for explanation in one.explanations or ()
    ]
    return {"findings": findings, "suspects": suspects}


def complaints(one: Case, answer: Json) -> list[str]:
    return list(judge(one, answer_from_json(answer)).lines())


@pytest.mark.parametrize("one", cases(), ids=lambda one: one.id)
def test_what_a_case_expects_passes(one: Case) -> None:
    assert complaints(one, right(one)) == []


@pytest.mark.parametrize("one", [item for item in cases() if item.findings], ids=lambda one: one.id)
def test_silence_does_not_pass(one: Case) -> None:
    assert complaints(one, {"findings": [], "suspects": right(one)["suspects"]})


@pytest.mark.parametrize(
    "one", [item for item in cases() if not item.findings], ids=lambda one: one.id
)
def test_a_false_alarm_does_not_pass(one: Case) -> None:
    answer = right(one)
    answer["findings"] = [{"rule": one.rule, "severity": "question"}]
    assert complaints(one, answer)


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("severity", "warning"),
        ("left", 78),
        ("right", 74),
        ("column", "business"),
        ("undecided", True),
        ("cells", ["applications.new_received.natural_person"]),
        ("table", "disputes"),
    ],
)
def test_every_part_of_a_finding_counts(part: str, value: object) -> None:
    one = case("liaocheng")
    answer = right(one)
    answer["findings"][0][part] = value
    assert complaints(one, answer)


def test_a_finding_given_twice_does_not_pass() -> None:
    one = case("balance-one-too-many")
    answer = right(one)
    answer["findings"].append(answer["findings"][0])
    assert complaints(one, answer)


def test_a_quote_must_hold_what_the_prose_says() -> None:
    one = case("prose-ten-more-received")
    answer = right(one)
    answer["findings"][0]["quotes"] = [{"section": 1, "text": "42件"}]
    assert complaints(one, answer)
    answer["findings"][0]["quotes"] = [{"section": 5, "text": "52件"}]
    assert complaints(one, answer)


def test_a_tie_left_out_or_made_up_does_not_pass() -> None:
    one = case("five-ties")
    answer = right(one)
    taken = answer["suspects"].pop()
    assert complaints(one, answer)
    taken["changes"]["disputes.review.total"]["to"] = 9
    answer["suspects"].append(taken)
    assert len(complaints(one, answer)) == 2


def test_the_kind_of_an_explanation_counts() -> None:
    one = case("transposed-in-three-sums")
    answer = right(one)
    answer["suspects"][0]["kind"] = "sign"
    assert complaints(one, answer)


def test_a_confirmed_cause_has_to_come_first() -> None:
    one = case("zhengzhou")
    answer = right(one)
    other = {"kind": "cells", "changes": {"disputes.review.total": {"from": None, "to": 1}}}
    answer["suspects"].append(other)
    assert complaints(one, answer) == []
    answer["suspects"].reverse()
    assert complaints(one, answer)


def test_blank_and_zero_are_alike_in_explanations() -> None:
    one = case("row-shifted-by-one")
    answer = right(one)
    changes = answer["suspects"][0]["changes"]
    changes["applications.granted.natural_person"]["from"] = 0
    changes["applications.granted.other"] = {"from": 0, "to": None}
    assert complaints(one, answer) == []


@pytest.mark.parametrize(
    "answer", [None, [], {"findings": 3}, {"findings": [{"rule": "carry"}]}, {"suspects": [{}]}]
)
def test_what_is_no_answer_is_said_to_be_none(answer: object) -> None:
    with pytest.raises(AnswerError):
        answer_from_json(answer)
    assert verdict(case("balance-holds"), lambda _data: answer).failure


def test_a_tool_is_not_told_what_is_expected() -> None:
    one = case("zhengzhou")
    asked = json.dumps(question(one), ensure_ascii=False)
    assert one.title not in asked
    assert one.rule not in asked
    assert "findings" not in asked


SILENT = "import sys, json; sys.stdin.read(); print(json.dumps({'findings': []}))"
FAILING = "import sys; sys.exit('no such luck')"


def tool(folder: Path, source: str) -> str:
    path = folder / "tool.py"
    path.write_text(source, encoding="utf-8")
    return f"{sys.executable} {path}"


def test_any_tool_can_be_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--command", tool(tmp_path, SILENT), "--case"]
    assert main([*arguments, "balance-holds"]) == 0
    assert main([*arguments, "balance-one-too-many"]) == 1
    printed = capsys.readouterr().out
    rows = [line.split() for line in printed.splitlines()]
    assert ["balance", "1", "of", "1", "0", "of", "0", "0"] in rows
    assert ["balance", "0", "of", "1", "0", "of", "2", "0"] in rows
    assert "missed: rule=balance" in printed


def test_a_tool_that_fails_gives_no_answer(tmp_path: Path) -> None:
    assert (
        "no such luck"
        in verdict(case("balance-holds"), command(tool(tmp_path, FAILING), 30)).failure
    )


def test_our_own_adapter_answers_as_a_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    own = command(f"{sys.executable} -m conformance.adapter", 60)
    assert verdict(case("balance-one-too-many"), own).passed
