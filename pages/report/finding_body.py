"""What the card of a finding says: what is wrong where, the likeliest cause, what it rests on."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Final

from checks.catalogue import kind_name, severity_names
from checks.findings import Finding, Quote
from checks.wording import FAILS, headline
from form.figures import grouped, quoted
from form.labels import SECTION_WORDS
from form.language import _
from form.names import cell_name_in
from form.report import Report, Value
from outputs.likely import is_only, way_reasons, way_sentence
from outputs.regions import scroll_region
from pages.parts.heading import Tone, chip
from pages.parts.markup import Markup, joined, link, tag
from pages.parts.report_choice import Choice, report_href
from pages.report.cards import Card

TONES: dict[str, Tone] = {"error": "error", "warning": "note", "question": "plain"}
_NUMERALS = "〇一二三四五六"
MOST_PLACES: Final = 3
MOST_EQUATIONS: Final = 8
MOST_OTHERS: Final = 3
"""Places, equations and other years' cells that a card names; of more it says the number."""


def card_parts(choice: Choice, card: Card, *marks: Markup, whole: bool = False) -> Markup:
    """Return what a card says; `marks` are chips beside the severity, `whole` adds the causes."""
    finding = card.first.finding
    severity = severity_names()[finding.severity]
    head = tag(
        "div",
        tag("span", card_title(card), classes="dd-what"),
        chip(severity, TONES[finding.severity]),
        *marks,
        classes="dd-head",
    )
    return joined(
        (
            head,
            *_equations(card),
            tag("div", _message(finding), classes="dd-quiet") if len(card.findings) == 1 else "",
            *_counted(card),
            *_likely(card, whole=whole),
            *_changes_before_and_after(card, whole=whole),
            *(quote_html(quote) for item in card.findings for quote in item.quotes),
            *(_other_year(choice, card.report, item) for item in card.findings),
        )
    )


def card_title(card: Card) -> str:
    """Return what is wrong on a card in a few words, and where."""
    findings = card.findings
    if len(findings) == 1:
        return what(findings[0])
    kinds = dict.fromkeys(kind_name(item.rule) for item in findings)
    places = dict.fromkeys(item.place for item in findings if item.place)
    where = _("、").join(places)
    if len(places) > MOST_PLACES:
        where = _("{n} 处").format(n=grouped(len(places)))
    return f"{_('、').join(kinds)} · {where}" if where else _("、").join(kinds)


def _equations(card: Card) -> Iterator[Markup]:
    """Yield the equations, each with its place where there are several."""
    several = len(card.findings) > 1
    for item in card.findings[:MOST_EQUATIONS]:
        if item.equation:
            place = tag("span", item.place, " ", classes="dd-quiet") if several else ""
            yield tag("div", place, equation_html(item.equation), classes="dd-equation")
    left_out = len(card.findings) - MOST_EQUATIONS
    if left_out > 0:
        yield tag("div", _("另有 {n} 条").format(n=grouped(left_out)), classes="dd-quiet")


def _counted(card: Card) -> Iterator[Markup]:
    """Yield how many printed faults several findings are."""
    count = len(card.findings)
    if count == 1:
        return
    yield from _of_a_pair(card)
    if card.first.finding.undecided:
        text = _("{n} 条关系都因同一处读不准而不能判定，是一个问题。")
    elif card.slips == 1:
        text = _("{n} 条关系不成立，是一处错。")
    else:
        text = _("{n} 条关系不成立，共 {slips} 处错，要一起改。")
    yield tag("div", text.format(n=grouped(count), slips=grouped(card.slips)), classes="dd-quiet")


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
    if not sign:
        return joined((text,))
    # The sign stays with the figure behind it where the line breaks.
    figure, space, rest = after.lstrip().partition(" ")
    said = tag("span", tag("span", sign, classes="dd-sign"), " ", figure, classes="dd-nowrap")
    return joined((before, said, space, rest))


