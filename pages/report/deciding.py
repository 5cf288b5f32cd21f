"""Writing into the log from a page: every decision passes here, and what came of it is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import streamlit as st

from checks.findings import Finding
from form.figures import cell_words, grouped, quoted
from form.language import _
from form.report import Cell, Value
from library.errors import Conflict, LibraryError
from pages.parts import shelf
from pages.parts.heading import note
from pages.parts.person import person

_TOLD = "told"
_REFUSED = "refused"
_CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Repair:
    """A cell of a report, what it said when it was shown, and what it is to say."""

    address: str
    seen: Cell
    new: str | Cell


@dataclass(frozen=True, slots=True)
class _Clash:
    """Corrections, with one of which somebody else was quicker."""

    report_id: int
    repairs: tuple[Repair, ...]
    reason: str
    finding: Finding | None
    error: Conflict


def typed_cell(value: Value, seen: Cell) -> Cell:
    """Return a cell with this value in the unit of the one that was seen."""
    return Cell(value, "blank" if value is None else "typed", unit=seen.unit)


def correct(
    report_id: int, repairs: Sequence[Repair], reason: str, finding: Finding | None = None
) -> None:
    """Correct cells, all of them or none, each an entry of the log; a callback."""
    try:
        shelf.library().log.correct_all(
            report_id,
            {repair.address: (repair.seen, repair.new) for repair in repairs},
            person(),
            reason,
            rule=None if finding is None else finding.rule,
            finding=None if finding is None else finding.key,
        )
    except Conflict as error:
        st.session_state[_CONFLICT] = _Clash(report_id, tuple(repairs), reason, finding, error)
    except LibraryError as error:
        st.session_state[_REFUSED] = error.message
    else:
        _tell(_("已更正 {n} 格，可在“修改记录”里撤销。").format(n=grouped(len(repairs))))


def accept(report_id: int, findings: Mapping[str, str], reason: str) -> None:
    """Let findings (key → basis) stand as they are, for a reason; a callback."""

    def write() -> None:
        for key, digest in findings.items():
            shelf.library().log.accept(report_id, key, digest, reason, person())

    _decide(write, _("已记下说明，不再列为待处理。"))


def ask(report_id: int, findings: Mapping[str, str], on: date, reason: str) -> None:
    """Note that findings (key → basis) were put to the agency; a callback."""
    log = shelf.library().log
    _decide(
        lambda: log.ask(report_id, findings, on, person(), reason),
        _("已记下发函，共 {n} 处问题。").format(n=grouped(len(findings))),
    )


def answer(report_id: int, findings: Mapping[str, str], on: date, reason: str) -> None:
    """Note that the agency answered findings (key → basis); a callback."""
    log = shelf.library().log
    _decide(
        lambda: log.answer(report_id, findings, on, person(), reason),
        _("已记下答复，共 {n} 处问题。").format(n=grouped(len(findings))),
    )


def undo(number: int) -> None:
    """Take an entry of the log back; a callback."""
    _decide(
        lambda: shelf.library().log.undo(number, person()),
        _("已撤销第 {n} 条。").format(n=number),
    )


def _decide(write: Callable[[], object], told: str) -> None:
    try:
        write()
    except LibraryError as error:
        st.session_state[_REFUSED] = error.message
    else:
        _tell(told)


def _tell(text: str) -> None:
    st.session_state[_TOLD] = text


def show_outcome() -> None:
    """Tell once what came of the last decision; a clash stays until somebody has chosen."""
    told = st.session_state.pop(_TOLD, None)
    if told:
        st.toast(told, icon=":material/check:")
    refused = st.session_state.pop(_REFUSED, None)
    if refused:
        note(refused)
    clash = st.session_state.get(_CONFLICT)
    if clash is not None:
        _show_clash(clash)


def _show_clash(clash: _Clash) -> None:
    """Show both values, and let a person choose."""
    error = clash.error
    note(error.message)
    mine = quoted(None) if error.new is None else cell_words(error.new)
    with st.container(horizontal=True):
        st.button(
            _("保留 {value}").format(value=cell_words(error.current)),
            key="keep-theirs",
            on_click=_give_way,
        )
        st.button(
            _("改为 {value}").format(value=mine),
            key="keep-mine",
            on_click=_insist,
            args=(clash,),
        )


def _give_way() -> None:
    st.session_state.pop(_CONFLICT, None)


def _insist(clash: _Clash) -> None:
    _give_way()
    error = clash.error
    again = [
        replace(repair, seen=error.current) if repair.address == error.address else repair
        for repair in clash.repairs
    ]
    correct(clash.report_id, again, clash.reason, clash.finding)
