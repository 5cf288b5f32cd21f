"""The migrations make the tables that the code expects, and a newer library is left alone."""

import importlib
import io
import json
import multiprocessing
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing
from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext

from form.report import Cell, Note, Place
from library import jobs, migrations
from library.errors import LibraryError
from library.replacing import undo_run
from library.schema import decision, evidence, metadata, report
from library.store import Library
from library.verifying import problems
from tests.library import children
from tests.library.engines import ENGINES, new_database
from tests.waiting import HANGS

NEW = "applications.new_received.natural_person"


def differences(library: Library, wanted: sa.MetaData) -> list[object]:
    with library.reading() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        return list(compare_metadata(context, wanted))


def test_the_migrated_tables_are_those_of_the_code(library: Library) -> None:
    assert differences(library, metadata) == []


def test_a_difference_would_be_seen(library: Library) -> None:
    wanted = sa.MetaData()
    for table in metadata.tables.values():
        table.to_metadata(wanted)
    wanted.tables["report"].append_column(sa.Column("disclosure__moon__landings", sa.BigInteger()))
    assert len(differences(library, wanted)) == 1


def test_columns_stand_in_the_order_of_the_form(library: Library) -> None:
    with library.reading() as connection:
        names = [column["name"] for column in sa.inspect(connection).get_columns("report")]
    assert names == [column.name for column in report.columns]


