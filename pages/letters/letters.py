"""函件: letters to organs about the errors of their reports, reminders, and what came back."""

from __future__ import annotations

import streamlit as st

from desk.letters import letters_now, received_days
from form.language import _
from form.today import today
from pages.letters.acting import show_outcome
from pages.letters.checks import show_checks
from pages.letters.one_organ import show_organ
from pages.letters.reminders import show_reminders
from pages.letters.sent import show_sent
from pages.letters.setup import show_setup
from pages.parts import shelf
from pages.parts.heading import nothing_here, open_page
from pages.parts.letter_links import parts, year_asked
from pages.parts.picker import known_years, pick_one
from pages.parts.registry import entry

state = shelf.now()
letters = letters_now(state, shelf.letters(), today(), received_days(shelf.library(), state))
organ, year = st.query_params.get("organ"), year_asked()
if organ and year:
    show_outcome()
    show_organ(organ, year, letters)
    st.stop()

open_page("letters")
show_outcome()
names = parts()
known = {*known_years(state.counted), *(item.letter.year for item in letters)}
# The year that is due now has no report yet when the first reminders go out.
years = sorted(known | ({today().year - 1} if state.roster else set()), reverse=True)
if st.session_state.get("year") not in (None, *years):
    # Another page may have been at a year of which there is nothing here.
    del st.session_state["year"]
with st.container(horizontal=True, vertical_alignment="bottom"):
    part = pick_one(_("函件"), list(names.values()), "part")
    if years and part != names["setup"]:
        with st.container(width=120):
            chosen = st.selectbox(_("年度"), years, key="year", bind="query-params")
if part == names["setup"]:
    show_setup()
elif not years:
    nothing_here(_("还没有报告。"), _("上传的报告核对之后，这里给有错误的机关写函。"))
    st.page_link(entry("upload").path, label=_("去上传报告"))
elif part == names["remind"]:
    show_reminders(int(chosen or years[0]), letters)
elif part == names["sent"]:
    show_sent(int(chosen or years[0]), letters)
else:
    show_checks(int(chosen or years[0]), letters)
