"""A PDF read twice, by readers that share no line of code before the printed page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from form.exchange import cell_from_json, cell_to_json, report_from_json, report_to_json
from form.names import address_position
from form.report import Cell, Json, Report
from loaders.document import Document, ReadError
from loaders.pdf import read_with_pdfium, read_with_pdfplumber
from loaders.recogniser import recognise
from loaders.sandbox.child import answer_isolated
from loaders.sandbox.limits import LIMITS, Limits


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell that the readers read differently, None standing for one that was not read."""

    report: Report
    address: str
    first: Cell | None
    second: Cell | None


def differences(data: bytes, name: str) -> tuple[Difference, ...]:
    """Return the cells of a PDF that pdfplumber reads otherwise than PDFium.

    Reports are compared in the order of the file. Raises ReadError where neither finds one; where
    one of them does, all of its cells differ.
    """
    first, first_error = _reports(read_with_pdfium, data, name)
    second, second_error = _reports(read_with_pdfplumber, data, name)
    if first_error is not None and second_error is not None:
        raise first_error
    pairs = zip_longest(first, second)
    return tuple(found for one, other in pairs for found in _between(one, other))


def differences_isolated(data: bytes, name: str, limits: Limits = LIMITS) -> tuple[Difference, ...]:
    """Return the same, found out in a process of its own; raises ReadError as that does."""
    return answer_isolated(data, name, _told, _taken, limits)


def _told(data: bytes, name: str) -> Json:
    found = differences(data, name)
    reports = list({id(item.report): item.report for item in found}.values())
    at = {id(report): number for number, report in enumerate(reports)}
    return {
        "reports": [report_to_json(report) for report in reports],
        "differences": [
            [at[id(item.report)], item.address, *map(_cell_to_json, (item.first, item.second))]
            for item in found
        ],
    }


def _taken(said: Json) -> tuple[Difference, ...]:
    reports = [report_from_json(report) for report in said["reports"]]
    return tuple(_difference(item, reports) for item in said["differences"])


def _cell_to_json(cell: Cell | None) -> Json | None:
    return None if cell is None else cell_to_json(cell)


def _difference(said: Sequence[Any], reports: Sequence[Report]) -> Difference:
    number, address, *cells = said
    first, second = (None if cell is None else cell_from_json(cell) for cell in cells)
    if address not in address_position():
        raise ValueError("not an address of the form")
    return Difference(reports[number], address, first, second)


def _reports(
    read: Callable[[bytes], Document], data: bytes, name: str
) -> tuple[tuple[Report, ...], ReadError | None]:
    try:
        return recognise(read(data), name), None
    except ReadError as error:
        return (), error


def _between(one: Report | None, other: Report | None) -> Iterator[Difference]:
    first, second = (report.cells if report else {} for report in (one, other))
    position = address_position()
    for address in sorted({*first, *second}, key=position.__getitem__):
        cells = first.get(address), second.get(address)
        said = [cell and (cell.mark, cell.value, cell.unit) for cell in cells]
        if said[0] != said[1]:
            report = one or other
            assert report is not None
            yield Difference(report, address, *cells)
