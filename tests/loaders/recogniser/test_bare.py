"""Cells that stand one on a line with nothing around them, as copying from a page leaves them."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest

from benchmarks.synthetic.draft import Block, Draft, report
from benchmarks.synthetic.scoring import judge
from benchmarks.synthetic.tables import printed_cells, random_figures
from form.editions import EDITION_KEYS
from form.model import EditionKey
from form.report import Paragraph
from loaders.recogniser import recognise
from loaders.text import read_text
from sample_reports.samples import PrintedTable


def made(edition: EditionKey, zero: str) -> Draft:
    cells = printed_cells(random_figures(edition, Random(3)), zero)
    return report(edition, cells, "甲市税务局", 2020)


def bare(draft: Draft, behind_row: tuple[str, ...]) -> str:
    return "\n".join(line for block in draft.blocks for line in lines_of(block, behind_row))


def lines_of(block: Block, behind_row: tuple[str, ...]) -> Iterator[str]:
    if isinstance(block, PrintedTable):
        for row in block.rows:
            yield from (cell.text for cell in row)
            yield from behind_row
    else:
        yield block.text
    yield ""


@pytest.mark.parametrize("behind_row", [(), ("",), ("", "")], ids=["none", "one", "two"])
@pytest.mark.parametrize("zero", ["0", "-"])
@pytest.mark.parametrize("edition", EDITION_KEYS)
def test_every_cell_is_read(edition: EditionKey, zero: str, behind_row: tuple[str, ...]) -> None:
    """With empty lines between rows the headers of section 四 stand apart from its numbers."""
    draft = made(edition, zero)
    reports = recognise(read_text(bare(draft, behind_row)), "x.txt")
    assert [item for item in judge(draft.truths, reports) if item.verdict != "right"] == []
    assert Paragraph(5, draft.blocks[-3].text, reports[0].paragraphs[-3].place) in (  # type: ignore[union-attr]
        reports[0].paragraphs
    )


def test_blanks_that_leave_no_line_are_never_filled_by_other_cells() -> None:
    for edition in EDITION_KEYS:
        draft = made(edition, "")
        reports = recognise(read_text(bare(draft, ("",))), "x.txt")
        assert [item for item in judge(draft.truths, reports) if item.verdict == "wrong"] == []


def test_the_fifteen_cells_of_section_four_belong_to_no_label_above() -> None:
    """Headers on lines of their own end in 总计, which also names a row of section 三."""
    values = ["", "", "", "", "", "", "", "", "4", "4", "1", "", "", "", "1"]
    lines = ["四、政府信息公开行政复议、行政诉讼情况", "行政复议", "行政诉讼"]
    lines += ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计", "\t".join(values)]
    above = bare(made("2019", "0"), ("",)).partition("四、政府")[0]
    (found,) = recognise(read_text("\n".join([above, *lines])), "x.txt")
    sums = [cell.raw for name, cell in found.cells.items() if ".total_processed." in name]
    assert sums == [cell.text for cell in made("2019", "0").table("applications").rows[-2][-7:]]
    assert not any(cell.raw.startswith("\t") for cell in found.cells.values())
