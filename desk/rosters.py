"""A roster from a file or pasted text: whom each line means, and letting it be so."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from desk.files import tables_of
from form.figures import grouped
from form.language import _
from form.roster_lines import Lines, lines_of, rows_of_text
from form.roster_plan import Plan, Planned, plan, status_names
from library.errors import LibraryError
from library.roster import RowChange
from library.store import Library

MOST_LINES = 20_000


def lines_of_file(name: str, data: bytes) -> Lines:
    """Return the lines of the first table with names in a file; raises LibraryError."""
    found = [lines_of(_columns(rows)) for rows in tables_of(name, data)]
    lines = next((item for item in found if item.lines), None)
    if lines is None:
        raise LibraryError(_("文件里没有名册：要有一列“机构名称”。"))
    return _bounded(lines)


def _columns(rows: Sequence[Sequence[str]]) -> Sequence[Sequence[str]]:
    """Return rows whose only column may still be several, as in a short text."""
    if any(len(row) != 1 for row in rows):
        return rows
    return rows_of_text("\n".join(row[0] for row in rows))


def lines_of_text(text: str) -> Lines:
    """Return the lines of pasted text; raises LibraryError for too many."""
    return _bounded(lines_of(rows_of_text(text)))


def planned(
    library: Library, lines: Lines, year: int, meant: Mapping[str, str] | None = None
) -> Plan:
    """Return what an import of a year's roster would do; `meant` answers what was asked."""
    roster, registry = library.roster.now(), library.agencies.registry()
    known = [agency.agency for agency in library.agencies.all()]
    if not known:
        # Nothing is there that a name could be mistaken for: the list says itself who they are.
        meant = {**{line.name: line.name for line in lines.lines}, **(meant or {})}
    return plan(lines.lines, year, roster, registry, known, meant)


def carry_out(
    library: Library,
    found: Plan,
    who: str | None,
    reason: str,
    drop: Collection[str] = (),
) -> int:
    """Let a plan be so: all that is clear, in one transaction; return how many rows changed.

    `drop` are those absent from it that owe no report from its year on. A line's own reason goes
    before `reason`.
    """
    changes = [*_changes(found.those("joins", "changed"), reason)]
    changes += [
        RowChange(row.agency, {"due_to": found.year - 1}, reason)
        for row in found.absent
        if row.agency in drop
    ]
    return len(library.roster.put(changes, who))


def plan_words(
    found: Plan, changed: int, unknown: Sequence[str], dropped: Collection[str]
) -> Iterable[str]:
    """Yield what an import did and what it left, a line each."""
    yield _("{year} 年度名册：{n} 行，改动 {changed} 处").format(
        year=found.year, n=grouped(len(found.lines)), changed=grouped(changed)
    )
    if unknown:
        yield _("没有用上的栏目：{names}").format(names=_("、").join(unknown))
    for item in found.those("asked", "refused"):
        said = status_names()[item.status]
        alike = _("，可能是 {names}").format(names=_("、").join(item.candidates))
        yield _("第 {line} 行 {name}：{said}，{why}{alike}").format(
            line=item.line.number,
            name=item.line.name,
            said=said,
            why=item.why,
            alike=alike if item.candidates else "",
        )
    for row in found.absent:
        text = (
            _("{agency}：不再应报") if row.agency in dropped else _("{agency}：文件里没有，仍应报")
        )
        yield text.format(agency=row.agency)


def _changes(lines: Sequence[Planned], reason: str) -> Iterable[RowChange]:
    for item in lines:
        if item.agency is not None:
            yield RowChange(item.agency, item.fields, item.line.reason or reason)


def _bounded(lines: Lines) -> Lines:
    if len(lines.lines) > MOST_LINES:
        raise LibraryError(_("名册最多 {n} 行。").format(n=grouped(MOST_LINES)))
    return lines
