"""Numbers that a piece too many or too few moved under another header; each was once read there."""

from __future__ import annotations

import re
from random import Random

import pytest

from benchmarks.synthetic.draft import Draft, report
from benchmarks.synthetic.edits import row_addresses
from benchmarks.synthetic.render.office import html
from benchmarks.synthetic.render.text import LAYOUTS, maker
from benchmarks.synthetic.tables import printed_cells, random_figures
from form.model import EditionKey, TableKey
from form.report import Cell
from loaders import read

LABEL = "一、本年新收政府信息公开申请数量"
NEW = ("applications", "new_received")
LICENSING = ("disclosure", "administrative_licensing")


def made(edition: EditionKey = "2019") -> Draft:
    """A report in which all numbers that are looked at below are different and none is 0."""
    figures = random_figures(edition, Random(7))
    for at, name in enumerate(n for n in figures if n.startswith(("disclosure", "disputes"))):
        figures[name] = figures[name].__class__(1000 + at)
    for at, name in enumerate(n for n in figures if n.startswith("applications.new_received")):
        figures[name] = 2000 + at
    return report(edition, printed_cells(figures, "0"), "甲市税务局", 2020)


def unread(draft: Draft, text: str, key: TableKey, row: str) -> list[str]:
    """Return the marks of one row of a text; every cell that is read must be right."""
    (found,) = read(text.encode(), "x.txt")
    for name, cell in found.cells.items():
        assert says(cell, draft.truth.cells[name].value or 0), (name, cell)
    return [found.cells[name].mark for name in row_addresses(draft, key, row)]


def says(cell: Cell, due: object) -> bool:
    if cell.mark != "unknown":
        return (cell.value or 0) == due
    return not cell.candidates or due in {value or 0 for value in cell.candidates}


def printed(draft: Draft, layout: str) -> str:
    return maker(LAYOUTS[layout])(draft).decode()


def once(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, text.count(old)
    return text.replace(old, new)


@pytest.mark.parametrize("number", ["2004", "2005", "2006"])
def test_a_line_of_another_shape_among_the_cells_of_a_row(number: str) -> None:
    """A blank beside a cell ends the row; what is joined fills it, and the rest is nobody's."""
    draft = made()
    text = once(printed(draft, "cells"), f"\t{number}\n", f"\t\t{number}\n")
    assert set(unread(draft, text, *NEW)) == {"unknown"}


def test_two_cells_on_the_line_of_one() -> None:
    draft = made()
    text = once(printed(draft, "cells"), "\t2004\n\t2005\n", "\t2004\t\n2005\n")
    assert set(unread(draft, text, *NEW)) == {"unknown"}


def test_a_cell_below_a_blank_in_its_place() -> None:
    draft = made("2021")
    name = "disclosure.administrative_licensing.decisions"
    number = draft.truth.cells[name].value
    text = once(printed(draft, "pipe-lines"), f"| {number}\n", f"|\n| {number}|\n")
    assert unread(draft, text, *LICENSING) == ["unknown"]


def test_a_blank_column_that_a_pipe_too_many_makes() -> None:
    draft = made()
    text = once(printed(draft, "markdown"), f"| {LABEL} |  |  |", f"| {LABEL} |  ||  |")
    unread(draft, text, *NEW)


def test_a_header_that_a_pipe_too_many_widens() -> None:
    draft = made("2021")
    header = "| 信息内容 | 本年收费金额（单位：万元） |  |  |"
    text = once(printed(draft, "markdown"), header, header.replace("内容 |", "内容 ||"))
    unread(draft, text, "disclosure", "administrative_fees")


def test_a_row_broken_behind_its_label() -> None:
    draft = made("2021")
    text = once(printed(draft, "span-pipes"), "| 行政许可 |", "| 行政许可\n|")
    assert unread(draft, text, *LICENSING) == ["number"]


def test_a_row_with_another_at_its_end_has_no_candidates() -> None:
    """One of its cells is text then, and what is printed stands in none of its placements."""
    draft = made()
    text = once(printed(draft, "tabs"), "\n规范性文件\t", "规范性文件\t")
    assert set(unread(draft, text, "disclosure", "regulations")) == {"unknown"}


def test_a_rule_of_hyphens_with_a_pipe_too_many_is_no_row_of_dashes() -> None:
    draft = made()
    rule = "| " + " | ".join(["---"] * 15) + " |"
    text = once(printed(draft, "markdown"), f"{rule}\n| 结果维持", f"{rule}|\n 结果维持")
    assert set(unread(draft, text, "disputes", "review")) == {"number"}


def test_of_two_lines_of_section_four_none_is_taken() -> None:
    draft = made()
    text = printed(draft, "tabs")
    (line,) = [line for line in text.split("\n") if line.count("\t") == 14 and line[0].isdigit()]
    text = once(text, line, f"9{line}\n{line}")
    assert set(unread(draft, text, "disputes", "review")) == {"unknown"}


def test_a_cell_too_many_in_a_drawn_row() -> None:
    """It moves the others under the headers beside theirs, the last one beyond all headers."""
    draft = made()
    page = once(html(draft).decode(), "<td>2002</td>", "<td>2002</td><td>2002</td>")
    (found,) = read(page.encode(), "x.html")
    marks = {found.cells[name].mark for name in row_addresses(draft, *NEW)}
    assert "unknown" in marks
    for name in row_addresses(draft, *NEW):
        assert says(found.cells[name], draft.truth.cells[name].value), name


@pytest.mark.parametrize("lost", [0, 1, 3])
@pytest.mark.parametrize("takes_label", [True, False])
def test_two_rows_of_a_page_whose_border_is_lost(lost: int, takes_label: bool) -> None:
    """No number is left out for a sum's sake, and none of the next row stands in this one."""
    draft = made("2021")
    page = html(draft).decode()
    border = re.compile(
        rf"(?:<td[^>]*>[^<]*</td>\s*){{{lost}}}</tr>\s*<tr>" + r"\s*<td>[^<]*</td>" * takes_label
    )
    borders = list(border.finditer(page, page.index("三、收到")))
    assert len(borders) > 15
    for found in borders:
        harmed = page[: found.start()] + page[found.end() :]
        (one,) = read(harmed.encode(), "x.html")
        for name, cell in one.cells.items():
            assert says(cell, draft.truth.cells[name].value or 0), (found[0], name, cell)
