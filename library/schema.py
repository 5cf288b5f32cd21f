"""The tables of the library. The columns of figures are generated from the form.

A report is one wide row: one column an address of the form, so that a year's totals of all
agencies are one quick pass; beside it one row of evidence: what was printed, and where it stood.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

from form.editions import TABLE_KEYS, all_columns
from form.matrix import amount_addresses
from form.model import TableKey


class Amount(TypeDecorator[Decimal]):
    """An exact decimal: NUMERIC, and text on SQLite, whose own NUMERIC is a binary float."""

    impl = sa.Numeric
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(sa.Text() if dialect.name == "sqlite" else sa.Numeric())

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        return format(value, "f") if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:  # noqa: ARG002
        return None if value is None else Decimal(value)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, aware in Python whatever the engine keeps."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


# SQLite numbers rows by itself only where the key is spelled INTEGER.
Id: Final = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

# By code points on every engine; a locale's own order would skip the blanks in pinyin.
Ordered: Final = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

metadata: Final = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def column_name(address: str) -> str:
    """Return the name of the column that keeps the cell with this address."""
    return address.replace(".", "__")


def unit_name(address: str) -> str:
    """Return the name of the column that keeps the unit of an amount."""
    return f"{column_name(address)}__unit"


def edition_name(table: TableKey) -> str:
    """Return the name of the column that keeps the edition of one table."""
    return f"edition_{table}"


def _figures() -> Iterator[sa.Column[Any]]:
    amounts = set(amount_addresses())
    for address in all_columns():
        kind = Amount() if address in amounts else sa.BigInteger()
        yield sa.Column(column_name(address), kind)
    for address in amount_addresses():
        yield sa.Column(unit_name(address), sa.Text())


file: Final = sa.Table(
    "file",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("sha256", sa.String(64), nullable=False, unique=True),
    sa.Column("name", sa.Text(), nullable=False),
    sa.Column("kind", sa.Text()),
    sa.Column("size", sa.BigInteger(), nullable=False),
    sa.Column("stored_at", Moment(), nullable=False),
)

report: Final = sa.Table(
    "report",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("file_id", Id, sa.ForeignKey(file.c.id), nullable=False),
    sa.Column("position", sa.Integer(), nullable=False),
    sa.Column("agency", Ordered),
    sa.Column("year", sa.Integer()),
    sa.Column("sort_key", Ordered),
    sa.Column("title", sa.Text()),
    *(sa.Column(edition_name(key), sa.String(4)) for key in TABLE_KEYS),
    sa.Column("version", sa.Integer()),
    sa.Column("chosen", sa.Boolean(), nullable=False),
    sa.Column("marks", sa.Text(), nullable=False),
    sa.Column("cells_read", sa.Integer(), nullable=False),
    sa.Column("cells_unknown", sa.Integer(), nullable=False),
    sa.Column("noted", sa.Boolean(), nullable=False),
    sa.Column("imported_at", Moment(), nullable=False),
    sa.Column("deleted_at", Moment()),
    sa.Column("deleted_by", sa.Text()),
    *_figures(),
    # When somebody began to type it in; NULL once that is finished, and for what a file told.
    sa.Column("typing_since", Moment()),
    # The version of the readers that the reading is of; NULL where that is not known.
    sa.Column("reader", sa.Integer()),
    # What the agency was called in it, where that is not the name that it goes by now.
    sa.Column("named", sa.Text()),
    # The job that brought it in; NULL for what came by itself or before that was told. No foreign
    # key: SQLite would have to copy the table for it.
    sa.Column("batch", sa.BigInteger(), index=True),
    # What a person said of it beside others on its year (`form.filing.Aside`).
    sa.Column("aside", sa.String(16)),
    sa.UniqueConstraint("file_id", "position"),
    # Two writers can never give the same number twice; reports in the queue have none.
    sa.UniqueConstraint("agency", "year", "version"),
)

evidence: Final = sa.Table(
    "evidence",
    metadata,
    sa.Column("report_id", Id, sa.ForeignKey(report.c.id), primary_key=True, autoincrement=False),
    sa.Column("content", sa.Text(), nullable=False),
)

job: Final = sa.Table(
    "job",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("created_at", Moment(), nullable=False),
    sa.Column("touched_at", Moment(), nullable=False),
    sa.Column("who", sa.Text()),
)

job_item: Final = sa.Table(
    "job_item",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("job_id", Id, sa.ForeignKey(job.c.id), nullable=False),
    sa.Column("position", sa.Integer(), nullable=False),
    sa.Column("name", sa.Text(), nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False, index=True),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("message", sa.Text(), nullable=False),
    sa.Column("report_ids", sa.JSON(), nullable=False),
    sa.UniqueConstraint("job_id", "position"),
)

meta: Final = sa.Table(
    "meta",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
    sa.Column("revision", sa.BigInteger(), nullable=False),
    # The hash of the last decision: without it, last ones could be taken away unseen.
    sa.Column("head", sa.String(64)),
    # The newest readers of which people need not be told any more that they read anew.
    sa.Column("reader_told", sa.Integer()),
)

decision: Final = sa.Table(
    "decision",
    metadata,
    sa.Column("number", sa.BigInteger(), primary_key=True, autoincrement=False),
    # A report in the queue may go to the bin without having either.
    sa.Column("agency", Ordered),
    sa.Column("year", sa.Integer()),
    sa.Column("address", sa.Text()),
    sa.Column("content", sa.Text(), nullable=False),
    sa.Column("previous", sa.String(64), nullable=False),
    sa.Column("hash", sa.String(64), nullable=False),
    sa.Column("action", sa.String(16)),
    # No foreign key: a log must be able to speak of what is gone.
    sa.Column("report_id", Id),
    # Whose it was before, of an entry that gives a report another agency or year.
    sa.Column("from_agency", Ordered),
    sa.Column("from_year", sa.Integer()),
    sa.Index(None, "agency", "year", "address"),
    sa.Index(None, "report_id"),
    sa.Index(None, "from_agency", "from_year"),
    sa.Index(None, "action"),
)

# Where a report was filed when the library first knew of it: a trigger copies it from each new row
# of `report`, another refuses every change. What the log says comes after it.
first_filing: Final = sa.Table(
    "first_filing",
    metadata,
    sa.Column("report_id", Id, sa.ForeignKey(report.c.id), primary_key=True, autoincrement=False),
    sa.Column("agency", Ordered),
    sa.Column("year", sa.Integer()),
    sa.Column("version", sa.Integer()),
    sa.Column("chosen", sa.Boolean(), nullable=False),
    sa.Column("deleted_at", Moment()),
    sa.Column("deleted_by", sa.Text()),
)

# A run of reading originals again. `through` is the last file that it has done, in their order;
# `selection` is NULL for everything; a `dry` one only looks.
run: Final = sa.Table(
    "run",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("started_at", Moment(), nullable=False),
    sa.Column("who", sa.Text()),
    sa.Column("reader", sa.Integer(), nullable=False),
    sa.Column("through", Id, nullable=False),
    sa.Column("finished_at", Moment()),
    sa.Column("undone_at", Moment()),
    sa.Column("dry", sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column("selection", sa.Text()),
    sa.Column("files", sa.Integer()),
    sa.Column("done", sa.Integer(), server_default="0", nullable=False),
    sa.Column("touched_at", Moment()),
)

# What a run found to be read otherwise, as JSON, in the order in which it was found.
run_change: Final = sa.Table(
    "run_change",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("run_id", Id, sa.ForeignKey(run.c.id), nullable=False),
    sa.Column("report_id", Id, sa.ForeignKey(report.c.id), nullable=False),
    sa.Column("kind", sa.String(8), nullable=False),
    sa.Column("content", sa.Text(), nullable=False),
    sa.Index(None, "run_id"),
)

# The reading of a report that a run replaced, or, once the run is taken back, the one that it had
# brought: what counts stands in `report` and `evidence`.
reading: Final = sa.Table(
    "reading",
    metadata,
    sa.Column("report_id", Id, sa.ForeignKey(report.c.id), primary_key=True, autoincrement=False),
    sa.Column("run_id", Id, sa.ForeignKey(run.c.id), primary_key=True, autoincrement=False),
    # Of the entry in the log that says so.
    sa.Column("number", sa.BigInteger(), sa.ForeignKey(decision.c.number), nullable=False),
    sa.Column("reader", sa.Integer()),
    sa.Column("columns", sa.Text(), nullable=False),
    sa.Column("evidence", sa.Text(), nullable=False),
    sa.Index(None, "run_id"),
)

correction: Final = sa.Table(
    "correction",
    metadata,
    sa.Column("report_id", Id, sa.ForeignKey(report.c.id), primary_key=True, autoincrement=False),
    sa.Column("address", sa.Text(), primary_key=True),
    sa.Column("number", sa.BigInteger(), sa.ForeignKey(decision.c.number), nullable=False),
    sa.Column("printed", sa.String(1), nullable=False),
    sa.Column("mark", sa.String(1), nullable=False),
    sa.Column("figure", sa.BigInteger()),
    sa.Column("amount", Amount()),
    sa.Column("unit", sa.Text()),
)

derived: Final = sa.Table(
    "derived",
    metadata,
    sa.Column("report_id", Id, sa.ForeignKey(report.c.id), primary_key=True, autoincrement=False),
    sa.Column("name", sa.Text(), primary_key=True),
    sa.Column("version", sa.Text(), nullable=False),
    sa.Column("content", sa.Text(), nullable=False),
    # Of the library when it was computed; NULL for what follows from the reading alone.
    sa.Column("revision", sa.BigInteger()),
)

# The revision at which an agency's reports, or what is decided about them, last changed.
touched: Final = sa.Table(
    "touched",
    metadata,
    sa.Column("agency", Ordered, primary_key=True),
    sa.Column("revision", sa.BigInteger(), nullable=False, index=True),
)
