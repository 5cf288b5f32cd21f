"""What a run of rereading found, line by line: whose, which cell, before, now, why."""

from __future__ import annotations

import pandas as pd

from form.figures import DASH_SIGN, grouped
from form.language import _
from library import runs
from library.names import version_name
from library.rereading import NOTES, Change
from library.runs import KINDS, Found, Kind, kind_of
from outputs.reread_words import Editions, change_place, change_words, table_of
from pages.parts import shelf
from pages.parts.grid import Column, Row, grid_html, is_absent, page_of
from pages.parts.links import href
from pages.parts.markup import link, show, tag
from pages.parts.picker import pick_one
from pages.parts.report_choice import waiting_label
from pages.report.correcting import CELL, EDITING
from pages.report.report_views import TAB, tab_names

_SHORT = 12
"""Signs of a reason that stay on one line."""


def kind_names() -> dict[Kind, str]:
    """Return what people call the kinds of changes."""
    return {
        "cell": _("数字"),
        "name": _("归属"),
        "form": _("表样"),
        "text": _("正文和说明"),
        "left": _("保持原样"),
    }


def show_changes(number: int, found: Found) -> None:
    """List what a run found, a page at a time, all of it or of one kind."""
    names = kind_names()
    every = _("全部")
    offered = {every: found.changes} | {names[kind]: count for kind, count in found.kinds.items()}
    chosen = every
    if len(found.kinds) > 1:
        chosen = pick_one(_("哪一种不同"), list(offered), "kind")
    count = offered.get(chosen, found.changes)
    kinds = [kind for kind in KINDS if names[kind] == chosen]
    place = page_of(count, "page", runs.PAGE)
    kept = shelf.library()
    changes = runs.changes_of(kept, number, kinds=kinds, offset=place.start, limit=runs.PAGE)
    columns = (
        Column(_("机构")),
        Column(_("年度"), "middle"),
        Column(_("哪里")),
        Column(_("原读数")),
        Column(_("新读数")),
        Column(_("为什么")),
        Column(_("读法"), "middle"),
    )
    editions = runs.editions(kept, changes)
    known = shelf.reports()
    rows = [
        _row(change, editions.get(change.report_id, {}), _known(known, change.report_id))
        for change in changes
    ]
    show(grid_html(_("读法不同的 {n} 处").format(n=grouped(count)), columns, rows))


def _known(known: pd.DataFrame, report_id: int) -> Row | None:
    return known.loc[report_id].to_dict() if report_id in known.index else None


def _row(change: Change, editions: Editions, report: Row | None) -> tuple[object, ...]:
    place = change_place(change.address, editions)
    readers = (str(number or DASH_SIGN) for number in (change.reader_from, change.reader_to))
    return (
        change.agency or _("机构不明"),
        change.year or DASH_SIGN,
        place if report is None else link(place, _address(change, report)),
        change_words(change.address, change.old, change.new),
        tag("b", change_words(change.address, change.new, change.old)),
        tag("span", change.why, classes="dd-nowrap" if len(change.why) <= _SHORT else ""),
        " → ".join(readers),
    )


def _address(change: Change, report: Row) -> str:
    """Return where the report shows this place; reports in the bin cannot be looked at."""
    selection: dict[str, object] = {}
    kind = kind_of(change)
    if kind == "cell" and change.address is not None:
        table = tab_names()[table_of(change.address)]
        selection = {EDITING: "true", TAB: table, CELL: change.address}
    elif kind == "text":
        selection = {TAB: tab_names()["prose"]} if change.address != NOTES else {}
    if is_absent(report["version"]):
        label = waiting_label(change.report_id, str(report["file"]))
        whose: dict[str, object] = {"agency": _("（待认领）"), "file": label}
        selection.pop(EDITING, None)
        return href("report", {**whose, **selection})
    version = None if report["counts"] else version_name(int(report["version"]))
    whose = {"agency": report["agency"], "year": int(report["year"]), "version": version}
    return href("report", {**whose, **selection})
