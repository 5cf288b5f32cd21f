"""What the prose says is drawn once, and kept only of a report that is still what it was."""

from dataclasses import replace
from random import Random

from checks.prose import ProseFacts, prose_facts
from desk.facts import facts_of, kept_facts
from form.report import Paragraph
from library.store import Library
from tests.desk.season import AGENCIES, imported, slipped


def one(library: Library) -> int:
    report = slipped(Random(1), AGENCIES[0], 2023)
    said = (Paragraph(1, "2023年收到申请9件。"),)
    return imported(library, replace(report, paragraphs=said), data=b"1")[0]


def test_facts_are_drawn_once(library: Library) -> None:
    number, drawn = one(library), list[int]()

    def draw(report_id: int) -> ProseFacts:
        drawn.append(report_id)
        return prose_facts(library.as_read(report_id))

    assert facts_of(library, [number], draw) == facts_of(library, [number], draw)
    assert drawn == [number]


def test_facts_of_a_report_that_changed_meanwhile_are_not_kept(library: Library) -> None:
    number = one(library)

    def draw(report_id: int) -> ProseFacts:
        facts = prose_facts(library.as_read(report_id))
        library.identify(report_id, AGENCIES[1], 2022, "checker")
        return facts

    before = facts_of(library, [number], draw)
    assert kept_facts(library, [number]) == {}
    assert facts_of(library, [number]) != before
    assert kept_facts(library, [number]) == {number: prose_facts(library.as_read(number))}
