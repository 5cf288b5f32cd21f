"""The log tells where reports are filed, and where they stood before it did; jobs have a name."""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_ORDERED = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_COLUMNS = ("agency", "year", "version", "chosen", "deleted_at", "deleted_by")
_TOLD = ("action", "report_id")
_AT_ONCE = 1_000

# The guards of 0002, which SQLite drops with the table that it copies.
_OUT_OF_TURN = "NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM decision)"
_GUARDS_SQLITE = (
    """CREATE TRIGGER decision_no_update BEFORE UPDATE ON decision
    BEGIN SELECT RAISE(ABORT, 'decisions cannot be changed'); END""",
    """CREATE TRIGGER decision_no_delete BEFORE DELETE ON decision
    BEGIN SELECT RAISE(ABORT, 'decisions cannot be deleted'); END""",
    f"""CREATE TRIGGER decision_in_turn BEFORE INSERT ON decision WHEN {_OUT_OF_TURN}
    BEGIN SELECT RAISE(ABORT, 'decisions are numbered in turn'); END""",
)

# How a report is filed when it comes in is written down by the engine itself, whoever inserts it.
_COPY = f"INSERT INTO first_filing (report_id, {', '.join(_COLUMNS)})"
_NEW = ", ".join(f"NEW.{name}" for name in ("id", *_COLUMNS))
_SQLITE = (
    f"""CREATE TRIGGER report_is_filed AFTER INSERT ON report
    BEGIN {_COPY} VALUES ({_NEW}); END""",
    """CREATE TRIGGER first_filing_no_update BEFORE UPDATE ON first_filing
    BEGIN SELECT RAISE(ABORT, 'first filings cannot be changed'); END""",
    """CREATE TRIGGER first_filing_no_delete BEFORE DELETE ON first_filing
    BEGIN SELECT RAISE(ABORT, 'first filings cannot be deleted'); END""",
)
_POSTGRESQL = (
    f"""CREATE FUNCTION report_is_filed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN {_COPY} VALUES ({_NEW}); RETURN NULL; END $$""",
    """CREATE FUNCTION first_filing_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'first filings cannot be changed or deleted'; END $$""",
    """CREATE TRIGGER report_is_filed AFTER INSERT ON report
    FOR EACH ROW EXECUTE FUNCTION report_is_filed()""",
    """CREATE TRIGGER first_filing_no_change BEFORE UPDATE OR DELETE ON first_filing
    FOR EACH ROW EXECUTE FUNCTION first_filing_refuse()""",
    """CREATE TRIGGER first_filing_no_truncate BEFORE TRUNCATE ON first_filing
    FOR EACH STATEMENT EXECUTE FUNCTION first_filing_refuse()""",
)


def upgrade() -> None:
    """Widen the log, and take how reports are filed now for where its telling of it begins."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    if sqlite:
        _widen_on_sqlite()
    else:
        _widen_on_postgresql()
    op.create_index("ix_decision_report_id", "decision", ["report_id"])
    op.create_index("ix_decision_from_agency_from_year", "decision", ["from_agency", "from_year"])
    op.create_table(
        "first_filing",
        sa.Column(
            "report_id", _ID, sa.ForeignKey("report.id"), primary_key=True, autoincrement=False
        ),
        sa.Column("agency", _ORDERED),
        sa.Column("year", sa.Integer()),
        sa.Column("version", sa.Integer()),
        sa.Column("chosen", sa.Boolean(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True)),
        sa.Column("deleted_by", sa.Text()),
    )
    op.add_column("job", sa.Column("who", sa.Text()))
    op.execute(f"{_COPY} SELECT id, {', '.join(_COLUMNS)} FROM report")
    for statement in _SQLITE if sqlite else _POSTGRESQL:
        op.execute(statement)


def _widen_on_sqlite() -> None:
    # A copy takes the log's place; while it does, no row may refer to it.
    op.execute("CREATE TEMPORARY TABLE kept AS SELECT * FROM correction")
    op.execute("DELETE FROM correction")
    with op.batch_alter_table("decision", recreate="always") as batch:
        _widen(batch)
    _tell()
    op.execute("INSERT INTO correction SELECT * FROM kept")
    op.execute("DROP TABLE kept")
    for statement in _GUARDS_SQLITE:
        op.execute(statement)


def _widen_on_postgresql() -> None:
    with op.batch_alter_table("decision") as batch:
        _widen(batch)
    op.execute("ALTER TABLE decision DISABLE TRIGGER decision_no_change")
    _tell()
    op.execute("ALTER TABLE decision ENABLE TRIGGER decision_no_change")


def _widen(batch: Any) -> None:
    batch.alter_column("agency", existing_type=_ORDERED, nullable=True)
    batch.alter_column("year", existing_type=sa.Integer(), nullable=True)
    batch.add_column(sa.Column("action", sa.String(16)))
    batch.add_column(sa.Column("report_id", _ID))
    batch.add_column(sa.Column("from_agency", _ORDERED))
    batch.add_column(sa.Column("from_year", sa.Integer()))


def _tell() -> None:
    """Put into columns what entries say; one that cannot be read stays for `verify` to find."""
    connection = op.get_bind()
    log = sa.table(
        "decision",
        sa.column("number", sa.BigInteger()),
        sa.column("content", sa.Text()),
        sa.column("action", sa.String(16)),
        sa.column("report_id", _ID),
    )
    change = (
        sa.update(log)
        .where(log.c.number == sa.bindparam("own"))
        .values({name: sa.bindparam(f"new_{name}") for name in _TOLD})
    )
    rows = connection.execute(sa.select(log.c.number, log.c.content)).all()
    for start in range(0, len(rows), _AT_ONCE):
        told = [(row.number, _said(row.content)) for row in rows[start : start + _AT_ONCE]]
        connection.execute(
            change,
            [
                {"own": number, **{f"new_{name}": said.get(name) for name in _TOLD}}
                for number, said in told
            ],
        )


def _said(content: str) -> dict[str, Any]:
    try:
        said = json.loads(content)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
