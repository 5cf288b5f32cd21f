"""Letters of a library: what went out and what came back, as entries of the log; the letters kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form.decisions import LETTER_ACTIONS, Decision
from form.language import _
from form.letters import Letter, LetterKind, letters_of
from form.today import today
from library import chain
from library.agency_log import load_registry
from library.errors import LibraryError
from library.originals import sha256
from library.queries import inline_hashes, standing
from library.rows import signed, storable
from library.saving import bump
from library.schema import decision, report

if TYPE_CHECKING:
    from library.store import Library


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A letter that is to go out.

    One about a report names it (`report_id`) and the findings that it asks about (key → basis); a
    reminder has neither. `document` is the DOCX file, `on` its day, `due` the day by which an
    answer is asked for.
    """

    kind: LetterKind
    agency: str
    year: int
    on: date
    due: date | None
    reference: str
    document: bytes
    report_id: int | None = None
    findings: Mapping[str, str] | None = None
    note: str = ""


class Letters:
    """The letters of a library (`Library.letters`). Each call that writes is one transaction.

    `Log.undo` takes a letter or an answer back; a letter with an answer only after its answer.
    """

    def __init__(self, library: Library) -> None:
        self._library = library

    def all(self) -> tuple[Letter, ...]:
        """Return all letters that hold, oldest first, under the names that agencies have now."""
        with self._library.reading() as connection:
            return _letters(connection)

    def document(self, letter: Letter) -> bytes:
        """Return the DOCX file that went out; raises LibraryError where it is lost or altered."""
        if letter.document is None:
            raise LibraryError(_("这封函没有留存文件。"))
        return self._library.letter_files.get(letter.document)

    def send(self, letters: Sequence[Outgoing], who: str | None) -> tuple[Decision, ...]:
        """Note that letters went out, and keep them: all of them, or none.

        Raises LibraryError for a letter about a report that is not filed where the letter says, for
        one that asks about nothing, and for a reference number that another letter has.
        """
        # Safe on the disk before anything says that they are there.
        for item in letters:
            _refuse_odd_days(item)
            self._library.letter_files.put(item.document)
        with self._library.writing() as connection:
            _refuse_known(connection, letters)
            written = chain.append_all(connection, [_entry(connection, x, who) for x in letters])
            bump(connection, [item.agency for item in written])
            return written

    def answered(
        self,
        number: int,
        on: date,
        who: str | None,
        reason: str = "",
        document: bytes | None = None,
    ) -> Decision:
        """Note that a letter (the number of its entry) was answered on a day; `reason` says how.

        Raises LibraryError where no such letter holds, and for a day before the letter's.
        """
        kept = None if document is None else self._library.letter_files.put(document)
        with self._library.writing() as connection:
            letter = next((x for x in _letters(connection) if number in x.known), None)
            if letter is None:
                raise LibraryError(_("操作记录里没有第 {number} 条函件。").format(number=number))
            if on > today():
                raise LibraryError(_("日期不能晚于今天。"))
            if on < letter.on:
                raise LibraryError(_("回复的日期早于发函的日期。"))
            entry = replace(
                _about(letter, who),
                action="return",
                on=on,
                reason=storable(reason),
                letter=letter.number,
                document=kept,
            )
            written = chain.append(connection, entry)
            bump(connection, [written.agency])
            return written


def letter_entries(connection: Connection) -> tuple[Decision, ...]:
    """Return the entries about letters and everything that may take one back, oldest first."""
    wanted = inline_hashes([*LETTER_ACTIONS, "undo"])
    return chain.selected(connection, decision.c.action.in_(wanted))


def refuse_to_undo(connection: Connection, entry: Decision) -> None:
    """Raise LibraryError where a letter that is answered would be taken back before its answer."""
    if entry.action != "send":
        return
    held = letters_of(letter_entries(connection))
    if any(item.returned is not None for item in held if entry.number == item.number):
        raise LibraryError(_("这封函已有回复，请先撤销回复。"))


def _letters(connection: Connection) -> tuple[Letter, ...]:
    return letters_of(letter_entries(connection), load_registry(connection).agency)


def _refuse_known(connection: Connection, letters: Sequence[Outgoing]) -> None:
    known = {item.reference for item in _letters(connection)}
    for item in letters:
        if item.reference and item.reference in known:
            text = _("文号“{reference}”已经用过，请换一个。")
            raise LibraryError(text.format(reference=item.reference))
        known.add(item.reference)


def _entry(connection: Connection, letter: Outgoing, who: str | None) -> Decision:
    findings = tuple((letter.findings or {}).items())
    version = None
    if letter.kind == "check":
        version = _version(connection, letter)
        if not findings:
            raise LibraryError(_("这封函没有要核实的问题。"))
    elif not letter.agency.strip():
        raise LibraryError(_("请填写单位名称。"))
    return Decision(
        number=0,
        action="send",
        agency=storable(letter.agency),
        year=letter.year,
        at=datetime.now(UTC),
        who=signed(who),
        reason=storable(letter.note),
        on=letter.on,
        due=letter.due,
        report_id=letter.report_id if letter.kind == "check" else None,
        version=version,
        part=letter.kind,
        value=storable(letter.reference) or None,
        findings=findings,
        document=sha256(letter.document),
    )


def _about(letter: Letter, who: str | None) -> Decision:
    return Decision(
        number=0,
        action="send",
        agency=letter.agency,
        year=letter.year,
        at=datetime.now(UTC),
        who=signed(who),
        report_id=letter.report_id,
        version=letter.version,
        part=letter.kind,
        value=letter.reference or None,
        findings=letter.findings,
    )


def _version(connection: Connection, letter: Outgoing) -> int:
    columns = report.c
    query = sa.select(columns.agency, columns.year, columns.version, columns.deleted_at)
    row = connection.execute(query.where(columns.id == (letter.report_id or 0))).first()
    if row is None or row.version is None or row.deleted_at is not None:
        raise LibraryError(_("函件所依的年报不在资料库里，或在回收站里。"))
    if (row.agency, row.year) != (letter.agency, letter.year):
        raise LibraryError(_("函件所依的年报已改归别的机构或年度，请重新写函。"))
    place = standing([letter.agency])
    if not connection.scalar(sa.select(place.c.counts).where(place.c.id == letter.report_id)):
        raise LibraryError(
            _("函件所依的年报已有别的版本计入，或还没有定下以哪份为准，请重新写函。")
        )
    version: int = row.version
    return version


def _refuse_odd_days(letter: Outgoing) -> None:
    if letter.on > today():
        raise LibraryError(_("日期不能晚于今天。"))
    if letter.due is not None and letter.due < letter.on:
        raise LibraryError(_("回复期限早于发函日期。"))
