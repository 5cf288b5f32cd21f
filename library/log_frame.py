"""The log of decisions as a pandas frame, for lists and workbooks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import pandas as pd

from form.decisions import Action, Decision, active
from form.figures import cell_words
from form.language import _
from form.names import cell_name
from form.today import ZONE

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
}
"""Columns and dtypes; `place` is the cell's name, `old` and `new` what it said and is to say, `on`
an ISO date, `holds` False for what was taken back and for the taking back itself."""


def action_names() -> dict[Action, str]:
    """Return what people call each kind of entry."""
    return {
        "correct": _("更正"),
        "accept": _("认可"),
        "ask": _("已发函"),
        "answer": _("已答复"),
        "undo": _("撤销"),
        "type": _("录入"),
    }


def log_lines(decisions: Sequence[Decision], rule_names: Mapping[str, str]) -> Iterator[str]:
    """Yield each entry as one line for people, times as on Chinese clocks."""
    for number, line in log_frame(decisions).astype(object).iterrows():
        rule = rule_names.get(line["rule"]) if pd.notna(line["rule"]) else None
        what = line["place"] if pd.notna(line["place"]) else rule or line["finding"]
        changed = f"{line['old']} → {line['new']}" if pd.notna(line["new"]) else ""
        undone = _("撤销第 {number} 条").format(number=line["undoes"])
        parts = (
            line["at"].strftime("%Y-%m-%d %H:%M"),
            line["who"],
            line["action_name"] if pd.isna(line["undoes"]) else undone,
            f"{line['agency']} {line['year']}",
            what,
            changed,
            line["on"],
            line["reason"],
        )
        yield f"{number}. " + " ".join(part for part in parts if pd.notna(part) and part)


def log_frame(decisions: Sequence[Decision]) -> pd.DataFrame:
    """Return one line an entry, by number (the index, int64), in the order given."""
    names = action_names()
    holding = {item.number for item in active(decisions)}
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
            "place": None if item.address is None else cell_name(item.address, "2021"),
            "old": None if item.old is None else cell_words(item.old),
            "new": None if item.new is None else cell_words(item.new),
            "rule": item.rule,
            "finding": item.finding,
            "reason": item.reason,
            "on": None if item.on is None else item.on.isoformat(),
            "undoes": item.undoes,
            "holds": item.number in holding,
            "report_id": item.report_id,
        }
        for item in decisions
    ]
    frame = pd.DataFrame(lines, columns=["number", *COLUMNS])
    frame["at"] = pd.to_datetime(frame["at"], utc=True)
    return frame.astype({"number": "int64", **COLUMNS}).set_index("number")
