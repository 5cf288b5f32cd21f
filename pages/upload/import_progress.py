"""An import as people watch it: a row a file, how far it is, what became of each."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import streamlit as st

from form.figures import grouped
from form.language import _
from library import jobs
from library.jobs import Item, Job, State
from pages.parts import shelf
from pages.parts.boundary import boundary
from pages.parts.grid import Row
from pages.parts.heading import Tone, chip, note
from pages.parts.links import href
from pages.parts.markup import Markup, joined, link, scrolling, show, tag
from pages.parts.person import person
from pages.parts.registry import entry
from pages.parts.report_choice import report_href, waiting_label
from pages.parts.time_left import time_left
from pages.typing.start import FAILED
from pages.upload.verdicts import PAGE_KEY, show_verdicts

JOB = "job"
SECONDS_BETWEEN_LOOKS = 1.0
QUIET_FOR_TOO_LONG = timedelta(minutes=2)
_TONES: dict[State, Tone] = {
    "kept": "good",
    "new_version": "good",
    "queued": "note",
    "failed": "error",
}


def state_names() -> dict[State, str]:
    """Return the states of a file in words, those that want a person's eye first."""
    return {
        "failed": _("未能读取"),
        "queued": _("待认领"),
        "new_version": _("新版本"),
        "duplicate": _("重复"),
        "kept": _("已入库"),
        "reading": _("正在读取"),
        "waiting": _("等待"),
    }


def start_import(files: list[tuple[str, bytes]]) -> int:
    """Put files where nothing can lose them, start the importer, return the job's id."""
    kept = shelf.library()
    job_id = jobs.create_job(kept, files, person())
    jobs.start(kept, job_id)
    return job_id


def show_job(job_id: int) -> None:
    """Show a job and look again every second until all its files are done."""
    open_at_first = not jobs.job(shelf.library(), job_id).finished
    every = SECONDS_BETWEEN_LOOKS if open_at_first else None
    st.fragment(_watch, run_every=every)(job_id, open_at_first)


def _watch(job_id: int, was_open: bool) -> None:
    with boundary():
        job = _page_of(job_id)
        if was_open and job.finished:
            st.rerun()  # the menu's count, and everything else on the page, has changed
        if job.finished:
            show_verdicts(job_id)
            _what_next(job)
            return
        show(_progress(job))
        show(_rows(job))
        if job.total > jobs.PAGE:
            st.pagination(_pages(job.total), key=PAGE_KEY)
        full = jobs.waiting_for(shelf.library(), job_id)
        if full:
            note(full + _("导入在等待，有了空间会自动继续。"))
        elif datetime.now(UTC) - job.touched_at > QUIET_FOR_TOO_LONG:
            note(_("已有两分钟没有进展，导入可能被中断了；已完成的不受影响。"))
            st.button(_("接着导入"), on_click=_go_on, args=(job_id,))


def _go_on(job_id: int) -> None:
    jobs.start(shelf.library(), job_id)


def _page_of(job_id: int) -> Job:
    """Return a job with the page of its files that is looked at."""
    first = jobs.PAGE * (st.session_state.get(PAGE_KEY, 1) - 1)
    return jobs.job(shelf.library(), job_id, offset=first, telling_first=True)


def _pages(files: int) -> int:
    return -(-files // jobs.PAGE)


def _progress(job: Job) -> Markup:
    done, every = job.done, job.total
    percent = 100 * done // every if every else 100
    head = _("第 {n} 批：已处理 {done} / {all} 份").format(
        n=job.id, done=grouped(done), all=grouped(every)
    )
    parts = [
        _("{state} {n} 份").format(state=name, n=grouped(job.counts[state]))
        for state, name in state_names().items()
        if job.counts.get(state) and state not in ("reading", "waiting")
    ]
    left = time_left(job.created_at, job.touched_at, done, every)
    bar = tag("div", tag("span", style=f"width:{percent}%"), classes="dd-bar")
    return tag(
        "div",
        tag("div", head, classes="dd-what"),
        bar,
        tag("div", _("，").join([*parts, *left]), classes="dd-quiet"),
        tag("div", _("可以离开本页或刷新，导入不会中断。"), classes="dd-quiet"),
        role="status",
    )


def _rows(job: Job) -> Markup:
    head = tag("tr", *(tag("th", name, scope="col") for name in (_("文件"), _("结果"), _("说明"))))
    caption = _("导入进度")
    body = [_row(item) for item in job.items]
    table = tag("table", tag("caption", caption), tag("thead", head), tag("tbody", *body))
    return scrolling(caption, table, classes="dd-jobs")


def _row(item: Item) -> Markup:
    state = chip(state_names()[item.state], _TONES.get(item.state, "plain"))
    return tag(
        "tr",
        tag("th", item.name, scope="row"),
        tag("td", state),
        tag("td", item.message, " ", joined(_links(item))),
    )


def _links(item: Item) -> list[Markup]:
    """Return links to the reports of a file, the queue for those that wait there."""
    known = shelf.reports()
    found = []
    if item.state == "failed":
        found.append(link(_("人工录入"), href("typing", {FAILED: item.id})))
    for number in item.report_ids:
        if number not in known.index:
            continue
        row: Row = known.loc[number].to_dict()
        if item.state == "queued":
            found.append(link(_("去认领"), href("library", {"part": _("待认领")})))
            address = report_href(waiting=waiting_label(number, str(row["file"])))
        else:
            address = report_href(row["agency"], row["year"], version=_version(row))
        found.append(link(_("查看"), address))
    return [tag("span", item, " ") for item in found]


def _version(row: Row) -> int | None:
    """Name the version only where it is not the one that counts."""
    return None if row["counts"] else int(row["version"])


def _what_next(job: Job) -> None:
    with st.container(horizontal=True):
        if job.counts.keys() & {"kept", "new_version", "queued", "duplicate"}:
            st.page_link(entry("overview").path, label=_("去总览看结果"))
            st.page_link(entry("findings").path, label=_("看勾稽问题"))
