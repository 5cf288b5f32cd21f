"""Blanks that are no cells: what fills lines up, what labels cover, and what only looks like them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from operator import add
from random import Random

import pytest

from benchmarks.synthetic.draft import filled
from benchmarks.synthetic.render.text import cells, padded_tabs, tabs
from benchmarks.synthetic.tables import Printed, printed_cells, random_figures
from form.editions import TABLE_KEYS, table
from form.report import Report
from loaders.recogniser import recognise
from loaders.text import read_text
from sample_reports.samples import PrintedTable

TITLE = "甲市税务局2020年政府信息公开工作年度报告"
NEW = "一、本年新收政府信息公开申请数量"
CARRIED = "二、上年结转政府信息公开申请数量"
FULL = 0
"""A seed whose figures fill the first two rows of section 三."""


def figures(zero: str, **rows: Sequence[int]) -> dict[str, Printed]:
    """Numbers of a report; section 三 has those of the rows given, and 0 in all others."""
    numbers = random_figures("2019", Random(5))
    numbers |= {name: 0 for name in numbers if name.startswith("applications.")}
    columns = [column.key for column in table("applications", "2019").rows[0].columns]
    for row, values in rows.items():
        numbers |= {f"applications.{row}.{c}": v for c, v in zip(columns, values, strict=True)}
    return printed_cells(numbers, zero)


def text_of(printed: dict[str, Printed], layout: Callable[[PrintedTable], object]) -> list[str]:
    lines = [TITLE, ""]
    for key in TABLE_KEYS:
        lines += [table(key, "2019").title, "", *layout(filled(key, "2019", printed)), ""]  # type: ignore[misc]
    return lines


def read(lines: Sequence[str]) -> Report:
    (report,) = recognise(read_text("\n".join(lines)), "x.txt")
    return report


def wrong(report: Report, printed: dict[str, Printed]) -> dict[str, object]:
    """What is read otherwise than printed; unknown is no error if its candidates have the truth."""
    found = {}
    for address, cell in report.cells.items():
        due = printed[address].said.value or 0
        open_to = {value or 0 for value in cell.candidates}
        if (cell.value or 0) != due if cell.mark != "unknown" else open_to and due not in open_to:
            found[address] = cell
    return found


def changed(lines: list[str], label: str, change: Callable[[list[str]], list[str]]) -> list[str]:
    """Return the lines with the fields of the one that a label names changed."""
    (at,) = [index for index, line in enumerate(lines) if label in line]
    return [*lines[:at], "\t".join(change(lines[at].split("\t"))), *lines[at + 1 :]]


def test_lines_filled_up_to_one_width_are_never_read_as_they_stand() -> None:
    """A row that lost a cell ends in a blank that is no total, though it has seven fields."""
    numbers = (19, 0, 0, 0, 0, 0, 19)
    printed = figures("", granted=numbers, new_received=numbers, total_processed=numbers)
    lines = text_of(printed, tabs)
    lines = changed(lines, "（一）予以公开", lambda fields: [*fields[:4], *fields[5:], ""])
    total = "\t自然人\t法人或其他组织\t\t\t\t\t总计\t"
    lines = [total if "自然人" in line else line for line in lines]
    report = read(lines)
    assert wrong(report, printed) == {}
    assert report.cells["applications.granted.other"].mark == "unknown"


def test_two_doubled_cells_are_no_padding() -> None:
    """Eight fields, seven of them numbers, in two rows: but all the others have their seven."""
    printed = printed_cells(random_figures("2019", Random(FULL)), "")
    lines = text_of(printed, cells)
    for label in (NEW, CARRIED):
        at = lines.index(f"\t{label}") + 1
        assert all(line.strip() for line in lines[at : at + 7])
        lines.insert(at, lines[at])
    report = read(lines)
    assert wrong(report, printed) == {}
    doubtful = {name.split(".")[1] for name, cell in report.cells.items() if cell.mark == "unknown"}
    assert doubtful <= {"new_received", "carried_over"}


@pytest.mark.parametrize("seed", [56, 133, 147, 177])
def test_a_blank_that_a_label_covers_is_no_value_of_a_row_that_lost_cells(seed: int) -> None:
    """Else the numbers of such a row stand one column too far right in all that it could say."""
    printed = printed_cells(random_figures("2019", Random(seed)), "")
    lines = text_of(printed, padded_tabs)
    start = next(index for index, line in enumerate(lines) if line.startswith(NEW))
    assert wrong(read([*lines[:start], *map(without_repeated, lines[start:])]), printed) == {}


def without_repeated(line: str) -> str:
    """Return a line of section 三 with equal values beside each other printed once."""
    fields = line.split("\t")
    return "\t".join([*fields[:3], *(text for text, _group in groupby(fields[3:]))])


def test_a_label_on_the_line_before_leaves_its_own_field_blank() -> None:
    new, carried = (3, 1, 2, 4, 5, 6, 21), (9, 8, 11, 12, 13, 14, 67)
    total = tuple(map(add, new, carried))
    printed = figures(
        "", new_received=new, carried_over=carried, denied_admin_query=total, total_processed=total
    )
    lines = text_of(printed, padded_tabs)
    for label in (NEW, CARRIED):
        (at,) = [index for index, line in enumerate(lines) if label in line]
        lines[at : at + 1] = [label, lines[at].removeprefix(label)]
    report = read(lines)
    assert {a: (c.mark, c.value) for a, c in report.cells.items()} == {
        a: (c.said.mark, c.said.value) for a, c in printed.items()
    }


def test_half_a_header_repeated_over_two_columns_is_one() -> None:
    """`本年增/` twice over 行政事业性收费: a converter repeats what spans two columns."""
    header = "信息内容 | 上一年项目数量 | 本年增/ | 本年增/"
    text = f"{TITLE}\n\n| {header} |\n| --- | --- | --- | --- |\n| 行政事业性收费 | 3 | 5 | 5 |\n"
    report = read(text.split("\n"))
    assert {a: c.value for a, c in report.cells.items() if c.value is not None} == {
        "disclosure.administrative_fees.prior_items": 3,
        "disclosure.administrative_fees.change": 5,
    }
