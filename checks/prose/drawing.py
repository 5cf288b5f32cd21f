"""Everything that a text gives occasion to ask by itself, in one walk over its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from checks.prose import basis, foreign, period
from checks.prose.basis import outdated_basis
from checks.prose.foreign import each_name_once, other_names
from checks.prose.order import disordered
from checks.prose.period import other_period
from checks.prose.remarks import Remark, together
from checks.prose.sentences import Sentence
from checks.prose.tokens import folded
from checks.prose.years import ForeignYear
from form.report import Report

# A sentence without any of these says nothing that is asked about here: cheaper than folding it.
_SPEAKING = re.compile(r"60|６０|试|统|期|数据|起止|局|委员会|政府|办事处|[县区市镇乡]|街道")


def remarks(
    report: Report, said: Sequence[Sentence], years: Sequence[ForeignYear]
) -> tuple[Remark, ...]:
    """Return what a report's text gives occasion to ask, in the order of the kinds.

    `years` are the sentences that are asked about already, as they speak of another year.
    """
    asked = {(item.quote.section, item.quote.text) for item in years}
    found = [item for sentence in said for item in _of_sentence(sentence, report)]
    old = together(basis.RULE, (item for item in found if item.rule == basis.RULE))
    rest = (
        item
        for item in found
        if item.rule == period.RULE
        and not any((quote.section, quote.text) in asked for quote in item.quotes)
    )
    names = each_name_once(item for item in found if item.rule == foreign.RULE)
    return (*disordered(report.paragraphs), *old, *rest, *names)


def _of_sentence(sentence: Sentence, report: Report) -> Iterator[Remark]:
    if not _SPEAKING.search(sentence.text):
        return
    fold, year = folded(sentence.text), report.year
    yield from outdated_basis(sentence, fold, year)
    yield from other_period(sentence, fold, year)
    yield from other_names(sentence, fold, report.agency)
