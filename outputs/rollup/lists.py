"""The sheets beside the tables: what it is, who is in, the sum's own rules, what differs and why."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from openpyxl.worksheet.worksheet import Worksheet

from form.editions import all_columns
from form.figures import AMOUNT, UNKNOWN_SIGN, WAN, grouped
from form.language import _
from form.model import split_address
from form.names import cell_name
from form.rules import Outcome
from form.values import LONG
from measures.rollup.adding import number_in
from measures.rollup.model import Rollup
from measures.rollup.wording import (
    cause_words,
    evidence,
    headline,
    left_words,
    not_compared,
    own_sums,
    places_name,
    printed_words,
    rule_place,
    table_name,
    who_is_in,
)
from outputs.workbook.cover import local_time
from outputs.workbook.lists import Heading, begin, finish
from outputs.workbook.sheet import set_height, set_print, set_widths, width, write, write_formula
from outputs.workbook.styles import (
    CENTRED,
    HEADER,
    LABEL,
    MONEY,
    NUMBER,
    PLAIN,
    SECTION,
    SUSPECT,
    TEXT_VALUE,
    TITLE,
    UNKNOWN,
)

_WIDTHS: Final = (18, 96)
Places = Mapping[str, str]
"""Where a cell's sum stands, by address: 'sheet'!$C$5."""


@dataclass(frozen=True, slots=True)
class About:
    """What the first sheet says besides: when the library last changed, by which program."""

    changed_at: datetime
    app_version: str


def scope_words(rollup: Rollup) -> str:
    """Return what a sum takes in: everything, or the own level."""
    return _("本级") if rollup.scope == "own" else _("全部（本级和所属地区）")


def fill_cover(sheet: Worksheet, rollups: Sequence[Rollup], about: About) -> None:
    """Write what the workbook is, edition by edition."""
    set_widths(sheet, _WIDTHS)
    first = rollups[0]
    title = _("{parent} {year} 年度汇总表").format(parent=first.parent or "", year=first.year)
    write(sheet, 1, 1, title, TITLE)
    set_height(sheet, 1, 2)
    row = 3
    for rollup in rollups:
        write(sheet, row, 1, _("{edition} 版表样").format(edition=rollup.edition), SECTION)
        row = _facts(sheet, row + 1, _of_edition(rollup)) + 1
    if len(rollups) > 1:
        text = _("两版表样的栏目不同，分开相加，从不相加到一起。")
        row = _facts(sheet, row, [(_("注意"), text)]) + 1
    write(sheet, row, 1, _("怎样看"), SECTION)
    row = _facts(sheet, row + 1, _how_to_read())
    _facts(
        sheet,
        row + 1,
        [
            (_("资料截至"), local_time(about.changed_at)),
            (_("软件版本"), about.app_version),
        ],
    )
    set_print(sheet, None, landscape=True)


