"""Rows whose words nobody knows: told by their number and by the rows above and below them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

from form.editions import EDITIONS, row_labels
from form.language import _
from form.model import Row, address
from form.report import Note
from loaders.recogniser.tables import PrintedRow, PrintedTables, Unnamed

_NUMBER = re.compile(r"\s*(?:\(([一二三四五六七])\)|([一二三四])[、,.:]|(\d)[.、,:)])")


def adopt(tables: PrintedTables) -> tuple[Note, ...]:
    """Take a line of section 三 that names no row for the only row that it can be.

    Its label has that row's number, the rows above and below it are those next to it in the form,
    nothing else stands between them, and it prints as many cells as the row above. The notes that
    are returned quote its words and say what it was taken for.
    """
    notes: list[Note] = []
    rows, unnamed = tables.rows["applications"], tables.unnamed["applications"]
    for above, below in list(pairwise(rows)):
        between = [item for item in unnamed if item.after == above.key]
        found = _only(above, below, between)
        if found is not None:
            rows.insert(rows.index(above) + 1, found)
            unnamed.remove(between[0])
            notes.append(_note(found, between[0]))
    return tuple(notes)


def _only(above: PrintedRow, below: PrintedRow, between: Sequence[Unnamed]) -> PrintedRow | None:
    if len(between) != 1 or len(between[0].values) != len(above.values):
        return None
    item = between[0]
    number = _number(item.label.text) if item.label is not None else None
    keys = {row.key for row in _between(above.key, below.key) if _number(row.label) == number}
    if number is None or len(keys) != 1 or not all(field.is_value for field in item.values):
        return None
    return PrintedRow(keys.pop(), item.values, item.line, above.header)


def _note(row: PrintedRow, item: Unnamed) -> Note:
    words = item.label.text if item.label is not None else ""
    message = _("表中一行的名称“{words}”认不出，按序号和上下两行认作“{row}”，请核对。")
    said = message.format(words=" ".join(words.split()), row=row_labels()["applications", row.key])
    columns = EDITIONS[0].table("applications").rows[0].columns
    places = tuple(address("applications", row.key, column.key) for column in columns)
    return Note("row_adopted", said, places)


def _between(above: str, below: str) -> Iterator[Row]:
    """Yield the row that alone stands between two others, in each edition where one does."""
    for edition in EDITIONS:
        rows = edition.table("applications").rows
        for before, row, after in zip(rows, rows[1:], rows[2:], strict=False):
            if (before.key, after.key) == (above, below):
                yield row


def _number(label: str) -> tuple[str, ...] | None:
    """Return the number that a label begins with and how it is written, None where it has none."""
    match = _NUMBER.match(unicodedata.normalize("NFKC", label))
    return None if match is None else tuple(part or "" for part in match.groups())
