"""Which lines belong to which official table, and which row of the form each of them is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache

from form.editions import EDITIONS, TABLE_KEYS, table
from form.labels import APPLICANT_HEADER, ARTICLE_WORDS, CONTENT_HEADER, ORGANISATIONS_HEADER
from form.model import TableKey
from loaders.recogniser.labels import (
    body,
    column_wordings,
    completes,
    group_wordings,
    is_whole_label,
    match_column,
    match_row,
    wordings,
)
from loaders.recogniser.lines import Field, Line
from loaders.recogniser.prose import section_of

_DISPUTE_HEADS = tuple(body(row.label) for row in table("disputes", "2021").rows)
_DISPUTE_COLUMNS = 15
_DISPUTES_SECTION = 4
_RULER = re.compile(r"\s*-{3,}\s*")


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A row of the form as printed: its key and the fields right of its label."""

    key: str
    values: tuple[Field, ...]
    line: Line
    header: Line | None = None
    """The line of column headers that stands above it, where one was seen."""
    in_doubt: bool = False
    """True where cells beside it are nobody's, and may be its own."""


@dataclass(frozen=True, slots=True)
class Unnamed:
    """A line among a table's rows that names none of them, and the row above it, None before all."""

    line: Line
    after: str | None

    @property
    def label(self) -> Field | None:
        """The last words before the first number, None where there are none."""
        words = None
        for item in self.line.fields:
            if item.is_value and not item.is_blank:
                break
            words = words if item.is_blank else item
        return words

    @property
    def values(self) -> tuple[Field, ...]:
        """The fields right of its words; none where no number is among them."""
        label = self.label
        fields = self.line.fields
        behind = fields[fields.index(label) + 1 :] if label is not None else ()
        has_number = any(item.is_value and not item.is_blank for item in behind)
        return behind if has_number else ()


@dataclass(slots=True)
class PrintedTables:
    """The official tables of one report: their rows as printed, and their header lines."""

    rows: dict[TableKey, list[PrintedRow]] = field(
        default_factory=lambda: {key: [] for key in TABLE_KEYS}
    )
    headers: dict[TableKey, list[Line]] = field(
        default_factory=lambda: {key: [] for key in TABLE_KEYS}
    )
    doubled: list[tuple[TableKey, str]] = field(default_factory=list)
    """Rows printed a second time, which were not taken."""
    unnamed: dict[TableKey, list[Unnamed]] = field(
        default_factory=lambda: {key: [] for key in TABLE_KEYS}
    )
    """Lines among the rows of sections 二 and 三 that say something and name no row."""

    hollow: set[tuple[TableKey, str]] = field(default_factory=set)
    """Rows of which only the label is printed."""
    rivals: list[tuple[TableKey, str]] = field(default_factory=list)
    """Those of them that print other figures than the first time."""
    behind_rivals: frozenset[TableKey] = frozenset()
    """Tables that begin behind the first of these."""
    cut: TableKey | None = None
    """The table within which the file itself ends."""

    def found(self, key: TableKey) -> bool:
        """Say whether any row of the table was printed, or (section 四) all of its headers."""
        if key == "disputes" and not self.rows[key]:
            named = {
                name
                for line in self.headers[key]
                for item in line.fields
                for name in match_column(key, item.text)
            }
            return len(named) == len(table(key, "2021").rows[0].columns)
        return bool(self.rows[key])


def header_of(line: Line) -> TableKey | None:
    """Return the table whose column headers (or block title) this line prints, else None."""
    return _headed(tuple(item.plain for item in line.fields if item.plain))


# Each line is asked for several times, and most tables have the same ones.
@lru_cache(4096)
def _headed(texts: tuple[str, ...]) -> TableKey | None:
    if any(text == CONTENT_HEADER or _is_article(text) for text in texts):
        return "disclosure"
    if APPLICANT_HEADER in texts or ORGANISATIONS_HEADER in texts:
        return "applications"
    if _names(texts, "applications", 3):
        return "applications"
    heads = sum(head in texts for head in _DISPUTE_HEADS)
    if heads >= 2 or texts[:1] == _DISPUTE_HEADS[:1] or _names(texts, "disputes", 3):
        return "disputes"
    return None


def _is_article(text: str) -> bool:
    return any(word in text for word in ARTICLE_WORDS) and len(text) < 30


def _names(texts: Iterable[str], key: TableKey, least: int) -> bool:
    """Say whether at least `least` different columns of a table are named."""
    named = {match for text in texts for match in match_column(key, text)}
    return len(named - {"other", "total"}) >= least


