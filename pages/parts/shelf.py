"""The judged library as pages see it: opened once, looked at anew by every run of a page."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any, Final

import pandas as pd
import streamlit as st

from checks.findings import Finding
from desk.desk import Desk, State
from desk.rollups import YearRollup, rolled_up
from desk.worker import Beside
from form.agencies.proposals import Proposal
from form.agencies.registry import Agency, Registry
from form.language import _
from form.letters import Letter
from form.report import Report
from form.submitted import Scope
from library import jobs, runs
from library.store import DATABASE, Library, Summary, default_home

_KEPT: Final = 64
"""Answers of the library that are kept, those that were asked for last."""
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
    found: Report = _asked("report", report_id)
    return found


def registry() -> Registry:
    """Return what people said of agencies."""
    found: Registry = _asked("registry")
    return found


def other_names() -> Mapping[str, tuple[str, ...]]:
    """Return by its present name what else each agency is or was called, where it is."""
    found: Mapping[str, tuple[str, ...]] = _asked("other_names")
    return found


def agencies() -> _Agencies:
    """Return the agencies by name, and which of them may be one."""
    found: _Agencies = _asked("agencies")
    return found


def letters() -> tuple[Letter, ...]:
    """Return all letters that hold, oldest first."""
    found: tuple[Letter, ...] = _asked("letters")
    return found


def summary() -> Summary:
    """Return how much the library holds."""
    found: Summary = _asked("summary")
    return found


def read_by() -> Mapping[int | None, int]:
    """Return how many reports stand by the reading of each version of the readers."""
    found: Mapping[int | None, int] = _asked("read_by")
    return found


def rollup(year: int, scope: Scope, parent: str | None, group: str | None) -> YearRollup:
    """Return the sums of a year, held against what the parent printed (see `desk.rollups`)."""
    found: YearRollup = _asked("rollup", year, scope, parent, group)
    return found


def _asked(name: str, *arguments: object) -> Any:
    kept = library()
    return _known(kept.url, kept.revision, name, *arguments)


@st.cache_resource(max_entries=_KEPT, show_spinner=False)
def _known(*asked: Any) -> Any:
    """Return an answer of the library, known by its address, its revision, and what was asked."""
    _url, _revision, name, *arguments = asked
    return _ANSWERS[name](*arguments)


def _other_names() -> Mapping[str, tuple[str, ...]]:
    known, found = registry(), dict[str, tuple[str, ...]]()
    for name in known.links:
        agency = known.agency(name)
        found[agency] = (*found.get(agency, ()), name)
    return found


_ANSWERS: Final[Mapping[str, Callable[..., Any]]] = {
    "report": lambda report_id: library().report(report_id),
    "registry": lambda: library().agencies.registry(),
    "other_names": _other_names,
    "agencies": lambda: (library().agencies.all(), library().agencies.proposals()),
    "letters": lambda: library().letters.all(),
    "summary": lambda: library().summary(),
    "rollup": lambda *asked: rolled_up(library(), *asked),
    "read_by": lambda: runs.readers(library()),
}
