"""资料库 · 机关: what each agency is and was called, and which of them may be one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from form.agencies.proposals import Proposal
from form.agencies.registry import Agency
from form.agencies.telling import level_names, region_words, span_words
from form.agencies.terms import kind_names
from form.figures import grouped
from form.language import _
from form.names import SEPARATOR
from library.names import sort_key
from pages.library.agency_actions import answer, show_answer
from pages.library.one_agency import show_agency, show_terms
from pages.library.organ_links import organ_href
from pages.parts.grid import Column, grid_html, page_of
from pages.parts.heading import chip, heading, nothing_here
from pages.parts.links import href
from pages.parts.markup import Markup, joined, link, show, tag
from pages.parts.picker import bar
from pages.parts.search import matches

_AT_ONCE: Final = 5
"""Proposals shown on a page of them."""


def show_agencies(agencies: Sequence[Agency], proposed: Sequence[Proposal]) -> None:
    """List the agencies; show one of them, and what may be said of it."""
    if not agencies:
        nothing_here(_("还没有机关。"), _("上传的报告认出机构之后，这里列出各机关和它们的沿革。"))
        return
    show_answer()
    by_name = {item.agency: item for item in agencies}
    chosen = by_name.get(st.query_params.get("organ", ""))
    if chosen is not None:
        show(link(_("← 全部机关"), href("library", {"part": _("机关")})))
        show_agency(chosen, agencies)
        return
    _show_proposals(proposed, by_name)
    _show_list(agencies)
    show_terms()


def _show_proposals(proposed: Sequence[Proposal], by_name: dict[str, Agency]) -> None:
    if not proposed:
        return
    heading(
        _("{n} 组疑似同一机关").format(n=grouped(len(proposed))),
        _("只是提示：由人判断。认定之后，两个名称的年报连成一条，可以在操作记录里撤销。"),
    )
    for item in proposed[page_of(len(proposed), "proposals", _AT_ONCE)]:
        key = f"{item.other}-{item.agency}"
        with st.container(
            horizontal=True,
            vertical_alignment="center",
            horizontal_alignment="distribute",
            key=f"proposal-{key}",
        ):
            names = [_spanned(by_name[name]) for name in (item.other, item.agency)]
            show(
                tag("div", names[0], " → ", tag("b", names[1]), classes="dd-entry"),
                tag("div", item.why, classes="dd-quiet"),
            )
            with st.container(horizontal=True, width="content"):
                st.button(_("是同一机关"), key=f"same-{key}", on_click=answer, args=(item, True))
                st.button(_("不是"), key=f"apart-{key}", on_click=answer, args=(item, False))


def _spanned(agency: Agency) -> str:
    return span_words(agency.names[-1])


def _show_list(agencies: Sequence[Agency]) -> None:
    search, switch = bar()
    asked = search.text_input(
        _("查找机关"), key="look", bind="query-params", placeholder=_("现名、曾用名、拼音首字母")
    )
    unsure = switch.toggle(_("只看待确认的"), key="unsure", bind="query-params")
    found = [item for item in agencies if (item.unsure or not unsure) and _is_asked(asked, item)]
    if not found:
        nothing_here(_("没有符合的机关。"), _("换一个词再找。"))
        return
    found.sort(key=lambda item: sort_key(item.agency))
    shown = found[page_of(len(found), "page")]
    columns = (
        Column(_("机关")),
        Column(_("类别"), "middle"),
        Column(_("层级"), "middle"),
        Column(_("地区")),
        Column(_("年报年度"), "middle"),
        Column(_("沿革")),
    )
    show(grid_html(_("机关"), columns, map(_row, shown)))


def _is_asked(asked: str, agency: Agency) -> bool:
    names = " ".join(item.name for item in (*agency.names, *agency.aliases))
    return all(matches(word, names, sort_key(names)) for word in asked.split())


def _row(agency: Agency) -> tuple[object, ...]:
    unsure = chip(_("待确认"), "note")
    level = level_names()[agency.level] if agency.level else ""
    return (
        link(agency.agency, organ_href(agency.agency)),
        kind_names()[agency.kind] if agency.kind else unsure,
        unsure if "level" in agency.unsure else level,
        _region(agency, unsure),
        _years(agency),
        history_words(agency),
    )


def _region(agency: Agency, unsure: Markup) -> object:
    if "region" not in agency.unsure:
        return region_words(agency)
    return joined((region_words(agency), " ", unsure)) if agency.regions else unsure


def _years(agency: Agency) -> str:
    years = agency.years
    if len(years) < 2:
        return f"{years[0]}" if years else ""
    return f"{years[0]}–{years[-1]}"


def history_words(agency: Agency) -> str:
    """Return what an agency was called before, and whom it follows, in a line."""
    said = {
        _("曾用名 {names}"): [span_words(item) for item in agency.names[:-1]],
        _("又作 {names}"): [item.name for item in agency.aliases],
        _("前身 {names}"): agency.predecessors,
        _("后续 {names}"): agency.successors,
    }
    parts = (text.format(names=_("、").join(names)) for text, names in said.items() if names)
    return SEPARATOR.join(parts)
