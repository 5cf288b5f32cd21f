"""The first tables: files, reports with a column a cell, evidence, jobs.

The cells are written out as the form had them on this day; the living form may grow.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# table, rows, columns of each row
_CELLS = (
    (
        "disclosure",
        "regulations normative_documents other_disclosed_documents",
        "made published total_published",
    ),
    (
        "disclosure",
        "administrative_licensing other_services administrative_penalty administrative_coercion",
        "prior_items change decisions",
    ),
    ("disclosure", "administrative_fees", "prior_items change"),
    ("disclosure", "government_procurement", "projects amount"),
    ("disclosure", "regulations normative_documents", "issued repealed in_force"),
    ("disclosure", "administrative_fees", "amount"),
    (
        "applications",
        "new_received carried_over granted partial"
        " denied_state_secret denied_law_forbidden denied_safety_stability denied_third_party"
        " denied_internal_affairs denied_process_info denied_enforcement_file denied_admin_query"
        " unable_not_held unable_needs_creation unable_unclear"
        " unprocessed_complaint unprocessed_repeat unprocessed_publication unprocessed_massive"
        " unprocessed_confirm other total_processed carried_forward"
        " other_no_correction other_no_fee other_other",
        "natural_person business research public_welfare legal_service other total",
    ),
    (
        "disputes",
        "review litigation_direct litigation_after_review",
        "upheld corrected other pending total",
    ),
)
_CELL_COLUMNS = [
    f"{table}__{row}__{column}"
    for table, rows, columns in _CELLS
    for row in rows.split()
    for column in columns.split()
]
_AMOUNTS = [name for name in _CELL_COLUMNS if name.endswith("__amount")]

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)
_AMOUNT = sa.Numeric().with_variant(sa.Text(), "sqlite")
_ORDERED = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Create all tables and say that the library is at its revision 0."""
    _create_files_and_reports()
    _create_jobs()
    meta = op.create_table(
        "meta",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
    )
    op.bulk_insert(meta, [{"id": 1, "revision": 0}])


def _create_files_and_reports() -> None:
    op.create_table(
        "file",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("sha256", sa.String(64), nullable=False, unique=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text()),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("stored_at", _MOMENT, nullable=False),
    )
    op.create_table(
        "report",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("file_id", _ID, sa.ForeignKey("file.id"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("agency", _ORDERED),
        sa.Column("year", sa.Integer()),
        sa.Column("sort_key", _ORDERED),
        sa.Column("title", sa.Text()),
        sa.Column("edition_disclosure", sa.String(4)),
        sa.Column("edition_applications", sa.String(4)),
        sa.Column("edition_disputes", sa.String(4)),
        sa.Column("version", sa.Integer()),
        sa.Column("chosen", sa.Boolean(), nullable=False),
        sa.Column("marks", sa.Text(), nullable=False),
        sa.Column("cells_read", sa.Integer(), nullable=False),
        sa.Column("cells_unknown", sa.Integer(), nullable=False),
        sa.Column("noted", sa.Boolean(), nullable=False),
        sa.Column("imported_at", _MOMENT, nullable=False),
        sa.Column("deleted_at", _MOMENT),
        sa.Column("deleted_by", sa.Text()),
        *(
            sa.Column(name, _AMOUNT if name in _AMOUNTS else sa.BigInteger())
            for name in _CELL_COLUMNS
        ),
        *(sa.Column(f"{name}__unit", sa.Text()) for name in _AMOUNTS),
        sa.UniqueConstraint("file_id", "position"),
        sa.UniqueConstraint("agency", "year", "version"),
    )
    op.create_table(
        "evidence",
        sa.Column(
            "report_id",
            _ID,
            sa.ForeignKey("report.id"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("content", sa.Text(), nullable=False),
    )


def _create_jobs() -> None:
    op.create_table(
        "job",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("touched_at", _MOMENT, nullable=False),
    )
    op.create_table(
        "job_item",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("job_id", _ID, sa.ForeignKey("job.id"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False, index=True),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("report_ids", sa.JSON(), nullable=False),
        sa.UniqueConstraint("job_id", "position"),
    )
