"""What the readers of today make of the originals: held against what is kept.

`library.replacing` lets it take the place of what is kept.

Reports that were typed in have no reading by a program and are left out. Those in the queue and in
the recycle bin are read too.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from form.editions import TABLE_KEYS, all_columns
from form.exchange import notes_to_json, years_to_json
from form.language import _
from form.names import oddity_names
from form.report import Cell, Json, Report
from library.errors import LibraryError
from library.importing import READ_AT_ONCE, READER, Reader, read_again, read_file
from library.queries import chunks
from library.rows import decode, identity_read
from library.saving import Reading
from library.schema import decision, evidence, file, report
from library.store import Library

NOTES: Final = "notes"
"""Address of a change of what the reader wants known."""
PROSE: Final = "prose"
"""Address of a change of prose, before the number of its section."""
YEARS: Final = "years"
"""Address of a change of the years that a document leaves open, with who names each."""
UNPRINTED: Final = "unprinted"
"""Address of a change of the rows that a table is said not to print."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that another reading says otherwise of a kept report.

    `address` is a cell's (`old` and `new` are cells as `read --json` gives them, None where there
    is none), `agency`, `year`, `title`, `edition.TABLE`, `prose.SECTION` (texts), or `years`,
    `unprinted`, `notes` (lists). It is None where the file cannot be taken for this report any more: `old` is then how
    many reports the file gave, `new` how many it gives, None where it is refused; `why` says so.
    """

    report_id: int
    agency: str | None
    year: int | None
    address: str | None
    old: Any
    new: Any
    why: str
    reader_from: int | None
    reader_to: int | None

    def to_json(self) -> Json:
        """Return the change as the interface gives it."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Kept:
    """A report as it was read and kept; `reading` names whom the file named."""

    report_id: int
    agency: str | None
    year: int | None
    reading: Report


@dataclass(frozen=True, slots=True)
class Selection:
    """Whose reports are meant, as the library files them; of all agencies or years where empty."""

    agencies: tuple[str, ...] = ()
    years: tuple[int, ...] = ()

    @property
    def is_all(self) -> bool:
        """Say whether every report is meant, those in the queue too."""
        return not self.agencies and not self.years

    def has(self, agency: str | None, year: int | None) -> bool:
        """Say whether a report of this agency and year is meant."""
        of_agency = not self.agencies or agency in self.agencies
        return of_agency and (not self.years or year in self.years)


EVERYTHING: Final = Selection()


@dataclass(frozen=True, slots=True)
class Source:
    """A file that gave reports, by the hash of its bytes; `report_ids` in their order in it.

    `meant` are those that were asked for: the others are only there to tell which is which.
    """

    sha256: str
    name: str
    report_ids: tuple[int, ...]
    file_id: int
    meant: frozenset[int]


def read_by_programs() -> sa.ColumnElement[bool]:
    """Return the condition on `report` that a program read it: it was not typed in."""
    typed = sa.select(decision.c.report_id).where(
        decision.c.action == "type", decision.c.report_id.is_not(None)
    )
    return sa.and_(report.c.typing_since.is_(None), report.c.id.not_in(typed))


def sources(
    library: Library, selection: Selection = EVERYTHING, *, needed: bool = False
) -> tuple[Source, ...]:
    """Return the files that gave reports of a selection, in the order in which they came.

    Where there must be some (`needed`), raises LibraryError for a selection of no report.
    """
    own = (report.c.id, report.c.agency, report.c.year)
    query = (
        sa.select(file.c.sha256, file.c.name, file.c.id.label("file_id"), *own)
        .join_from(report, file)
        .where(read_by_programs())
        .order_by(file.c.id, report.c.position)
    )
    with library.reading() as connection:
        rows = connection.execute(query).all()
    found = []
    for (sha, name, file_id), group in groupby(rows, lambda row: tuple(row[:3])):
        reports = list(group)
        meant = frozenset(row.id for row in reports if selection.has(row.agency, row.year))
        if meant:
            found.append(Source(sha, name, tuple(row.id for row in reports), file_id, meant))
    if needed and not found and not selection.is_all:
        raise LibraryError(_("资料库里没有这些机构、这些年度的年报可以重读。"))
    return tuple(found)


