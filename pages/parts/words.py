"""Figures in words: values with their doubts, changes with their rates, their source."""

from __future__ import annotations

from form.figures import (
    PERCENT,
    RATE,
    rounding_note,
    share_of,
    state_words,
    written,
    written_change,
)
from form.language import _
from measures.measure import Measure
from outputs.wording import SUSPECT_SIGN
from pages.parts.grid import Row, is_absent
from pages.parts.markup import Markup, joined, tag


def cell(
    measure: Measure, value: object, state: str, suspect: bool, exact: str | None = None
) -> Markup:
    """Return a value as it stands in a table: doubtful ones marked, absent ones in words.

    `exact` is the division that a rounded share was.
    """
    if state != "number":
        return tag("span", state_words()[state], classes="dd-nothing")
    text = written(value, measure.unit if measure.unit == PERCENT else "")
    if not suspect:
        return tag("span", text, title=exact)
    return joined(
        (
            tag("span", SUSPECT_SIGN, classes="dd-red", title=_("有未决勾稽错误")),
            " ",
            tag("span", text, title=exact) if exact else text,
        )
    )


def division(row: Row) -> str | None:
    """Return the division that a line's share is, None where it is no share: 13 ÷ 21."""
    if is_absent(row["part"]) or is_absent(row["whole"]):
        return None
    return share_of(row["part"], row["whole"])


def change_text(measure: Measure, change: object, rate: object) -> str:
    """Return a change with its sign and, where it has one, its rate: +27 件，+87%."""
    if is_absent(change):
        return ""
    text = written_change(change, measure.unit)
    return text if is_absent(rate) else _("，").join((text, RATE.text(rate)))


def source_text(measure: Measure, years: str) -> str:
    """Return unit and source of a figure, and that percentages are rounded."""
    return _("单位：{unit}　来源：各机构 {years} 年度报告，{formula}　{rounding}").format(
        unit=measure.unit, years=years, formula=measure.formula, rounding=rounding_note()
    )
