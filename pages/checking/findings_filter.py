"""The boxes that narrow a list of findings: agency, kind, severity, state, year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd
from streamlit.delta_generator import DeltaGenerator

from checks.catalogue import severity_names
from checks.states import SETTLED, state_names
from form.language import _
from pages.parts import shelf
from pages.parts.former_names import is_called
from pages.parts.picker import bar


@dataclass(frozen=True, slots=True)
class Picked:
    """Lines that boxes leave: `found` all of them, `of_any_state` all but that of states.

    `year` is the one picked.
    """

    found: pd.DataFrame
    of_any_state: pd.DataFrame
    year: int | None


def pick_findings(everything: pd.DataFrame, *, kinds: bool) -> Picked:
    """Show the boxes and return the lines that they leave.

    `everything` is a frame of `pages.parts.cases.cases_table`; `kinds` shows the box of kinds.
    """
    search_box, *boxes = bar(1, 1, 0.8) if kinds else bar(1, 0.8)
    asked = search_box.text_input(
        _("机构"), key="find", bind="query-params", placeholder=_("名称或拼音首字母")
    )
    every, unsettled = _("全部"), _("未处理完")
    keep = _asked_for(asked, everything)
    if kinds:
        names = everything["rule_name"]
        keep &= _same(names, _pick(boxes.pop(0), _("问题"), names.unique(), "kind", every), every)
    severity_box, state_box, year_box = boxes
    severities = everything["severity_name"]
    severity = _pick(severity_box, _("程度"), severity_names().values(), "severity", every)
    keep &= _same(severities, severity, every)
    state = _pick(state_box, _("处理"), [every, *state_names().values()], "state", unsettled)
    years = everything["year"].astype(str)
    year = _pick(year_box, _("年度"), sorted(years.unique(), reverse=True), "year", every)
    keep &= _same(years, year, every)
    of_state = (
        ~everything["state"].isin(SETTLED)
        if state == unsettled
        else _same(everything["state"].map(state_names()), state, every)
    )
    return Picked(
        everything[keep & of_state], everything[keep], None if year == every else int(year)
    )


def _same(column: pd.Series[Any], value: str, every: str) -> pd.Series[Any]:
    return (column == value) | (value == every)


def _pick(box: DeltaGenerator, label: str, values: Iterable[object], key: str, every: str) -> str:
    options = [every, *dict.fromkeys(str(value) for value in values)]
    return box.selectbox(label, options, key=key, bind="query-params") or every


def _asked_for(asked: str, found: pd.DataFrame) -> pd.Series[Any]:
    """Say of each line whether its agency is asked for."""
    if not asked.strip():
        return pd.Series(True, index=found.index)
    pinyin = shelf.now().agencies
    known = {
        name: is_called(asked, name, pinyin.get(name, "")) for name in found["agency"].unique()
    }
    return found["agency"].map(known).astype(bool)
