"""The migrations make the tables that the code expects, and a newer library is left alone."""

import importlib
import io
import multiprocessing
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext

from form.report import Cell, Note, Place
from library import jobs, migrations
from library.errors import LibraryError
from library.schema import metadata, report
from library.store import Library
from tests.library import children

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


def test_a_newer_library_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    with Library(home=tmp_path) as library, library.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(LibraryError, match="升级"):
        Library(home=tmp_path)
    engine = sa.create_engine(f"sqlite:///{tmp_path}/library.sqlite")
    with engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT version_num FROM alembic_version")
        assert found.scalars().all() == ["9999"]


def test_many_processes_may_open_a_new_library_at_once(tmp_path: Path) -> None:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([children.__name__])
    barrier, outcomes = context.Barrier(6), context.Queue()
    processes = [
        context.Process(target=children.open_library, args=(tmp_path, barrier, outcomes))
        for _ in range(6)
    ]
    for process in processes:
        process.start()
    assert [outcomes.get(timeout=60) for _ in processes] == ["opened"] * 6
    for process in processes:
        process.join()


# --- libraries of every schema that was ever in use, as SQLite writes them out ---------------------

SCHEMAS = sorted((Path(__file__).parent / "schemas").glob("*.sql"))


def unpacked(schema: Path, home: Path) -> Library:
    with closing(sqlite3.connect(home / "library.sqlite")) as connection:
        connection.executescript(schema.read_text(encoding="utf-8"))
    return Library(home=home)


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda path: path.stem)
def test_a_library_of_an_old_schema_comes_up_to_date(schema: Path, tmp_path: Path) -> None:
    with unpacked(schema, tmp_path) as library:
        assert differences(library, metadata) == []
        listed = library.reports()
        assert listed["agency"].tolist()[:3] == ["甲市", "甲市", "乙县"]
        assert listed["counts"].tolist() == [True, False, True, False]
        assert listed["typing"].tolist() == [False] * 4
        assert library.recycled().index.tolist() == [5]
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
        with pytest.raises(sa.exc.IntegrityError), library.writing() as connection:
            connection.exec_driver_sql("DELETE FROM decision")


def test_every_schema_but_the_newest_is_tested() -> None:
    modules = (Path(migrations.__file__).parent / "versions").glob("[0-9]*.py")
    known = sorted(path.name.split("_")[0] for path in modules)
    assert [path.stem for path in SCHEMAS] == known[:-1]


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