def test_a_newer_library_is_refused_and_left_as_it_is(library: Library) -> None:
    with library.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(LibraryError, match="升级"):
        Library(library.url, home=library.home)
    engine = sa.create_engine(library.url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT version_num FROM alembic_version")
        assert found.scalars().all() == ["9999"]


@pytest.mark.parametrize("engine", ENGINES)
def test_many_processes_may_open_a_new_library_at_once(engine: str, tmp_path: Path) -> None:
    with ExitStack() as stack:
        url = None if engine == "sqlite" else stack.enter_context(new_database())
        open_by_many(url, tmp_path)


def open_by_many(url: str | None, home: Path) -> None:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([children.__name__])
    barrier, outcomes = context.Barrier(6), context.Queue()
    processes = [
        context.Process(target=children.open_library, args=(url, home, barrier, outcomes))
        for _ in range(6)
    ]
    for process in processes:
        process.start()
    assert [outcomes.get(timeout=HANGS) for _ in processes] == ["opened"] * 6
    for process in processes:
        process.join()


# --- libraries of every schema that was ever in use, as SQLite writes them out ---------------------

SCHEMAS = sorted((Path(__file__).parent / "schemas").glob("*.sql"))


def unpacked(schema: Path, home: Path) -> Path:
    home.mkdir(exist_ok=True)
    with closing(sqlite3.connect(home / "library.sqlite")) as connection:
        connection.executescript(schema.read_text(encoding="utf-8"))
    return home / "library.sqlite"


def carried_over(schema: Path, home: Path, address: str) -> None:
    """Make the same library of the same old schema on PostgreSQL: its tables, then its rows."""
    source = sa.create_engine(f"sqlite:///{unpacked(schema, home)}", poolclass=sa.NullPool)
    target = sa.create_engine(address, poolclass=sa.NullPool)
    with source.connect() as old, target.begin() as new:
        config = Config(attributes={"connection": new})
        config.set_main_option("script_location", str(Path(migrations.__file__).parent))
        command.upgrade(config, schema.stem)
        there, here = sa.MetaData(), sa.MetaData()
        there.reflect(old)
        here.reflect(new)
        # What guards the log and the first filings are triggers.
        new.exec_driver_sql("SET LOCAL session_replication_role = replica")
        for table in here.sorted_tables:
            rows = old.execute(sa.select(there.tables[table.name])).mappings().all()
            new.execute(sa.delete(table))
            if rows:
                new.execute(sa.insert(table), [typed_for(table, row) for row in rows])
            if table.c.get("id") is not None and table.c.id.server_default is not None:
                last = sa.select(sa.func.max(table.c.id)).scalar_subquery()
                named = sa.func.pg_get_serial_sequence(table.name, "id")
                new.execute(sa.select(sa.func.setval(named, last)))


def typed_for(table: sa.Table, row: Mapping[str, object]) -> dict[str, object]:
    """Give what SQLite keeps as text the type that the other table wants."""
    return {
        name: Decimal(str(value))
        if isinstance(table.c[name].type, sa.Numeric) and value is not None
        else value
        for name, value in row.items()
    }


@pytest.fixture(params=product(ENGINES, SCHEMAS), ids=lambda both: f"{both[0]}-{both[1].stem}")
def old_library(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Library]:
    """A library of an old schema, opened."""
    engine, schema = request.param
    if engine == "sqlite":
        with Library(str(unpacked(schema, tmp_path)), home=tmp_path) as library:
            yield library
        return
    with new_database() as address:
        carried_over(schema, tmp_path / "old", address)
        with Library(address, home=tmp_path) as library:
            yield library


def test_a_library_of_an_old_schema_comes_up_to_date(old_library: Library) -> None:
    with old_library as library:
        assert differences(library, metadata) == []
        listed = library.reports()
        assert listed["agency"].tolist()[:3] == ["甲市", "甲市", "乙县"]
        assert listed["counts"].tolist() == [True, False, True, False]
        assert listed["typing"].tolist() == [False] * 4
        assert 5 in library.recycled().index
        report = library.report(1)
        assert report == library.as_read(1)
        assert report.notes == (Note("code", "一处存疑", (NEW,)),)
        assert report.cells[NEW] == Cell(77, "number", "77", Place(page=2, row=3))
        assert report.cells["disputes.review.total"].candidates == (1, 12)
        assert report.cells["disputes.review.other"].raw == "见附件"
        assert str(report.cells["disclosure.administrative_fees.amount"].value) == "152790.1234"
        assert library.report(3).edition == "2019"
        (job,) = jobs.recent(library)
        assert [item.name for item in job.items] == ["待读.txt"]
        assert library.log.verify() == ()
        library.log.correct(1, NEW, "75", report.cells[NEW], "checker", "笔误")
        assert library.report(1).cells[NEW].printed == report.cells[NEW]
        with pytest.raises(sa.exc.DBAPIError), library.writing() as connection:
            connection.exec_driver_sql("DELETE FROM decision")


def test_how_reports_were_filed_before_the_log_told_of_it_is_where_it_begins(
    old_library: Library,
) -> None:
    with old_library as library:
        before = len(library.log.entries())
        assert library.log.verify() == ()
        library.choose(1, "checker")  # it is chosen already
        library.restore([5], "checker")
        library.choose(2, "checker")
        library.identify(3, "丁局", 2020, "checker")
        library.identify(4, "戊镇", 2022, "checker")
        (restored, chosen, *rest) = library.log.entries()[before:]
        assert (restored.action, restored.report_id, restored.undoes) == ("restore", 5, None)
        assert (chosen.action, chosen.report_id, chosen.version) == ("choose", 2, 2)
        assert [(item.from_agency, item.from_year) for item in rest if item.from_year] == [
            ("乙县", 2020),
            (None, 2022),
        ]
        assert library.log.verify() == ()
        library.log.undo(chosen.number, "checker")
        assert library.reports()["chosen"].loc[[1, 2]].tolist() == [True, False]
        assert library.log.verify() == ()
        for change in (
            "chosen = NOT chosen",
            "deleted_at = imported_at",
            "agency = '己乡'",
            "year = 2019",
            "version = 9",
        ):
            with library.writing() as connection, connection.begin_nested() as point:
                connection.exec_driver_sql(f"UPDATE report SET {change} WHERE id = 1")
                assert list(problems(connection)), change
                point.rollback()


def test_what_the_log_said_before_keeps_its_text_its_hash_and_what_follows(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    with closing(sqlite3.connect(tmp_path / "old.sqlite")) as connection:
        connection.executescript((SCHEMAS[0].parent / "0002.sql").read_text(encoding="utf-8"))
        query = "SELECT number, agency, year, address, content, previous, hash FROM decision"
        was = connection.execute(query).fetchall()
        held = connection.execute("SELECT * FROM correction").fetchall()
    with Library(str(unpacked(SCHEMAS[0].parent / "0002.sql", home)), home=home) as library:
        with library.reading() as connection:
            rows = connection.execute(sa.select(decision).order_by(decision.c.number)).all()
            assert [tuple(row)[:7] for row in rows] == was
            assert connection.exec_driver_sql("SELECT * FROM correction").fetchall() == held
        assert len(held) == 1
        for row, entry in zip(rows, library.log.entries(), strict=True):
            assert (row.action, row.report_id) == (entry.action, entry.report_id)
        for statement in ("UPDATE decision SET year = 1", "DELETE FROM first_filing"):
            with pytest.raises(sa.exc.IntegrityError), library.writing() as connection:
                connection.exec_driver_sql(statement)


def test_every_schema_before_the_newest_is_tested() -> None:
    modules = (Path(migrations.__file__).parent / "versions").glob("[0-9]*.py")
    known = sorted(path.name.split("_")[0] for path in modules)
    assert [path.stem for path in SCHEMAS] == known[:-1]


def test_who_read_each_report_is_told_by_its_evidence(old_library: Library) -> None:
    with old_library as library:
        with library.reading() as connection:
            query = sa.select(report.c.reader, evidence.c.content).join(evidence)
            rows = connection.execute(query.order_by(report.c.id)).all()
        readers = [json.loads(row.content).get("reader") for row in rows]
        assert [row.reader for row in rows] == readers
        assert set(readers) <= {None, 2}


def test_a_run_of_an_old_library_can_be_taken_back(tmp_path: Path) -> None:
    schema = SCHEMAS[0].parent / "0005.sql"
    with Library(str(unpacked(schema, tmp_path)), home=tmp_path) as library:
        before = library.as_read(2)
        assert (before.reader, before.cells["disputes.review.total"].value) == (2, 9)
        assert undo_run(library, 2, "checker") == (2,)
        after = library.as_read(2)
        assert (after.reader, after.cells["disputes.review.total"].value) == (None, 2)
        assert library.log.verify() == ()
        with library.reading() as connection:
            of_two = sa.select(report.c.reader).where(report.c.id == 2)
            assert connection.scalar(of_two) is None
        with pytest.raises(LibraryError, match="撤回过"):
            undo_run(library, 1)


def test_postgresql_guards_the_log_too() -> None:
    module = importlib.import_module("library.migrations.versions.0002_decisions")
    told = io.StringIO()
    context = MigrationContext.configure(
        dialect_name="postgresql", opts={"as_sql": True, "output_buffer": told}
    )
    with Operations.context(context):
        module.upgrade()
    text = told.getvalue()
    for guard in ("BEFORE UPDATE OR DELETE", "BEFORE TRUNCATE", "BEFORE INSERT"):
        assert guard in text
    assert "typing_since TIMESTAMP WITH TIME ZONE" in text
    assert 'agency TEXT COLLATE "C" NOT NULL' in text
