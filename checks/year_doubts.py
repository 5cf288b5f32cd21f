"""What two years of one agency give occasion to ask, though no sum is broken.

Each kind of question rests on printed numbers alone: a blank or a dash is never asked about, and
what is not certain, or stands in one of the reports only, says nothing. `checks.year_screening` tells
by matrix arithmetic which pairs to ask about: a change of a condition here is one there.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from checks.bounds import (
    JUMP_BY,
    JUMP_TIMES,
    LEAST_EQUAL,
    SCALE_FROM_WAN,
    SCALE_LEAST,
    SCALE_MOST,
)
from checks.catalogue import SEVERITIES
from checks.certain import amount_in_wan, count
from checks.findings import Finding, OtherYear
from checks.wording import headline
from form.editions import TABLE_KEYS
from form.figures import quoted
from form.language import _
from form.matrix import amount_addresses
from form.model import TableKey, split_address
from form.names import cell_name_in, row_name
from form.report import Report, Value, layout_edition

SAME: Final = "same_as_last_year"
PENDING_LOST: Final = "review_pending_lost"
WITHOUT_REVIEW: Final = "litigation_without_review"
JUMP: Final = "year_jump"
SCALE: Final = "amount_scale"

YUAN_DECIMALS: Final = 2
"""What has more decimals than this is no amount in 元."""
HEADER_UNIT: Final = "万元"

REVIEW: Final = "review"
LAWSUITS: Final = ("litigation_direct", "litigation_after_review")
AFTER_REVIEW: Final = LAWSUITS[1]
JUMPING: Final = (
    *(f"disclosure.{row}.issued" for row in ("regulations", "normative_documents")),
    *(
        f"disclosure.{row}.decisions"
        for row in (
            *("administrative_licensing", "other_services"),
            *("administrative_penalty", "administrative_coercion"),
        )
    ),
    "applications.new_received.total",
    *(f"disputes.{row}.total" for row in (REVIEW, *LAWSUITS)),
)
"""What is counted anew each year: its parts, and what follows from it, would say the same again."""


def of_disputes(row: str, column: str) -> str:
    """Return the address of a cell of section 四."""
    return f"disputes.{row}.{column}"


def year_doubts(before: Report, after: Report) -> Iterator[Finding]:
    """Yield what to ask about the later of two reports that follow each other."""
    scaled = list(_scaled(after, before))
    yield from scaled
    same = list(_same(before, after))
    yield from same
    if not same:
        yield from _pending_lost(before, after)
        yield from _without_review(before, after)
        yield from _jumps(before, after)


def earlier_scale(before: Report, after: Report) -> Iterator[Finding]:
    """Yield amounts of the earlier report that are too large beside those of the later one."""
    yield from _scaled(before, after)


def _same(before: Report, after: Report) -> Iterator[Finding]:
    if before.editions != after.editions or before.cells.keys() != after.cells.keys():
        return
    above: list[str] = []
    for place, cell in after.cells.items():
        other = before.cells[place]
        if {cell.mark, other.mark} & {"unknown", "text"}:
            return
        if cell.in_sums != other.in_sums or (cell.in_sums and cell.unit != other.unit):
            return
        if (cell.in_sums or 0) > 0:
            above.append(place)
    if len(above) < LEAST_EQUAL:
        return
    message = _(
        "{head}：{after} 年度报告各表的数字与 {before} 年度报告完全相同（大于 0 的有 {n} 格），"
        "可能沿用了上一年度的表，请核对。"
    ).format(head=headline(SAME, ""), after=after.year, before=before.year, n=quoted(len(above)))
    yield Finding(
        SAME, SEVERITIES[SAME], None, message, cells=tuple(above), other=_other(before, above)
    )


def _pending_lost(before: Report, after: Report) -> Iterator[Finding]:
    """Yield the rows whose pending cases are nowhere this year, neither ended nor pending.

    A lawsuit may be counted in the other of the two rows by now, so both must have none.
    """
    for rows in ((REVIEW,), LAWSUITS):
        if any(count(after, of_disputes(row, "total")) != 0 for row in rows):
            continue
        if any(_has_any(after, row) for row in rows):
            continue
        for row in rows:
            place, total = of_disputes(row, "pending"), of_disputes(row, "total")
            pending = count(before, place)
            if pending is not None and pending > 0:
                yield _about(
                    after,
                    PENDING_LOST,
                    total,
                    (total,),
                    _(
                        "{before} 年度报告尚未审结 {n} 件，而 {after} 年度报告总计为 0，"
                        "既没有审理结果，也没有仍未审结的，请核对"
                    ).format(before=before.year, after=after.year, n=quoted(pending)),
                    _other(before, (place,)),
                    left=0,
                    right=pending,
                )


def _has_any(report: Report, row: str) -> bool:
    places = (of_disputes(row, column) for column in ("upheld", "corrected", "other", "pending"))
    cells = (report.cells.get(place) for place in places)
    return any(
        cell is None or cell.mark in ("unknown", "text") or cell.in_sums != 0 for cell in cells
    )


def _without_review(before: Report, after: Report) -> Iterator[Finding]:
    """Yield lawsuits after a review where neither year had one."""
    total, reviews = of_disputes(AFTER_REVIEW, "total"), of_disputes(REVIEW, "total")
    lawsuits = count(after, total)
    if lawsuits is None or lawsuits <= 0:
        return
    if any(count(report, reviews) != 0 or _has_any(report, REVIEW) for report in (before, after)):
        return
    # What was pending after a review then is the same lawsuit now.
    earlier = before.cells.get(of_disputes(AFTER_REVIEW, "total"))
    if earlier is None or earlier.mark in ("unknown", "text") or earlier.in_sums != 0:
        return
    yield _about(
        after,
        WITHOUT_REVIEW,
        total,
        (total, reviews),
        _(
            "复议后起诉 {n} 件，而 {before}、{after} 两个年度都没有行政复议案件；"
            "可能是未经复议直接起诉填错了栏，也可能复议在更早的年度，请核对"
        ).format(n=quoted(lawsuits), before=before.year, after=after.year),
        _other(before, (reviews,)),
        left=lawsuits,
        right=0,
    )


def _jumps(before: Report, after: Report) -> Iterator[Finding]:
    for place in JUMPING:
        now, then = count(after, place), count(before, place)
        if now is None or then is None or not jumps(now, then):
            continue
        more = now > then
        said = _("多 {n}") if more else _("少 {n}")
        yield _about(
            after,
            JUMP,
            place,
            (place,),
            _("{after} 年度为 {now}，{before} 年度为 {then}，{gap}，相差较大，请核对").format(
                after=after.year,
                now=quoted(now),
                before=before.year,
                then=quoted(then),
                gap=said.format(n=quoted(abs(now - then))),
            ),
            _other(before, (place,)),
            left=now,
            right=then,
        )


def jumps(now: int, then: int) -> bool:
    """Say whether a figure is far more or less than last year's; one below 0 is another fault."""
    low, high = min(now, then), max(now, then)
    return low >= 0 and high >= JUMP_TIMES * low and high - low >= JUMP_BY


