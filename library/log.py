"""What people decide about reports: corrections, words on findings, and taking them back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form.decisions import (
    NEVER_UNDONE,
    Action,
    Decision,
    Question,
    asked_again,
    corrected,
    in_force,
    made_together,
    said,
    same_figure,
    taken_back,
)
from form.figures import cell_words
from form.language import _
from form.report import Cell
from library import chain, roster
from library.agencies import is_about_agencies
from library.agencies import undo as undo_about_agencies
from library.entering import entered
from library.errors import Conflict, LibraryError
from library.filing import follow_choices
from library.letters import refuse_to_undo
from library.log_frame import Editions, load_editions, log_frame
from library.replaying import cell_at, reading_of, refresh
from library.rows import signed, storable
from library.saving import bump
from library.schema import report
from library.verifying import problems

if TYPE_CHECKING:
    from library.store import Library


@dataclass(frozen=True, slots=True)
class _Target:
    """The report that a decision is about, which has agency, year and version."""

    report_id: int
    agency: str
    year: int


class Log:
    """The log of a library (`Library.log`). Each call that writes is one transaction.

    Raises LibraryError, and then writes nothing, for an unknown report and for one about which
    nothing can be decided: in the queue, in the recycle bin, or still being typed in. Reports are
    named by id, but decisions belong to their agency's year: they hold in every version in which
    what they are about is the same.
    """

    def __init__(self, library: Library) -> None:
        self._library = library

    def correct(
        self,
        report_id: int,
        address: str,
        new: str | Cell,
        seen: Cell,
        who: str | None,
        reason: str,
        *,
        rule: str | None = None,
        finding: str | None = None,
    ) -> Decision:
        """Let a cell say `new`: a text as typed (empty: nothing), or the value of a Cell.

        `seen` is the cell as it was shown. To type what is printed takes a correction back, and
        answers the question whether an earlier one holds for this version. Raises Conflict where
        the cell says something else than `seen`; LibraryError where `new` is neither a number nor
        empty, changes nothing, or the report has no such cell.
        """
        changes = {address: (seen, new)}
        return self.correct_all(report_id, changes, who, reason, rule=rule, finding=finding)[0]

    def correct_all(
        self,
        report_id: int,
        changes: Mapping[str, tuple[Cell, str | Cell]],
        who: str | None,
        reason: str,
        *,
        rule: str | None = None,
        finding: str | None = None,
    ) -> tuple[Decision, ...]:
        """Correct cells (address → as it was shown, what it is to say): all of them, or none.

        What `correct` refuses of one cell it refuses of all.
        """
        with self._library.writing() as connection:
            entry = _entry(_target(connection, report_id), "correct", who, reason)
            about = replace(entry, rule=rule, finding=finding)
            return tuple(
                _write(connection, _correction(connection, about, address, seen, new))
                for address, (seen, new) in changes.items()
            )

    def accept(
        self, report_id: int, finding: str, basis: str, reason: str, who: str | None
    ) -> Decision:
        """Let a finding stand as it is, for a reason (备案口径, 仅含本级…), which must be given.

        `finding` is its key, `basis` what `checks.states.basis` says of it.
        """
        if not reason.strip():
            raise LibraryError(_("请写明认可的理由。"))
        return self._about("accept", report_id, {finding: basis}, who, reason)[0]

    # `ask` and `answer` are what older libraries hold; letters are sent by `Library.letters`.
    def ask(
        self,
        report_id: int,
        findings: Mapping[str, str],
        on: date,
        who: str | None,
        reason: str = "",
    ) -> tuple[Decision, ...]:
        """Note that findings (key → basis) were put to the agency on a day: 已发函."""
        return self._about("ask", report_id, findings, who, reason, on)

    def answer(
        self,
        report_id: int,
        findings: Mapping[str, str],
        on: date,
        who: str | None,
        reason: str = "",
    ) -> tuple[Decision, ...]:
        """Note that the agency answered findings (key → basis) on a day: 已答复."""
        return self._about("answer", report_id, findings, who, reason, on)

    def undo(self, number: int, who: str | None, reason: str = "") -> Decision:
        """Take an entry of the log back: what was before it holds again. An undo can be undone.

        Of a choice: what was chosen before counts again, or the newest version. Raises
        LibraryError where there is no such entry, it has been taken back already, or another thing
        ends it: to restore ends to recycle, and a name gives way to another.
        """
        with self._library.writing() as connection:
            return _undo(connection, number, who, reason)

    def undo_together(self, number: int, who: str | None, reason: str = "") -> tuple[Decision, ...]:
        """Take back an entry and all corrections that were made in one go with it; see `undo`.

        Those of them that have been taken back already stay so. Raises LibraryError where none is
        left.
        """
        with self._library.writing() as connection:
            entry = chain.entry(connection, number)
            if entry.action != "correct":
                return (_undo(connection, number, who, reason),)
            known = chain.entries(connection, *entry.agency_year)
            gone = taken_back(known)
            left = [item for item in made_together(known, number) if item not in gone] or [number]
            return tuple(_undo(connection, item, who, reason) for item in left)

    def undo_all(
        self, numbers: Sequence[int], who: str | None, reason: str = ""
    ) -> tuple[Decision, ...]:
        """Take entries back, all or none; see `undo`."""
        with self._library.writing() as connection:
            return tuple(_undo(connection, number, who, reason) for number in numbers)

    def entries(self, agency: str | None = None, year: int | None = None) -> tuple[Decision, ...]:
        """Return the log, oldest first, or what it says of one agency, one year."""
        with self._library.reading() as connection:
            return chain.entries(connection, agency, year)

    def of_report(self, report_id: int) -> tuple[Decision, ...]:
        """Return what the log says of a report's agency and year, of the report itself in the queue."""
        with self._library.reading() as connection:
            return _of_report(connection, report_id)

    def of_agencies(self, agencies: Sequence[str] | None = None) -> tuple[Decision, ...]:
        """Return what the log says of these agencies, or of all, oldest first."""
        with self._library.reading() as connection:
            if agencies is None:
                return chain.entries(connection)
            told = ((name, chain.entries(connection, name)) for name in agencies)
            return tuple(item for name, items in told for item in items if item.agency == name)

    def frame(self) -> pd.DataFrame:
        """Return the log as a frame, oldest first; `log_frame` lists its columns."""
        with self._library.reading() as connection:
            entries = chain.entries(connection)
            return log_frame(entries, load_editions(connection, entries))

    def editions(self, decisions: Iterable[Decision]) -> Editions:
        """Return the editions that the reports of these entries are printed in, by report id."""
        with self._library.reading() as connection:
            return load_editions(connection, decisions)

    def open_questions(self, report_id: int) -> tuple[Question, ...]:
        """Return corrections, made about another print or reading, that may not hold in this one."""
        with self._library.reading() as connection:
            reading = reading_of(connection, report_id)
            decisions = _of_report(connection, report_id)
        return asked_again(reading.cells, decisions) if reading and decisions else ()

    def verify(self) -> tuple[chain.Problem, ...]:
        """Return what shows that the log was tampered with; nothing where it is whole."""
        with self._library.reading() as connection:
            return tuple(problems(connection))

    def _about(
        self,
        action: Action,
        report_id: int,
        findings: Mapping[str, str],
        who: str | None,
        reason: str,
        on: date | None = None,
    ) -> tuple[Decision, ...]:
        with self._library.writing() as connection:
            entry = replace(_entry(_target(connection, report_id), action, who, reason), on=on)
            return tuple(
                _write(
                    connection,
                    replace(entry, finding=key, basis=basis, rule=key.partition("/")[0]),
                )
                for key, basis in findings.items()
            )


