"""What was said about reports, kept in the library as JSON: it may be thrown away at any time.

It holds as long as nothing of the report's agency changes, and the program judges as it did
(`checks.version`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from json import dumps, loads
from typing import Final

from checks.explanations import Suspects
from checks.findings import Finding
from checks.kept import finding_from_kept, finding_to_kept, judged_from_kept, judged_to_kept
from checks.states import Judged
from checks.version import judging_version
from form.decisions import Decision
from form.report import Json
from library.store import Library

FINDINGS: Final = "findings"
SUSPECTS: Final = "suspects"
"""The names under which these are kept."""
NOTHING: Final = "{}"
"""The text of a report about which there is nothing to say."""

Decisions = Mapping[int, Decision]
"""Entries of the log by their number."""


@dataclass(frozen=True, slots=True)
class Said:
    """What is said about one report.

    `judged`: the findings about its print with their states, then those that corrections caused;
    `printed`: the former, beside the prints of the neighbouring years; `suspects`: what explains
    the errors of the print.
    """

    judged: tuple[Judged, ...]
    printed: tuple[Finding, ...]
    suspects: Suspects


def keep(library: Library, said: Mapping[int, Said], revision: int) -> None:
    """Keep what was said about reports, by id, of the library as it was at `revision`."""
    version = judging_version()
    findings = {number: _text_of(item) for number, item in said.items()}
    library.keep_derived(FINDINGS, version, findings, revision)
    suspects = {number: _json(item.suspects.to_json()) for number, item in said.items()}
    library.keep_derived(SUSPECTS, version, suspects, revision)


def kept_texts(library: Library, report_ids: Sequence[int] | None = None) -> dict[int, str]:
    """Return what is kept about these reports, or all, and still holds, for `judged_in`."""
    return library.derived(FINDINGS, judging_version(), report_ids)


def judged_in(text: str, decisions: Decisions) -> tuple[Judged, ...]:
    """Return the findings with their states of a kept text; raises ValueError for anything else."""
    if text == NOTHING:
        return ()
    return tuple(judged_from_kept(item, decisions) for item in loads(text)["judged"])


def printed_in(text: str) -> tuple[Finding, ...]:
    """Return the findings about the untouched reading of a kept text; raises ValueError."""
    if text == NOTHING:
        return ()
    said = loads(text)
    if said["printed"] is not None:
        return tuple(map(finding_from_kept, said["printed"]))
    return tuple(finding_from_kept(item["finding"]) for item in said["judged"])


def kept_suspects(library: Library, report_id: int) -> Suspects | None:
    """Return the suspects of a report, or None where none are kept that still hold."""
    text = library.derived(SUSPECTS, judging_version(), [report_id]).get(report_id)
    return None if text is None else Suspects.from_json(loads(text))


def _text_of(said: Said) -> str:
    """Return findings as a text; those of the print stand in it only where they are others."""
    if not said.judged and not said.printed:
        return NOTHING
    same = said.printed == tuple(item.finding for item in said.judged)
    return _json(
        {
            "judged": list(map(judged_to_kept, said.judged)),
            "printed": None if same else list(map(finding_to_kept, said.printed)),
        }
    )


def _json(said: Json) -> str:
    return dumps(said, ensure_ascii=False, separators=(",", ":"))
