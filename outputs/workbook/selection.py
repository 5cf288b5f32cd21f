"""Reports chosen from a library, as a workbook: what the page and the command line take away."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import pandas as pd

from checks.catalogue import SEVERITIES
from checks.findings import Finding
from form.figures import grouped
from form.language import _
from form.report import Report
from form.rules import RULES, RULES_VERSION, YEAR_RULES
from outputs.workbook.contents import About, Decided, ReportHeader
from outputs.workbook.summary import summary_workbook

_PROJECT: Final = Path(__file__).resolve().parents[2] / "pyproject.toml"
_DIGITS: Final = 8


def workbook_of(
    chosen: pd.DataFrame,
    load: Callable[[int], Report],
    findings: Mapping[int, Sequence[Finding]],
    decided: Decided | None = None,
) -> bytes:
    """Return the summary workbook of chosen reports, in their order.

    `chosen` is indexed by report id and has the library's columns agency, year, file, version
    and imported_at; at least one line. `load` gives a report by its id.
    """
    lines = zip(chosen.index.tolist(), chosen.itertuples(index=False), strict=True)
    reports = [(_header(number, line), load(number)) for number, line in lines]
    about = About(
        selection=selection_sentence(chosen),
        changed_at=_changed_at(chosen, decided),
        app_version=app_version(),
        rules_version=rules_version(),
    )
    return summary_workbook(reports, findings, about, decided)


def _changed_at(chosen: pd.DataFrame, decided: Decided | None) -> datetime:
    """Return when the last of these reports came in, or somebody last decided anything."""
    moments = [chosen["imported_at"].max()]
    if decided is not None and decided.log is not None and not decided.log.empty:
        moments.append(decided.log["at"].max())
    last: datetime = max(moments).to_pydatetime()
    return last


def _header(report_id: int, line: Any) -> ReportHeader:
    year, version = int(line.year), int(line.version)
    return ReportHeader(report_id, str(line.agency), year, str(line.file), version)


def years_of(chosen: pd.DataFrame) -> tuple[int, ...]:
    """Return the years that the reports are on, rising."""
    return tuple(sorted(map(int, chosen["year"].unique())))


def selection_sentence(chosen: pd.DataFrame) -> str:
    """Return what is taken away, in a sentence; it also stands in the workbook."""
    years = years_of(chosen)
    span = str(years[0]) if len(years) == 1 else f"{years[0]}—{years[-1]}"
    return _("导出 {n} 份报告：{agencies} 家机构，{span} 年").format(
        n=grouped(len(chosen)), agencies=grouped(chosen["agency"].nunique()), span=span
    )


def app_version() -> str:
    """Return the version of this program."""
    with _PROJECT.open("rb") as source:
        return str(tomllib.load(source)["project"]["version"])


def rules_version() -> str:
    """Return the version of the rules, with a few signs that change whenever a rule or its severity does."""
    told = repr((RULES, YEAR_RULES, sorted(SEVERITIES.items())))
    return f"{RULES_VERSION}-{hashlib.sha256(told.encode()).hexdigest()[:_DIGITS]}"
