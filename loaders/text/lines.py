"""The lines of a text, with their numbers and pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from form.report import Place
from loaders.text.encoding import LINE_END

# Breaks inside a paragraph or a cell, as word processors write them.
_SOFT_BREAK: Final = re.compile("[\v\x85\u2028\u2029]")
_LONGEST_QUOTE: Final = 12
_QUOTED: Final = re.compile(r'"((?:[^"]|"")*)"')


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of the file; `page` is known where the text has page breaks."""

    text: str
    number: int
    page: int | None = None

    @property
    def is_blank(self) -> bool:
        """Say whether nothing stands on the line; a tab is a blank cell, and not nothing."""
        return not self.text.strip() and "\t" not in self.text

    def place(self, field: int | None = None) -> Place:
        """Return the place of the line, or of one of its fields (from 1)."""
        return Place(line=self.number, page=self.page, column=field)


def lines_of(text: str, first: int = 1) -> list[TextLine]:
    """Return the lines of `text`, the first of which has the number `first` in the file.

    A form feed begins a new page and is no text. A cell that a spreadsheet put between quotation
    marks, because it has several lines, is taken together.
    """
    return list(_join_quoted(list(_lines(text, first))))


def _lines(text: str, first: int) -> Iterator[TextLine]:
    page = 1 if "\f" in text else None
    for number, line in enumerate(LINE_END.split(text), first):
        pieces = line.split("\f")
        for index, piece in enumerate(pieces):
            if page is not None and index:
                page += 1
            if piece or (index == len(pieces) - 1 and not line.strip("\f")):
                yield TextLine(_SOFT_BREAK.sub("\n", piece), number, page)


def _join_quoted(lines: Sequence[TextLine]) -> Iterator[TextLine]:
    index = 0
    while index < len(lines):
        count = _quoted_lines(lines[index : index + _LONGEST_QUOTE])
        text = "\n".join(line.text for line in lines[index : index + count])
        yield replace(lines[index], text=text)
        index += count


def _quoted_lines(lines: Sequence[TextLine]) -> int:
    """Return how many lines the first one goes on for: 1 unless a quoted cell holds it open."""
    if not _is_open(lines[0].text):
        return 1
    text = lines[0].text
    for count, line in enumerate(lines[1:], 2):
        text = f"{text}\n{line.text}"
        if not _is_open(text):
            fields = text.split("\t")
            well = all(_QUOTED.fullmatch(field) for field in fields if field.startswith('"'))
            return count if well and len(fields) > 1 else 1
    return 1


def _is_open(text: str) -> bool:
    field = text.rpartition("\t")[2]
    return field.startswith('"') and field.count('"') % 2 == 1


def unquoted(fields: Iterable[str]) -> Iterator[str]:
    """Yield the fields of a row as they were before a spreadsheet quoted them for the clipboard."""
    for field in fields:
        match = _QUOTED.fullmatch(field)
        needed = match is not None and ("\n" in field or '""' in match[1])
        yield match[1].replace('""', '"') if match and needed else field
