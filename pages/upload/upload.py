"""上传: files or pasted text come in; what becomes of each is told row by row."""

from __future__ import annotations

import streamlit as st

from form.figures import grouped
from form.language import _
from form.today import minute
from library import jobs
from library.errors import LibraryError
from pages.parts import shelf
from pages.parts.heading import heading, note, open_page
from pages.parts.markup import link, show, tag
from pages.upload.choosing import show_choices
from pages.upload.import_progress import JOB, show_job, start_import
from pages.upload.limits import show_limits
from pages.upload.pasted import file_of, pasted_tables
from pages.upload.verdicts import PAGE_KEY

ROUND = "upload-round"


def open_job(files: list[tuple[str, bytes]]) -> None:
    """Start an import, name it in the address, and empty the box by giving it a new key."""
    try:
        st.query_params[JOB] = str(start_import(files))
    except LibraryError as error:  # no room for the files
        note(error.message)
        return
    st.session_state.pop(PAGE_KEY, None)
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
    st.rerun()


open_page("upload")
box, limits = st.columns([1.7, 1], gap="medium")
with box:
    files = st.file_uploader(
        _("把年度报告拖到这里，或点“选择文件”；可一次选许多份"),
        accept_multiple_files=True,
        key=f"upload-{st.session_state.get(ROUND, 0)}",
    )
    if files:
        open_job([(file.name, file.getvalue()) for file in files])
    with st.expander(_("没有文件？粘贴报告的文字")):
        label = _("报告全文，连同表格一起复制")
        with st.form(f"paste-{st.session_state.get(ROUND, 0)}", border=False):
            name = st.text_input(_("标题（可不填）"), placeholder=_("例如：甲市税务局2024年报"))
            text = st.text_area(label, height=200)
            wanted = st.form_submit_button(_("导入这段文字"))
        pasted = pasted_tables(label, f"pasted-{st.session_state.get(ROUND, 0)}")
        if wanted and text.strip():
            open_job([file_of(name.strip() or _("粘贴的文字"), text, pasted)])
asked = st.query_params.get(JOB, "")
with limits:
    # Where an import is looked at, what it came to goes first.
    if asked:
        with st.expander(_("能读哪些文件")):
            show_limits()
    else:
        show_limits()

if asked.isdecimal():
    show_job(int(asked))
else:
    show_choices()

earlier = [job for job in jobs.recent(shelf.library()) if str(job.id) != asked]
if earlier:
    heading(_("以前的批次"))
    lines = (
        tag(
            "div",
            link(_("第 {n} 批").format(n=job.id), f"?{JOB}={job.id}"),
            " ",
            tag(
                "span",
                _("{time}，{done} / {all} 份").format(
                    time=minute(job.created_at),
                    done=grouped(job.done),
                    all=grouped(job.total),
                ),
                classes="dd-quiet",
            ),
        )
        for job in earlier
    )
    show(*lines)
