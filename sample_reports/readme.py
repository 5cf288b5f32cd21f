"""The README's table of planted errors, written from the list that plants them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from form.report import Cell
from sample_reports.invented import Invented
from sample_reports.planted import Planted

_BEGIN = "<!-- planted: written by make.py -->\n"
_END = "<!-- /planted -->\n"


def with_planted_table(readme: str, reports: Iterable[Invented]) -> str:
    """Return the README with its table of planted errors in step with the reports.

    Raises ValueError where the README lacks the two marks around the table.
    """
    before, begin, rest = readme.partition(_BEGIN)
    _old, end, after = rest.partition(_END)
    if not (begin and end):
        raise ValueError("the README has no place for the table of planted errors")
    return before + begin + "\n".join(_table(reports)) + "\n" + end + after


def _table(reports: Iterable[Invented]) -> Iterator[str]:
    yield "| file | what is wrong | cell: printed (right) | sums that fail | checks should say |"
    yield "|---|---|---|---|---|"
    for report in reports:
        if report.planted is not None:
            yield _row(report, report.planted)


def _row(report: Invented, planted: Planted) -> str:
    cells = (
        f"`{place}`: {_shown(cell)} ({_shown(report.right[place])})"
        for place, cell in planted.cells.items()
    )
    sums = (f"`{rule}` {place}" for rule, place in sorted(planted.breaks))
    codes = (f"`{code}`" for code in planted.findings)
    columns = (report.file_name, planted.what, *map("<br>".join, (cells, sums, codes)))
    return f"| {' | '.join(column or '–' for column in columns)} |"


def _shown(cell: Cell) -> str:
    return cell.raw or "blank"
