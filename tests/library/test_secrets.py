"""No text of a report gets into an error or a log, whatever a database finds wrong with it."""

import logging
import traceback
from typing import Any

import pytest
import sqlalchemy as sa

from library.importing import Reading, import_file, import_files
from library.schema import evidence, file, job, job_item, report
from library.store import Library
from tests.library.made import made_report

CANARY = "张三的信访件"


def every_word(error: BaseException) -> str:
    return "".join(traceback.format_exception(error)) + repr(error) + str(error)


def twice(connection: sa.Connection) -> None:
    for _time in range(2):
        connection.execute(
            sa.insert(file).values(
                sha256="0" * 64, name=CANARY, size=1, stored_at=sa.func.current_timestamp()
            )
        )


def named_twice(connection: sa.Connection) -> None:
    """The value itself is what must be unique: PostgreSQL quotes it in DETAIL."""
    for _time in range(2):
        connection.execute(
            sa.insert(file).values(
                sha256=CANARY, name="x", size=1, stored_at=sa.func.current_timestamp()
            )
        )


def of_nobody(connection: sa.Connection) -> None:
    connection.execute(sa.insert(evidence).values(report_id=99, content=CANARY))


def lacking(connection: sa.Connection) -> None:
    """A row that lacks something is quoted as a whole."""
    connection.execute(sa.insert(file).values(sha256=CANARY, name=CANARY))


def no_number(connection: sa.Connection) -> None:
    """PostgreSQL quotes what it cannot read in the message itself."""
    connection.execute(sa.text("SELECT CAST(:told AS BIGINT) FROM nothing"), {"told": CANARY})


def no_such_number(connection: sa.Connection) -> None:
    connection.execute(
        sa.insert(job_item).values(
            job_id=sa.cast(CANARY, sa.BigInteger), position=0, name=CANARY, sha256=CANARY
        )
    )


def too_many(connection: sa.Connection) -> None:
    connection.execute(
        sa.insert(job), [{"created_at": CANARY, "touched_at": CANARY} for _row in range(2)]
    )


FAULTS = [twice, named_twice, of_nobody, lacking, no_number, no_such_number, too_many]


@pytest.mark.parametrize("fault", FAULTS)
def test_an_error_of_the_database_quotes_nothing(library: Library, fault: Any) -> None:
    with pytest.raises(Exception) as caught, library.writing() as connection:  # noqa: PT011
        fault(connection)
    words = every_word(caught.value)
    assert CANARY not in words.replace(f'CANARY = "{CANARY}"', "")
    assert repr(CANARY)[1:-1].encode("unicode_escape").decode() not in words


def test_without_that_it_would_quote(library: Library) -> None:
    """What the test above can see: the same engine without its discretion."""
    plain = sa.create_engine(library.url)
    fault = twice if plain.dialect.name == "sqlite" else named_twice
    with pytest.raises(sa.exc.DBAPIError) as caught, plain.begin() as connection:
        fault(connection)
    plain.dispose()
    assert CANARY in every_word(caught.value)


def test_a_report_that_cannot_be_saved_leaves_none_of_its_text_in_the_log(
    library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    with library.writing() as connection:
        if library.url.startswith("sqlite"):
            connection.exec_driver_sql(
                "CREATE TRIGGER no BEFORE INSERT ON evidence BEGIN SELECT RAISE(ABORT, 'no'); END"
            )
        else:
            connection.exec_driver_sql(
                "ALTER TABLE evidence ADD CONSTRAINT no CHECK (length(content) < 3)"
            )
    told = made_report(agency=CANARY)
    with caplog.at_level(logging.DEBUG):
        results = import_files(
            library, [("a", b"1"), ("b", b"2")], read=lambda _d, _n: Reading("txt", (told,))
        )
        assert [result.state for _name, result in results] == ["failed"] * 2
    assert "INSERT INTO evidence" in caplog.text
    assert CANARY not in caplog.text
    with library.reading() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(report)) == 0


def test_a_reader_that_quotes_the_file_leaves_none_of_it_in_the_log(
    library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    def quoting(data: bytes, _name: str) -> Reading:
        raise KeyError(data.decode())

    with caplog.at_level(logging.DEBUG):
        result = import_file(library, "a", CANARY.encode(), read=quoting)
    assert result.state == "failed"
    assert "KeyError" in caplog.text
    assert CANARY not in caplog.text
