"""What the prose of reports says, drawn from it once and kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from json import dumps, loads

from checks.prose import FACTS_VERSION, ProseFacts, prose_facts
from library.store import Library

KEPT_AS = "prose_facts"
"""The name under which the library keeps facts."""


def facts_of(
    library: Library,
    report_ids: Sequence[int],
    watch: Callable[[int], None] = lambda _report_id: None,
) -> dict[int, ProseFacts]:
    """Return the facts of each report's prose: those kept, else drawn from the report, and kept.

    `watch` is told the id of each report just before its prose is read.
    """
    kept = library.derived(KEPT_AS, FACTS_VERSION, report_ids)
    found = {report_id: ProseFacts.from_json(loads(text)) for report_id, text in kept.items()}
    new = {}
    for report_id in report_ids:
        if report_id not in found:
            watch(report_id)
            new[report_id] = prose_facts(library.as_read(report_id))
    if new:
        texts = {
            number: dumps(facts.to_json(), ensure_ascii=False) for number, facts in new.items()
        }
        library.keep_derived(KEPT_AS, FACTS_VERSION, texts)
    return {**found, **new}
