"""Everything that a text gives occasion to ask by itself, in one walk over its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from checks.prose import basis
from checks.prose.basis import outdated_basis
from checks.prose.order import disordered
from checks.prose.period import other_period
from checks.prose.remarks import Remark, together
from checks.prose.sentences import Sentence
from checks.prose.tokens import folded
from checks.prose.years import ForeignYear
from form.report import Report

# A sentence without any of these says nothing that is asked about here: cheaper than folding it.
_SPEAKING = re.compile(r"60|６０|试|統|统|期|数据|起止")


def remarks(
    report: Report, said: Sequence[Sentence], years: Sequence[ForeignYear]
) -> tuple[Remark, ...]:
    """Return what a report's text gives occasion to ask, in the order of the kinds.

    `years` are the sentences that are asked about already, as they speak of another year.
    """
    asked = {(item.quote.section, item.quote.text) for item in years}
    found = [item for sentence in said for item in _of_sentence(sentence, report.year)]
    old = together(basis.RULE, (item for item in found if item.rule == basis.RULE))
    rest = (
        item
        for item in found
        if item.rule != basis.RULE
        and not any((quote.section, quote.text) in asked for quote in item.quotes)
    )
    return (*disordered(report.paragraphs), *old, *rest)


def _of_sentence(sentence: Sentence, year: int | None) -> Iterator[Remark]:
    if not _SPEAKING.search(sentence.text):
        return
    fold = folded(sentence.text)
    yield from chain(outdated_basis(sentence, fold, year), other_period(sentence, fold, year))
