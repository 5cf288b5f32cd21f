"""One agency: its names and years, what it is, whom it follows, and boxes to say so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, cast

import streamlit as st

from form.agencies.registry import Agency, Part, Said
from form.agencies.telling import level_names, region_words
from form.agencies.terms import TERMS, Term, kind_names
from form.agencies.words import Kind
from form.decisions import Decision, taken_back
from form.language import _
from form.today import minute, today
from library.log_frame import action_names, agency_words
from pages.library.agency_actions import (
    join,
    link,
    set_part,
    set_term,
    undo,
)
from pages.library.organ_links import organ_href
from pages.parts import shelf
from pages.parts.grid import Column, grid_html
from pages.parts.heading import chip, heading
from pages.parts.markup import link as to
from pages.parts.markup import show, tag
from pages.parts.report_choice import report_href

_FIRST_YEAR: Final = 2008


def show_agency(agency: Agency, others: Sequence[Agency]) -> None:
    """Show an agency, and what may be said of it."""
    heading(agency.agency, _what(agency))
    _show_names(agency)
    _show_parts(agency)
    names = [item.agency for item in others if item.agency != agency.agency]
    _show_link(agency, names)
    _show_join(agency, names)
    _show_entries(agency)


def _what(agency: Agency) -> str:
    kind = kind_names()[agency.kind] if agency.kind else _("类别待确认")
    level = level_names()[agency.level] if agency.level else ""
    return _("，").join(filter(None, (kind, level, region_words(agency))))


def _show_names(agency: Agency) -> None:
    """List the names with the years of their reports, each a link to the report."""
    told = [
        *((item, _("曾用名")) for item in agency.names[:-1]),
        (agency.names[-1], _("现名")),
        *((item, _("另一种写法")) for item in agency.aliases),
    ]
    rows = [(item.name, way, _year_links(agency.agency, item.years)) for item, way in told]
    rows += [
        (to(name, organ_href(name)), way, "")
        for way, names in ((_("前身"), agency.predecessors), (_("后续"), agency.successors))
        for name in names
    ]
    columns = (Column(_("名称")), Column(_("是"), "middle"), Column(_("年报")))
    show(grid_html(_("名称与沿革"), columns, rows))


def _year_links(agency: str, years: Sequence[int]) -> object:
    links = [to(str(year), report_href(agency, year)) for year in years]
    return tag("span", *[part for item in links for part in (item, " ")])


def _show_parts(agency: Agency) -> None:
    """Show a box for each thing that the name may leave open."""
    registry = shelf.registry()
    told = registry.told(agency.agency)
    heading(_("类别、层级、地区"), _("默认由名称认定；改动记入操作记录，类别决定公布期限。"))
    boxes = st.columns(4, gap="small", vertical_alignment="bottom")
    by_name = _("按名称认定")
    options: Mapping[Part, Mapping[str, str]] = {
        "kind": {"": by_name, **{str(key): name for key, name in kind_names().items()}},
        "level": {"": by_name, **{str(key): name for key, name in level_names().items()}},
    }
    labels: dict[Part, str] = {"kind": _("类别"), "level": _("层级")}
    for box, (part, names) in zip(boxes, options.items(), strict=False):
        value = told[part].value if part in told else ""
        key = _box(agency, part, told)
        box.selectbox(
            labels[part],
            list(names),
            index=list(names).index(value) if value in names else 0,
            format_func=names.__getitem__,
            key=key,
            on_change=set_part,
            args=(agency.agency, part, key),
        )
    texts: dict[Part, tuple[str, str]] = {
        "region": (_("地区"), region_words(agency)),
        "parent": (_("上级机关"), _("机关全称")),
    }
    for box, (part, (label, hint)) in zip(boxes[2:], texts.items(), strict=True):
        key = _box(agency, part, told)
        box.text_input(
            label,
            value=_shown(agency, part) if part in told else "",
            placeholder=hint,
            key=key,
            on_change=set_part,
            args=(agency.agency, part, key),
        )


def _box(agency: Agency, part: Part, told: Mapping[Part, Said]) -> str:
    """Return the key of a box: another for each agency and each word, whose value it is to have."""
    return f"said-{part}-{agency.agency}-{told[part].number if part in told else 0}"


def _shown(agency: Agency, part: Part) -> str:
    if part == "parent":
        return agency.parent or ""
    return agency.region.full_name if agency.region else ""


def _show_link(agency: Agency, names: Sequence[str]) -> None:
    with st.expander(_("关联另一个名称")), st.form("link-form", clear_on_submit=True):
        ways = {"name": _("曾用名"), "alias": _("另一种写法")}
        name, how, reason = st.columns([3, 2, 3], vertical_alignment="bottom")
        name.selectbox(
            _("名称"),
            names,
            index=None,
            key="link-name",
            accept_new_options=True,
            placeholder=_("选一家，或写一个名称"),
        )
        how.radio(
            _("是"), list(ways), format_func=ways.__getitem__, horizontal=True, key="link-how"
        )
        reason.text_input(_("依据"), key="link-reason", placeholder=_("如机构改革文件"))
        st.caption(_("该名称的年报都归到本机关名下，原来的名称仍写在年报上；可以撤销。"))
        st.form_submit_button(_("关联"), on_click=link, args=(agency.agency,))


def _show_join(agency: Agency, names: Sequence[str]) -> None:
    with st.expander(_("合并或分出")), st.form("join-form", clear_on_submit=True):
        ways = {"merge": _("并入本机关"), "split": _("分出本机关")}
        before, how, since = st.columns([4, 3, 2], vertical_alignment="bottom")
        before.multiselect(_("前身机关"), names, key="join-names", placeholder=_("选一家或几家"))
        how.radio(
            _("方式"), list(ways), format_func=ways.__getitem__, horizontal=True, key="join-how"
        )
        since.number_input(
            _("本机关自哪一年度起报告"),
            min_value=_FIRST_YEAR,
            max_value=today().year,
            value=None,
            step=1,
            key="join-year",
        )
        st.text_input(_("依据"), key="join-reason", placeholder=_("如机构改革文件"))
        st.caption(_("并入的，上年结转与各前身结转下年之和核对；分出的不核对。"))
        st.form_submit_button(_("记下"), on_click=join, args=(agency.agency,))


def _show_entries(agency: Agency) -> None:
    """List what was said of the agency, each to be taken back."""
    everything = shelf.library().agencies.entries()
    gone = taken_back(everything)
    registry = shelf.registry()
    own = [
        item
        for item in everything
        if item.undoes is None
        and agency.agency
        in {registry.agency(name) for name in (item.agency, item.from_agency) if name}
    ]
    if not own:
        return
    heading(_("已有的认定"), _("都在操作记录里；撤销也是一条记录。"))
    for item in reversed(own):
        with st.container(
            horizontal=True,
            vertical_alignment="center",
            horizontal_alignment="distribute",
            key=f"organ-entry-{item.number}",
        ):
            show(_entry(item, gone=item.number in gone))
            if item.number not in gone:
                st.button(
                    _("撤销"), key=f"organ-undo-{item.number}", on_click=undo, args=(item.number,)
                )


def _entry(item: Decision, *, gone: bool) -> object:
    what = _("：").join(filter(None, agency_words(item)))
    by = _("第 {n} 条，{when}，{who}").format(
        n=item.number, when=minute(item.at), who=item.who or _("未署名")
    )
    return tag(
        "div",
        tag(
            "div",
            tag("b", action_names()[item.action]),
            " ",
            what,
            " ",
            chip(_("已撤销")) if gone else "",
        ),
        tag("div", item.reason, classes="dd-likely") if item.reason else "",
        tag("div", by, classes="dd-quiet"),
        classes="dd-entry",
    )


def show_terms() -> None:
    """Show by when each kind has to publish, and boxes for local terms."""
    registry = shelf.registry()
    with st.expander(_("公布期限")):
        columns = (Column(_("类别")), Column(_("期限"), "middle"), Column(_("依据")))
        rows = (
            (name, *_term(registry.terms.get(kind) or TERMS.get(kind)))
            for kind, name in kind_names().items()
        )
        show(grid_html(_("公布期限"), columns, rows))
        with st.form("term-form", clear_on_submit=True):
            kind, day, source = st.columns([2, 1, 4], vertical_alignment="bottom")
            kind.selectbox(_("类别"), list(kind_names()), format_func=_kind_name, key="term-kind")
            day.text_input(_("月和日"), key="term-day", placeholder=_("02-20，留空即取消"))
            source.text_input(_("依据"), key="term-source", placeholder=_("当地规定的名称"))
            st.form_submit_button(_("设定本地期限"), on_click=set_term)


def _kind_name(kind: str) -> str:
    return kind_names()[cast(Kind, kind)]


def _term(term: Term | None) -> tuple[str, str]:
    if term is None:
        return _("没有"), _("《条例》没有规定")
    day = _("{month} 月 {day} 日").format(month=term.month, day=term.day)
    return day, term.source or _("《政府信息公开条例》第四十九条")
