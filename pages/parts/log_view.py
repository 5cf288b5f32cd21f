"""修改记录: what people decided about one agency's year, newest first, each to be taken back."""

from __future__ import annotations

from contextlib import suppress

import streamlit as st

from checks.catalogue import kind_name
from form.decisions import Decision, active, taken_back
from form.editions import EDITION_KEYS, TABLE_KEYS, table
from form.figures import cell_words
from form.language import _
from form.model import address
from form.names import SEPARATOR, cell_name, column_name, row_name
from form.today import minute
from library.log_frame import action_names
from pages.parts import deciding, shelf
from pages.parts.grid import page_of
from pages.parts.heading import chip, heading, nothing_here
from pages.parts.markup import joined, show, tag
from pages.parts.report_choice import Choice


def show_log(choice: Choice) -> None:
    """Show the log of this report's agency and year."""
    entries = shelf.library().log.of_report(choice.report_id)
    heading(
        _("修改记录"), _("更正、说明和发函都在这里，按机构和年度保存；撤销也是一条记录，原件不变。")
    )
    if not entries:
        nothing_here(_("还没有修改记录。"), _("采纳改法、更正数字或说明原因之后，都会记在这里。"))
        return
    holding = {item.number for item in active(entries)}
    gone = taken_back(entries)
    newest = list(reversed(entries))
    for item in newest[page_of(len(newest), "log-page", 20)]:
        with st.container(
            horizontal=True,
            vertical_alignment="center",
            horizontal_alignment="distribute",
            key=f"entry-{item.number}",
        ):
            show(_entry(item, holds=item.number in holding, gone=item.number in gone))
            if item.action != "type" and item.number not in gone:
                st.button(
                    _("撤销"),
                    key=f"log-undo-{item.number}",
                    on_click=deciding.undo,
                    args=(item.number,),
                )


def _entry(item: Decision, *, holds: bool, gone: bool) -> object:
    """Return one entry: what, about what, why; then when and by whom."""
    when = minute(item.at)
    by = _("第 {n} 条，{when}，{who}").format(n=item.number, when=when, who=item.who or _("未署名"))
    state = chip(_("已撤销")) if gone else chip(_("有效"), "good") if holds else ""
    return tag(
        "div",
        tag("div", tag("b", action_names()[item.action]), " ", entry_text(item), " ", state),
        tag("div", joined([item.reason]), classes="dd-likely") if item.reason else "",
        tag("div", by, classes="dd-quiet"),
        classes="dd-entry",
    )


def entry_text(item: Decision) -> str:
    """Return what an entry is about, in a line."""
    if item.undoes is not None:
        return _("第 {n} 条").format(n=item.undoes)
    if item.action == "correct" and item.address and item.old and item.new:
        return _("{cell}：{old} → {new}").format(
            cell=cell_name(item.address, "2021"),
            old=cell_words(item.old),
            new=cell_words(item.new),
        )
    name = kind_name(item.rule) if item.rule else ""
    parts = (name, finding_place(item.finding or ""), item.on.isoformat() if item.on else "")
    return SEPARATOR.join(filter(None, parts))


def finding_place(key: str) -> str:
    """Return the place that a finding's key names, in the form's words; "" where it names none."""
    _rule, table_name, row, column, *_said = (*key.split("/"), "", "", "", "")
    where = next((item for item in TABLE_KEYS if item == table_name), None)
    if where is None:
        return ""
    for edition in reversed(EDITION_KEYS):
        with suppress(KeyError):
            if row and column:
                return cell_name(address(where, row, column), edition)
            if row:
                return row_name(where, edition, row)
            return column_name(where, edition, table(where, edition).rows[0].key, column)
    return ""
