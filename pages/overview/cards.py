"""The cards of the overview: how much there is, and what to do first."""

from __future__ import annotations

from collections.abc import Sequence

from desk import figures
from form.figures import grouped
from form.language import _
from library.jobs import Job
from library.store import Summary
from pages.overview.received_table import Received, worst_first
from pages.parts import shelf
from pages.parts.heading import Tone, chip
from pages.parts.links import href
from pages.parts.markup import Markup, link, tag
from pages.parts.report_choice import report_href

MOST_TASKS = 4


def opening(summary: Summary, last: Sequence[Job]) -> str:
    """Return the page's first sentence: how many agencies, which years, what came last."""
    years = str(summary.first_year)
    if summary.first_year != summary.last_year:
        years = f"{summary.first_year}—{summary.last_year}"
    text = _("{n} 家机构，{years} 年").format(n=grouped(summary.agencies), years=years)
    if not last:
        return text
    return _("{text}；最近一次导入 {n} 份文件").format(text=text, n=grouped(len(last[0].items)))


def figure_cards(summary: Summary, items: Sequence[Received]) -> Markup:
    """Return the figures of the library, each a link to where it comes from."""
    errors = shelf.now().error_count
    with_errors = sum(item.errors > 0 for item in items)
    unknown = sum(item.unknown for item in items)
    with_unknown = sum(item.unknown > 0 for item in items)
    return tag(
        "div",
        _figure(_("报告"), summary.counted, _versions_text(summary), href("library")),
        _figure(
            _("勾稽错误"),
            errors,
            _("在 {n} 份报告里").format(n=grouped(with_errors)) if errors else _settled_text(items),
            href("findings"),
            "dd-red" if errors else "" if any(item.settled for item in items) else "dd-green",
        ),
        _new_applications(summary),
        _figure(
            _("读不准的单元格"),
            unknown,
            _("在 {n} 份报告里").format(n=grouped(with_unknown))
            if unknown
            else _("每一格都读准了"),
            href("findings", {"severity": _("待核")}) if unknown else href("library"),
            "dd-amber" if unknown else "",
        ),
        classes="dd-cards",
    )


def _settled_text(items: Sequence[Received]) -> str:
    """Return what there is where no error is left to do: prints may still have some."""
    settled = sum(item.settled for item in items)
    if not settled:
        return _("没有发现")
    return _("更正后相符或已说明，印出的仍有 {n} 处").format(n=grouped(settled))


def _versions_text(summary: Summary) -> str:
    others = summary.reports - summary.counted - summary.queued
    parts = [_("另有旧版 {n} 份").format(n=grouped(others))] if others else []
    if summary.queued:
        parts.append(_("待认领 {n} 份").format(n=grouped(summary.queued)))
    return _("，").join(parts) or _("都已计入统计")


def _new_applications(summary: Summary) -> Markup:
    year = summary.last_year or 0
    total, told = figures.known_total(shelf.library(), shelf.now(), "new_received", year)
    return _figure(
        _("{year} 年新收申请").format(year=year),
        0 if total is None else total,
        _("{n} 家机构合计（件）").format(n=grouped(told)),
        href("compare", {"year": year}),
    )


def _figure(label: str, number: object, detail: str, address: str, tone: str = "") -> Markup:
    return link(
        tag(
            "span",
            tag("div", label, classes="dd-card-label"),
            tag("div", grouped(number), classes=f"dd-card-number {tone}".strip()),
            tag("div", detail, classes="dd-card-detail"),
        ),
        address,
        classes="dd-card",
    )


def first_tasks(summary: Summary, items: Sequence[Received]) -> Markup:
    """Return what wants a person first: the queue, then the reports with most errors."""
    cards = []
    if summary.queued:
        cards.append(
            _task(
                _("{n} 份报告待认领").format(n=grouped(summary.queued)),
                "",
                "note",
                _("机构和年度由人确认之前，不计入统计"),
                href("library", {"part": _("待认领")}),
            )
        )
    cards += [_report_task(item) for item in worst_first(items)[:MOST_TASKS]]
    if not cards and any(item.settled for item in items):
        said = _("没有要处理的：印出的错误都已更正或说明。")
        return tag("div", said, classes="dd-card")
    if not cards:
        return tag("div", _("没有要处理的：收到的报告都没有发现问题。"), classes="dd-card")
    return tag("div", *cards, classes="dd-stack")


def _report_task(item: Received) -> Markup:
    found = shelf.open_findings().get(item.report_id, ())
    said = _("；").join(_short(finding.place, finding.equation) for finding in found[:2])
    tone: Tone = "error" if item.errors else "note" if item.caused else "plain"
    badge = _("{n} 处").format(n=grouped(item.errors)) if item.errors else _("存疑")
    if item.caused and not item.errors:
        badge = _("更正引起 {n} 处不平").format(n=grouped(item.caused))
    if not said:
        said = _("{n} 格读不准").format(n=grouped(item.unknown))
    title = f"{item.agency} · {item.year}"
    return _task(title, badge, tone, said, report_href(item.agency, item.year))


def _short(place: str, equation: str) -> str:
    return f"{place} {equation}".strip()


def _task(title: str, badge: str, tone: Tone, said: str, address: str) -> Markup:
    head = tag(
        "div",
        tag("span", title, classes="dd-what"),
        chip(badge, tone) if badge else "",
        classes="dd-head",
    )
    return link(tag("span", head, tag("div", said, classes="dd-quiet")), address, classes="dd-card")