def differences(
    library: Library, files: Sequence[Source], read: Reader = read_file, at_once: int = READ_AT_ONCE
) -> Iterator[tuple[Source, tuple[Change, ...]]]:
    """Read originals again, `at_once` at a time, and yield what of each is read otherwise.

    In the order of the files, each as soon as it and those before it are read. Keeps nothing.
    """
    for source, found in found_again(library, files, read, at_once):
        with library.reading() as connection:
            kept = kept_reports(connection, source.report_ids)
        yield source, compared(kept, found).of(source.meant).changes


def found_again(
    library: Library, files: Sequence[Source], read: Reader = read_file, at_once: int = READ_AT_ONCE
) -> Iterator[tuple[Source, Reading | str]]:
    """Read originals again, `at_once` at a time; yield what each holds, or why it gives no report.

    In the order of the files, each as soon as it and those before it are read.
    """
    left = iter(files)
    with ThreadPoolExecutor(at_once, "rereading") as pool:
        ahead: deque[tuple[Source, Future[Reading | str]]] = deque()

        def submit(some: Iterator[Source]) -> None:
            ahead.extend((one, pool.submit(_again, library, one, read)) for one in some)

        try:
            submit(islice(left, 4 * at_once))
            while ahead:
                source, found = ahead.popleft()
                yield source, found.result()
                submit(islice(left, 1))
        finally:
            pool.shutdown(cancel_futures=True)


def _again(library: Library, source: Source, read: Reader) -> Reading | str:
    try:
        return read_again(source.name, library.originals.get(source.sha256), read)
    except LibraryError as error:
        return error.message


@dataclass(frozen=True, slots=True)
class Compared:
    """What a file says otherwise now, and the new reading of each report (by id) that can have it."""

    changes: tuple[Change, ...]
    new: Mapping[int, Report]

    def of(self, report_ids: Collection[int]) -> Compared:
        """Return what concerns some reports alone."""
        return Compared(
            tuple(change for change in self.changes if change.report_id in report_ids),
            {number: new for number, new in self.new.items() if number in report_ids},
        )


def compared(kept: Sequence[Kept], found: Reading | str) -> Compared:
    """Hold what a file holds now against the reports that it gave, in their order in the file.

    Where it cannot be told which report is which, nothing of the file may be replaced: numbers
    must never go from one agency to another.
    """
    if isinstance(found, str):
        return Compared(tuple(_left(one, len(kept), None, found) for one in kept), {})
    new = found.reports
    if len(new) != len(kept):
        why = _("这个文件原来读出 {old} 份年报，现在读出 {new} 份").format(
            old=len(kept), new=len(new)
        )
        return Compared(tuple(_left(one, len(kept), len(new), why) for one in kept), {})
    pairs = list(zip(kept, _in_order_of(kept, new), strict=True))
    if len(kept) > 1 and not all(_same_name(one.reading, other) for one, other in pairs):
        why = _("这个文件里几份年报的归属读法变了，分不清哪份是哪份")
        return Compared(tuple(_left(one, len(kept), len(new), why) for one in kept), {})
    said = {one.report_id: changes(one, other) for one, other in pairs}
    return Compared(
        tuple(change for found in said.values() for change in found),
        {one.report_id: other for one, other in pairs if said[one.report_id]},
    )


def _same_name(one: Report, other: Report) -> bool:
    """Say whether two readings may be of one report: what both say of its name is the same."""
    names = ((one.agency, other.agency), (one.year, other.year))
    return all(was == now or was is None for was, now in names)


