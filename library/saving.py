"""What happens to files inside their transaction: all of them are kept, or nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form.agencies.registry import Registry
from form.language import _
from form.report import Report
from library.agency_log import load_registry
from library.errors import LibraryError
from library.filing import restore
from library.names import report_name, sort_key
from library.originals import Holding
from library.queries import dialect_of, reports_of, standing
from library.replaying import hold_in_new, hold_what_was_decided
from library.rows import encode, storable
from library.schema import evidence, file, meta, report, touched

ImportState = Literal["kept", "new_version", "queued", "duplicate", "failed"]
_Counting = Literal["this", "newer", "chosen", "undecided"]
"""Of an agency's year: this version counts, a newer one does, or one that a person chose; nothing
does until a person has said which of one batch."""
_MOST_TELLING: Final[Sequence[ImportState]] = ("queued", "new_version", "kept")


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What became of a file.

    `kept`: its reports are in the library; `new_version`: one of them is not the first on its
    agency and year; `queued`: one of them lacks agency or year; `duplicate`: the same bytes were
    there before (`report_ids` are those of then); `failed`: nothing was kept. `message` is a
    sentence for people.
    """

    state: ImportState
    report_ids: tuple[int, ...]
    message: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader made of a file: its kind (pdf, html, …) by its content, and its reports."""

    kind: str | None
    reports: tuple[Report, ...]


def bump(
    connection: Connection,
    agencies: Iterable[str | None] = (),
    registry: Registry | None = None,
) -> None:
    """Say that the library has changed, and with whose reports or decisions; None names nobody.

    With an agency's also those of the ones that it went into. `registry` is what people said of
    agencies, where it is at hand.
    """
    raised = (
        sa.update(meta)
        .values(revision=meta.c.revision + sa.literal_column("1"))
        .returning(meta.c.revision)
    )
    revision = connection.execute(raised).scalar_one()
    named = {name for name in agencies if name is not None}
    if named:
        # Their reports are checked against those of whom they followed.
        named |= (registry or load_registry(connection)).followers(named)
    rows = [{"agency": name, "revision": revision} for name in sorted(named)]
    if rows:
        new = dialect_of(connection).insert(touched).values(rows)
        again = {"revision": new.excluded.revision}
        connection.execute(new.on_conflict_do_update(index_elements=[touched.c.agency], set_=again))


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that is to be kept, with what its reader made of it; None where it is known already.

    `twin` is a file with the same bytes that is safe on the disk.
    """

    name: str
    data: bytes
    reading: Reading | None
    sha256: str
    twin: Path | None = None


def save_files(
    connection: Connection,
    held: Holding,
    files: Sequence[Incoming],
    who: str | None = None,
    batch: int | None = None,
) -> list[ImportResult]:
    """Keep files with the reports in them, or name those they gave before; the caller commits.

    Returns what became of each. `who` is as in `say_duplicate`, `batch` the job that brings them in.
    All at once, so that the number of statements does not grow with that of the files.
    """
    now = datetime.now(UTC)
    ids = _insert_files(connection, files, now)
    # The first of files with the same bytes gives its reports, the others are duplicates of it.
    firsts = {item.sha256: item for item in reversed(files) if item.sha256 in ids}
    new = [
        _New(ids[item.sha256], item.name, position, found)
        for item in files
        if firsts.get(item.sha256) is item and item.reading is not None
        for position, found in enumerate(item.reading.reports)
    ]
    results: dict[int, list[ImportResult]] = defaultdict(list)
    if new:
        registry = load_registry(connection)
        for one, result in zip(
            new, _save_reports(connection, new, now, registry, batch), strict=True
        ):
            results[one.file_id].append(result)
        own = (item.report.agency and storable(item.report.agency) for item in new)
        bump(connection, (name and registry.agency(name) for name in own), registry)
    # After all that is new: no fault in a statement before leaves a file behind.
    for item in firsts.values():
        held.add(item.data, item.twin)
    return [
        _together(results[ids[item.sha256]])
        if firsts.get(item.sha256) is item
        else say_duplicate(connection, item.sha256, who)
        for item in files
    ]


@dataclass(frozen=True, slots=True)
class _New:
    """A report that is not kept yet, and its place in its file."""

    file_id: int
    file_name: str
    position: int
    report: Report


