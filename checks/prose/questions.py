"""What a report's prose gives occasion to ask: its counts, its years, its sections, its date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checks.catalogue import SEVERITIES
from checks.findings import Finding, OtherYear, Quote
from checks.prose import wording
from checks.prose.against_tables import Contradiction, contradictions, look_into
from checks.prose.claims import OUTCOMES, Claim
from checks.prose.copies import MOST_QUOTES, NEARLY_THE_SAME, Likeness, likeness
from checks.prose.dates import deadline, is_government
from checks.prose.facts import ProseFacts, prose_facts
from checks.prose.quantities import table_of
from checks.prose.sections import NUMERALS, headings
from checks.prose.sentences import sentences
from checks.prose.years import ForeignYear
from checks.wording import headline
from form.countable import countable
from form.figures import SHARE, grouped
from form.labels import PROSE_SECTION_TITLES
from form.language import _
from form.model import address
from form.report import Report


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


def copied_findings(report: Report, before: Report) -> Iterator[Finding]:
    """Yield the question that a prose raises which is nearly that of `before`, last year's report.

    `copies.worth_comparing` tells from two fingerprints whether a pair need be asked at all.
    """
    report, before = countable(report), countable(before)
    found = likeness(tuple(sentences(report.paragraphs)), tuple(sentences(before.paragraphs)))
    if found.share >= NEARLY_THE_SAME:
        yield _copied(found, before)


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
        quotes=_quotes(wording.told(found)),
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
    last = deadline(report.agency, report.year)
    days = (facts.published.day - last).days
    if days <= 0:
        return
    whose = _("政府") if report.agency is None or is_government(report.agency) else _("部门")
    body = _("所印日期为 {day}，{whose}的年报应于 {last} 前公布，晚 {n} 天").format(
        day=facts.published.day.isoformat(), whose=whose, last=last.isoformat(), n=grouped(days)
    )
    yield _finding("late", body, "", [facts.published.quote])


def _copied(found: Likeness, before: Report) -> Finding:
    parts = len(found.differences) + found.others
    body = _("除数字外，文字有 {share} 与{year}年度报告相同，不同之处 {n} 处").format(
        share=SHARE.text(found.share), year=before.year or _("上一"), n=grouped(parts)
    )
    other = OtherYear(before.year, ()) if before.year is not None else None
    return _finding("prose_copied", body, "", found.differences, other)


def _finding(
    rule: str, body: str, place: str, quotes: Sequence[Quote] = (), other: OtherYear | None = None
) -> Finding:
    message = _("{head}：{body}。").format(head=headline(rule, place), body=body)
    return Finding(
        rule, SEVERITIES[rule], None, message, place=place, quotes=tuple(quotes), other=other
    )
