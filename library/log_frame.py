"""The log of decisions as a pandas frame, for lists and workbooks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, cast

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form.agencies.divisions import by_code
from form.agencies.telling import level_names
from form.agencies.terms import kind_names
from form.decisions import (
    AGENCY_ACTIONS,
    FILING_ACTIONS,
    LETTER_ACTIONS,
    SEASON_ACTIONS,
    Action,
    Decision,
    active,
)
from form.editions import TABLE_KEYS
from form.figures import cell_words
from form.filing import BESIDE, Beside, others_of, standing
from form.language import _
from form.letters import kind_names as kind_names_of_letters
from form.model import EditionKey, TableKey
from form.names import SEPARATOR, cell_name
from form.receipts import How, how_names
from form.report import layout_of
from form.roster import ACTION as ROSTER
from form.roster import entry_words
from form.scoring import item_names, weight_key, word_names
from form.submitted import ROLLUP_ACTIONS
from form.today import ZONE
from library.names import version_name
from library.queries import chunks
from library.schema import edition_name, report

COLUMNS: Final[Mapping[str, str]] = {
    "at": f"datetime64[ns, {ZONE.key}]",
    "who": "string",
    "action": "string",
    "action_name": "string",
    "agency": "string",
    "year": "Int64",
    "address": "string",
    "place": "string",
    "old": "string",
    "new": "string",
    "rule": "string",
    "finding": "string",
    "reason": "string",
    "on": "string",
    "undoes": "Int64",
    "holds": "bool",
    "report_id": "Int64",
    "from_agency": "string",
    "from_year": "Int64",
}
"""Columns and dtypes; `place` is the cell's name in its report's own edition, or the version, `old`
and `new` what was so and is to be, `on` an ISO date, `holds` False for what was taken back, for the
taking back itself, and for where a report does not stand any more. `agency` and `year` are missing
where a report in the queue went to the bin, `from_agency` and `from_year` in most entries."""
Editions = Mapping[int, Mapping[TableKey, EditionKey | None]]
"""By report id, the edition of each of its tables."""


def action_names() -> dict[Action, str]:
    """Return what people call each kind of entry."""
    return {
        "correct": _("更正"),
        "accept": _("认可"),
        "ask": _("已发函"),
        "answer": _("已答复"),
        "send": _("发函"),
        "return": _("收到回复"),
        "undo": _("撤销"),
        "type": _("录入"),
        "recycle": _("移入回收站"),
        "restore": _("恢复"),
        "identify": _("认领"),
        "choose": _("选定版本"),
        "undo_import": _("撤销导入"),
        "exclude": _("汇总排除"),
        "submit": _("汇总上报"),
        "reread": _("重新读取"),
        "merge": _("关联机关"),
        "split": _("分开机关"),
        "setting": _("设定"),
        "roster": _("名册"),
        "receive": _("登记收件"),
        "publish": _("登记公布"),
        "strike": _("考评认定"),
    }


def load_editions(connection: Connection, decisions: Iterable[Decision]) -> Editions:
    """Return the editions of the reports that these entries were made about, by report id."""
    return editions_of(
        connection, {item.report_id for item in decisions if item.report_id is not None}
    )


def editions_of(connection: Connection, report_ids: Iterable[int]) -> Editions:
    """Return the editions of the tables of reports, by report id."""
    ids = sorted(report_ids)
    columns = [report.c[edition_name(key)].label(key) for key in TABLE_KEYS]
    query = sa.select(report.c.id, *columns)
    rows = (
        row
        for part in chunks(ids)
        for row in connection.execute(query.where(report.c.id.in_(part)))
    )
    return {row.id: {key: getattr(row, key) for key in TABLE_KEYS} for row in rows}


def place_name(item: Decision, editions: Editions) -> str | None:
    """Return the cell that an entry is about as its own report calls it, else the version.

    Where nothing is known of the report, the newest edition's name.
    """
    if item.action in LETTER_ACTIONS:
        return letter_words(item)
    if item.address is None:
        return None if item.version is None else version_name(item.version)
    key = next(key for key in TABLE_KEYS if item.address.startswith(f"{key}."))
    return cell_name(item.address, layout_of(editions.get(item.report_id or 0, {}), key))


def letter_words(item: Decision) -> str:
    """Return which letter an entry is about: its kind, its number, the version that it asks about."""
    kinds = dict[str, str](kind_names_of_letters().items())
    version = None if item.version is None else version_name(item.version)
    parts = (kinds.get(item.part or "", ""), item.value, version)
    return SEPARATOR.join(part for part in parts if part)


def change_words(item: Decision) -> tuple[str, str] | None:
    """Return what was so before an entry and what is so by it, in few words, where it says both."""
    if item.old is not None and item.new is not None:
        return cell_words(item.old), cell_words(item.new)
    if item.action in AGENCY_ACTIONS:
        return agency_words(item)
    if item.action == ROSTER:
        return entry_words(item)
    if item.action == "receive":
        return _("收到"), how_names().get(cast(How, item.part), item.part or "")
    if item.action == "publish":
        return _("公布"), item.value or ""
    if item.action == "strike":
        items, words = dict[str, str](item_names().items()), dict[str, str](word_names().items())
        return items.get(item.part or "", ""), words.get(item.value or "", item.value or "")
    if item.action == "choose" and item.part in BESIDE:
        others = _("、").join(
            _("编号为 {number} 的年报").format(number=other) for other in others_of(item)
        )
        return others, beside_words(item.part)
    if item.action == "identify":
        return _whose(item.from_agency, item.from_year), _whose(item.agency, item.year)
    return None


def beside_words(how: Beside) -> str:
    """Return what people call what a report is beside others on its year."""
    words: dict[Beside, str] = {
        "only": _("只留这一份"),
        "corrects": _("以这一份为更正"),
        "undecided": _("未定，都不计入"),
    }
    return words[how]


def agency_words(item: Decision) -> tuple[str, str]:
    """Return what an entry about agencies says, in two parts."""
    if item.action == "setting":
        weighed = weight_key(item.part)
        if weighed is not None:
            return _("考评：{item}").format(item=item_names()[weighed]), item.value or ""
        names = [*setting_names().items(), *kind_names().items()]
        told: dict[str, str] = dict[str, str](names)
        return told.get(item.part or "", ""), _setting_words(item.part, item.value or "")
    ways = {
        "alias": _("{agency}的另一种写法"),
        "name": _("{agency}的曾用名"),
        "apart": _("与{agency}不是同一机关"),
    }
    after = _("{year} 年起并入{agency}") if item.action == "merge" else _("{year} 年起分出{agency}")
    text = ways.get(item.part or "", after)
    return item.from_agency or "", text.format(agency=item.agency, year=item.year)


def _setting_words(part: str | None, value: str) -> str:
    """Return what people call a value of a setting; one that is no key is called itself."""
    if not value:
        return _("按名称认定")
    if part == "region":
        place = by_code().get(value)
        return value if place is None else place.full_name
    # A township is a kind and a level.
    names = dict[str, str](kind_names().items())
    if part == "level":
        names = dict[str, str](level_names().items())
    return names.get(value, value) if part in ("kind", "level") else value


def setting_names() -> dict[str, str]:
    """Return what people call each thing that they may say of an agency."""
    return {
        "kind": _("类别"),
        "level": _("层级"),
        "region": _("地区"),
        "parent": _("上级机关"),
        "term": _("公布期限"),
    }


def about_whom(item: Decision) -> str:
    """Return whose year an entry is about, the report's number where that is not known."""
    if item.action in (*SEASON_ACTIONS, *LETTER_ACTIONS, "strike"):
        return _whose(item.agency, item.year)
    if item.report_id is None and item.action not in ROLLUP_ACTIONS:
        return item.agency or _("所有机关")
    if item.agency is None or item.year is None:
        number = _("编号为 {number} 的年报").format(number=item.report_id)
        return f"{number} {_whose(item.agency, item.year)}"
    return _whose(item.agency, item.year)


