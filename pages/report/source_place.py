"""Where the cells of a finding were read: the printed line, and its place in the file."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import groupby

from checks.findings import Finding
from form.editions import all_columns
from form.figures import mark_words
from form.language import _
from form.model import TableKey, split_address
from form.names import address_position, row_name
from form.report import Cell, Place, Report, layout_edition, printed_addresses
from loaders.evidence import Evidence
from outputs.regions import scroll_region
from pages.parts.markup import Markup, tag
from pages.parts.report_choice import Choice
from pages.report.source_files import cell_pictures, printed_lines

MOST_LINES = 6
MOST_PICTURES = 2


def source_of(
    choice: Choice, report: Report, findings: Sequence[Finding], telling: Collection[str] = ()
) -> Markup | str:
    """Return the printed lines that the cells of findings of one table stand in, "" where none do.

    Of too many lines those are shown that hold `telling` cells, then the first.
    """
    cells = dict.fromkeys(place for item in findings for place in item.cells)
    lines = _lines_of(report, sorted(cells, key=address_position().__getitem__))
    table = next((item.table for item in findings if item.table is not None), None)
    if not lines or table is None:
        return ""
    best = sorted(range(len(lines)), key=lambda at: set(telling).isdisjoint(lines[at]))
    chosen = [lines[at] for at in sorted(best[:MOST_LINES])]
    printed = printed_lines(choice.report_id, tuple(line[0] for line in chosen))
    by_row = {_row_of(item.address): item for item in printed}
    shown = [_line(report, table, line, by_row.get(_row_of(line[0]))) for line in chosen]
    left_out = len(lines) - len(shown)
    rest = tag("div", _("另有 {n} 行").format(n=left_out), classes="dd-quiet") if left_out else ""
    label = tag("div", _("原文"), classes="dd-card-label")
    return tag("div", label, *shown, rest, classes="dd-source")


def source_pictures(choice: Choice, report: Report, cells: Sequence[str]) -> tuple[bytes, ...]:
    """Return pictures of the PDF where these cells stand, one a line of the form."""
    groups = tuple(
        tuple(read_cell(report, address).place for address in line)
        for line in _lines_of(report, cells)[:MOST_PICTURES]
    )
    return cell_pictures(choice.report_id, groups)


def read_cell(report: Report, address: str) -> Cell:
    """Return a cell as it was read, whatever a person has made of it since."""
    cell = report.cells[address]
    return cell.printed or cell


def _lines_of(report: Report, cells: Iterable[str]) -> list[list[str]]:
    told = [address for address in cells if _is_telling(report, address)]
    return [list(group) for _row, group in groupby(told, key=_row_of)]


def _is_telling(report: Report, address: str) -> bool:
    """Say whether a cell has print to show: blank lines of a long sum tell nothing."""
    if address not in report.cells:
        return False
    cell = read_cell(report, address)
    return cell.mark not in ("blank", "typed") or bool(cell.place.to_json())


def _row_of(address: str) -> tuple[str, str]:
    table, row, _column = split_address(address)
    return table, row


def _line(
    report: Report, table: TableKey, addresses: Sequence[str], printed: Evidence | None
) -> Markup:
    """Return a line as it is printed; as it was read, where the file does not show it."""
    own = _row_of(addresses[0])
    if printed is not None and printed.at is not None:
        return printed_html(report, printed, addresses)
    cells = [place for place in printed_addresses(report, table) if _row_of(place) == own]
    figures = [_figure(read_cell(report, place).raw, place in addresses) for place in cells]
    name = row_name(table, layout_edition(report, table), own[1])
    return _raw(name, [read_cell(report, place).place for place in cells], figures)


def printed_html(report: Report, printed: Evidence, lit: Collection[str]) -> Markup:
    """Return a printed line: its label, its place, its figures with those of the cells `lit` marked."""
    start, end = _figures_at(report, printed)
    label = " ".join(filter(None, (piece.text.strip() for piece in printed.pieces[:start])))
    marked = {read_cell(report, address).place for address in lit}
    # A row that could not be parted stands behind each of its cells: it is shown once.
    pieces = tuple(dict.fromkeys(printed.pieces[start:end]))
    figures = [_figure(piece.text, piece.place in marked) for piece in pieces]
    return _raw(label, [piece.place for piece in printed.pieces[:end]], figures)


def _figures_at(report: Report, printed: Evidence) -> tuple[int, int]:
    """Return where the figures of a printed line begin and end among its pieces.

    They are where the cells of its row were read; what a sheet has beside them to the right is
    none of them unless something is printed there. Where no cell says where it stood, they are as
    many pieces as the form has columns, at the end.
    """
    table, row, _column = split_address(printed.address)
    # Section 四 is one printed line of three rows.
    line = f"{table}." if table == "disputes" else f"{table}.{row}."
    own = {read_cell(report, place).place for place in report.cells if place.startswith(line)} - {
        Place()
    }
    at = [number for number, piece in enumerate(printed.pieces) if piece.place in own]
    if not at:
        columns = sum(place.startswith(line) for place in all_columns())
        return max(len(printed.pieces) - columns, 0), len(printed.pieces)
    filled = [number for number, piece in enumerate(printed.pieces) if piece.text.strip()]
    return at[0], max(at[-1], *filled) + 1


def _raw(label: str, places: Sequence[Place], figures: Sequence[Markup]) -> Markup:
    return tag(
        "div",
        tag("div", label, tag("span", place_text(places), classes="dd-where")),
        tag("div", *figures, classes="dd-figures"),
        classes="dd-raw",
        **scroll_region(label or _("原件里的一行")),
    )


def _figure(text: str, takes_part: bool) -> Markup:
    return tag(
        "span", text.strip() or mark_words()["blank"], classes="dd-lit" if takes_part else ""
    )


def cell_place(cell: Cell) -> str:
    """Return where in the file a cell stands, "" where nothing is known."""
    return place_text([cell.place])


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
