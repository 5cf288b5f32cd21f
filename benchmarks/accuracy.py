"""How right reports are read: synthetic reports with known truth, plain and with each quirk.

Run: python -m benchmarks.accuracy [--seed N] [--each N] [--kinds …] [--quirks …] [--steps]
Prints, by kind and by quirk, how many cells are right, missed (unknown where something is
printed), allowed (unknown where nobody could tell) and wrong. Exits with 1 if anything is wrong.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from random import Random, SystemRandom
from typing import Final

from benchmarks.synthetic.draft import Draft, draft
from benchmarks.synthetic.quirk import Quirk
from benchmarks.synthetic.quirks import QUIRKS
from benchmarks.synthetic.render import MAKERS, ending, make
from benchmarks.synthetic.scoring import Judged, Score, judge, score
from form.editions import EDITION_KEYS
from form.report import Report
from loaders.document import Document, ReadError
from loaders.kinds import read_document
from loaders.recogniser import CHOOSE_PLACEMENT, recognise
from loaders.recogniser.steps import STEPS

PLAIN: Final = "(none)"
STEP_NAMES: Final = (
    *(getattr(step, "name", None) or step.__name__ for step in STEPS),
    CHOOSE_PLACEMENT,
)
EVERYTHING: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Trial:
    """One file that was made, read and judged."""

    quirk: str
    kind: str
    draft: Draft
    data: bytes
    score: Score
    judged: tuple[Judged, ...]
    scores_without: Mapping[str, Score]
    """By the name of a step of the recogniser: the score without it."""


def drafts(quirk: Quirk | None, each: int, random: Random) -> list[Draft]:
    """Return `each` drafts with one quirk or, for None, plain ones, of both editions in turn."""
    editions = quirk.editions if quirk else EDITION_KEYS
    plain = [draft(editions[number % len(editions)], random) for number in range(each)]
    return [quirk.apply(made, random) for made in plain] if quirk else plain


def trials(
    quirk_name: str, kind: str, each: int, seed: str, *, steps: bool = False
) -> Iterator[Trial]:
    """Make, read and judge `each` files; the same seed, quirk and kind give the same files."""
    random = Random(f"{seed} {quirk_name} {kind}")
    made = drafts(QUIRKS.get(quirk_name), each, random)
    for one, data in zip(made, make(kind, made), strict=True):
        name = f"{one.stem}.{ending(kind)}"
        document = _document(data, name)
        judged, total = _judged(one, document, name, EVERYTHING)
        without = {
            step: _judged(one, document, name, frozenset({step}))[1]
            for step in (STEP_NAMES if steps else ())
        }
        yield Trial(quirk_name, kind, one, data, total, tuple(judged), without)


def _document(data: bytes, name: str) -> Document | None:
    try:
        return read_document(data, name)
    except ReadError:
        return None


def _judged(
    one: Draft, document: Document | None, name: str, without: frozenset[str]
) -> tuple[list[Judged], Score]:
    reports: Sequence[Report] = ()
    if document is not None:
        try:
            reports = recognise(document, name, without)
        except ReadError:
            reports = ()
    judged = judge(one.truths, reports)
    return judged, score(judged, reports)


def kinds_of(quirk_name: str, asked: Sequence[str]) -> list[str]:
    """Return the kinds to make for a quirk, in their usual order: its own that were asked for."""
    own = QUIRKS[quirk_name].kinds if quirk_name in QUIRKS else MAKERS
    return [kind for kind in MAKERS if kind in own and kind in asked]


def total(scores: Sequence[Score]) -> Score:
    """Return the sum of scores."""
    return reduce(add, scores, Score())


def main(arguments: Sequence[str]) -> int:
    """Print the tables; return 1 if anything was wrong, else 0."""
    options = _parser().parse_args(arguments)
    print(f"seed {options.seed}, {options.each} reports for each quirk and kind\n")
    done: list[Trial] = []
    for name in options.quirks:
        for kind in kinds_of(name, options.kinds):
            done += trials(name, kind, options.each, options.seed, steps=options.steps)
    print(by_kind(done))
    print(by_quirk(done))
    print(worst(done, options.examples))
    overall = total([trial.score for trial in done])
    print(f"right overall: {overall.share_right:.2%}, wrong: {overall.wrong}")
    return int(overall.anything_wrong)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m benchmarks.accuracy")
    parser.add_argument("--seed", default=str(SystemRandom().randrange(2**32)))
    parser.add_argument("--each", type=int, default=4, help="reports for each quirk and kind")
    parser.add_argument("--kinds", nargs="+", choices=list(MAKERS), default=list(MAKERS))
    parser.add_argument(
        "--quirks", nargs="+", choices=[PLAIN, *QUIRKS], default=[PLAIN, *QUIRKS], metavar="QUIRK"
    )
    parser.add_argument("--steps", action="store_true", help="also read without each step")
    parser.add_argument("--examples", type=int, default=0, help="wrong or missed cells to print")
    return parser


_HEAD: Final = f"{'files':>6} {'right':>9} {'missed':>7} {'allowed':>7} {'wrong':>6} {'facts':>12} {'notes':>6}"


def _line(name: str, sums: Score) -> str:
    facts = f"{sums.facts_right}/{sums.facts_missed}/{sums.facts_wrong}"
    return (
        f"{name:<42} {sums.reports:>6} {sums.share_right:>9.2%} {sums.missed:>7} {sums.allowed:>7}"
        f" {sums.wrong:>6} {facts:>12} {sums.notes:>6}"
    )


def by_kind(done: Sequence[Trial]) -> str:
    """Return the table of kinds: plain files, then those with quirks."""
    lines = [f"{'by kind':<42} {_HEAD}"]
    for kind in dict.fromkeys(trial.kind for trial in done):
        for label, plain in (("plain", True), ("with quirks", False)):
            scores = [t.score for t in done if t.kind == kind and (t.quirk == PLAIN) is plain]
            if scores:
                lines.append(_line(f"{kind}, {label}", total(scores)))
    return "\n".join(lines) + "\n"


def by_quirk(done: Sequence[Trial]) -> str:
    """Return the table of quirks, each with the step without which most is lost."""
    lines = [f"{'by quirk':<42} {_HEAD}"]
    for quirk in dict.fromkeys(trial.quirk for trial in done):
        mine = [trial for trial in done if trial.quirk == quirk]
        here = total([trial.score for trial in mine])
        lines.append(_line(quirk, here) + _without(mine, here))
    return "\n".join(lines) + "\n"


def _without(mine: Sequence[Trial], here: Score) -> str:
    """Return, in words, what is lost without each step that matters for a quirk."""
    words = []
    for step in mine[0].scores_without:
        off = total([trial.scores_without[step] for trial in mine])
        if (off.right, off.facts_right) < (here.right, here.facts_right):
            words.append(f"without {step} {off.share_right:.2%}, {off.wrong} wrong")
    return f"  {'; '.join(words)}" if words else ""


def worst(done: Sequence[Trial], count: int) -> str:
    """Return some of what was wrong or missed: wrong before missed, one line each."""
    found = [
        f"{trial.quirk}, {trial.kind}: {item.place}: {item.verdict}: {item.difference}"
        for verdict in ("wrong", "missed")
        for trial in done
        for item in trial.judged
        if item.verdict == verdict
    ]
    return "\n".join(found[:count])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
