"""What a report's prose gives occasion to ask: its counts, its years, its sections, its date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Final

from checks.catalogue import SEVERITIES
from checks.findings import Finding, OtherYear, Quote
from checks.prose import growth, remark_wording, settled, wording
from checks.prose.against_tables import Contradiction, contradictions, look_into
from checks.prose.claims import OUTCOMES, Claim
from checks.prose.copies import (
    MOST_QUOTES,
    NEARLY_THE_SAME,
    SHORTEST_ELSEWHERE,
    Likeness,
    length,
    likeness,
)
from checks.prose.facts import ProseFacts, Unread, prose_facts
from checks.prose.growth import Grown, contradicted
from checks.prose.quantities import FORWARD, group, table_of
from checks.prose.remarks import Remark
from checks.prose.sections import NUMERALS, headings
from checks.prose.sentences import LONGEST, Sentence, sentences
from checks.prose.years import ForeignYear
from checks.unjudged import part_names
from checks.wording import headline
from form.agencies.terms import kind_names, kind_of, term_of
from form.countable import countable
from form.figures import SHARE, grouped
from form.labels import PROSE_SECTION_TITLES
from form.language import _
from form.model import address
from form.report import Report

MOST_QUOTED: Final = 20
"""Sentences that one contradiction shows; its own sentence says how many there are."""
LONGEST_OPENING: Final = 60
"""Signs of the sentence that stands for a whole text; other than where reading stopped, by its length."""


def prose_findings(report: Report, facts: ProseFacts | None = None) -> Iterator[Finding]:
    """Yield what the prose of one report gives occasion to ask.

    `facts` are `prose_facts(report)` where they are at hand already; they hold for the reading,
    and the cells may since have been corrected.
    """
    report = countable(report)
    facts = prose_facts(report) if facts is None else facts
    for found in contradictions(facts.claims, look_into(report.cells)):
        yield _count(report, found)
    yield from _years(report, facts.years)
    yield from _sections(report, facts)
    yield from _late(report, facts)
    yield from (_remark(item) for item in facts.remarks if remark_wording.is_said_alone(item))
    yield from _settled(report, facts)
    if facts.unread is not None:
        yield _not_read(facts.unread)


def growth_findings(
    report: Report, before: Report, facts: ProseFacts | None = None
) -> Iterator[Finding]:
    """Yield the questions about growth that the prose tells and last year's figures do not bear out.

    `facts` are `prose_facts(report)` where they are at hand already.
    """
    report, before = countable(report), countable(before)
    facts = prose_facts(report) if facts is None else facts
    for found in contradicted(facts.remarks, report.cells, before.cells):
        yield _growth(report, before, found)


def copied_findings(report: Report, before: Report) -> Iterator[Finding]:
    """Yield the question that a prose raises which is nearly that of `before`, last year's report.

    `copies.worth_comparing` tells from two fingerprints whether a pair need be asked at all.
    """
    report, before = countable(report), countable(before)
    ours = tuple(sentences(report.paragraphs))
    found = likeness(ours, tuple(sentences(before.paragraphs)))
    if found.share is None:
        yield _not_compared(ours[0], before)
    elif found.share >= NEARLY_THE_SAME:
        yield _copied(found, found.share, before)


def elsewhere_findings(report: Report, others: Sequence[Report]) -> Iterator[Finding]:
    """Yield the question that a prose raises which is nearly that of another agency.

    `others` may be its origin (`elsewhere.alike`); the one that it is most like is named.
    """
    ours = tuple(sentences(countable(report).paragraphs))
    if length(ours) < SHORTEST_ELSEWHERE:
        return
    compared = [
        (found, other)
        for other in map(countable, others)
        if (found := likeness(ours, tuple(sentences(other.paragraphs)))).share is not None
        and found.share >= NEARLY_THE_SAME
    ]
    if compared:
        yield _elsewhere(*max(compared, key=lambda one: one[0].share or 0))


def _count(report: Report, found: Contradiction) -> Finding:
    """Return the question about one row; `left` is the prose's number, `right` the table's."""
    claim = found.failing[0]
    meant = [place for place in found.meant if place in report.cells]
    cells = tuple(dict.fromkeys([*meant, *_beside(report, found)]))
    held = [report.cells[place] for place in meant]
    sure = all(cell.mark not in ("unknown", "text") for cell in held)
    return Finding(
        rule="prose_count",
        severity=SEVERITIES["prose_count"],
        table=table_of(found.row),
        message=wording.contradiction(report, found, cells),
        cells=cells,
        left=claim.value,
        right=sum(int(cell.in_sums or 0) for cell in held) if sure else None,
        row=wording.row_of(found.row),
        place=wording.place(report, found.row),
        equation=wording.figures(found, held),
        quotes=_quotes(wording.told(found))[:MOST_QUOTED],
    )


def _beside(report: Report, found: Contradiction) -> Iterator[str]:
    """Yield the other cells that are shown: those of failing claims, and how cases really ended."""
    for claim in found.failing:
        row, _dot, column = claim.quantity.partition(".")
        if row in ("review", "litigation_direct", "litigation_after_review"):
            columns = [column] if column == "total" else [column, *OUTCOMES]
            for item in columns:
                place = address("disputes", row, item)
                cell = report.cells.get(place)
                if cell is not None and (item == column or cell.value):
                    yield place


def _quotes(claims: Sequence[Claim]) -> tuple[Quote, ...]:
    """Return the sentences of claims, each once, marked from the first claim in it to the last."""
    found: dict[tuple[int, str], Quote] = {}
    for claim in claims:
        quote = claim.quote
        other = found.get((quote.section, quote.text), quote)
        found[quote.section, quote.text] = Quote(
            quote.section,
            quote.text,
            min(quote.start, other.start),
            max(quote.end, other.end),
            quote.place,
        )
    return tuple(found.values())


def _years(report: Report, years: Sequence[ForeignYear]) -> Iterator[Finding]:
    for year in sorted({item.year for item in years}):
        quotes = [item.quote for item in years if item.year == year]
        body = _("报告年度为 {own}，正文有 {n} 处把 {year} 年说成本年度的工作，如“{part}”").format(
            own=report.year, n=grouped(len(quotes)), year=year, part=wording.opening(quotes[0])
        )
        yield _finding("prose_year", body, f"{year}", quotes[:MOST_QUOTES])


def _sections(report: Report, facts: ProseFacts) -> Iterator[Finding]:
    if facts.missing:
        titles = [_title(number) for number in facts.missing]
        body = _("报告没有{titles}").format(titles=_("、").join(f"“{title}”" for title in titles))
        yield _finding("section_missing", body, _("、").join(titles))
    printed = headings(report.paragraphs)
    for number in facts.empty:
        title = printed.get(number, _title(number))
        body = _("“{title}”之下没有文字（没有内容应写“无”）").format(title=title)
        quote = Quote(number, title, 0, len(title))
        yield _finding("section_missing", body, _title(number), [quote])


def _title(number: int) -> str:
    return f"{NUMERALS[number - 1]}、{PROSE_SECTION_TITLES[number]}"


def _late(report: Report, facts: ProseFacts) -> Iterator[Finding]:
    if facts.published is None or report.year is None:
        return
    term = term_of(report.agency, report.whose)
    if term is None:
        return
    last = term.last_day(report.year)
    days = (facts.published.day - last).days
    if days <= 0:
        return
    kind = kind_of(report.agency, report.whose)
    body = _("所印日期为 {day}，{whose}的年报应于 {last} 前公布{source}，晚 {n} 天").format(
        day=facts.published.day.isoformat(),
        whose=kind_names()[kind] if kind else _("本机关"),
        last=last.isoformat(),
        source=_("（{source}）").format(source=term.source) if term.source else "",
        n=grouped(days),
    )
    yield _finding("late", body, "", [facts.published.quote])


def _settled(report: Report, facts: ProseFacts) -> Iterator[Finding]:
    """Yield the questions about 全部办结 where some applications went on to the next year."""
    said = [item for item in facts.remarks if item.rule == settled.RULE]
    left = [item for item in facts.claims if item.quantity == settled.FORWARD and item.bound == "="]
    held = look_into(report.cells)(FORWARD) if FORWARD in report.cells else None
    for remark in said:
        told = next((item for item in left if item.value), None)
        if told is not None:
            quotes = tuple(dict.fromkeys((*remark.quotes, told.quote)))
            yield _finding(settled.RULE, wording.settled_beside_prose(told.value), "", quotes)
        elif held and min(held) > 0:
            body = wording.settled_beside_table(report.cells[FORWARD])
            yield replace(_finding(settled.RULE, body, "", remark.quotes), cells=(FORWARD,))


def _growth(report: Report, before: Report, found: Grown) -> Finding:
    cells = tuple(place for place in found.meant if place in report.cells)
    other = OtherYear(
        before.year or 0,
        tuple((place, before.cells[place].value) for place in found.meant if place in before.cells),
    )
    row = group(found.quantity)
    body = wording.growth(found, before)
    finding = _finding(growth.RULE, body, wording.place(report, row), found.remark.quotes, other)
    return replace(finding, table=table_of(row), cells=cells, row=wording.row_of(row))


def _remark(remark: Remark) -> Finding:
    """Return what the text gives occasion to ask by itself."""
    body, place = remark_wording.said(remark)
    return _finding(remark.rule, body, place, remark.quotes[:MOST_QUOTED])


def _copied(found: Likeness, share: float, before: Report) -> Finding:
    year, part = before.year or _("上一"), SHARE.text(share)
    if found.others is None:
        body = _(
            "除数字外，文字有 {share} 与{year}年度报告相同，不同之处太多，没有逐一列出"
        ).format(share=part, year=year)
    else:
        body = _("除数字外，文字有 {share} 与{year}年度报告相同，不同之处 {n} 处").format(
            share=part, year=year, n=grouped(len(found.differences) + found.others)
        )
    other = OtherYear(before.year, ()) if before.year is not None else None
    return _finding("prose_copied", body, "", found.differences, other)


def _elsewhere(found: Likeness, other: Report) -> Finding:
    named = _("{agency} {year} 年度报告").format(agency=other.agency, year=other.year)
    body = _("除数字外，文字有 {share} 与{other}相同").format(
        share=SHARE.text(found.share), other=named
    )
    return _finding("prose_copied_elsewhere", body, other.agency or "", found.differences)


def _not_read(unread: Unread) -> Finding:
    """Return the finding that some of the prose was not read: nothing is left out without a word."""
    parts = []
    if unread.signs:
        parts.append(
            _("句子超过 {most} 字而没有停顿，其后共 {n} 字没有读").format(
                most=grouped(LONGEST), n=grouped(unread.signs)
            )
        )
    if unread.sentences:
        parts.append(
            _("提到件数的句子太多，其后 {n} 句没有与表格核对").format(n=grouped(unread.sentences))
        )
    if unread.remarks:
        parts.append(_("另有 {n} 处疑问没有列出").format(n=grouped(unread.remarks)))
    if unread.years:
        parts.append(_("提到其他年度的另有 {n} 处没有列出").format(n=grouped(unread.years)))
    return _not_judged(_("；").join(parts), unread.first)


def _not_compared(sentence: Sentence, before: Report) -> Finding:
    body = _("文字太长或重复太多，没有与{year}年度报告比对完").format(year=before.year or _("上一"))
    text = sentence.text[:LONGEST_OPENING]
    quote = Quote(sentence.section, text, 0, len(text), sentence.paragraph.place)
    return _not_judged(body, quote)


def _not_judged(body: str, quote: Quote) -> Finding:
    """Return the finding that a limit was reached; the same each time, and so is its number."""
    number = sha256(f"{body}\0{quote.text}".encode(errors="replace")).hexdigest()[:8]
    return replace(_finding("not_judged", body, part_names()["prose"], [quote]), id=number)


def _finding(
    rule: str, body: str, place: str, quotes: Sequence[Quote] = (), other: OtherYear | None = None
) -> Finding:
    message = _("{head}：{body}。").format(head=headline(rule, place), body=body)
    return Finding(
        rule, SEVERITIES[rule], None, message, place=place, quotes=tuple(quotes), other=other
    )
