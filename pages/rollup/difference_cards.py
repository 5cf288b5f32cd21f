"""The cards of differences: both numbers, the likeliest cause, what speaks for it, where to look."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from checks.wording import FAILS
from form.figures import grouped
from form.language import _
from measures.rollup.model import Difference, Rollup
from measures.rollup.wording import (
    cause_words,
    equation,
    evidence,
    failing_words,
    gap_words,
    places_name,
    whole_gap,
)
from pages.parts.markup import Markup, joined, link, show, tag
from pages.parts.report_choice import report_href
from pages.rollup.selection import CELL, DIFFERENCE, PART, Selection


def show_differences(selection: Selection, opened: Markup | None) -> None:
    """Show all differences as cards, the chosen one first with the opened cell below it; ← → move."""
    rollup = selection.rollup
    if not rollup.differences:
        if opened is not None:
            show(opened)
        show(tag("div", *_nothing(rollup), classes="dd-card"))
        _show_failing(rollup)
        return
    _stepper(selection)
    chosen = rollup.differences[selection.number - 1]
    with st.container(key="chosen"):
        body = joined((*_body(chosen, rollup, whole=True), _links(chosen, selection)))
        show(tag("div", body, classes="dd-chosen"))
    if opened is not None:
        show(opened)
    for number, item in enumerate(rollup.differences, 1):
        if item is not chosen:
            _show_other(number, item, rollup)
    _show_failing(rollup)


def _show_failing(rollup: Rollup) -> None:
    """Show the sum's own rules that do not hold, and in whose reports they do not."""
    if not rollup.failing:
        return
    lines = [failing_words(outcome, rollup) for outcome in rollup.failing]
    body = (
        part
        for said, whose in lines
        for part in (tag("div", said), tag("div", whose, classes="dd-quiet"))
    )
    show(
        tag(
            "div",
            tag("div", _("汇总表自身不平"), classes="dd-what dd-red"),
            *body,
            classes="dd-card",
        )
    )


def _nothing(rollup: Rollup) -> Iterator[Markup]:
    if rollup.compared:
        yield tag("div", _("没有不同"), classes="dd-what dd-green")
        yield tag("div", _("能比对的格，印发的数都等于各家之和。"), classes="dd-quiet")
    else:
        yield tag("div", _("没有可以比对的印发报告"), classes="dd-what")
        text = _("上级政府自己的年报入库以后，这里逐格比对，并说明每一处不同最可能出自哪一家。")
        yield tag("div", text, classes="dd-quiet")


def choose(number: int, item: Difference) -> None:
    """Keep the choice in the address, and turn to the table that it is about; a callback."""
    st.query_params[DIFFERENCE] = str(number)
    st.query_params[PART] = item.cells[0].partition(".")[0]
    st.query_params.pop(CELL, None)
    st.session_state.pop(f"{PART}-box", None)


def _stepper(selection: Selection) -> None:
    differences = selection.rollup.differences
    with st.container(horizontal=True, vertical_alignment="center", key="stepper"):
        text = _("不同 {n} / {all}").format(
            n=grouped(selection.number), all=grouped(len(differences))
        )
        show(tag("h2", text, classes="dd-heading"))
        if len(differences) > 1:
            before = (selection.number - 2) % len(differences)
            after = selection.number % len(differences)
            _step(_("上一处"), "before", "Left", before + 1, differences[before])
            _step(_("下一处"), "after", "Right", after + 1, differences[after])


def _step(label: str, key: str, arrow: str, number: int, item: Difference) -> None:
    st.button(label, key=key, on_click=choose, args=(number, item), shortcut=arrow)


def _show_other(number: int, item: Difference, rollup: Rollup) -> None:
    with st.container(key=f"finding-{number}"):
        show(tag("div", *_body(item, rollup), classes="dd-card"))
        label = _("查看第 {n} 处：{what}").format(
            n=number, what=places_name(item.cells, rollup.edition)
        )
        st.button(label, key=f"pick-{number}", on_click=choose, args=(number, item))


def _body(item: Difference, rollup: Rollup, *, whole: bool = False) -> Iterator[Markup]:
    yield tag("div", places_name(item.cells, rollup.edition), classes="dd-what")
    place = item.cells[0]
    ours, theirs = equation(rollup, place)
    sums = joined(
        (
            _("各家之和 {n}").format(n=ours),
            " ",
            tag("span", FAILS, classes="dd-sign"),
            " ",
            _("印发 {n}").format(n=theirs),
            " ",
            tag("span", _gap(item, rollup, place), classes="dd-quiet"),
        )
    )
    yield tag("div", sums, classes="dd-equation")
    likeliest = _("最可能：") if item.cause != "none" else ""
    cause = tag("span", cause_words(item, rollup), classes="dd-what")
    yield tag("div", likeliest, cause, classes="dd-likely")
    if whole:
        for line in evidence(item, rollup):
            yield tag("div", line, classes="dd-quiet")


def _gap(item: Difference, rollup: Rollup, place: str) -> str:
    """Return by how much a cell differs, and by how much of it for this cause."""
    whole = whole_gap(rollup, place)
    text = gap_words(whole)
    if whole == item.gaps[place]:
        return text
    return _("共{whole}，这一处{own}").format(whole=text, own=gap_words(item.gaps[place]))


def _links(item: Difference, selection: Selection) -> Markup:
    """Return where to look: the organ's versions, the parent's report."""
    found, rollup = selection.found, selection.rollup
    links = []
    filing = next((one for one in rollup.filings if one.agency == item.agency), None)
    if filing is not None:
        names = sorted({filing.version, *([item.version] if item.version else [])})
        for version in names:
            text = _("看{agency}第 {n} 版").format(agency=filing.agency, n=version)
            links.append(link(text, report_href(filing.agency, found.year, version=version)))
    elif item.agency in found.ids:
        text = _("看{agency}的年报").format(agency=item.agency)
        links.append(link(text, report_href(str(item.agency), found.year)))
    if rollup.printed is not None and found.parent is not None:
        text = _("看印发的报告")
        links.append(link(text, report_href(found.parent, found.year)))
    return tag("div", *(part for one in links for part in (one, "　")), classes="dd-source")
