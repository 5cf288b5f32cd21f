"""The suspects of a report: which cells may be the wrong ones, its neighbouring years heard too."""

from __future__ import annotations

import streamlit as st

from checks.explanations import Suspects
from checks.prose import prose_facts
from checks.suspects import suspects
from pages.parts import shelf
from pages.parts.neighbours import neighbour


def suspects_of(report_id: int) -> Suspects:
    """Return the explanations of a report's errors, best first; none where it has no errors."""
    return _suspects(*shelf.state(), report_id)


@st.cache_resource(max_entries=256, show_spinner=False)
def _suspects(url: str, revision: int, report_id: int) -> Suspects:  # noqa: ARG001
    report = shelf.report(report_id)
    facts = shelf.facts().get(report_id) or prose_facts(report)
    before, after = (neighbour(report_id, years) for years in (-1, 1))
    return suspects(report, claims=facts.claims, before=before, after=after)
