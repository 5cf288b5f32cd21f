"""What people decide, as a log to which one can only add; what holds of it; derived texts; typing."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_AMOUNT = sa.Numeric().with_variant(sa.Text(), "sqlite")
_ORDERED = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

# What the engine itself refuses, whoever asks: a change, a deletion, a number out of turn. The
# last also keeps INSERT OR REPLACE out, which on SQLite deletes without asking triggers.
_OUT_OF_TURN = "NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM decision)"
_SQLITE = (
    """CREATE TRIGGER decision_no_update BEFORE UPDATE ON decision
    BEGIN SELECT RAISE(ABORT, 'decisions cannot be changed'); END""",
    """CREATE TRIGGER decision_no_delete BEFORE DELETE ON decision
    BEGIN SELECT RAISE(ABORT, 'decisions cannot be deleted'); END""",
    f"""CREATE TRIGGER decision_in_turn BEFORE INSERT ON decision WHEN {_OUT_OF_TURN}
    BEGIN SELECT RAISE(ABORT, 'decisions are numbered in turn'); END""",
)
_POSTGRESQL = (
    """CREATE FUNCTION decision_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'decisions cannot be changed or deleted'; END $$""",
    f"""CREATE FUNCTION decision_in_turn() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF {_OUT_OF_TURN} THEN RAISE EXCEPTION 'decisions are numbered in turn'; END IF;
        RETURN NEW;
    END $$""",
    """CREATE TRIGGER decision_no_change BEFORE UPDATE OR DELETE ON decision
    FOR EACH ROW EXECUTE FUNCTION decision_refuse()""",
    """CREATE TRIGGER decision_no_truncate BEFORE TRUNCATE ON decision
    FOR EACH STATEMENT EXECUTE FUNCTION decision_refuse()""",
    """CREATE TRIGGER decision_in_turn BEFORE INSERT ON decision
    FOR EACH ROW EXECUTE FUNCTION decision_in_turn()""",
)


def upgrade() -> None:
    """Add the log with its guards, what holds of it, derived texts, and room for typed reports."""
    op.add_column("report", sa.Column("typing_since", sa.DateTime(timezone=True)))
    op.add_column("meta", sa.Column("head", sa.String(64)))
    _create_log()
    op.create_table(
        "derived",
        sa.Column(
            "report_id", _ID, sa.ForeignKey("report.id"), primary_key=True, autoincrement=False
        ),
        sa.Column("name", sa.Text(), primary_key=True),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
    )


def _create_log() -> None:
    op.create_table(
        "decision",
        sa.Column("number", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("agency", _ORDERED, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("address", sa.Text()),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.create_index("ix_decision_agency_year_address", "decision", ["agency", "year", "address"])
    dialect = op.get_bind().dialect.name
    for statement in _POSTGRESQL if dialect == "postgresql" else _SQLITE:
        op.execute(statement)
    op.create_table(
        "correction",
        sa.Column(
            "report_id", _ID, sa.ForeignKey("report.id"), primary_key=True, autoincrement=False
        ),
        sa.Column("address", sa.Text(), primary_key=True),
        sa.Column("number", sa.BigInteger(), sa.ForeignKey("decision.number"), nullable=False),
        sa.Column("printed", sa.String(1), nullable=False),
        sa.Column("mark", sa.String(1), nullable=False),
        sa.Column("figure", sa.BigInteger()),
        sa.Column("amount", _AMOUNT),
        sa.Column("unit", sa.Text()),
    )
