"""Where the cells of a finding were read: the printed line, and its place in the file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from checks.findings import Finding
from form.language import _
from form.model import TableKey, split_address
from form.names import row_name
from form.report import Cell, Place, Report, layout_edition, printed_addresses
from pages.parts.markup import Markup, tag

MOST_LINES = 6


def source_of(report: Report, finding: Finding) -> Markup | str:
    """Return the printed lines that a finding's cells stand in, "" where it has no cells."""
    told = [address for address in finding.cells if _is_telling(report.cells.get(address))]
    lines = [list(group) for _row, group in groupby(told, key=_row_of)]
    if not lines or finding.table is None:
        return ""
    shown = [_line(report, finding.table, addresses) for addresses in lines[:MOST_LINES]]
    left_out = len(lines) - len(shown)
    rest = tag("div", _("另有 {n} 行").format(n=left_out), classes="dd-quiet") if left_out else ""
    return tag(
        "div", tag("div", _("原文"), classes="dd-card-label"), *shown, rest, classes="dd-source"
    )


def _is_telling(cell: Cell | None) -> bool:
    """Say whether a cell has print to show: blank lines of a long sum tell nothing."""
    return cell is not None and (cell.mark != "blank" or bool(cell.place.to_json()))


def _row_of(address: str) -> tuple[str, str]:
    table, row, _column = split_address(address)
    return table, row


def _line(report: Report, table: TableKey, addresses: Sequence[str]) -> Markup:
    own = _row_of(addresses[0])
    cells = [place for place in printed_addresses(report, table) if _row_of(place) == own]
    figures = (_figure(report.cells[place], place in addresses) for place in cells)
    name = row_name(table, layout_edition(report, table), own[1])
    where = place_text(report.cells[place].place for place in cells)
    return tag(
        "div",
        tag("div", name, tag("span", where, classes="dd-where")),
        tag("div", *figures, classes="dd-figures"),
        classes="dd-raw",
    )


def _figure(cell: Cell, takes_part: bool) -> Markup:
    text = cell.raw.strip() or _("空")
    return tag("span", text, classes="dd-lit" if takes_part else "")


def place_text(places: Iterable[Place]) -> str:
    """Return where in the file these places lie: 第 139–146 行; "" where the file kind has none."""
    known = list(places)
    pages = _span([place.page for place in known])
    lines = _span([place.line for place in known])
    cells = [place.cell for place in known if place.cell]
    sheet = next((place.sheet for place in known if place.sheet), None)
    parts = []
    if pages:
        parts.append(_("第 {n} 页").format(n=pages))
    if sheet:
        parts.append(_("工作表“{name}”").format(name=sheet))
    if cells:
        parts.append(cells[0] if len(cells) == 1 else f"{cells[0]}–{cells[-1]}")
    if lines:
        parts.append(_("第 {n} 行").format(n=lines))
    if not parts:
        tables, rows = (
            _span([place.table for place in known]),
            _span([place.row for place in known]),
        )
        if tables and rows:
            parts.append(_("第 {table} 个表格，第 {row} 行").format(table=tables, row=rows))
    return " ".join(parts)


def _span(numbers: Sequence[int | None]) -> str:
    known = [number for number in numbers if number is not None]
    if not known:
        return ""
    first, last = min(known), max(known)
    return str(first) if first == last else f"{first}–{last}"
