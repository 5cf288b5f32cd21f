"""The parts of the library's page: all reports, those that wait, those thrown away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from form.figures import grouped
from form.language import _
from form.names import years_named
from form.report import Report, YearSaid
from form.today import today
from library.errors import LibraryError
from library.names import version_name
from pages.parts import shelf
from pages.parts.former_names import is_called
from pages.parts.grid import Column, Row, grid_html, is_absent, page_of
from pages.parts.heading import chip, heading, nothing_here
from pages.parts.markup import Markup, joined, link, show, tag
from pages.parts.person import person
from pages.parts.picker import bar
from pages.parts.registry import entry
from pages.parts.report_choice import report_href, waiting_label
from pages.parts.search import matches

FIRST_YEAR = 2008
"""The first year that reports exist on: the regulation took effect on 1 May 2008."""
_WAITING: Final = ("agency_unknown", "year_unknown", "identity_conflict", "hidden_only")
"""Notes of a reader that say why a report waits."""
_TIME = "%Y-%m-%d %H:%M"
_MOST_OPTIONS = 2000
_OPENING = 160


def show_reports(reports: pd.DataFrame) -> None:
    """List every version of every report; throw away, or say which version counts."""
    known = reports[reports["version"].notna()]
    if known.empty:
        nothing_here(
            _("资料库里还没有报告。"), _("上传之后，每份报告的各个版本都列在这里，随时可查原件。")
        )
        st.page_link(entry("upload").path, label=_("去上传报告"))
        return
    search, picker, buttons = bar(1.3)
    asked = search.text_input(
        _("查找"), key="find", bind="query-params", placeholder=_("机构、拼音首字母、年度、文件名")
    )
    found = _found(known, asked)
    _actions(found, picker, buttons)
    if found.empty:
        nothing_here(_("没有符合“{asked}”的报告。").format(asked=asked), _("换一个词再找。"))
        return
    shown = found.iloc[page_of(len(found), "page")]
    columns = (
        Column(_("机构")),
        Column(_("年度"), "middle"),
        Column(_("版本"), "middle"),
        Column(_("文件")),
        Column(_("表样"), "middle"),
        Column(_("读出"), "number"),
        Column(_("读不准"), "number"),
        Column(_("入库时间"), "middle"),
    )
    rows = (_row(row) for row in shown.to_dict("records"))
    show(grid_html(_("全部报告"), columns, rows))


def _found(known: pd.DataFrame, asked: str) -> pd.DataFrame:
    """Return the reports that a text asks for; all of them where it asks for nothing."""
    if not asked.split():
        return known
    sought = known[["agency", "year", "file", "sort_key"]]
    return known[[_is_asked(asked, row) for row in sought.to_dict("records")]]


def _is_asked(asked: str, row: Row) -> bool:
    text = f"{row['agency']} {row['year']} {row['file']}"
    agency, pinyin = str(row["agency"]), str(row["sort_key"])
    return all(
        matches(word, text, pinyin) or is_called(word, agency, pinyin) for word in asked.split()
    )


def _row(row: Row) -> tuple[object, ...]:
    version = None if row["counts"] else int(str(row["version"]))
    return (
        link(
            row["agency"], report_href(str(row["agency"]), int(str(row["year"])), version=version)
        ),
        row["year"],
        _version(row),
        tag("span", row["file"]),
        "" if is_absent(row["edition"]) else row["edition"],
        grouped(row["cells_read"]),
        tag(
            "span",
            grouped(row["cells_unknown"]),
            classes="dd-amber" if row["cells_unknown"] else "",
        ),
        row["imported_at"].strftime(_TIME),
    )


def _version(row: Row) -> Markup:
    name = version_name(int(str(row["version"])))
    if row["versions"] == 1:
        return tag("span", name)
    mark = chip(_("计入"), "good") if row["counts"] else chip(_("不计"))
    return joined((tag("span", name), " ", mark))


def _actions(found: pd.DataFrame, picker: DeltaGenerator, buttons: DeltaGenerator) -> None:
    """Let a person pick reports of those found, and act on them."""
    offered = found.head(_MOST_OPTIONS)
    # Column by column: a pandas row for each of thousands of reports would take half a second.
    told = (offered[name].tolist() for name in ("agency", "year", "version"))
    names = {
        number: f"{agency} {year} {version_name(version)}"
        for number, agency, year, version in zip(offered.index.tolist(), *told, strict=True)
    }
    picked = picker.multiselect(
        _("选择要处理的报告"),
        list(names),
        format_func=lambda number: names.get(number, ""),
        placeholder=_("选择一份或几份"),
        key="picked",
    )
    older = len(picked) == 1 and not bool(found.loc[picked[0], "counts"])
    with buttons, st.container(horizontal=True):
        st.button(
            _("移入回收站"),
            disabled=not picked,
            on_click=recycle,
            args=(list(picked),),
            key="recycle",
        )
        st.button(
            _("以这一版为准"),
            disabled=not older,
            on_click=choose,
            args=(list(picked),),
            key="choose",
        )


def recycle(report_ids: list[int]) -> None:
    """Throw reports away; a callback."""
    shelf.library().recycle(report_ids, person())
    st.session_state["picked"] = []
    st.toast(_("已把 {n} 份报告移入回收站，可随时恢复。").format(n=grouped(len(report_ids))))


def choose(report_ids: list[int]) -> None:
    """Let a version count; a callback."""
    shelf.library().choose(report_ids[0], person())
    st.session_state["picked"] = []
    st.toast(_("已改为以这一版为准。"))


def show_queue(reports: pd.DataFrame) -> None:
    """Show each report that lacks agency or year, with a form to say them."""
    queue = reports[reports["version"].isna()]
    if queue.empty:
        nothing_here(_("没有待认领的报告。"), _("机构或年度定不下来的报告会等在这里，由人确认。"))
        return
    heading(
        _("{n} 份报告待认领").format(n=grouped(len(queue))),
        _("机构和年度由人确认之前，它们不计入任何统计。"),
    )
    for report_id, row in queue.iloc[page_of(len(queue), "page", 10)].iterrows():
        _identify_form(int(str(report_id)), row)


def _identify_form(report_id: int, row: pd.Series[Any]) -> None:
    report = shelf.report(report_id)
    with st.form(f"identify-{report_id}"):
        show(
            tag(
                "div",
                link(row["file"], report_href(waiting=waiting_label(report_id, row["file"]))),
                classes="dd-what",
            ),
            tag("div", _opening(report), classes="dd-quiet"),
            *(tag("div", said, classes="dd-quiet") for said in _why_waiting(report)),
        )
        chosen = _choice_of_years(report.years) if report.year is None else None
        agency_box, year_box, button_box = st.columns([3, 1, 1], vertical_alignment="bottom")
        known = None if is_absent(row["agency"]) else str(row["agency"])
        agency = agency_box.text_input(
            _("机构全称"), value=known or "", placeholder=_("例如：甲市税务局")
        )
        year = year_box.number_input(
            _("年度"),
            min_value=FIRST_YEAR,
            max_value=today().year,
            value=None if is_absent(row["year"]) else int(row["year"]),
            step=1,
            placeholder=_("四位数"),
        )
        if button_box.form_submit_button(_("认领"), type="primary"):
            if chosen is not None and year not in (None, chosen):
                st.error(_("选的年度和填的年度不一样，请改成一样的，或者清空一处。"))
            else:
                _identify(report_id, agency, chosen or year)


def _why_waiting(report: Report) -> list[str]:
    """Return why a report waits, as its reader put it."""
    return [note.message for note in report.notes if note.code in _WAITING]


def _choice_of_years(years: Sequence[YearSaid]) -> int | None:
    """Let a person say which of the years that a document names is the report's; None: another."""
    if not years:
        return None
    options = years_named(years)
    other = _("都不是，在下面另填")
    said = st.radio(_("是哪一年的报告"), [*options, other], index=None, horizontal=True)
    return options.get(said or other)


