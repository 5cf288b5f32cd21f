"""A PDF read twice, by readers that share no line of code before the printed page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import zip_longest

from form.names import address_position
from form.report import Cell, Report
from loaders.document import Document, ReadError
from loaders.pdf import read_with_pdfium, read_with_pdfplumber
from loaders.recogniser import recognise


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
