"""Small repairs of the stream of lines before its tables are read, each undoing one quirk.

Every step takes and returns the whole stream. A step never changes a value: it joins or drops
what a page break, a converter or an editor tore or added.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

from form.editions import EDITIONS, TABLE_KEYS
from loaders.recogniser.heads import gather_headers
from loaders.recogniser.labels import body, completes, group_wordings, match_row, wordings
from loaders.recogniser.lines import Field, Line, plain
from loaders.recogniser.over_pages import join_rows_over_pages
from loaders.recogniser.tables import header_of
from loaders.recogniser.unruled import stand_in_columns

_LABEL_COLUMNS: Final = 3
"""Section 三 prints its labels three deep."""
_BOOKMARK = re.compile(r"\[bookmark:[^\]]*\]")


Step = Callable[[list[Line]], list[Line]]
"""A repair of the whole stream; its function's name turns it off in tests and names it in `why`."""


def drop_bookmarks(lines: list[Line]) -> list[Line]:
    """Take `[bookmark: _GoBack]` and its like out of the text: Word's, not the agency's."""

    def clean(field: Field) -> Field:
        text = _BOOKMARK.sub("", field.text)
        return field if text == field.text else replace(field, text=text, plain=plain(text))

    return [
        replace(line, fields=tuple(map(clean, line.fields)))
        if _BOOKMARK.search(line.text)
        else line
        for line in lines
    ]


def join_torn_labels(lines: list[Line]) -> list[Line]:
    """Join a label that a page break tore over two lines of a table, with the values of either.

    The second piece alone names no row, and both together are exactly one wording. Values may
    stand behind one of the pieces only; where both have some, nothing is joined.
    """
    joined: list[Line] = []
    for line in lines:
        merged = _merge(joined[-1], line) if joined else None
        if merged is not None:
            joined[-1] = merged
        else:
            joined.append(line)
    return joined


def _merge(first: Line, second: Line) -> Line | None:
    if first.grid is None or second.grid is None:
        return None
    top, bottom = _label_position(first), _last_text(second)
    if top is None or bottom is None or _names_row(second.fields[bottom].text):
        return None
    label, rest = first.fields[top], second.fields[bottom]
    if not any(completes(table, label.text, rest.text) for table in TABLE_KEYS):
        return None
    values, more = first.fields[top + 1 :], second.fields[bottom + 1 :]
    if _some(values) and _some(more):
        return None
    text = f"{label.text}\n{rest.text}"
    whole = replace(label, text=text, plain=plain(text))
    kept = (*first.fields[:top], whole, *(more if _some(more) else values))
    return replace(first, fields=kept, steps=(*first.steps, join_torn_labels.__name__))


def _some(fields: Iterable[Field]) -> bool:
    return any(not field.is_blank for field in fields)


def _last_text(line: Line) -> int | None:
    """Return the position of the last leading field that is text, before any number."""
    position = None
    for index, field in enumerate(line.fields):
        if not field.is_value:
            position = index
        elif field.says_value:
            break
    return position


def _label_position(line: Line) -> int | None:
    """Return the position of the line's label: its last leading text that is no group label."""
    position = _last_text(line)
    if position is None or _is_group(line.fields[position].text):
        return None
    return position


def _is_group(text: str) -> bool:
    return any(body(text) in group_wordings(table) for table in TABLE_KEYS)


def _names_row(text: str) -> bool:
    return any(match.whole for table in TABLE_KEYS for match in match_row(table, text))


def drop_empty_ends(lines: list[Line]) -> list[Line]:
    """Drop the last field of a text table's lines where every one of them ends in an empty one."""
    empty = {
        grid
        for grid, group in groupby(lines, key=lambda line: line.grid)
        if grid is not None and _all_end_empty(list(group))
    }
    return [
        replace(line, fields=line.fields[:-1]) if line.grid in empty else line for line in lines
    ]


def _all_end_empty(lines: Sequence[Line]) -> bool:
    return len(lines) > 2 and all(
        not line.aligned and len(line.fields) > 1 and not line.fields[-1].text for line in lines
    )


