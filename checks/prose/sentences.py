"""A report's paragraphs as sentences, those put together again that a line's end had torn."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from checks.prose.numerals import SIGNS
from form.report import Paragraph

# A line this long that ends without a stop goes on in the next: a heading is shorter.
_TORN_FROM: Final = 25
_STOPS: Final = "。！？!?；;：:"
STOP = re.compile(r"(?:\n|[。！？!?]{1,3})(?P<closing>[”』」’）)])?")
LONGEST: Final = 1000
"""Signs that are read as one sentence; a longer one is read in parts that end where a clause does."""
# The commas of 1,234 end nothing.
_CLAUSE_END = re.compile(r"[，；：、,;:](?!\d)")
# What a number may be written with: one that is cut in two would be another number.
_MAY_GO_ON: Final = f"{SIGNS},.．，余多几约近超第"
_HEADING = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、]|[一二三四五六七八九]是)"
)
_OWN_LINE = re.compile(
    r"\s*(?:[（(]?\d{4}年\d{1,2}月\d{1,2}日[）)]?|[—-]\s*\d{1,3}\s*[—-]|附[件：:])"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence as printed, in its section, with the paragraph that it is the `number`th of.

    `unread` is how many signs behind it are left out: more than LONGEST without a clause's end.
    """

    section: int
    text: str
    paragraph: Paragraph
    number: int = 0
    unread: int = 0


def sentences(paragraphs: Iterable[Paragraph]) -> Iterator[Sentence]:
    """Yield the sentences of all paragraphs in order; headings are sentences too."""
    for paragraph in rejoined(paragraphs):
        parts = (part for whole in _wholes(paragraph.text) for part in _parts(whole))
        for number, (part, unread) in enumerate(parts):
            text = part.strip()
            if text:
                yield Sentence(paragraph.section, text, paragraph, number, unread)


def _wholes(text: str) -> Iterator[str]:
    """Yield what stands between stops, each with its own; a line's end is a stop too."""
    start = 0
    for stop in STOP.finditer(text):
        is_line_end = text[stop.start()] == "\n"
        if start == stop.start() or is_line_end:
            # What closes a quotation belongs to a stop before it, else to the text behind it.
            end, following = stop.start(), stop.end() - len(stop["closing"] or "")
        else:
            end = following = stop.end()
        if start < stop.start():
            yield text[start:end]
        start = following
    if start < len(text):
        yield text[start:]


def _parts(sentence: str) -> Iterator[tuple[str, int]]:
    """Yield a sentence in parts of at most LONGEST signs, each with how many are left out behind it."""
    sentence = sentence.strip()
    start = 0
    while len(sentence) - start > LONGEST:
        window = sentence[start : start + LONGEST]
        # With the sign behind it: what follows a comma tells whether it is a number's.
        ends = _CLAUSE_END.finditer(sentence[start : start + LONGEST + 1])
        end = max((stop.end() for stop in ends if stop.end() <= LONGEST), default=0)
        if end:
            yield window[:end], 0
            start += end
        else:
            part = window.rstrip(_MAY_GO_ON) or window[:1]
            following = _CLAUSE_END.search(sentence, start + LONGEST)
            goes_on = following.end() if following else len(sentence)
            yield part, goes_on - start - len(part)
            start = goes_on
    if start < len(sentence):
        yield sentence[start:], 0


def rejoined(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """Yield paragraphs, a torn one with what the next line goes on with."""
    torn: _Torn | None = None
    for paragraph in paragraphs:
        if torn is None:
            torn = _Torn(paragraph)
        elif torn.goes_on_with(paragraph):
            torn.join(paragraph.text)
        else:
            yield torn.whole
            torn = _Torn(paragraph)
    if torn is not None:
        yield torn.whole


class _Torn:
    """A paragraph that may go on in the next line; its lines are put together once, at the end."""

    def __init__(self, first: Paragraph) -> None:
        self._first = first
        self._parts = [first.text]
        self._last = first.text.rstrip()
        self._length = len(self._last)

    def goes_on_with(self, second: Paragraph) -> bool:
        """Say whether the text so far breaks off and the next paragraph can be its end."""
        return (
            self._first.section == second.section
            and self._length >= _TORN_FROM
            and self._last[-1] not in _STOPS + "”』」）)"
            and not _HEADING.match(second.text)
            and not _OWN_LINE.match(second.text)
        )

    def join(self, text: str) -> None:
        """Put the next line behind the text so far, without blanks between them."""
        self._parts[-1] = self._last
        self._parts.append(text.lstrip())
        rest = text.strip()
        if rest:
            self._last = rest
            self._length += len(rest)
        else:
            self._parts.pop()

    @property
    def whole(self) -> Paragraph:
        """The paragraph with all that it goes on with."""
        if len(self._parts) == 1 and self._parts[0] == self._first.text:
            return self._first
        return replace(self._first, text="".join(self._parts))
