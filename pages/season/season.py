"""年度报送: who owes a report, who sent it, what is wrong, whose turn it is."""

from __future__ import annotations

import streamlit as st

from desk.season import season, years_of
from form.figures import grouped
from form.language import _
from form.today import today
from library.names import sort_key
from pages.parts import scope, shelf
from pages.parts.former_names import is_called
from pages.parts.grid import page_of
from pages.parts.heading import nothing_here, open_page
from pages.parts.markup import show, tag
from pages.parts.registry import entry
from pages.season.aside import show_headcount, show_news, show_reminder
from pages.season.head import opening, terms
from pages.season.lines import in_turn, lines_file, lines_html
from pages.season.noting import offer_noting, show_answer
from pages.season.numbers import pick_why, picked, show_numbers
from pages.season.words import number_names

state = shelf.now()
if not state.roster:
    open_page("season")
    nothing_here(
        _("还没有名册：谁该报年报，由名册说了算。"),
        _("把本年度应报的机构列成名册，这里就按它说谁报了、谁没报、谁的有误。"),
    )
    st.page_link(entry("roster").path, label=_("去建名册"))
    st.stop()

day = today()
years = years_of(state, day)
head, year_box, *buttons = st.columns([2.4, 0.7, 0.7, 0.8, 0.7], vertical_alignment="bottom")
with year_box:
    year = int(st.selectbox(_("年度"), years, key="year", bind="query-params") or years[0])
found = season(shelf.library(), state, year, day)
group = scope.group(state)
agencies = None if group is None else frozenset(state.roster.members(group, year))
with head:
    open_page("season", _("{year} 年度报送").format(year=year))
with buttons[0]:
    if st.button(_("上传报告")):
        st.switch_page(entry("upload").path)
offer_noting(found, *buttons[1:])
show_answer()
show(
    tag("h2", opening(found, agencies), classes="dd-sentence"),
    tag("div", *terms(found, agencies), classes="dd-quiet"),
)
show_numbers(found, agencies)

left, right = st.columns([3.4, 1], gap="medium")
with left:
    organs = found.those(picked(), agencies)
    names = number_names()
    with st.container(horizontal=True, vertical_alignment="center"):
        what = "" if picked() == "due" else _("{name}：").format(name=names[picked()])
        count = _("{what}{n} 家").format(what=what, n=grouped(len(organs)))
        scoped = "" if group is None else _("范围：{group}").format(group=group)
        show(tag("b", count), " ", tag("span", scoped, classes="dd-quiet"))
        asked = st.text_input(
            _("查找机构"),
            key="find",
            bind="query-params",
            placeholder=_("名称或拼音首字母"),
            label_visibility="collapsed",
            width=240,
        )
    if picked() == "doubt":
        organs = pick_why(organs)
    if asked:
        organs = [item for item in organs if is_called(asked, item.agency, sort_key(item.agency))]
    if not organs:
        nothing_here(_("没有符合的机构。"), _("点“应报”看全部。"))
    else:
        ordered = in_turn(organs)
        show(lines_html(ordered[page_of(len(ordered), "page")], ordered, year, day))
        lines_file(ordered, year).button(_("下载 CSV"), "season-csv")
with right:
    show_reminder(found, agencies)
    show_news(found, agencies)
    show_headcount(found)