def _opening(report: Report) -> str:
    """Return how the report begins, which mostly tells whose it is."""
    text = report.title or " ".join(paragraph.text for paragraph in report.paragraphs[:4])
    return text[:_OPENING] or _("没有读到正文，请打开报告看表格或下载原件。")


def _identify(report_id: int, agency: str, year: int | None) -> None:
    if not agency.strip() or year is None:
        st.error(_("请把机构全称和年度都填上。"))
        return
    shelf.library().identify(report_id, agency, int(year), person())
    st.toast(_("已计入：{agency} {year} 年度。").format(agency=agency.strip(), year=int(year)))
    st.rerun()


def show_bin() -> None:
    """List what was thrown away, and give it back."""
    binned = shelf.library().recycled()
    if binned.empty:
        nothing_here(_("回收站是空的。"), _("从资料库移走的报告留在这里，随时可以恢复。"))
        return
    heading(_("回收站里有 {n} 份报告").format(n=grouped(len(binned))), _("它们不计入任何统计。"))
    columns = (
        Column(_("机构")),
        Column(_("年度"), "middle"),
        Column(_("文件")),
        Column(_("移入时间"), "middle"),
    )
    shown = binned.iloc[page_of(len(binned), "page")]
    show(
        grid_html(
            _("回收站"),
            columns,
            (
                (
                    _or_dash(row["agency"]),
                    _or_dash(row["year"]),
                    row["file"],
                    row["deleted_at"].strftime(_TIME),
                )
                for row in shown.to_dict("records")
            ),
        )
    )
    names = {
        number: f"{_or_dash(row['agency'])} {_or_dash(row['year'])} {row['file']}"
        for number, row in binned.head(_MOST_OPTIONS).iterrows()
    }
    picked = st.multiselect(
        _("选择要恢复的报告"),
        list(names),
        format_func=lambda number: names.get(number, ""),
        placeholder=_("选择一份或几份"),
        key="binned",
    )
    st.button(_("恢复"), disabled=not picked, on_click=restore, args=(list(picked),), key="restore")


def restore(report_ids: list[int]) -> None:
    """Give reports back; a callback."""
    try:
        shelf.library().restore(report_ids, person())
    except LibraryError as error:
        st.toast(error.message)
        return
    st.session_state["binned"] = []
    st.toast(_("已恢复 {n} 份报告。").format(n=grouped(len(report_ids))))


def _or_dash(value: Any) -> str:
    return "—" if is_absent(value) else str(value)
