"""Why a cell reads as it does: the printed line it came from, and the steps that put it there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from form.language import _
from form.names import cell_name_in
from form.report import Cell, Oddity, Report
from loaders.kinds import read_document
from loaders.recogniser import read_parts
from loaders.recogniser.cells import Origin
from loaders.recogniser.lines import Field
from loaders.recogniser.placement import Way
from loaders.recogniser.steps import join_torn_labels, join_values_on_next_line


@dataclass(frozen=True, slots=True)
class Why:
    """One cell of one report: the fields of its printed line, and sentences for people.

    `at` is the index of the field that the cell was taken from, None where it is not known.
    """

    report: Report
    address: str
    cell: Cell
    fields: tuple[Field, ...]
    at: int | None
    steps: tuple[str, ...]


def explain(data: bytes, name: str, address: str) -> tuple[Why, ...]:
    """Read a file again and say why a cell reads so, once for each report that holds it.

    Raises ReadError as `loaders.read` does.
    """
    return tuple(
        _why(report, origins, address)
        for report, origins in read_parts(read_document(data, name), name)
        if address in report.cells
    )


def explain_all(data: bytes, name: str, position: int, addresses: Sequence[str]) -> tuple[Why, ...]:
    """Read a file again and say why cells of its report number `position`, from 0, read so.

    Addresses that it does not hold are passed over. Raises ReadError as `loaders.read` does.
    """
    parts = list(islice(read_parts(read_document(data, name), name), position, position + 1))
    return tuple(
        _why(report, origins, address)
        for report, origins in parts
        for address in addresses
        if address in report.cells
    )


def _why(report: Report, origins: Mapping[str, Origin], address: str) -> Why:
    cell = report.cells[address]
    origin = origins.get(address.rpartition(".")[0])
    fields = origin.line.fields if origin else ()
    at = next(
        (i for i, item in enumerate(fields) if item.place == cell.place and item.raw == cell.raw),
        None,
    )
    return Why(report, address, cell, fields, at, tuple(_steps(report, address, origin)))


def _steps(report: Report, address: str, origin: Origin | None) -> Iterator[str]:
    yield _("这一格是“{name}”。").format(name=cell_name_in(report, address))
    if origin is None:
        yield _("没有找到这一行，所以读不准。")
        return
    repairs = _repairs()
    yield from (_oddities()[code] for code in report.cells[address].oddities if code in _oddities())
    yield from (repairs[step] for step in origin.line.steps if step in repairs)
    is_chosen = origin.way == "rules" and report.cells[address].mark != "unknown"
    yield _ways()["open" if origin.way == "rules" and not is_chosen else origin.way]
    yield from (note.message for note in report.notes if address in note.cells)


def _repairs() -> dict[str, str]:
    return {
        join_torn_labels.__name__: _("行名被拆成两行，已接回。"),
        join_values_on_next_line.__name__: _("数字印在行名的下一行，已接回。"),
    }


def _oddities() -> Mapping[Oddity, str]:
    return {
        "damaged": _("格里夹有残缺或显示不出来的字符：残缺的换成“�”，显示不出来的已去掉。"),
    }


def _ways() -> Mapping[Way, str]:
    return {
        "straight": _("行名右边的格数与表样的列数相同，依次对应。"),
        "header": _("按列标题的位置对应。"),
        "padding": _("行首或行尾多出的空格不是单元格，去掉后依次对应。"),
        "rules": _("这一行的格与表样的列对不上，按勾稽关系在各种排法中选定。"),
        "open": _("这一行的格与表样的列对不上，有多种排法，读不准。"),
    }
