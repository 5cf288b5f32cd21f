"""What the prose of reports says, drawn from it once and kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from json import dumps, loads

from checks.prose import FACTS_VERSION, ProseFacts, prose_facts
from library.store import Library

KEPT_AS = "prose_facts"
"""The name under which the library keeps facts."""


Draw = Callable[[int], ProseFacts | None]
"""Reads the prose of a report, by id; None where that cannot be done."""


def kept_facts(library: Library, report_ids: Sequence[int]) -> dict[int, ProseFacts]:
    """Return the facts that are kept of these reports, by id."""
    kept = library.derived(KEPT_AS, FACTS_VERSION, report_ids)
    return {report_id: ProseFacts.from_json(loads(text)) for report_id, text in kept.items()}


def facts_of(
    library: Library,
    report_ids: Sequence[int],
    draw: Draw | None = None,
    read_at: int | None = None,
) -> dict[int, ProseFacts]:
    """Return the facts of each report's prose: those kept, else drawn from the report, and kept.

    Left out are those that `draw` gives nothing for; without it, whatever fails raises. `read_at`
    is the revision of the library before anything was looked at, that of now unless told: what a
    report says of 去年 is of another year once the report is, so what was drawn before is not kept.
    """
    before = library.revision if read_at is None else read_at
    found = kept_facts(library, report_ids)
    drawn = draw or (lambda report_id: prose_facts(library.as_read(report_id)))
    new = {
        report_id: facts
        for report_id in report_ids
        if report_id not in found and (facts := drawn(report_id)) is not None
    }
    if new:
        texts = {
            number: dumps(facts.to_json(), ensure_ascii=False) for number, facts in new.items()
        }
        library.keep_derived(KEPT_AS, FACTS_VERSION, texts, read_at=before)
    return {**found, **new}
