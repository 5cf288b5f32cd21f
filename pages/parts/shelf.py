"""The library as pages see it: opened once, and what is computed from it kept by its revision."""

from __future__ import annotations

import os
from collections.abc import Mapping
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from checks.findings import Finding
from checks.prose import ProseFacts, facts_of
from checks.tally import check_library
from form.language import _
from form.report import Report
from library.frames import Frames, load_frames
from library.store import DATABASE, Library, default_home

ZONE = ZoneInfo("Asia/Shanghai")
_READING = _("正在读取资料库……")
_CHECKING = _("正在核对全部报告……")
# What these functions return is shared by all readers: nobody may change it.


def library() -> Library:
    """Return the library that this installation keeps."""
    return _opened(os.environ.get(DATABASE), str(default_home()))


@st.cache_resource(show_spinner=False)
def _opened(url: str | None, home: str) -> Library:  # noqa: ARG001 - what a library is known by
    return Library()


def library_name() -> str:
    """Return what people call the library: where it is kept."""
    kept = library()
    return _("本机资料库") if kept.url.startswith("sqlite") else _("共享资料库")


def reports() -> pd.DataFrame:
    """Return all reports, older versions and the queue included (see `library.frames`).

    Those that are still being typed in are no reports yet.
    """
    return _reports(*state(), typing=False)


def typing() -> pd.DataFrame:
    """Return the reports that are still being typed in."""
    return _reports(*state(), typing=True)


def frames() -> Frames:
    """Return the tidy frames of what counts."""
    return _frames(*state())


def findings() -> Mapping[int, tuple[Finding, ...]]:
    """Return the findings of every report that counts, by report id."""
    return _findings(*state())


def facts() -> Mapping[int, ProseFacts]:
    """Return what the prose of every report that counts says, by report id."""
    return _facts(*state())


def state() -> tuple[str, int]:
    """Return the library's address and revision: what everything computed from it is kept by."""
    kept = library()
    return kept.url, kept.revision


@st.cache_resource(max_entries=4, show_spinner=False)
def _reports(url: str, revision: int, *, typing: bool) -> pd.DataFrame:  # noqa: ARG001
    everything = library().reports()
    return everything[everything["typing"] == typing]


@st.cache_resource(max_entries=2, show_spinner=_READING)
def _frames(url: str, revision: int) -> Frames:  # noqa: ARG001
    return load_frames(library())


@st.cache_resource(max_entries=2, show_spinner=_CHECKING)
def _findings(url: str, revision: int) -> Mapping[int, tuple[Finding, ...]]:  # noqa: ARG001
    matrix = library().matrix()
    return check_library(matrix, library().report, facts())


@st.cache_resource(max_entries=2, show_spinner=_CHECKING)
def _facts(url: str, revision: int) -> Mapping[int, ProseFacts]:  # noqa: ARG001
    kept = library()
    return facts_of(kept, kept.matrix().report_ids.tolist(), kept.report)


def report(report_id: int) -> Report:
    """Return one report with its evidence."""
    return _report(*state(), report_id)


@st.cache_resource(max_entries=64, show_spinner=False)
def _report(url: str, revision: int, report_id: int) -> Report:  # noqa: ARG001
    return library().report(report_id)
