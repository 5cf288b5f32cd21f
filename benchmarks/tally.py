"""How much faster a whole library is checked at once than one report after the other, in one run.

Run: python -m benchmarks.tally [number of reports, 100000 unless told]

Three things apart: the sums alone (one product of matrices against a plain loop over the same
numbers), the sums over two years, and the findings with their sentences. Each time both ways must
give the same, which is checked here before the ratio is printed.
"""

import random
import sys
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import numpy as np

from checks.across import carried_on, check_between
from checks.arithmetic import failing_sums, sum_matrix
from checks.neighbours import pairs_to_ask
from checks.tally import check_library, check_report, listed
from form.editions import EDITION_KEYS, TABLE_KEYS, edition, table
from form.matrix import CellMatrix, matrix_of
from form.model import EditionKey, address
from form.names import address_position
from form.report import Cell, Report
from form.rules import outcome_rows, sums

Result = TypeVar("Result")
YEARS = range(2019, 2026)
AGENCIES = 143
"""Agencies made; a library repeats their reports under other names, so that it fits into memory."""
FAULTY = 0.05
WITH_FINDINGS = 10_000
"""Reports whose findings are made one by one too, which takes long."""


def chain(rng: random.Random) -> list[Report]:
    """Return an agency's reports, whose sums hold but for one number in one report out of twenty."""
    return [report(rng, year) for year in YEARS]


def report(rng: random.Random, year: int) -> Report:
    """Return a report of 20 to 40 results, on the edition meant for its year."""
    used: EditionKey = next(key for key in EDITION_KEYS if edition(key).meant_for(year))
    numbers = {place: 0 for key in TABLE_KEYS for place in table(key, used).addresses()}
    for column in ("natural_person", "business"):
        results = {row: rng.choice((0, 0, 1, 5, 23)) for row in outcome_rows(used)}
        new = total = sum(results.values())
        for row, number in (results | {"new_received": new, "total_processed": total}).items():
            numbers[address("applications", row, column)] = number
            numbers[address("applications", row, "total")] += number
    if rng.random() < FAULTY:
        numbers[rng.choice(sums("applications", used)).left[0]] += 7
    cells = {place: Cell(number, "number", str(number)) for place, number in numbers.items()}
    return Report("甲市水务局", year, dict.fromkeys(TABLE_KEYS, used), cells)


def repeated(matrix: CellMatrix, count: int) -> CellMatrix:
    """Return a matrix of `count` lines that repeats the lines of `matrix`, each time as other agencies."""
    wanted = matrix.lines(np.arange(count) % len(matrix.report_ids))
    agencies = np.array([f"第{line // len(YEARS)}局" for line in range(count)], np.object_)
    return replace(wanted, report_ids=np.arange(count), agencies=agencies)


def plain_loop(matrix: CellMatrix) -> Callable[[], list[tuple[int, int]]]:
    """Return a plain loop over the sums of every report: line and number of each that fails.

    What it needs is made ready before: lists of Python's own whole numbers.
    """
    position, found = address_position(), sum_matrix().sums
    asked = {
        used: [
            (number, [position[p] for p in item.left], [position[p] for p in item.right])
            for number, item in enumerate(found)
            if any(item in sums(key, used) for key in TABLE_KEYS)
        ]
        for used in EDITION_KEYS
    }
    lines = matrix.counts.tolist()
    editions = matrix.editions["applications"].tolist()

    def loop() -> list[tuple[int, int]]:
        failing = []
        for line, (counts, used) in enumerate(zip(lines, editions, strict=True)):
            for number, left, right in asked[used]:
                if sum([counts[p] for p in left]) != sum([counts[p] for p in right]):
                    failing.append((line, number))
        return failing

    return loop


def timed(work: Callable[[], Result], runs: int = 1) -> tuple[float, Result]:
    """Return the fewest seconds of a processor that one of some runs took, and what it returned.

    Both ways use one processor; its time leaves out what other programs take meanwhile.
    """
    best = float("inf")
    for _run in range(runs):
        start = time.process_time()
        found = work()
        best = min(best, time.process_time() - start)
    return best, found


def megabytes(work: Callable[[], object]) -> float:
    """Return the most memory that a piece of work takes besides what was there before."""
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 2**20


def sums_only(matrix: CellMatrix) -> None:
    at_once, (lines, numbers) = timed(lambda: failing_sums(matrix), runs=7)
    one_by_one, expected = timed(plain_loop(matrix), runs=2)
    assert list(zip(lines.tolist(), numbers.tolist(), strict=True)) == expected
    memory = megabytes(lambda: failing_sums(matrix))
    print(
        f"sums: plain loop {one_by_one:.2f} s, at once {at_once:.3f} s: "
        f"{one_by_one / at_once:.0f} times faster; {len(expected)} fail; "
        f"{memory:.0f} MB besides {matrix.counts.nbytes / 2**20:.0f} MB of counts"
    )


def years_only(matrix: CellMatrix) -> None:
    seconds, found = timed(lambda: pairs_to_ask(matrix), runs=3)
    print(f"sums over two years: {seconds:.3f} s; {len(found)} pairs to look at")


def with_findings(matrix: CellMatrix, pool: dict[int, Report]) -> None:
    ids = matrix.report_ids.tolist()

    def load(report_id: int) -> Report:
        return pool[report_id % len(pool)]

    def one(report_id: int) -> tuple[object, ...]:
        report, place = load(report_id), report_id % len(YEARS)
        found = [*check_report(report)]
        if place > 0:
            found += check_between(load(report_id - 1), report)
        if place < len(YEARS) - 1 and report_id + 1 < len(ids):
            found += carried_on(report, load(report_id + 1))
        return listed(found)

    at_once, found = timed(lambda: check_library(matrix, load))
    one_by_one, expected = timed(lambda: {report_id: one(report_id) for report_id in ids})
    assert found == expected, "both ways must give the same findings"
    faulty = sum(bool(items) for items in found.values())
    print(
        f"findings of {len(ids)}: one by one {one_by_one:.1f} s, at once {at_once:.2f} s: "
        f"{one_by_one / at_once:.0f} times faster; {faulty} reports with findings"
    )


def main(count: int) -> None:
    seed = random.randrange(2**32)
    rng = random.Random(seed)
    pool = dict(enumerate(item for _agency in range(AGENCIES) for item in chain(rng)))
    matrix = repeated(matrix_of(pool), count)
    tallied = {used: sum(len(sums(key, used)) for key in TABLE_KEYS) for used in EDITION_KEYS}
    print(f"seed {seed}: {count} reports, sums by edition: {tallied}")
    sums_only(matrix)
    years_only(matrix)
    with_findings(matrix.lines(slice(WITH_FINDINGS)), pool)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
