"""What an agency was called in a report, where it goes by another name; entries of the log by action."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("report", sa.Column("named", sa.Text()))
    op.create_index("ix_decision_action", "decision", ["action"])
