"""Questions that more than one module asks of the tables."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Row
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler

from library.schema import file, report

T = TypeVar("T")
_CHUNK: Final = 10_000
"""Values a statement: well below what either engine takes."""

_NO: Final = sa.literal_column("0", sa.Integer())
_YES: Final = sa.literal_column("1", sa.Integer())
# Written into the statement: see `inline`.
OWN_NAME: Final = sa.func.coalesce(report.c.named, report.c.agency)
"""The name that a report was filed under, whoever bears it now."""
FILED: Final = sa.or_(report.c.version.is_not(None), report.c.typing_since.is_not(None))
"""That a report stands on an agency's year, or will once it is typed in."""


def standing(agencies: Sequence[str] | None = None) -> sa.Subquery:
    """Return how every report stands that is not in the recycle bin.

    With `agencies`, of theirs and of those without an agency.

    This is the one place that says which version counts (`counts`): the one a person chose, else
    the newest of those that nobody set aside for another; a report without agency or year, or
    still being typed in, has no version number and counts nowhere. Where several that nobody set
    aside came in one batch, nothing counts on that agency's year until a person has said which
    does: all of them are `undecided`. One that counts only because it came in a later batch than
    others is `to_confirm`. `versions` is how many versions there are on the same agency and year.
    """
    known = report.c.version.is_not(None)
    tier = sa.case((known, sa.case((report.c.aside.is_(None), _NO), else_=_YES)))
    of_year = (report.c.agency, report.c.year)
    best_first = (
        report.c.chosen.desc(), tier.asc().nulls_last(), report.c.version.desc().nulls_last()
    )  # fmt: skip
    placed = (
        sa.select(
            report.c.id, report.c.agency, report.c.year, report.c.batch, report.c.chosen,
            known.label("known"), tier.label("tier"),
            sa.func.min(tier).over(partition_by=of_year).label("best"),
            sa.func.max(sa.case((report.c.chosen, _YES), else_=_NO))
            .over(partition_by=of_year).label("decided"),
            sa.func.row_number().over(partition_by=of_year, order_by=best_first).label("place"),
            sa.func.count(report.c.version).over(partition_by=of_year).label("versions"),
        )
        .where(report.c.deleted_at.is_(None), theirs(agencies))
        .subquery("placed")
    )  # fmt: skip
    own = placed.c
    rivals = sa.case((own.tier == own.best, _YES), else_=_NO)
    in_batch = sa.case((own.batch.is_not(None), rivals), else_=_NO)
    same = (own.agency, own.year)
    beside = sa.select(
        placed,
        rivals.label("rival"),
        sa.func.sum(rivals).over(partition_by=same).label("rivals"),
        sa.func.sum(in_batch).over(partition_by=(*same, own.batch)).label("mates"),
    ).subquery("beside")
    one, same = beside.c, (beside.c.agency, beside.c.year)
    clash = sa.select(
        beside, sa.func.max(one.mates).over(partition_by=same).label("clash")
    ).subquery("clashing")
    here = clash.c
    is_undecided = sa.and_(here.decided == _NO, here.clash > _YES)
    counts = sa.and_(here.known, here.place == _YES, sa.not_(is_undecided))
    later = sa.and_(here.batch.is_not(None), here.rivals > _YES, here.decided == _NO)
    return sa.select(
        here.id,
        counts.label("counts"),
        sa.case((here.known, here.versions)).label("versions"),
        sa.and_(here.known, here.rival == _YES, is_undecided).label("undecided"),
        sa.and_(counts, later).label("to_confirm"),
    ).subquery("standing")


def theirs(agencies: Sequence[str] | None) -> sa.ColumnElement[bool]:
    """Return the condition that a report is one of these agencies, or of none; always true for None."""
    if agencies is None:
        return sa.true()
    return report.c.agency.in_(agencies) | report.c.agency.is_(None)


def counted() -> sa.Select[Any]:
    """Return the ids of the reports that count."""
    place = standing()
    return sa.select(place.c.id).where(place.c.counts)


def in_order() -> tuple[sa.ColumnElement[Any], ...]:
    """Return the order of reports on screen: agency in pinyin, year, version; the queue last."""
    columns = report.c
    named = (columns.sort_key, columns.agency, columns.year, columns.version)
    return (*(column.asc().nulls_last() for column in named), columns.id.asc())


def reports_of(connection: Connection, sha256: str) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return id, agency, year, deleted_at and file name of the reports that a file held."""
    columns = (report.c.id, report.c.agency, report.c.year, report.c.deleted_at, file.c.name)
    query = sa.select(*columns).join(file).where(file.c.sha256 == sha256)
    return connection.execute(query.order_by(report.c.position)).all()


def dialect_of(connection: Connection) -> Any:
    """Return SQLAlchemy's module for the engine, which knows how it inserts over what is there."""
    return postgresql if connection.dialect.name == "postgresql" else sqlite


def insert_new(connection: Connection, table: sa.Table, **values: Any) -> int | None:
    """Insert a row and return its id, or None where a constraint says that it is there already."""
    statement = dialect_of(connection).insert(table).values(**values).on_conflict_do_nothing()
    new: int | None = connection.scalar(statement.returning(table.c.id))
    return new


def inline(number: int) -> sa.BindParameter[int]:
    """Return a whole number that is written into its statement.

    A statement without parameters takes one question to PostgreSQL, one with parameters three, and
    pg8000 goes through its text letter by letter, which of 200 columns takes longer than the rest.
    """
    return sa.bindparam(None, int(number), sa.BigInteger(), unique=True, literal_execute=True)


def inline_numbers(numbers: Sequence[int]) -> sa.BindParameter[Any]:
    """Return whole numbers that are written into their statement."""
    values: Any = [int(number) for number in numbers]
    return sa.bindparam(
        None, values, sa.BigInteger(), unique=True, expanding=True, literal_execute=True
    )


def inline_hashes(hashes: Sequence[str]) -> sa.BindParameter[Any]:
    """Return hashes, or other words of digits and letters, that are written into their statement."""
    values: Any = [*hashes]
    return sa.bindparam(
        None, values, sa.String(), unique=True, expanding=True, literal_execute=True
    )


class _Among(sa.sql.functions.FunctionElement[bool]):
    """Whether a column of ids is among those in a text of JSON."""

    name = "among"
    type = sa.Boolean()
    inherit_cache = True


def among(column: sa.ColumnElement[int], ids: Iterable[int]) -> sa.ColumnElement[bool]:
    """Say whether a column has one of these ids, however many: they are one parameter.

    A parameter each takes longer to write than thousands of reports take to look up.
    """
    return _Among(column, sa.bindparam(None, json.dumps([*ids]), sa.Text()))


@compiles(_Among)
def _among_sqlite(element: _Among, compiler: SQLCompiler, **options: Any) -> str:
    column, ids = (compiler.process(item, **options) for item in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({ids}))"


@compiles(_Among, "postgresql")
def _among_postgresql(element: _Among, compiler: SQLCompiler, **options: Any) -> str:
    column, ids = (compiler.process(item, **options) for item in element.clauses)
    each = f"json_array_elements_text(CAST({ids} AS json))"
    return f"{column} IN (SELECT CAST(one AS bigint) FROM {each} AS one)"


def chunks(values: Sequence[T], size: int = _CHUNK) -> Iterator[Sequence[T]]:
    """Yield the values in pieces that one statement can take."""
    return (values[start : start + size] for start in range(0, len(values), size))
