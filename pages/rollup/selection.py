"""What the page is about, kept in its address by keys: year, scope, parent, edition, table, cell."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from desk.rollups import YearRollup
from form.language import _
from form.submitted import Scope
from measures.rollup.model import Rollup
from outputs.official_table import TableCell
from outputs.table_html import Link, Links
from pages.parts.links import href

YEAR: Final = "year"
SCOPE: Final = "covers"
"""The roster's selection, which all pages share, stands in the address as `scope`."""
PARENT: Final = "parent"
EDITION: Final = "edition"
PART: Final = "part"
CELL: Final = "cell"
DIFFERENCE: Final = "difference"
_K = TypeVar("_K", bound=Hashable)


def scope_names() -> dict[Scope, str]:
    """Return what people call the scopes."""
    return {"all": _("全区域"), "own": _("本级")}


def part_names() -> dict[str, str]:
    """Return the parts of the page by key: the three tables, who is in, what was sent."""
    return {
        "disclosure": _("二 主动公开"),
        "applications": _("三 依申请公开"),
        "disputes": _("四 复议、诉讼"),
        "organs": _("计入机构"),
        "sent": _("上报记录"),
    }


def pick_key(
    place: DeltaGenerator, label: str, names: Mapping[_K, str], key: str, default: _K
) -> _K:
    """Show a box and return the key that is chosen, which stands in the address."""
    asked = {str(option): option for option in names}.get(st.query_params.get(key, ""), default)
    options = list(names)
    box = f"{key}-box"

    def keep() -> None:
        chosen = st.session_state.get(box)
        if chosen is None or chosen == default:
            st.query_params.pop(key, None)
        else:
            st.query_params[key] = str(chosen)

    return place.selectbox(
        label,
        options,
        options.index(asked),
        format_func=names.__getitem__,
        key=box,
        on_change=keep,
    )


@dataclass(frozen=True, slots=True)
class Selection:
    """What is selected; `rollup` is the sum that is shown, `number` the difference, from 1."""

    found: YearRollup
    rollup: Rollup
    part: str
    cell: str | None
    number: int

    def href(self, **more: object) -> str:
        """Return the address of this page with something else selected."""
        here: dict[str, object] = {
            YEAR: self.found.year,
            SCOPE: self.found.scope,
            PARENT: st.query_params.get(PARENT),
            EDITION: self.rollup.edition,
            PART: self.part,
            DIFFERENCE: self.number if self.rollup.differences else None,
        }
        return href("rollup", {**here, **more})


def cell_links(selection: Selection) -> Links:
    """Let each cell of a table be opened into its parts, and choose the difference it stands in."""

    def link(cell: TableCell) -> Link | None:
        if cell.address is None:
            return None
        number = number_at(selection.rollup, cell.address, selection.number)
        told = {DIFFERENCE: number if selection.rollup.differences else None, CELL: cell.address}
        return Link(selection.href(**told), _("看{cell}由哪几家相加").format(cell=cell.name))

    return link


def number_at(rollup: Rollup, cell: str, default: int) -> int:
    """Return the number of the difference that a cell belongs to, from 1; `default` for none."""
    numbers = (n for n, item in enumerate(rollup.differences, 1) if cell in item.cells)
    chosen = rollup.differences[default - 1].cells if rollup.differences else ()
    return default if cell in chosen else next(numbers, default)


def chosen_cell(rollup: Rollup) -> str | None:
    """Return the cell that is opened by its address, None for none."""
    asked = st.query_params.get(CELL, "")
    return asked if asked in rollup.cells else None


def chosen_number(rollup: Rollup) -> int:
    """Return which difference is chosen, counted from 1: the one of the opened cell by default."""
    asked = st.query_params.get(DIFFERENCE, "")
    if asked.isdecimal() and 1 <= int(asked) <= len(rollup.differences):
        return int(asked)
    return 1
