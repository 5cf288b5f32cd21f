"""汇总与导出: choose agencies and years, take them away as a workbook or as CSV."""

from __future__ import annotations

import streamlit as st

from form.language import _
from outputs.workbook import selection_sentence
from pages.export.files import (
    offer_forms,
    offer_lines,
    offer_workbook,
    scope_grid,
    selected,
)
from pages.parts.heading import heading, nothing_here, sentence
from pages.parts.markup import show
from pages.parts.picker import bar, open_comparison, pick_agencies, pick_years

state = open_comparison("export")
search_box, agency_box, years_box = bar(1.4)
agencies = pick_agencies(state, search_box, agency_box)
with years_box:
    years = pick_years(state.counted)
chosen = selected(state.counted, agencies, years)
if chosen.empty:
    nothing_here(_("所选机构在这些年度没有报告。"), _("放宽年度，或多选几家机构。"))
    st.stop()

sentence(selection_sentence(chosen), _("只含计入统计的版本；待认领和回收站里的不在内。"))
heading(
    _("汇总工作簿"),
    _("一个文件：说明、汇总（含公式）、三张表的全部数据、勾稽问题清单，每份报告另有一张原表样。"),
)
offer_workbook(chosen)
heading(_("逐项数据（CSV）"), _("一行一格，空、横线、读不准各有标记；可用表格软件打开。"))
offer_lines(chosen)
heading(
    _("空白表样"),
    _("发给各单位填写的 Excel 文件：数字不符的格变红，附核对页；填好后可直接上传，逐格读回。"),
)
offer_forms()
heading(_("包含的报告"))
show(scope_grid(chosen))
