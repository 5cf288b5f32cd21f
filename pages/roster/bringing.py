"""Bringing a roster in: pasted or from a file, looked at before anything is written."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Final

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from desk.rosters import lines_of_file, lines_of_text, planned
from form.figures import grouped
from form.language import _
from form.roster import field_names, value_words
from form.roster_lines import Lines
from form.roster_plan import Plan, Planned, status_names
from library.errors import LibraryError
from pages.parts import shelf
from pages.parts.grid import Column, grid_html, page_of
from pages.parts.heading import heading, note
from pages.parts.markup import show, tag
from pages.roster.actions import MEANT, PASTED, REASON, bring, mean, mean_new

_ASKED_AT_ONCE: Final = 20
_READ: Final = "roster-read"


def show_import(year: int) -> None:
    """Show where to put a list, then what it would do, then the button that does it."""
    left, right = st.columns([1.4, 1], gap="medium")
    with left:
        st.text_area(
            _("贴入名单或表格"),
            key=PASTED,
            height=150,
            placeholder=_("一行一家；从表格复制时连同标题行，标题里要有“机构名称”"),
        )
    with right:
        place = st.session_state.setdefault("roster-upload", 0)
        upload = st.file_uploader(_("或选一份表格（xlsx、csv、Word）"), key=f"roster-file-{place}")
    try:
        lines = _lines(upload)
    except LibraryError as error:
        note(error.message)
        return
    if lines is None:
        return
    found = planned(shelf.library(), lines, year, st.session_state.get(MEANT, {}))
    _show_plan(found, lines)
    _show_asked(found)
    _show_button(found)


def _lines(upload: UploadedFile | None) -> Lines | None:
    """Return the lines of what was given; a file is read once."""
    if upload is None:
        text = str(st.session_state.get(PASTED) or "")
        return lines_of_text(text) if text.strip() else None
    data = upload.getvalue()
    digest = sha256(data).hexdigest()
    kept = st.session_state.get(_READ)
    if kept is None or kept[0] != digest:
        kept = (digest, lines_of_file(upload.name, data))
        st.session_state[_READ] = kept
    lines: Lines = kept[1]
    return lines


def _show_plan(found: Plan, lines: Lines) -> None:
    names = status_names()
    counts = {status: len(found.those(status)) for status in names}
    said = _("，").join(
        _("{name} {n} 家").format(name=names[status], n=grouped(n))
        for status, n in counts.items()
        if n
    )
    heading(_("{year} 年度：{n} 行").format(year=found.year, n=grouped(len(found.lines))), said)
    if lines.unknown:
        note(_("没有用上的栏目：{names}").format(names=_("、").join(lines.unknown)))
    shown = [item for item in found.lines if item.status not in ("same", "asked")]
    if shown:
        columns = (
            Column(_("行"), "number"),
            Column(_("机构名称")),
            Column(_("结果")),
            Column(_("内容")),
        )
        part = shown[page_of(len(shown), "page")]
        show(grid_html(_("将要导入的"), columns, (_row(item) for item in part)))


def _row(item: Planned) -> tuple[object, ...]:
    names = field_names()
    told = (
        f"{names[key]} {value_words(key, value) or _('（空）')}"
        for key, value in item.fields.items()
    )
    tone = {"refused": "dd-red", "joins": "dd-green"}.get(item.status, "")
    name = item.line.name
    if item.agency is not None and item.agency != name:
        name = _("{name}（{agency}）").format(name=name, agency=item.agency)
    return (
        item.line.number,
        name,
        tag("span", status_names()[item.status], classes=tone),
        item.why or _("，").join(told),
    )


def _show_asked(found: Plan) -> None:
    """Ask whom a name means that nobody is known by; nothing is chosen beforehand."""
    asked = found.those("asked")
    if not asked:
        return
    heading(
        _("{n} 个名称对不上，请认定").format(n=grouped(len(asked))),
        _("对不上的不会导入；写法不同的同一机构，可先在“资料库 · 机关”里关联。"),
    )
    alone = [item.line.name for item in asked if not item.candidates]
    if alone:
        st.button(
            _("没有近似名称的 {n} 家都作为新机构").format(n=grouped(len(alone))),
            key="mean-new",
            on_click=mean_new,
            args=(alone,),
        )
    for item in asked[page_of(len(asked), "asked", _ASKED_AT_ONCE)]:
        _ask(item)


def _ask(item: Planned) -> None:
    name, key = item.line.name, f"mean-{item.line.number}-{item.line.name}"
    options = ["", *item.candidates, name]
    words = {
        "": _("（不导入）"),
        **{other: _("就是 {agency}").format(agency=other) for other in item.candidates},
        name: _("新机构"),
    }
    with st.container(horizontal=True, vertical_alignment="center"):
        show(tag("div", name, " ", tag("span", item.why, classes="dd-quiet"), classes="dd-entry"))
        st.selectbox(
            _("{name} 是").format(name=name),
            options,
            key=key,
            format_func=words.__getitem__,
            label_visibility="collapsed",
            width=320,
            on_change=mean,
            args=(name, key),
        )


def _show_button(found: Plan) -> None:
    ready = found.those("joins", "changed")
    with st.container(border=True, key="roster-bring"):
        dropping = False
        if found.absent:
            dropping = st.checkbox(
                _("名单里没有的 {n} 家，{year} 年度起不再应报：{names}").format(
                    n=grouped(len(found.absent)),
                    year=found.year,
                    names=_("、").join(_few(found)),
                ),
                key="drop-absent",
            )
        st.text_input(_("增减理由（行内写了的以行内为准）"), key=REASON, max_chars=200)
        n = len(ready) + (len(found.absent) if dropping else 0)
        st.button(
            _("导入 {n} 行").format(n=grouped(n)),
            type="primary",
            disabled=not n,
            key="bring",
            on_click=bring,
            args=(found, dropping),
        )


def _few(found: Plan) -> Iterator[str]:
    names = [row.agency for row in found.absent]
    yield from names[:5]
    if len(names) > 5:
        yield _("……")
