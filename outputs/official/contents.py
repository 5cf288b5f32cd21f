"""What stands in a report from top to bottom: title, sections, prose, the three tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from form.editions import TABLE_KEYS, table
from form.labels import PROSE_SECTION_TITLES
from form.model import EditionKey, TableKey
from form.report import Cell, Report, layout_edition
from outputs.official_table import OfficialTable, official_table

# Part of the form and always Chinese, like its labels.
_NUMERALS: Final = "〇一二三四五六"
_SECTION_OF: Final = {2: TABLE_KEYS[0], 3: TABLE_KEYS[1], 4: TABLE_KEYS[2]}
TITLE: Final = "政府信息公开工作年度报告"
NAME_TO_FILL: Final = "（填写单位名称）"
YEAR_TO_FILL: Final = "（填写年度）"

Kind = Literal["title", "heading", "text"]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text: the title, the heading of a section, a paragraph ("" where one may be written)."""

    kind: Kind
    text: str


Block = Line | OfficialTable


def blank(edition: EditionKey, agency: str | None = None, year: int | None = None) -> Report:
    """Return the form of an edition with nothing filled in."""
    cells = {
        place: Cell(None, "blank")
        for key in TABLE_KEYS
        for place in table(key, edition).addresses()
    }
    return Report(agency, year, dict.fromkeys(TABLE_KEYS, edition), cells)


def blocks(report: Report) -> Iterator[Block]:
    """Yield what stands in a report; a table that it does not have is left out with its heading.

    Title and headings are those of the report where its text has them, else the form's own.
    """
    yield from _opening(report)
    for section in range(1, len(_NUMERALS)):
        key = _SECTION_OF.get(section)
        texts = _prose(report, section)
        drawn = official_table(report, key) if key is not None and report.has_table(key) else None
        if key is not None and drawn is None and not texts:
            continue
        own = PROSE_SECTION_TITLES.get(section)
        heading = drawn.title if drawn is not None else f"{_NUMERALS[section]}、{own or ''}"
        if texts and texts[0].startswith(f"{_NUMERALS[section]}、"):
            heading, *texts = texts
        yield Line("heading", heading)
        if drawn is not None:
            yield drawn
        yield from (Line("text", text) for text in texts or ([""] if key is None else []))


def _opening(report: Report) -> Iterator[Line]:
    """Yield the title, on as many lines as it is printed, and what stands before section 一."""
    texts, title = _prose(report, 0), title_of(report)
    of_title = [text for text in texts if _close(text) and _close(text) in _close(title)]
    if _close("".join(of_title)) != _close(title):
        yield Line("title", title)
        of_title = []
    yield from (Line("title" if text in of_title else "text", text) for text in texts)


def _close(text: str) -> str:
    """Return a text without its blanks."""
    return "".join(text.split())


def title_of(report: Report) -> str:
    """Return the title: as printed where it names agency and year, else made of them.

    What is not known is left to be filled in.
    """
    agency, year = report.named, report.year
    if report.title and agency and agency in report.title and str(year) in report.title:
        return report.title
    said_year = YEAR_TO_FILL if year is None else str(year)
    return f"{agency or NAME_TO_FILL}{said_year}年{TITLE}"


def edition_of(report: Report, key: TableKey) -> EditionKey:
    """Return the edition that a table of a report is drawn in."""
    return layout_edition(report, key)


def _prose(report: Report, section: int) -> list[str]:
    texts = (item.text.strip() for item in report.paragraphs if item.section == section)
    return [text for text in texts if text]