def split_tables(lines: Sequence[Line]) -> PrintedTables:
    """Return the printed rows of the three tables among the lines of one report."""
    tables = PrintedTables()
    current: TableKey | None = None
    header: Line | None = None
    bare: list[Line] = []
    section, under_heading = 0, list[Line]()
    for line in lines:
        if line.grid is None:
            section = section_of(line.text, section)
            if current is not None and _is_right_below(tables.rows[current], line):
                _doubt_row_above(tables.rows[current], line)
            continue
        kind = header_of(line)
        if kind is not None:
            current, header = kind, line
            tables.headers[kind].append(line)
        elif current == "disputes":
            bare.append(line)
        elif section == _DISPUTES_SECTION and all(item.is_value for item in line.fields):
            under_heading.append(line)
        else:
            row = _labelled(line, current, header, _last_key(tables, current))
            if row is not None:
                current = row[0]
                _add(tables, *row)
            elif current is not None and not line.is_empty:
                tables.unnamed[current].append(Unnamed(line, _last_key(tables, current)))
                _doubt_row_above(tables.rows[current], line)
    if not tables.headers["disputes"]:
        bare = _line_of_disputes(under_heading)
    _add_disputes(tables, bare)
    return tables


def ends_within(lines: Sequence[Line], tables: PrintedTables) -> TableKey | None:
    """Return the table that the last of a file's lines belong to, None where text follows it.

    Labels and heads that stand by themselves may follow it, since cells that were torn off their
    rows do; the last of them may be the beginning of one that was cut with all behind it.
    """
    said = [line for line in lines if not line.is_empty]
    known = {id(line): key for key in TABLE_KEYS for line in _lines_of(tables, key)}
    while said and id(said[-1]) not in known and _begins_word(said[-1]):
        said.pop()
    return known.get(id(said[-1])) if said else None


def _begins_word(line: Line) -> bool:
    """Say whether a line is a label or a head of a table, or the beginning of one, and no more."""
    words = body(line.text.rstrip("| "))
    if len(line.fields) != 1 or not words:
        return False
    return _is_article(words) or any(word.startswith(words) for word in _words())


@cache
def _words() -> frozenset[str]:
    """Return every label and head of sections 二 and 三, as `body` has them."""
    keys = TABLE_KEYS[:2]
    rows = {word for key in keys for known in wordings(key).values() for word in known}
    heads = {word for key in keys for word in (*group_wordings(key), *column_wordings(key))}
    return frozenset({*rows, *heads, CONTENT_HEADER, APPLICANT_HEADER, ORGANISATIONS_HEADER})


def _lines_of(tables: PrintedTables, key: TableKey) -> list[Line]:
    rows = [row.line for row in tables.rows[key]]
    return [*rows, *(item.line for item in tables.unnamed[key]), *tables.headers[key]]


def _line_of_disputes(lines: Sequence[Line]) -> list[Line]:
    """Return the one line under section 四's heading that is its row though no header says so.

    It prints 15 numbers, and each five of them add up.
    """
    found = [line for line in lines if not line.is_empty]
    return found if len(found) == 1 and _adds_up(found[0]) else []


def _adds_up(line: Line) -> bool:
    texts = [item.plain for item in line.fields]
    if len(texts) != _DISPUTE_COLUMNS or not all(map(str.isdecimal, texts)):
        return False
    numbers = list(map(int, texts))
    width = len(table("disputes", "2021").rows[0].columns)
    fives = [numbers[start : start + width] for start in range(0, len(numbers), width)]
    return all(sum(five[:-1]) == five[-1] for five in fives)


def _last_key(tables: PrintedTables, key: TableKey | None) -> str | None:
    rows = tables.rows[key] if key else []
    return rows[-1].key if rows else None


def _labelled(
    line: Line, current: TableKey | None, header: Line | None, last: str | None
) -> tuple[TableKey, PrintedRow] | None:
    """Return the row that a line is, looking first in the table at hand."""
    keys: tuple[TableKey, ...] = ("disclosure", "applications")
    for key in sorted(keys, key=lambda item: item != current):
        found = _label(line, key, last if key == current else None)
        if found is not None:
            position, row_key = found
            same_table = header if key == current else None
            return key, PrintedRow(row_key, line.fields[position + 1 :], line, same_table)
    return None


def _label(line: Line, key: TableKey, last: str | None) -> tuple[int, str] | None:
    """Return position and row key of the rightmost leading field that names a row."""
    found = None
    for position, item in enumerate(line.fields):
        if item.says_value:
            break
        torn = _torn_over_columns(line, position, key)
        if torn is not None:
            return position + 1, torn
        matches = match_row(key, item.text) if item.plain else ()
        if key == "disclosure":
            # Words of section 二 stand in prose and in grids around it: the whole cell must match.
            matches = tuple(m for m in matches if is_whole_label(key, m.key, item.text))
        options = [match.key for match in matches if _may_follow(key, match.key, last)]
        if options:
            found = position, options[0]
    return found


