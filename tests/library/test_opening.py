"""Where a library lies, and what is said when it cannot be opened."""

import socket
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from library import listing, queries, store
from library.errors import LibraryError
from library.importing import import_file
from library.schema import metadata
from library.store import Library
from tests.library.engines import SERVER, new_database
from tests.library.made import made_report, reading


def keep_one(library: Library) -> None:
    import_file(library, "年报.txt", b"1", read=lambda _data, _name: reading(made_report()))


def test_a_path_or_an_address(tmp_path: Path) -> None:
    with Library(str(tmp_path / "one" / "a.sqlite"), home=tmp_path) as library:
        keep_one(library)
    with Library(f"sqlite:///{tmp_path}/one/a.sqlite", home=tmp_path) as library:
        assert library.report(1) == made_report()


def test_the_originals_lie_beside_a_library_that_is_named_by_its_path(tmp_path: Path) -> None:
    with Library(str(tmp_path / "winter" / "a.sqlite")) as library:
        keep_one(library)
        assert library.home == tmp_path / "winter"
    assert (tmp_path / "winter" / "originals").is_dir()


def test_the_environment_names_the_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCLOSURE_DESK_HOME", str(tmp_path / "home"))
    with Library() as library:
        keep_one(library)
    assert (tmp_path / "home" / "library.sqlite").is_file()
    assert (tmp_path / "home" / "originals").is_dir()
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/other.sqlite")
    monkeypatch.setenv("DISCLOSURE_DESK_ORIGINALS", f"file://{tmp_path}/elsewhere")
    with Library() as library:
        assert library.summary().reports == 0
        keep_one(library)
    assert (tmp_path / "other.sqlite").is_file()
    assert (tmp_path / "elsewhere").is_dir()


def test_an_address_opens_the_same_library_whatever_its_folder_is_called(tmp_path: Path) -> None:
    with Library(home=tmp_path / "甲 100%?#&") as library:
        keep_one(library)
        with Library(library.url, home=library.home) as again:
            assert again.report(1) == made_report()


def test_without_a_name_it_lies_in_the_folder_of_the_person(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("DISCLOSURE_DESK_HOME")
    assert store.default_home().name == "disclosure-desk"


@pytest.mark.parametrize(
    "address",
    [
        "{tmp}/no-database.txt",
        "{tmp}",
        "nothing://somebody:secret@host/db",
        "postgresql+nothing://somebody:secret@host/db",
    ],
)
def test_what_cannot_be_opened_is_said_without_secrets(tmp_path: Path, address: str) -> None:
    (tmp_path / "no-database.txt").write_bytes(b"just a text, " * 500)
    with pytest.raises(LibraryError, match="打不开") as error:
        Library(address.format(tmp=tmp_path), home=tmp_path / "home")
    assert "secret" not in error.value.message


@pytest.mark.durable
def test_sqlite_is_told_to_be_careful(tmp_path: Path) -> None:
    with Library(home=tmp_path) as library, library.reading() as connection:
        told = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert told == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 60_000,
    }


def test_postgresql_takes_the_same_tables_and_questions() -> None:
    dialect = postgresql.dialect()
    for table in metadata.sorted_tables:
        ddl = str(sa.schema.CreateTable(table).compile(dialect=dialect))
        assert "REAL" not in ddl
        assert "FLOAT" not in ddl
        # It cuts longer names off without a word.
        names = [table.name, *table.columns.keys(), *(str(c.name) for c in table.constraints)]
        assert max(len(name.encode()) for name in names) < 64
    amounts = str(sa.schema.CreateTable(metadata.tables["report"]).compile(dialect=dialect))
    assert "disclosure__administrative_fees__amount NUMERIC" in amounts
    assert "applications__granted__total BIGINT" in amounts
    question = sa.select(listing._edition()).where(sa.literal(1).in_(queries.counted()))
    assert "row_number()" in str(question.compile(dialect=dialect))
    corrected = str(sa.select(listing._corrected()).compile(dialect=dialect))
    assert "FILTER (WHERE" in corrected
    amounts = str(sa.schema.CreateTable(metadata.tables["correction"]).compile(dialect=dialect))
    assert "amount NUMERIC" in amounts
    log = str(sa.schema.CreateTable(metadata.tables["decision"]).compile(dialect=dialect))
    # One that equals another of a report must not meet it under another collation.
    assert 'agency TEXT COLLATE "C"' in log


@pytest.mark.skipif(SERVER is None, reason="TEST_POSTGRES names no server")
def test_an_address_of_postgresql_need_not_name_its_driver(tmp_path: Path) -> None:
    with new_database() as address, Library(address, home=tmp_path) as library:
        plain = address.replace("postgresql+pg8000://", "postgresql://")
        with Library(plain, home=tmp_path) as again:
            assert (again.url, again.owner) == (library.url, library.owner)


@pytest.mark.skipif(SERVER is None, reason="TEST_POSTGRES names no server")
def test_a_long_statement_waits_for_nothing_before_it_is_sent(tmp_path: Path) -> None:
    with new_database() as address, Library(address, home=tmp_path) as library:
        for giving in (library.reading, library.asking, library.writing):
            with giving() as connection:
                own = connection.connection.dbapi_connection._usock
                assert own.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0
