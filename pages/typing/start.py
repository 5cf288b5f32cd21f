"""Beginning to type a report in: which file, whose report, which form; and those begun before."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from form.editions import EDITION_KEYS
from form.editions import edition as edition_of
from form.language import _
from form.model import EditionKey
from form.today import today
from library import jobs
from library.errors import LibraryError
from library.importing import start_typed
from library.jobs import Item
from pages.parts import shelf
from pages.parts.heading import heading, note
from pages.parts.links import href
from pages.parts.markup import link, show, tag
from pages.parts.registry import entry

REPORT = "report"
FAILED = "item"
FIRST_YEAR = 2008
LAST_YEAR = 2100


def show_begun(begun: pd.DataFrame) -> None:
    """List the reports that are still being typed in."""
    if begun.empty:
        return
    heading(_("还在录入"), _("随时可以停下，已录入的数字都在。"))
    for number, row in begun.iterrows():
        text = _("{agency} {year} 年度（{file}）").format(
            agency=row["agency"], year=row["year"], file=row["file"]
        )
        show(tag("div", link(text, href("typing", {REPORT: number}))))


def show_start() -> None:
    """Show the form that begins a new one."""
    heading(
        _("录入一份读不出的报告"),
        _("扫描件、纸质件照着原件填，边填边核对；原件一并保存。"),
    )
    failed = {item.id: item for item in _failed()}
    asked = st.query_params.get(FAILED, "")
    options = [0, *failed]
    start = options.index(int(asked)) if asked.isdecimal() and int(asked) in failed else 0
    picked = st.selectbox(
        _("未能读取的文件"),
        options,
        start,
        format_func=lambda number: failed[number].name if number else _("（另选文件）"),
    )
    with st.form("start-typing"):
        upload = None if picked else st.file_uploader(_("原件"), key="typing-source")
        named = st.query_params.get("agency", "")
        agency = st.text_input(_("机构"), named, max_chars=100)
        left, right = st.columns(2)
        year = left.number_input(_("年度"), FIRST_YEAR, LAST_YEAR, value=_year(), step=1)
        edition = right.selectbox(_("表样"), list(reversed(EDITION_KEYS)), format_func=_edition)
        if st.form_submit_button(_("开始录入"), type="primary"):
            try:
                if picked:
                    name, data = jobs.bytes_of(shelf.library(), picked)
                elif upload is not None:
                    name, data = upload.name, upload.getvalue()
                else:
                    raise LibraryError(_("请先选择原件，照片或扫描件都可以。"))
                number = start_typed(shelf.library(), name, data, agency, int(year), edition)
            except LibraryError as error:
                note(error.message)
            else:
                st.switch_page(entry("typing").path, query_params={REPORT: str(number)})


def _year() -> int:
    """Return the year that the address names, else the one that is due now."""
    asked = st.query_params.get("year", "")
    is_year = asked.isascii() and asked.isdecimal() and FIRST_YEAR <= int(asked) <= LAST_YEAR
    return int(asked) if is_year else today().year - 1


def _failed() -> list[Item]:
    """Return the files of the last imports that could not be read, newest first."""
    return [*jobs.failed(shelf.library())]


def _edition(key: EditionKey) -> str:
    return _("{edition} 版（{source}）").format(edition=key, source=edition_of(key).source)
