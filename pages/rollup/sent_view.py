"""Roll-ups that were sent upwards: kept with their workbook, and what is otherwise since then."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

import streamlit as st

from desk.rollups import Since, since, submission_of
from form.editions import EDITION_KEYS
from form.figures import DASH_SIGN, UNKNOWN_SIGN, grouped
from form.language import _
from form.model import EditionKey
from form.names import cell_name
from form.submitted import Submission
from form.today import today
from library.errors import LibraryError
from outputs.names import file_name
from outputs.rollup import About, rollup_workbook
from outputs.workbook import app_version
from pages.export.files import WORKBOOK_TYPE
from pages.parts import shelf
from pages.parts.grid import Column, grid_html
from pages.parts.heading import heading, note
from pages.parts.markup import Markup, link, show, tag
from pages.parts.person import person
from pages.rollup.members_view import OUTCOME
from pages.rollup.selection import PART, Selection, scope_names

_ON, _WHY = "submit-on", "submit-why"
_MOST: Final = 40


def workbook_name(selection: Selection) -> str:
    """Return the name of the workbook as of today."""
    found = selection.found
    title = _("{parent}汇总表（{scope}）").format(
        parent=found.parent or "", scope=scope_names()[found.scope]
    )
    return file_name(title, [found.year], today(), "xlsx")


def workbook(selection: Selection) -> bytes:
    """Return the workbook of all editions of the year."""
    found = selection.found
    return rollup_workbook(found.rollups, About(found.changed_at, app_version()))


def show_changed_note(selection: Selection) -> None:
    """Say that what was sent last is otherwise now."""
    sent = selection.found.submissions
    if not sent or selection.found.group is not None:
        return
    told = since(sent[-1], selection.found)
    if told:
        text = _("与 {day} 上报时不同：{what}。").format(day=_day(sent[-1]), what=_in_short(told))
        note(text, " ", link(_("看上报记录"), selection.href(**{PART: "sent"})))


def show_sent(selection: Selection) -> None:
    """Show what was sent, newest first, each with what is otherwise now; then the box to keep one."""
    sent = selection.found.submissions
    for item in reversed(sent):
        _show_one(selection, item, is_last=item is sent[-1])
    if not sent:
        show(tag("p", _("这个口径还没有上报过。"), classes="dd-quiet"))
    if selection.found.group is None:
        _show_form(selection)
    else:
        text = _("现在只看名册里的一组；要留存，请先在左边“范围”里选回全部机构。")
        show(tag("p", text, classes="dd-quiet"))


def _show_one(selection: Selection, sent: Submission, *, is_last: bool) -> None:
    told = since(sent, selection.found)
    with st.container(border=True, key=f"sent-{sent.number}"):
        head = _("{day} 上报，{who}").format(day=_day(sent), who=sent.who or _("未署名"))
        show(tag("div", head, classes="dd-what"))
        facts = _("{n} 家；校验值 {hash}…；操作记录第 {number} 条").format(
            n=grouped(len({name for one in sent.editions.values() for name in one.versions})),
            hash=sent.sha256[:12],
            number=sent.number,
        )
        show(tag("div", f"{facts}　{sent.reason}".strip(), classes="dd-quiet"))
        if told:
            text = _("与上报时不同：{what}").format(what=_in_short(told))
            show(tag("div", text, classes="dd-amber"))
            if is_last:
                show(_changes(told))
        else:
            show(tag("div", _("与上报时相同"), classes="dd-green"))
        with st.container(horizontal=True):
            st.download_button(
                _("下载上报的工作簿"),
                lambda: shelf.library().rollups.workbook(sent),
                file_name=sent.name,
                mime=WORKBOOK_TYPE,
                key=f"sent-file-{sent.number}",
                on_click="ignore",
            )
            st.button(_("撤销这次留存"), key=f"unsend-{sent.number}", on_click=_undo, args=(sent,))


def _day(sent: Submission) -> str:
    return sent.on.isoformat() if sent.on is not None else DASH_SIGN


def _in_short(told: Since) -> str:
    counts = {
        _("{n} 格的数变了"): len(told.figures),
        _("{n} 家换了版本"): len(told.changed),
        _("新计入 {n} 家"): len(told.added),
        _("不再计入 {n} 家"): len(told.gone),
    }
    return _("，").join(text.format(n=grouped(n)) for text, n in counts.items() if n)


def _changes(told: Since) -> Markup:
    """Return the cells that are otherwise, then and now, and whose versions are."""
    columns = (
        Column(_("格")),
        Column(_("上报时"), "number"),
        Column(_("现在"), "number"),
    )
    names = {
        _("换版"): told.changed,
        _("新计入"): told.added,
        _("不再计入"): told.gone,
    }
    whose = [f"{text}：{_('、').join(items)}" for text, items in names.items() if items]
    rows = list(_lines(told))
    return tag(
        "div",
        *(tag("div", text) for text in whose),
        grid_html(_("与上报时不同的格"), columns, rows[:_MOST]) if rows else "",
        tag("div", _("另有 {n} 格").format(n=grouped(len(rows) - _MOST)), classes="dd-quiet")
        if len(rows) > _MOST
        else "",
    )


def _lines(told: Since) -> Iterator[tuple[str, str, str]]:
    for (edition, place), (then, now) in told.figures.items():
        key: EditionKey = next(item for item in EDITION_KEYS if item == edition)
        yield cell_name(place, key), then or UNKNOWN_SIGN, now or UNKNOWN_SIGN


def _show_form(selection: Selection) -> None:
    heading(
        _("留存一次上报"),
        _("把现在这份汇总表连同工作簿、各家版次和每一格的数存下来，以后的更正会与它对照。"),
    )
    with st.form("submit", border=False):
        on, why = st.columns([1, 2], gap="small")
        on.date_input(_("上报日期"), value=today(), key=_ON, format="YYYY-MM-DD")
        why.text_input(_("备注"), key=_WHY, max_chars=200, placeholder=_("例如：报省政府办公厅"))
        st.form_submit_button(_("留存"), type="primary", on_click=_submit, args=(selection,))


def _submit(selection: Selection) -> None:
    """Keep what is shown as sent; a callback."""
    on, why = st.session_state.get(_ON), str(st.session_state.get(_WHY, ""))
    day = on if isinstance(on, date) else today()
    sent = submission_of(selection.found, workbook_name(selection))
    try:
        shelf.library().rollups.submit(sent, workbook(selection), day, person(), why)
    except LibraryError as error:
        st.session_state[OUTCOME] = (error.message, True)
        return
    st.session_state[OUTCOME] = (_("已留存 {day} 上报的汇总表。").format(day=day), False)


def _undo(sent: Submission) -> None:
    try:
        shelf.library().log.undo(sent.number, person())
    except LibraryError as error:
        st.session_state[OUTCOME] = (error.message, True)
        return
    st.session_state[OUTCOME] = (_("已撤销 {day} 的留存。").format(day=_day(sent)), False)
