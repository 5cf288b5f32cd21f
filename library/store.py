"""The library: what is kept, and everything that people do to it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import pandas as pd
import platformdirs
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from form.filing import Beside
from form.language import _
from form.matrix import CellMatrix
from form.model import EditionKey
from form.report import Cell, Report
from library import cells, chain, database, filing, listing, typed
from library.agencies import Agencies
from library.agency_log import with_whose
from library.derived import load_derived, save_derived, touched_since
from library.errors import LibraryError
from library.letters import Letters
from library.log import Log
from library.migrate import migrate
from library.naming import rename
from library.office import Office
from library.originals import LETTERS, Holding, Originals, sha256
from library.queries import among, chunks, inline_hashes, reports_of, standing
from library.replaying import as_it_counts, as_they_count, reading_of, readings_of
from library.rollups import Rollups
from library.room import DiskFull, is_full, naming
from library.roster import Rosters
from library.saving import ImportResult, bump
from library.schema import file, meta, report
from library.scores import Scores
from library.season import Season

HOME: Final = "DISCLOSURE_DESK_HOME"
ORIGINALS: Final = "DISCLOSURE_DESK_ORIGINALS"
DATABASE: Final = "DATABASE_URL"


@dataclass(frozen=True, slots=True)
class Summary:
    """Beside much a library holds; the recycle bin counts only in `recycled`.

    `queued` reports lack agency or year, `typing` ones are being typed in.
    """

    reports: int
    counted: int
    queued: int
    recycled: int
    agencies: int
    first_year: int | None
    last_year: int | None
    typing: int = 0


def default_home() -> Path:
    """Return the folder that a person's library lies in."""
    named = os.environ.get(HOME)
    return Path(named) if named else platformdirs.user_data_path("disclosure-desk", appauthor=False)


