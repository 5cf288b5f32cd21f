"""The boxes that choose what is compared: agencies, years, a measure; all kept in the address."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from desk.desk import State
from form.figures import grouped
from form.language import _
from measures.dictionary import MEASURES
from measures.measure import Group, Measure
from measures.words import group_names
from pages.parts import scope, shelf
from pages.parts.former_names import is_called
from pages.parts.heading import nothing_here, open_page
from pages.parts.registry import PageKey, entry


def open_comparison(page: PageKey) -> State:
    """Open a page that compares, and return what it compares; stop where no report counts."""
    open_page(page)
    state = shelf.now()
    if state.counted.empty:
        nothing_here(
            _("还没有可以比较的报告。"),
            _("上传的报告认出机构和年度之后，这里就能比较各机构、各年度的数字。"),
        )
        with st.container(horizontal=True):
            st.page_link(entry("upload").path, label=_("去上传报告"))
            st.page_link(entry("overview").path, label=_("先导入样例看看"))
        st.stop()
    return state


def bar(*widths: float) -> list[DeltaGenerator]:
    """Return the places of one bar that holds the boxes together: two wide ones, then these."""
    with st.container(key="bar"):
        return st.columns([1, 2, *widths], gap="small", vertical_alignment="bottom")


def pick_agencies(state: State, search: DeltaGenerator, box: DeltaGenerator) -> list[str]:
    """Return the agencies chosen, all of them where none is."""
    known = scope.known(state)
    asked = search.text_input(
        _("查找机构"), key="look-for", placeholder=_("名称或拼音首字母"), live="300ms"
    )
    chosen = [name for name in st.session_state.get("agencies", []) if name in known]
    options = list(known)
    if asked:
        options = [
            name
            for name, pinyin in known.items()
            if name in chosen or is_called(asked, name, pinyin)
        ]
    label = _("机构（不选即全部 {n} 家）").format(n=grouped(len(known)))
    picked = box.multiselect(
        label,
        options,
        key="agencies",
        bind="query-params",
        placeholder=_("全部机构"),
    )
    return picked or list(known)


def known_years(reports: pd.DataFrame) -> list[int]:
    """Return the years that any report is on, newest first."""
    return sorted(map(int, reports["year"].unique()), reverse=True)


def pick_year(reports: pd.DataFrame) -> int:
    """Return one year; the newest by default."""
    years = known_years(reports)
    year = st.selectbox(_("年度"), years, key="year", bind="query-params")
    return int(year or years[0])


def pick_years(reports: pd.DataFrame) -> list[int]:
    """Return the years from one to another; all by default."""
    known = known_years(reports)
    first, last = known[-1], known[0]
    if first == last:
        st.text_input(_("年度"), str(first), disabled=True)
        return [first]
    years = list(range(first, last + 1))
    start, end = st.select_slider(
        _("年度"), years, value=(first, last), key="years", bind="query-params"
    )
    return list(range(int(start), int(end) + 1))


def pick_measure(groups: Collection[Group]) -> Measure:
    """Return one measure of these groups; the first by default."""
    names = group_names()
    offered = {
        f"{names[item.group]}：{item.label}" if len(groups) > 1 else item.label: item
        for item in MEASURES.values()
        if item.group in groups
    }
    chosen = st.selectbox(_("指标"), list(offered), key="measure", bind="query-params")
    return offered.get(chosen or "", next(iter(offered.values())))


def pick_one(label: str, options: Sequence[str], key: str, *, named: bool = False) -> str:
    """Return one of a few words; the first by default. `named` shows the label above them."""
    picked = st.segmented_control(
        label,
        options,
        default=options[0],
        required=True,
        key=key,
        bind="query-params",
        label_visibility="visible" if named else "collapsed",
    )
    return picked or options[0]


def without_suspects(table: pd.DataFrame) -> list[str]:
    """Show the switch that leaves doubtful values out; return the agencies to leave out."""
    out = st.toggle(_("排除有问题的数值"), key="exclude", bind="query-params")
    return table.loc[table["suspect"], "agency"].tolist() if out else []
