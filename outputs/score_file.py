"""The score sheet (考评) as a workbook: the ranking, the evidence of every point, the weights."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from form.figures import digits, grouped
from form.language import _
from form.scoring import FULL, ITEMS, Weight, item_names, word_names
from measures.scoring import Point, Scored, Sheet
from outputs.workbook.package import package
from outputs.workbook.sheet import Value, set_print, set_widths, write
from outputs.workbook.styles import CENTRED, HEADER, LABEL, NOTE, STYLES, TITLE, Style

_FIRST = 4
"""The line of the headings, below the title and the sentence."""


def score_workbook(sheet: Sheet) -> bytes:
    """Return the workbook of a score sheet: three sheets, no formulas, the same bytes each time."""
    book = Workbook()
    for style in STYLES:
        book.add_named_style(style.named())
    first = book.active
    assert isinstance(first, Worksheet)
    first.title = _("考评")
    _ranking(first, sheet)
    _evidence(book.create_sheet(_("扣分依据")), sheet)
    _weights(book.create_sheet(_("分值")), sheet)
    return package(book, datetime.combine(sheet.day, time(), UTC))


def point_words(point: Point) -> str:
    """Return what became of a point: whether it takes anything off, and who said so."""
    if point.ruling is not None:
        told = _("{word}：{reason}")
        word = word_names()[point.ruling.word]
        return told.format(word=word, reason=point.ruling.reason)
    return _("待认定，未扣") if point.is_open else _("扣分")


def rank_words(item: Scored) -> str:
    """Return a rank, and that others share it."""
    if not item.is_rated:
        return _("未评")
    rank = grouped(item.rank)
    return _("{rank}（并列）").format(rank=rank) if item.is_tied else rank


def weight_words(weight: Weight) -> str:
    """Return what an item takes off, in words."""
    if weight.each == weight.most:
        return _("{n} 分").format(n=digits(weight.each))
    told = _("每处 {n} 分，最多 {most} 分")
    return told.format(n=digits(weight.each), most=digits(weight.most))


def headline(sheet: Sheet) -> str:
    """Return how the sheet was computed, in a sentence."""
    told = _(
        "{year} 年度，{n} 家，截至 {day}；满分 {full} 分，按“分值”一表扣分；"
        "待认定的不扣，有争议的可写明理由不扣"
    )
    return told.format(
        year=sheet.year,
        n=grouped(len(sheet.scored)),
        day=sheet.day.isoformat(),
        full=digits(FULL),
    )


def _ranking(page: Worksheet, sheet: Sheet) -> None:
    names = item_names()
    heads = [
        _("名次"),
        _("机构"),
        _("分组"),
        _("得分"),
        *(names[key] for key in ITEMS),
        _("待认定"),
    ]
    _open(page, sheet, heads)
    for line, item in enumerate(sheet.scored, _FIRST + 1):
        numbers = [
            item.score if item.is_rated else None,
            *(item.off[key] for key in ITEMS),
            item.pending,
        ]
        _line(page, line, [rank_words(item), item.agency, item.group, *map(_number, numbers)], 2)
    _close(page, [9, 34, 12, 8, *([9] * len(ITEMS)), 9])


def _evidence(page: Worksheet, sheet: Sheet) -> None:
    _open(page, sheet, [_("机构"), _("项目"), _("依据"), _("认定"), _("认定人")])
    names = item_names()
    line = _FIRST
    for item in sheet.scored:
        for point in item.points:
            line += 1
            who = None if point.ruling is None else point.ruling.who
            told = [item.agency, names[point.item], point.says, point_words(point), who or ""]
            _line(page, line, told, 1, 3, 4)
    _close(page, [34, 14, 70, 30, 14])


def _weights(page: Worksheet, sheet: Sheet) -> None:
    _open(page, sheet, [_("项目"), _("分值"), _("依据")])
    names = item_names()
    for line, key in enumerate(ITEMS, _FIRST + 1):
        weight = sheet.weights[key]
        _line(page, line, [names[key], weight_words(weight), weight.source], 1, 3)
    _close(page, [20, 24, 70])


def _open(page: Worksheet, sheet: Sheet, heads: list[str]) -> None:
    write(page, 1, 1, _("{year} 年度报送考评").format(year=sheet.year), TITLE)
    write(page, 2, 1, headline(sheet), NOTE)
    page.merge_cells(start_row=2, end_row=2, start_column=1, end_column=len(heads))
    page.row_dimensions[2].height = 30
    for column, name in enumerate(heads, 1):
        write(page, _FIRST, column, name, HEADER)


def _line(page: Worksheet, line: int, values: Sequence[Value], *left: int) -> None:
    for column, value in enumerate(values, 1):
        style: Style = LABEL if column in left else CENTRED
        write(page, line, column, value, style)


def _close(page: Worksheet, widths: list[float]) -> None:
    set_widths(page, widths)
    page.freeze_panes = f"A{_FIRST + 1}"
    set_print(page, (_FIRST, _FIRST), landscape=True)


def score_words(item: Scored) -> str:
    """Return a score, or that there is none yet."""
    return digits(item.score) if item.is_rated else _("未评")


def _number(value: Decimal | None) -> int | float | None:
    """Return a score as the number that a spreadsheet keeps; it has few digits."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
