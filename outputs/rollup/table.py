"""The sum's official tables for the screen: both numbers where the parent printed another one."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from checks.wording import FAILS
from form.figures import UNKNOWN_SIGN, mark_words
from form.language import _
from form.model import TableKey
from measures.rollup.model import Rollup
from measures.rollup.wording import cause_words, printed_words, sum_words
from outputs.official_table import (
    LegendItem,
    OfficialTable,
    TableCell,
    official_table,
    shown_text,
)
from outputs.rollup.report import sum_report


def rollup_table(rollup: Rollup, key: TableKey, lit: Collection[str] = ()) -> OfficialTable:
    """Return a table of the sum; the cells `lit` are those of the difference that one looks at."""
    drawn = official_table(sum_report(rollup), key)
    differing = set(rollup.differing)
    rows = tuple(tuple(_beside(rollup, cell, differing, lit) for cell in row) for row in drawn.rows)
    return replace(drawn, rows=rows)


def _beside(
    rollup: Rollup, cell: TableCell, differing: Collection[str], lit: Collection[str]
) -> TableCell:
    if cell.address is None:
        return cell
    printed = rollup.printed_cell(cell.address)
    beside = None
    if cell.address in differing and printed is not None:
        beside = shown_text(cell.address, printed) or mark_words()["blank"]
    return replace(
        cell,
        notes=tuple(_notes(rollup, cell.address)),
        beside=beside,
        lit=cell.address in lit,
    )


def _notes(rollup: Rollup, address: str) -> Iterator[str]:
    cell = rollup.cells[address]
    if cell.sum is None:
        names = _("、").join(part.agency for part in cell.open[:3])
        yield _("{sum}；{names}的数不能确定").format(sum=sum_words(cell), names=names)
    if address in rollup.differing:
        yield _("印发 {printed}").format(printed=printed_words(rollup.printed_cell(address)))
    for item in rollup.differences:
        if address in item.cells:
            yield cause_words(item, rollup)


def rollup_signs(rollup: Rollup, table: OfficialTable) -> tuple[LegendItem, ...]:
    """Return the signs that a reader of such a table has to know."""
    equal = next((cell for cell in table.values if cell.beside is None and cell.text), None)
    odd = next((cell for cell in table.values if cell.beside is not None), None)
    found = []
    if equal is not None:
        same = _("各家之和，与印发相同") if rollup.compared else _("各家之和")
        found.append(LegendItem("same", equal.text, same))
    if odd is not None:
        text = f"{odd.text} {FAILS} {odd.beside}"
        found.append(LegendItem("beside", text, _("各家之和 ≠ 印发的数")))
    if any(cell.mark == "unknown" for cell in table.values):
        found.append(LegendItem("unknown", UNKNOWN_SIGN, _("有一家的数不能确定")))
    return tuple(found)
