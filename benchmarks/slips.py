"""How often planted slips are found by name, beside what a plain solver takes for one answer.

Run: python -m benchmarks.slips [--each 40] [--seed 2026] [--officials]
Each kind of slip is planted in realistic reports of both editions. *seen*: some sum fails.
Of those that are seen: *only* (the one explanation is what was done), *first* (it comes first among
several), *listed* (it is among them), *beyond* (fewer cells than were spoilt mend every sum, so
that no tally can tell). The solver is SciPy's milp (HiGHS) on the same sums, each cell free up to
the sum of all figures and rows of zeros not merged, asked for one smallest set.

With --officials: 44 slips of the kinds that officials make, and where the true cause stands: first
(rank 1, of at most five that are tied), among the ways, or absent.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import Final, TypeVar

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from benchmarks import officials
from benchmarks.synthetic.slips import SLIPS, figure, planted
from checks import unjudged
from checks.explanations import Suspects
from checks.suspects import suspects
from checks.tally import check_report
from form.editions import EDITION_KEYS
from form.report import Report, layout_edition
from form.rules import sums

_T = TypeVar("_T")
FATES: Final = ("only", "first", "listed", "beyond")
SOLVER_SECONDS: Final = 10.0
MOST_TIED: Final = 5
"""So many ways may share the first rank with the true cause."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One planted slip: what became of it, and what ours and, if asked, the solver took.

    Both in milliseconds of computing, whatever else the machine does meanwhile.
    """

    fate: str
    rank: int
    explanations: int
    complete: bool
    ours: float
    plain: float | None


def trials(name: str, each: int, seed: str, every: int) -> Iterator[Trial]:
    """Plant a slip in so many reports; the solver is asked about one of `every`."""
    random = Random(f"{seed} {name}")
    for number in range(each):
        meant, spoilt = planted(EDITION_KEYS[number % len(EDITION_KEYS)], name, random)
        if not _fails(spoilt):
            yield Trial("unseen", 0, 0, True, 0.0, None)
            continue
        findings = check_report(spoilt)
        ours, found = _timed(partial(suspects, spoilt, findings, ()))
        plain = _timed(partial(plain_solver, spoilt))[0] if number % every == 0 else None
        fate, rank = judged(meant, spoilt, found)
        yield Trial(fate, rank, len(found.explanations), found.complete, ours, plain)


def judged(meant: Report, spoilt: Report, found: Suspects) -> tuple[str, int]:
    """Return whether what was done is an explanation, and its rank (0 where it is none)."""
    truth = {
        place: figure(meant, place)
        for place in meant.cells
        if figure(meant, place) != figure(spoilt, place)
    }
    given = [
        {one.address: int(one.after or 0) for one in item.changes} for item in found.explanations
    ]
    if truth not in given:
        return "beyond", 0
    rank = given.index(truth) + 1
    if rank > 1:
        return "listed", rank
    return ("only" if len(given) == 1 else "first"), rank


def plain_solver(report: Report) -> int | None:
    """Return the least number of cells to change, by one run of a solver over all sums at once."""
    places = list(report.cells)
    at = {place: number for number, place in enumerate(places)}
    figures = np.array([figure(report, place) for place in places])
    checked = [item for key in report.editions for item in sums(key, layout_edition(report, key))]
    weights = np.zeros((len(checked), len(places)))
    for line, item in enumerate(checked):
        for place, weight in item.weights.items():
            weights[line, at[place]] = weight
    size, most = len(places), float(figures.sum())
    eye, nothing = np.eye(size), np.zeros((len(checked), size))
    answer = milp(
        np.concatenate([np.zeros(size), np.ones(size)]),
        constraints=[
            LinearConstraint(np.hstack([weights, nothing]), -weights @ figures, -weights @ figures),
            LinearConstraint(np.hstack([eye, -most * eye]), -np.inf, 0),
            LinearConstraint(np.hstack([eye, most * eye]), 0, np.inf),
        ],
        bounds=Bounds(
            np.concatenate([-figures, np.zeros(size)]),
            np.concatenate([np.full(size, most), np.ones(size)]),
        ),
        integrality=np.ones(2 * size, np.int64),
        options={"time_limit": SOLVER_SECONDS},
    )
    return None if answer.x is None else round(float(answer.fun))


def _fails(report: Report) -> bool:
    return any(
        sum(weight * figure(report, place) for place, weight in item.weights.items())
        for key in report.editions
        for item in sums(key, layout_edition(report, key))
    )


def _timed(work: Callable[[], _T]) -> tuple[float, _T]:
    start = time.process_time()
    result = work()
    return (time.process_time() - start) * 1000, result


@dataclass(frozen=True, slots=True)
class Stand:
    """Where the true cause of a slip stands: its rank (0: absent), of how many that share it, of how many ways."""

    rank: int
    tied: int
    ways: int

    @property
    def fate(self) -> str:
        """Say whether it is first, among the ways, or absent."""
        if not self.rank:
            return "absent"
        return "first" if self.rank == 1 and self.tied <= MOST_TIED else "among"


def stand(slip: officials.Planted) -> Stand:
    """Return where the true cause of one of the officials' slips stands."""
    found = suspects(slip.spoilt, claims=slip.claims, before=slip.before).explanations
    given = [{one.address: int(one.after or 0) for one in item.changes} for item in found]
    if slip.truth not in given:
        return Stand(0, 0, len(found))
    rank = found[given.index(slip.truth)].rank
    return Stand(rank, sum(item.rank == rank for item in found), len(found))


