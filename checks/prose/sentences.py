"""A report's paragraphs as sentences, those put together again that a line's end had torn."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from form.report import Paragraph

# A line this long that ends without a stop goes on in the next: a heading is shorter.
_TORN_FROM: Final = 25
_STOPS: Final = "。！？!?；;：:"
SENTENCE = re.compile(r"[^。！？!?\n]{1,2000}[。！？!?]{0,3}[”』」’）)]?")
_HEADING = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、]|[一二三四五六七八九]是)"
)
_OWN_LINE = re.compile(
    r"\s*(?:[（(]?\d{4}年\d{1,2}月\d{1,2}日[）)]?|[—-]\s*\d{1,3}\s*[—-]|附[件：:])"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence as printed, in its section, with the paragraph that it is the `number`th of."""

    section: int
    text: str
    paragraph: Paragraph
    number: int = 0


def sentences(paragraphs: Iterable[Paragraph]) -> Iterator[Sentence]:
    """Yield the sentences of all paragraphs in order; headings are sentences too."""
    for paragraph in rejoined(paragraphs):
        for number, match in enumerate(SENTENCE.finditer(paragraph.text)):
            text = match[0].strip()
            if text:
                yield Sentence(paragraph.section, text, paragraph, number)


def rejoined(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """Yield paragraphs, a torn one with what the next line goes on with."""
    open_one: Paragraph | None = None
    for paragraph in paragraphs:
        if open_one is None:
            open_one = paragraph
        elif _goes_on(open_one, paragraph):
            open_one = replace(open_one, text=open_one.text.rstrip() + paragraph.text.lstrip())
        else:
            yield open_one
            open_one = paragraph
    if open_one is not None:
        yield open_one


def _goes_on(first: Paragraph, second: Paragraph) -> bool:
    text = first.text.rstrip()
    return (
        first.section == second.section
        and len(text) >= _TORN_FROM
        and text[-1] not in _STOPS + "”』」）)"
        and not _HEADING.match(second.text)
        and not _OWN_LINE.match(second.text)
    )
