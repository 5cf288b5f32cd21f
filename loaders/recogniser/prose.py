"""The report's running text, each paragraph with the section it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from form.labels import SECTION_WORDS
from form.report import Paragraph
from loaders.recogniser.lines import Line, plain

_HEADING = re.compile(r"\s*([一二三四五六])\s*、\s*(.{2,40})\s*$")
_NUMERALS = "一二三四五六"


def paragraphs(lines: Iterable[Line]) -> Iterator[Paragraph]:
    """Yield the paragraphs of a report; `section` is the number of the last heading above."""
    section = 0
    for line in lines:
        if line.grid is not None or line.is_empty:
            continue
        section = section_of(line.text, section)
        yield Paragraph(section, line.text, line.fields[0].place)


def spoken(lines: Iterable[Line]) -> Iterator[Paragraph]:
    """Yield the same with the lines of grids that print one cell: in a sheet all text is such."""
    section = 0
    for line in lines:
        said = [item for item in line.fields if item.plain]
        if len(said) == 1:
            section = section_of(said[0].text, section)
            yield Paragraph(section, said[0].text, said[0].place)


def sections(lines: Iterable[Line], *, in_grids: bool = False) -> Iterator[tuple[int, int]]:
    """Yield the index of each line that opens a section, and which; those of sheets where asked."""
    current = 0
    for index, line in enumerate(lines):
        may = line.grid is None or (in_grids and _prints_one(line))
        found = section_of(line.text.strip(), current) if may else current
        if found != current:
            yield index, found
        current = found


def _prints_one(line: Line) -> bool:
    said = [item for item in line.fields if item.plain]
    return len(said) == 1 and said[0].plain[0] in _NUMERALS


def section_of(text: str, current: int) -> int:
    """Return the section that `text` opens if it is one of the six headings, else the current."""
    match = _HEADING.match(text)
    if match is None:
        return current
    heading = plain(match[2])
    for number, words in SECTION_WORDS.items():
        if any(plain(word) in heading for word in words):
            return number
    number = _NUMERALS.index(match[1]) + 1
    return number if number == current + 1 and current == 0 else current
