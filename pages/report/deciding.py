"""Writing into the log from a page: every decision passes here, and what came of it is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import streamlit as st

from checks.explanations import Change
from checks.findings import Finding
from form.decisions import Decision
from form.figures import cell_words, grouped, quoted
from form.language import _
from form.report import Cell, Report, Value
from library.errors import Conflict, LibraryError
from pages.parts import shelf
from pages.parts.heading import note
from pages.parts.markup import show, tag
from pages.parts.person import person

_TOLD = "told"
_REFUSED = "refused"
_CONFLICT = "conflict"
STAY = "stay-with"
"""Names in the session: the key of the finding that stays chosen after a decision."""


@dataclass(frozen=True, slots=True)
class Repair:
    """A cell of a report, what it said when it was shown, and what it is to say."""

    address: str
    seen: Cell
    new: str | Cell


@dataclass(frozen=True, slots=True)
class Told:
    """What came of the last decision: a sentence, the entries that take it back, whose finding it was.

    `again` where these entries took something back themselves: to undo them is to restore it.
    """

    text: str
    numbers: tuple[int, ...]
    finding: str | None = None
    again: bool = False
    cells: int = field(default=0)


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


def repairs_of(report: Report, changes: Sequence[Change]) -> tuple[Repair, ...]:
    """Return changes as corrections of cells as they are seen now."""
    return tuple(
        Repair(change.address, seen, typed_cell(change.after, seen))
        for change in changes
        for seen in (report.cells[change.address],)
    )


def correct(
    report_id: int, repairs: Sequence[Repair], reason: str, finding: Finding | None = None
) -> None:
    """Correct cells, all of them or none, each an entry of the log; a callback."""
    try:
        written = shelf.library().log.correct_all(
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
        refuse(error.message)
    else:
        count = len(repairs)
        text = _("已更正 1 格。") if count == 1 else _("已更正一组 {n} 格。")
        _tell(text.format(n=grouped(count)), written, None if finding is None else finding.key)


def accept(report_id: int, findings: Mapping[str, str], reason: str) -> None:
    """Let findings (key → basis) stand as they are, for a reason; a callback."""
    log = shelf.library().log

    def write() -> tuple[Decision, ...]:
        return tuple(
            log.accept(report_id, key, digest, reason, person()) for key, digest in findings.items()
        )

    _decide(write, _("已记下说明，不再列为待处理。"), next(iter(findings), None))


def undo(number: int, finding: str | None = None) -> None:
    """Take an entry of the log back, with all corrections that were made in one go; a callback."""

    def write() -> tuple[Decision, ...]:
        return shelf.library().log.undo_together(number, person())

    _decide(write, _("已撤销第 {n} 条。").format(n=number), finding, again=True)


def _take_back(told: Told) -> None:
    """Take back what was told last; a callback."""
    text = _("已恢复。") if told.again else _("已撤销。")
    _decide(
        lambda: shelf.library().log.undo_all(told.numbers, person()),
        text,
        told.finding,
        again=not told.again,
    )


def _decide(
    write: Callable[[], Decision | tuple[Decision, ...]],
    text: str,
    finding: str | None,
    *,
    again: bool = False,
) -> None:
    try:
        written = write()
    except LibraryError as error:
        refuse(error.message)
    else:
        entries = written if isinstance(written, tuple) else (written,)
        _tell(text, entries, finding, again=again)


def refuse(text: str) -> None:
    """Say once why nothing was written."""
    st.session_state[_REFUSED] = text


def _tell(
    text: str, written: Sequence[Decision], finding: str | None, *, again: bool = False
) -> None:
    # What stays chosen is what was decided about: no other finding may slip under the hand.
    st.session_state[STAY] = finding
    cells = sum(item.action == "correct" for item in written)
    numbers = tuple(item.number for item in written)
    st.session_state[_TOLD] = Told(text, numbers, finding, again, cells)


def told() -> Told | None:
    """Return what came of the last decision, until somebody turns to something else."""
    found: Told | None = st.session_state.get(_TOLD)
    return found


def turn_away() -> None:
    """Forget what came of the last decision."""
    st.session_state.pop(_TOLD, None)


def show_told(said: Told, *more: str) -> None:
    """Show what came of a decision where its button stood, with the button that takes it back."""
    with st.container(key="told"):
        show(
            tag(
                "div",
                tag("div", "✓ ", said.text, classes="dd-what dd-green"),
                *(tag("div", text) for text in more if text),
                classes="dd-card dd-told",
                role="status",
            )
        )
        label = _("撤销这 {n} 格").format(n=grouped(said.cells)) if said.cells else _("撤销")
        st.button(
            _("恢复") if said.again else label, key="take-back", on_click=_take_back, args=(said,)
        )


def show_outcome() -> None:
    """Say once why nothing was written; a clash stays until somebody has chosen."""
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
