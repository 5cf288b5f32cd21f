"""A cell of the sum opened into its parts: the likeliest organ first, then by size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from form.figures import UNKNOWN_SIGN, cell_words, grouped, mark_words, quoted
from form.language import _
from form.names import cell_name
from form.report import Cell
from measures.rollup.model import Difference, Filing, Number, Part, plus
from measures.rollup.wording import fits_words, printed_words, sum_words
from pages.parts.grid import Column, grid_html
from pages.parts.markup import Markup, joined, link, tag
from pages.parts.report_choice import report_href
from pages.rollup.selection import Selection

_MOST: Final = 30
"""Organs with a number that are named one by one; the rest is told together."""


def parts_card(selection: Selection, address: str) -> Markup:
    """Return the parts of a cell as a card, with the sum and what is printed below them."""
    rollup, cell = selection.rollup, selection.rollup.cells[address]
    head = _("{cell} = {sum}").format(cell=cell_name(address, rollup.edition), sum=sum_words(cell))
    ordered = _ordered(selection, address)
    shown = [part for part in ordered if part.value is None or part.value][:_MOST]
    rest = [part for part in ordered if part not in shown]
    filings = {item.agency: item for item in rollup.filings}
    rows: list[tuple[object, object, object]] = [
        (_name(part, selection), _value(part), _remark(part, filings[part.agency], address))
        for part in shown
    ]
    if rest:
        rows.append(_others(rest))
    printed = rollup.printed_cell(address)
    said = _("印发 {n}").format(n=printed_words(printed)) if printed is not None else ""
    total = _("合计 {n} 家").format(n=grouped(len(cell.parts)))
    rows.append(
        (
            tag("span", total, classes="dd-what"),
            tag("span", sum_words(cell), classes="dd-what"),
            said,
        )
    )
    columns = (Column(_("机构")), Column(_("数"), "number"), Column(_("说明")))
    fits = [fit for item in rollup.differences if item.cells[0] == address for fit in item.fits]
    note = ""
    if fits:
        text = _("{names}也恰差这么多，但数目相同不算证据。")
        note = tag("div", text.format(names=fits_words(fits)), classes="dd-quiet")
    return tag(
        "div",
        tag("div", head, classes="dd-what"),
        tag("div", _("按可能在前，再按大小"), classes="dd-quiet"),
        grid_html(head, columns, rows),
        note,
        classes="dd-card",
    )


def _ordered(selection: Selection, address: str) -> Sequence[Part]:
    """Return the parts: whom the chosen difference names, whom others name here, then by size."""
    rollup = selection.rollup
    here = [item for item in rollup.differences if address in item.cells]
    chosen = [item for item in here if item is rollup.differences[selection.number - 1]]
    first, then = _named(chosen), _named(here)

    def place(part: Part) -> tuple[bool, bool, bool, float]:
        size = 0.0 if part.value is None else abs(float(part.value))
        return part.agency not in first, part.agency not in then, part.value is not None, -size

    return sorted(rollup.cells[address].parts, key=place)


def _named(differences: Iterable[Difference]) -> set[str | None]:
    return {name for item in differences for name in (item.agency, *item.rivals)}


def _name(part: Part, selection: Selection) -> Markup:
    address = report_href(part.agency, selection.found.year, version=part.version)
    return link(part.agency, address)


def _value(part: Part) -> str:
    if part.value is None:
        return UNKNOWN_SIGN
    return quoted(part.value) if part.shown is not None else cell_words(part.cell)


def _remark(part: Part, filing: Filing, address: str) -> Markup:
    """Return the version that counts, and what other versions said in this cell."""
    return joined(_("；").join(_remarks(part, filing, address)))


def _remarks(part: Part, filing: Filing, address: str) -> Iterator[str]:
    if part.cell is None:
        yield _("没有这张表")
    elif part.value is None:
        yield f"{mark_words()[part.mark]} {part.cell.raw}".strip()
    if part.is_corrected and part.cell is not None and part.cell.printed is not None:
        yield _("已更正（原为 {printed}）").format(printed=_print(part.cell.printed))
    if part.version > 1:
        yield _("第 {n} 版").format(n=part.version)
    for number, other in sorted(filing.others.items()):
        if number == part.version:
            continue
        before = other.cells.get(address)
        if before is not None and part.cell is not None and before.value != part.cell.value:
            yield _("第 {n} 版为 {value}").format(n=number, value=_print(before))


def _print(cell: Cell) -> str:
    return cell_words(cell) or mark_words()["blank"]


def _others(rest: Sequence[Part]) -> tuple[object, object, object]:
    """Return one line for those that are not named: how many print 0, a blank, a dash."""
    zeros = [part for part in rest if not part.value]
    more = [part for part in rest if part.value]
    told = {
        _("{n} 家填 0"): sum(part.shown is not None for part in zeros),
        _("{n} 家空"): sum(part.mark == "blank" for part in zeros),
        _("{n} 家填横线"): sum(part.mark == "dash" for part in zeros),
        _("{n} 家不是 0 就是空"): sum(part.mark == "unknown" for part in zeros),
    }
    words = [text.format(n=grouped(n)) for text, n in told.items() if n]
    if more:
        words.insert(0, _("{n} 家有数，未列出").format(n=grouped(len(more))))
    name = _("其余 {n} 家").format(n=grouped(len(rest)))
    total: Number = 0
    for part in more:
        total = plus(total, part.value or 0)
    return name, quoted(total), _("，").join(words)
