"""The invented samples: figures, habits, planted errors and prose put together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from form.editions import table
from form.report import Cell
from sample_reports.agencies import AGENCIES, Agency, printed_editions
from sample_reports.invented_prose import Prose, prose
from sample_reports.makers import MAKERS
from sample_reports.marks import INVENTED_MARK
from sample_reports.planted import Planted, planted_in
from sample_reports.printing import printed_cells
from sample_reports.samples import Line, PrintedTable, Sample, printed_table
from sample_reports.simulate import Figures, Year, simulate
from sample_reports.truth import Truth

_HEADINGS = {1: "一、总体情况", 5: "五、存在的主要问题及改进情况", 6: "六、其他需要报告的事项"}


@dataclass(frozen=True, slots=True)
class Invented:
    """One invented report: the sample, the planted error if any, and its cells without it."""

    sample: Sample
    planted: Planted | None
    right: Mapping[str, Cell]

    @property
    def file_name(self) -> str:
        """The file's name; the kind's last part is its ending."""
        return f"{self.sample.stem}.{self.sample.kind.rpartition('.')[2]}"


def invented_files() -> Iterator[tuple[str, bytes, Truth]]:
    """Yield file name, bytes and truth of every invented sample."""
    for report in invented_reports():
        yield report.file_name, MAKERS[report.sample.kind](report.sample), report.sample.truth


def invented_reports() -> Iterator[Invented]:
    """Yield every invented report, agency by agency, year by year; gap years are left out."""
    for agency in AGENCIES:
        for told in simulate(agency):
            if told.year in agency.files:
                yield _report(agency, told)


def _report(agency: Agency, told: Year) -> Invented:
    editions = printed_editions(agency.name, told.year)
    figures = told.figures(editions["disclosure"], editions["applications"])
    planted = planted_in(agency.name, told.year)
    zeros = planted.zeros if planted and planted.zeros else agency.zeros
    right = printed_cells(agency, figures, zeros)
    truth = Truth(agency.name, told.year, editions, {**right, **(planted.cells if planted else {})})
    text = _prose(agency, told.year, figures, planted)
    return Invented(Sample(agency.files[told.year], truth, _blocks(truth, text)), planted, right)


def _prose(agency: Agency, year: int, figures: Figures, planted: Planted | None) -> Prose:
    text = prose(agency, year, figures, wording_of=planted.wording_of if planted else None)
    if planted is None:
        return text
    if planted.prose is not None:
        text = replace(text, overview=_replaced(text.overview, *planted.prose))
    return replace(text, published_on=planted.published_on or text.published_on)


def _replaced(paragraphs: tuple[str, ...], old: str, new: str) -> tuple[str, ...]:
    if not any(old in paragraph for paragraph in paragraphs):
        raise ValueError(f"the prose never says {old}")
    return tuple(paragraph.replace(old, new) for paragraph in paragraphs)


def _blocks(truth: Truth, text: Prose) -> tuple[Line | PrintedTable, ...]:
    applications = truth.editions["applications"]
    tables = (
        printed_table("disclosure", truth.editions["disclosure"], truth.cells),
        printed_table("applications", applications, truth.cells),
        printed_table("disputes", applications, truth.cells),
    )
    day = text.published_on
    return (
        *(Line(line, "title") for line in text.title),
        Line(INVENTED_MARK),
        *_section(_HEADINGS[1], text.overview),
        *(
            block
            for printed in tables
            for block in (Line(table(printed.key, applications).title, "heading"), printed)
        ),
        *_section(_HEADINGS[5], text.problems),
        *_section(_HEADINGS[6], text.remarks),
        Line(truth.agency, "closing"),
        Line(f"{day.year}年{day.month}月{day.day}日", "closing"),
    )


def _section(heading: str, paragraphs: tuple[str, ...]) -> tuple[Line, ...]:
    return (Line(heading, "heading"), *(Line(paragraph) for paragraph in paragraphs))
