"""The score sheet (考评): what takes points off, how many, and what a person said of a point.

The weights are data: what an office set holds (`setting` in the log, `part` is `score.` and the
item's key, `value` the points of each and the most of all, `reason` the rule that says so), else the
ones here. A point that is disputed is struck, and one that rests on a question alone counts only
once somebody upheld it: entries `strike`, of which `part` is the item, `finding` the evidence and
`value` the word.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final, Literal, get_args

from form.decisions import Decision, active
from form.language import _

ItemKey = Literal["missing", "late_filed", "late", "elements", "errors", "copied", "returned"]
ITEMS: Final[tuple[ItemKey, ...]] = get_args(ItemKey)
"""What takes points off, in the order of the sheet."""
Word = Literal["struck", "upheld"]
WORDS: Final[tuple[Word, ...]] = get_args(Word)
PREFIX: Final = "score."
"""What the part of a setting begins with that is a weight."""
FULL: Final = Decimal(100)
"""The points that everybody begins with."""


@dataclass(frozen=True, slots=True)
class Weight:
    """What an item takes off: points for each, and at most so many in all; and who says so."""

    each: Decimal
    most: Decimal
    source: str = ""

    def of(self, count: int) -> Decimal:
        """Return what so many take off."""
        return min(self.each * count, self.most)


@dataclass(frozen=True, slots=True)
class Ruling:
    """What somebody said of a point; `number` is the entry of the log."""

    agency: str
    item: ItemKey
    evidence: str
    word: Word
    reason: str
    who: str | None
    number: int


def default_weights() -> dict[ItemKey, Weight]:
    """Return the weights that hold until an office sets its own.

    Five points each are those of 泉州鲤城区 2020 政务公开指数绩效考评标准表 (not filed in time, not
    published in time, elements missing, copied, returned and not mended in time). For errors it has
    none: one each is ours, and says so.
    """
    source = _("泉州市鲤城区 2020 年政务公开指数绩效考评标准表，每项 5 分")
    five = Weight(Decimal(5), Decimal(5), source)
    own = _("没有文件依据，请按本地办法设定")
    return {
        "missing": Weight(Decimal(10), Decimal(10), own),
        "late_filed": five,
        "late": five,
        "elements": five,
        "errors": Weight(Decimal(1), Decimal(5), own),
        "copied": five,
        "returned": five,
    }


def item_names() -> dict[ItemKey, str]:
    """Return what people call each item."""
    return {
        "missing": _("未报送"),
        "late_filed": _("报送逾期"),
        "late": _("公布逾期"),
        "elements": _("要素缺失"),
        "errors": _("勾稽错误"),
        "copied": _("内容雷同"),
        "returned": _("退回未按时改正"),
    }


def word_names() -> dict[Word, str]:
    """Return what people call each word on a point."""
    return {"struck": _("不扣"), "upheld": _("认定")}


def weights_of(entries: Iterable[Decision]) -> dict[ItemKey, Weight]:
    """Return the weights that hold; `entries` must hold every undo of what they hold."""
    found = default_weights()
    for item in _held(entries, "setting"):
        key = weight_key(item.part)
        weight = None if key is None else weight_from(item.value or "", item.reason)
        if key is not None and weight is not None:
            found[key] = weight
    return found


def weight_key(part: str | None) -> ItemKey | None:
    """Return the item whose weight a setting is, None where it is another setting."""
    name = (part or "").removeprefix(PREFIX)
    is_weight = (part or "").startswith(PREFIX)
    return next((key for key in ITEMS if is_weight and key == name), None)


def weight_from(value: str, source: str) -> Weight | None:
    """Return the weight that a text (`1/5`: one each, five in all) says, None where it is none."""
    each, _slash, most = value.partition("/")
    try:
        weight = Weight(Decimal(each), Decimal(most or each), source)
    except InvalidOperation:
        return None
    numbers = (weight.each, weight.most)
    good = all(number.is_finite() and 0 <= number <= FULL for number in numbers)
    return weight if good else None


def rulings_of(entries: Iterable[Decision], year: int) -> Mapping[tuple[str, str, str], Ruling]:
    """Return what was said of the points of a year, by agency, item and evidence; the last holds."""
    found: dict[tuple[str, str, str], Ruling] = {}
    for item in _held(entries, "strike"):
        key = next((key for key in ITEMS if key == item.part), None)
        word = next((word for word in WORDS if word == item.value), None)
        if item.year != year or item.agency is None or key is None or word is None:
            continue
        evidence = item.finding or ""
        told = Ruling(item.agency, key, evidence, word, item.reason, item.who, item.number)
        found[item.agency, key, evidence] = told
    return found


def _held(entries: Iterable[Decision], action: str) -> list[Decision]:
    known = [item for item in entries if item.action in (action, "undo")]
    return [item for item in (active(known) if known else ()) if item.action == action]