def _undo(connection: Connection, number: int, who: str | None, reason: str) -> Decision:
    entry = chain.entry(connection, number)
    if is_about_agencies(connection, entry):
        return undo_about_agencies(connection, entry, who, reason)
    if roster.is_about_roster(connection, entry):
        return roster.undo(connection, entry, who, reason)
    if entry.action in NEVER_UNDONE:
        raise LibraryError(_instead()[entry.action])
    refuse_to_undo(connection, entry)
    same = chain.entries(connection, *entry.agency_year, entry.address)
    if number in taken_back(same):
        raise LibraryError(_("第 {number} 条已经撤销过了。").format(number=number))
    written = _write(connection, chain.undoing(entry, who, reason))
    if written.address is None and written.finding is None:
        follow_choices(connection, *written.agency_year)
    return written


def _instead() -> dict[Action, str]:
    """Return what to do where an entry cannot be taken back."""
    return {
        "type": _("录入不能撤销；可以把这份年报放进回收站。"),
        "recycle": _("移入回收站不用撤销；在回收站里恢复这份年报即可。"),
        "restore": _("恢复不能撤销；可以把这份年报再移入回收站。"),
        "identify": _("归属不能撤销；可以重新认定单位和年份。"),
        "undo_import": _("撤销导入不用再撤销；在回收站里恢复这些年报即可。"),
        "reread": _("重新读取要整次撤回：到资料库的“重新读取”，或用 cli.py reread --undo。"),
    }


