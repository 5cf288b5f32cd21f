"""考评: what is left of the full score of each organ, what took points off, and why."""

from __future__ import annotations

import streamlit as st

from desk.scoring import score_sheet
from desk.season import years_of
from form.figures import digits, grouped
from form.language import _
from form.scoring import FULL
from form.today import today
from outputs.names import file_name
from outputs.score_file import headline, score_workbook
from pages.export.files import WORKBOOK_TYPE
from pages.parts import scope, shelf
from pages.parts.grid import page_of
from pages.parts.heading import nothing_here, open_page, sentence
from pages.parts.markup import show
from pages.parts.registry import entry
from pages.scores.one_organ import show_organ
from pages.scores.ranking import ranking_html
from pages.scores.weights import show_weights

state = shelf.now()
open_page("scores")
if not state.roster:
    nothing_here(_("还没有名册：考评谁，由名册说了算。"))
    st.page_link(entry("roster").path, label=_("去建名册"))
    st.stop()

day = today()
years = years_of(state, day)
with st.container(horizontal=True, vertical_alignment="bottom"):
    year = int(
        st.selectbox(_("年度"), years, key="year", bind="query-params", width=140) or years[0]
    )
    sheet = score_sheet(shelf.library(), state, year, day)
    st.download_button(
        _("下载考评表（Excel）"),
        lambda: score_workbook(sheet),
        file_name(_("年报报送考评"), [year], day, "xlsx"),
        WORKBOOK_TYPE,
        on_click="ignore",
    )
own = scope.agencies(state)
shown = [item for item in sheet.scored if own is None or item.agency in own]
if not shown:
    nothing_here(_("{year} 年度名册上没有应报的机构。").format(year=year))
    st.stop()
rated = [item for item in shown if item.is_rated]
full = sum(item.score == FULL for item in rated)
lowest = [item.agency for item in rated if item.score == rated[-1].score]
if full == len(rated):
    said = _("已评的 {n} 家都没有扣分").format(n=grouped(full))
elif len(lowest) == 1:
    said = _("{n} 家中 {full} 家没有扣分；{name}得分最低，{score} 分").format(
        n=grouped(len(rated)),
        full=grouped(full),
        name=lowest[0],
        score=digits(rated[-1].score),
    )
else:
    said = _("{n} 家中 {full} 家没有扣分；最低 {score} 分，有 {lowest} 家").format(
        n=grouped(len(rated)),
        full=grouped(full),
        score=digits(rated[-1].score),
        lowest=grouped(len(lowest)),
    )
if len(rated) < len(shown):
    said = _("{said}；{n} 家还没有可以计入的数字，未评").format(
        said=said, n=grouped(len(shown) - len(rated))
    )
sentence(said, headline(sheet))
names = [item.agency for item in shown]
if st.session_state.get("organ") not in (None, *names):
    # Of another year, or out of the selection: nothing else is shown in its place.
    st.session_state["organ"] = None
show(ranking_html(shown[page_of(len(shown), "page")], year))
organ = st.selectbox(
    _("看一家的扣分依据"), names, None, key="organ", bind="query-params", placeholder=_("机构")
)
if organ is not None:
    show_organ(shown[names.index(organ)], year)
show_weights(sheet)
