"""修改记录: what people decided about one agency's year, newest first, each to be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

import streamlit as st

from checks.catalogue import kind_name
from form.decisions import NEVER_UNDONE, Decision, active, made_together, taken_back
from form.editions import EDITION_KEYS, TABLE_KEYS, table
from form.figures import grouped
from form.language import _
from form.model import EditionKey, TableKey, address
from form.names import SEPARATOR, cell_name, column_name, row_name
from form.report import layout_of
from form.today import minute
from library.log_frame import Editions, action_names, change_words, holding, place_name
from pages.parts import shelf
from pages.parts.grid import page_of
from pages.parts.heading import chip, heading, nothing_here
from pages.parts.markup import joined, show, tag
from pages.parts.report_choice import Choice
from pages.report import deciding


def show_log(choice: Choice) -> None:
    """Show the log of this report's agency and year."""
    entries = shelf.library().log.of_report(choice.report_id)
    heading(
        _("修改记录"), _("更正、说明和发函都在这里，按机构和年度保存；撤销也是一条记录，原件不变。")
    )
    if not entries:
        nothing_here(_("还没有修改记录。"), _("采纳改法、更正数字或说明原因之后，都会记在这里。"))
        return
    held, gone = holding(entries), taken_back(entries)
    editions = shelf.library().log.editions(entries)
    newest = list(reversed(entries))
    held_entries = active(entries)
    for item in newest[page_of(len(newest), "log-page", 20)]:
        with st.container(
            horizontal=True,
            vertical_alignment="center",
            horizontal_alignment="distribute",
            key=f"entry-{item.number}",
        ):
            text = entry_text(item, editions)
            show(_entry(item, text, holds=item.number in held, gone=item.number in gone))
            if item.action not in NEVER_UNDONE and item.number not in gone:
                made = made_together(held_entries, item.number)
                label = _("撤销")
                if len(made) > 1:
                    label = _("撤销这 {n} 格").format(n=grouped(len(made)))
                st.button(
                    label,
                    key=f"log-undo-{item.number}",
                    on_click=deciding.undo,
                    args=(item.number,),
                )


def _entry(item: Decision, text: str, *, holds: bool, gone: bool) -> object:
    """Return one entry: what, about what, why; then when and by whom."""
    when = minute(item.at)
    by = _("第 {n} 条，{when}，{who}").format(n=item.number, when=when, who=item.who or _("未署名"))
    ended = _("已恢复") if item.action == "recycle" else _("已撤销")
    state = chip(ended) if gone else chip(_("有效"), "good") if holds else ""
    return tag(
        "div",
        tag("div", tag("b", action_names()[item.action]), " ", text, " ", state),
        tag("div", joined([item.reason]), classes="dd-likely") if item.reason else "",
        tag("div", by, classes="dd-quiet"),
        classes="dd-entry",
    )


def entry_text(item: Decision, editions: Editions) -> str:
    """Return what an entry is about, in a line; `editions` are those of its report."""
    if item.action == "undo":
        return _("第 {n} 条").format(n=item.undoes)
    place, changed = place_name(item, editions), change_words(item)
    if changed is not None:
        told = _("{place}：{old} → {new}") if place else _("{old} → {new}")
        return told.format(place=place, old=changed[0], new=changed[1])
    name = kind_name(item.rule) if item.rule else ""
    where = finding_place(item.finding or "", editions.get(item.report_id or 0, {}))
    day = item.on.isoformat() if item.on else ""
    return SEPARATOR.join(filter(None, (place, name, where, day)))


def finding_place(key: str, editions: Mapping[TableKey, EditionKey | None]) -> str:
    """Return the place that a finding's key names, in the form's words; "" where it names none."""
    _rule, table_name, row, column, *_said = (*key.split("/"), "", "", "", "")
    where = next((item for item in TABLE_KEYS if item == table_name), None)
    if where is None:
        return ""
    for edition in (layout_of(editions, where), *reversed(EDITION_KEYS)):
        with suppress(KeyError):
            if row and column:
                return cell_name(address(where, row, column), edition)
            if row:
                return row_name(where, edition, row)
            return column_name(where, edition, table(where, edition).rows[0].key, column)
    return ""
