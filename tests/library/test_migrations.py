"""The migrations make the tables that the code expects, and a newer library is left alone."""

import multiprocessing
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from library.errors import LibraryError
from library.schema import metadata, report
from library.store import Library
from tests.library import children


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
