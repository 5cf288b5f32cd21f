"""Which edition of the form a printed table follows: read off its headers and rows, not its year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import chain

from form.editions import EDITIONS
from form.model import EditionKey, Table, TableKey
from loaders.recogniser.labels import match_column
from loaders.recogniser.lines import Line
from loaders.recogniser.tables import PrintedRow, PrintedTables


def told_edition(key: TableKey, rows: Sequence[PrintedRow]) -> EditionKey | None:
    """Return the edition that a table tells; None where it fits both or neither.

    Column headers tell it for section 二, lines that only one edition has for both tables; where
    section 二 lost its headers, the number of cells in its lines does.
    """
    for votes in (_by_headers_and_lines(key, rows), _by_widths(key, rows)):
        ranked = votes.most_common()
        if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]):
            return ranked[0][0]
    return None


def edition_by_rows(tables: PrintedTables) -> EditionKey | None:
    """Return the edition of a section 二 without headers whose rows are just that edition's.

    Rows can be lost like headers. So they tell only if they stand in one table, all of them, in
    their order, nothing unnamed among them, and section 三 tells the same edition.
    """
    rows = tables.rows["disclosure"]
    told = told_edition("applications", tables.rows["applications"])
    if told is None or tables.unnamed["disclosure"] or any(_headed(row.header) for row in rows):
        return None
    is_one_table = len({row.line.grid for row in rows}) == 1
    keys = [row.key for row in rows]
    matching = [item.key for item in EDITIONS if keys == _usual_rows(item.table("disclosure"))]
    return told if is_one_table and matching == [told] else None


def _usual_rows(form: Table) -> list[str]:
    return [row.key for row in form.rows if not row.optional]


def _by_headers_and_lines(key: TableKey, rows: Sequence[PrintedRow]) -> Counter[EditionKey]:
    votes: Counter[EditionKey] = Counter()
    for row in rows:
        headed = set(_headed(row.header)) if key == "disclosure" else set()
        known = _columns_by_edition(key, row.key)
        for edition, columns in known.items():
            votes[edition] += (len(known) == 1) + (columns == headed)
    return +votes


def _by_widths(key: TableKey, rows: Sequence[PrintedRow]) -> Counter[EditionKey]:
    votes: Counter[EditionKey] = Counter()
    for row in rows if key == "disclosure" else ():
        known = _columns_by_edition(key, row.key)
        widths = {edition: len(columns) for edition, columns in known.items()}
        # A blank, or the same number again, may be the rest of a field that spans several columns.
        texts = [item.plain for item in row.values]
        is_sure = all(texts) and (len(texts) == 1 or len(set(texts)) > 1)
        if is_sure and len(set(widths.values())) == len(widths):
            votes.update(name for name, width in widths.items() if width == len(row.values))
    return votes


@cache
def _columns_by_edition(key: TableKey, row: str) -> Mapping[EditionKey, frozenset[str]]:
    """Return the columns that a row has, by edition, for those editions that have the row."""
    return {
        item.key: frozenset(column.key for column in line.columns)
        for item in EDITIONS
        for line in item.table(key).rows
        if line.key == row
    }


def _headed(header: Line | None) -> list[str]:
    fields = header.fields if header is not None else ()
    return list(chain.from_iterable(match_column("disclosure", item.text) for item in fields))
