"""How questions about the prose are said: both sides as printed, in Chinese."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from checks.findings import Quote
from checks.prose.against_tables import Contradiction
from checks.prose.claims import Claim
from checks.prose.growth import Grown
from checks.prose.quantities import group, table_of
from checks.wording import headline
from form.editions import table
from form.figures import grouped, printed, quoted
from form.language import _
from form.model import split_address
from form.names import column_name, row_name, without_remark
from form.report import Cell, Report, layout_edition

LONGEST_OPENING: Final = 30
MOST_TERMS: Final = 2
MOST_SAID: Final = 12
"""Numbers of the prose that a sentence repeats; of more only the first, with their count."""
ROWS: Final = {
    "received": "new_received",
    "carried_over": "carried_over",
    "answered": "total_processed",
    "carried_forward": "carried_forward",
    "granted": "granted",
    "partial": "partial",
}
"""The row of section 三 that a quantity of it stands in."""


def row_of(group_of_claims: str) -> str | None:
    """Return the row of the form that claims are about; None where they are about several."""
    quantity = group_of_claims.removeprefix("applications.")
    return None if quantity in ("denied", "litigation") else ROWS.get(quantity, quantity)


def place(report: Report, row: str) -> str:
    """Return the name of what a contradiction is about: a row of the form, or several."""
    key = table_of(row)
    edition = layout_edition(report, key)
    quantity = row.removeprefix("applications.")
    if quantity == "denied":
        return without_remark(table(key, edition).row("denied_state_secret").groups[-1])
    if quantity == "litigation":
        return table(key, edition).row("litigation_direct").groups[0]
    return row_name(key, edition, ROWS.get(quantity, quantity))


def contradiction(report: Report, found: Contradiction, cells: Sequence[str]) -> str:
    """Return the sentence that shows what the prose says and what the table."""
    shown = told(found)
    said = _("、").join(_said(report, claim) for claim in shown[:MOST_SAID])
    body = _("正文说{said}，表中{held}").format(
        said=said
        if len(shown) <= MOST_SAID
        else _("{said}等 {n} 个数").format(said=said, n=grouped(len(shown))),
        held=_("、").join(_held(report, address) for address in cells) or _("没有此项"),
    )
    remarks = [body]
    if any(report.cells[address].mark in ("blank", "dash") for address in cells):
        remarks.append(_("空格和横线按 0 计"))
    if _contradicts_itself(found):
        remarks.append(_("正文前后所述也不一致"))
    return _("{head}：{body}（口径可能不同，请核对）。").format(
        head=headline("prose_count", place(report, found.row)), body=_("；").join(remarks)
    )


def told(found: Contradiction) -> tuple[Claim, ...]:
    """Return the claims to be shown: those that fail, and others that say something else of them."""
    quantities = {claim.quantity for claim in found.failing}
    shown = {
        (claim.quantity, claim.value, claim.bound): claim
        for claim in (
            *found.failing,
            *(item for item in found.claims if item.quantity in quantities),
        )
    }
    return tuple(shown.values())


def _contradicts_itself(found: Contradiction) -> bool:
    exact = {(claim.quantity, claim.value) for claim in found.claims if claim.bound == "="}
    return len(exact) > len({quantity for quantity, _value in exact})


def _said(report: Report, claim: Claim) -> str:
    number = {"=": _("{n} 件"), ">=": _("至少 {n} 件"), "<=": _("至多 {n} 件")}[claim.bound]
    column = claim.quantity.rpartition(".")[2]
    if group(claim.quantity) == claim.quantity:
        return number.format(n=quoted(claim.value))
    name = _column(report, claim.quantity, column)
    return f"{name} {number.format(n=quoted(claim.value))}"


def _column(report: Report, quantity: str, column: str) -> str:
    key = table_of(quantity)
    row = quantity.partition(".")[0]
    row = "litigation_direct" if row == "litigation" else row
    return column_name(key, layout_edition(report, key), row, column)


def _held(report: Report, address: str) -> str:
    key, row, column = split_address(address)
    edition = layout_edition(report, table_of("applications." if key == "applications" else row))
    cell: Cell = report.cells[address]
    if key == "applications":
        name = row_name("applications", edition, row)
    else:
        name = column_name(table_of(row), edition, row, column)
        if row.startswith("litigation_"):
            name = f"{table(table_of(row), edition).row(row).label}{name}"
    return _("{name}为 {value}").format(name=name, value=printed(cell))


def figures(found: Contradiction, cells: Iterable[Cell]) -> str:
    """Return both sides in short: 正文 1 ≠ 表 空."""
    claim = found.failing[0]
    sign = {"=": "≠", ">=": ">", "<=": "<"}[claim.bound]
    shown = [printed(cell) for cell in cells]
    held = " + ".join(
        shown if len(shown) <= MOST_TERMS else [item for item in shown if item != "0"]
    )
    return _("正文 {said} {sign} 表 {held}").format(
        said=quoted(claim.value), sign=sign, held=held or "0"
    )


def settled_beside_prose(left: int) -> str:
    """Return what is said of 全部办结 beside applications that the text itself carries forward."""
    return _("正文说申请已全部办结，又说结转下年度 {n} 件").format(n=quoted(left))


def settled_beside_table(cell: Cell) -> str:
    """Return what is said of 全部办结 beside applications that the table carries forward."""
    return _(
        "正文说申请已全部办结，表中结转下年度继续办理为 {value}（口径可能不同，请核对）"
    ).format(value=printed(cell))


def growth(found: Grown, before: Report) -> str:
    """Return what is said of a change that last year's figures do not bear out."""
    amount, unit = str(found.remark.values[2]), found.remark.values[3]
    fewer = amount.startswith("-")
    change = f"{amount.removeprefix('-')}{'' if unit == '%' else ' '}{unit}"
    way = _("减少 {change}") if fewer else _("增长 {change}")
    held = _("或").join(quoted(value) for value in found.before[:MOST_TERMS])
    return _(
        "正文说 {value} 件，较上年{way}；{year}年度报告表中为 {held}（口径可能不同，请核对）"
    ).format(
        value=quoted(found.value),
        way=way.format(change=change),
        year=before.year or _("上一"),
        held=held,
    )


def opening(quote: Quote) -> str:
    """Return the start of a sentence from the part that is asked about, for one line of text."""
    rest = quote.text[quote.start :]
    return rest if len(rest) <= LONGEST_OPENING else f"{rest[:LONGEST_OPENING]}…"
