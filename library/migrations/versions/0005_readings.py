"""Runs of reading originals again, and the readings that they replaced."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "run",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("started_at", _MOMENT, nullable=False),
        sa.Column("who", sa.Text()),
        sa.Column("reader", sa.Integer(), nullable=False),
        sa.Column("through", _ID, nullable=False),
        sa.Column("finished_at", _MOMENT),
        sa.Column("undone_at", _MOMENT),
    )
    op.create_table(
        "reading",
        sa.Column(
            "report_id", _ID, sa.ForeignKey("report.id"), primary_key=True, autoincrement=False
        ),
        sa.Column("run_id", _ID, sa.ForeignKey("run.id"), primary_key=True, autoincrement=False),
        sa.Column("number", sa.BigInteger(), sa.ForeignKey("decision.number"), nullable=False),
        sa.Column("reader", sa.Integer()),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
    )
    op.create_index("ix_reading_run_id", "reading", ["run_id"])
