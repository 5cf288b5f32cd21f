"""What `measures` says about the library, kept as long as the library does not change.

Switching between chart and table must not compute again what thousands of reports say.
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from measures import compare as comparing
from measures import shares, trends
from measures.compare import Comparison
from measures.dictionary import measure
from measures.trends import Trend
from pages.parts import shelf
from pages.parts.cases import open_table

_KEPT = 32
Agencies = tuple[str, ...]


def compare(key: str, agencies: list[str], year: int) -> Comparison:
    """Return the comparison of a measure, named by its key."""
    return _compare(*shelf.state(), key, tuple(agencies), year)


def trend(key: str, agencies: list[str], years: list[int]) -> Trend:
    """Return a measure, named by its key, over years."""
    return _trend(*shelf.state(), key, tuple(agencies), tuple(years))


def outcome_shares(agencies: list[str], year: int) -> pd.DataFrame:
    """Return how applications ended."""
    return _outcomes(*shelf.state(), tuple(agencies), year)


def dispute_shares(kind: str, agencies: list[str], year: int) -> pd.DataFrame:
    """Return how reviews or lawsuits ended."""
    return _disputes(*shelf.state(), kind, tuple(agencies), year)


@st.cache_resource(max_entries=_KEPT, show_spinner=False)
def _compare(
    url: str,  # noqa: ARG001
    revision: int,  # noqa: ARG001
    key: str,
    agencies: Agencies,
    year: int,
) -> Comparison:
    return comparing.compare(measure(key), shelf.frames(), open_table(), agencies, year)


@st.cache_resource(max_entries=_KEPT, show_spinner=False)
def _trend(
    url: str,  # noqa: ARG001
    revision: int,  # noqa: ARG001
    key: str,
    agencies: Agencies,
    years: tuple[int, ...],
) -> Trend:
    return trends.trend(measure(key), shelf.frames(), open_table(), agencies, years)


@st.cache_resource(max_entries=_KEPT, show_spinner=False)
def _outcomes(url: str, revision: int, agencies: Agencies, year: int) -> pd.DataFrame:  # noqa: ARG001
    return shares.outcome_shares(shelf.frames(), open_table(), agencies, year)


@st.cache_resource(max_entries=_KEPT, show_spinner=False)
def _disputes(
    url: str,  # noqa: ARG001
    revision: int,  # noqa: ARG001
    kind: str,
    agencies: Agencies,
    year: int,
) -> pd.DataFrame:
    return shares.dispute_shares(kind, shelf.frames(), open_table(), agencies, year)
