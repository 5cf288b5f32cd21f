"""What another reading says otherwise, in few words: the place in the form's words, before, now.

Values are as `cli.py reread --json` gives them: cells, texts, lists, whole numbers, or None.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from form.editions import TABLE_KEYS
from form.exchange import cell_from_json, years_from_json
from form.figures import DASH_SIGN, cell_words, grouped, shortened
from form.language import _
from form.model import EditionKey, TableKey, split_address
from form.names import cell_name, oddity_names, row_name, years_named
from form.report import Cell, Json, layout_of
from outputs.wording import candidates_note

_BEFORE: Final = 6
"""Signs of a text that are shown before the first that differs."""
Editions = Mapping[TableKey, EditionKey | None]


def change_place(address: str | None, editions: Editions) -> str:
    """Return what people call the place of a change in a report of these editions."""
    if address is None:
        return _("整份年报")
    names = {
        "agency": _("机关名称"),
        "year": _("年度"),
        "title": _("标题"),
        "years": _("年度的依据"),
        "unprinted": _("没有印出的行"),
        "notes": _("读取时的说明"),
    }
    if address in names:
        return names[address]
    kind, _dot, rest = address.partition(".")
    if kind == "prose":
        return _("正文第{n}部分").format(n=_numeral(int(rest))) if rest != "0" else _("正文开头")
    if kind == "edition":
        return _("{table}的表样").format(table=_table_name(rest))
    return cell_name(address, layout_of(editions, table_of(address)))


def table_of(address: str) -> TableKey:
    """Return the table of a cell's address."""
    return next(key for key in TABLE_KEYS if address.startswith(f"{key}."))


def change_words(address: str | None, value: Any, other: Any) -> str:
    """Return what a reading says at a place, beside what the other one says there."""
    if address is None:
        return DASH_SIGN if value is None else _("{n} 份年报").format(n=grouped(value))
    if address == "notes":
        return _added([item["message"] for item in value], [item["message"] for item in other])
    if address == "years":
        return _("、").join(years_named(years_from_json(value))) or DASH_SIGN
    if address == "unprinted":
        return _added([_row_words(row) for row in value], [_row_words(row) for row in other])
    if address.startswith("edition."):
        return _("未读到") if value is None else _("{year} 年表样").format(year=value)
    if address == "agency":
        return value or DASH_SIGN
    if address == "title" or address.startswith("prose."):
        return DASH_SIGN if value is None else _passage(value, other or "")
    if address == "year":
        return DASH_SIGN if value is None else str(value)
    return _cell(value, other)


def _cell(value: Any, other: Any) -> str:
    """Return a cell's words; where both readings have the same ones, with what tells them apart."""
    if value is None:
        return cell_words(None)
    cell = _read(value)
    words = _said(cell)
    if other is None or _said(_read(other)) != words:
        return words
    marks = _("、").join(oddity_names()[code] for code in cell.oddities)
    raw = cell.raw.strip()
    more = [_("印作“{raw}”").format(raw=shortened(raw)) if raw else "", marks]
    told = _("，").join(filter(None, more))
    return _("{words}（{more}）").format(words=words, more=told) if told else words


def _read(said: Json) -> Cell:
    """Return the cell that `Cell.to_json` gave, whose decimals are JSON numbers."""
    candidates = [_exact(item) for item in said.get("candidates", [])]
    return cell_from_json({**said, "value": _exact(said["value"]), "candidates": candidates})


def _exact(number: float | str | None) -> int | str | None:
    # Only floats that equal their shortest digits are written as such.
    return repr(number) if isinstance(number, float) else number


def _said(cell: Cell) -> str:
    return candidates_note(cell) if cell.mark == "unknown" else cell_words(cell)


def _added(these: list[str], others: list[str]) -> str:
    """Return those of some texts that the others are without."""
    own = [text for text in these if text not in others]
    return _("；").join(map(shortened, own)) or DASH_SIGN


def _passage(text: str, other: str) -> str:
    """Return a text from a little before where it parts from another one."""
    pairs = enumerate(zip(text, other, strict=False))
    same = next((at for at, (one, two) in pairs if one != two), min(len(text), len(other)))
    start = max(0, same - _BEFORE)
    passage = shortened(text[start:])
    return f"…{passage}" if start else passage or DASH_SIGN


def _row_words(row: str) -> str:
    table, key, _column = split_address(f"{row}.")
    for edition in ("2021", "2019"):
        try:
            return row_name(next(name for name in TABLE_KEYS if name == table), edition, key)
        except KeyError:
            continue
    return row


def _table_name(key: str) -> str:
    return {
        "disclosure": _("主动公开表"),
        "applications": _("依申请公开表"),
        "disputes": _("复议诉讼表"),
    }[key]


def _numeral(section: int) -> str:
    return "〇一二三四五六"[section]
