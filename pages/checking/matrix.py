"""机构 × 规则: which agency has what kind of finding, and what became of each."""

from __future__ import annotations

import streamlit as st

from form.language import _
from pages.checking.findings_filter import pick_findings
from pages.checking.findings_list import findings_sentence
from pages.checking.rule_matrix import (
    legend_html,
    matrix_file,
    matrix_html,
    ordered,
)
from pages.checking.slip_counts import by_rule, rules_in
from pages.parts import scope, shelf
from pages.parts.grid import page_of
from pages.parts.heading import nothing_here, open_page, sentence
from pages.parts.markup import show
from pages.parts.registry import entry

open_page("matrix")
state = shelf.now()
everything = scope.narrowed(state.table, state)
total = len(scope.narrowed(state.counted, state))
if everything.empty:
    nothing_here(
        _("还没有可以列出的问题。"), _("上传的报告核对之后，各机构各条规则的情况都列在这里。")
    )
    st.page_link(entry("upload").path, label=_("去上传报告"))
    st.stop()

picked = pick_findings(everything, kinds=False)
found, year = picked.found, picked.year
sentence(findings_sentence(found, total, picked.of_any_state, everything))
if found.empty:
    nothing_here(_("没有符合这些条件的问题。"), _("放宽上面的条件再看。"))
    st.stop()
table = by_rule(found)
most, by_name = _("问题最多的在前"), _("按机构名称")
with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
    order = st.selectbox(
        _("排序"), [most, by_name, *rules_in(found)], key="sort", bind="query-params", width=260
    )
    matrix_file(found).button(_("下载 CSV"), "matrix-csv")
if order != by_name:
    table = ordered(found, table, None if order == most else order)
show(matrix_html(found, table.iloc[page_of(len(table), "page")], year), legend_html())
