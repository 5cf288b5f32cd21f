"""人工录入: a report that no program can read, typed into the official form and checked meanwhile."""

from __future__ import annotations

import streamlit as st

from checks.tally import check_report
from form.editions import TABLE_KEYS
from form.figures import grouped
from form.language import _
from library.errors import LibraryError
from outputs.official_table import official_table
from outputs.table_html import table_html
from pages.parts import shelf
from pages.parts.appearance import is_dark
from pages.parts.heading import chip, heading, note, open_page
from pages.parts.markup import show, tag
from pages.parts.person import person
from pages.parts.registry import entry
from pages.report.finding_body import equation_html, what
from pages.report.report_views import TAB, tab_names
from pages.report.source_files import whole_page
from pages.typing.entry_grid import REFUSED, as_if_blank, entered, show_grid
from pages.typing.start import REPORT, show_begun, show_start

begun = shelf.now().typing
asked = st.query_params.get(REPORT, "")
if not (asked.isdecimal() and int(asked) in begun.index):
    open_page("typing")
    show_begun(begun)
    show_start()
    st.stop()

number = int(asked)
report = shelf.report(number)
done, every = entered(report)
failing = [item for item in check_report(report) if not item.undecided]
open_page(
    "typing",
    _("{agency} · {year} 年度报告").format(agency=report.agency, year=report.year),
    [
        chip(_("已录入 {done} / {every} 格").format(done=done, every=grouped(every))),
        chip(_("{n} 处不成立").format(n=grouped(len(failing))), "error")
        if failing
        else chip(_("目前都成立"), "good"),
    ],
)
left, right = st.columns([2.7, 1], gap="medium")
with left:
    names = tab_names()
    tabs = st.tabs(
        [names[key] for key in TABLE_KEYS],
        default=names["applications"],
        key=TAB,
        bind="query-params",
    )
    for key, tab in zip(TABLE_KEYS, tabs, strict=True):
        if not tab.open:
            continue
        with tab:
            show_grid(number, report, key)
            shown = official_table(as_if_blank(report), key, failing)
            st.html(table_html(shown, dark=is_dark()))
with right:
    refused = st.session_state.pop(REFUSED, None)
    if refused:
        note(refused)
    heading(_("边填边核对"), _("只列已经录入的数字之间不成立的关系。"))
    for item in failing:
        parts = (tag("div", what(item), classes="dd-what"), equation_html(item.equation))
        show(tag("div", parts[0], tag("div", parts[1], classes="dd-equation"), classes="dd-card"))
    with st.container(border=True):
        rest = st.checkbox(_("没有录入的格都是空格"), key="rest-blank")
        if st.button(_("录入完毕"), type="primary", key="finish-typing"):
            try:
                result = shelf.library().finish_typed(number, person(), rest_blank=rest)
            except LibraryError as error:
                note(error.message)
            else:
                st.toast(result.message)
                st.switch_page(
                    entry("report").path,
                    query_params={"agency": str(report.agency), "year": str(report.year)},
                )
    heading(_("原件"))
    name, data = shelf.library().original(number)
    st.download_button(
        _("下载 {name}").format(name=name), data, file_name=name, key="source", on_click="ignore"
    )
    page = st.number_input(_("页"), 1, 500, 1, key="source-page")
    picture = whole_page(number, int(page))
    if picture is not None:
        st.image(picture, width="stretch")
    else:
        show(tag("div", _("这一页没有图可看；请下载原件对照。"), classes="dd-quiet"))
