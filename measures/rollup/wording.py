"""What a roll-up says in sentences: how it stands, and each difference with its evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from form.editions import TABLE_KEYS, table
from form.figures import DASH_SIGN, UNKNOWN_SIGN, cell_words, grouped, quoted
from form.language import _
from form.model import EditionKey, TableKey
from form.names import SEPARATOR, cell_name, column_name, row_name
from form.report import Cell
from form.rules import Outcome
from measures.rollup.model import Difference, Fit, Left, Number, Rollup, SumCell, minus, plus

_SHOWN: Final = 3
"""Cells that a sentence quotes."""


def headline(rollup: Rollup) -> str:
    """Return how the sum stands beside what the parent printed, in one sentence."""
    if not rollup.filings:
        return _("还没有可以相加的年报")
    if not rollup.compared:
        return _("{n} 家相加，没有可以比对的印发报告").format(n=grouped(len(rollup.filings)))
    cells, same = len(rollup.compared), len(rollup.compared) - len(rollup.differing)
    if not rollup.differences:
        return _("{n} 家相加，与{parent}印发的报告 {cells} 格全部相同").format(
            n=grouped(len(rollup.filings)), parent=rollup.parent, cells=grouped(cells)
        )
    return _(
        "{n} 家相加，与{parent}印发的报告 {cells} 格中 {same} 格相同；不同的 {odd} 格出自 {causes} 处"
    ).format(
        n=grouped(len(rollup.filings)),
        parent=rollup.parent,
        cells=grouped(cells),
        same=grouped(same),
        odd=grouped(len(rollup.differing)),
        causes=grouped(len(rollup.differences)),
    )


def who_is_in(rollup: Rollup) -> str:
    """Return how many are due, in, missing and left out, in one line."""
    whole = (
        len(rollup.filings) + len(rollup.missing) + len([i for i in rollup.left if not i.tables])
    )
    parts = [_("已计 {n} 家").format(n=grouped(len(rollup.filings)))]
    if rollup.rostered:
        parts = [
            _("应计 {n} 家").format(n=grouped(whole)),
            *parts,
            _("缺 {n} 家").format(n=grouped(len(rollup.missing))),
        ]
    counts = {
        _("排除 {n} 家"): [item for item in rollup.left if item.why == "excluded"],
        _("{n} 家已含在上级年报里"): [item for item in rollup.left if item.why == "within"],
        _("{n} 家用另一版表样，另行相加"): [item for item in rollup.left if item.why == "edition"],
    }
    parts += [text.format(n=grouped(len(items))) for text, items in counts.items() if items]
    if rollup.corrected:
        parts.append(_("{n} 家按更正后的版本或数字计").format(n=grouped(len(rollup.corrected))))
    return _("，").join(parts)


def own_sums(rollup: Rollup) -> str:
    """Return whether the sum's own tally rules hold."""
    decided = [item for item in rollup.outcomes if item.holds is not None]
    open_ones = len(rollup.outcomes) - len(decided)
    failing = rollup.failing
    if failing:
        text = _("汇总表自身 {all} 条关系中 {n} 条不成立").format(
            all=grouped(len(decided)), n=grouped(len(failing))
        )
    else:
        text = _("汇总表自身 {all} 条关系全部成立").format(all=grouped(len(decided)))
    if open_ones:
        text += _("，{n} 条不能判断").format(n=grouped(open_ones))
    return text


def failing_words(outcome: Outcome, rollup: Rollup) -> tuple[str, str]:
    """Return where a rule of the sum does not hold, with its figures, and in whose reports."""
    cells = {place: item.cell for place, item in rollup.cells.items()}
    said = _("{rule}（{where}）：{equation}").format(
        rule=outcome.sum.rule.name,
        where=rule_place(outcome, rollup.edition),
        equation=outcome_words(outcome, cells),
    )
    names = rollup.breakers(outcome)
    if not names:
        return said, _("没有哪一家自身不平")
    return said, _("出自：{names}").format(names=_("、").join(names[:_SHOWN]))


def rule_place(outcome: Outcome, edition: EditionKey) -> str:
    """Return the column or the row of its table in which a rule holds."""
    row, _sign, column = cell_name(outcome.sum.addresses[0], edition).rpartition(SEPARATOR)
    return column if outcome.sum.rule.axis == "column" else row


