"""What is kept of a report's prose."""

import json

import pytest

from checks.prose import FACTS_VERSION, ProseFacts, prose_facts
from checks.prose.screening import pairs_to_ask, reports_to_ask
from checks.tally import check_library
from form.matrix import matrix_of
from form.report import Report
from loaders import read
from sample_reports import FOLDER
from tests.checks.prose.reports import report


@pytest.fixture(scope="module")
def samples() -> list[Report]:
    paths = sorted(path for part in ("real", "invented") for path in (FOLDER / part).iterdir())
    return [found for path in paths for found in read(path.read_bytes(), path.name)]


def test_facts_survive_json(samples: list[Report]) -> None:
    for item in samples:
        facts = prose_facts(item)
        assert ProseFacts.from_json(json.loads(json.dumps(facts.to_json()))) == facts


def test_facts_are_the_same_each_time(samples: list[Report]) -> None:
    assert [prose_facts(item) for item in samples] == [prose_facts(item) for item in samples]


def test_facts_of_another_version_are_refused() -> None:
    data = prose_facts(report()).to_json() | {"version": f"{FACTS_VERSION}+"}
    with pytest.raises(ValueError, match="version"):
        ProseFacts.from_json(data)


def test_a_report_without_prose_has_no_facts() -> None:
    assert prose_facts(Report(None, None, {}, {})) == ProseFacts()


def test_marked_parts_lie_within_their_sentences(samples: list[Report]) -> None:
    for item in samples:
        for claim in prose_facts(item).claims:
            part = claim.quote.text[claim.quote.start : claim.quote.end]
            assert part
            assert part == part.strip()


def test_screening_asks_every_report_that_has_questions(samples: list[Report]) -> None:
    by_id = dict(enumerate(samples))
    facts = {number: prose_facts(item) for number, item in by_id.items()}
    matrix = matrix_of(by_id)
    asked = set(reports_to_ask(matrix, facts)) | set(pairs_to_ask(matrix, facts))
    found = check_library(matrix, by_id.__getitem__, facts)
    prose = {"prose_count", "prose_year", "prose_copied", "section_missing", "late"}
    assert {
        number for number, items in found.items() if prose & {item.rule for item in items}
    } <= asked


def test_a_report_whose_prose_agrees_is_not_loaded() -> None:
    sound = report("收到申请7件。", "new_received 7 0 0 0 0 0 7")
    matrix, facts = matrix_of({1: sound}), {1: prose_facts(sound)}
    assert [*reports_to_ask(matrix, facts)] == []
    assert [*reports_to_ask(matrix, {})] == []
    wrong = report("收到申请8件。", "new_received 7 0 0 0 0 0 7")
    assert [*reports_to_ask(matrix_of({1: wrong}), {1: prose_facts(wrong)})] == [1]