def _scaled(report: Report, beside: Report) -> Iterator[Finding]:
    """Yield the amounts of a report that are too many times those of another year."""
    for place in amount_addresses():
        amount, other = amount_in_wan(report, place), amount_in_wan(beside, place)
        if amount is None or other is None or not is_scaled(amount, other):
            continue
        cell = report.cells[place]
        assert isinstance(cell.value, Decimal)
        if cell.unit != HEADER_UNIT or _decimals(cell.value) > YUAN_DECIMALS:
            continue
        yield _about(
            report,
            SCALE,
            place,
            (place,),
            _(
                "{year} 年度为 {amount}，{other_year} 年度为 {other}，相差上千倍，"
                "可能把元填成了万元，请核对单位"
            ).format(
                year=report.year,
                amount=quoted(cell.value, cell.unit),
                other_year=beside.year,
                other=quoted(beside.cells[place].value, beside.cells[place].unit),
            ),
            _other(beside, (place,)),
        )


def is_scaled(amount: Decimal, other: Decimal) -> bool:
    """Say whether an amount in 万元 looks like one in 元 beside another year's."""
    if amount < SCALE_FROM_WAN or other <= 0:
        return False
    return SCALE_LEAST * other <= amount <= SCALE_MOST * other


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def _about(
    report: Report,
    code: str,
    at: str,
    cells: tuple[str, ...],
    sentence: str,
    other: OtherYear,
    *,
    left: int | None = None,
    right: int | None = None,
) -> Finding:
    """Return the finding about one cell: `at` is where it stands on the form."""
    name, row, column = split_address(at)
    table: TableKey = next(key for key in TABLE_KEYS if key == name)
    whole_row = table == "disputes"
    place = (
        row_name(table, layout_edition(report, table), row)
        if whole_row
        else cell_name_in(report, at)
    )
    return Finding(
        code,
        SEVERITIES[code],
        table,
        _("{head}：{body}。").format(head=headline(code, place), body=sentence),
        cells=cells,
        left_cells=1,
        left=left,
        right=right,
        row=row,
        column=None if whole_row else column,
        place=place,
        other=other,
    )


def _other(report: Report, places: tuple[str, ...] | list[str]) -> OtherYear:
    assert report.year is not None
    values: list[tuple[str, Value]] = [(place, report.cells[place].value) for place in places]
    return OtherYear(report.year, tuple(values))
