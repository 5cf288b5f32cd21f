"""报告核验: one report as printed, what is wrong in it, and where that was read."""

from __future__ import annotations

import streamlit as st

from checks.repairs import for_report
from desk.desk import unsettled
from form.language import _
from outputs.official_table import official_table
from outputs.table_html import table_html
from pages.parts import shelf
from pages.parts.appearance import is_dark
from pages.parts.heading import nothing_here, open_page
from pages.parts.registry import entry
from pages.parts.report_choice import choose_report
from pages.report.cards import card_of, cards_of
from pages.report.cell_links import finding_links
from pages.report.correcting import editing_links, is_editing, picked_cell, show_editor
from pages.report.deciding import show_outcome
from pages.report.finding_cards import chosen_number, keep_place, show_cards
from pages.report.log_view import show_log
from pages.report.report_views import (
    TAB,
    TABLES,
    report_chips,
    report_title,
    show_origin,
    show_prose,
    tab_names,
)
from pages.report.version_view import show_questions_note, show_version
from pages.report.way_choice import weighed_way

reports = shelf.reports()
head, choice_box = st.columns([2.1, 1], gap="medium")
with choice_box:
    choice = choose_report(reports)
if choice is None:
    with head:
        open_page("report")
    nothing_here(
        _("资料库里还没有报告。"), _("上传报告后，这里按原表样显示每份报告，并指出哪里不平。")
    )
    st.page_link(entry("upload").path, label=_("去上传报告"))
    st.stop()

report = shelf.report(choice.report_id)
judged = shelf.desk().judged(choice.report_id)
findings = [item.finding for item in judged]
to_do = unsettled(judged)
suspects = shelf.desk().suspects(choice.report_id)
keep_place(findings)
cards = cards_of(judged, suspects, report)
number = chosen_number(findings)
chosen = findings[number - 1] if findings else None
card = card_of(cards, number)
with head:
    open_page("report", report_title(choice), report_chips(choice, report, judged, cards))

left, right = st.columns([2.1, 1], gap="medium")
with right:
    show_outcome()
    show_questions_note(choice)
    editing = is_editing(choice)
    if editing:
        show_editor(choice, report)
    show_cards(choice, report, cards, card)
way = weighed_way(card)
sure = card.sure if card else None
proposed = next((item.changes for item in (way, sure) if item is not None), ())
with left:
    names = tab_names()
    start = names[chosen.table] if chosen and chosen.table else names["applications"]
    tabs = st.tabs(list(names.values()), default=start, key=TAB, bind="query-params")
    for key, tab in zip(names, tabs, strict=True):
        if not tab.open:
            continue
        with tab:
            if key in TABLES:
                beside = card.findings if card else ()
                known = for_report(suspects, report)
                drawn = official_table(report, key, to_do, chosen, known, proposed, beside)
                links = editing_links(choice, key) if editing else finding_links(choice)
                picked = picked_cell(report) if editing else None
                page = table_html(
                    drawn, dark=is_dark(), links=links, picked=picked, weighed=way is not None
                )
                st.html(page)
            elif key == "prose":
                show_prose(report)
            elif key == "log":
                show_version(choice, report)
                show_log(choice)
            else:
                show_origin(choice, report)