def join_values_on_next_line(lines: list[Line]) -> list[Line]:
    """Give a label that lacks cells those of the next lines, if these have no label.

    An empty line within a row (before its values, or where a cell is a lone newline) makes a
    converter end it. A single number on a line is a page number rather than the rest of a row.
    Where cells are left over, nothing is joined.
    """
    joined: list[Line] = []
    pieces: list[list[Line]] = []
    for line, after in zip(lines, [*lines[1:], None], strict=True):
        before = joined[-1] if joined else None
        alone = before is None or _has_its_own(joined) or _is_page_number(before, line, after)
        if before is not None and not alone and _awaits(before, line):
            rest = line.fields[_left_by_label(before, line) :]
            fields = (*before.fields, *_behind(before.fields[-1], rest))
            steps = (*before.steps, join_values_on_next_line.__name__)
            joined[-1] = replace(line, fields=fields, steps=steps)
            pieces[-1].append(line)
        else:
            joined.append(line)
            pieces.append([line])
    return list(_without_rests(joined, pieces))


def _without_rests(joined: Sequence[Line], pieces: Sequence[Sequence[Line]]) -> Iterator[Line]:
    """Yield the joined lines, in pieces where cells are left over that are nobody's.

    Then a row was not just cut: a piece may have stood elsewhere, and whole it only looks.
    """
    for line, own, after in zip(joined, pieces, [*joined[1:], None], strict=True):
        yield from own if len(own) > 1 and _is_rest(after) else [line]


def _is_rest(after: Line | None) -> bool:
    return after is not None and not after.is_empty and all(item.is_value for item in after.fields)


def _behind(last: Field, fields: Sequence[Field]) -> Iterator[Field]:
    """Yield fields in the columns behind another field."""
    start = last.column + last.column_span - fields[0].column
    return (replace(item, column=item.column + start) for item in fields)


def _left_by_label(before: Line, line: Line) -> int:
    """Return 1 where the line's first field is what a label on a line of its own left of its cell.

    A single blank too many may be a doubled cell instead; that is for the rules to say.
    """
    widest = max(_widths(before.fields[-1].text), default=len(line.fields))
    return int(before.grid is None and len(line.fields) > widest + 1)


def _is_page_number(before: Line, line: Line, after: Line | None) -> bool:
    """Say whether a number alone on its line is no cell, as where a row is open or goes on."""
    if len(line.fields) > 1 or line.is_empty:
        return False
    is_whole_row = not before.fields[-1].is_value and 1 in _widths(before.fields[-1].text)
    return not is_whole_row or (after is not None and _is_bare(after))


def _has_its_own(lines: Sequence[Line]) -> bool:
    """Say whether a label alone on its line may belong to the numbers above it."""
    return lines[-1].grid is None and len(lines) > 1 and _is_bare(lines[-2])


def _is_bare(line: Line) -> bool:
    return line.grid is not None and all(field.is_value for field in line.fields)


def _awaits(before: Line, line: Line) -> bool:
    """Say whether a line without a label is the rest of the line before it."""
    if line.aligned or not _is_bare(line):
        return False
    if before.grid not in (line.grid, None) or header_of(before) is not None:
        return False
    position = _last_text(before)
    widths = _widths(before.fields[position].text) if position is not None else set()
    if position is None or not widths:
        return False
    if before.grid is None:
        extra = len(line.fields) - max(widths)
        leading = line.fields[:extra]
        return 0 <= extra <= _LABEL_COLUMNS and all(field.is_blank for field in leading)
    had = len(before.fields) - 1 - position
    return had + len(line.fields) <= (min(widths) if had else max(widths))


def _widths(label: str) -> set[int]:
    """Return how many cells the row that a label names has, in either edition."""
    return {
        len(row.columns)
        for table in TABLE_KEYS[:2]
        for match in match_row(table, label)
        if body(label) in wordings(table)[match.key]
        for edition in EDITIONS
        for row in edition.table(table).rows
        if row.key == match.key
    }


STEPS: Final[tuple[Step, ...]] = (
    stand_in_columns,
    drop_bookmarks,
    drop_empty_ends,
    gather_headers,
    join_rows_over_pages,
    join_torn_labels,
    join_values_on_next_line,
)
