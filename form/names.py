"""The printed name of a place on the form, as people speak of it in a finding or a table head."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from form.editions import EDITION_KEYS, RESULTS, TABLE_KEYS, all_columns, table
from form.language import _
from form.model import EditionKey, TableKey, split_address
from form.report import Oddity, Report, Witness, YearSaid, layout_edition

SEPARATOR: Final = " · "
# "（二）部分公开（区分处理的，…）" and "本年收费金额（单位：万元）": the remark is no part of the name.
_REMARK: Final = re.compile(r"(?<=.)（[^（）]*）$")


def without_remark(label: str) -> str:
    """Return a printed label without the remark in brackets at its end."""
    return _REMARK.sub("", label)


@cache
def row_name(table_key: TableKey, edition: EditionKey, row_key: str) -> str:
    """Return a row's name with the groups it stands in: 三（三）不予公开 · 1.属于国家秘密.

    Raises KeyError where this edition has no such row.
    """
    row = table(table_key, edition).row(row_key)
    label = without_remark(row.label)
    if table_key == "disclosure":
        return label
    if row.groups[:1] == (RESULTS,):
        return RESULTS.split("、")[0] + SEPARATOR.join((*row.groups[1:], label))
    return SEPARATOR.join((*row.groups, label))


def column_name(table_key: TableKey, edition: EditionKey, row_key: str, column_key: str) -> str:
    """Return the printed header over a cell; raises KeyError where this edition has no such cell."""
    for column in table(table_key, edition).row(row_key).columns:
        if column.key == column_key:
            return without_remark(column.label)
    raise KeyError(column_key)


@cache
def cell_name(address: str, edition: EditionKey) -> str:
    """Return a cell's name, its row, then its column, in the wording of `edition`.

    Where that edition has no such cell, the other's wording; raises KeyError where none has it.
    """
    name, row, column = split_address(address)
    key = next(item for item in TABLE_KEYS if item == name)
    for wording in (edition, *EDITION_KEYS):
        try:
            names = row_name(key, wording, row), column_name(key, wording, row, column)
        except KeyError:
            continue
        return SEPARATOR.join(names)
    raise KeyError(address)


def cell_name_in(report: Report, address: str) -> str:
    """Return a cell's name in the wording of this report's edition."""
    key = next(item for item in TABLE_KEYS if address.startswith(f"{item}."))
    return cell_name(address, layout_edition(report, key))


@cache
def address_position() -> dict[str, int]:
    """Return the place of every address in printed order, counted from 0."""
    return {address: index for index, address in enumerate(all_columns())}


def witness_names() -> dict[Witness, str]:
    """Return what people call each who names a report's year."""
    return {
        "title": _("标题"),
        "file_name": _("文件名"),
        "period": _("统计期限"),
        "prose": _("正文"),
    }


def oddity_names() -> dict[Oddity, str]:
    """Return what people call each thing that is odd about how a cell is printed."""
    return {
        "struck": _("有划去的字"),
        "raised": _("有注号"),
        "hidden": _("有隐藏的内容"),
        "covered": _("有被盖住的内容"),
        "form_field": _("是表单域"),
        "annotation": _("有批注或后加的文字"),
        "picture": _("是图片"),
        "recognised": _("是识别结果"),
        "scaled": _("按格式显示"),
        "gap": _("数字之间有空白"),
        "damaged": _("有残缺"),
        "torn": _("断开在两处"),
        "placed_by_sums": _("按勾稽关系排定"),
    }


def years_named(years: Iterable[YearSaid]) -> dict[str, int]:
    """Return years that a report may be on, each under itself and who names it."""
    names = witness_names()
    return {
        _("{year} 年（{who}）").format(
            year=item.value, who=_("、").join(names[witness] for witness in item.says)
        ): item.value
        for item in years
    }
