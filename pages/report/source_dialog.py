"""The place in the source, large: a PDF's page with the cells framed, and why they read so."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from form.language import _
from form.model import split_address
from form.names import cell_name_in
from form.report import Report
from loaders.evidence import Evidence
from pages.parts.heading import nothing_here
from pages.parts.markup import show, tag
from pages.parts.report_choice import Choice
from pages.report.source_files import printed_lines, whole_page
from pages.report.source_place import place_text, printed_html, read_cell

MOST_CELLS = 6


def offer_source(choice: Choice, report: Report, cells: Sequence[str]) -> None:
    """Show the button that opens the source of these cells, where they have one."""
    known = [address for address in cells if address in report.cells]
    if known and st.button(_("看原文"), key="source", icon=":material/find_in_page:"):
        _show(choice, report, known)


def _show(choice: Choice, report: Report, cells: Sequence[str]) -> None:
    """Open the dialog; its title is in the reader's language."""
    st.dialog(_("原文：{file}").format(file=choice.file), width="large")(_contents)(
        choice, report, cells
    )


def _beside(
    choice: Choice, report: Report, address: str
) -> tuple[tuple[Evidence, ...], tuple[Evidence, ...]]:
    """Return the printed lines above and below a cell's own: the surroundings that it stands in."""
    table, own, column = split_address(address)
    rows = list(
        dict.fromkeys(place.split(".")[1] for place in report.cells if place.startswith(table))
    )
    if table == "disputes" or own not in rows:
        return (), ()
    at = rows.index(own)
    above, below = (
        tuple(place for row in near if (place := f"{table}.{row}.{column}") in report.cells)
        for near in (rows[max(at - 1, 0) : at], rows[at + 1 : at + 2])
    )
    return printed_lines(choice.report_id, above), printed_lines(choice.report_id, below)


def _contents(choice: Choice, report: Report, cells: Sequence[str]) -> None:
    places = [read_cell(report, address).place for address in cells]
    pages = list(dict.fromkeys(place.page for place in places if place.page and place.box))
    lines = printed_lines(choice.report_id, tuple(cells[:MOST_CELLS]))
    if not lines and not pages:
        nothing_here(
            _("这几格没有可看的原文。"), _("可能是人工录入的，或原件已不在；可在“原始文件”下载。")
        )
        return
    for line in lines:
        cell = read_cell(report, line.address)
        head = tag("div", cell_name_in(report, line.address), classes="dd-what")
        where = tag("div", place_text([cell.place]), classes="dd-quiet")
        steps = tag("ul", *(tag("li", step) for step in line.steps[1:]), classes="dd-steps")
        above, below = (
            [printed_html(report, item, ()) for item in beside]
            for beside in _beside(choice, report, line.address)
        )
        row = printed_html(report, line, {line.address})
        show(tag("div", head, where, *above, row, *below, steps, classes="dd-card"))
    for page in pages[:2]:
        own = tuple(place for place in places if place.page == page)
        picture = whole_page(choice.report_id, page, own)
        if picture is not None:
            st.image(picture, caption=_("第 {n} 页").format(n=page), width="stretch")
