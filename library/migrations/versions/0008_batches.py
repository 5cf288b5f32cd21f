"""Which import brought a report in, and which of several of one year a person set aside."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("report", sa.Column("batch", sa.BigInteger()))
    op.add_column("report", sa.Column("aside", sa.String(16)))
    op.create_index("ix_report_batch", "report", ["batch"])
