"""名册: who owes a report, in order; brought in, edited, taken away, held against last year."""

from __future__ import annotations

import streamlit as st

from desk.season import years_of
from form.figures import grouped
from form.language import _
from form.today import today
from outputs.names import file_name
from outputs.roster_file import roster_workbook
from pages.parts import shelf
from pages.parts.heading import nothing_here, open_page
from pages.parts.picker import pick_one
from pages.roster.actions import show_answer
from pages.roster.bringing import show_import
from pages.roster.editing import show_grid
from pages.roster.headcount import show_headcount

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

state = shelf.now()
roster, day = state.roster, today()
years = sorted({*years_of(state, day), day.year}, reverse=True)
head, year_box, file_box = st.columns([3, 0.7, 0.8], vertical_alignment="bottom")
with year_box:
    default = years.index(day.year - 1)
    year = int(st.selectbox(_("年度"), years, default, key="year", bind="query-params") or years[0])
rows = roster.due(year)
with head:
    title = _("{year} 年度名册　{n} 家").format(year=year, n=grouped(len(rows)))
    open_page("roster", title if roster else None)
with file_box:
    st.download_button(
        _("导出表格") if rows else _("下载空表"),
        lambda: roster_workbook(rows),
        file_name=file_name(_("名册"), [year], day, "xlsx"),
        mime=XLSX,
        key="roster-xlsx",
        on_click="ignore",
    )
show_answer()
listed, bringing, counting = _("名册"), _("导入"), _("户数核对")
view = pick_one(_("查看"), [listed, bringing, counting] if roster else [bringing], "part")
if view == bringing:
    if not roster:
        nothing_here(
            _("还没有名册。"),
            _("把应报机构的名单贴进来，或选一份表格；导入以后才说得上谁缺报。"),
        )
    show_import(year)
elif view == counting:
    show_headcount(roster, year)
else:
    show_grid(roster, rows, year)
