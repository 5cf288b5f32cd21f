"""Quirks of the six sections: headings doubled, missing or named elsewhere, parts of a report."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from random import Random
from typing import Final

from benchmarks.synthetic.draft import Block, Draft, draft
from benchmarks.synthetic.edits import may_be_unknown, with_blocks, with_rows
from benchmarks.synthetic.quirk import GRIDS, PDF, Quirk
from form.editions import EDITION_KEYS, TABLE_KEYS, table
from form.layout import LayoutCell, LayoutRow
from form.model import EditionKey, TableKey, split_address
from sample_reports.samples import Line, PrintedTable


def _is_heading(block: Block, numeral: str) -> bool:
    return isinstance(block, Line) and block.text.startswith(f"{numeral}、")


def _behind(numeral: str, *lines: Line) -> Callable[[Draft, Random], Draft]:
    """Return a change that adds lines behind a heading."""

    def change(made: Draft, _random: Random) -> Draft:
        return with_blocks(
            made, lambda block: (block, *lines) if _is_heading(block, numeral) else (block,)
        )

    return change


def _sentences(made: Draft, _random: Random) -> Draft:
    """A sentence of numbers between every heading and its table."""
    sentences = {
        "二": "本年制发规范性文件 3 件，行政许可 126 件，行政处罚 15 件。",
        "三": "本年新收政府信息公开申请 25 件，上年结转 2 件，具体情况见下表：",
        "四": "行政复议 3 件，行政诉讼 1 件，结果维持 2 件。",
    }

    def change(block: Block) -> tuple[Block, ...]:
        sentence = next((s for n, s in sentences.items() if _is_heading(block, n)), None)
        return (block, Line(sentence)) if sentence else (block,)

    return with_blocks(made, change)


def _without_section_six(made: Draft, _random: Random) -> Draft:
    at = next(i for i, block in enumerate(made.blocks) if _is_heading(block, "六"))
    return replace(made, blocks=made.blocks[:at])


def _without_headings(made: Draft, _random: Random) -> Draft:
    titles = {table(key, "2021").title for key in TABLE_KEYS}
    return with_blocks(
        made,
        lambda block: () if isinstance(block, Line) and block.text in titles else (block,),
    )


def _only(*keys: TableKey) -> Callable[[Draft, Random], Draft]:
    """Return a change that leaves out all tables but these, with their headings."""
    titles = {table(key, "2021").title for key in TABLE_KEYS if key not in keys}

    def change(made: Draft, _random: Random) -> Draft:
        blocks = tuple(
            block
            for block in made.blocks
            if (block.key in keys if isinstance(block, PrintedTable) else block.text not in titles)
        )
        cells = {n: said for n, said in made.truth.cells.items() if split_address(n)[0] in keys}
        editions = {key: made.truth.editions[key] for key in keys}
        truth = replace(made.truth, cells=cells, editions=editions)
        return replace(made, blocks=blocks, truths=(truth,))

    return change


def _two_reports(made: Draft, random: Random) -> Draft:
    """The report of another year or agency behind this one, in one file."""
    other = made
    while (other.truth.agency, other.truth.year) == (made.truth.agency, made.truth.year):
        other = draft(random.choice(EDITION_KEYS), random)
    return replace(
        made,
        blocks=(*made.blocks, *other.blocks),
        truths=(*made.truths, *other.truths),
        stem="report",
    )


def _prose_in_table(made: Draft, _random: Random) -> Draft:
    """Heading and prose of section 一 and the table of section 二 in one ruled table."""
    prose = [block for block in made.blocks if isinstance(block, Line)]
    start = next(i for i, block in enumerate(prose) if _is_heading(block, "一"))
    moved = prose[start : start + 3]
    rows = [(LayoutCell(line.text, "title", 1, 4),) for line in moved]
    without = with_blocks(made, lambda block: () if block in moved else (block,))
    return with_rows(without, "disclosure", lambda printed: [*rows, *printed])


def _second_copy(made: Draft, _random: Random) -> Draft:
    """Section 四 printed once more at the end, the same."""
    copy = made.table("disputes")
    return replace(made, blocks=(*made.blocks, Line("附表"), copy))


def _two_reports_one_short(made: Draft, random: Random) -> Draft:
    """Two reports, of which the first has lost its last table."""
    whole = _two_reports(made, random)
    first, *others = whole.truths
    at = whole.blocks.index(made.table("disputes"))
    cells = {name: said for name, said in first.cells.items() if not name.startswith("disputes.")}
    editions: Mapping[TableKey, EditionKey | None] = {
        key: said for key, said in first.editions.items() if key != "disputes"
    }
    lost = replace(first, cells=cells, editions=editions)
    blocks = (*whole.blocks[:at], *whole.blocks[at + 1 :])
    return replace(whole, blocks=blocks, truths=(lost, *others))


def _section_four_without_headers(made: Draft, _random: Random) -> Draft:
    """Only the line of 15 numbers below its heading."""

    def change(rows: list[LayoutRow]) -> list[LayoutRow]:
        return [row for row in rows if any(cell.address for cell in row)]

    bare = with_rows(made, "disputes", change)
    return may_be_unknown(bare, *(a for a in made.truth.cells if a.startswith("disputes.")))


_NAMED_INSIDE: Final = (
    Line("（一）主动公开政府信息情况。全年主动公开 326 条。"),
    Line("（二）收到和处理政府信息公开申请情况。全年收到申请 25 件。"),
    Line("（三）政府信息公开行政复议、行政诉讼情况。全年复议 3 件。"),
)
QUIRKS: Final = (
    Quirk("two headings of section 一", _behind("一", Line("一、总体情况", "heading"))),
    Quirk("table sections named in section 一", _behind("一", *_NAMED_INSIDE)),
    Quirk("no section 六", _without_section_six),
    Quirk("no headings of the tables", _without_headings),
    Quirk("a sentence before each table", _sentences),
    Quirk("only section 二", _only("disclosure")),
    Quirk("only section 三", _only("applications")),
    Quirk("only section 四", _only("disputes")),
    Quirk("sections 二 and 三", _only("disclosure", "applications")),
    Quirk("sections 三 and 四", _only("applications", "disputes")),
    Quirk("two reports in one file", _two_reports),
    Quirk("two reports, the first without section 四", _two_reports_one_short),
    Quirk("section 四 without headers", _section_four_without_headers),
    Quirk("prose and section 二 in one table", _prose_in_table, (*GRIDS, *PDF)),
    Quirk("section 四 printed twice", _second_copy),
)