def not_compared(rollup: Rollup) -> str:
    """Return how many cells could not be compared, "" for none."""
    if not rollup.uncompared:
        return ""
    text = _("{n} 格有一边没有读到或不能确定，没有比对")
    return text.format(n=grouped(len(rollup.uncompared)))


def left_words(left: Left) -> str:
    """Return why an organ is no part of a sum."""
    if left.why == "excluded":
        return left.reason
    if left.why == "within":
        return _("已含在{other}的年报里").format(other=left.other)
    if not left.tables:
        return _("用 {edition} 版表样，另行相加").format(edition=left.other)
    names = _("、").join(table_name(key) for key in left.tables)
    return _("{tables}用 {edition} 版表样，另行相加").format(tables=names, edition=left.other)


def table_name(key: TableKey) -> str:
    """Return what people call a table: 主动公开政府信息情况."""
    return table(key, "2021").title.partition("、")[2]


def places_name(cells: Sequence[str], edition: EditionKey) -> str:
    """Return the name of the cells of a difference: one row's columns together, else the first ones."""
    rows: dict[tuple[str, str], list[str]] = {}
    for place in cells:
        key, row, _column = place.split(".")
        rows.setdefault((key, row), []).append(place)
    names = [_row_cells(places, edition) for places in list(rows.values())[:_SHOWN]]
    text = _("；").join(names)
    if len(rows) > _SHOWN:
        return _("{cells}等 {n} 格").format(cells=text, n=grouped(len(cells)))
    return text


def _row_cells(places: Sequence[str], edition: EditionKey) -> str:
    name, row, _column = places[0].split(".")
    key = next(item for item in TABLE_KEYS if item == name)
    columns = [column_name(key, edition, row, place.split(".")[2]) for place in places[:_SHOWN]]
    told = _("、").join(columns)
    if len(places) > _SHOWN:
        told = _("{names}等 {n} 栏").format(names=told, n=grouped(len(places)))
    return f"{row_name(key, edition, row)}{SEPARATOR}{told}"


def whole_gap(rollup: Rollup, address: str) -> Number:
    """Return what is printed in a cell less what is summed up, whatever it comes of."""
    total: Number = 0
    for item in rollup.differences:
        total = plus(total, item.gaps.get(address, 0))
    return total


def gap_words(gap: Number) -> str:
    """Return what is printed less what is summed up: 少 3, 多 9."""
    text = _("少 {n}") if gap < 0 else _("多 {n}")
    return text.format(n=quoted(minus(0, gap) if gap < 0 else gap))


def equation(rollup: Rollup, address: str) -> tuple[str, str]:
    """Return both numbers of a cell: what is summed up and what is printed."""
    return sum_words(rollup.cells[address]), printed_words(rollup.printed_cell(address))


def sum_words(cell: SumCell) -> str:
    """Return a cell's sum: its number, or at least how much, or that it cannot be told."""
    if cell.sum is not None:
        return quoted(cell.sum)
    return UNKNOWN_SIGN if cell.least is None else _("至少 {n}").format(n=quoted(cell.least))


def printed_words(cell: Cell | None) -> str:
    """Return what is printed in a cell."""
    return DASH_SIGN if cell is None else cell_words(cell)


def cause_words(item: Difference, rollup: Rollup) -> str:
    """Return the likeliest cause of a difference in one sentence, or that there is none."""
    agency = item.agency or _("或").join(item.rivals[:_SHOWN])
    if item.cause == "missing" and item.agency is None:
        told = _("可能计入了这里还缺的 {n} 家，或其中一些")
        return told.format(n=grouped(len(item.rivals)))
    if item.cause == "version" and item.agency and _own_version(rollup, item):
        return _("印发时计入的是{agency}更正前的数").format(agency=agency)
    texts = {
        "version": _("印发时计入了{agency}的第 {version} 版"),
        "left_out": _("印发时漏计了{agency}"),
        "twice": _("印发时把{agency}计了两次"),
        "other_edition": _("印发时计入了用另一版表样的{agency}"),
        "counted_within": _("印发时又计入了{agency}，它已含在上级年报里"),
        "counted_excluded": _("印发时计入了{agency}，这里把它排除了"),
        "missing": _("印发时计入了{agency}，这里还没有它的年报"),
        "print": _("印发的数排错了"),
        "none": _("找不到原因：没有哪一家能解释"),
    }
    if item.cause == "print" and item.swapped:
        return _("印发的数两位颠倒")
    return texts[item.cause].format(agency=agency, version=item.version)