def _correction(
    connection: Connection, entry: Decision, address: str, seen: Cell, new: str | Cell
) -> Decision:
    """Return an entry as the correction of one cell; raises what `Log.correct` says."""
    read = _cell(connection, entry.report_id or 0, address)
    log = chain.entries(connection, *entry.agency_year, address)
    held = in_force({address: read}, log).get(address)
    current = corrected(read, held.new) if held and held.new else read
    _refuse_if_changed(address, current, seen, new, held)
    cell = entered(new, address, current.unit or read.unit)
    if same_figure(current, cell) and not asked_again({address: read}, log):
        raise LibraryError(_("这一格已经是这样，没有改动。"))
    return replace(entry, address=address, old=read, new=cell)


def _entry(target: _Target, action: Action, who: str | None, reason: str) -> Decision:
    return Decision(
        number=0,
        action=action,
        agency=target.agency,
        year=target.year,
        at=datetime.now(UTC),
        who=signed(who),
        reason=storable(reason),
        report_id=target.report_id,
    )


def _write(connection: Connection, entry: Decision) -> Decision:
    """Add an entry to the log, and let what follows from it be so at once."""
    written = chain.append(connection, entry)
    if written.address is not None:
        refresh(connection, *written.agency_year, written.address)
    bump(connection, [written.agency])
    return written


def _refuse_if_changed(
    address: str, current: Cell, seen: Cell, new: str | Cell, held: Decision | None
) -> None:
    if said(current) == said(seen):
        return
    who = held.who if held else None
    message = _("这一格刚刚改过：您看到的是“{seen}”，现在是“{current}”（{who}）。请看过再改。")
    try:
        wanted = entered(new, address, current.unit)
    except LibraryError:
        wanted = None
    sentence = message.format(
        seen=cell_words(seen), current=cell_words(current), who=who or _("未署名")
    )
    raise Conflict(sentence, address, current, seen, wanted, who)


def _cell(connection: Connection, report_id: int, address: str) -> Cell:
    cell = cell_at(connection, report_id, address)
    if cell is None:
        raise LibraryError(_("这份年报里没有这一格：{address}").format(address=address))
    return cell


def _target(connection: Connection, report_id: int) -> _Target:
    columns = report.c
    query = sa.select(
        columns.agency, columns.year, columns.version, columns.deleted_at, columns.typing_since
    )
    row = connection.execute(query.where(columns.id == report_id)).first()
    if row is None:
        raise LibraryError(_("资料库里没有编号为 {number} 的年报。").format(number=report_id))
    if row.deleted_at is not None:
        raise LibraryError(_("这份年报在回收站里，恢复以后才能更正或批注。"))
    if row.typing_since is not None:
        raise LibraryError(_("这份年报还在录入，完成以后才能更正或批注。"))
    if row.version is None:
        raise LibraryError(_("这份年报还没有认定单位和年份，认定以后才能更正或批注。"))
    return _Target(report_id, row.agency, row.year)


def _of_report(connection: Connection, report_id: int) -> tuple[Decision, ...]:
    query = sa.select(report.c.agency, report.c.year).where(report.c.id == report_id)
    row = connection.execute(query).first()
    if row is None:
        return ()
    if row.agency is None or row.year is None:
        return chain.about(connection, [report_id])
    return chain.entries(connection, row.agency, row.year)