def _of_a_pair(card: Card) -> Iterator[Markup]:
    """Yield which of two reports is wrong, as far as anything tells, where a carry is among them."""
    carries = [item for item in card.findings if item.rule == "carry" and item.other]
    if not carries:
        return
    # Where the columns do not all say the same, the evidence decides nothing.
    said = {item.decided for item in carries}
    decided = said.pop() if len(said) == 1 else None
    other = carries[0].other
    year = other.year if other is not None else None
    texts = {
        None: _("本报告和 {year} 年度报告至少有一份填错，两份合起来算一处。"),
        "this": _("与 {year} 年度报告不一致，按现有证据是本报告填错；两份合起来算一处。"),
        "other": _("与 {year} 年度报告不一致，按现有证据是那一份填错；两份合起来算一处。"),
    }
    yield tag("div", tag("b", texts[decided].format(year=year)), classes="dd-likely")


def _likely(card: Card, *, whole: bool) -> Iterator[Markup]:
    """Yield the way that is likeliest where one is; else how many there are, none of them surer."""
    found, sure = card.ways, card.sure
    if not found:
        return
    if sure is None:
        yield tag("div", tag("b", _tied(card)), classes="dd-likely")
    else:
        reasons = way_reasons(sure, only=is_only(found, card.suspects))
        why = _("（{reasons}）").format(reasons=_("；").join(reasons)) if reasons else ""
        said = way_sentence(card.report, sure)
        yield tag("div", _("最可能："), tag("b", said), why, classes="dd-likely")
        for part in sure.parts if whole else ():
            if part.lead:
                yield tag("div", _("{cause}。").format(cause=part.lead), classes="dd-quiet")
        if whole and len(found) > 1:
            rest = _("另有 {n} 种改法也能使关系成立，但没有印证。")
            yield tag("div", rest.format(n=grouped(len(found) - 1)), classes="dd-quiet")
    if whole and card.suspects.limit and not card.suspects.every_way:
        yield tag("div", card.suspects.limit, classes="dd-quiet")


def _tied(card: Card) -> str:
    """Return how many ways there are, where none of them may be called the likeliest."""
    count = len(card.ways)
    if not card.suspects.every_way:
        return _("至少有 {n} 种改法，没有查完，不能断定是哪一种。").format(n=grouped(count))
    if count == 1:
        return _("有 1 种改法能使关系成立，但不能断定错的就是这里。")
    return _("有 {n} 种改法，同样都能使全部关系成立，表里看不出是哪一种。").format(n=grouped(count))


def _changes_before_and_after(card: Card, *, whole: bool) -> Iterator[Markup]:
    """Yield a row before and after a set of changes, where they are taken together."""
    sure = card.sure
    if not whole or sure is None or len(sure.changes) < 2:
        return
    rows = {change.address.rpartition(".")[0] for change in sure.changes}
    if len(rows) == 1:
        line = [
            place for place in card.report.cells if place.rpartition(".")[0] == next(iter(rows))
        ]
        after = {change.address: change.after for change in sure.changes}
        before = {place: card.report.cells[place].in_sums for place in line}
        lines = ((_("改前"), before), (_("改后"), {**before, **after}))
        yield tag(
            "div",
            *(
                tag("div", tag("span", name, " ", classes="dd-quiet"), _row_sum(figures, after))
                for name, figures in lines
            ),
            classes="dd-raw",
            **scroll_region(_("改前和改后")),
        )
    yield tag("div", _("这几格要一起改：只改其中一格，会有别的关系不成立。"), classes="dd-quiet")


def _row_sum(figures: Mapping[str, Value], changed: Collection[str]) -> Markup:
    """Return a row as its sum: 75 + 0 + 2 + 0 + 28 + 0 = 105, what changes in bold."""
    *parts, total = (
        tag("b", quoted(value or 0)) if place in changed else quoted(value or 0)
        for place, value in figures.items()
    )
    terms = [piece for part in parts for piece in (" + ", part)][1:]
    return joined((*terms, " = ", total))


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
        for address, value in other.values[:MOST_OTHERS]
    )
    target = report_href(choice.agency, other.year) if choice.agency else None
    said = link(name, target) if target else name
    return tag("div", said, "：", figures, classes="dd-likely")