def _torn_over_columns(line: Line, position: int, key: TableKey) -> str | None:
    """Return the row that a field and the next one make together, where neither is a value."""
    pair = line.fields[position : position + 2]
    if len(pair) < 2 or any(item.is_value for item in pair):
        return None
    return completes(key, pair[0].text, pair[1].text)


@cache
def _order(key: TableKey) -> tuple[str, ...]:
    """Return the row keys of all editions in one printed order."""
    merged: list[str] = []
    for item in EDITIONS:
        at = 0
        for row in item.table(key).rows:
            if row.key not in merged:
                merged.insert(at, row.key)
            at = merged.index(row.key) + 1
    return tuple(merged)


def _may_follow(key: TableKey, row: str, last: str | None) -> bool:
    """Say whether a short, common label can stand here: 其他 and 总计 also head columns."""
    if key != "applications" or row not in ("other_other", "total_processed", "other"):
        return True
    if last is None:
        return False
    return _order(key).index(row) > _order(key).index(last) or row == last


def _add(tables: PrintedTables, key: TableKey, row: PrintedRow) -> None:
    known = next((known for known in tables.rows[key] if known.key == row.key), None)
    if known is not None:
        tables.doubled.append((key, row.key))
        if _prints_otherwise(known, row):
            if not tables.rivals:
                begun = {name for name in TABLE_KEYS if tables.rows[name] or tables.headers[name]}
                tables.behind_rivals = frozenset(TABLE_KEYS) - begun
            tables.rivals.append((key, row.key))
    elif row.values:
        tables.rows[key].append(row)
    else:
        tables.hollow.add((key, row.key))


def _prints_otherwise(row: PrintedRow, again: PrintedRow) -> bool:
    one, two = (
        [item.plain for item in printed.values if not item.is_blank] for printed in (row, again)
    )
    return bool(one) and bool(two) and one != two


def _is_right_below(rows: Sequence[PrintedRow], line: Line) -> bool:
    """Say whether a paragraph of text is a figure that stands right below the last row's line."""
    at = line.fields[0].place.line
    if not rows or at is None or rows[-1].line.aligned or not line.fields[0].says_value:
        return False
    return rows[-1].line.fields[-1].place.line == at - 1


def _doubt_row_above(rows: list[PrintedRow], line: Line) -> None:
    """Put the row above cells without a label in doubt where they may belong in its blanks."""
    if not rows or line.aligned or not all(item.is_value for item in line.fields):
        return
    blanks = sum(item.is_blank for item in rows[-1].values)
    if len(line.fields) <= blanks:
        rows[-1] = replace(rows[-1], in_doubt=True)


def _add_disputes(tables: PrintedTables, below: Sequence[Line]) -> None:
    """Take the line of 15 numbers from the lines below the headers of section 四.

    Of those without words it is the widest (narrower ones are page numbers, or the hyphens that
    converters set under a header), or all of them together where they make up 15 cells.
    """
    bare = [line for line in below if all(item.is_value for item in line.fields)]
    bare = [line for line in bare if not _is_ruler(line)] or bare
    if not any(_fills_the_table(line) for line in bare):
        # Empty lines below it must not stand for one that has a word among its numbers.
        bare = [line for line in below if _is_partly_words(line)] or bare
    for line in below:
        if not all(item.is_value for item in line.fields) and line not in bare:
            tables.headers["disputes"].append(line)
    if not bare:
        return
    widest = max(bare, key=_fullness)
    pieces = tuple(item for line in bare for item in line.fields)
    if len(widest.fields) < _DISPUTE_COLUMNS == len(pieces) and not widest.aligned:
        widest = replace(bare[0], fields=pieces)
    rivals = {
        tuple(item.text.strip() for item in line.fields)
        for line in bare
        if len(line.fields) >= _DISPUTE_COLUMNS and not line.is_empty
    }
    row = PrintedRow("", widest.fields, widest, in_doubt=len(rivals) > 1)
    tables.rows["disputes"].append(row)


def _fills_the_table(line: Line) -> bool:
    return len(line.fields) >= _DISPUTE_COLUMNS and not line.is_empty


def _is_partly_words(line: Line) -> bool:
    """Say whether a line of 15 cells prints a figure or a dash, and beside it what heads no column."""
    words = [item.text for item in line.fields if not item.is_value]
    return (
        len(line.fields) == _DISPUTE_COLUMNS
        and any(item.says_value for item in line.fields)
        and bool(words)
        and not any(
            match_column("disputes", text) or body(text) in _DISPUTE_HEADS for text in words
        )
    )


def _is_ruler(line: Line) -> bool:
    """Say whether a line of hyphens only rules off what stands above it."""
    return all(_RULER.fullmatch(item.text) for item in line.fields)


def _fullness(line: Line) -> tuple[int, bool]:
    return min(len(line.fields), _DISPUTE_COLUMNS), not line.is_empty
