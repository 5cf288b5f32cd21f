"""催报: who owes a report, and the letters that remind them."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from desk.letters import LetterNow, due_day, to_remind
from form.figures import grouped
from form.language import _
from outputs.letters import Draft, Head, remind_draft
from pages.letters.composing import Addressee, ask_around, show_letters
from pages.parts import scope, shelf
from pages.parts.grid import Column, grid_html
from pages.parts.heading import nothing_here, sentence
from pages.parts.markup import show


def show_reminders(year: int, letters: Sequence[LetterNow]) -> None:
    """Show who owes a report on a year, by the roster, and the letters that remind them."""
    state = shelf.now()
    own = scope.agencies(state)
    owed = to_remind(shelf.library(), state, year)
    names = [name for name in owed if own is None or name in own]
    if not names:
        nothing_here(
            _("{year} 年度没有要催报的机关。").format(year=year),
            _("谁该报只由名册说；没有名册，就没有人算作缺报。"),
        )
        return
    sent = {
        name: [x.letter for x in letters if x.letter.kind == "remind" and x.letter.agency == name]
        for name in names
    }
    last = {name: [x for x in items if x.year == year][-1:] for name, items in sent.items()}
    never = [name for name in names if not last[name]]
    text = _("{year} 年度还有 {n} 家没有报，其中 {m} 家没有催过")
    sentence(text.format(year=year, n=grouped(len(names)), m=grouped(len(never))))
    picked = st.multiselect(
        _("催报（不选即全部 {n} 家）").format(n=grouped(len(names))),
        names,
        key="remind-organs",
        placeholder=_("全部没有报的"),
    )
    chosen = [name for name in names if name in picked] or list(names)
    around = ask_around("remind")

    def compose(_addressee: Addressee, head: Head) -> Draft:
        return remind_draft(head, due_day(shelf.now(), head.agency, year))

    addressees = [
        Addressee(name, year, round=1 if not last[name] else last[name][0].round + 1)
        for name in chosen
    ]
    show_letters("remind", addressees, around, compose)
    columns = (Column(_("机关")), Column(_("应报日期"), "middle"), Column(_("上次催报")))
    rows = (
        (
            name,
            day.isoformat() if (day := due_day(shelf.now(), name, year)) else "",
            " ".join(f"{x.on.isoformat()} {x.reference}" for x in last[name]),
        )
        for name in names
    )
    show(grid_html(_("没有报的机关"), columns, rows))
