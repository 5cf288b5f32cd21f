"""A reader that is deliberately worse than ours, to see what reading again makes of a library."""

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Final

from form.report import Cell, Report
from library.importing import READER
from library.saving import Reading
from loaders.document import ReadError

OLDER: Final = READER - 1
"""The version that it says it is."""
Read = Callable[[bytes, str], Reading]


def worse(report: Report, random: Random, share: float = 0.1) -> Report:
    """Return a report as a bad reader reads it: some numbers lost, some shifted, some unsure."""
    cells = dict(report.cells)
    numbers = [address for address, cell in cells.items() if cell.mark == "number"]
    for address in random.sample(numbers, max(1, round(share * len(numbers)))):
        cells[address] = random.choice(_FAULTS)(cells[address])
    return replace(report, cells=cells, reader=OLDER)


def _lost(cell: Cell) -> Cell:
    return replace(cell, value=None, mark="blank", raw="")


def _shifted(cell: Cell) -> Cell:
    value = (cell.value or 0) + 1
    return replace(cell, value=value, raw=str(value))


def _unsure(cell: Cell) -> Cell:
    return replace(cell, value=None, mark="unknown", candidates=(cell.value, None))


_FAULTS: Final = (_lost, _shifted, _unsure)


def worse_reader(read: Read, seed: int) -> Read:
    """Return a reader that reads every file worse than another one, each time alike."""

    def read_worse(data: bytes, name: str) -> Reading:
        found = read(data, name)
        random = Random(f"{seed} {name}")
        return Reading(found.kind, tuple(worse(one, random) for one in found.reports))

    return read_worse


def remembering(read: Read) -> Read:
    """Return a reader that reads each file only once, since tests read the same ones often."""
    known: dict[bytes, Reading | ReadError] = {}

    def read_once(data: bytes, name: str) -> Reading:
        if data not in known:
            try:
                known[data] = read(data, name)
            except ReadError as error:
                known[data] = error
        found = known[data]
        if isinstance(found, ReadError):
            raise found
        return found

    return read_once
