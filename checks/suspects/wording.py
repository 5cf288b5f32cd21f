"""What an explanation says: one plain sentence for people, in Chinese."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from checks.explanations import Change, Confirmation
from checks.suspects.causes import Guess
from form.figures import grouped, quoted
from form.language import _
from form.model import TableKey
from form.names import SEPARATOR, cell_name_in, column_name, row_name
from form.report import Report, layout_edition

MOST_NAMED = 8
"""How many cells a sentence names; the table shows all."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How an option stands among others: `ties` smallest sets in all, None where not all are known.

    `smallest` says whether it is one of them.
    """

    smallest: bool
    ties: int | None


def sentence(lead: str, size: int, standing: Standing, confirmed: Sequence[Confirmation]) -> str:
    """Return the whole sentence: what should be in so many cells, why, and what else speaks for it."""
    ends = [_reason(size, standing)]
    ends += [text for source, text in _agreements().items() if source in confirmed]
    return _("{lead}：{reason}。").format(lead=lead, reason=_("，").join(ends))


def _reason(size: int, standing: Standing) -> str:
    # Not every way is looked for, only those of fewest cells: there may be others of more.
    if standing.smallest and standing.ties == 1:
        return _("这样改，全部关系成立；只改 {n} 格的改法只有这一种").format(n=grouped(size))
    if standing.smallest and standing.ties is not None:
        return _("这样改，全部关系成立；同样只改 {n} 格的改法共 {count} 种").format(
            n=grouped(size), count=grouped(standing.ties)
        )
    return _("这样改，全部关系成立")


def _agreements() -> dict[Confirmation, str]:
    return {
        "prose": _("并与正文一致"),
        "previous_year": _("并与上一年度报告的结转数一致"),
        "next_year": _("并与下一年度报告的上年结转数一致"),
    }


def opening(against: Sequence[Confirmation]) -> str:
    """Return what a repair rests on where the sums of the table hold as printed."""
    words = {
        "prose": _("若以正文为准，"),
        "previous_year": _("若以上一年度报告为准，"),
        "next_year": _("若以下一年度报告为准，"),
    }
    return words[against[0]] if len(set(against)) == 1 else _("若以正文和相邻年度的报告为准，")


def changes_lead(report: Report, changes: Sequence[Change]) -> str:
    """Return what cells should be: 一、本年新收… · 自然人 应为 75，科研机构 应为 2."""
    said, row = [], ""
    for change in changes[:MOST_NAMED]:
        name = cell_name_in(report, change.address)
        same = change.address.rpartition(".")[0] == row
        row = change.address.rpartition(".")[0]
        said.append(_should(name.rpartition(SEPARATOR)[2] if same else name, change))
    if len(changes) > MOST_NAMED:
        said.append(_("等 {n} 格").format(n=grouped(len(changes))))
    return _("，").join(said)


def _should(name: str, change: Change) -> str:
    if change.between is None:
        return _("{cell} 应为 {n}").format(cell=name, n=quoted(change.after or 0))
    low, high = change.between
    if high is None:
        return _("{cell} 有误，应不少于 {low}").format(cell=name, low=quoted(low))
    return _("{cell} 有误，应在 {low} 至 {high} 之间").format(
        cell=name, low=quoted(low), high=quoted(high)
    )


def cause_lead(
    report: Report,
    key: TableKey,
    rows: Sequence[str],
    columns: Sequence[str],
    guess: Guess,
    changes: Sequence[Change],
) -> str:
    """Return what happened, for a single cause; `rows`, `columns` are the keys of the grid's."""
    edition = layout_edition(report, key)

    def row(line: int) -> str:
        return row_name(key, edition, rows[line])

    def column(at: int) -> str:
        return column_name(key, edition, rows[0], columns[at])

    if guess.kind == "shift":
        return _shift(row, column, guess, len(columns))
    if guess.kind == "swap" and guess.lines:
        one, other = map(row, guess.lines)
        return _("“{one}”与“{other}”两行填反了").format(one=one, other=other)
    if guess.kind == "swap":
        one, other = (cell_name_in(report, change.address) for change in changes)
        return _("“{one}”与“{other}”两格填反了").format(one=one, other=other)
    if guess.kind == "included":
        one, other = map(row, guess.lines)
        return _("“{one}”把“{other}”也算了进去").format(one=one, other=other)
    if guess.kind == "copied":
        return _("“总计”一列照抄了“{column}”一列").format(column=column(guess.by))
    if guess.kind == "left_out":
        return _("总计没有把“尚未审结”加进去")
    if guess.kind == "moved":
        line, at, to = guess.lines
        return _("“{row}”填在“{to}”栏，其余各行却都填在“{at}”栏").format(
            row=row(line), at=column(at), to=column(to)
        )
    return _number(report, changes[0], guess)


def _number(report: Report, change: Change, guess: Guess) -> str:
    before, after = int(change.before or 0), int(change.after or 0)
    words = {
        "sign": _("{cell} 多了负号，{before} 应为 {after}"),
        "transposed": _("{cell} 数字颠倒，{before} 应为 {after}"),
        "factor_ten": _("{cell} 多写一个 0，{before} 应为 {after}")
        if before > after
        else _("{cell} 少写一个 0，{before} 应为 {after}"),
    }
    name = cell_name_in(report, change.address)
    return words[guess.kind].format(cell=name, before=quoted(before), after=quoted(after))


def _shift(
    row: Callable[[int], str], column: Callable[[int], str], guess: Guess, width: int
) -> str:
    """Return which figures stand in the wrong columns, by the first of them that says something."""
    at = next(at for at, value in zip(guess.cells, guess.values, strict=True) if value)
    where = _("“{row}”一行").format(row=row(guess.lines[0])) if guess.lines else _("各行")
    right, wrong = divmod(at, width), divmod(at - guess.by, width)
    if right[0] != wrong[0]:
        words = _("整行的数填错了栏：“{wrong}”栏里的数应填在“{right}”栏，其余依次移动")
        return words.format(
            wrong=SEPARATOR.join((row(wrong[0]), column(wrong[1]))),
            right=SEPARATOR.join((row(right[0]), column(right[1]))),
        )
    words = _("{where}的数填错了栏：“{wrong}”栏里的数应填在“{right}”栏，其余依次移动")
    return words.format(where=where, wrong=column(wrong[1]), right=column(right[1]))


def missing_lead(report: Report, changes: Sequence[Change]) -> str:
    """Return which totals were left blank, and what they should be."""
    return _("总计漏填，{cells}").format(cells=changes_lead(report, changes))


def stopped(title: str, size: int) -> str:
    """Return the sentence for a search in one table that used up its steps."""
    return _("{table}：可能的改法太多，没有查完，至少要改 {n} 格，所列的改法可能不全").format(
        table=title, n=grouped(size)
    )


def untold(title: str) -> str:
    """Return the sentence for a table of which it could not be told what would make its sums hold."""
    return _("{table}：读不准的格太多，没有查完怎样才能使各项关系成立，所列的改法可能不全").format(
        table=title
    )


def unweighed(left_out: int) -> str:
    """Return the sentence for statements of the prose that were not held against explanations."""
    return _("正文所述数字太多，有 {n} 项没有用来比对改法").format(n=grouped(left_out))


def cut(listed: int) -> str:
    """Return the sentence for a list that is longer than its cap."""
    return _("同样可能的改法很多，只列出前 {n} 种").format(n=grouped(listed))
