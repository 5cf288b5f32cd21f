"""What a text itself gives occasion to ask: a kind of finding, what it names, and where it says so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from checks.findings import Quote
from checks.prose.sentences import Sentence
from checks.prose.tokens import Folded


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing about a text, drawn from it alone: `rule` is the code of the finding that it makes.

    `values` are what its sentence for people names, as the kind needs them
    (`remark_wording.py`): text and whole numbers, which JSON keeps as they are.
    """

    rule: str
    values: tuple[str | int, ...]
    quotes: tuple[Quote, ...]


def quoted(sentence: Sentence, fold: Folded, start: int, end: int) -> Quote:
    """Return a sentence with a stretch of its folded text marked."""
    first, last = fold.span(start, end)
    return Quote(sentence.section, sentence.text, first, last, sentence.paragraph.place)


def together(rule: str, remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    """Return remarks of one kind as one, with the values of the first and all sentences."""
    found: Sequence[Remark] = tuple(remarks)
    if not found:
        return ()
    quotes = {quote: None for item in found for quote in item.quotes}
    return (Remark(rule, found[0].values, tuple(quotes)),)
