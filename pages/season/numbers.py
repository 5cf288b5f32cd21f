"""The numbers of a season: each is a filter, and the length of its own list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from typing import Final, cast

import streamlit as st

from desk.season import NUMBERS, Number, Organ, Season
from form.figures import grouped
from form.language import _
from pages.parts.markup import show, tag
from pages.parts.picker import pick_one
from pages.season.words import number_names, why_names

SHOW: Final = "show"
_TONES: Final[Mapping[Number, str]] = {
    "missing": "dd-amber",
    "faultless": "dd-green",
    "wrong": "dd-red",
    "overdue": "dd-amber",
}
_STRIP: Final[Mapping[Number, str]] = {
    "faultless": "dd-strip-good",
    "doubt": "dd-strip-doubt",
    "wrong": "dd-strip-wrong",
    "missing": "dd-strip-missing",
}
_BEGINS_GROUP: Final = ("faultless", "asked")


def picked() -> Number:
    """Return the number whose organs are shown."""
    asked = st.query_params.get(SHOW, "due")
    return cast(Number, asked) if asked in NUMBERS else "due"


def show_numbers(found: Season, agencies: Collection[str] | None) -> None:
    """Show every number as a card that is a button, and the partition as a strip."""
    current, names, details = picked(), number_names(), _details(found, agencies)
    with st.container(horizontal=True, key="numbers", gap=None):
        for number in NUMBERS:
            count = found.count(number, agencies)
            mark = " dd-begins" if number in _BEGINS_GROUP else ""
            with st.container(key=f"number-{number}", width=104):
                show(
                    tag(
                        "div",
                        tag("div", names[number], classes="dd-card-label"),
                        tag(
                            "div",
                            grouped(count),
                            classes=f"dd-card-number {_TONES.get(number, '') if count else ''}",
                        ),
                        tag("div", details.get(number, ""), classes="dd-card-detail"),
                        classes=f"dd-tally{mark}{' dd-on' if number == current else ''}",
                    )
                )
                st.button(
                    _("只看{name} {n} 家").format(name=names[number], n=grouped(count)),
                    key=f"pick-{number}",
                    on_click=_pick,
                    args=(number,),
                )
    _show_strip(found, agencies)


def _pick(number: Number) -> None:
    """Show those that a number counts; once more, all again."""
    if number == "due" or number == picked():
        st.query_params.pop(SHOW, None)
    else:
        st.query_params[SHOW] = number
    if "page" in st.session_state:
        st.session_state["page"] = 1


def pick_why(organs: Sequence[Organ]) -> list[Organ]:
    """Show why these are 待核, and return those with the reason that is picked."""
    names = why_names()
    counts = Counter(why for organ in organs for why in organ.why)
    if len(counts) < 2:
        return list(organs)
    words = {
        _("全部"): None,
        **{
            _("{why} {n}").format(why=names[why], n=grouped(counts[why])): why
            for why in names
            if counts[why]
        },
    }
    why = words[pick_one(_("为什么待核"), list(words), "why")]
    return [organ for organ in organs if why is None or why in organ.why]


def _show_strip(found: Season, agencies: Collection[str] | None) -> None:
    names = number_names()
    counts = {number: found.count(number, agencies) for number in _STRIP}
    said = _("，").join(f"{names[number]} {grouped(n)}" for number, n in counts.items() if n)
    parts = (
        tag("span", classes=_STRIP[number], style=f"flex-grow: {n}")
        for number, n in counts.items()
        if n
    )
    show(tag("div", *parts, classes="dd-strip", role="img", aria_label=said))


def _details(found: Season, agencies: Collection[str] | None) -> dict[Number, str]:
    """Return what stands below each number."""
    before = found.headcount.before
    new = sum(
        item.what == "received" for item in found.since(found.day - timedelta(days=1), agencies)
    )
    stood = sum(bool(organ.verdict.let_stand) for organ in found.those("faultless", agencies))
    wrong = found.those("wrong", agencies)
    unasked = sum(organ.letter is None for organ in wrong)
    late = sum(bool(organ.late) for organ in found.those("received", agencies))
    again = found.those("resubmitted", agencies)
    mended = sum(organ.place == "faultless" for organ in again)
    done = found.count("faultless", agencies) - sum(
        organ.publication is not None for organ in found.those("faultless", agencies)
    )
    arrived = {_("新 {n}"): new, _("迟 {n}"): late}
    texts: Mapping[Number, tuple[str, int | None]] = {
        "due": (_("上年 {n}"), before if agencies is None else None),
        "faultless": (_("{n} 家经说明"), stood),
        "wrong": (_("{n} 家未函"), unasked),
        "resubmitted": (_("改好 {n}"), mended),
        "published": (_("待公布 {n}"), done),
    }
    said = {number: text.format(n=grouped(n)) for number, (text, n) in texts.items() if n}
    came = _("，").join(text.format(n=grouped(n)) for text, n in arrived.items() if n)
    return {**said, "received": came}
