"""Tables by the HTML standard's table model: rows in groups, `colspan`, `rowspan`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final, cast

from lxml import etree

from form.report import Oddity
from loaders.document import Piece, Pieces
from loaders.html.css import MARKED, SEEN
from loaders.slots import Drawn

TextOf = Callable[[etree._Element, Oddity | None], tuple[str, Pieces]]
"""Text and pieces of a cell in a row about which something may be odd."""


def names(text: str) -> frozenset[str]:
    """Return the names in a text, parted by blanks."""
    return frozenset(text.split())


DROPPED: Final = names(
    "script style noscript template head nav iframe object svg canvas select option datalist"
    " button audio video map title progress meter"
)
"""Elements whose text is none of the page's."""
_SPAN: Final = re.compile(r"\s*(\d{1,5})")
_MAX_COLUMN_SPAN: Final = 1_000
_HIDES_SOME: Final = etree.XPath("boolean(.//*[@hidden])")
_GROUP_ORDER: Final = {"thead": 0, "tfoot": 2}


def line_of(element: etree._Element) -> int | None:
    """Return the line of the source that an element begins on."""
    return cast("int | None", element.sourceline)


def _is_dropped(element: etree._Element) -> bool:
    return element.tag in DROPPED or is_hidden(element)


def is_hidden(element: etree._Element) -> bool:
    """Say whether an element is not displayed, by itself or by the page's styles."""
    return element.get("hidden") is not None


def only_arranges(table: etree._Element) -> bool:
    """Say whether a table is only there to place other things on the page."""
    return _cell_count(table) < 2 or any(_cell_count(inner) > 1 for inner in _inner_tables(table))


def _inner_tables(table: etree._Element) -> Iterator[etree._Element]:
    return (inner for inner in table.iterdescendants("table") if not _is_dropped(inner))


def _cell_count(table: etree._Element) -> int:
    return sum(1 for group in _groups(table) for row in group for _ in _own(row, "td", "th"))


def _groups(table: etree._Element) -> list[list[etree._Element]]:
    """Return the table's rows by row group: heads first, feet last, as they are shown."""
    groups: dict[etree._Element, list[etree._Element]] = {}
    for row in _own(table, "tr"):
        parent = row.getparent()
        groups.setdefault(table if parent is None else parent, []).append(row)
    return [
        rows
        for _, rows in sorted(groups.items(), key=lambda item: _GROUP_ORDER.get(item[0].tag, 1))
    ]


def _own(
    element: etree._Element, *names: str, with_hidden: bool = False
) -> Iterator[etree._Element]:
    """Yield the nearest visible descendants of these names that are in no inner table."""
    for child in element:
        tag = child.tag
        is_dropped = tag in DROPPED or child.get("hidden") is not None
        if is_dropped and not (with_hidden and tag in names):
            continue
        if tag in names:
            yield child
        elif child.tag != "table":
            yield from _own(child, *names)


def all_cells(table: etree._Element, text_of: TextOf) -> Iterator[Drawn]:
    """Yield the cells of a table, below them those of rows that are not displayed, as hidden.

    Cells that are not displayed are hidden where whole columns of them are; else they only hold
    a place that another cell spans.
    """
    if table.getroottree().getroot().get(MARKED) is None:
        yield from _cells(text_of, _groups(table), marked=False)
        return
    if not _HIDES_SOME(table):
        yield from _cells(text_of, _groups(table))
        return
    every = list(_cells(text_of, _groups(table), with_hidden=True))
    hidden = {cell.column for cell in every if _is_unseen(cell)}
    is_whole = hidden.isdisjoint(cell.column for cell in every if not _is_unseen(cell))
    shown = every if is_whole else list(_cells(text_of, _groups(table)))
    yield from shown
    below = max((cell.row + cell.row_span for cell in shown), default=0)
    rows = [row for row in table.iterdescendants("tr") if _is_in_hidden(row, table)]
    for cell in _cells(text_of, [rows]):
        unseen = (Piece(cell.text, "hidden"),)
        yield cell._replace(row=cell.row + below, pieces=unseen)


def _is_unseen(cell: Drawn) -> bool:
    return bool(cell.pieces) and all(piece.oddity == "hidden" for piece in cell.pieces)


def _is_in_hidden(row: etree._Element, table: etree._Element) -> bool:
    """Say whether a row of this very table is not displayed, itself or its group."""
    above = row
    while above is not table:
        if is_hidden(above) and above.tag in ("tr", "tbody", "thead", "tfoot"):
            own = next(row.iterancestors("table"), None)
            return own is table
        parent = above.getparent()
        if parent is None:
            return False
        above = parent
    return False


def _cells(
    text_of: TextOf,
    groups: Iterable[list[etree._Element]],
    *,
    with_hidden: bool = False,
    marked: bool = True,
) -> Iterator[Drawn]:
    """Yield the cells at their places; spans end with their row group and never overlap."""
    free_from: dict[int, int] = {}  # column → first row that no span from above covers
    first = 0
    for group in groups:
        end = first + len(group)
        for row, line in enumerate(group, first):
            column = 0
            oddity = _oddity(line) if marked else None
            for element in _own(line, "td", "th", with_hidden=with_hidden):
                while free_from.get(column, 0) > row:
                    column += 1
                width = _free_width(free_from, row, column, _span(element, "colspan") or 1)
                height = min(_span(element, "rowspan") or end, end - row)
                text, pieces = text_of(element, oddity)
                yield Drawn(text, row, column, height, width, line_of(element), pieces)
                free_from.update(dict.fromkeys(range(column, column + width), row + height))
                column += width
        first = end


def _free_width(free_from: dict[int, int], row: int, column: int, wanted: int) -> int:
    """Return how many columns from `column` on are free in `row`, `wanted` at most."""
    for width in range(1, min(wanted, _MAX_COLUMN_SPAN)):
        if free_from.get(column + width, 0) > row:
            return width
    return min(wanted, _MAX_COLUMN_SPAN)


def _span(element: etree._Element, name: str) -> int:
    """Return a span as a number; 0 stands for "to the end", and what is no number for 1."""
    stated = element.get(name)
    digits = _SPAN.match(stated) if stated is not None else None
    return int(digits[1]) if digits else 1


def _oddity(row: etree._Element) -> Oddity | None:
    """Return what is odd about the text of a row by itself or by what it stands in."""
    found: etree._Element | None = row
    while found is not None:
        if is_hidden(found):
            return "hidden"
        said = found.get(SEEN)
        if said is not None:
            return cast("Oddity | None", said or None)
        found = found.getparent()
    return None
