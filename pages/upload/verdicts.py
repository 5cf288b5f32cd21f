"""What an import came to: errors first, what is faultless in one row, each with where to go on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd
import streamlit as st

from checks.catalogue import kind_name
from desk.brought import OUTCOMES, Brought, batch_sentence, brought, judged_of, verdict_words
from desk.desk import State
from form.figures import grouped
from form.language import _
from form.today import minute
from library import jobs
from library.jobs import Item
from library.names import version_name
from library.store import Library
from pages.library.views import show_queue
from pages.parts import shelf
from pages.parts.grid import Row, is_absent
from pages.parts.heading import Tone, chip, note, sentence
from pages.parts.links import href
from pages.parts.markup import Markup, joined, link, scrolling, show, tag
from pages.parts.report_choice import report_href, waiting_label
from pages.report.finding_body import equation_html
from pages.typing.start import FAILED
from pages.upload.choosing import show_choices
from pages.upload.undoing import show_undo

PAGE_KEY = "job-page"
SPELLED_OUT = 3
"""Errors of a file that its row spells out; its report has them all."""
NAMED = 12
"""Faultless reports that are named at once; more are unfolded."""

Files = tuple[tuple[int, Brought], ...]
"""The files of a job, each by its id."""


def show_verdicts(job_id: int) -> None:
    """Show what a finished import came to."""
    state = shelf.now()
    files = state.remember(_files, shelf.library(), job_id)
    if not files:
        return
    every = [item for _number, item in files]
    sentence(batch_sentence(every, job_id), _source(job_id))
    show_undo(job_id)
    show_choices(job_id)
    own = state.reports[(state.reports["batch"] == job_id).fillna(False)]
    if own["version"].isna().any():
        show_queue(own)
    _show_strangers(state, own)
    faultless = [item for item in every if item.outcome == "faultless"]
    rows = sorted(
        (file for file in files if file[1].outcome != "faultless"),
        key=lambda file: (OUTCOMES.index(file[1].outcome), -len(file[1].errors)),
    )
    first = jobs.PAGE * (st.session_state.get(PAGE_KEY, 1) - 1)
    shown = rows[first : first + jobs.PAGE]
    names = jobs.items(shelf.library(), [number for number, _item in shown])
    body = [
        _row(item, file, state.reports) for file, (_number, item) in zip(names, shown, strict=True)
    ]
    # After what wants a person's eye, on the last page.
    if faultless and first + jobs.PAGE >= len(rows):
        body.append(_faultless(faultless, state.reports))
    show(_table(body))
    if len(rows) > jobs.PAGE:
        st.pagination(-(-len(rows) // jobs.PAGE), key=PAGE_KEY)


def _show_strangers(state: State, own: pd.DataFrame) -> None:
    """Ask whose the reports are that nobody on the roster owes; nothing without a roster."""
    if not state.roster:
        return
    known = own[own["version"].notna()]
    names = zip(known["agency"].tolist(), known["year"].tolist(), strict=True)
    members = frozenset(state.roster.members())
    strange = dict.fromkeys(f"{agency} {year}" for agency, year in names if agency not in members)
    if strange:
        note(
            _("不在名册上的 {n} 份，是谁的？").format(n=grouped(len(strange))),
            _("、").join(strange),
            _("。"),
            link(_("加入名册"), href("roster")),
            " ",
            link(_("是名册中的另一个名称"), href("library", {"part": _("机关")})),
            " ",
            link(_("移入回收站，只存不计"), href("library")),
        )


def _files(state: State, library: Library, job_id: int) -> Files:
    found = jobs.outcomes(library, job_id)
    judged = judged_of(library, [number for _id, _state, ids in found for number in ids])
    told = brought(state.everything, judged, ((how, ids) for _id, how, ids in found))
    return tuple((number, item) for (number, _how, _ids), item in zip(found, told, strict=True))


def _source(job_id: int) -> str:
    job = jobs.job(shelf.library(), job_id, limit=1)
    who = jobs.handed_in_by(shelf.library(), job_id)
    return _(" · ").join(filter(None, (minute(job.created_at), who)))


def _table(body: Iterable[Markup]) -> Markup:
    caption = _("这一批的结果")
    names = (_("结果"), _("机构、年度"), _("文件"), _("说明"), "")
    head = tag("tr", *(tag("th", name, scope="col") for name in names))
    table = tag(
        "table", tag("caption", caption), tag("thead", head), tag("tbody", *body), classes="dd-came"
    )
    return scrolling(caption, table)


def _row(item: Brought, file: Item, reports: pd.DataFrame) -> Markup:
    known = (number for number in item.report_ids if number in reports.index)
    whose = [_whose(reports.loc[number].to_dict()) for number in known]
    named = [tag("div", *part) for part in whose] or [tag("span", _("不知道"), classes="dd-quiet")]
    return tag(
        "tr",
        tag("td", _chip(item)),
        tag("th", *named, scope="row"),
        tag("td", file.name),
        tag("td", *_why(item, file, reports)),
        tag("td", *_links(item, file, reports), classes="dd-nowrap"),
    )


def _whose(row: Row) -> list[object]:
    if is_absent(row["agency"]):
        return [tag("span", _("机构待确认"), classes="dd-quiet")]
    year = _("年度待确认") if is_absent(row["year"]) else row["year"]
    later = not is_absent(row["version"]) and int(str(row["version"])) > 1
    version = version_name(int(str(row["version"]))) if later else ""
    return [row["agency"], " ", year, " ", tag("span", version, classes="dd-quiet")]


def _chip(item: Brought) -> Markup:
    names = {
        "waiting": _("等您定"),
        "failed": _("没读成"),
        "duplicate": _("重复"),
        "gone": _("在回收站"),
        "judging": _("正在核对"),
    }
    tones: dict[str, Tone] = {"wrong": "error", "failed": "note", "waiting": "note"}
    said = names.get(item.outcome) or verdict_words(item)[0]
    return chip(said, tones.get(item.outcome, "plain"))


def _why(item: Brought, file: Item, reports: pd.DataFrame) -> list[object]:
    # What was said as it came in may no longer be so: another may have come after it.
    if item.outcome == "waiting" and reports["undecided"].reindex(item.report_ids).eq(True).any():
        return [_("同一批里同一机构同一年度不止一份，选定之前这一年都不计入。")]
    if item.outcome not in ("wrong", "doubt"):
        return [file.message]
    parts: list[object] = []
    for said in item.slips[:SPELLED_OUT]:
        finding = said.finding
        place = " ".join(filter(None, (kind_name(finding.rule), finding.place)))
        equation = equation_html(finding.equation) if finding.equation else ""
        parts += [_("；") if parts else "", joined((place, " ", equation))]
    if len(item.slips) > SPELLED_OUT:
        parts.append(_("等 {n} 处").format(n=grouped(len(item.slips))))
    if item.doubts:
        left = [said for said in item.judged if not said.finding.is_error and not said.is_settled]
        kinds = dict.fromkeys(kind_name(said.finding.rule) for said in left)
        text = _("待核 {n} 处：{kinds}").format(
            n=grouped(len(item.doubts)), kinds=_("、").join([*kinds][:SPELLED_OUT])
        )
        parts += [_("；") if parts else "", tag("span", text, classes="dd-quiet")]
    return parts or [_("有格读不准，请对照原文核对。")]


def _links(item: Brought, file: Item, reports: pd.DataFrame) -> list[Markup]:
    """Return where to go on with a file: its report, the queue, or typing."""
    if item.outcome == "failed":
        return [link(_("人工录入"), href("typing", {FAILED: file.id}))]
    names = {"wrong": _("核验"), "doubt": _("核对"), "duplicate": _("看那份")}
    found = []
    for number in item.report_ids:
        if number not in reports.index:
            continue
        row: Row = reports.loc[number].to_dict()
        if is_absent(row["version"]):
            found.append(link(_("去认领"), href("library", {"part": _("待认领")})))
        found.append(link(names.get(item.outcome, _("查看")), _address(number, row)))
    return [tag("span", item, " ") for item in found]


def _address(number: int, row: Row) -> str:
    if is_absent(row["version"]):
        return report_href(waiting=waiting_label(number, str(row["file"])))
    version = None if row["counts"] else int(str(row["version"]))
    return report_href(str(row["agency"]), int(str(row["year"])), version=version)


def _faultless(items: Sequence[Brought], reports: pd.DataFrame) -> Markup:
    numbers = [number for item in items for number in item.report_ids if number in reports.index]
    rows: list[Row] = [{**reports.loc[number].to_dict(), "id": number} for number in numbers]
    links = [
        link(f"{row['agency']} {row['year']}", _address(int(str(row["id"])), row)) for row in rows
    ]
    first = joined(_separated(links[:NAMED]))
    more = tag(
        "details",
        tag("summary", _("展开其余 {n} 份").format(n=grouped(len(links) - NAMED))),
        *_separated(links[NAMED:]),
    )
    said = _("无误 {n} 份").format(n=grouped(len(items)))
    return tag(
        "tr",
        tag("td", chip(said, "good")),
        tag("td", first, more if len(links) > NAMED else "", colspan=4),
    )


def _separated(links: Sequence[Markup]) -> list[object]:
    separator: object = _("、")
    return [part for item in links for part in (item, separator)][:-1]
