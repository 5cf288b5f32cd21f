"""The roster as a grid that can be edited, and what cannot be done in a grid: leaving, new names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd
import streamlit as st

from form.figures import grouped
from form.language import _
from form.roster import (
    FIELDS,
    Covers,
    Field,
    Roster,
    Row,
    Value,
    covers_names,
    field_names,
    value_words,
)
from pages.parts import shelf
from pages.parts.heading import heading, nothing_here
from pages.parts.markup import show, tag
from pages.roster.actions import drop, rename, save

_AGENCY: Final = "agency"
_NUMBERS: Final = ("order", "due_from", "due_to")
_HEIGHT: Final = 560
_YEAR: Final = r"^(20\d\d)?$"


def show_grid(roster: Roster, due: Sequence[Row], year: int) -> None:
    """Show the rows due in a year, or all there ever were, to edit, and the forms below."""
    with st.container(horizontal=True, vertical_alignment="center"):
        every = st.toggle(_("含不再应报和尚未应报的"), key="every", bind="query-params")
        counts = [f"{name} {grouped(len(roster.members(name, year)))}" for name in roster.groups]
        show(tag("span", _("，").join(counts), classes="dd-quiet"))
    rows = roster.rows if every else due
    if not rows:
        nothing_here(_("{year} 年度没有应报的机构。").format(year=year), _("可以从“导入”列入。"))
        return
    before = _frame(rows)
    edited = st.data_editor(
        before,
        # Another roster, another grid: edits are of what was shown.
        key=f"grid-{shelf.now().stamp}-{year}-{every}",
        hide_index=True,
        disabled=[_AGENCY],
        column_config=_columns(),
        height=min(_HEIGHT, 38 + 35 * len(rows)),
        width="stretch",
        placeholder="",
    )
    changes = changed(before, edited)
    with st.container(horizontal=True, vertical_alignment="bottom", key="roster-save"):
        reason = st.text_input(
            _("理由（改年度时必填）"), key="grid-reason", max_chars=200, width=420
        )
        st.button(
            _("保存 {n} 行改动").format(n=grouped(len(changes))) if changes else _("保存改动"),
            type="primary",
            disabled=not changes,
            key="grid-save",
            on_click=save,
            args=(changes, reason),
        )
    _show_leaving(rows, year)


def changed(before: pd.DataFrame, after: pd.DataFrame) -> dict[str, dict[Field, Value]]:
    """Return by agency what an edited grid says otherwise."""
    found: dict[str, dict[Field, Value]] = {}
    covers = {name: key for key, name in covers_names().items()}
    for key in FIELDS:
        pairs = zip(before[_AGENCY], before[key].tolist(), after[key].tolist(), strict=True)
        for agency, old, new in pairs:
            told = [_plain(key, value, covers) for value in (old, new)]
            if told[0] != told[1]:
                found.setdefault(agency, {})[key] = told[1]
    return found


def _plain(key: Field, value: Any, covers: dict[str, Covers]) -> Value:
    if value is None or pd.isna(value) or value == "":
        return None
    text = str(value).strip()
    if key in _NUMBERS and text.isascii() and text.isdecimal():
        return int(text)
    return covers.get(text, text) if key == "covers" else text or None


def _frame(rows: Sequence[Row]) -> pd.DataFrame:
    columns: dict[str, Any] = {_AGENCY: [row.agency for row in rows]}
    for key in FIELDS:
        values = [row.fields[key] for row in rows]
        # Years and places in a list are names, not figures.
        columns[key] = [value_words(key, value) for value in values]
    return pd.DataFrame(columns)[["order", _AGENCY, *(key for key in FIELDS if key != "order")]]


def _columns() -> dict[str, Any]:
    names, columns = field_names(), st.column_config
    return {
        "order": columns.TextColumn(names["order"], width=60, validate=r"^\d{1,6}$"),
        _AGENCY: columns.TextColumn(_("机构名称"), width=260),
        "group": columns.TextColumn(names["group"], max_chars=40),
        "due_from": columns.TextColumn(names["due_from"], validate=_YEAR),
        "due_to": columns.TextColumn(names["due_to"], validate=_YEAR),
        "term": columns.TextColumn(
            names["term"], help=_("本机构自己的期限，月-日，例如 02-20；空着按类别")
        ),
        "contact": columns.TextColumn(names["contact"], help=_("只写科室，不写人")),
        "credit_code": columns.TextColumn(names["credit_code"], max_chars=18),
        "covers": columns.SelectboxColumn(
            names["covers"],
            options=list(covers_names().values()),
            help=_("年报只含本级，还是含整个区域；汇总时不重复计算"),
        ),
    }


def _show_leaving(rows: Sequence[Row], year: int) -> None:
    names = [row.agency for row in rows]
    left, right = st.columns(2, gap="medium")
    with left, st.expander(_("减少机构")), st.form("drop", border=False):
        st.multiselect(_("机构"), names, key="drop-who")
        ways = {
            "drop": _("{year} 年度起不再应报").format(year=year),
            "remove": _("误列，移出全部年度"),
        }
        st.radio(_("怎样减少"), list(ways), key="drop-how", format_func=ways.__getitem__)
        st.text_input(_("理由"), key="drop-reason", max_chars=200)
        st.form_submit_button(_("记下"), on_click=drop, args=(year,))
    with right, st.expander(_("机构更名")), st.form("rename", border=False):
        st.selectbox(_("原名"), names, None, key="rename-old", placeholder=_("名册里的机构"))
        st.text_input(_("新名"), key="rename-new", max_chars=100)
        st.text_input(_("理由"), key="rename-reason", max_chars=200)
        text = _("{year} 年度起用新名").format(year=year)
        st.form_submit_button(text, on_click=rename, args=(year,))
    heading("", _("类别、层级、地区、上级在“资料库 · 机关”里，名册不另存一份。"))
