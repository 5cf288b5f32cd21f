"""Findings with what became of them: what is open counts, what is settled is still shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from checks.findings import Finding
from checks.frame import findings_frame
from checks.states import Judged, judge, judge_library, state_names
from form.report import Report
from pages.parts import shelf
from pages.parts.neighbours import findings_about

# What these functions return is shared by all readers: nobody may change it.


def cases() -> Mapping[int, tuple[Judged, ...]]:
    """Return the findings of every report that counts, by report id; what is settled comes last."""
    return _cases(*shelf.state())


def cases_of(report_id: int, report: Report) -> tuple[Judged, ...]:
    """Return the findings of any report, whether it counts or not; what is settled comes last."""
    known = cases().get(report_id)
    if known is not None:
        return known
    decisions = shelf.library().log.of_report(report_id)
    before = _before(report_id) if decisions else ()
    found = judge(report, findings_about(report_id, report), decisions, before)
    return settled_last(found)


def open_findings() -> Mapping[int, tuple[Finding, ...]]:
    """Return the findings of every report that counts about which something is left to do."""
    return _open(*shelf.state())


def open_table() -> pd.DataFrame:
    """Return the same findings, one line each (see `checks.frame`)."""
    return _open_table(*shelf.state())


def cases_table() -> pd.DataFrame:
    """Return all findings, settled ones too, one line each.

    Beside the columns of `checks.frame`: state, state_name, and number, by which the report's
    page knows the finding.
    """
    return _cases_table(*shelf.state())


def error_count() -> int:
    """Return how many definite errors are open in the reports that count."""
    return sum(item.is_error for found in open_findings().values() for item in found)


def settled_last(judged: Sequence[Judged]) -> tuple[Judged, ...]:
    """Return findings in their order, those that nobody need look at after the others."""
    return tuple(sorted(judged, key=lambda item: item.is_settled))


def unsettled(judged: Sequence[Judged]) -> tuple[Finding, ...]:
    """Return the findings about which something is left to do."""
    return tuple(item.finding for item in judged if not item.is_settled)


def _before(report_id: int) -> tuple[Finding, ...]:
    return findings_about(report_id, shelf.library().as_read(report_id))


@st.cache_resource(max_entries=2, show_spinner=False)
def _cases(url: str, revision: int) -> Mapping[int, tuple[Judged, ...]]:  # noqa: ARG001
    judged = judge_library(shelf.findings(), shelf.library().log.by_report(), shelf.report, _before)
    return {report_id: settled_last(items) for report_id, items in judged.items()}


@st.cache_resource(max_entries=2, show_spinner=False)
def _open(url: str, revision: int) -> Mapping[int, tuple[Finding, ...]]:  # noqa: ARG001
    return {report_id: unsettled(items) for report_id, items in cases().items()}


@st.cache_resource(max_entries=2, show_spinner=False)
def _open_table(url: str, revision: int) -> pd.DataFrame:  # noqa: ARG001
    return findings_frame(open_findings(), shelf.reports())


@st.cache_resource(max_entries=2, show_spinner=False)
def _cases_table(url: str, revision: int) -> pd.DataFrame:  # noqa: ARG001
    judged = cases()
    found = findings_frame(
        {number: [item.finding for item in items] for number, items in judged.items()},
        shelf.reports(),
    )
    states = [item.state for items in judged.values() for item in items]
    return found.assign(
        state=pd.array(states, dtype="string"),
        state_name=pd.array([state_names()[state] for state in states], dtype="string"),
        number=found.groupby("report_id").cumcount() + 1,
    )
