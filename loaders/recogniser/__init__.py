"""Document → Reports: finds the official tables by their labels, never by position or count.

The way of a cell: lines (`lines`) → repairs (`steps`) → rows of the three tables (`tables`)
→ columns (`placement`) → cells with notes (`cells`); beside it `identity` and `prose`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from form.editions import TABLE_KEYS
from form.language import _
from form.model import EditionKey, TableKey
from form.names import witness_names
from form.report import Cell, Note, Report, YearSaid
from loaders.document import READER_VERSION, Document, ReadError
from loaders.recogniser.adopting import adopt
from loaders.recogniser.cells import Origin, read_table
from loaders.recogniser.identity import Identity, identify
from loaders.recogniser.lines import Line, lines_of
from loaders.recogniser.parts import parts
from loaders.recogniser.prose import paragraphs, spoken
from loaders.recogniser.running import running_titles
from loaders.recogniser.running import without as without_lines
from loaders.recogniser.steps import STEPS
from loaders.recogniser.summaries import without_summaries
from loaders.recogniser.tables import PrintedTables, ends_within, split_tables
from loaders.recogniser.unseen import Part, hides_some, only_hidden, visible, with_revealed
from loaders.recogniser.unseparated import given_up, tables_of_two
from loaders.recogniser.unseparated import note as unseparated_note
from loaders.recogniser.years import in_conflict, years_said

CHOOSE_PLACEMENT: Final = "choose_placement"


def recognise(
    document: Document, name: str, without: frozenset[str] = frozenset()
) -> tuple[Report, ...]:
    """Return the reports that a document holds, in its order.

    `name` is the file's name, the least trusted source of agency and year. `without` names
    steps to leave out; tests use it to show what each step is for. Raises ReadError with code
    `no_tables` where none of the three official tables is found.
    """
    reports = tuple(report for report, _origins in read_parts(document, name, without))
    if not reports:
        raise ReadError(
            "no_tables",
            _("没有找到年报的三张法定表格（主动公开、依申请、复议诉讼），可能不是年度报告。"),
        )
    return reports


def read_parts(document: Document, name: str, without: frozenset[str] = frozenset()) -> list[Part]:
    """Return each report of a document with the origins of its rows, by `table.row`.

    What is hidden is read only where the document has some, and for what it alone says.
    """
    document = without_summaries(document)
    if not hides_some(document):
        return _noted(_read(lines_of(document), name, without), document)
    shown = _read(visible(lines_of(document)), name, without)
    revealed = _read(lines_of(document, revealed=True), name, without)
    if not shown:
        return _noted([(only_hidden(report), origins) for report, origins in revealed], document)
    return _noted([with_revealed(part, revealed) for part in shown], document)


def _noted(read: Iterable[Part], document: Document) -> list[Part]:
    return [(report.with_notes(*document.notes), origins) for report, origins in read]


def _read(lines: list[Line], name: str, without: frozenset[str]) -> list[Part]:
    for step in STEPS:
        if lines and step.__name__ not in without:
            lines = step(lines)
    running = running_titles(lines)
    own = list(parts(without_lines(lines, running)))
    # A page's header is no title, but it may be all that says whose report it is.
    header = running[:1] if len(own) == 1 else []
    read = (_report(part, name, without, header, is_last=part is own[-1]) for part in own)
    return [part for part in read if part is not None]


def _report(
    lines: Sequence[Line],
    name: str,
    without: frozenset[str],
    header: Sequence[Line],
    *,
    is_last: bool,
) -> Part | None:
    tables = split_tables(lines)
    adopted = adopt(tables)
    tables.cut = ends_within(lines, tables) if is_last else None
    found = [key for key in TABLE_KEYS if tables.found(key)]
    if not found:
        return None
    editions: dict[TableKey, EditionKey | None] = dict.fromkeys(TABLE_KEYS)
    cells: dict[str, Cell] = {}
    notes: list[Note] = []
    origins: dict[str, Origin] = {}
    unprinted: list[str] = []
    for key in found:
        other = editions["disclosure"] or editions["applications"]
        read = read_table(tables, key, other, place=CHOOSE_PLACEMENT not in without)
        editions[key] = read.edition
        cells |= read.cells
        notes += read.notes
        origins |= read.origins
        unprinted += read.unprinted
    mixed = tables_of_two(tables)
    text = tuple(paragraphs(lines))
    who, years = _who_and_when(lines, header, name)
    report = Report(
        who.agency,
        who.year,
        editions,
        given_up(cells, mixed) if mixed else cells,
        text,
        (
            *_identity_notes(who, years),
            *adopted,
            *notes,
            *_doubled(tables, mixed),
            *unseparated_note(cells, mixed),
        ),
        who.title,
        READER_VERSION,
        years,
        tuple(unprinted),
    )
    return report, origins


def _who_and_when(
    lines: Sequence[Line], header: Sequence[Line], name: str
) -> tuple[Identity, tuple[YearSaid, ...]]:
    """Return whose report it is and of which year; where that is open, the years that are named."""
    who = identify(lines, name)
    if header and who.source != "title":
        who = identify([*header, *lines], name)
    title = None if who.source == "file" else who.year
    said = years_said(title, tuple(spoken(lines)), name)
    years = in_conflict(said)
    if years:
        return replace(who, year=None), years
    return replace(who, year=title or said.get("period") or who.year or said.get("prose")), ()


def _identity_notes(who: Identity, years: Sequence[YearSaid]) -> Iterator[Note]:
    if who.agency is None:
        yield Note("agency_unknown", _("没有读出报告的机关名称。"))
    if years:
        yield Note("identity_conflict", _conflict(years))
    elif who.year is None:
        yield Note("year_unknown", _("没有读出报告的年度。"))
    if (who.agency or who.year) and who.source != "title":
        yield Note("identity_weak", _("标题中没有读出机关和年度，取自文件名或正文，请核对。"))


def _conflict(years: Sequence[YearSaid]) -> str:
    names = witness_names()
    said = _("，").join(
        _("{who}写的是 {year} 年").format(
            who=_("、").join(names[witness] for witness in item.says), year=item.value
        )
        for item in years
    )
    return _("报告的年度前后不一：{said}。请确认是哪一年。").format(said=said)


def _doubled(tables: PrintedTables, mixed: Collection[TableKey]) -> Iterator[Note]:
    for key in dict.fromkeys(table for table, _row in tables.doubled if table not in mixed):
        yield Note(
            "table_doubled", _("同一张表格在文件中出现两次，只取了第一次：{key}。").format(key=key)
        )
