"""One kind of finding as a card: its sentence, its facts, and examples from the public test suite."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import groupby

from checks.catalogue import FindingKind, severity_names
from checks.findings import Finding
from checks.states import state_names
from checks.together import check_together
from conformance import Case, WrittenRow, cases
from desk.desk import State
from form.figures import grouped, mark_words
from form.language import _
from form.model import TableKey, address
from form.names import SEPARATOR, column_name, row_name, without_remark
from form.report import Report, layout_edition
from outputs.marking import marked_cells
from outputs.official_table import shown_text
from outputs.wording import SUSPECT_SIGN
from pages.checking.slip_counts import Spoken, spoken
from pages.parts.grid import Column, grid_html
from pages.parts.heading import chip
from pages.parts.links import href
from pages.parts.markup import Markup, joined, link, tag
from pages.report.finding_body import TONES, equation_html

MOST_PARAGRAPHS = 3


def rule_card(kind: FindingKind, state: State) -> Markup:
    """Return the card of a kind of finding; its code is its id on the page."""
    severity = severity_names()[kind.severity]
    head = tag(
        "div",
        tag("h2", kind.name, classes="dd-heading"),
        chip(severity, TONES[kind.severity]),
        _count(kind, state),
        classes="dd-head",
    )
    facts = (part for name, text in _facts(kind) for part in (tag("dt", name), tag("dd", text)))
    return tag(
        "section",
        head,
        tag("p", kind.sentence),
        tag("dl", *facts, classes="dd-facts"),
        _examples(kind.code),
        classes="dd-card",
        id=kind.code,
    )


def _count(kind: FindingKind, state: State) -> Markup:
    """Return how often it spoke in the library and how often that was accepted, links to these."""
    if state.counted.empty:
        return joined(())
    found = state.once(_spoken).get(kind.code, Spoken())
    if not found.slips:
        return tag("span", _("资料库里没有"), classes="dd-quiet")
    said = link(
        _("资料库里有 {n} 处").format(n=grouped(found.slips)),
        href("findings", {"kind": kind.name, "state": _("全部")}),
    )
    if not found.accepted:
        return tag("span", said, _("，没有认可为不是错误的"), classes="dd-quiet")
    accepted = link(
        _("其中 {n} 处认可为不是错误").format(n=grouped(found.accepted)),
        href("findings", {"kind": kind.name, "state": state_names()["accepted"]}),
    )
    return tag("span", said, _("，"), accepted, classes="dd-quiet")


def _spoken(state: State) -> dict[str, Spoken]:
    """Return how often each kind spoke in what counts."""
    return spoken(state.table)


def _facts(kind: FindingKind) -> Iterator[tuple[str, str]]:
    first, last = kind.years
    editions = _("、").join(_("{edition} 版").format(edition=key) for key in kind.editions)
    years = _("{first} 年至今") if last is None else _("{first}—{last} 年")
    yield _("核对"), kind.looks_at
    yield (
        _("适用"),
        _("{editions}表样（{years}）").format(
            editions=editions, years=years.format(first=first, last=last)
        ),
    )
    yield _("依据"), kind.source
    yield _("空格和横线"), kind.blanks


@cache
def _examples(code: str) -> Markup:
    """Return one case that holds and one that fails, where the suite has them.

    They follow from the program alone, so they are judged once and not for every visitor.
    """
    known = cases(code)
    holding = next((case for case in known if not case.findings), None)
    failing = next((case for case in known if case.findings), None)
    shown = []
    if holding is not None:
        shown.append(_example(holding, chip(_("成立"), "good")))
    if failing is not None:
        shown.append(_example(failing, chip(_("不成立"), "error")))
    return tag("div", *shown, classes="dd-examples")


def _example(case: Case, mark: Markup) -> Markup:
    checked = check_together((*case.others, case.report))[-1]
    findings = [item for item in checked.findings if item.rule == case.rule]
    equations = (
        tag(
            "div",
            tag("span", item.place, " ", classes="dd-quiet") if len(findings) > 1 else "",
            equation_html(item.equation),
            classes="dd-equation",
        )
        for item in findings
        if item.equation
    )
    return tag(
        "div",
        tag("div", mark, " ", tag("b", case.title), classes="dd-likely"),
        *_tables(case, findings),
        *_prose(case),
        *equations,
        tag("div", case.sentence, classes="dd-quiet"),
        classes="dd-example",
    )


def _tables(case: Case, findings: list[Finding]) -> Iterator[Markup]:
    """Yield the rows that a case writes down, the same rows of other years first."""
    marked = {place for item in findings for place in marked_cells(item)}
    for report in (*case.others, case.report):
        own = marked if report is case.report else set()
        for table, rows in groupby(case.rows, key=lambda row: row.table):
            members = [row for row in rows if report.has_table(table)]
            if members:
                yield from _grids(case, report, table, members, own)


def _grids(
    case: Case, report: Report, table: TableKey, rows: list[WrittenRow], marked: set[str]
) -> Iterator[Markup]:
    """Yield the rows as tables, those with the same columns together."""
    edition = layout_edition(report, table)
    several = bool(case.others)
    for keys, members in groupby(rows, key=lambda row: tuple(key for key, _cell in row.cells)):
        lines = list(members)
        heads = [column_name(table, edition, lines[0].row, key) for key in keys]
        year = _("{year} 年度").format(year=report.year) if several else ""
        columns = [Column(year or _("项目")), *(Column(name, "number") for name in heads)]
        body = (
            (
                _row_label(table, report, line.row),
                *(_cell(report, address(table, line.row, key), marked) for key in keys),
            )
            for line in lines
        )
        yield grid_html(SEPARATOR.join(filter(None, (case.title, year))), columns, body)


def _row_label(table: TableKey, report: Report, row: str) -> str:
    return without_remark(row_name(table, layout_edition(report, table), row))


def _cell(report: Report, place: str, marked: set[str]) -> Markup:
    blank = mark_words()["blank"]
    cell = report.cells.get(place)
    text = shown_text(place, cell) if cell is not None else ""
    if place not in marked:
        return tag("span", text or blank, classes="" if text else "dd-nothing")
    return tag("b", SUSPECT_SIGN, " ", text or blank, classes="dd-red dd-nowrap")


def _prose(case: Case) -> Iterator[Markup]:
    """Yield the paragraphs that a case writes down."""
    for paragraph in case.report.paragraphs[:MOST_PARAGRAPHS]:
        yield tag("blockquote", paragraph.text, classes="dd-quote")
