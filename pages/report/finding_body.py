"""What the card of a finding says: what is wrong where, the likeliest cause, what it rests on."""

from __future__ import annotations

from collections.abc import Iterator

from checks.catalogue import kind_name, severity_names
from checks.explanations import Suspects
from checks.findings import Finding, Quote
from checks.wording import FAILS, headline
from form.figures import grouped, quoted
from form.labels import SECTION_WORDS
from form.language import _
from form.names import cell_name_in
from form.report import Report
from outputs.likely import MOST_WAYS, way_reasons, way_sentence, ways
from pages.parts.heading import Tone, chip
from pages.parts.markup import Markup, joined, link, tag
from pages.parts.report_choice import Choice, report_href

TONES: dict[str, Tone] = {"error": "error", "warning": "note", "question": "plain"}
_NUMERALS = "〇一二三四五六"


def card_parts(
    choice: Choice,
    report: Report,
    finding: Finding,
    suspects: Suspects,
    *marks: Markup,
    whole: bool = False,
) -> Markup:
    """Return what a card says; `marks` are chips beside the severity, `whole` adds the causes."""
    severity = severity_names()[finding.severity]
    head = tag(
        "div",
        tag("span", what(finding), classes="dd-what"),
        chip(severity, TONES[finding.severity]),
        *marks,
        classes="dd-head",
    )
    equation = tag("div", equation_html(finding.equation), classes="dd-equation")
    return joined(
        (
            head,
            equation if finding.equation else "",
            tag("div", _message(finding), classes="dd-quiet"),
            *_likely(report, finding, suspects, whole=whole),
            *(quote_html(quote) for quote in finding.quotes),
            _other_year(choice, report, finding),
        )
    )


def what(finding: Finding) -> str:
    """Return what is wrong in a few words, and where."""
    name = kind_name(finding.rule)
    return f"{name} · {finding.place}" if finding.place else name


def _message(finding: Finding) -> str:
    """Return the sentence without its opening, which the card's head says already."""
    return finding.message.removeprefix(headline(finding.rule, finding.place)).lstrip("：")


def equation_html(text: str) -> Markup:
    """Return an equation with the sign that says what is wrong in red."""
    before, sign, after = text.partition(FAILS)
    return (
        joined((before, tag("span", sign, classes="dd-sign"), after)) if sign else joined((text,))
    )


def _likely(
    report: Report, finding: Finding, suspects: Suspects, *, whole: bool
) -> Iterator[Markup]:
    """Yield the ways that would mend it, best first; ties are said to be ties."""
    found = ways(finding, suspects)
    for place, way in enumerate(found[:MOST_WAYS]):
        opening = _("最可能：") if place == 0 else _("或：")
        reasons = way_reasons(way, only=len(found) == 1, complete=suspects.complete)
        why = _("（{reasons}）").format(reasons=_("；").join(reasons)) if reasons else ""
        yield tag("div", opening, tag("b", way_sentence(report, way)), why, classes="dd-likely")
        if whole and way.explanation.kind != "cells":
            yield tag("div", way.explanation.because, classes="dd-quiet")
    left_out = len(found) - MOST_WAYS
    if left_out > 0:
        text = _("另有 {n} 种改法同样成立。") if suspects.complete else _("另有至少 {n} 种改法。")
        yield tag("div", text.format(n=grouped(left_out)), classes="dd-quiet")
    if whole and found and suspects.limit:
        yield tag("div", suspects.limit, classes="dd-quiet")


def quote_html(quote: Quote) -> Markup:
    """Return a sentence of the prose with the part that says it marked."""
    section = SECTION_WORDS.get(quote.section)
    where = f"{_NUMERALS[quote.section]}、{section[0]}" if section else _("正文")
    start, end = max(quote.start, 0), max(quote.end, quote.start, 0)
    text = (
        quote.text[:start],
        tag("mark", quote.text[start:end]) if end > start else "",
        quote.text[end:],
    )
    return tag(
        "blockquote", tag("div", where, classes="dd-quiet"), tag("div", *text), classes="dd-quote"
    )


def _other_year(choice: Choice, report: Report, finding: Finding) -> Markup | str:
    """Return the other year's figures, with a link to its report."""
    other = finding.other
    if other is None:
        return ""
    name = _("{year} 年度报告").format(year=other.year)
    figures = _("，").join(
        f"{cell_name_in(report, address)} {quoted(value)}"
        for address, value in other.values[:MOST_WAYS]
    )
    target = report_href(choice.agency, other.year) if choice.agency else None
    said = link(name, target) if target else name
    return tag("div", said, "：", figures, classes="dd-likely")
