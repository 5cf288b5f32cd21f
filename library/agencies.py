"""What people say of agencies: which names are one's, who followed whom, what each is.

Every word is an entry of the log; what follows from it for reports (under which name they are
filed) is written in the same transaction, and can all be taken back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from form.agencies.divisions import by_code
from form.agencies.proposals import Proposal, proposals
from form.agencies.registry import (
    KINDS,
    LEVELS,
    Agency,
    How,
    Part,
    Registry,
    agencies_of,
    registry_of,
    term_from,
    unheard,
)
from form.agencies.words import Kind
from form.decisions import AGENCY_ACTIONS, Action, Decision, taken_back
from form.language import _
from library import chain, filing
from library.agency_log import agency_entries, load_registry
from library.errors import LibraryError
from library.naming import rename
from library.queries import FILED, OWN_NAME
from library.roster import load_roster
from library.rows import signed, storable
from library.saving import bump
from library.schema import report

if TYPE_CHECKING:
    from library.store import Library

_LIVE = sa.and_(report.c.version.is_not(None), report.c.deleted_at.is_(None))


class Agencies:
    """The agencies of a library (`Library.agencies`). Each call that writes is one transaction.

    Agencies may be given by any of their names. What is said is taken back by `Log.undo`.
    """

    def __init__(self, library: Library) -> None:
        self._library = library

    def registry(self) -> Registry:
        """Return all that people said."""
        with self._library.reading() as connection:
            return load_registry(connection)

    def all(self) -> tuple[Agency, ...]:
        """Return every agency that has a report, or that people spoke of, by name."""
        with self._library.reading() as connection:
            return agencies_of(load_registry(connection), _years(connection))

    def proposals(self) -> tuple[Proposal, ...]:
        """Return which agencies may be one (疑似同一机关)."""
        with self._library.reading() as connection:
            registry = load_registry(connection)
            return proposals(agencies_of(registry, _years(connection)), registry)

    def link(
        self,
        name: str,
        agency: str,
        how: How,
        who: str | None,
        reason: str = "",
        year: int | None = None,
    ) -> Decision:
        """Say that a name is another one of an agency: all its reports are filed there.

        What was decided about them goes with them. Of a former name, `year` is the first that it
        reports on under the later one. Raises LibraryError where it is so already,
        and where both have a report on the same year: whose it is must be said first.
        """
        name, agency = _given(name), _given(agency)
        with self._library.writing() as connection:
            before = load_registry(connection)
            if before.agency(name) == before.agency(agency):
                raise LibraryError(_("这两个名称已经是同一机关。"))
            # The present name of either is meant: a former one is no agency of its own any more.
            pair = (before.agency(name), before.agency(agency))
            entry = _entry("merge", pair[1], pair[0], who, reason, part=how, year=year)
            return _written(connection, before, entry)

    def keep_apart(self, one: str, other: str, who: str | None, reason: str = "") -> Decision:
        """Say that two agencies are two, so that nobody is asked again."""
        with self._library.writing() as connection:
            before = load_registry(connection)
            pair = (before.agency(_given(one)), before.agency(_given(other)))
            entry = _entry("split", pair[1], pair[0], who, reason, part="apart")
            return _written(connection, before, entry)

    def join(
        self,
        predecessors: Sequence[str],
        agency: str,
        year: int,
        who: str | None,
        reason: str = "",
    ) -> tuple[Decision, ...]:
        """Say that agencies went into one, which reports from `year` on.

        What it carried over in that year is then the sum of what they carried forward.
        """
        return self._succeed("merge", [(name, agency) for name in predecessors], year, who, reason)

    def split(
        self, agency: str, successors: Sequence[str], year: int, who: str | None, reason: str = ""
    ) -> tuple[Decision, ...]:
        """Say that agencies came out of one, and report from `year` on."""
        return self._succeed("split", [(agency, name) for name in successors], year, who, reason)

    def say(
        self, agency: str, part: Part, value: str, who: str | None, source: str = ""
    ) -> Decision:
        """Say what an agency is: `kind`, `level`, `region` (statistical code), `parent` (a name), `term`.

        "" takes it from the name again. Raises LibraryError for what is none of these, and for a
        term without its source.
        """
        _refuse_odd(part, value, source)
        with self._library.writing() as connection:
            before = load_registry(connection)
            own = before.agency(_given(agency))
            entry = _entry("setting", own, None, who, source, part=part, value=value)
            return _written(connection, before, entry)

    def set_term(self, kind: Kind, value: str, source: str, who: str | None) -> Decision:
        """Set the local term of a kind (02-20), with the rule that says so; "" ends it."""
        _refuse_odd("term", value, source)
        if kind not in KINDS:
            raise LibraryError(_("没有这一类机关：{kind}").format(kind=kind))
        with self._library.writing() as connection:
            before = load_registry(connection)
            entry = _entry("setting", None, None, who, source, part=kind, value=value)
            return _written(connection, before, entry)

    def entries(self) -> tuple[Decision, ...]:
        """Return the entries of the log about agencies, oldest first."""
        with self._library.reading() as connection:
            return agency_entries(connection)

    def _succeed(
        self,
        action: Action,
        pairs: Iterable[tuple[str, str]],
        year: int,
        who: str | None,
        reason: str,
    ) -> tuple[Decision, ...]:
        with self._library.writing() as connection:
            before = load_registry(connection)
            known = [tuple(before.agency(_given(name)) for name in pair) for pair in pairs]
            if not known or any(one == other for one, other in known):
                raise LibraryError(_("一个机关不能是自己的前身。"))
            entries = (
                _entry(action, later, earlier, who, reason, part="successor", year=year)
                for earlier, later in known
            )
            return tuple(_written(connection, before, entry) for entry in entries)


def is_about_agencies(connection: Connection, entry: Decision) -> bool:
    """Say whether an entry is about agencies, or takes one back that is."""
    while entry.undoes is not None:
        entry = chain.entry(connection, entry.undoes)
    return entry.action in AGENCY_ACTIONS


def undo(connection: Connection, entry: Decision, who: str | None, reason: str) -> Decision:
    """Take an entry about agencies back; the caller commits.

    Raises LibraryError where it is taken back already, and where a link that holds would do nothing
    any more, since what holds again leads against it.
    """
    before = agency_entries(connection)
    if entry.number in taken_back(before):
        raise LibraryError(_("第 {number} 条已经撤销过了。").format(number=entry.number))
    registry = registry_of(before)
    written = _written(connection, registry, chain.undoing(entry, who, reason))
    after = agency_entries(connection)
    lost = unheard(after, registry_of(after)) - unheard(before, registry)
    if lost:
        sentence = _(
            "撤销以后，第 {number} 条关联会与别的关联冲突，不再起作用：请先撤销冲突的一条。"
        )
        raise LibraryError(sentence.format(number=min(lost)))
    return written


def _written(connection: Connection, before: Registry, entry: Decision) -> Decision:
    """Add an entry to the log, and let what follows from it be so."""
    written = chain.append(connection, entry)
    after = load_registry(connection)
    moved = {
        name for name in {*before.links, *after.links} if before.agency(name) != after.agency(name)
    }
    if moved:
        _refuse_two_of_a_year(connection, after, moved)
        _file_anew(connection, moved, entry.who, _because(written))
    bump(connection, _concerned(connection, before, after, written))
    return written


def _because(entry: Decision) -> str:
    return _("操作记录第 {number} 条：{one} — {other}").format(
        number=entry.number, one=entry.from_agency or "", other=entry.agency or ""
    )


def _concerned(
    connection: Connection, before: Registry, after: Registry, entry: Decision
) -> set[str | None]:
    """Return the agencies about which something else may be said after an entry."""
    if entry.agency is None and entry.from_agency is None:
        return set(connection.scalars(sa.select(report.c.agency).distinct()))
    names = [name for name in (entry.agency, entry.from_agency) if name is not None]
    return {registry.agency(name) for name in names for registry in (before, after)}


def _refuse_two_of_a_year(
    connection: Connection, registry: Registry, moved: Collection[str]
) -> None:
    """Raise LibraryError where reports of one year would come together that count apart."""
    # Those that are still typed in too: once finished they count.
    own = OWN_NAME.label("own")
    query = sa.select(own, report.c.agency, report.c.year).distinct()
    query = query.where(FILED, report.c.deleted_at.is_(None))
    ends = {registry.agency(name) for name in moved}
    there: dict[tuple[str, int], set[str]] = defaultdict(set)
    for row in connection.execute(
        query.where(sa.or_(OWN_NAME.in_(moved), report.c.agency.in_(ends)))
    ):
        there[registry.agency(row.own), row.year].add(row.agency)
    years = sorted({year for (_agency, year), filed in there.items() if len(filed) > 1})
    if years:
        raise LibraryError(
            _("两家都有 {years} 年度的年报，不能关联：请先在资料库里改正其中一份的归属。").format(
                years=_("、").join(map(str, years))
            )
        )


def _file_anew(
    connection: Connection, moved: Collection[str], who: str | None, reason: str
) -> None:
    """File the reports that went by these names under whoever bears them now."""
    columns = (
        report.c.id,
        report.c.year,
        report.c.chosen,
        report.c.deleted_at,
        OWN_NAME.label("own"),
    )
    query = sa.select(*columns).where(OWN_NAME.in_(moved), report.c.year.is_not(None))
    order = (report.c.year, report.c.version.asc().nulls_last(), report.c.id)
    rows: Sequence[Row[*tuple[Any, ...]]] = connection.execute(query.order_by(*order)).all()
    for row in rows:
        rename(connection, row.id, row.own, row.year, who, reason)
    for row in rows:
        if row.chosen and row.deleted_at is None:
            filing.choose(connection, row.id, who)


def _years(connection: Connection) -> Mapping[str, Collection[int]]:
    """Return the years of the reports that people see, by the name that each was filed under.

    Whoever is on the roster is an agency too, whether it has reported or not.
    """
    query = sa.select(OWN_NAME.label("own"), report.c.year).where(_LIVE).distinct()
    found: dict[str, set[int]] = defaultdict(set)
    for row in connection.execute(query):
        found[row.own].add(row.year)
    for name in load_roster(connection).members():
        found.setdefault(name, set())
    return found


def _given(name: str) -> str:
    text = storable(name.strip())
    if not text:
        raise LibraryError(_("请填写单位名称。"))
    return text


def _refuse_odd(part: Part, value: str, source: str) -> None:
    allowed: Mapping[Part, Collection[str]] = {
        "kind": KINDS,
        "level": LEVELS,
        "region": by_code(),
    }
    if value and part in allowed and value not in allowed[part]:
        raise LibraryError(_("不能这样填：{value}").format(value=value))
    if value and part == "term":
        if term_from(value, source) is None:
            raise LibraryError(_("期限要写成月和日，例如 02-20。"))
        if not source.strip():
            raise LibraryError(_("请写明期限的依据。"))


def _entry(
    action: Action,
    agency: str | None,
    from_agency: str | None,
    who: str | None,
    reason: str,
    *,
    part: str,
    value: str | None = None,
    year: int | None = None,
) -> Decision:
    return Decision(
        number=0,
        action=action,
        agency=agency,
        year=year,
        at=datetime.now(UTC),
        who=signed(who),
        reason=storable(reason),
        from_agency=from_agency,
        part=part,
        value=value,
    )
