"""Small repairs of the stream of lines before its tables are read, each undoing one quirk.

Every step takes and returns the whole stream. A step never changes a value: it joins or drops
what a page break, a converter or an editor tore or added.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

from form.editions import TABLE_KEYS
from loaders.recogniser.labels import body, completes, group_wordings, match_row
from loaders.recogniser.lines import Field, Line, plain
from loaders.recogniser.tables import header_of

_BOOKMARK = re.compile(r"\[bookmark:[^\]]*\]")


Step = Callable[[list[Line]], list[Line]]
"""A repair of the whole stream; its function's name turns it off in tests and names it in `why`."""


def drop_bookmarks(lines: list[Line]) -> list[Line]:
    """Take `[bookmark: _GoBack]` and its like out of the text: Word's, not the agency's."""

    def clean(field: Field) -> Field:
        text = _BOOKMARK.sub("", field.text)
        return field if text == field.text else replace(field, text=text, plain=plain(text))

    return [replace(line, fields=tuple(map(clean, line.fields))) for line in lines]


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
        elif not field.is_blank:
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


def join_values_on_next_line(lines: list[Line]) -> list[Line]:
    """Give a label without any cells the cells of the next line, if that line has no label."""
    joined: list[Line] = []
    for line in lines:
        before = joined[-1] if joined else None
        if before and before.grid == line.grid and _awaits_values(before) and _is_bare(line):
            fields = (*before.fields, *line.fields)
            steps = (*before.steps, join_values_on_next_line.__name__)
            joined[-1] = replace(before, fields=fields, steps=steps)
        else:
            joined.append(line)
    return joined


def _awaits_values(line: Line) -> bool:
    if line.grid is None or line.aligned or header_of(line) is not None:
        return False
    return _names_row(line.fields[-1].text)


def _is_bare(line: Line) -> bool:
    return line.grid is not None and all(field.is_value for field in line.fields)


STEPS: Final[tuple[Step, ...]] = (drop_bookmarks, join_torn_labels, join_values_on_next_line)
