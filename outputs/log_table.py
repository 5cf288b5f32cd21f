"""The log of decisions as people take it away: whose entries, and in which words."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from checks.catalogue import kind_name
from form.language import _


def entries_about(log: pd.DataFrame, known: Collection[tuple[str, int | None]]) -> pd.DataFrame:
    """Return the entries about these agencies' years, oldest first.

    `log` has the columns of `library.log_frame`. Also those by which a report went from there to
    another agency or year.
    """
    years = set(known)
    named = zip(log["agency"], log["year"], log["from_agency"], log["from_year"], strict=True)
    return log[[bool({whose[:2], whose[2:]} & years) for whose in named]]


def log_table(entries: pd.DataFrame) -> pd.DataFrame:
    """Return entries of the log a line each, under the headings that people read."""
    rules = {code: kind_name(code) for code in entries["rule"].dropna().unique()}
    return pd.DataFrame(
        {
            _("编号"): entries.index,
            _("时间"): entries["at"].dt.strftime("%Y-%m-%d %H:%M").tolist(),
            _("经办人"): entries["who"].tolist(),
            _("操作"): entries["action_name"].tolist(),
            _("机构"): entries["agency"].tolist(),
            _("年度"): entries["year"].tolist(),
            _("规则"): entries["rule"].map(rules).tolist(),
            _("位置"): entries["place"].tolist(),
            _("原数"): entries["old"].tolist(),
            _("改为"): entries["new"].tolist(),
            _("理由"): entries["reason"].tolist(),
            _("日期"): entries["on"].tolist(),
            _("撤销第几条"): entries["undoes"].tolist(),
            _("有效"): entries["holds"].map({True: _("是"), False: _("否")}).tolist(),
        }
    )
