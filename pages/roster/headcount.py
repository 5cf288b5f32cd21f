"""户数核对: who came, went and is called otherwise against last year, with the reasons; and undo."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import streamlit as st

from form.decisions import taken_back
from form.figures import grouped
from form.language import _
from form.roster import ACTION, Headcount, Roster, entry_words
from form.today import minute
from pages.parts import shelf
from pages.parts.grid import Column, grid_html
from pages.parts.heading import heading
from pages.parts.markup import show, tag
from pages.roster.actions import undo

_LAST: Final = 10


def show_headcount(roster: Roster, year: int) -> None:
    """Show the headcount of a year, and the last words about the roster."""
    count = roster.headcount(year)
    heading(_said(count))
    rows = list(_rows(count))
    if rows:
        columns = (Column(_("变动")), Column(_("机构")), Column(_("理由")))
        show(grid_html(_("户数核对"), columns, rows))
    elif count.before is not None:
        show(tag("div", _("与上年相同。"), classes="dd-quiet"))
    _show_entries()


def _said(count: Headcount) -> str:
    if count.before is None:
        text = _("{year} 年度应报 {n} 家，上年没有名册")
        return text.format(year=count.year, n=grouped(count.due))
    text = _(
        "{year} 年度应报 {n} 家，上年 {before} 家：新增 {added}，减少 {dropped}，更名 {renamed}"
    )
    return text.format(
        year=count.year,
        n=grouped(count.due),
        before=grouped(count.before),
        added=grouped(len(count.added)),
        dropped=grouped(len(count.dropped)),
        renamed=grouped(len(count.renamed)),
    )


def _rows(count: Headcount) -> Iterator[tuple[object, ...]]:
    for row in count.added:
        yield tag("span", _("新增"), classes="dd-green"), row.agency, row.why_from
    for row in count.dropped:
        yield tag("span", _("减少"), classes="dd-amber"), row.agency, row.why_to
    for item in count.renamed:
        names = _("{before} → {after}").format(before=item.before, after=item.after)
        yield _("更名"), names, item.why


def _show_entries() -> None:
    entries = shelf.library().roster.entries()
    gone = taken_back(entries)
    last = [item for item in entries if item.action == ACTION and item.number not in gone]
    heading(_("最近的改动"), _("每一条都在操作记录里，可以撤销。"))
    for item in last[: -_LAST - 1 : -1]:
        with st.container(horizontal=True, vertical_alignment="center"):
            does, told = entry_words(item)
            said = (minute(item.at), item.who or "", item.agency or "", does, told, item.reason)
            show(tag("div", " ".join(filter(None, said)), classes="dd-entry"))
            st.button(
                _("撤销"), key=f"roster-undo-{item.number}", on_click=undo, args=(item.number,)
            )
