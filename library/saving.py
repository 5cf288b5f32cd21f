"""What happens to one file inside its transaction: all of it is kept, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form.language import _
from form.report import Report
from library.filing import restore
from library.names import report_name, sort_key
from library.originals import Originals, sha256
from library.queries import dialect_of, insert_new, reports_of, standing
from library.replaying import hold_what_was_decided
from library.rows import encode, storable
from library.schema import evidence, file, meta, report, touched

ImportState = Literal["kept", "new_version", "queued", "duplicate", "failed"]
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


def bump(connection: Connection, agencies: Iterable[str | None] = ()) -> None:
    """Say that the library has changed, and with whose reports or decisions; None names nobody."""
    raised = sa.update(meta).values(revision=meta.c.revision + 1).returning(meta.c.revision)
    revision = connection.execute(raised).scalar_one()
    rows = [
        {"agency": name, "revision": revision} for name in sorted({*agencies} - {None}, key=str)
    ]
    if rows:
        new = dialect_of(connection).insert(touched)
        again = {"revision": new.excluded.revision}
        connection.execute(
            new.on_conflict_do_update(index_elements=[touched.c.agency], set_=again), rows
        )


def save_file(
    connection: Connection,
    originals: Originals,
    name: str,
    data: bytes,
    reading: Reading,
    who: str | None = None,
) -> ImportResult:
    """Keep a file with the reports in it, or name those it gave before; the caller commits."""
    now = datetime.now(UTC)
    file_id = insert_new(
        connection,
        file,
        sha256=sha256(data),
        name=storable(name),
        kind=reading.kind,
        size=len(data),
        stored_at=now,
    )
    if file_id is None:
        return say_duplicate(connection, sha256(data), who)
    results = []
    for position, item in enumerate(reading.reports):
        own = {"file_id": file_id, "position": position, "imported_at": now}
        results.append(_save_report(connection, item, own))
    bump(connection, (item.agency and storable(item.agency) for item in reading.reports))
    # Last of all: no fault in a statement before leaves a file behind.
    originals.put(data)
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
    if binned:
        bump(connection, restore(connection, binned, who or importer()))
        message = _("与回收站里的{report}是同一个文件，已从回收站恢复。")
    else:
        message = _("与已入库的{report}是同一个文件，没有重复入库。")
    ids = tuple(row.id for row in found)
    return ImportResult("duplicate", ids, message.format(report=names))


def importer() -> str:
    """Return what the log calls an import that nobody put a name to."""
    return _("导入程序")


def identity(connection: Connection, agency: str | None, year: int | None) -> dict[str, Any]:
    """Return the columns that say whose report it is, with the next free version number.

    Where agency or year is missing there is no number: the report waits in the queue.
    """
    name = storable(agency) if agency else None
    version = None
    if name is not None and year is not None:
        same = sa.and_(report.c.agency == name, report.c.year == year)
        version = 1 + (connection.scalar(sa.select(sa.func.max(report.c.version)).where(same)) or 0)
    key = sort_key(name) if name else None
    return {"agency": name, "year": year, "sort_key": key, "version": version}


def _save_report(connection: Connection, item: Report, own: dict[str, Any]) -> ImportResult:
    rows = encode(item)
    who = identity(connection, item.agency, item.year)
    values = {**rows.columns, **who, **own, "chosen": False}
    report_id = connection.scalar(sa.insert(report).returning(report.c.id), values)
    if report_id is None:
        raise RuntimeError("the database gave no id")
    connection.execute(sa.insert(evidence).values(report_id=report_id, content=rows.evidence))
    return count_as_version(connection, report_id)


def count_as_version(connection: Connection, report_id: int) -> ImportResult:
    """Let what was decided hold in a report that is new here, and say what became of it."""
    hold_what_was_decided(connection, report_id)
    columns = (report.c.agency, report.c.year, report.c.version, file.c.name)
    row = connection.execute(sa.select(*columns).join(file).where(report.c.id == report_id)).one()
    state, message = _said(connection, report_id, row.version)
    name = report_name(row.agency, row.year, row.name)
    return ImportResult(state, (report_id,), message.format(report=name, version=row.version))


def _said(connection: Connection, report_id: int, version: int | None) -> tuple[ImportState, str]:
    if version is None:
        return "queued", _("{report}已入库，但没有认出单位或年份，补上之前不计入任何统计。")
    if version == 1:
        return "kept", _("{report}已入库。")
    place = standing()
    if connection.scalar(sa.select(place.c.counts).where(place.c.id == report_id)):
        return "new_version", _("{report}已有旧版，本件存为第 {version} 版，今后以它为准。")
    return "new_version", _(
        "{report}已有旧版，本件存为第 {version} 版；目前仍以人工选定的版本为准。"
    )
