"""What the prose of a report says, drawn from it once and kept: claims, years, sections, dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from checks.findings import Quote
from checks.prose.claims import Claim
from checks.prose.copies import Fingerprint, fingerprint
from checks.prose.dates import Publication, publication
from checks.prose.drawing import remarks
from checks.prose.growth import changes
from checks.prose.organs import signed
from checks.prose.parts import unequal_parts
from checks.prose.reading import ELSEWHERE, read
from checks.prose.remarks import Remark
from checks.prose.sections import empty, missing
from checks.prose.sentences import Sentence, sentences
from checks.prose.settled import all_settled
from checks.prose.tokens import folded, masked, tokens
from checks.prose.years import ForeignYear, foreign_years
from form.countable import countable
from form.report import Json, Place, Report

FACTS_VERSION: Final = "11"
"""Changes whenever the same prose can give other facts: what was kept is then drawn anew."""

MOST_CLAIMS: Final = 300
"""Claims that are kept; with more, the sentences behind them are not read. Real reports make 40."""
MOST_READ: Final = 60_000
"""Signs of sentences that speak of what is counted, which are read word by word."""
MOST_REMARKS: Final = 100
"""Things that a text gives occasion to ask by itself, which are kept."""
MOST_YEARS: Final = 100
"""Sentences about another year that are kept."""
LONGEST_OPENING: Final = 200
"""Signs of a sentence that is quoted only to say where reading stopped."""

# What must stand in a sentence for it to claim anything: cheaper to look for than to read it.
_SPEAKING = re.compile(r"申请|复议|诉讼|起诉|应诉|规章|规范性|答复|收件|结转|(?:予以|部分)公开")
_COUNTING = re.compile(
    r"[\d零〇一二两三四五六七八九十拾百千万余多几][件起份封宗例桩项部个次条]|未|没|无|零|不存在"
    r"|[为是均各共量数件讼议章诉公开请:：]\d{1,6}(?:[，。；、（）,;()]|$)"
)
_REVIEW_ORGAN = re.compile(r"人民政府|政府办|司法[局厅]|管委会|管理委员会")
_CASES = re.compile(r"复议|诉讼|应诉")
_ABOUT_DISCLOSURE = re.compile(r"(?:信息|政务)公开|申请公开|依申请")


@dataclass(frozen=True, slots=True)
class Unread:
    """What of a prose was not read, as there is more of it than any report has.

    `signs` were left out of sentences without an end; `sentences` were not read for numbers;
    `years` are sentences about another year that are not among the facts, `remarks` what else is
    not. `first` is the opening of the first of these.
    """

    first: Quote
    signs: int = 0
    sentences: int = 0
    years: int = 0
    remarks: int = 0


@dataclass(frozen=True, slots=True)
class ProseFacts:
    """What one report's prose says; see `prose_facts`.

    `missing` and `empty` are numbers of sections; `remarks` what the text gives occasion to ask by
    itself; `fingerprint` is what near copies are screened
    by (`copies.py`); `unread` is None where all was read.
    """

    claims: tuple[Claim, ...] = ()
    years: tuple[ForeignYear, ...] = ()
    missing: tuple[int, ...] = ()
    empty: tuple[int, ...] = ()
    published: Publication | None = None
    fingerprint: Fingerprint = ()
    unread: Unread | None = None
    remarks: tuple[Remark, ...] = ()

    def to_json(self) -> Json:
        """Return the facts as JSON that loses nothing; each quoted sentence stands in it once."""
        quotes: dict[tuple[int, str, Place], int] = {}
        return {
            "version": FACTS_VERSION,
            "claims": [
                [item.quantity, item.value, item.bound, item.loose, _quoted(quotes, item.quote)]
                for item in self.claims
            ],
            "years": [[item.year, _quoted(quotes, item.quote)] for item in self.years],
            "missing": list(self.missing),
            "empty": list(self.empty),
            "published": self.published
            and [self.published.day.isoformat(), _quoted(quotes, self.published.quote)],
            "fingerprint": list(self.fingerprint),
            "unread": self.unread
            and [
                _quoted(quotes, self.unread.first),
                *(self.unread.signs, self.unread.sentences),
                *(self.unread.years, self.unread.remarks),
            ],
            "remarks": [
                [item.rule, list(item.values), [_quoted(quotes, quote) for quote in item.quotes]]
                for item in self.remarks
            ],
            "sentences": [[section, text, place.to_json()] for section, text, place in quotes],
        }

    @classmethod
    def from_json(cls, data: Json) -> ProseFacts:
        """Return the facts that `to_json` gave; raises KeyError or ValueError for other data."""
        if data["version"] != FACTS_VERSION:
            raise ValueError(f"facts of version {data['version']}")
        lines = data["sentences"]
        published, unread = data["published"], data["unread"]
        return cls(
            claims=tuple(
                Claim(quantity, value, bound, _quote(lines, said), loose)
                for quantity, value, bound, loose, said in data["claims"]
            ),
            years=tuple(ForeignYear(year, _quote(lines, said)) for year, said in data["years"]),
            missing=tuple(data["missing"]),
            empty=tuple(data["empty"]),
            published=published
            and Publication(date.fromisoformat(published[0]), _quote(lines, published[1])),
            fingerprint=tuple(data["fingerprint"]),
            unread=unread and Unread(_quote(lines, unread[0]), *unread[1:]),
            remarks=tuple(
                Remark(rule, tuple(values), tuple(_quote(lines, said) for said in quotes))
                for rule, values, quotes in data["remarks"]
            ),
        )


def prose_facts(report: Report) -> ProseFacts:
    """Return what a report's prose says, whatever its tables hold: a function of its paragraphs.

    Besides them only the year, the edition's columns of section 二 and the agency's name at that
    time are used.
    """
    report = countable(report)
    report = replace(report, agency=report.named)
    said = tuple(sentences(report.paragraphs))
    years = tuple(foreign_years(said, report.year))
    reading = _Reading(report, years)
    for sentence in said:
        reading.read(sentence)
    remarked = _each_once((*remarks(report, said, years), *reading.remarks))
    return ProseFacts(
        claims=tuple(reading.claims),
        years=years[:MOST_YEARS],
        missing=missing(report.paragraphs),
        empty=empty(report.paragraphs, report.agency),
        published=publication(report.paragraphs, report.year),
        fingerprint=fingerprint(said),
        unread=_unread(said, reading.passed_over, years[MOST_YEARS:], remarked[MOST_REMARKS:]),
        remarks=remarked[:MOST_REMARKS],
    )


def _each_once(remarked: Sequence[Remark]) -> tuple[Remark, ...]:
    """Return remarks without those that a sentence printed twice makes twice."""
    known = {
        (item.rule, item.values, tuple(quote.text for quote in item.quotes)): item
        for item in reversed(remarked)
    }
    return tuple(reversed(known.values()))


def _unread(
    said: Sequence[Sentence],
    passed_over: Sequence[Sentence],
    years: Sequence[ForeignYear],
    remarked: Sequence[Remark],
) -> Unread | None:
    cut = [sentence for sentence in said if sentence.unread]
    starts = [_opening(sentence) for sentence in (*cut[:1], *passed_over[:1])]
    starts += [item.quote for item in years[:1]]
    starts += [quote for item in remarked[:1] for quote in item.quotes[:1]]
    if not starts:
        return None
    signs = sum(sentence.unread for sentence in cut)
    return Unread(starts[0], signs, len(passed_over), len(years), len(remarked))


def _opening(sentence: Sentence) -> Quote:
    text = sentence.text[:LONGEST_OPENING]
    return Quote(sentence.section, text, 0, len(text), sentence.paragraph.place)


class _Reading:
    """The reading of a report's sentences for what they claim, in order, within bounds.

    Sentences that speak of another year claim nothing: they are asked about.
    """

    def __init__(self, report: Report, years: Sequence[ForeignYear]) -> None:
        self._year = report.year
        self._agency = report.agency
        self._of_others = {
            (item.quote.section, item.quote.text, item.quote.place) for item in years
        }
        self._documents_in = "made" if report.edition == "2019" else "issued"
        self._decides_cases = bool(report.agency and _REVIEW_ORGAN.search(report.agency))
        self._topic = ""
        self._signs = 0
        self.claims: list[Claim] = []
        self.remarks: list[Remark] = []
        self.passed_over: list[Sentence] = []

    def read(self, sentence: Sentence) -> None:
        """Add what one sentence claims."""
        if sentence.number == 0:
            self._topic = ""
        if (sentence.section, sentence.text, sentence.paragraph.place) in self._of_others:
            self._topic = ELSEWHERE
            return
        plain = "".join(sentence.text.split())
        if (
            self._is_of_other_cases(plain)
            or not (self._topic or _SPEAKING.search(plain))
            or not _COUNTING.search(plain)
        ):
            return
        if len(self.claims) >= MOST_CLAIMS or self._signs >= MOST_READ:
            self.passed_over.append(sentence)
            return
        self._signs += len(plain)
        self._read(sentence)

    def _read(self, sentence: Sentence) -> None:
        fold = folded(sentence.text)
        text = masked(signed(fold.text, self._agency), self._year)
        words = tuple(tokens(text))
        known = self._topic or (ELSEWHERE if sentence.number else "")
        claims, self._topic = read(words, self._documents_in, known)
        for item in claims:
            start, end = fold.span(item.start, item.end)
            quote = Quote(sentence.section, sentence.text, start, end, sentence.paragraph.place)
            self.claims.append(Claim(item.quantity, item.value, item.bound, quote, item.loose))
        self.remarks += unequal_parts(sentence, fold, words, claims)
        self.remarks += all_settled(sentence, fold, words, claims)
        self.remarks += changes(sentence, fold, text, claims)

    def _is_of_other_cases(self, plain: str) -> bool:
        """A government decides reviews and answers suits on everything: those about disclosure say so."""
        return (
            self._decides_cases
            and bool(_CASES.search(plain))
            and not _ABOUT_DISCLOSURE.search(plain)
        )


def _quoted(quotes: dict[tuple[int, str, Place], int], quote: Quote) -> list[int]:
    line = quotes.setdefault((quote.section, quote.text, quote.place), len(quotes))
    return [line, quote.start, quote.end]


def _quote(lines: Sequence[Any], said: Sequence[int]) -> Quote:
    number, start, end = said
    section, text, place = lines[number]
    return Quote(section, text, start, end, Place.from_json(place))