def _insert_files(
    connection: Connection, files: Sequence[Incoming], now: datetime
) -> dict[str, int]:
    """Return by hash the ids of those files that were not there."""
    rows = [
        {
            "sha256": item.sha256,
            "name": storable(item.name),
            "kind": item.reading.kind,
            "size": len(item.data),
            "stored_at": now,
        }
        for item in files
        if item.reading is not None
    ]
    if not rows:
        return {}
    new = dialect_of(connection).insert(file).values(rows).on_conflict_do_nothing()
    told = connection.execute(new.returning(file.c.sha256, file.c.id))
    return {row.sha256: row.id for row in told}


def _together(results: Sequence[ImportResult]) -> ImportResult:
    """Return what became of a file by what became of each of its reports."""
    return ImportResult(
        state=min((result.state for result in results), key=_MOST_TELLING.index),
        report_ids=tuple(number for result in results for number in result.report_ids),
        message=" ".join(result.message for result in results),
    )


def say_duplicate(connection: Connection, sha: str, who: str | None = None) -> ImportResult:
    """Name the reports that the same bytes gave before, and take them out of the recycle bin.

    `who` is the name of whoever imports; without one, the log has a word for the import itself.
    """
    found = reports_of(connection, sha)
    names = _("、").join(report_name(row.agency, row.year, row.name) for row in found)
    binned = [row.id for row in found if row.deleted_at is not None]
    message = _("与已入库的{report}是同一个文件，没有重复入库。")
    why = ""
    if binned:
        try:
            bump(connection, restore(connection, binned, who or importer()))
            message = _("与回收站里的{report}是同一个文件，已从回收站恢复。")
        except LibraryError as refused:
            message = _("与回收站里的{report}是同一个文件，没有恢复。")
            why = f" {refused.message}"
    ids = tuple(row.id for row in found)
    return ImportResult("duplicate", ids, message.format(report=names) + why)


def importer() -> str:
    """Return what the log calls an import that nobody put a name to."""
    return _("导入程序")


def identity(connection: Connection, agency: str | None, year: int | None) -> dict[str, Any]:
    """Return the columns that say whose report it is, with the next free version number.

    `agency` may be any name of it; the columns have the one that it goes by now, and `named` the
    other.

    Where agency or year is missing there is no number: the report waits in the queue.
    """
    return _identities(connection, [(agency, year)], load_registry(connection))[0]


def _identities(
    connection: Connection,
    whose: Sequence[tuple[str | None, int | None]],
    registry: Registry,
) -> list[dict[str, Any]]:
    """Return what `identity` does, of several reports that come one after the other."""
    told = [(storable(agency) if agency else None, year) for agency, year in whose]
    names = [(name and registry.agency(name), year) for name, year in told]
    known = {(agency, year) for agency, year in names if agency is not None and year is not None}
    last = Counter(_last_versions(connection, known))
    found = []
    for (name, year), (own, _year) in zip(names, told, strict=True):
        version = None
        if name is not None and year is not None:
            last[name, year] += 1
            version = last[name, year]
        key = sort_key(name) if name else None
        named = None if own == name else own
        found.append(
            {"agency": name, "year": year, "sort_key": key, "version": version, "named": named}
        )
    return found


def _last_versions(
    connection: Connection, whose: Collection[tuple[str, int]]
) -> dict[tuple[str, int], int]:
    if not whose:
        return {}
    columns = (report.c.agency, report.c.year)
    query = sa.select(*columns, sa.func.max(report.c.version)).where(_of(whose)).group_by(*columns)
    rows = connection.execute(query)
    return {(agency, year): version or 0 for agency, year, version in rows}


def _of(whose: Collection[tuple[str, int]]) -> sa.ColumnElement[bool]:
    return sa.tuple_(report.c.agency, report.c.year).in_(sorted(whose))


