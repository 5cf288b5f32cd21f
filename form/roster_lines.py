"""A roster as an office has it: a list of names, or a table with headings, line by line.

Only what stands there is taken: a heading that is not known is named, a value that cannot be read
is a problem of its line.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, cast

from form.agencies.registry import term_from
from form.credit_code import is_credit_code, written
from form.language import _
from form.roster import Covers, Field, Value, field_names
from form.values import folded

Heading = Field | Literal["agency", "reason"]
_HEADINGS: Final[Mapping[Heading, Sequence[str]]] = {
    "agency": ("机构名称", "机构", "机关名称", "机关", "单位名称", "单位", "名称", "行政机关"),
    "order": ("序号", "编号"),
    "group": ("分组", "组别", "类别", "分类"),
    "due_from": ("起始年度", "起始年", "起始年份"),
    "due_to": ("截止年度", "截止年", "截止年份"),
    "term": ("报送期限", "期限", "报送时限"),
    "contact": ("联系科室", "联系处室", "承办科室", "承办处室", "责任科室"),
    "credit_code": ("统一社会信用代码", "社会信用代码", "信用代码"),
    "covers": ("年报口径", "口径", "统计口径"),
    "reason": ("理由", "原因", "变动原因", "备注"),
}
_HEADING_OF: Final[Mapping[str, Heading]] = {
    word: heading for heading, words in _HEADINGS.items() for word in words
}
_COVERS: Final[Mapping[str, Covers]] = {
    "本级": "own",
    "own": "own",
    **dict.fromkeys(("全区域", "全域", "全市", "全县", "全区", "全省", "全州", "area"), "area"),
}
_TERM: Final = re.compile(r"(?:次年)?(\d{1,2})[-月./](\d{1,2})(?:日)?(?:前)?")
_YEAR: Final = re.compile(r"(20\d\d)年?度?")
_BETWEEN_NAMES: Final = re.compile(r"[、；;]")
_HEAD_LINES: Final = 10
"""Lines among which the headings are looked for: a title may stand above them."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: the name as printed, the fields that it says, why, and what cannot be read."""

    number: int
    name: str
    fields: Mapping[Field, Value] = field(default_factory=dict)
    reason: str = ""
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lines:
    """All lines of a table, and headings that nothing is known of."""

    lines: tuple[Line, ...]
    unknown: tuple[str, ...] = ()


def rows_of_text(text: str) -> list[list[str]]:
    """Return pasted text as rows: with tabs, as CSV, or as names with 、 between them."""
    lines = [line for line in text.splitlines() if line.strip()]
    if any("\t" in line for line in lines):
        return [line.split("\t") for line in lines]
    if lines and len({line.count(",") for line in lines}) == 1 and "," in lines[0]:
        return [*csv.reader(lines)]
    return [[name] for line in lines for name in _BETWEEN_NAMES.split(line)]


def lines_of(rows: Iterable[Sequence[str]]) -> Lines:
    """Return the lines of a table whose headings name its columns; without any, a list of names."""
    table = [[" ".join(cell.split()) for cell in row] for row in rows]
    at = next((n for n, row in enumerate(table[:_HEAD_LINES]) if _is_head(row)), None)
    if at is None:
        named = ((n, _name_in(row)) for n, row in enumerate(table, 1))
        return Lines(tuple(Line(n, name) for n, name in named if name))
    head = [_HEADING_OF.get(folded(cell)) for cell in table[at]]
    unknown = tuple(
        cell for cell, heading in zip(table[at], head, strict=True) if cell and heading is None
    )
    return Lines(tuple(_lines(head, table[at + 1 :], at + 2)), unknown)


def _is_head(row: Sequence[str]) -> bool:
    return any(_HEADING_OF.get(folded(cell)) == "agency" for cell in row)


def _name_in(row: Sequence[str]) -> str:
    """Return the name in a line without headings: its first text that is no number."""
    return next((cell for cell in row if cell and not cell.rstrip(".、").isdecimal()), "")


def _lines(
    head: Sequence[Heading | None], rows: Iterable[Sequence[str]], first: int
) -> Iterator[Line]:
    for number, row in enumerate(rows, first):
        told = {
            heading: cell
            for heading, cell in zip(head, row, strict=False)
            if heading is not None and cell
        }
        name = told.pop("agency", "")
        if name:
            yield _line(number, name, told)


def _line(number: int, name: str, told: Mapping[Heading, str]) -> Line:
    fields: dict[Field, Value] = {}
    problems = []
    for heading, text in told.items():
        if heading in ("reason", "agency"):
            continue
        key = cast(Field, heading)
        value = _value(key, text)
        if value is None:
            what = _("{what}读不出：{text}")
            problems.append(what.format(what=field_names()[key], text=text))
        else:
            fields[key] = value
    return Line(number, name, fields, told.get("reason", ""), tuple(problems))


def _value(key: Field, text: str) -> Value:
    """Return what a cell says, None where it cannot be read."""
    plain = folded(text)
    if key == "order":
        return int(plain) if plain.isdecimal() and plain.isascii() else None
    if key in ("due_from", "due_to"):
        year = _YEAR.fullmatch(plain)
        return int(year[1]) if year else None
    if key == "term":
        return _term(plain)
    if key == "credit_code":
        return written(plain) if is_credit_code(written(plain)) else None
    if key == "covers":
        return _COVERS.get(plain)
    return text


def _term(text: str) -> str | None:
    found = _TERM.fullmatch(text)
    term = None if found is None else term_from(f"{found[1]}-{found[2]}", "")
    return None if term is None else term.month_day