def _facts(sheet: Worksheet, row: int, facts: Sequence[tuple[str, str]]) -> int:
    for name, text in facts:
        write(sheet, row, 1, name, HEADER)
        write(sheet, row, 2, text, PLAIN)
        set_height(sheet, row, -(-width(text) // _WIDTHS[1]))
        row += 1
    return row


def _of_edition(rollup: Rollup) -> list[tuple[str, str]]:
    facts = [
        (_("口径"), scope_words(rollup)),
        (_("结论"), headline(rollup)),
        (_("计入"), who_is_in(rollup)),
        (_("勾稽"), own_sums(rollup)),
    ]
    if rollup.uncompared:
        facts.append((_("没有比对"), not_compared(rollup)))
    if rollup.missing:
        facts.append((_("缺报"), _("、").join(rollup.missing)))
    open_cells = sum(cell.sum is None for cell in rollup.cells.values())
    if open_cells:
        text = _("{n} 格有不能确定的数，合计写作 ?，不当作 0").format(n=grouped(open_cells))
        facts.append((_("不能确定"), text))
    return facts


def _how_to_read() -> list[tuple[str, str]]:
    return [
        (
            _("公式"),
            _("各表的数都是公式，由“各机构的数”相加得出；改动那里，各表、勾稽和比对随之变化。"),
        ),
        (_("空、横线"), _("机构未填的是空格，填横线的是“—”，相加时都按零计，但不等于零。")),
        (_("?"), _("读不准、缺表、没有单位或填了文字的数。有它的合计也是 ?。")),
        (_("金额"), _("一律换算为万元。")),
        (_("红框"), _("与上级政府印发的数不同，印发的数见批注；原因见“不同之处”。")),
    ]


def fill_members(sheet: Worksheet, rollup: Rollup, note: str) -> None:
    """Write who is in, who is missing, who is left out and why."""
    headings = [
        Heading(_("机构"), width=34),
        Heading(_("情况"), width=12),
        Heading(_("版次"), width=8),
        Heading(_("说明"), width=60),
    ]
    row = first = begin(sheet, _("计入的机构"), note, headings, fixed=1)
    for agency, state, version, why in members(rollup):
        write(sheet, row, 1, agency, LABEL)
        write(sheet, row, 2, state, CENTRED)
        write(sheet, row, 3, version, CENTRED)
        write(sheet, row, 4, why, LABEL)
        set_height(sheet, row, -(-width(why) // 58))
        row += 1
    finish(sheet, first, row - 1, len(headings), ())


def members(
    rollup: Rollup, came: Collection[str] = ()
) -> Iterator[tuple[str, str, int | None, str]]:
    """Yield each organ with its state in few words, its version, and what is to be said of it.

    `came` are those of which something came that cannot be counted yet: they are not missing.
    """
    partly = {item.agency: left_words(item) for item in rollup.left if item.tables}
    for filing in rollup.filings:
        why = [partly[filing.agency]] if filing.agency in partly else []
        if filing.version > 1:
            why.append(_("按更正后的第 {n} 版计").format(n=filing.version))
        changed = sum(cell.printed is not None for cell in filing.report.cells.values())
        if changed:
            why.append(_("{n} 格按更正后的数计").format(n=grouped(changed)))
        yield filing.agency, _("计入"), filing.version, _("；").join(why)
    for agency in rollup.missing:
        if agency in came:
            yield agency, _("已收"), None, _("还没有能计入的数：扫描件、待认领或没有选定版本")
        else:
            yield agency, _("缺报"), None, ""
    for left in rollup.left:
        if not left.tables:
            state = _("已排除") if left.why == "excluded" else _("不计入")
            yield left.agency, state, None, left_words(left)


def fill_checks(sheet: Worksheet, rollup: Rollup, places: Places, note: str) -> None:
    """Write the sum's own rules with live sides and a live verdict."""
    headings = [
        Heading(_("表"), width=34),
        Heading(_("关系"), width=46),
        Heading(_("位置"), width=34),
        Heading(_("左边"), width=12),
        Heading(_("右边"), width=12),
        Heading(_("相差"), width=10),
        Heading(_("结果"), width=10),
    ]
    row = first = begin(sheet, _("汇总表自身的勾稽"), note, headings, fixed=3)
    for outcome in rollup.outcomes:
        _write_check(sheet, row, rollup, places, outcome)
        row += 1
    finish(sheet, first, row - 1, len(headings), ())


def _write_check(
    sheet: Worksheet, row: int, rollup: Rollup, places: Places, outcome: Outcome
) -> None:
    rule = outcome.sum.rule
    write(sheet, row, 1, table_name(rule.table), LABEL)
    write(sheet, row, 2, rule.sentence, LABEL)
    write(sheet, row, 3, rule_place(outcome, rollup.edition), LABEL)
    set_height(sheet, row, -(-width(rule.sentence) // 44))
    for column, side in ((4, outcome.sum.left), (5, outcome.sum.right)):
        cells = ",".join(places[place] for place in side)
        unsure = "+".join(f'({places[place]}="{UNKNOWN_SIGN}")' for place in side)
        formula = f'IF({unsure}>0,"{UNKNOWN_SIGN}",SUM({cells}))'
        write_formula(sheet, row, column, formula, NUMBER)
    both = f'OR(D{row}="{UNKNOWN_SIGN}",E{row}="{UNKNOWN_SIGN}")'
    write_formula(sheet, row, 6, f'IF({both},"{UNKNOWN_SIGN}",D{row}-E{row})', NUMBER)
    verdict = f'IF({both},"{_("不能判断")}",IF(D{row}=E{row},"{_("成立")}","{_("不成立")}"))'
    style = SUSPECT if outcome.holds is False else CENTRED
    write_formula(sheet, row, 7, verdict, style)


def fill_comparison(sheet: Worksheet, rollup: Rollup, places: Places, note: str) -> None:
    """Write every cell that the parent prints beside its sum, with a live difference."""
    headings = [
        Heading(_("表"), width=34),
        Heading(_("格"), width=54),
        Heading(_("各家之和"), width=13),
        Heading(_("印发"), width=13),
        Heading(_("印发减和"), width=13),
        Heading(_("最可能的原因"), width=52),
    ]
    row = first = begin(sheet, _("与印发报告逐格比对"), note, headings, fixed=2)
    causes: dict[str, list[str]] = {}
    for item in rollup.differences:
        for place in item.cells:
            causes.setdefault(place, []).append(cause_words(item, rollup))
    for place in rollup.cells:
        if rollup.printed_cell(place) is not None:
            why = _("；").join(causes.get(place, ()))
            _write_compared(sheet, row, rollup, place, places[place], why)
            row += 1
    finish(sheet, first, row - 1, len(headings), ())


def _write_compared(
    sheet: Worksheet, row: int, rollup: Rollup, place: str, at: str, why: str
) -> None:
    name, _row, _column = split_address(place)
    table = next(item for item in ("disclosure", "applications", "disputes") if item == name)
    write(sheet, row, 1, table_name(table), LABEL)
    text = cell_name(place, rollup.edition)
    if all_columns()[place].kind == "amount":
        text = _("{amount}（{unit}）").format(amount=text, unit=WAN)
    write(sheet, row, 2, text, LABEL)
    set_height(sheet, row, max(-(-width(text) // 52), -(-width(why) // 50)))
    differs = place in rollup.differing
    amount = all_columns()[place].kind == "amount"
    number = SUSPECT if differs else MONEY if amount else NUMBER
    written = [write_formula(sheet, row, 3, at, number)]
    printed = rollup.printed_cell(place)
    known = number_in(printed, place)
    ours = rollup.cells[place].sum
    if printed is not None and printed.value is not None and known is not None:
        written.append(write(sheet, row, 4, known, number))
        gap = f'IF(C{row}="{UNKNOWN_SIGN}","{UNKNOWN_SIGN}",ROUND(D{row}-C{row},8))'
    else:
        style = UNKNOWN if known is None else TEXT_VALUE
        write(sheet, row, 4, printed_words(printed), style)
        gap = (
            f'"{UNKNOWN_SIGN}"'
            if known is None
            else f'IF(C{row}="{UNKNOWN_SIGN}","{UNKNOWN_SIGN}",-C{row})'
        )
    written.append(write_formula(sheet, row, 5, gap, number))
    if amount and ours is not None and known is not None:
        finest = min((ours, known, LONG.subtract(known, ours)), key=_exponent)
        for cell in written:
            cell.number_format = AMOUNT.number_format(finest)
    write(sheet, row, 6, why, LABEL)


def _exponent(value: object) -> int:
    exponent = getattr(value, "as_tuple", lambda: None)()
    return 0 if exponent is None else int(exponent.exponent)


def fill_differences(sheet: Worksheet, rollup: Rollup, note: str) -> None:
    """Write a line a cause: which cells, whose, what speaks for it."""
    headings = [
        Heading(_("序号"), width=6),
        Heading(_("哪几格"), width=44),
        Heading(_("格数"), width=7),
        Heading(_("最可能的原因"), width=40),
        Heading(_("机构"), width=24),
        Heading(_("依据"), width=70),
    ]
    row = first = begin(sheet, _("不同之处"), note, headings, fixed=2)
    for number, item in enumerate(rollup.differences, 1):
        told = evidence(item, rollup)
        texts = (
            places_name(item.cells, rollup.edition),
            cause_words(item, rollup),
            "\n".join(told),
        )
        write(sheet, row, 1, number, CENTRED)
        write(sheet, row, 2, texts[0], LABEL)
        write(sheet, row, 3, len(item.cells), NUMBER)
        write(sheet, row, 4, texts[1], LABEL)
        write(sheet, row, 5, item.agency or "", LABEL)
        write(sheet, row, 6, texts[2], LABEL)
        lines = [-(-width(texts[0]) // 42), -(-width(texts[1]) // 38)]
        set_height(sheet, row, max(*lines, sum(-(-width(line) // 68) for line in told)))
        row += 1
    if not rollup.differences:
        text = _("没有不同") if rollup.compared else _("没有可以比对的印发报告")
        write(sheet, row, 1, text, PLAIN)
        return
    finish(sheet, first, row - 1, len(headings), ())
