"""总览: what came in, what to do first, how much there is."""

from __future__ import annotations

import streamlit as st

from desk.owing import owing
from form.figures import grouped
from form.language import _
from library.jobs import recent
from pages.overview.cards import figure_cards, first_tasks, opening
from pages.overview.received_table import (
    agencies_of,
    legend_html,
    matrix_html,
    received,
)
from pages.overview.samples import offer_samples
from pages.parts import scope, shelf
from pages.parts.grid import page_of
from pages.parts.heading import gap, heading, nothing_here, open_page
from pages.parts.markup import show, tag
from pages.parts.picker import pick_one
from pages.parts.registry import entry
from pages.parts.reread_notice import offer_rereading

summary = shelf.summary()
state = shelf.now()
everything = received(state)
narrow = scope.agencies(state)
items = [item for item in everything if narrow is None or item.agency in narrow]

open_page("overview")
if not everything:
    if summary.queued:
        nothing_here(
            _("收到的 {n} 份报告都在等人确认机构和年度。").format(n=grouped(summary.queued)),
            _("确认之后，它们才计入总览和各项统计。"),
        )
        st.page_link(entry("library").path, label=_("去资料库认领"))
        st.stop()
    nothing_here(
        _("资料库还是空的：上传年度报告，马上看到哪里勾稽不平、各机构差别多大。"),
        _("手边没有报告，可先导入随附的样例看看（可随时删除）。"),
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        offer_samples()
        st.page_link(entry("upload").path, label=_("上传自己的报告"))
    st.stop()

offer_rereading()
show(tag("div", opening(summary, recent(shelf.library(), 1)), classes="dd-nothing"))
show(figure_cards(summary, everything))
gap(4)
left, right = st.columns([2.2, 1], gap="medium")
with left:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        where = scope.chosen()
        said = _("点任一格打开该报告")
        heading(
            _("报送情况"),
            _("范围：{where}；{said}").format(where=where, said=said) if where else said,
        )
        order = pick_one(_("排序"), [_("按名称"), _("按错误")], "order")
    roster = state.roster
    agencies = [
        name
        for name in agencies_of(items, roster, by_errors=order == _("按错误"))
        if narrow is None or name in narrow
    ]
    shown = agencies[page_of(len(agencies), "page")]
    owed = owing(shelf.library(), state)
    if items:
        show(matrix_html(items, shown, owed), legend_html(owed))
    else:
        nothing_here(_("所选范围内还没有报告。"), _("在左侧换一个范围。"))
with right:
    heading(_("先处理这些"))
    show(first_tasks(summary, items))
    with st.container(horizontal=True):
        if st.button(_("上传报告"), type="primary"):
            st.switch_page(entry("upload").path)
        if st.button(_("导出汇总")):
            st.switch_page(entry("export").path)
