"""What original files say and show of cells, asked in a child and kept in memory by their content."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Final, TypeVar

import streamlit as st

from form.report import Place
from library.errors import LibraryError
from loaders import ReadError
from loaders.evidence import Evidence, evidence, page_picture, pictures
from loaders.sandbox.child import ReaderError
from loaders.sandbox.limits import Limits
from pages.parts import shelf

_log = logging.getLogger(__name__)
LIMITS: Final = Limits(wall=8, cpu=8)
"""A page does not wait for its file as long as an import does."""
Groups = tuple[tuple[Place, ...], ...]
_Answer = TypeVar("_Answer")


def printed_lines(report_id: int, addresses: tuple[str, ...]) -> tuple[Evidence, ...]:
    """Return the printed line that each of these cells was taken from; empty where none is found."""
    return _printed_lines(_sha256(report_id), report_id, addresses) if addresses else ()


def cell_pictures(report_id: int, groups: Groups) -> tuple[bytes, ...]:
    """Return a PNG for each group of cells, framed where they stand on a PDF's page."""
    drawn = tuple(group for group in groups if any(place.box for place in group))
    return _cell_pictures(_sha256(report_id), report_id, drawn) if drawn else ()


def whole_page(report_id: int, number: int, places: tuple[Place, ...] = ()) -> bytes | None:
    """Return a PNG of a PDF's page with cells framed; None for other kinds of files."""
    return _whole_page(_sha256(report_id), report_id, number, places)


def _sha256(report_id: int) -> str:
    known = shelf.reports()
    lines = known if report_id in known.index else shelf.now().typing
    return str(lines.loc[report_id, "sha256"])


@st.cache_resource(max_entries=256, show_spinner=False)
def _printed_lines(sha256: str, report_id: int, addresses: tuple[str, ...]) -> tuple[Evidence, ...]:
    def ask(name: str, data: bytes) -> tuple[Evidence, ...]:
        position = shelf.library().seen(sha256).index(report_id)
        return evidence(data, name, position, addresses, LIMITS)

    return _asked(report_id, ask, ())


@st.cache_resource(max_entries=64, show_spinner=False)
def _cell_pictures(sha256: str, report_id: int, groups: Groups) -> tuple[bytes, ...]:  # noqa: ARG001
    return _asked(report_id, lambda name, data: pictures(data, name, groups, LIMITS), ())


@st.cache_resource(max_entries=16, show_spinner=False)
def _whole_page(
    sha256: str,  # noqa: ARG001
    report_id: int,
    number: int,
    places: tuple[Place, ...],
) -> bytes | None:
    return _asked(
        report_id, lambda name, data: page_picture(data, name, number, places, LIMITS), None
    )


def _asked(report_id: int, ask: Callable[[str, bytes], _Answer], otherwise: _Answer) -> _Answer:
    """Return what a file says; where it can no longer be asked, what was read stands alone."""
    try:
        return ask(*shelf.library().original(report_id))
    except (ReadError, ReaderError, LibraryError) as error:
        _log.warning("the source of report %s cannot be shown: %s", report_id, error)
        return otherwise
