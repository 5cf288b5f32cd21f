"""The official table as HTML fit for `st.html`: no scripts, nothing that is not escaped.

Every sentence about a cell stands inside the cell: screen readers meet it there, and the style
sheet shows it as a tooltip on hover, focus and tap; a cell that something is said about has its address
for an id. A cell with a link is the link for a mouse and
for keys; under a finger the tooltip opens first and holds the link.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from checks.resubmission import fate_names
from checks.wording import FAILS
from form.figures import UNKNOWN_SIGN, mark_words, quoted
from form.language import _
from form.model import TableKey
from outputs.escape import escaped
from outputs.official_table import LegendItem, OfficialTable, TableCell, further_signs, legend
from outputs.regions import scroll_region
from outputs.table_css import table_css
from outputs.table_widths import column_widths
from outputs.theme import palette
from outputs.wording import CORRECTED_SIGN, SUSPECT_SIGN, fate_signs

# The tables whose last column is the 总计 that stays in sight when the rest scrolls away.
_LAST_COLUMN_STAYS: Final[frozenset[TableKey]] = frozenset({"applications"})


@dataclass(frozen=True, slots=True)
class Link:
    """Where a cell leads: an address in this app, and the words that say so."""

    href: str
    text: str


Links = Callable[[TableCell], Link | None]
"""Gives the link of a value cell, None where it leads nowhere."""


def no_links(_cell: TableCell) -> None:
    """Let no cell lead anywhere."""


def table_html(
    table: OfficialTable,
    *,
    dark: bool = False,
    links: Links = no_links,
    picked: str | None = None,
    weighed: bool = False,
    signs: Sequence[LegendItem] | None = None,
) -> str:
    """Return the table with its style sheet, its scroll region and its legend.

    `picked` is the address of a cell to frame. `weighed` where the changes in it are a way that
    somebody looks at and nobody has taken. `signs` stand in the legend in place of the usual ones,
    none where they are empty. Where the document held no such table a sentence says so: an empty
    form would look like a form with nothing filled in.
    """
    if not table.found:
        body = _absent(table)
    else:
        region = _tag(
            "div",
            _tag(
                "table",
                _table_parts(_Drawing(table, links, picked, weighed)),
                classes=[f"dd-{table.key}"],
                style=f"--dd-least:{column_widths(table).least:.4g}em",
            ),
            classes=["dd-region"],
            **scroll_region(table.title),
        )
        usual = (*legend(), *further_signs(table, weighed=weighed))
        shown = usual if signs is None else signs
        body = region + (_legend(shown) if shown else "")
    sheet = f"<style>{table_css(palette(dark))}</style>"
    return sheet + _tag("div", body, classes=["dd-official"])


@dataclass(frozen=True, slots=True)
class _Drawing:
    """A table and what only the screen adds to it."""

    table: OfficialTable
    links: Links
    picked: str | None
    weighed: bool


def _tag(name: str, content: str = "", classes: Iterable[str] = (), **attributes: object) -> str:
    """Return an element; `content` is HTML already, attributes are escaped here."""
    named = {"class": " ".join(classes), **attributes}
    written = "".join(
        f' {key.replace("_", "-")}="{escaped(value)}"'
        for key, value in named.items()
        if value not in ("", None)
    )
    return f"<{name}{written}>" if name == "col" else f"<{name}{written}>{content}</{name}>"


def _absent(table: OfficialTable) -> str:
    text = _("这份报告里没有找到“{title}”的表格。").format(title=table.title)
    return _tag("p", escaped(text), classes=["dd-absent"])


def _table_parts(drawing: _Drawing) -> str:
    table = drawing.table
    shares = column_widths(table).shares
    widths = "".join(_tag("col", style=f"width:{share:.4g}%") for share in shares)
    head = "".join(_row(drawing, row) for row in table.rows[: table.header_rows])
    return "".join(
        (
            _tag("caption", escaped(table.title)),
            _tag("colgroup", widths),
            _tag("thead", head) if head else "",
            *(
                _tag("tbody", "".join(_row(drawing, row) for row in block))
                for block in _blocks(table)
            ),
        )
    )


def _blocks(table: OfficialTable) -> Iterator[list[tuple[TableCell, ...]]]:
    """Yield the rows below the headers; each block that has a title row of its own is one."""
    block: list[tuple[TableCell, ...]] = []
    for row in table.rows[table.header_rows :]:
        if row[0].role == "title" and block:
            yield block
            block = []
        block.append(row)
    yield block


def _row(drawing: _Drawing, row: tuple[TableCell, ...]) -> str:
    return _tag("tr", "".join(_cell(drawing, cell) for cell in row))


def _cell(drawing: _Drawing, cell: TableCell) -> str:
    table = drawing.table
    spans = {
        "rowspan": cell.row_span if cell.row_span > 1 else None,
        "colspan": cell.column_span if cell.column_span > 1 else None,
    }
    last = cell.column + cell.column_span == table.width
    edge = ["dd-end"] if last else []
    if last and cell.column_span == 1 and table.key in _LAST_COLUMN_STAYS:
        edge.append("dd-total")
    if cell.role == "value":
        link = drawing.links(cell)
        classes = [*edge, *_value_classes(drawing, cell)]
        # A link has the focus itself; without a mouse the cell takes it to show what it says.
        focus = "-1" if link else "0"
        return _tag(
            "td",
            _value(cell, link),
            classes,
            tabindex=focus if cell.notes else None,
            id=cell.address if cell.notes or cell.side else None,
            **spans,
        )
    return _tag(
        "th", escaped(cell.text), [*edge, *_label_classes(cell)], scope=_scope(cell), **spans
    )


def _scope(cell: TableCell) -> str:
    across = "row" if cell.role == "label" else "col"
    span = cell.row_span if cell.role == "label" else cell.column_span
    return f"{across}group" if span > 1 else across


def _label_classes(cell: TableCell) -> Iterator[str]:
    yield {"title": "dd-title", "header": "dd-head", "label": "dd-label"}[cell.role]
    if cell.vertical:
        yield "dd-group"


def _value_classes(drawing: _Drawing, cell: TableCell) -> Iterator[str]:
    table = drawing.table
    if cell.side:
        yield f"dd-{cell.side}"
    if cell.suspect:
        yield "dd-suspect"
    elif cell.severity:
        yield "dd-doubt"
    yield from _looked_at(drawing, cell)
    if cell.fate is not None:
        yield f"dd-fate-{cell.fate}"
    yield from _reading_classes(cell)
    if cell.notes:
        yield "dd-noted"
        # The tooltip opens towards the middle of the table, so that its region never has to grow.
        if cell.row * 2 > len(table.rows):
            yield "dd-up"
        if cell.column * 2 >= table.width:
            yield "dd-back"


def _looked_at(drawing: _Drawing, cell: TableCell) -> Iterator[str]:
    if cell.beside is not None:
        yield "dd-differs"
    if cell.lit:
        yield "dd-lit"
    if cell.address == drawing.picked is not None:
        yield "dd-picked"
    if cell.repair is not None and drawing.weighed:
        yield "dd-weighed"


def _reading_classes(cell: TableCell) -> Iterator[str]:
    if cell.mark == "unknown":
        yield "dd-unknown"
    if cell.mark == "text":
        yield "dd-words"
    if cell.zero:
        yield "dd-zero"
    if cell.typed:
        yield "dd-typed"


def _value(cell: TableCell, link: Link | None) -> str:
    mark = _tag("span", SUSPECT_SIGN, ["dd-mark"], aria_hidden="true") if cell.suspect else ""
    pencil = f" {CORRECTED_SIGN}" if cell.corrected else ""
    pen = _tag("span", escaped(pencil), ["dd-pen"], aria_hidden="true") if pencil else ""
    hidden = "".join(
        _tag("span", escaped(words), ["dd-hidden"]) for words in _hidden_words(cell) if words
    )
    body = (
        mark
        + _before(cell)
        + _shown(cell)
        + _fate(cell)
        + _beside(cell)
        + pen
        + _repair(cell)
        + hidden
    )
    if link is not None:
        said = _tag("span", escaped(link.text), ["dd-hidden"])
        body = _tag("a", body + said, ["dd-go"], href=link.href, target="_self")
    return body + _tip(cell, link)


def _before(cell: TableCell) -> str:
    if cell.before is None:
        return ""
    said = _tag("span", escaped(_("（原为）")), ["dd-hidden"])
    return said + _tag("span", escaped(f"{cell.before}→"), ["dd-was"])


def _fate(cell: TableCell) -> str:
    if cell.fate is None:
        return ""
    sign = _tag("span", escaped(fate_signs()[cell.fate]), ["dd-fate"], aria_hidden="true")
    return sign + _tag("span", escaped(fate_names()[cell.fate]), ["dd-hidden"])


def _repair(cell: TableCell) -> str:
    if cell.repair is None:
        return ""
    figure = quoted(cell.repair.after) if cell.repair.is_forced else UNKNOWN_SIGN
    return _tag("span", escaped(f"→{figure}"), ["dd-repair"])


def _beside(cell: TableCell) -> str:
    if cell.beside is None:
        return ""
    sign = _tag("span", escaped(FAILS), ["dd-unequal"])
    other = _tag("span", escaped(cell.beside), ["dd-beside"])
    # Below the number where a narrow column has no room beside it.
    return " " + _tag("span", f"{sign} {other}", ["dd-other"])


def _shown(cell: TableCell) -> str:
    return _tag("span", escaped(cell.text), ["dd-shown"]) if cell.text else ""


def _hidden_words(cell: TableCell) -> Iterator[str]:
    """Yield what the eye sees by place or colour and the ear would miss."""
    if cell.mark == "blank":
        yield mark_words()["blank"]
    if cell.side:
        yield _("（等式左边）") if cell.side == "left" else _("（等式右边）")
    if cell.corrected:
        yield _("（已更正）")
    if cell.typed:
        yield _("（人工录入）")


def _tip(cell: TableCell, link: Link | None) -> str:
    if not cell.notes:
        return ""
    head = (_("可疑"),) if cell.suspect else ()
    lines = "".join(_tag("span", escaped(line)) for line in (*head, *cell.notes))
    leads = ""
    if link is not None:
        leads = _tag("a", escaped(link.text), href=link.href, target="_self", tabindex="-1")
    return _tag("span", lines + leads, ["dd-tip"], role="note")


def _legend(items: Iterable[LegendItem]) -> str:
    return _tag("ul", "".join(map(_legend_item, items)), ["dd-legend"], aria_label=_("图例"))


def _legend_item(item: LegendItem) -> str:
    sign = _tag("span", escaped(item.sign), ["dd-sign", f"dd-sign-{item.kind}"], aria_hidden="true")
    return _tag("li", sign + escaped(item.meaning))