class Library:
    """A library of reports; may be shared by threads, and opened by many processes at once.

    `url` is a database address or the path of a SQLite file (default: the environment's
    DATABASE_URL, else `library.sqlite` in `home`); `home` is the folder for the originals, unless
    DISCLOSURE_DESK_ORIGINALS names another place, and for files waiting to be read (default: the
    folder of the SQLite file that `url` is the path of, else the environment's
    DISCLOSURE_DESK_HOME, else the user's data folder). Opening brings the tables up to date;
    raises LibraryError where it cannot be opened, or was made by a newer program.
    """

    def __init__(self, url: str | None = None, home: Path | None = None) -> None:
        named = url or os.environ.get(DATABASE)
        beside = Path(named).parent if named and "://" not in named else None
        self.home = (home or beside or default_home()).expanduser().resolve()
        address = named or str(self.home / "library.sqlite")
        kept = (os.environ.get(ORIGINALS) or str(self.home / "originals")).rstrip("/")
        self.originals = Originals(kept)
        # In a folder of its own among the originals, so that who keeps these keeps the letters.
        self.letter_files = Originals(f"{kept}/{LETTERS}")
        self.spool = Originals(str(self.home / "spool"))
        self._engine = _opened(address)
        self._writing = database.writing(self._engine)
        self._asking = database.asking(self._engine)
        lies = self._engine.url
        self._place, self._folder = _place(lies)
        # Whose files these are, beside originals that other databases may share.
        self.owner = sha256(repr((lies.host, lies.port, lies.database)).encode())[:12]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database; the library cannot be used afterwards."""
        self._engine.dispose()
        self._writing.dispose()
        self._asking.dispose()

    @property
    def url(self) -> str:
        """The database address, with its password where it has one."""
        return self._engine.url.render_as_string(hide_password=False)

    @property
    def engine(self) -> Engine:
        """The engine of those who read, for what is done outside of any transaction."""
        return self._engine

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the library throughout."""
        with naming(self._place, self._folder), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def asking(self) -> Iterator[Connection]:
        """Give a connection for one question: two need not see the same state."""
        with naming(self._place, self._folder), self._asking.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection whose work is kept as a whole, or not at all if the block raises.

        Raises DiskFull, a LibraryError, where there is no room for it.
        """
        with naming(self._place, self._folder), self._writing.begin() as connection:
            # One writer at a time on PostgreSQL too; SQLite has seen to it already.
            if connection.dialect.name != "sqlite":
                connection.execute(sa.select(meta.c.revision).with_for_update())
            yield connection

    @contextmanager
    def keeping(self) -> Iterator[tuple[Connection, Holding]]:
        """Give a connection as `writing` does, and a place for originals that are kept with it."""
        held = Holding(self.originals, self.owner)
        try:
            with self.writing() as connection:
                yield connection, held
                # Safe on the disk before anything says that they are there.
                held.sync()
        except BaseException:
            # Not simply dropped: where the connection broke, it may have been committed after all.
            with suppress(LibraryError, sa.exc.SQLAlchemyError, OSError):
                self._take_in_or_drop(held)
            raise
        held.publish()

    def tidy_originals(self) -> None:
        """Take in or drop what a process that died has left beside the originals."""
        self._take_in_or_drop(self.originals.left_by(self.owner))

    def _take_in_or_drop(self, held: Holding) -> None:
        if not held.hashes:
            return
        # Whoever writes an original of this library is inside such a transaction: none is now.
        with self.writing() as connection:
            wanted = sa.select(file.c.sha256).where(file.c.sha256.in_(held.hashes))
            known = set(connection.scalars(wanted))
            held.publish([sha for sha in held.hashes if sha in known])
            held.drop([sha for sha in held.hashes if sha not in known])

    @property
    def revision(self) -> int:
        """A number that goes up whenever what the library holds changes."""
        with self.asking() as connection:
            number: int = connection.execute(sa.select(meta.c.revision)).scalar_one()
        return number

    @property
    def changed_at(self) -> datetime | None:
        """When the last report came in, or somebody last decided anything; None while empty."""
        with self.asking() as connection:
            came: datetime | None = connection.scalar(sa.select(sa.func.max(report.c.imported_at)))
            last = chain.last_entry(connection)
        moments = [moment for moment in (came, last.at if last else None) if moment is not None]
        return max(moments, default=None)

    def report(self, report_id: int) -> Report:
        """Return a report as it counts: as read, with the corrections that hold in it.

        Wherever it stands, be it the recycle bin; raises LibraryError if unknown.
        """
        with self.reading() as connection:
            reading = reading_of(connection, report_id)
            if reading is None:
                raise _unknown(report_id)
            return as_it_counts(connection, report_id, with_whose(connection, reading))

    def as_read(self, report_id: int) -> Report:
        """Return a report as it was read, without any correction; raises LibraryError if unknown."""
        with self.reading() as connection:
            reading = reading_of(connection, report_id)
            if reading is None:
                raise _unknown(report_id)
            return with_whose(connection, reading)

    def several(self, report_ids: Sequence[int], *, as_read: bool = False) -> dict[int, Report]:
        """Return reports by id as they count, or as they were read; unknown ids are left out.

        Without what a library knows of their agencies besides.
        """
        with self.reading() as connection:
            readings = readings_of(connection, report_ids)
            return readings if as_read else as_they_count(connection, readings)

    @property
    def rollups(self) -> Rollups:
        """The roll-ups: who is left out of them, and what was sent upwards."""
        return Rollups(self)

    @property
    def log(self) -> Log:
        """The log of what people decided: corrections, words on findings."""
        return Log(self)

    @property
    def agencies(self) -> Agencies:
        """The agencies: their names, who followed whom, what each is."""
        return Agencies(self)

    @property
    def scores(self) -> Scores:
        """The weights of the score sheet, and what was said of its points."""
        return Scores(self)

    @property
    def season(self) -> Season:
        """What is noted of seasons: receipts and publications."""
        return Season(self)

    @property
    def roster(self) -> Rosters:
        """The roster: who owes a report, and for which years."""
        return Rosters(self)

    @property
    def letters(self) -> Letters:
        """The letters to agencies: what went out, what came back."""
        return Letters(self)

    @property
    def office(self) -> Office:
        """What the office sets for its letters: its name, its own templates."""
        return Office(self.home)

    def original(self, report_id: int) -> tuple[str, bytes]:
        """Return name and bytes of a report's file; raises LibraryError if unknown or altered."""
        query = sa.select(file.c.name, file.c.sha256).join(report)
        with self.reading() as connection:
            row = connection.execute(query.where(report.c.id == report_id)).first()
        if row is None:
            raise _unknown(report_id)
        return row.name, self.originals.get(row.sha256)

    def seen(self, sha256: str) -> tuple[int, ...]:
        """Return the ids of the reports that the bytes with this hash gave; empty if never seen."""
        with self.reading() as connection:
            return tuple(row.id for row in reports_of(connection, sha256))

    def known(self, hashes: Sequence[str]) -> frozenset[str]:
        """Return those of these hashes whose bytes have been imported before."""
        with self.asking() as connection:
            parts = (
                connection.scalars(sa.select(file.c.sha256).where(file.c.sha256.in_(some)))
                for some in map(inline_hashes, chunks(hashes))
            )
            return frozenset(sha for part in parts for sha in part)

    def whose(self, report_ids: Sequence[int]) -> dict[int, str | None]:
        """Return the agencies of reports by id, None for one that has none; wherever they stand."""
        query = sa.select(report.c.id, report.c.agency)
        with self.reading() as connection:
            rows = connection.execute(query.where(among(report.c.id, report_ids)))
            return {row.id: row.agency for row in rows}

    def matrix(self, report_ids: Sequence[int] | None = None) -> CellMatrix:
        """Return the cells of the reports that count, or of these in this order.

        Raises LibraryError for an unknown id.
        """
        with self.reading() as connection:
            matrix = cells.load_matrix(connection, report_ids)
        missing = set(report_ids or ()) - set(matrix.report_ids.tolist())
        if missing:
            raise _unknown(min(missing))
        return matrix

    def derived(
        self, name: str, version: str, report_ids: Sequence[int] | None = None
    ) -> dict[int, str]:
        """Return the texts of this name that were computed from reports before, by report id.

        Of these reports, or of all. Those that are missing, were computed by another version, or
        rest on what has changed since, are left out.
        """
        with self.reading() as connection:
            return load_derived(connection, name, version, report_ids)

    def keep_derived(
        self,
        name: str,
        version: str,
        texts: Mapping[int, str],
        revision: int | None = None,
        *,
        read_at: int | None = None,
    ) -> None:
        """Keep texts computed from reports, by report id, in place of those of other versions.

        Without a `revision` for what follows from a reading, its agency and its year alone. What
        rests on the agency's other reports and on decisions too gives the revision that the
        library had before it was computed, and holds until something of that agency is touched.
        `read_at` is the revision before the reports were looked at: what has been touched since is
        left out, for it may have another name by now. Nothing that the library holds changes by
        it, and so neither does its revision.
        """
        with self.writing() as connection:
            save_derived(connection, name, version, texts, revision, read_at)

    def touched_since(self, revision: int) -> tuple[str, ...]:
        """Return the agencies whose reports, or what is decided about them, changed after it."""
        with self.reading() as connection:
            return touched_since(connection, revision)

    def reports(self, agencies: Sequence[str] | None = None) -> pd.DataFrame:
        """Return all reports, older versions and the queue included; see `frames` for columns.

        With `agencies`, their reports and those without an agency.
        """
        with self.reading() as connection:
            return listing.live(connection, agencies)

    def recycled(self) -> pd.DataFrame:
        """Return what is in the recycle bin, last thrown away first.

        Index report_id; agency, year, version, file, kind, sha256, imported_at as in `reports`,
        deleted_at (datetime64[ns, Asia/Shanghai]), deleted_by (string).
        """
        with self.reading() as connection:
            return listing.recycled(connection)

    def summary(self) -> Summary:
        """Return how much there is, by quick counts."""
        place = standing()
        known = report.c.version.is_not(None)
        live = sa.select(
            sa.func.count(),
            sa.func.count().filter(place.c.counts),
            sa.func.count().filter(sa.not_(known), report.c.typing_since.is_(None)),
            sa.func.count(sa.distinct(report.c.agency)).filter(known),
            sa.func.min(report.c.year).filter(known),
            sa.func.max(report.c.year).filter(known),
            sa.func.count(report.c.typing_since),
        ).join_from(report, place, report.c.id == place.c.id)
        binned = sa.select(sa.func.count()).where(report.c.deleted_at.is_not(None))
        with self.reading() as connection:
            row = connection.execute(live).one()
            recycled = connection.execute(binned).scalar_one()
        total, counts, queued, agencies, first, last, typing = row
        return Summary(total, counts, queued, recycled, agencies, first, last, typing)

    def recycle(self, report_ids: Sequence[int], who: str | None) -> None:
        """Put reports into the recycle bin; those already there stay as they are."""
        with self.writing() as connection:
            touched = filing.recycle(connection, report_ids, who)
            if touched:
                bump(connection, touched)

    def restore(self, report_ids: Sequence[int], who: str | None) -> None:
        """Take reports out of the recycle bin; those not in it stay as they are.

        Raises LibraryError, and then restores none, where one would become a version beside a
        report that was another agency's when it was thrown away.
        """
        with self.writing() as connection:
            touched = filing.restore(connection, report_ids, who)
            if touched:
                bump(connection, touched)

    def identify(self, report_id: int, agency: str, year: int, who: str | None = None) -> None:
        """Say whose report this is and on which year; it then counts as their newest version.

        `agency` may be any name of it.

        What was decided about it goes with it. Raises LibraryError for an unknown id or an empty
        name.
        """
        if not agency.strip():
            raise LibraryError(_("请填写单位名称。"))
        with self.writing() as connection:
            if not rename(connection, report_id, agency.strip(), year, who):
                raise _unknown(report_id)

    def start_typed(
        self,
        name: str,
        data: bytes,
        agency: str,
        year: int,
        edition: EditionKey,
        kind: str | None = None,
    ) -> int:
        """Keep a file that cannot be read, with an empty official form to type it into.

        Returns the id of the report, which counts nowhere until it is finished. The file may be
        known already. `library.importing.start_typed` finds its kind by itself. Raises
        LibraryError for an empty name.
        """
        if not agency.strip():
            raise LibraryError(_("请填写单位名称。"))
        form = typed.empty_form(agency.strip(), year, edition)
        with self.keeping() as (connection, held):
            return typed.start(connection, held, name, data, kind, form)

    def enter_typed(
        self, report_id: int, texts: Mapping[str, str], seen: Mapping[str, Cell] | None = None
    ) -> None:
        """Enter texts by address into a report that is being typed in: all of them, or none.

        An empty text says that nothing is printed there. `seen` has the cells as they were shown,
        where anything was entered in them before. Raises Conflict where a cell says something
        else, LibraryError for what is neither a number nor empty and for a report that is not
        being typed in.
        """
        with self.writing() as connection:
            typed.enter(connection, report_id, texts, seen or {})

    def finish_typed(
        self, report_id: int, who: str | None, *, rest_blank: bool = False
    ) -> ImportResult:
        """Let a typed report count, as the newest version of its agency's year.

        Cells that nobody entered become blank with `rest_blank`; without it they raise
        LibraryError, as does a report that is not being typed in.
        """
        with self.writing() as connection:
            return typed.finish(connection, report_id, who, rest_blank=rest_blank)

    def choose(self, report_id: int, who: str | None = None) -> None:
        """Let this version count for its agency and year, whatever comes later.

        `Log.undo` takes it back. Raises LibraryError for an unknown id, and for a report in the
        queue or recycle bin.
        """
        with self.writing() as connection:
            touched = filing.choose(connection, report_id, who)
            if touched:
                bump(connection, touched)

    def choose_between(
        self, report_id: int, others: Sequence[int], how: Beside, who: str | None, reason: str = ""
    ) -> None:
        """Say what a report is beside others on its agency's year: it alone counts, it corrects
        them, or it cannot be told yet, so that nothing counts; what comes later counts all the same.

        `Log.undo` takes it back. Raises LibraryError where they are not all of one agency's year,
        outside of queue and recycle bin.
        """
        with self.writing() as connection:
            touched = filing.choose_between(connection, report_id, others, how, who, reason)
            if touched:
                bump(connection, touched)

    def undo_import(self, batch: int, who: str | None) -> None:
        """Take an import back: all reports that it brought in go into the recycle bin.

        To restore them there ends it. What was decided about them, and letters that went out, stay
        in the log. Raises LibraryError where none of them is left outside the bin.
        """
        with self.writing() as connection:
            bump(connection, filing.undo_import(connection, batch, who))


def _opened(address: str) -> Engine:
    try:
        engine = database.connect(address)
        migrate(engine)
    except (sa.exc.SQLAlchemyError, OSError, ModuleNotFoundError) as error:
        if is_full(error, _folder(address)):
            raise DiskFull(_shown(address)) from error
        raise LibraryError(_("资料库打不开：{address}").format(address=_shown(address))) from error
    return engine


def _shown(address: str) -> str:
    """Return an address for people: what stands before the @ is a name and a password."""
    return address.rpartition("@")[2]


def _folder(address: str) -> Path | None:
    return None if "://" in address else Path(address).parent


def _place(url: sa.URL) -> tuple[str, Path | None]:
    """Return what people call the place of a database, and its folder where it is a file."""
    if url.get_backend_name() == "sqlite" and url.database:
        folder = Path(url.database).parent
        return str(folder), folder
    return f"{url.host or ''}/{url.database or ''}", None


def _unknown(report_id: int) -> LibraryError:
    return LibraryError(_("资料库里没有编号为 {number} 的年报。").format(number=report_id))
