"""The points of one organ: each with its evidence, and what somebody said of it."""

from __future__ import annotations

from typing import Final

import streamlit as st

from form.figures import digits, grouped
from form.language import _
from form.scoring import Word, item_names, word_names
from library.errors import LibraryError
from measures.scoring import Point, Scored
from outputs.score_file import point_words
from pages.parts import shelf
from pages.parts.grid import Column, grid_html
from pages.parts.heading import heading, note
from pages.parts.links import href
from pages.parts.markup import Markup, link, show, tag
from pages.parts.person import person

_SAID: Final = "score-said"


def show_organ(item: Scored, year: int) -> None:
    """Show the points of an organ, and the box in which one is struck or upheld."""
    show(tag("div", id="points"))
    heading(
        _("{name}：{score}").format(name=item.agency, score=_score(item)),
        _("{n} 条依据").format(n=grouped(len(item.points))),
    )
    failed = st.session_state.pop(_SAID, None)
    if failed:
        note(failed)
    if not item.points:
        show(tag("div", _("没有扣分的依据。"), classes="dd-quiet"))
        return
    names = item_names()
    columns = (Column(_("项目")), Column(_("依据")), Column(_("认定")), Column(_("证据")))
    rows = (
        (names[point.item], point.says, point_words(point), _evidence(item, point, year))
        for point in item.points
    )
    show(grid_html(_("扣分依据"), columns, rows))
    _show_form(item, year)


def _score(item: Scored) -> str:
    if not item.is_rated:
        return _("未评，还没有可以计入的数字")
    return _("{n} 分").format(n=digits(item.score))


def _evidence(item: Scored, point: Point, year: int) -> Markup | str:
    if point.finding is not None:
        address = {"agency": item.agency, "year": year, "finding": point.finding}
        return link(_("看报告"), href("report", address))
    if point.letter is not None:
        return link(_("看函件"), href("letters", {"year": year}))
    return link(_("看报送"), href("season", {"year": year, "find": item.agency}))


def _show_form(item: Scored, year: int) -> None:
    """Show the box in which a point is struck or upheld; and the one that takes a word back."""
    names = item_names()

    def named(place: int) -> str:
        point = item.points[place]
        return f"{names[point.item]}：{point.says}"

    with (
        st.popover(_("认定一条"), key=f"ruling-box-{item.agency}-{year}"),
        st.form(f"ruling-{item.agency}-{year}", border=False),
    ):
        st.selectbox(_("哪一条"), range(len(item.points)), key="ruling-point", format_func=named)
        words = word_names()
        st.radio(
            _("认定"),
            list(words),
            key="ruling-word",
            horizontal=True,
            format_func=lambda word: words[word],
        )
        st.text_input(_("理由"), key="ruling-why", max_chars=200)
        st.form_submit_button(_("记下认定"), type="primary", on_click=_rule, args=(item, year))
    told = [point for point in item.points if point.ruling is not None]
    for point in told:
        ruling = point.ruling
        if ruling is not None and st.button(
            _("撤销认定：{point}").format(point=named(item.points.index(point))),
            key=f"unrule-{ruling.number}",
            type="tertiary",
            on_click=_undo,
            args=(ruling.number,),
        ):
            pass


def _rule(item: Scored, year: int) -> None:
    state = st.session_state
    point = item.points[state["ruling-point"]]
    word: Word = state["ruling-word"]
    try:
        shelf.library().scores.rule(
            item.agency, year, point.item, point.evidence, word, state["ruling-why"], person()
        )
    except LibraryError as error:
        state[_SAID] = error.message


def _undo(number: int) -> None:
    try:
        shelf.library().log.undo(number, person())
    except LibraryError as error:
        st.session_state[_SAID] = error.message
