"""Which edition of the form a printed table follows: read off its headers and rows, not its year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain

from form.editions import EDITIONS
from form.model import EditionKey, Table, TableKey
from loaders.recogniser.labels import match_column
from loaders.recogniser.lines import Line
from loaders.recogniser.tables import PrintedRow


def told_edition(key: TableKey, rows: Sequence[PrintedRow]) -> EditionKey | None:
    """Return the edition that a table's headers and rows tell; None where both editions fit."""
    if key == "disputes":
        return None
    votes: Counter[EditionKey] = Counter()
    for row in rows:
        headed = set(_header_columns(row.header, key)) if row.header else set()
        votes.update(item.key for item in EDITIONS if _speaks_for(item.table(key), row, headed))
    ranked = votes.most_common()
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def _speaks_for(form: Table, row: PrintedRow, headed: set[str]) -> bool:
    """Say whether a printed row is of one edition and not of the other."""
    here = next((item for item in form.rows if item.key == row.key), None)
    if here is None:
        return False
    if form.key == "applications":
        return not any(
            other.key == row.key
            for item in EDITIONS
            if item.key != form.edition
            for other in item.table(form.key).rows
        )
    return {column.key for column in here.columns} == headed


def _header_columns(header: Line, key: TableKey) -> list[str]:
    return list(chain.from_iterable(match_column(key, item.text) for item in header.fields))