def _whose(agency: str | None, year: int | None) -> str:
    if agency is None and year is None:
        return _("待认领")
    return f"{agency or _('机构不明')} {year or _('年度不明')}"


def log_lines(
    decisions: Sequence[Decision], rule_names: Mapping[str, str], editions: Editions
) -> Iterator[str]:
    """Yield each entry as one line for people, times as on Chinese clocks."""
    lines = log_frame(decisions, editions).astype(object).iterrows()
    for item, (number, line) in zip(decisions, lines, strict=True):
        rule = rule_names.get(line["rule"]) if pd.notna(line["rule"]) else None
        what = line["place"] if pd.notna(line["place"]) else rule or line["finding"]
        changed = f"{line['old']} → {line['new']}" if pd.notna(line["new"]) else ""
        undone = _("撤销第 {number} 条").format(number=line["undoes"])
        parts = (
            line["at"].strftime("%Y-%m-%d %H:%M"),
            line["who"],
            undone if item.action == "undo" else line["action_name"],
            about_whom(item),
            what,
            changed,
            line["on"],
            line["reason"],
        )
        yield f"{number}. " + " ".join(part for part in parts if pd.notna(part) and part)


def holding(decisions: Iterable[Decision]) -> frozenset[int]:
    """Return the numbers of the entries that hold: not taken back, nor a taking back.

    Of those about filing, by which reports stand where they do.
    """
    known = list(decisions)
    words = (item for item in active(known) if item.action not in FILING_ACTIONS)
    return frozenset(item.number for item in words) | standing(known)


def log_frame(decisions: Sequence[Decision], editions: Editions) -> pd.DataFrame:
    """Return one line an entry, by number (the index, int64), in the order given."""
    names = action_names()
    held = holding(decisions)
    changed = {item.number: change_words(item) or (None, None) for item in decisions}
    lines = [
        {
            "number": item.number,
            "at": item.at,
            "who": item.who,
            "action": item.action,
            "action_name": names[item.action],
            "agency": item.agency,
            "year": item.year,
            "address": item.address,
            "place": place_name(item, editions),
            "old": changed[item.number][0],
            "new": changed[item.number][1],
            "rule": item.rule,
            "finding": item.finding,
            "reason": item.reason,
            "on": None if item.on is None else item.on.isoformat(),
            "undoes": item.undoes,
            "holds": item.number in held,
            "report_id": item.report_id,
            "from_agency": item.from_agency,
            "from_year": item.from_year,
        }
        for item in decisions
    ]
    frame = pd.DataFrame(lines, columns=["number", *COLUMNS])
    frame["at"] = pd.to_datetime(frame["at"], utc=True)
    return frame.astype({"number": "int64", **COLUMNS}).set_index("number")