def _left(one: Kept, old: int, new: int | None, why: str) -> Change:
    whose = (one.report_id, one.agency, one.year)
    return Change(*whose, None, old, new, why, one.reading.reader, READER)


def kept_reports(connection: Connection, report_ids: Sequence[int]) -> list[Kept]:
    """Return reports as they were read, in the order of their ids given."""
    found = {}
    for ids in chunks(report_ids):
        query = sa.select(report, evidence.c.content).join(evidence).where(report.c.id.in_(ids))
        for row in connection.execute(query).mappings():
            agency, year = identity_read(row["content"])
            reading = decode({**row, "agency": agency, "year": year}, row["content"])
            found[row["id"]] = Kept(row["id"], row["agency"], row["year"], reading)
    return [found[number] for number in report_ids]


def _in_order_of(kept: Sequence[Kept], new: Sequence[Report]) -> Sequence[Report]:
    """Return the reports of a file beside those that they were: by name, else by their places."""
    by_name = {(one.agency, one.year): one for one in new}
    wanted = [(one.reading.agency, one.reading.year) for one in kept]
    if len(by_name) == len(new) and set(wanted) == by_name.keys():
        return [by_name[name] for name in wanted]
    return new


def changes(kept: Kept, new: Report) -> tuple[Change, ...]:
    """Return what a new reading says otherwise than the kept one, cells in the form's order."""
    old = kept.reading
    why_cells = {address: note.message for note in new.notes for address in note.cells}
    pairs: list[tuple[str, Any, Any, str]] = []
    for name in ("agency", "year", "title"):
        pairs.append((name, getattr(old, name), getattr(new, name), _("归属或标题的读法变了")))
    for key in TABLE_KEYS:
        was, now = old.editions.get(key), new.editions.get(key)
        pairs.append((f"edition.{key}", was, now, _("表样的读法变了")))
    for address in all_columns():
        one, other = old.cells.get(address), new.cells.get(address)
        if _what(one) != _what(other):
            why = why_cells.get(address) or _why(one, other)
            pairs.append((address, one and one.to_json(), other and other.to_json(), why))
    texts = _by_section(old), _by_section(new)
    for section in sorted({*texts[0], *texts[1]}):
        before, after = (text.get(section) for text in texts)
        pairs.append((f"{PROSE}.{section}", before, after, _("正文的读法变了")))
    for name, why, lists in (
        (YEARS, _("年度的依据变了"), [years_to_json(each.years) for each in (old, new)]),
        (UNPRINTED, _("哪些行没有印出，读法变了"), [list(each.unprinted) for each in (old, new)]),
        (NOTES, _("读取时的说明变了"), [notes_to_json(each.notes) for each in (old, new)]),
    ):
        pairs.append((name, *lists, why))
    whose = (kept.report_id, kept.agency, kept.year)
    return tuple(
        Change(*whose, address, before, after, why, old.reader, new.reader)
        for address, before, after, why in pairs
        if before != after
    )


def _what(cell: Cell | None) -> tuple[Any, ...] | None:
    """Return what is compared of a cell: all but where it stood, and who read it."""
    if cell is None:
        return None
    return cell.mark, cell.value, cell.unit, cell.raw, cell.candidates, frozenset(cell.oddities)


def _why(old: Cell | None, new: Cell | None) -> str:
    if old is None:
        return _("原来没有读出这张表")
    if new is None:
        return _("现在没有读出这张表")
    if set(old.oddities) != set(new.oddities):
        return _("这一格印法的读法变了：{marks}").format(
            marks=_("、").join(oddity_names()[code] for code in new.oddities) or _("没有特别之处")
        )
    return _("同一处的读法变了") if old.place == new.place else _("读自原件的另一处")


def _by_section(read: Report) -> dict[int, str]:
    found: dict[int, list[str]] = {}
    for paragraph in read.paragraphs:
        found.setdefault(paragraph.section, []).append(paragraph.text)
    return {section: "\n".join(texts) for section, texts in found.items()}
