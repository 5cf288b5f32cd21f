"""勾稽问题: every finding of the reports that count, to filter and to follow to its report."""

from __future__ import annotations

import streamlit as st

from form.figures import grouped
from form.language import _
from pages.checking.findings_filter import pick_findings
from pages.checking.findings_list import (
    agencies_by_kind,
    findings_file,
    findings_grid,
    findings_sentence,
)
from pages.parts import scope, shelf
from pages.parts.grid import page_of
from pages.parts.heading import nothing_here, open_page, sentence
from pages.parts.markup import show
from pages.parts.picker import pick_one
from pages.parts.registry import entry

open_page("findings")
state = shelf.now()
everything = scope.narrowed(state.table, state)
counted = len(scope.narrowed(state.counted, state))
if not counted:
    nothing_here(
        _("还没有可以核对的报告。"), _("上传报告之后，哪一份、哪一格、哪条关系不成立，都列在这里。")
    )
    st.page_link(entry("upload").path, label=_("去上传报告"))
    st.stop()
if everything.empty:
    nothing_here(
        _("{n} 份报告都没有发现问题。").format(n=grouped(counted)),
        _("已读出的数字之间，各项勾稽关系都成立。"),
    )
    st.stop()

picked = pick_findings(everything, kinds=True)
found = picked.found
sentence(findings_sentence(found, counted, picked.of_any_state, everything))
listed, by_agency = _("清单"), _("按机构")
with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
    view = pick_one(_("显示方式"), [listed, by_agency], "list")
    findings_file(found).button(_("下载 CSV"), "findings-csv")
if found.empty:
    nothing_here(_("没有符合这些条件的问题。"), _("放宽上面的条件再看。"))
elif view == by_agency:
    show(agencies_by_kind(found))
else:
    show(findings_grid(found.iloc[page_of(len(found), "page")]))