def _own_version(rollup: Rollup, item: Difference) -> bool:
    return any(
        filing.agency == item.agency and filing.version == item.version for filing in rollup.filings
    )


def evidence(item: Difference, rollup: Rollup) -> tuple[str, ...]:
    """Return what speaks for the cause, a sentence each; then what else would fit."""
    return (*_evidence(item, rollup), *_doubts(item, rollup))


def _evidence(item: Difference, rollup: Rollup) -> Iterator[str]:
    if item.cause == "version":
        yield from _versions(item, rollup)
    elif item.cause == "print":
        printed = rollup.printed.report.cells if rollup.printed else {}
        for outcome in item.mended[:_SHOWN]:
            yield _("印发的表自身不平：{equation}").format(equation=outcome_words(outcome, printed))
        yield _("换成各家之和就平；没有哪一家的换版或漏计能解释")
    elif item.cause == "none":
        if len(item.cells) > 1:
            yield _("这 {n} 格一起差，可能是同一处改动").format(n=grouped(len(item.cells)))
        yield _("没有哪一家的换版、漏计或重计能解释全部")
    elif item.cause == "missing":
        yield _("差的 {n} 格都是印发的多，合起来自成一张平的表").format(n=grouped(len(item.cells)))
    else:
        yield _("{n} 格的差都与它的数相同").format(n=grouped(len(item.cells) - len(item.partly)))
    if item.partly:
        yield _("其中 {n} 格还叠着别的原因").format(n=grouped(len(item.partly)))


def _versions(item: Difference, rollup: Rollup) -> Iterator[str]:
    filing = next(one for one in rollup.filings if one.agency in (item.agency, *item.rivals))
    other = filing.others.get(item.version or 0)
    if other is None:
        return
    for place in item.cells[:_SHOWN]:
        yield _("{cell}：印发时所计为 {before}，现为 {after}").format(
            cell=cell_name(place, rollup.edition),
            before=printed_words(other.cells.get(place)),
            after=printed_words(filing.report.cells.get(place)),
        )
    yield _("{n} 格的差都正是这一处换版的数").format(n=grouped(len(item.cells) - len(item.partly)))


def _doubts(item: Difference, rollup: Rollup) -> Iterator[str]:
    if item.rivals and item.cause != "missing":
        yield _("{names}都能这样解释，分不出是哪一家").format(names=_("、").join(item.rivals))
    if item.cause in ("none", "print") and rollup.missing and min(item.gaps.values()) > 0:
        yield _("还缺 {n} 家的年报，差额也可能在它们那里").format(n=grouped(len(rollup.missing)))
    if item.fits:
        names = fits_words(item.fits)
        yield _("{names}也恰差这么多，但数目相同不算证据").format(names=names)


def fits_words(fits: Sequence[Fit]) -> str:
    """Return the first of those whose figure is as large as a gap, and how many there are."""
    told = list(dict.fromkeys(fit_words(fit) for fit in fits))
    names = _("、").join(told[:_SHOWN])
    if len(told) > _SHOWN:
        return _("{names}等 {n} 家").format(names=names, n=grouped(len(told)))
    return names


def fit_words(fit: Fit) -> str:
    """Return in which way an organ's figure is as large as the gap."""
    texts = {
        "left_out": _("漏计{agency}这一格"),
        "twice": _("重计{agency}这一格"),
        "version": _("{agency}第 {version} 版的这一格"),
    }
    return texts[fit.how].format(agency=fit.agency, version=fit.version)


def outcome_words(outcome: Outcome, cells: Mapping[str, Cell]) -> str:
    """Return a failing sum as figures: 3810 + 54 ≠ 3801 + 66; of many addends their sum alone."""
    sides = []
    for places, total in ((outcome.sum.left, outcome.left), (outcome.sum.right, outcome.right)):
        if len(places) <= _SHOWN:
            sides.append(" + ".join(printed_words(cells.get(place)) for place in places))
        else:
            sides.append(UNKNOWN_SIGN if total is None else quoted(total))
    return " ≠ ".join(sides)
