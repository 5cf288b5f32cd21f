"""汇总表: the official form of the whole jurisdiction, held against what its government printed."""

from __future__ import annotations

import streamlit as st

from form.editions import TABLE_KEYS
from form.language import _
from measures.rollup.wording import headline, not_compared, own_sums, who_is_in
from outputs.rollup.table import rollup_signs, rollup_table
from outputs.table_html import table_html
from pages.export.files import WORKBOOK_TYPE
from pages.parts import scope, shelf
from pages.parts.appearance import is_dark
from pages.parts.heading import chip, nothing_here, open_page, sentence
from pages.parts.picker import known_years
from pages.parts.registry import entry
from pages.rollup.difference_cards import show_differences
from pages.rollup.members_view import aside, show_came, show_members, show_outcome
from pages.rollup.parts_card import parts_card
from pages.rollup.selection import (
    EDITION,
    PARENT,
    PART,
    SCOPE,
    YEAR,
    Selection,
    cell_links,
    chosen_cell,
    chosen_number,
    part_names,
    pick_key,
    scope_names,
)
from pages.rollup.sent_view import show_changed_note, show_sent, workbook, workbook_name

reports = shelf.reports()
counting = reports[reports["counts"]]
if counting.empty:
    open_page("rollup")
    nothing_here(
        _("还没有可以相加的年报。"),
        _("上传的报告认出机构和年度之后，这里把各家的表相加，并与上级政府印发的逐格比对。"),
    )
    st.page_link(entry("upload").path, label=_("去上传报告"))
    st.stop()

head, boxes = st.columns([1.5, 1.6], gap="medium", vertical_alignment="bottom")
with boxes:
    year_box, scope_box, parent_box = st.columns([1, 1, 2], gap="small")
years = known_years(counting)
year = pick_key(year_box, _("年度"), {item: str(item) for item in years}, YEAR, years[0])
reach = pick_key(scope_box, _("口径"), scope_names(), SCOPE, "all")
asked = st.query_params.get(PARENT)
group = scope.group(shelf.now())
found = shelf.rollup(year, reach, asked, group)
names: dict[str, str] = {
    name: name for name in (*([found.parent] if found.parent else []), *found.parents)
}
if names:
    first = shelf.rollup(year, reach, None, group).parent
    parent = pick_key(parent_box, _("与谁的年报比对"), names, PARENT, first or next(iter(names)))
    if parent != found.parent:
        found = shelf.rollup(year, reach, parent, group)
editions = {item.edition: item for item in found.rollups}
edition = st.query_params.get(EDITION, "")
rollup = next((item for key, item in editions.items() if key == edition), found.rollups[-1])
with head:
    title = _("{parent} {year} 年度汇总表").format(
        parent=(found.parent or "").removesuffix(_("人民政府")), year=year
    )
    marks = [chip(_("{edition} 版表样").format(edition=rollup.edition))]
    if len(editions) > 1:
        marks.append(chip(_("有两版表样，分开相加"), "note"))
    if not found.rostered:
        marks.append(chip(_("没有名册，只加已收到的"), "note"))
    open_page("rollup", title, marks)

show_outcome()
told = (who_is_in(rollup), own_sums(rollup), not_compared(rollup))
sentence(headline(rollup), _("　•　").join(filter(None, told)))
if group is not None:
    aside(_("只加名册里“{group}”一组，不与印发的报告比对。").format(group=group))
elif found.printed_scope is not None and found.printed_scope != reach:
    text = _("{parent}的年报说的是“{scope}”，只与那个口径的汇总比对。")
    aside(text.format(parent=found.parent, scope=scope_names()[found.printed_scope]))
if not rollup.filings:
    selection = Selection(found, rollup, "organs", None, 1)
    show_came(selection)
    show_members(selection)
    st.stop()

if len(editions) > 1:
    kept = {key: _("{edition} 版表样").format(edition=key) for key in editions}
    with st.container(width=220):
        pick_key(st.container(), _("表样"), kept, EDITION, found.rollups[-1].edition)

parts = part_names()
number = chosen_number(rollup)
opened = chosen_cell(rollup)
default = "applications"
if opened is not None:
    default = opened.partition(".")[0]
elif rollup.differences:
    default = rollup.differences[number - 1].cells[0].partition(".")[0]
asked_part = st.query_params.get(PART, default)
part = asked_part if asked_part in parts else default
selection = Selection(found, rollup, part, opened, number)
show_came(selection)
show_changed_note(selection)

left, right = st.columns([2.1, 1], gap="medium")
with left:
    with st.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"
    ):
        odd = [place.partition(".")[0] for place in rollup.differing]
        labels = {
            key: f"{name} {count}" if (count := odd.count(key)) else name
            for key, name in parts.items()
        }
        picked = st.segmented_control(
            _("部分"),
            list(labels),
            default=part,
            required=True,
            format_func=labels.__getitem__,
            key=f"part-tabs-{part}-{number}",
            label_visibility="collapsed",
        )
        st.download_button(
            _("导出工作簿（带公式）"),
            lambda: workbook(selection),
            file_name=workbook_name(selection),
            mime=WORKBOOK_TYPE,
            key="rollup-workbook",
            on_click="ignore",
        )
    if picked != part:
        st.query_params[PART] = picked
        st.rerun()
    if part == "organs":
        show_members(selection)
    elif part == "sent":
        show_sent(selection)
    else:
        key = next(item for item in TABLE_KEYS if item == part)
        lit = rollup.differences[number - 1].cells if rollup.differences else ()
        table = rollup_table(rollup, key, lit)
        page = table_html(
            table,
            dark=is_dark(),
            links=cell_links(selection),
            picked=opened,
            signs=rollup_signs(rollup, table),
        )
        st.html(page)
with right:
    place = opened
    if place is None and rollup.differences:
        place = rollup.differences[number - 1].cells[0]
    show_differences(selection, None if place is None else parts_card(selection, place))
