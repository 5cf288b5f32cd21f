"""Which report a page is about: agency, year and version, kept in the address."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from form.language import _
from library.names import version_name
from pages.parts.grid import Row, is_absent
from pages.parts.links import href


@dataclass(frozen=True, slots=True)
class Choice:
    """One report of the library's list; agency and year are None in the queue."""

    report_id: int
    agency: str | None
    year: int | None
    version: int | None
    versions: int
    counts: bool
    file: str


def choose_report(reports: pd.DataFrame) -> Choice | None:
    """Show the boxes to choose with; None where the library is empty."""
    if reports.empty:
        return None
    known = reports[reports["version"].notna()]
    queue = reports[reports["version"].isna()]
    names = known["agency"].unique().tolist()
    unknown = _("（待认领）")
    options = [*names, unknown] if len(queue) else names
    agency_box, year_box = st.columns([2, 1], gap="small")
    agency = agency_box.selectbox(
        _("机构"), options, key="agency", bind="query-params", label_visibility="collapsed"
    )
    with year_box:
        if agency == unknown or agency not in names:
            return _from_queue(queue)
        return _of_agency(known[known["agency"] == agency])


def _from_queue(queue: pd.DataFrame) -> Choice:
    labels = [waiting_label(int(str(number)), row["file"]) for number, row in queue.iterrows()]
    label = st.selectbox(
        _("文件"), labels, key="file", bind="query-params", label_visibility="collapsed"
    )
    return _choice(queue, queue.index[labels.index(label) if label in labels else 0])


def waiting_label(report_id: int, file: str) -> str:
    """Return what a report in the queue is called: files of one name must stay apart."""
    return f"{report_id} {file}"


def _of_agency(own: pd.DataFrame) -> Choice:
    years = sorted(set(own["year"].astype(int)), reverse=True)
    year = st.selectbox(
        _("年度"), years, key="year", bind="query-params", label_visibility="collapsed"
    )
    same = own[own["year"] == (year if year in years else years[0])]
    versions = sorted(same["version"].astype(int), reverse=True)
    # Where a person has yet to say which counts, none does.
    counting = int(
        same.loc[same["counts"], "version"].max() if same["counts"].any() else versions[0]
    )
    version = counting
    if len(versions) > 1:
        version = st.selectbox(
            _("版本"),
            versions,
            index=versions.index(counting),
            key="version",
            bind="query-params",
            format_func=version_name,
            label_visibility="collapsed",
        )
    return _choice(same, same.index[same["version"] == version][0])


def _choice(reports: pd.DataFrame, report_id: int) -> Choice:
    row: Row = reports.loc[report_id].to_dict()
    return Choice(
        report_id=int(report_id),
        agency=_or_none(row["agency"]),
        year=None if is_absent(row["year"]) else int(row["year"]),
        version=None if is_absent(row["version"]) else int(row["version"]),
        versions=0 if is_absent(row["versions"]) else int(row["versions"]),
        counts=bool(row["counts"]),
        file=str(row["file"]),
    )


def _or_none(text: object) -> str | None:
    return None if is_absent(text) else str(text)


def report_href(
    agency: str | None = None,
    year: int | None = None,
    *,
    version: int | None = None,
    finding: int | None = None,
    waiting: str | None = None,
) -> str:
    """Return the address of a report's page; `waiting` is the label of one in the queue."""
    if waiting is not None:
        return href("report", {"agency": _("（待认领）"), "file": waiting})
    return href(
        "report",
        {
            "agency": agency,
            "year": year,
            "version": version and version_name(version),
            "finding": finding,
        },
    )


def choice_selection(choice: Choice) -> dict[str, object]:
    """Return what the address of this very report's page holds."""
    if choice.agency is None or choice.year is None:
        return {
            "agency": _("（待认领）"),
            "file": waiting_label(choice.report_id, choice.file),
        }
    version = None if choice.counts or choice.version is None else version_name(choice.version)
    return {"agency": choice.agency, "year": choice.year, "version": version}


def choice_href(choice: Choice, place: str = "", **more: object) -> str:
    """Return the address of this very report's page with more in its selection."""
    return href("report", {**choice_selection(choice), **more}, place)