def _save_reports(
    connection: Connection,
    new: Sequence[_New],
    now: datetime,
    registry: Registry,
    batch: int | None,
) -> list[ImportResult]:
    named = [(item.report.agency, item.report.year) for item in new]
    whose = _identities(connection, named, registry)
    encoded = [encode(item.report) for item in new]
    rows = [
        {
            **rows.columns,
            **who,
            "file_id": item.file_id,
            "position": item.position,
            "imported_at": now,
            "chosen": False,
            "batch": batch,
        }
        for item, rows, who in zip(new, encoded, whose, strict=True)
    ]
    places = (report.c.file_id, report.c.position)
    told = connection.execute(sa.insert(report).returning(report.c.id, *places), rows)
    by_place = {(row.file_id, row.position): int(row.id) for row in told}
    ids = [by_place[item.file_id, item.position] for item in new]
    evidence_rows = [
        {"report_id": number, "content": rows.evidence}
        for number, rows in zip(ids, encoded, strict=True)
    ]
    connection.execute(sa.insert(evidence).values(evidence_rows))
    hold_in_new(
        connection,
        [
            (number, who["agency"], who["year"], item.report.cells)
            for number, item, who in zip(ids, new, whose, strict=True)
            if who["version"] is not None
        ],
    )
    later = {
        number: (who["agency"], who["year"])
        for number, who in zip(ids, whose, strict=True)
        if (who["version"] or 1) > 1
    }
    counting = _counting(connection, later)
    return [
        _result(number, who, item.file_name, counting.get(number))
        for number, item, who in zip(ids, new, whose, strict=True)
    ]


def _result(
    report_id: int, who: Mapping[str, Any], file_name: str, counting: _Counting | None
) -> ImportResult:
    state, message = _said(who["version"], counting)
    name = report_name(who["agency"], who["year"], storable(file_name))
    said = message.format(report=name, version=who["version"])
    if who["named"] is not None:
        came = _("文件里的名称是“{named}”，已认定为{agency}的另一个名称。")
        said += " " + came.format(named=who["named"], agency=who["agency"])
    return ImportResult(state, (report_id,), said)


def _counting(
    connection: Connection, reports: Mapping[int, tuple[str, int]]
) -> Mapping[int, _Counting]:
    """Return of some reports (id → agency, year) whether they count, or what counts before them."""
    if not reports:
        return {}
    place = standing(sorted({agency for agency, _year in reports.values()}))
    query = (
        sa.select(
            place.c.id,
            place.c.counts,
            place.c.undecided,
            report.c.agency,
            report.c.year,
            report.c.chosen,
        )
        .join(report, report.c.id == place.c.id)
        .where(sa.or_(place.c.counts, place.c.id.in_(reports)))
    )
    found = list(connection.execute(query))
    chosen = {(row.agency, row.year) for row in found if row.counts and row.chosen}
    counts = {row.id for row in found if row.counts}
    undecided = {row.id for row in found if row.undecided}
    return {
        number: "this"
        if number in counts
        else "undecided"
        if number in undecided
        else "chosen"
        if whose in chosen
        else "newer"
        for number, whose in reports.items()
    }


def count_as_version(connection: Connection, report_id: int) -> ImportResult:
    """Let what was decided hold in a report that is new here, and say what became of it."""
    hold_what_was_decided(connection, report_id)
    whose = (report.c.agency, report.c.named, report.c.year)
    columns = (*whose, report.c.version, file.c.name)
    row = connection.execute(sa.select(*columns).join(file).where(report.c.id == report_id)).one()
    later = (row.version or 1) > 1
    counting = _counting(connection, {report_id: (row.agency, row.year)} if later else {})
    return _result(report_id, row._asdict(), row.name, counting.get(report_id))


def _said(version: int | None, counting: _Counting | None) -> tuple[ImportState, str]:
    if version is None:
        return "queued", _(
            "{report}已入库，等在“待认领”里：机构和年度由人确认之前，不计入任何统计。"
        )
    if version == 1:
        return "kept", _("{report}已入库。")
    if counting == "this":
        return "new_version", _("{report}已有旧版，本件存为第 {version} 版，今后以它为准。")
    if counting == "undecided":
        return "new_version", _(
            "{report}同一批里不止一份，本件存为第 {version} 版；由人选定之前，这一年都不计入。"
        )
    if counting == "newer":
        return "new_version", _(
            "{report}已有旧版，本件存为第 {version} 版；同批还有更新的一版，以那一版为准。"
        )
    return "new_version", _(
        "{report}已有旧版，本件存为第 {version} 版；目前仍以人工选定的版本为准。"
    )
