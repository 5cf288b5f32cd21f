"""A report on its way to a file: its blocks, its truth, and how it will be printed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from random import Random
from typing import Final

from docx.document import Document as WordDocument
from openpyxl import Workbook

from benchmarks.synthetic.tables import Printed, Said, random_cells
from form.editions import TABLE_KEYS, table
from form.layout import LayoutCell, grid_width, layout
from form.model import EditionKey, TableKey
from sample_reports.samples import Line, PrintedTable
from sample_reports.sheets import Sheet

Block = Line | PrintedTable
YEARS: Final[Mapping[EditionKey, tuple[int, ...]]] = {
    "2019": (2019, 2020),
    "2021": (2021, 2022, 2023, 2024, 2025),
}
AGENCIES: Final = (
    "甲市税务局",
    "乙县教育局",
    "丙区人民政府",
    "丁市自然资源和规划局",
    "戊镇人民政府",
)


@dataclass(frozen=True, slots=True)
class Truth:
    """What a report says: who, when, on which editions, and every cell by address.

    `may_be_unknown` are the addresses that nobody could read for certain: a reader may leave
    them unknown, but must not read anything else than what was printed.
    """

    agency: str | None
    year: int | None
    editions: Mapping[TableKey, EditionKey | None]
    cells: Mapping[str, Said]
    may_be_unknown: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Style:
    """How a draft is printed, beside its blocks. Each edit belongs to the kinds that it names."""

    text: tuple[Callable[[str], str], ...] = ()
    """Edits of a finished text file."""
    web: tuple[Callable[[str], str], ...] = ()
    """Edits of the source of a page."""
    word: tuple[Callable[[WordDocument], None], ...] = ()
    """Edits of a Word file before it is saved."""
    book: tuple[Callable[[Workbook], None], ...] = ()
    """Edits of a workbook before it is saved."""
    sheet: Sheet = field(default_factory=Sheet)


@dataclass(frozen=True, slots=True)
class Draft:
    """One file to be made: its name without ending, its blocks in order, its reports' truths."""

    stem: str
    blocks: tuple[Block, ...]
    truths: tuple[Truth, ...]
    style: Style = field(default_factory=Style)

    @property
    def truth(self) -> Truth:
        """The truth of the only report; raises ValueError where there are several."""
        (truth,) = self.truths
        return truth

    def table(self, key: TableKey) -> PrintedTable:
        """Return the first printed table of this key; raises StopIteration where there is none."""
        return next(b for b in self.blocks if isinstance(b, PrintedTable) and b.key == key)


def draft(edition: EditionKey, random: Random) -> Draft:
    """Return a plain report in one edition, without any quirk."""
    cells = random_cells(edition, random)
    return report(edition, cells, random.choice(AGENCIES), random.choice(YEARS[edition]))


def report(edition: EditionKey, cells: Mapping[str, Printed], agency: str, year: int) -> Draft:
    """Return a plain report that prints these cells."""
    blocks: list[Block] = [
        Line(f"{agency}{year}年政府信息公开工作年度报告", "title"),
        Line("本报告依照《中华人民共和国政府信息公开条例》编制，统计期限为全年。"),
        Line("一、总体情况", "heading"),
        Line("全年主动公开信息 326 条，其中规范性文件均已公开；答复申请均在期限之内。"),
    ]
    for key in TABLE_KEYS:
        blocks += [Line(table(key, edition).title, "heading"), filled(key, edition, cells)]
    blocks += [
        Line("五、存在的主要问题及改进情况", "heading"),
        Line("公开内容还不够丰富，下一步将充实公开目录。"),
        Line("六、其他需要报告的事项", "heading"),
        Line("没有其他需要报告的事项。"),
    ]
    said = {address: cell.said for address, cell in cells.items()}
    editions: dict[TableKey, EditionKey | None] = {
        "disclosure": edition,
        "applications": edition,
        "disputes": None,
    }
    truth = Truth(agency, year, editions, said)
    return Draft(f"{agency}{year}年报", tuple(blocks), (truth,))


def filled(
    key: TableKey,
    edition: EditionKey,
    cells: Mapping[str, Printed],
    optional: frozenset[str] = frozenset(),
) -> PrintedTable:
    """Return an official table with its printed cells."""

    def fill(cell: LayoutCell) -> LayoutCell:
        return cell if cell.address is None else replace(cell, text=cells[cell.address].text)

    rows = tuple(tuple(map(fill, row)) for row in layout(key, edition, optional))
    return PrintedTable(key, rows, grid_width(key))
