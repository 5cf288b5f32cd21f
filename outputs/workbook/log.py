"""The sheet 修改记录: what people decided, every entry a line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from openpyxl.worksheet.worksheet import Worksheet

from checks.catalogue import kind_name
from form.language import _
from outputs.log_table import entries_about
from outputs.workbook.contents import Item
from outputs.workbook.lists import Heading, begin, finish
from outputs.workbook.sheet import Value, set_height, width, write
from outputs.workbook.styles import CENTRED, LABEL, NOTE, NUMBER, Style

_REASON_WIDTH = 40


def entries_of(log: pd.DataFrame | None, items: Sequence[Item]) -> pd.DataFrame:
    """Return the entries about the agencies and years of these reports, oldest first."""
    if log is None:
        return pd.DataFrame()
    return entries_about(log, {(item.header.agency, item.header.year) for item in items})


def fill_log(sheet: Worksheet, entries: pd.DataFrame, note: str) -> None:
    """Write the sheet; `entries` have the columns of `library.log_frame`."""
    headings = [
        Heading(_("编号"), width=7),
        Heading(_("时间"), width=17),
        Heading(_("经办人"), width=12),
        Heading(_("操作"), width=10),
        Heading(_("机构"), width=30),
        Heading(_("年度"), width=7),
        Heading(_("规则"), width=18),
        Heading(_("位置"), width=34),
        Heading(_("原数"), width=10),
        Heading(_("改为"), width=10),
        Heading(_("理由"), width=_REASON_WIDTH),
        Heading(_("日期"), width=12),
        Heading(_("撤销第几条"), width=8),
        Heading(_("有效"), width=7),
    ]
    first = begin(sheet, _("修改记录"), note, headings, fixed=2)
    if entries.empty:
        write(sheet, first, 1, _("没有修改记录"), NOTE)
        return
    for row, line in enumerate(entries.reset_index().to_dict("records"), first):
        _write_entry(sheet, row, line)
    finish(sheet, first, first + len(entries) - 1, len(headings), ())


def _write_entry(sheet: Worksheet, row: int, line: dict[Any, Any]) -> None:
    rule = line["rule"]
    values: tuple[tuple[Value, Style], ...] = (
        (int(line["number"]), NUMBER),
        (f"{line['at']:%Y-%m-%d %H:%M}", CENTRED),
        (_known(line["who"]), LABEL),
        (str(line["action_name"]), CENTRED),
        (str(line["agency"]), LABEL),
        (int(line["year"]), CENTRED),
        ("" if pd.isna(rule) else kind_name(rule), LABEL),
        (_known(line["place"]), LABEL),
        (_known(line["old"]), CENTRED),
        (_known(line["new"]), CENTRED),
        (_known(line["reason"]), LABEL),
        (_known(line["on"]), CENTRED),
        (None if pd.isna(line["undoes"]) else int(line["undoes"]), NUMBER),
        (_("是") if line["holds"] else _("否"), CENTRED),
    )
    for column, (value, style) in enumerate(values, 1):
        write(sheet, row, column, value, style)
    set_height(sheet, row, width(_known(line["reason"])) // _REASON_WIDTH + 1)


def _known(value: object) -> str:
    return "" if pd.isna(value) else str(value)  # type: ignore[call-overload] # one value, of whatever type
