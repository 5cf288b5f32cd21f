"""Several reports on one year: side by side where they differ, and what a person can say of them."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from desk.rivals import Dispute, Rival, dispute, disputed
from form.figures import grouped, printed
from form.filing import Beside
from form.language import _
from form.names import cell_name_in
from form.report import Cell
from library.errors import LibraryError
from library.names import version_name
from pages.parts import shelf
from pages.parts.heading import heading
from pages.parts.markup import Markup, joined, link, scrolling, show, tag
from pages.parts.person import person
from pages.parts.report_choice import report_href
from pages.report.finding_body import equation_html

AT_ONCE = 10
"""Agencies' years that are shown at once; the others follow as these are said."""
CELLS = 20
"""Differing cells that a card lists; the reports side by side have them all."""
_SIGNS = "甲乙丙丁戊己庚辛壬癸"


def show_choices(batch: int | None = None) -> None:
    """Ask of each agency's year with several reports which counts; nothing where none has any."""
    state = shelf.now()
    asked = disputed(state, batch)
    if not asked:
        return
    found = [dispute(shelf.desk(), state, *whose) for whose in asked[:AT_ONCE]]
    heading(
        _("先定这 {n} 件").format(n=grouped(len(asked))),
        _(
            "同一批里收到不止一份的，定下之前不计入任何统计；隔批收到新版的，先按新版计入，待您确认。"
        ),
    )
    for item in found:
        with st.container(border=True, key=f"choose-{item.rivals[0].report_id}"):
            show(tag("div", _title(item), classes="dd-what"), _table(item))
            _buttons(item)


def _title(item: Dispute) -> str:
    text = _("{agency} {year}：收到 {n} 份不同的，哪份算数？")
    if not item.is_open:
        text = _("{agency} {year}：后收到的一份是更正吗？目前以它计入，待确认")
    return text.format(agency=item.agency, year=item.year, n=grouped(len(item.rivals)))


def _sign(place: int) -> str:
    return _SIGNS[place] if place < len(_SIGNS) else grouped(place + 1)


def _table(item: Dispute) -> Markup:
    heads = [
        tag("th", tag("b", _sign(place)), " ", _file_link(item, rival), scope="col")
        for place, rival in enumerate(item.rivals)
    ]
    rows = [
        tag("tr", tag("th", _("勾稽关系"), scope="row"), *map(_standing, item.rivals)),
        *_cells(item),
    ]
    said = [_("其余 {n} 格相同").format(n=grouped(item.alike))]
    if len(item.differing) > CELLS:
        more = len(item.differing) - CELLS
        said.insert(0, _("另有 {n} 格不同").format(n=grouped(more)))
    said.append(
        _("正文有 {n} 段不同").format(n=grouped(item.texts)) if item.texts else _("正文相同")
    )
    last = tag("td", _("，").join(said), classes="dd-quiet", colspan=len(heads) + 1)
    table = tag(
        "table",
        tag("caption", _("不同的格")),
        tag("thead", tag("tr", tag("th", "", scope="col"), *heads)),
        tag("tbody", *rows, tag("tr", last)),
    )
    return scrolling(_("不同的格"), table)


def _file_link(item: Dispute, rival: Rival) -> Markup:
    address = report_href(item.agency, item.year, version=rival.version)
    return joined(
        (
            link(rival.file, address),
            " ",
            tag("span", version_name(rival.version), classes="dd-quiet"),
        )
    )


def _standing(rival: Rival) -> Markup:
    errors, doubts = len(rival.verdict.errors), len(rival.verdict.doubts)
    parts = []
    if errors:
        parts.append(tag("b", _("{n} 处错误").format(n=grouped(errors)), classes="dd-red"))
    else:
        parts.append(tag("span", _("没有错误")))
    if doubts:
        parts.append(tag("span", _("，{n} 处待核").format(n=grouped(doubts)), classes="dd-quiet"))
    return tag("td", *parts)


def _cells(item: Dispute) -> Iterator[Markup]:
    for address, cells in list(item.differing.items())[:CELLS]:
        rival = next(one for one in item.rivals if address in one.report.cells)
        name = cell_name_in(rival.report, address)
        values = (
            tag("td", _said(cell), *(_equation(text) for text in rival.equations(address)))
            for cell, rival in zip(cells, item.rivals, strict=True)
        )
        yield tag("tr", tag("th", name, scope="row"), *values)


def _equation(text: str) -> Markup:
    return tag("div", equation_html(text), classes="dd-quiet")


def _said(cell: Cell | None) -> Markup:
    return tag("b", _("没有这张表") if cell is None else printed(cell) or _("空"))


def _buttons(item: Dispute) -> None:
    """Offer what can be said, none before the others."""
    ids = [rival.report_id for rival in item.rivals]
    signs = {number: _sign(place) for place, number in enumerate(ids)}
    pair = len(ids) == 2
    with st.container(horizontal=True):
        for number in ids:
            _button(_("只留{one}").format(one=signs[number]), number, ids, "only")
        for number in reversed(ids):
            other = signs[next(one for one in ids if one != number)] if pair else _("其余")
            words = _("都留，{one}更正{other}").format(one=signs[number], other=other)
            _button(words, number, ids, "corrects")
    if item.is_open:
        show(
            tag("div", _("拿不准就先放着，或问对方：未定会一直留着，不计入。"), classes="dd-quiet")
        )


def _button(words: str, number: int, ids: list[int], how: Beside) -> None:
    others = [one for one in ids if one != number]
    st.button(words, key=f"{how}-{number}", on_click=_say, args=(number, others, how))


def _say(number: int, others: list[int], how: Beside) -> None:
    """Write down what a person says; a callback."""
    try:
        shelf.library().choose_between(number, others, how, person())
    except LibraryError as error:
        st.toast(error.message)
        return
    st.toast(_("已记下。操作记录里可以撤销。"))
