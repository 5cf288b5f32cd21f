"""How fast files are read whole, beside the plainest parse of each kind, and how fast imported.

Run: python -m benchmarks.speed [--kinds …] [--files N] [--imports N] [--seed N]
Prints, by kind of file and by rival, how many times as long our whole reading takes (bytes to
Reports, medians of pairs timed in turns in this one run), and the aim where there is one; then what
the importer does with one process and with two, and what memory it holds as the files go by.
"""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Iterator, Sequence
from random import SystemRandom
from statistics import median
from typing import Final

from benchmarks.speed.files import File, files, imports, kinds
from benchmarks.speed.importer import Memory, files_a_second, memory
from benchmarks.speed.pairs import Comparison, compare
from benchmarks.speed.rivals import RIVALS
from benchmarks.synthetic.render import ending

_WARMING: Final = 3
_HEAD: Final = (
    f"{'kind':<14} {'files':>5} {'whole':>8} {'document':>8}  {'beside':<28} {'takes':>8}"
    f"  {'ratio':<22} {'aim':<16} met"
)
_SPEED_FILES: Final = 240
"""Files imported for each figure of speed."""
_MARKS: Final = 4


def main(arguments: Sequence[str]) -> int:
    """Print the figures; return 1 if an aim was missed, else 0."""
    options = _parser().parse_args(arguments)
    print(f"seed {options.seed}; milliseconds of one processor, medians\n\n{_HEAD}", flush=True)
    done = []
    for kind in options.kinds:
        for comparison in comparisons(kind, options.files, options.seed):
            print(line(comparison), flush=True)
            done.append(comparison)
    if options.imports:
        made = list(imports(options.imports, options.seed))
        print(f"\n{speed(made[:_SPEED_FILES])}\n", flush=True)
        marks = [options.imports * part // _MARKS for part in range(1, _MARKS + 1)]
        print("\n".join(map(held, memory(made, marks))))
    return int(any(comparison.is_met is False for comparison in done))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m benchmarks.speed")
    parser.add_argument("--seed", default=str(SystemRandom().randrange(2**32)))
    parser.add_argument("--files", type=int, default=12, help="synthetic files of each kind")
    parser.add_argument("--kinds", nargs="*", choices=kinds(), default=kinds())
    parser.add_argument("--imports", type=int, default=2000, help="files to import; 0 for none")
    return parser


def comparisons(kind: str, count: int, seed: str) -> Iterator[Comparison]:
    """Yield one kind of files against each of its rivals."""
    made = files(kind, count + _WARMING, seed)
    # A few samples are all there are: the first ones warm up for the others.
    warming, timed = made[:_WARMING], made[_WARMING:] or made
    for rival in RIVALS[ending(kind)]:
        yield compare(kind, timed, warming, rival)


def line(comparison: Comparison) -> str:
    """Return one line of the table."""
    pairs, rival = comparison.pairs, comparison.rival
    whole, document, other = (
        median(getattr(pair, name) for pair in pairs) for name in ("whole", "document", "rival")
    )
    low, high = comparison.spread
    ratio = f"{comparison.ratio:.2f} ({low:.2f}–{high:.2f})"
    met = {True: "yes", False: "no", None: ""}[comparison.is_met]
    return (
        f"{comparison.kind:<14} {len(pairs):>5} {whole:>8.2f} {document:>8.2f}  {rival.name:<28}"
        f" {other:>8.2f}  {ratio:<22} {_aim(rival.aim):<16} {met}"
    )


def _aim(most: float | None) -> str:
    if most is None:
        return ""
    return f"{most:.1f} at most" if most >= 1 else f"{1 / most:.0f} times faster"


def speed(made: Sequence[File]) -> str:
    """Return, in a sentence, what two importers do against one."""
    one, two = (files_a_second(made, processes) for processes in (1, 2))
    return f"imported: {one:.1f} files a second by one process, {two:.1f} by two: {two / one:.2f} times"


def held(at: Memory) -> str:
    """Return, in a sentence, what memory was held at a mark."""
    if at.importer is None or at.forking is None:
        return f"after {at.files} files: this system does not say what memory is held"
    return (
        f"after {at.files:>5} files: importer {at.importer:.1f} MB,"
        f" what forks its children {at.forking:.1f} MB"
    )


if __name__ == "__main__":
    # pdfminer warns of every oddity of a font, hundreds of times a file.
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    sys.exit(main(sys.argv[1:]))
