"""Several reports in one file: which lines belong to which of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from form.editions import TABLE_KEYS
from form.model import TableKey
from loaders.recogniser.identity import identify, title_at
from loaders.recogniser.lines import Line
from loaders.recogniser.prose import sections
from loaders.recogniser.tables import header_of


def parts(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the lines of each report.

    A report prints its tables in the order of the form. Where one comes again below another title,
    or section 二 after a whole report, another report has begun: at that title, else at its first
    heading. Any other table that comes again is a copy, or goes on behind a page's end.
    """
    start, after_tables, seen = 0, 0, set[TableKey]()
    for index, line in enumerate(lines):
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
    if one.year and two.year and one.year != two.year:
        return True
    names = (one.agency or "", two.agency or "")
    return names[0] not in names[1] and names[1] not in names[0]


def _first_heading(lines: Sequence[Line]) -> int:
    """Return the line that opens section 一, else section 二, else the first of these lines."""
    opened = dict(reversed([(section, index) for index, section in sections(lines)]))
    return next((opened[section] for section in (1, 2) if section in opened), 0)
