"""Plain tables: a caption for the ear, headers with scope, figures to the right, links in cells."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd
import streamlit as st

from form.figures import grouped
from form.language import _
from pages.parts.markup import Markup, scrolling, tag

_MOST_NARROW = 5
"""Columns that a small screen can hold side by side."""

Align = Literal["", "number", "middle"]
Row = Mapping[Hashable, Any]
"""A line of a frame: column → what it holds."""


def is_absent(value: Any) -> bool:
    """Say whether a frame holds nothing at a place."""
    return bool(pd.isna(value))


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its header and how its cells stand."""

    name: str
    align: Align = ""


def grid_html(caption: str, columns: Sequence[Column], rows: Iterable[Sequence[object]]) -> Markup:
    """Return a table in a scroll region of its own; the first cell of a row is its header."""
    head = (tag("th", column.name, scope="col", classes=_class(column)) for column in columns)
    body = (
        tag(
            "tr",
            *(
                tag(
                    "td" if place else "th",
                    cell,
                    scope=None if place else "row",
                    classes=_class(column),
                )
                for place, (column, cell) in enumerate(zip(columns, row, strict=True))
            ),
        )
        for row in rows
    )
    table = tag(
        "table",
        tag("caption", caption),
        tag("thead", tag("tr", *head)),
        tag("tbody", *body),
        classes="dd-wide" if len(columns) > _MOST_NARROW else "",
    )
    return scrolling(caption, table)


def _class(column: Column) -> str:
    return f"dd-{column.align}" if column.align else ""


def page_of(count: int, key: str, size: int = 50) -> slice:
    """Show page numbers where there are more lines than fit, and return the lines to show."""
    pages = max(-(-count // size), 1)
    if pages == 1:
        return slice(0, size)
    with st.container(horizontal=True, vertical_alignment="center"):
        number = st.pagination(
            pages, key=key, bind="query-params", width=min(120 + 36 * pages, 420)
        )
        st.caption(_("共 {n} 条，每页 {size} 条").format(n=grouped(count), size=grouped(size)))
    return slice((number - 1) * size, number * size)
