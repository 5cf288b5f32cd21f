"""Runs of rereading that only look, of some reports, with what they found; who read each report."""

import json
from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)
_AT_ONCE = 200
"""Reports: the evidence of one may be long."""


def upgrade() -> None:
    op.add_column("report", sa.Column("reader", sa.Integer()))
    op.add_column("meta", sa.Column("reader_told", sa.Integer()))
    op.add_column("run", sa.Column("dry", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("run", sa.Column("selection", sa.Text()))
    op.add_column("run", sa.Column("files", sa.Integer()))
    op.add_column("run", sa.Column("done", sa.Integer(), server_default="0", nullable=False))
    op.add_column("run", sa.Column("touched_at", _MOMENT))
    op.create_table(
        "run_change",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("run_id", _ID, sa.ForeignKey("run.id"), nullable=False),
        sa.Column("report_id", _ID, sa.ForeignKey("report.id"), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
    )
    op.create_index("ix_run_change_run_id", "run_change", ["run_id"])
    _tell_readers()


def _tell_readers() -> None:
    """Put the version of each report's readers into its column, from its evidence."""
    connection = op.get_bind()
    report = sa.table("report", sa.column("id", _ID), sa.column("reader", sa.Integer()))
    evidence = sa.table("evidence", sa.column("report_id", _ID), sa.column("content", sa.Text()))
    change = sa.update(report).where(report.c.id == sa.bindparam("own"))
    change = change.values(reader=sa.bindparam("by"))
    ids: Sequence[int] = connection.scalars(sa.select(report.c.id).order_by(report.c.id)).all()
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        query = sa.select(evidence).where(evidence.c.report_id.in_(some))
        told = [(row.report_id, _reader(row.content)) for row in connection.execute(query)]
        rows = [{"own": number, "by": reader} for number, reader in told if reader is not None]
        if rows:
            connection.execute(change, rows)


def _reader(content: str) -> int | None:
    try:
        said = json.loads(content)
    except ValueError:
        return None
    reader = said.get("reader") if isinstance(said, dict) else None
    return reader if isinstance(reader, int) else None
