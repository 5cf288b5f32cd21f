"""How right reports are read: synthetic reports with known truth, plain and with each quirk.

Run: python -m benchmarks.accuracy [--seed N] [--each N] [--kinds …] [--quirks …] [--steps]
[--baselines] [--examples N] [--keep FOLDER]
Prints, by kind and by quirk, how many cells are right, missed (unknown where something is
printed), allowed (unknown where nobody could tell) and wrong; facts (agency, year, editions) as
right/missed/wrong. Exits with 1 if anything is wrong.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from random import SystemRandom
from typing import Final

from benchmarks.synthetic.quirks import QUIRKS
from benchmarks.synthetic.render import MAKERS, available
from benchmarks.synthetic.scoring import Score
from benchmarks.trials import PLAIN, Trial, kinds_of, total, trials

_HEAD: Final = f"{'files':>6} {'right':>9} {'missed':>7} {'allowed':>7} {'wrong':>6} {'facts':>12} {'notes':>6}"
_NAME_WIDTH: Final = 48


def main(arguments: Sequence[str]) -> int:
    """Print the tables; return 1 if anything was wrong, else 0."""
    options = _parser().parse_args(arguments)
    print(f"seed {options.seed}, {options.each} reports for each quirk and kind\n")
    done = [
        trial
        for quirk in options.quirks
        for kind in kinds_of(quirk, options.kinds)
        for trial in trials(
            quirk,
            kind,
            options.each,
            options.seed,
            steps=options.steps,
            baselines=options.baselines,
        )
    ]
    print(by_kind(done))
    print(by_quirk(done))
    print(worst(done, options.examples))
    if options.keep:
        _keep(done, options.keep)
    overall = total([trial.score for trial in done])
    print(f"right overall: {overall.share_right:.2%}, wrong: {overall.wrong}")
    return int(overall.anything_wrong)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m benchmarks.accuracy")
    parser.add_argument("--seed", default=str(SystemRandom().randrange(2**32)))
    parser.add_argument("--each", type=int, default=4, help="reports for each quirk and kind")
    parser.add_argument("--kinds", nargs="+", choices=list(MAKERS), default=available())
    parser.add_argument(
        "--quirks", nargs="+", choices=[PLAIN, *QUIRKS], default=[PLAIN, *QUIRKS], metavar="QUIRK"
    )
    parser.add_argument("--steps", action="store_true", help="also read without each step")
    parser.add_argument("--baselines", action="store_true", help="also read as people would")
    parser.add_argument("--examples", type=int, default=0, help="wrong or missed cells to print")
    parser.add_argument("--keep", type=Path, help="folder for the files that are not read right")
    return parser


def by_kind(done: Sequence[Trial]) -> str:
    """Return the table of kinds: plain files, then those with quirks; baselines below ours."""
    lines = [_heading("by kind")]
    for kind in dict.fromkeys(trial.kind for trial in done):
        for label, plain in (("plain", True), ("with quirks", False)):
            mine = [t for t in done if t.kind == kind and (t.quirk == PLAIN) is plain]
            if mine:
                lines.append(_line(f"{kind}, {label}", total([t.score for t in mine])))
                lines += _baseline_lines(mine)
    return "\n".join(lines) + "\n"


def _baseline_lines(mine: Sequence[Trial]) -> list[str]:
    names = dict.fromkeys(name for trial in mine for name in trial.baselines)
    return [
        _line(f"  {name}, by label", total(scores), facts=False)
        for name in names
        if (scores := [trial.baselines[name] for trial in mine if name in trial.baselines])
    ]


def by_quirk(done: Sequence[Trial]) -> str:
    """Return the table of quirks, each with the steps of the recogniser that it needs."""
    lines = [_heading("by quirk")]
    for quirk in dict.fromkeys(trial.quirk for trial in done):
        mine = [trial for trial in done if trial.quirk == quirk]
        here = total([trial.score for trial in mine])
        lines.append(_line(quirk, here) + _without(mine, here))
    return "\n".join(lines) + "\n"


def _without(mine: Sequence[Trial], here: Score) -> str:
    """Return, in words, what is lost without each step that matters for a quirk."""
    words = []
    for step in mine[0].without:
        off = total([trial.without[step] for trial in mine])
        fewer, more = here.right - off.right, off.wrong - here.wrong
        if fewer > 0 or more > 0:
            words.append(f"without {step}: {fewer} cells fewer right, {more:+} wrong")
    return f"  {'; '.join(words)}" if words else ""


def _heading(title: str) -> str:
    return f"{title:<{_NAME_WIDTH}} {_HEAD}"


def _line(name: str, sums: Score, *, facts: bool = True) -> str:
    told = f"{sums.facts_right}/{sums.facts_missed}/{sums.facts_wrong}" if facts else ""
    return (
        f"{_padded(name)} {sums.reports:>6} {sums.share_right:>9.2%} {sums.missed:>7}"
        f" {sums.allowed:>7} {sums.wrong:>6} {told:>12} {sums.notes:>6}"
    )


def _padded(name: str) -> str:
    """Return a name with blanks up to the width of its column; a Chinese character takes two."""
    wide = sum(not sign.isascii() for sign in name)
    return f"{name:<{_NAME_WIDTH - wide}}"


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


def _keep(done: Sequence[Trial], folder: Path) -> None:
    """Write the files that were not read right, and what differs, for a closer look."""
    for number, trial in enumerate(done):
        bad = [item for item in trial.judged if item.verdict in ("missed", "wrong")]
        if bad:
            own = folder / f"{number} {trial.quirk}, {trial.kind}"
            own.mkdir(parents=True, exist_ok=True)
            (own / trial.name).write_bytes(trial.data)
            lines = (f"{item.place}: {item.verdict}: {item.difference}" for item in bad)
            (own / "differences").write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
