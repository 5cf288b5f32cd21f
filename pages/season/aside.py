"""What stands beside the list: whom to remind, what is new, who came and went."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import groupby
from typing import Final, Literal

import streamlit as st

from desk.season import Season, reminder, yesterday
from form.figures import grouped
from form.language import _
from pages.parts.heading import heading
from pages.parts.links import href
from pages.parts.markup import Markup, joined, link, show, tag
from pages.season.words import term_words, verdict_words, what_names

_MOST: Final = 8
"""Organs named of each kind of news; the others are counted."""


def show_reminder(found: Season, agencies: Collection[str] | None) -> None:
    """Show the 催报 list as text to copy."""
    missing = found.those("missing", agencies)
    heading(_("催报名单 {n} 家").format(n=grouped(len(missing))))
    if not missing:
        show(tag("div", _("应报的都收到了。"), classes="dd-quiet"))
        return
    st.code(reminder(missing, term_words), language=None, wrap_lines=True, height=_height(missing))

    text = _("写催报函 {n} 份").format(n=grouped(len(missing)))
    show(link(text, href("letters", {"part": _("催报"), "year": found.year})))


def _height(missing: Collection[object]) -> int | Literal["content"]:
    return "content" if len(missing) <= 4 * _MOST else 260


def show_news(found: Season, agencies: Collection[str] | None) -> None:
    """Show what happened since yesterday."""
    heading(_("昨天以来"))
    news = found.since(yesterday(found.day), agencies)
    if not news:
        show(tag("div", _("没有变化。"), classes="dd-quiet"))
        return
    names = what_names()
    parts: list[Markup] = []
    for what, items in groupby(news, key=lambda item: item.what):
        organs = [item.organ for item in items]
        lines = [
            tag("div", organ.agency, " ", tag("span", verdict_words(organ), classes="dd-quiet"))
            for organ in organs[:_MOST]
        ]
        if len(organs) > _MOST:
            more = _("等 {n} 家").format(n=grouped(len(organs)))
            lines.append(tag("div", more, classes="dd-quiet"))
        parts += [tag("dt", names[what]), tag("dd", *lines)]
    show(tag("dl", *parts, classes="dd-facts"))


def show_headcount(found: Season) -> None:
    """Show 户数核对: who is due against last year, and why."""
    heading(_("户数核对"))
    show(*_headcount(found), link(_("看名册"), href("roster", {"year": found.year})))


def _headcount(found: Season) -> Iterator[Markup]:
    count = found.headcount
    said = _("应报 {n} 家").format(n=grouped(count.due))
    if count.before is None:
        yield tag("div", _("{said}，上年没有名册。").format(said=said))
    else:
        yield tag("div", _("{said}，上年 {n} 家。").format(said=said, n=grouped(count.before)))
    for title, rows in (
        (_("新增"), [(row.agency, row.why_from) for row in count.added]),
        (_("减少"), [(row.agency, row.why_to) for row in count.dropped]),
        (
            _("更名"),
            [
                (_("{before} → {after}").format(before=item.before, after=item.after), item.why)
                for item in count.renamed
            ],
        ),
    ):
        if rows:
            named = [
                _("{name}（{why}）").format(name=name, why=why) if why else name
                for name, why in rows[:_MOST]
            ]
            more = _("等 {n} 家").format(n=grouped(len(rows))) if len(rows) > _MOST else ""
            yield tag("div", title, "：", _("、").join(named), more)
    if found.strangers:
        text = _("名册外 {n} 家也有这一年度的报告：").format(n=grouped(len(found.strangers)))
        names = _("、").join(found.strangers[:_MOST])
        yield tag("div", text, joined((names,)), classes="dd-quiet")
    if found.unclaimed:
        waits = _("另有 {n} 份报告待认领").format(n=grouped(found.unclaimed))
        yield tag("div", link(waits, href("library", {"part": _("待认领")})))
