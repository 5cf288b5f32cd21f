"""Files that are made, read and judged: what the accuracy benchmark and its test share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import add
from random import Random
from typing import Final

from benchmarks.synthetic.draft import Draft, draft
from benchmarks.synthetic.quirk import Quirk
from benchmarks.synthetic.quirks import QUIRKS
from benchmarks.synthetic.render import MAKERS, ending
from benchmarks.synthetic.scoring import Judged, Score, judge, score
from form.editions import EDITION_KEYS
from form.report import Report
from loaders.document import Document, ReadError
from loaders.kinds import read_document
from loaders.recogniser import CHOOSE_PLACEMENT, recognise
from loaders.recogniser.steps import STEPS

PLAIN: Final = "(none)"
"""The name that stands for no quirk."""
STEP_NAMES: Final = (*(step.__name__ for step in STEPS), CHOOSE_PLACEMENT)


@dataclass(frozen=True, slots=True)
class Trial:
    """One file that was made, read and judged."""

    quirk: str
    kind: str
    name: str
    data: bytes
    judged: tuple[Judged, ...]
    score: Score
    notes: tuple[str, ...]
    """The codes of the reader's notes."""
    without: Mapping[str, Score] = field(default_factory=dict)
    """By the name of a step of the recogniser: the score without it."""
    baselines: Mapping[str, Score] = field(default_factory=dict)
    """By name: the scores of what people would use instead, where that was asked for."""


def drafts(quirk: Quirk | None, each: int, random: Random) -> list[Draft]:
    """Return `each` drafts with one quirk or, for None, plain ones, of both editions in turn."""
    editions = quirk.editions if quirk else EDITION_KEYS
    plain = [draft(editions[number % len(editions)], random) for number in range(each)]
    return [quirk.apply(made, random) for made in plain] if quirk else plain


def kinds_of(quirk: str, asked: Sequence[str]) -> list[str]:
    """Return the kinds to make for a quirk, in their usual order: its own that were asked for."""
    own = QUIRKS[quirk].kinds if quirk in QUIRKS else tuple(MAKERS)
    return [kind for kind in MAKERS if kind in own and kind in asked]


def trials(
    quirk: str, kind: str, each: int, seed: str, *, steps: bool = False, baselines: bool = False
) -> Iterator[Trial]:
    """Make, read and judge `each` files; the same seed, quirk and kind give the same files."""
    random = Random(f"{seed} {quirk} {kind}")
    made = drafts(QUIRKS.get(quirk), each, random)
    for one, data in zip(made, MAKERS[kind](made), strict=True):
        name = f"{one.stem}.{ending(kind)}"
        document = _document(data, name)
        reports = _reports(document, name)
        judged = judge(one.truths, reports)
        without = {step: _without(step, one, document, name) for step in STEP_NAMES if steps}
        yield Trial(
            quirk,
            kind,
            name,
            data,
            tuple(judged),
            score(judged, reports),
            tuple(note.code for report in reports for note in report.notes),
            without,
            _baselines(one, kind, data) if baselines else {},
        )


def total(scores: Sequence[Score]) -> Score:
    """Return the sum of scores."""
    return reduce(add, scores, Score())


def _document(data: bytes, name: str) -> Document | None:
    try:
        return read_document(data, name)
    except ReadError:
        return None


def _reports(
    document: Document | None, name: str, without: frozenset[str] = frozenset()
) -> Sequence[Report]:
    if document is None:
        return ()
    try:
        return recognise(document, name, without)
    except ReadError:
        return ()


def _without(step: str, one: Draft, document: Document | None, name: str) -> Score:
    reports = _reports(document, name, frozenset({step}))
    return score(judge(one.truths, reports), reports)


def _baselines(one: Draft, kind: str, data: bytes) -> dict[str, Score]:
    """Return the baselines' scores; they cannot part two reports in one file, so those have none."""
    # Their libraries take longer to load than most trials take to read.
    from benchmarks.baselines import BASELINES, read_by_label

    if len(one.truths) > 1:
        return {}
    scores = {}
    for name, extract in BASELINES.get(ending(kind), {}).items():
        report = read_by_label(extract(data), one.truth)
        scores[name] = score(judge(one.truths, [report]), [report])
    return scores
