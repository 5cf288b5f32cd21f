"""A report survives the way through JSON, and what is no report is refused."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from form.exchange import report_from_json, report_to_json
from form.report import Cell, Note, Paragraph, Place, Report
from tests.library.made import made_report, reports

NEW = "applications.new_received.natural_person"


@given(original=reports())
@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
def test_a_report_comes_back_equal(original: Report) -> None:
    assert report_from_json(json.loads(json.dumps(report_to_json(original)))) == original


def test_amounts_keep_every_digit() -> None:
    back = report_from_json(report_to_json(made_report(amount="1.50")))
    assert str(back.cells["disclosure.administrative_fees.amount"].value) == "1.50"


def put(path: str, value: object) -> Callable[[Any], None]:
    """Change one part of a report's JSON."""

    def change(data: Any) -> None:
        *way, last = path.split("/")
        for key in way:
            data = data[int(key) if isinstance(data, list) else key]
        data[int(last) if isinstance(data, list) else last] = value

    return change


def drop(part: str) -> Callable[[Any], None]:
    return lambda data: data.pop(part)


@pytest.mark.parametrize(
    "change",
    [
        put("agency", ["甲"]),
        put("year", "2023"),
        put("year", True),
        put("title", 1),
        put("editions", []),
        put("editions/disclosure", "2030"),
        put("editions/moon", "2021"),
        put("cells", "x"),
        put("cells/moon", {"mark": "blank"}),
        put(f"cells/{NEW}", None),
        put(f"cells/{NEW}", {}),
        put(f"cells/{NEW}/mark", "red"),
        put(f"cells/{NEW}/mark", ["number"]),
        put(f"cells/{NEW}/value", 1.5),
        put(f"cells/{NEW}/value", "many"),
        put(f"cells/{NEW}/raw", 1),
        put(f"cells/{NEW}/candidates", "12"),
        put(f"cells/{NEW}/place", {"moon": 1}),
        put(f"cells/{NEW}/place", {"line": "1"}),
        put(f"cells/{NEW}/place", {"box": [1, 2, 3]}),
        put("paragraphs/0", ["1", "文字", {}]),
        put("paragraphs/0", [1, "文字"]),
        put("notes/0/cells", [1]),
        drop("notes"),
        drop("agency"),
    ],
)
def test_what_is_no_report_is_refused(change: Callable[[Any], None]) -> None:
    place = Place(line=1)
    whole = made_report(cells={NEW: Cell(1, "number", "1", place)})
    data = report_to_json(whole.with_notes(Note("code", "句子。", (NEW,))))
    assert whole.paragraphs == (Paragraph(1, "总体情况。"),)
    report_from_json(data)
    change(data)
    with pytest.raises(ValueError, match="not a report"):
        report_from_json(data)


@pytest.mark.parametrize("data", [None, 1, "x", [], {}])
def test_other_json_is_refused(data: object) -> None:
    with pytest.raises(ValueError, match="not a report"):
        report_from_json(data)


def test_a_corrected_cell_keeps_its_print() -> None:
    cell = Cell(75, "typed", "77", Place(page=1), printed=Cell(77, "number", "77", Place(page=1)))
    report = made_report(cells={NEW: cell})
    assert report_from_json(json.loads(json.dumps(report_to_json(report)))) == report
    nested = report_to_json(report)
    nested["cells"][NEW]["printed"]["printed"] = {"mark": "blank"}
    with pytest.raises(ValueError, match="report"):
        report_from_json(nested)
