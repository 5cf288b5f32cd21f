"""How much faster a whole library is checked at once than report by report, in one run.

Run: python -m benchmarks.tally [number of reports, 100000 unless told]
Both ways give the same findings, which is checked here before the ratio is printed.
"""

import random
import sys
import time
from collections.abc import Callable

import numpy as np

from checks.findings import Finding
from checks.tally import check_library, check_report
from form.editions import TABLE_KEYS, table
from form.matrix import CellMatrix, matrix_of
from form.model import EditionKey, address
from form.report import Cell, Report
from form.rules import sums

Found = dict[int, tuple[Finding, ...]]
DISTINCT = 1000
"""Reports made; a library repeats them, so that it fits into memory."""
FAULTY = 0.05
FIRST_YEARS: dict[EditionKey, int] = {"2019": 2020, "2021": 2023}


def report(rng: random.Random) -> Report:
    """Return a report whose sums hold, but for one number in one report out of twenty."""
    edition = rng.choice(tuple(FIRST_YEARS))
    cells = {
        place: Cell(0, "number", "0")
        for key in TABLE_KEYS
        for place in table(key, edition).addresses()
    }
    for row in ("new_received", "granted", "total_processed"):
        cells[address("applications", row, "total")] = Cell(25, "number", "25")
        cells[address("applications", row, "natural_person")] = Cell(25, "number", "25")
    if rng.random() < FAULTY:
        place = rng.choice(sums("applications", edition)).left[0]
        cells[place] = Cell(7, "number", "7")
    editions = dict.fromkeys(TABLE_KEYS, edition)
    return Report("甲市水务局", FIRST_YEARS[edition], editions, cells)


def repeated(matrix: CellMatrix, count: int) -> CellMatrix:
    """Return a matrix of `count` lines that repeats the lines of `matrix`."""
    lines = np.arange(count) % len(matrix.report_ids)
    assert matrix.years is not None
    assert matrix.amounts is not None
    assert matrix.noted is not None
    return CellMatrix(
        np.arange(count),
        matrix.addresses,
        matrix.counts[lines],
        matrix.marks[lines],
        {key: texts[lines] for key, texts in matrix.editions.items()},
        matrix.years[lines],
        matrix.amounts[lines],
        matrix.noted[lines],
    )


def timed(work: Callable[[], Found]) -> tuple[float, Found]:
    start = time.perf_counter()
    found = work()
    return time.perf_counter() - start, found


def main(count: int) -> None:
    seed = random.randrange(2**32)
    rng = random.Random(seed)
    pool = {number: report(rng) for number in range(DISTINCT)}
    matrix = repeated(matrix_of(pool), count)

    def load(report_id: int) -> Report:
        return pool[report_id % DISTINCT]

    at_once, found = timed(lambda: check_library(matrix, load))
    one_by_one, expected = timed(
        lambda: {number: check_report(load(number)) for number in range(count)}
    )
    assert found == expected, "both ways must give the same findings"
    faulty = sum(bool(items) for items in found.values())
    print(f"seed {seed}: {count} reports, {faulty} with findings")
    print(
        f"one by one {one_by_one:.1f} s, at once {at_once:.1f} s: {one_by_one / at_once:.0f} times faster"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
