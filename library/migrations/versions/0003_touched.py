"""When an agency's reports last changed, and of which state of the library a derived text is."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_ORDERED = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "touched",
        sa.Column("agency", _ORDERED, nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("agency", name="pk_touched"),
    )
    op.create_index("ix_touched_revision", "touched", ["revision"])
    op.add_column("derived", sa.Column("revision", sa.BigInteger()))
