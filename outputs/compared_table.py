"""One official table for two versions of a report: old → new where they differ, and what that did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from checks.explanations import Suspects
from checks.resubmission import Changed, Fate, Resubmission
from form.figures import mark_words
from form.model import TableKey
from form.report import Cell
from outputs.likely import NONE
from outputs.official_table import OfficialTable, TableCell, official_table, shown_text


def compared_table(
    found: Resubmission, key: TableKey, suspects: Suspects = NONE, only: Fate | None = None
) -> OfficialTable:
    """Return a table of the new version with the errors of its print, and what differs from the old.

    `suspects` are what explains the errors of the new version; with `only` no other changes are
    shown than those of one fate. Where blank, dash and 0 changed places, only the new is shown.
    """
    wrong = [item for slip in (*found.still, *found.new_slips, *found.left) for item in slip]
    table = official_table(found.new, key, wrong, None, suspects)
    shown = {
        place: item
        for place, item in found.fates.items()
        if item.fate != "spelling" and only in (None, item.fate)
    }
    rows = tuple(tuple(_cell(cell, shown) for cell in row) for row in table.rows)
    return replace(table, rows=rows)


def _cell(cell: TableCell, shown: Mapping[str, Changed]) -> TableCell:
    item = None if cell.address is None else shown.get(cell.address)
    if item is None:
        return cell
    return replace(
        cell,
        before=print_of(item.address, item.difference.old),
        text=cell.text or print_of(item.address, item.difference.new),
        fate=item.fate,
    )


def print_of(address: str, cell: Cell | None) -> str:
    """Return what stands in a cell of one version; a blank and a missing one are named."""
    return (shown_text(address, cell) if cell else "") or mark_words()["blank"]
