"""模板与设置: who writes, how letters are numbered, and the office's own Word templates."""

from __future__ import annotations

import streamlit as st

from form.language import _
from form.today import today
from library.office import Settings
from outputs.letters import DOCUMENT_KINDS, DocumentKind, TemplateError, fields_of, plain_template
from outputs.letters.fields import ITEMS, PLAIN, document_names, meanings
from outputs.names import file_name
from pages.letters.acting import refuse, tell
from pages.letters.composing import DOCX
from pages.parts import shelf
from pages.parts.grid import Column, grid_html
from pages.parts.heading import heading, note
from pages.parts.markup import show, tag


def show_setup() -> None:
    """Show the settings of letters, then the templates of each kind of document."""
    _show_settings()
    heading(
        _("Word 模板"),
        _("在 Word 里插入合并域（MERGEFIELD）或内容控件，以下面的名字命名；其余照本办的格式改。"),
    )
    for kind in DOCUMENT_KINDS:
        _show_template(kind)


def _show_settings() -> None:
    known = shelf.library().office.settings
    heading(_("署名和编号"))
    with st.form("office", border=False):
        left, right = st.columns(2, gap="small")
        left.text_input(_("发函机关"), known.office, key="office-name", max_chars=100)
        right.text_input(
            _("联系方式（科室和电话）"), known.contact, key="office-contact", max_chars=100
        )
        left.text_input(
            _("文号格式"),
            known.pattern,
            key="office-pattern",
            max_chars=60,
            help=_("{year} 是发函的年份，{n} 是当年第几份"),
        )
        right.number_input(_("给对方几天回复"), 1, 365, known.days, key="office-days", format="%d")
        st.form_submit_button(_("保存"), on_click=_keep_settings)


def _keep_settings() -> None:
    said = st.session_state
    shelf.library().office.set(
        Settings(
            str(said["office-name"]).strip(),
            str(said["office-contact"]).strip(),
            int(said["office-days"]),
            str(said["office-pattern"]).strip(),
        )
    )
    tell(_("已保存。"))


def _show_template(kind: DocumentKind) -> None:
    office = shelf.library().office
    own, name = office.template(kind), document_names()[kind]
    with st.container(border=True, key=f"template-{kind}"):
        said = _("用本办的模板") if own else _("用自带的模板")
        show(tag("div", tag("span", name, classes="dd-what"), " ", said, classes="dd-head"))
        if own is not None:
            _tell_fields(own, kind)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.download_button(
                _("下载现用模板"),
                own or plain_template(kind),
                file_name=file_name(_("{name}模板").format(name=name), [], today(), "docx"),
                mime=DOCX,
                key=f"template-file-{kind}",
                on_click="ignore",
            )
            if own is not None:
                st.button(
                    _("改用自带的"), key=f"template-drop-{kind}", on_click=_drop, args=(kind,)
                )
        key = f"template-new-{kind}-{st.session_state.get(_COUNT, 0)}"
        st.file_uploader(
            _("换成本办的模板（DOCX）"),
            type=["docx", "dotx"],
            key=key,
            on_change=_keep,
            args=(kind, key),
            max_upload_size=5,
        )
        with st.expander(_("可用的域")):
            show(_fields_grid(kind))


_COUNT = "templates-taken"


def _keep(kind: DocumentKind, key: str) -> None:
    """Keep an office's template once it has been looked into; a callback."""
    given = st.session_state.get(key)
    if given is None:
        return
    data = given.getvalue()
    # What was uploaded leaves the server's memory with its box.
    st.session_state[_COUNT] = st.session_state.get(_COUNT, 0) + 1
    try:
        fields_of(data, kind)
    except TemplateError as error:
        refuse(error.message)
        return
    shelf.library().office.keep_template(kind, data)
    tell(_("已换用这个模板。"))


def _drop(kind: DocumentKind) -> None:
    shelf.library().office.drop_template(kind)
    tell(_("已改用自带的模板。"))


def _tell_fields(own: bytes, kind: DocumentKind) -> None:
    try:
        found = fields_of(own, kind)
    except TemplateError as error:
        note(error.message)
        return
    if found.unknown:
        text = _("不认识的域：{names}。它们会照原样留在函里。")
        note(text.format(names=_("、").join(found.unknown)))
    if ITEMS[kind] and not {*ITEMS[kind]} & {*found.known}:
        text = _("模板里没有逐处列出问题的域（{names}），写出的函不会列出错误。")
        note(text.format(names=_("、").join(ITEMS[kind])))


def _fields_grid(kind: DocumentKind) -> object:
    told = meanings()
    rows = [(name, _("一封函一次"), told[name]) for name in PLAIN[kind]]
    rows += [(name, _("每处一次"), told[name]) for name in ITEMS[kind]]
    columns = (Column(_("域")), Column(_("出现"), "middle"), Column(_("内容")))
    return grid_html(_("可用的域"), columns, rows)
