"""Reports as a list: who, which year, which version, from which file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form.matrix import MARK_LETTERS
from form.model import TableKey
from form.today import ZONE
from library.queries import in_order, standing
from library.schema import correction, edition_name, file, report

_TIME: Final = f"datetime64[ns, {ZONE.key}]"
COLUMNS: Final[Mapping[str, str]] = {
    "agency": "string",
    "year": "Int64",
    "edition": "string",
    "version": "Int64",
    "versions": "Int64",
    "file": "string",
    "kind": "string",
    "sha256": "string",
    "imported_at": _TIME,
    "cells_read": "Int64",
    "cells_unknown": "Int64",
    "counts": "bool",
    "sort_key": "string",
    "title": "string",
    "chosen": "bool",
    "corrected": "Int64",
    "typing": "bool",
    "named": "string",
    "batch": "Int64",
    "aside": "string",
    "undecided": "bool",
    "to_confirm": "bool",
}
"""Columns and dtypes of the list of reports, which `frames` explains."""
_BIN_COLUMNS: Final[Mapping[str, str]] = {
    **{name: COLUMNS[name] for name in ("agency", "year", "version", "file", "kind", "sha256")},
    "imported_at": _TIME,
    "deleted_at": _TIME,
    "deleted_by": "string",
}
# Written into the statement, as its letters are: see `library.queries.inline`.
_NONE: Final = sa.literal_column("0", sa.Integer())
# The same choice as `form.report.Report.edition`.
_EDITION: Final[Sequence[TableKey]] = ("disclosure", "applications")


def live(connection: Connection, agencies: Sequence[str] | None = None) -> pd.DataFrame:
    """Return every report outside the recycle bin, by agency (pinyin), year and version.

    With `agencies`, theirs and those without an agency.
    """
    place, mended = standing(agencies), _corrected()
    query = (
        sa.select(*_shared(), _edition(), *_of_report(), place.c.counts, place.c.versions)
        .add_columns(place.c.undecided, place.c.to_confirm)
        .add_columns(
            sa.func.coalesce(mended.c.corrected, _NONE).label("corrected"),
            (report.c.cells_unknown - sa.func.coalesce(mended.c.told, _NONE)).label(
                "cells_unknown"
            ),
            report.c.typing_since.is_not(None).label("typing"),
        )
        .join_from(report, place, report.c.id == place.c.id)
        .join(file)
        .outerjoin(mended, report.c.id == mended.c.report_id)
    )
    return _frame(connection, query.order_by(*in_order()), COLUMNS)


def recycled(connection: Connection) -> pd.DataFrame:
    """Return every report in the recycle bin, last thrown away first."""
    query = (
        sa.select(*_shared(), report.c.deleted_at, report.c.deleted_by)
        .join_from(report, file)
        .where(report.c.deleted_at.is_not(None))
    )
    order = (report.c.deleted_at.desc(), report.c.id.desc())
    return _frame(connection, query.order_by(*order), _BIN_COLUMNS)


def _shared() -> tuple[sa.ColumnElement[Any], ...]:
    own = (report.c.id.label("report_id"), report.c.agency, report.c.year, report.c.version)
    origin = (file.c.name.label("file"), file.c.kind, file.c.sha256)
    return (*own, *origin, report.c.imported_at)


def _of_report() -> tuple[sa.ColumnElement[Any], ...]:
    columns = report.c
    return (
        columns.cells_read,
        columns.sort_key,
        columns.title,
        columns.chosen,
        columns.named,
        columns.batch,
        columns.aside,
    )


def _corrected() -> sa.Subquery:
    """Return by report how many cells are corrected, and how many of them could not be read."""
    letter = sa.bindparam(
        None, MARK_LETTERS["unknown"], sa.String(), unique=True, literal_execute=True
    )
    could_not_be_read = correction.c.printed == letter
    return (
        sa.select(
            correction.c.report_id,
            sa.func.count().label("corrected"),
            sa.func.count().filter(could_not_be_read).label("told"),
        )
        .group_by(correction.c.report_id)
        .subquery("mended")
    )


def _edition() -> sa.ColumnElement[Any]:
    return sa.func.coalesce(*(report.c[edition_name(key)] for key in _EDITION)).label("edition")


def _frame(
    connection: Connection, query: sa.Select[Any], dtypes: Mapping[str, str]
) -> pd.DataFrame:
    result = connection.execute(query)
    names = list(result.keys())
    frame = pd.DataFrame.from_records(result.all(), columns=names)
    for name, dtype in dtypes.items():
        if dtype == _TIME:
            frame[name] = pd.to_datetime(frame[name], utc=True)
    return frame.astype({"report_id": "int64", **dtypes}).set_index("report_id")[list(dtypes)]
