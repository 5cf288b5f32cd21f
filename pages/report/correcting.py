"""Changing any cell: pick it in the table or by name, see what is printed, say what is right."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from form.editions import TABLE_KEYS
from form.figures import cell_words
from form.language import _
from form.model import TableKey, split_address
from form.names import cell_name_in, column_name, row_name
from form.report import Cell, Report, layout_edition, printed_addresses
from outputs.official_table import TableCell
from outputs.table_html import Link, Links
from pages.parts.markup import show, tag
from pages.parts.report_choice import Choice, choice_href
from pages.report import deciding
from pages.report.deciding import Repair
from pages.report.finding_cards import FINDING
from pages.report.report_views import TAB, tab_names
from pages.report.source_place import cell_place, read_cell

EDITING = "edit"
CELL = "cell"
_NEW, _WHY = "new-value", "new-reason"


def is_editing(choice: Choice) -> bool:
    """Show the switch and say whether cells are to be changed."""
    if choice.version is None:
        return False
    return st.toggle(_("更正数字"), key=EDITING, bind="query-params")


def picked_cell(report: Report) -> str | None:
    """Return the address of the cell that is being changed, None where none is picked."""
    asked = st.query_params.get(CELL, "")
    return asked if asked in report.cells else None


def editing_links(choice: Choice, table: TableKey) -> Links:
    """Let each cell of a table lead to the box in which it is changed."""
    here: dict[str, object] = {
        EDITING: "true",
        TAB: tab_names()[table],
        FINDING: st.query_params.get(FINDING),
    }

    def link(cell: TableCell) -> Link | None:
        if cell.address is None or cell.mark is None:
            return None
        return Link(
            choice_href(choice, "", **here, **{CELL: cell.address}),
            _("更正 {cell}").format(cell=cell.name),
        )

    return link


def show_editor(choice: Choice, report: Report) -> None:
    """Show the box: which cell, what it says, what it is to say and why."""
    with st.container(key="editor", border=True):
        show(tag("h2", _("更正数字"), classes="dd-heading"))
        picked = picked_cell(report)
        address = _choose(report, picked)
        if address is None:
            show(tag("div", _("这张表没有读到，无法逐格更正。"), classes="dd-quiet"))
            return
        _show_cell(report, address)
        _show_form(choice, report, address)


def _tables(report: Report) -> list[TableKey]:
    return [key for key in TABLE_KEYS if report.has_table(key)]


def _choose(report: Report, picked: str | None) -> str | None:
    """Show the boxes for row and column, at the picked cell, and return the address."""
    rows = _rows(report)
    if not rows:
        return None
    row_of = ".".join(split_address(picked)[:2]) if picked else next(iter(rows))
    if row_of not in rows:
        row_of, picked = next(iter(rows)), None
    show(tag("div", _("点表中的格，或在这里选："), classes="dd-quiet"))
    names = list(rows)
    # The keys hold the picked cell, so that a click in the table moves the boxes.
    chosen = st.selectbox(
        _("行"), names, names.index(row_of), format_func=rows.__getitem__, key=f"row-of-{picked}"
    )
    row = chosen or row_of
    cells = _cells_of(report, row)
    start = list(cells).index(picked) if picked and picked in cells else 0
    return st.selectbox(
        _("列"), list(cells), start, format_func=cells.__getitem__, key=f"column-of-{picked}-{row}"
    )


def _rows(report: Report) -> Mapping[str, str]:
    return {
        f"{key}.{row}": row_name(key, layout_edition(report, key), row)
        for key in _tables(report)
        for row in dict.fromkeys(split_address(it)[1] for it in printed_addresses(report, key))
    }


def _cells_of(report: Report, row: str) -> Mapping[str, str]:
    found = {}
    for key in _tables(report):
        for address in printed_addresses(report, key):
            _table, own, column = split_address(address)
            if f"{key}.{own}" == row:
                found[address] = column_name(key, layout_edition(report, key), own, column)
    return found


def _show_cell(report: Report, address: str) -> None:
    cell = report.cells[address]
    now = _("现为：{value}").format(value=cell_words(cell))
    parts: list[object] = [
        tag("div", cell_name_in(report, address), classes="dd-what"),
        tag("div", now),
    ]
    if cell.printed is not None:
        text = _("原件印的是：{value}").format(value=cell_words(cell.printed))
        parts.append(tag("div", text, classes="dd-quiet"))
    where = cell_place(read_cell(report, address))
    parts.append(tag("div", where, classes="dd-quiet") if where else "")
    show(*parts)


def _show_form(choice: Choice, report: Report, address: str) -> None:
    seen = report.cells[address]
    with st.form(f"cell-{address}", border=False):
        st.text_input(_("应为（不填就是空）"), key=f"{_NEW}-{address}", max_chars=40)
        st.text_input(_("理由"), key=f"{_WHY}-{address}", max_chars=200)
        st.form_submit_button(
            _("保存更正"), type="primary", on_click=_save, args=(choice.report_id, address, seen)
        )
    if seen.printed is not None:
        restored = Repair(address, seen, seen.printed)
        st.button(
            _("恢复原件的数"),
            key="restore-cell",
            on_click=deciding.correct,
            args=(choice.report_id, [restored], _("恢复原件所印")),
        )


def _save(report_id: int, address: str, seen: Cell) -> None:
    """Write what stands in the boxes; a callback."""
    new, why = (str(st.session_state[f"{key}-{address}"]).strip() for key in (_NEW, _WHY))
    deciding.correct(report_id, [Repair(address, seen, new)], why)
