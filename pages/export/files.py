"""What can be taken away: which reports, and their figures line by line."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

import pandas as pd
import streamlit as st

from checks.standing import standing
from form.editions import EDITION_KEYS, TABLE_KEYS, all_columns, table
from form.figures import grouped, grouped_or_nothing, mark_words
from form.language import _
from form.model import EditionKey, TableKey, split_address
from form.names import column_name, row_name
from form.today import today
from library.frames import Frames, load_cells
from outputs.log_table import entries_about, log_table
from outputs.names import file_name
from outputs.official import blank_workbook
from outputs.workbook import Decided, workbook_of, years_of
from pages.checking.findings_list import findings_file
from pages.parts import shelf
from pages.parts.chart_frame import Download
from pages.parts.grid import Column, grid_html, page_of
from pages.parts.markup import Markup, link
from pages.parts.report_choice import report_href

WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def selected(
    reports: pd.DataFrame, agencies: Collection[str], years: Collection[int]
) -> pd.DataFrame:
    """Return the reports of these agencies and years, in the library's order."""
    return reports[reports["agency"].isin(list(agencies)) & reports["year"].isin(list(years))]


def scope_name(chosen: pd.DataFrame) -> str:
    """Return what the files are about: the agency where there is one, else how many."""
    names = chosen["agency"].unique()
    if len(names) == 1:
        return str(names[0])
    return _("{first}等{n}家机构").format(first=names[0], n=grouped(len(names)))


def offer_workbook(chosen: pd.DataFrame) -> None:
    """Offer everything as one workbook; it is only made when asked for."""
    st.download_button(
        _("下载汇总工作簿（Excel）"),
        lambda: _workbook(chosen),
        file_name=file_name(scope_name(chosen), years_of(chosen), today(), "xlsx"),
        mime=WORKBOOK_TYPE,
        key="workbook",
        type="primary",
        on_click="ignore",
    )


def offer_forms() -> None:
    """Offer the blank form of each edition; it is only made when asked for."""
    with st.container(horizontal=True):
        for key in reversed(EDITION_KEYS):
            st.download_button(
                _("{edition} 年版空白表样").format(edition=key),
                partial(blank_workbook, key),
                file_name=f"{_('政府信息公开年报空白表样')}_{key}.xlsx",
                mime=WORKBOOK_TYPE,
                key=f"form-{key}",
                on_click="ignore",
            )


def _workbook(chosen: pd.DataFrame) -> bytes:
    decided = Decided(shelf.now().judged, shelf.desk().suspects, shelf.library().log.frame())
    return workbook_of(chosen, shelf.library().report, shelf.open_findings(), decided)


def offer_lines(chosen: pd.DataFrame) -> None:
    """Offer the figures of each official table, the findings and the log, as CSV."""
    years, scope = years_of(chosen), scope_name(chosen)
    with st.container(horizontal=True):
        for key in TABLE_KEYS:
            name = table(key, EDITION_KEYS[-1]).title.partition("、")[2]
            download = Download(f"{scope}_{name}", years, partial(_lines, key, chosen))
            download.button(name, f"csv-{key}")
        found = shelf.now().table
        own = found[found["report_id"].isin(chosen.index)]
        if not own.empty:
            findings_file(own).button(_("勾稽问题"), "csv-findings")
        log = Download(f"{scope}_{_('修改记录')}", years, partial(decision_lines, chosen))
        log.button(_("修改记录"), "csv-log")


def decision_lines(chosen: pd.DataFrame) -> pd.DataFrame:
    """Return the log's entries about these reports' agencies and years, a line each."""
    whose = zip(chosen["agency"].tolist(), chosen["year"].tolist(), strict=True)
    return log_table(entries_about(shelf.library().log.frame(), set(whose)))


def _lines(key: TableKey, chosen: pd.DataFrame) -> pd.DataFrame:
    addresses = [place for place in all_columns() if split_address(place)[0] == key]
    frames = load_cells(shelf.library(), chosen, chosen.index.tolist(), addresses)
    return figure_lines(frames, key, chosen)


def figure_lines(frames: Frames, key: TableKey, chosen: pd.DataFrame) -> pd.DataFrame:
    """Return a line a cell of one official table of these reports, in the form's own words."""
    cells: pd.DataFrame = getattr(frames, key)
    own = cells[cells["report_id"].isin(chosen.index)]
    editions = own["edition"].where(own["edition"].isin(EDITION_KEYS), EDITION_KEYS[-1])
    places = list(zip(editions, own["row"], own["column"], strict=True))
    names = {place: _names(key, *place) for place in set(places)}
    lines = {
        _("机构"): own["agency"],
        _("年度"): own["year"],
        _("表样"): own["edition"],
        _("项目"): [names[place][0] for place in places],
        _("栏"): [names[place][1] for place in places],
        _("数"): own["count"],
        _("填写情况"): own["mark"].astype(str).map(dict(mark_words())),
        _("已更正"): own["corrected"].map({True: _("是"), False: ""}),
        _("原件所印"): own["printed"].where(own["corrected"]),
    }
    if "amount" in own:
        lines |= {
            _("金额"): own["amount"],
            _("金额单位"): own["unit"],
            _("金额（万元）"): own["amount_wan"],
            _("原件所印金额"): own["printed_amount"].where(own["corrected"]),
        }
    return pd.DataFrame(lines)


def _names(key: TableKey, edition: EditionKey, row: str, column: str) -> tuple[str, str]:
    """Return the printed names of row and column; the other edition's where this has none."""
    for wording in (edition, *EDITION_KEYS):
        try:
            return row_name(key, wording, row), column_name(key, wording, row, column)
        except KeyError:
            continue
    return row, column


def scope_grid(chosen: pd.DataFrame) -> Markup:
    """Return the reports that are taken away."""
    shown = chosen.iloc[page_of(len(chosen), "page")]
    columns = (
        Column(_("机构")),
        Column(_("年度"), "middle"),
        Column(_("勾稽错误"), "number"),
        Column(_("文件")),
    )
    judged = shelf.now().judged
    rows = (
        (
            link(row["agency"], report_href(row["agency"], row["year"])),
            row["year"],
            grouped_or_nothing(standing(judged.get(number, ())).errors),
            row["file"],
        )
        for number, row in zip(shown.index, shown.to_dict("records"), strict=True)
    )
    return grid_html(_("包含的报告"), columns, rows)
