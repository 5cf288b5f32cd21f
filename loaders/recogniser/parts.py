"""Several reports in one file: which lines belong to which of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import Final

from form.editions import TABLE_KEYS
from form.model import TableKey
from loaders.recogniser.identity import heading_title, identify, title_at
from loaders.recogniser.lines import Line
from loaders.recogniser.prose import sections
from loaders.recogniser.tables import header_of

_LAST_BEGINNING: Final = 2
"""The last section with which a report may begin: some have no 一."""
_MOST_BETWEEN: Final = 40
"""Lines between a report's title and its first heading."""


def parts(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the lines of each report.

    A report prints its sections and tables in the order of the form. Where a section comes again
    below another title, another report has begun at that title, whatever its tables look like.
    Where a table does, or section 二 after a whole report: at that title, else at its first
    heading. Any other table that comes again is a copy, or goes on behind a page's end.
    """
    start, after_tables, seen = 0, 0, set[TableKey]()
    titles = set(_titles(lines))
    for index, line in enumerate(lines):
        if index in titles and _are_two(lines[start:index], lines[index:]):
            yield list(lines[start:index])
            start, after_tables, seen = index, index, set()
        kind = header_of(line) if line.grid is not None else None
        if kind is not None and _comes_again(kind, seen):
            whole = kind == TABLE_KEYS[0] and TABLE_KEYS[-1] in seen
            beginning = _beginning(lines[start:after_tables], lines[after_tables:index], whole)
            if beginning is not None:
                yield list(lines[start : after_tables + beginning])
                start, seen = after_tables + beginning, set()
        if kind is not None:
            seen.add(kind)
        if sum(not item.is_blank for item in line.fields) > 1:
            after_tables = index + 1
    yield list(lines[start:])


def _titles(lines: Sequence[Line]) -> Iterator[int]:
    """Yield the index of each title behind a section of a report at which the sections begin anew.

    The next heading below it is of section 一 or 二, and not of one behind the last above it.
    """
    headings = list(sections(lines, in_grids=True))
    for (opened, number), (again, following) in pairwise(headings):
        if following > min(number, _LAST_BEGINNING):
            continue
        for index in range(max(opened + 1, again - _MOST_BETWEEN), again):
            if heading_title(lines[index:again]) is not None:
                yield index
                break


def _comes_again(kind: TableKey, seen: Collection[TableKey]) -> bool:
    return any(key in seen for key in TABLE_KEYS[TABLE_KEYS.index(kind) :])


def _beginning(before: Sequence[Line], between: Sequence[Line], whole: bool) -> int | None:
    """Return where among the lines between two tables another report begins, None if none does."""
    title = title_at(between)
    if title is not None:
        return title if whole or _are_two(before, between[title:]) else None
    return _first_heading(between) if whole else None


def _are_two(before: Sequence[Line], after: Sequence[Line]) -> bool:
    """Say whether titles name two reports; a page's header may say less than the title."""
    one, two = identify(before, ""), identify(after, "")
    if one.agency is None and one.year is None:
        return any(line.grid is not None and header_of(line) for line in before)
    if one.year and two.year and one.year != two.year:
        return True
    names = (one.agency or "", two.agency or "")
    return names[0] not in names[1] and names[1] not in names[0]


def _first_heading(lines: Sequence[Line]) -> int:
    """Return the line that opens section 一, else section 二, else the first of these lines."""
    opened = dict(reversed([(section, index) for index, section in sections(lines)]))
    return next((opened[section] for section in (1, 2) if section in opened), 0)
