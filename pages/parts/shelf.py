"""The judged library as pages see it: opened once, looked at anew by every run of a page."""

from __future__ import annotations

import os
from collections.abc import Mapping

import pandas as pd
import streamlit as st

from checks.findings import Finding
from desk.desk import Desk, State
from desk.worker import Beside
from form.agencies.proposals import Proposal
from form.agencies.registry import Agency, Registry
from form.language import _
from form.report import Report
from library import jobs, runs
from library.store import DATABASE, Library, Summary, default_home

_Agencies = tuple[tuple[Agency, ...], tuple[Proposal, ...]]

# What these functions return is shared by all readers: nobody may change it.


def desk() -> Desk:
    """Return the judged library that this installation keeps."""
    return _opened(os.environ.get(DATABASE), str(default_home()))


def library() -> Library:
    """Return the library itself."""
    return desk().library


@st.cache_resource(show_spinner=False)
def _opened(url: str | None, home: str) -> Desk:  # noqa: ARG001 - what a library is known by
    kept = Library()
    jobs.resume(kept)  # imports that were cut short go on, as does reading again
    runs.resume(kept)
    judge = Beside(kept)
    judge.start()
    return Desk(kept, judge)


def library_name() -> str:
    """Return what people call the library: where it is kept."""
    kept = library()
    return _("本机资料库") if kept.url.startswith("sqlite") else _("共享资料库")


def now() -> State:
    """Return the state of the judged library; what takes too long to judge is pending in it."""
    return desk().now()


def reports() -> pd.DataFrame:
    """Return all reports, older versions and the queue included (see `library.frames`).

    Those that are still being typed in are no reports yet.
    """
    return now().reports


def open_findings() -> Mapping[int, tuple[Finding, ...]]:
    """Return the findings of every report that counts about which something is left to do."""
    return now().open_findings


def report(report_id: int) -> Report:
    """Return one report with its evidence."""
    kept = library()
    return _report(kept.url, kept.revision, report_id)


def registry() -> Registry:
    """Return what people said of agencies."""
    kept = library()
    return _registry(kept.url, kept.revision)


def other_names() -> Mapping[str, tuple[str, ...]]:
    """Return by its present name what else each agency is or was called, where it is."""
    kept = library()
    return _other_names(kept.url, kept.revision)


def agencies() -> _Agencies:
    """Return the agencies by name, and which of them may be one."""
    kept = library()
    return _agencies(kept.url, kept.revision)


def summary() -> Summary:
    """Return how much the library holds."""
    kept = library()
    return _summary(kept.url, kept.revision)


@st.cache_resource(max_entries=4, show_spinner=False)
def _summary(url: str, revision: int) -> Summary:  # noqa: ARG001 - what a count is known by
    return library().summary()


@st.cache_resource(max_entries=4, show_spinner=False)
def _registry(url: str, revision: int) -> Registry:  # noqa: ARG001 - likewise
    return library().agencies.registry()


@st.cache_resource(max_entries=4, show_spinner=False)
def _other_names(url: str, revision: int) -> Mapping[str, tuple[str, ...]]:
    known, found = _registry(url, revision), dict[str, tuple[str, ...]]()
    for name in known.links:
        agency = known.agency(name)
        found[agency] = (*found.get(agency, ()), name)
    return found


@st.cache_resource(max_entries=2, show_spinner=False)
def _agencies(url: str, revision: int) -> _Agencies:  # noqa: ARG001 - likewise
    kept = library().agencies
    return kept.all(), kept.proposals()


@st.cache_resource(max_entries=64, show_spinner=False)
def _report(url: str, revision: int, report_id: int) -> Report:  # noqa: ARG001 - likewise
    return library().report(report_id)
