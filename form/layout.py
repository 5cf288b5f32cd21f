"""The printed layout of the official tables: which cell stands where and how far it spans.

One description for the screen, for workbooks and for the makers of sample reports.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from form.editions import table
from form.model import EditionKey, Row, Table, TableKey, address

Role = Literal["title", "header", "label", "value"]

LABEL_COLUMNS = 3
TALLY_SENTENCE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"


@dataclass(frozen=True, slots=True)
class LayoutCell:
    """One printed cell: its text (labels) or its address (values), its span, its role."""

    text: str
    role: Role
    row_span: int = 1
    column_span: int = 1
    address: str | None = None
    vertical: bool = False
    """True for the group labels that the form prints beside several lines."""


LayoutRow = tuple[LayoutCell, ...]


def layout(
    key: TableKey, edition: EditionKey, optional_rows: frozenset[str] = frozenset()
) -> tuple[LayoutRow, ...]:
    """Return the printed rows of one table, top to bottom, cells left to right.

    A cell covered by a span from above or from the left is not repeated, as in HTML.
    `optional_rows` are the keys of optional rows to print.
    """
    form = table(key, edition)
    rows = tuple(row for row in form.rows if not row.optional or row.key in optional_rows)
    if key == "disclosure":
        return _disclosure(form, rows)
    return _applications(form, rows) if key == "applications" else _disputes(form, rows)


def grid_width(key: TableKey) -> int:
    """Return the number of grid columns of a table (4, 10, 15)."""
    return {"disclosure": 4, "applications": 10, "disputes": 15}[key]


def _header(text: str, row_span: int = 1, column_span: int = 1) -> LayoutCell:
    return LayoutCell(text, "header", row_span, column_span)


def _value(form: Table, row: Row, column: str, column_span: int = 1) -> LayoutCell:
    return LayoutCell("", "value", 1, column_span, address(form.key, row.key, column))


def _disclosure(form: Table, rows: tuple[Row, ...]) -> tuple[LayoutRow, ...]:
    lines: list[LayoutRow] = []
    for groups, block in groupby(rows, key=lambda row: row.groups):
        members = list(block)
        columns = members[0].columns
        spans = [1] * (len(columns) - 1) + [4 - len(columns)]
        lines.append((LayoutCell(groups[0], "title", 1, 4),))
        lines.append(
            (
                _header("信息内容"),
                *(_header(c.label, 1, n) for c, n in zip(columns, spans, strict=True)),
            )
        )
        lines += [
            (
                LayoutCell(row.label, "label"),
                *(_value(form, row, c.key, n) for c, n in zip(row.columns, spans, strict=True)),
            )
            for row in members
        ]
    return tuple(lines)


def _applications(form: Table, rows: tuple[Row, ...]) -> tuple[LayoutRow, ...]:
    columns = rows[0].columns
    header: list[LayoutRow] = [
        (_header(TALLY_SENTENCE, 3, LABEL_COLUMNS), _header("申请人情况", 1, 7)),
        (_header(columns[0].label, 2), _header("法人或其他组织", 1, 5), _header("总计", 2)),
        tuple(_header(column.label) for column in columns[1:6]),
    ]
    seen: set[tuple[str, ...]] = set()
    lines = []
    for row in rows:
        labels = []
        for depth in range(1, len(row.groups) + 1):
            path = row.groups[:depth]
            if path not in seen:
                seen.add(path)
                height = sum(other.groups[:depth] == path for other in rows)
                labels.append(LayoutCell(path[-1], "label", height, vertical=True))
        labels.append(LayoutCell(row.label, "label", 1, LABEL_COLUMNS - len(row.groups)))
        lines.append((*labels, *(_value(form, row, column.key) for column in row.columns)))
    return (*header, *lines)


def _disputes(form: Table, rows: tuple[Row, ...]) -> tuple[LayoutRow, ...]:
    review, *litigation = rows
    return (
        (_header(review.label, 1, 5), _header(litigation[0].groups[0], 1, 10)),
        (
            *(_header(column.label, 2) for column in review.columns),
            *(_header(row.label, 1, 5) for row in litigation),
        ),
        tuple(_header(column.label) for row in litigation for column in row.columns),
        tuple(_value(form, row, column.key) for row in rows for column in row.columns),
    )
