"""Ways of which none is surer than another: a list to choose from, adopted with a basis."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import streamlit as st

from checks.explanations import Change, Part
from checks.repairs import Way
from form.figures import grouped
from form.language import _
from form.model import TableKey, split_address
from form.names import SEPARATOR, cell_name_in, column_name, row_name
from form.report import Report, layout_edition
from outputs.likely import by_group, change_text
from pages.parts.markup import show, tag
from pages.parts.report_choice import Choice
from pages.report import deciding
from pages.report.cards import Card
from pages.report.deciding import repairs_of

LONG_LIST = 26
"""More ways than this scroll in a box of their own; all of them are there."""
_LABEL = 9
"""Characters of a row's label that a way repeats."""


def weighed_way(card: Card | None) -> Way | None:
    """Return the way that somebody has picked and not taken yet."""
    if card is None or card.sure is not None:
        return None
    for at, (_heading, members) in enumerate(by_group(card.ways)):
        picked = st.session_state.get(_key(card, at))
        if isinstance(picked, int) and 0 <= picked < len(members):
            return members[picked]
    return None


def show_ways(choice: Choice, card: Card) -> None:
    """Show every way, those of one rank and reason together, and the box to adopt one."""
    groups = by_group(card.ways)
    show(tag("div", _("已知是哪一种，就选它"), classes="dd-what"))
    height: int | Literal["content"] = 430 if len(card.ways) > LONG_LIST else "content"
    with st.container(height=height, border=False, key=f"ways-{card.name}"):
        for at, (heading, members) in enumerate(groups):
            _show_group(card, at, heading, members, len(groups))
    _show_basis(choice, card)


def _show_group(card: Card, at: int, heading: str, members: Sequence[Way], groups: int) -> None:
    shared = _shared_columns(card.report, members)
    labels = [way_label(card.report, way, named=not shared) for way in members]
    said = _("{heading}（{n} 种）").format(heading=heading, n=grouped(len(members)))
    if shared:
        said = _("{said}：{columns}").format(said=said, columns=_("、").join(shared))
    st.radio(
        said,
        range(len(members)),
        index=None,
        key=_key(card, at),
        format_func=labels.__getitem__,
        on_change=_pick_only,
        args=(card.name, at, groups),
    )


def _shared_columns(report: Report, members: Sequence[Way]) -> tuple[str, ...]:
    """Return the columns in which every one of these ways changes one row; none where they differ."""
    found = {
        tuple(_column(report, change) for change in way.changes)
        if not any(part.lead for part in way.parts)
        and len({_row(report, change) for change in way.changes}) == 1
        else ()
        for way in members
    }
    return found.pop() if len(found) == 1 else ()


def _key(card: Card, at: int) -> str:
    return f"way-{card.name}-{at}"


def _pick_only(name: str, at: int, groups: int) -> None:
    """Let go of what was picked in the other groups; a callback."""
    for other in range(groups):
        if other != at:
            st.session_state[f"way-{name}-{other}"] = None


def _show_basis(choice: Choice, card: Card) -> None:
    way = weighed_way(card)
    takes = way is not None and way.is_forced
    label = _("采纳所选改法")
    if way is not None:
        label = (
            _("采纳所选 {n} 格").format(n=grouped(len(way.changes)))
            if takes
            else _("数目不定，请用“更正数字”填写")
        )
    with st.form(f"adopt-{card.name}", border=False):
        st.text_input(
            _("依据（必填）"),
            key=f"basis-{card.name}",
            placeholder=_("对方答复、台账等"),
            max_chars=200,
        )
        st.form_submit_button(
            label,
            disabled=not takes,
            on_click=_adopt,
            args=(choice.report_id, card, way),
        )


def _adopt(report_id: int, card: Card, way: Way | None) -> None:
    """Write the picked way with the basis that stands in the box; a callback."""
    basis = str(st.session_state.get(f"basis-{card.name}", "")).strip()
    if way is None:
        return
    if not basis:
        deciding.refuse(_("请写明依据：凭什么知道是这一种改法。"))
        return
    deciding.correct(report_id, repairs_of(card.report, way.changes), basis, card.first.finding)


def way_label(report: Report, way: Way, *, named: bool = True) -> str:
    """Return a way in a line: （三）1.属于国家秘密：自然人 0 → 2，总计 0 → 2.

    Without the columns where they are not `named`.
    """
    return _("，").join(_part_label(report, part, named=named) for part in way.parts)


def _part_label(report: Report, part: Part, *, named: bool) -> str:
    if part.lead:
        return _("{what}（改 {n} 格）").format(what=part.lead, n=grouped(len(part.changes)))
    parts, here = [], ""
    for change in part.changes:
        row = change.address.rpartition(".")[0]
        said = change_text(change)
        if named:
            said = f"{_column(report, change)} {said}"
        if row != here:
            said = _("{row}：{change}").format(row=_row(report, change), change=said)
        parts.append(said)
        here = row
    return _("，").join(parts)


def _row(report: Report, change: Change) -> str:
    table, row, _column = split_address(change.address)
    name = row_name(_table(table), layout_edition(report, _table(table)), row)
    *groups, label = name.split(SEPARATOR)
    mark = groups[-1].rpartition("）")[0].rpartition("（") if groups else ("", "", "")
    short = label if len(label) <= _LABEL else f"{label[:_LABEL]}…"
    return f"（{mark[2]}）{short}" if mark[1] else SEPARATOR.join((*groups, short))


def _column(report: Report, change: Change) -> str:
    table, row, column = split_address(change.address)
    try:
        return column_name(_table(table), layout_edition(report, _table(table)), row, column)
    except KeyError:
        return cell_name_in(report, change.address)


def _table(name: str) -> TableKey:
    return "disputes" if name == "disputes" else "applications"