def of_officials() -> None:
    """Print where the true causes of the officials' slips stand."""
    every: list[str] = []
    for slip in officials.planted_slips():
        found = stand(slip)
        every.append(found.fate)
        print(
            f"{slip.name:62} {found.fate:7} rank {found.rank}, {found.tied} tied, {found.ways} ways"
        )
    print(*(f"{fate} {every.count(fate)}" for fate in ("first", "among", "absent")), sep=" / ")


def line(name: str, done: Sequence[Trial]) -> str:
    """Return one line of the table."""
    seen = [trial for trial in done if trial.fate != "unseen"]
    if not seen:
        return f"{name:22}   none"
    shares = [sum(trial.fate == fate for trial in seen) / len(seen) for fate in FATES]
    times = sorted(trial.ours for trial in seen)
    both = [trial.plain / trial.ours for trial in seen if trial.plain is not None]
    whole = sum(trial.complete for trial in seen) / len(seen)
    return (
        f"{name:22} {len(seen) / len(done):6.0%} "
        + " ".join(f"{share:7.0%}" for share in shares)
        + f" {statistics.median(trial.explanations for trial in seen):6.0f} {whole:9.0%}"
        + f" {statistics.median(times):7.1f} {times[int(0.9 * len(times))]:7.1f}"
        + (f" {statistics.median(both):8.1f}" if both else "")
    )


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--each", type=int, default=100, help="reports a kind of slip")
    options.add_argument("--seed", default="2026")
    options.add_argument("--plain-every", type=int, default=5, help="ask the solver one in so many")
    options.add_argument("--officials", action="store_true", help="the slips that officials make")
    asked = options.parse_args()
    # A busy machine must not end a search here that takes a second on a quiet one.
    unjudged.SECONDS = 86_400.0
    if asked.officials:
        of_officials()
        return
    print(f"seed {asked.seed}, {asked.each} reports a kind of slip")
    print(
        f"{'slip':22} {'seen':>6} {'only':>7} {'first':>7} {'listed':>7} {'beyond':>7}"
        f" {'ties':>6} {'complete':>9} {'ms':>7} {'90 %':>7} {'solver ×':>8}"
    )
    every: list[Trial] = []
    for name in SLIPS:
        done = list(trials(name, asked.each, asked.seed, asked.plain_every))
        every += done
        print(line(name, done), flush=True)
    print(line("all", every))


if __name__ == "__main__":
    main()
