"""A measure: a figure with a name, a unit and the cells of the form that it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from form.editions import APPLICANTS, EDITION_KEYS, TABLE_KEYS
from form.language import _
from form.model import EditionKey, TableKey, split_address
from form.names import SEPARATOR, column_name, row_name
from form.rules import outcome_rows
from measures.words import words

Kind = Literal["count", "amount", "share"]
Group = Literal["applications", "applicants", "disclosure", "disputes"]
Unit = Literal["件", "项", "万元", "%"]


@dataclass(frozen=True, slots=True)
class Source:
    """The addresses that a measure adds up in one edition; `over` is what a share divides by."""

    edition: EditionKey
    cells: tuple[str, ...]
    over: tuple[str, ...] = ()

    @property
    def addresses(self) -> tuple[str, ...]:
        """All addresses that the measure is made of, each once."""
        return tuple(dict.fromkeys((*self.cells, *self.over)))


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure that agencies and years can be compared by.

    `key` is its name in links and files; "new_received.natural_person" is the part of
    "new_received" that one kind of applicant has. An edition without a source has no such figure.
    """

    key: str
    group: Group
    table: TableKey
    kind: Kind
    unit: Unit
    sources: tuple[Source, ...]

    @property
    def label(self) -> str:
        """The measure's name in Chinese."""
        base, _dot, applicant = self.key.partition(".")
        label = words()[base].label
        names = {column.key: column.label for column in APPLICANTS}
        if not applicant:
            return label
        return _("{measure}（{applicant}）").format(measure=label, applicant=names[applicant])

    @property
    def phrase(self) -> str:
        """What follows 共 in a sentence: 新收申请."""
        base, _dot, applicant = self.key.partition(".")
        return self.label if applicant else words()[base].phrase

    @property
    def caveat(self) -> str:
        """What to know where editions differ, "" where there is nothing."""
        return words()[self.key.partition(".")[0]].caveat

    @property
    def editions(self) -> tuple[EditionKey, ...]:
        """The editions in which the figure exists."""
        return tuple(source.edition for source in self.sources)

    @property
    def formula(self) -> str:
        """How the figure is made, in the form's own labels; both editions where they differ."""
        told = {source.edition: _formula(source) for source in self.sources}
        if len(told) == len(EDITION_KEYS) and len(set(told.values())) == 1:
            return next(iter(told.values()))
        return _("；").join(
            _("{edition} 年版：{formula}").format(edition=edition, formula=formula)
            for edition, formula in told.items()
        )


def _formula(source: Source) -> str:
    if not source.over:
        return _sum_text(source.edition, source.cells)
    return _("{part} ÷ {whole}").format(
        part=_sum_text(source.edition, source.cells),
        whole=_sum_text(source.edition, source.over),
    )


def _sum_text(edition: EditionKey, cells: tuple[str, ...]) -> str:
    """Return the printed names of what is added up: its rows, then its columns."""
    keys = [split_address(place) for place in cells]
    rows = list(dict.fromkeys(row for _table, row, _column in keys))
    columns = list(dict.fromkeys(column for _table, _row, column in keys))
    table = next(key for key in TABLE_KEYS if key == keys[0][0])
    heads = [column_name(table, edition, rows[0], column) for column in columns]
    return SEPARATOR.join((_rows_text(table, edition, rows), _plus(heads)))


def _rows_text(table: TableKey, edition: EditionKey, rows: list[str]) -> str:
    """Return the names of rows; of all rows of a group only the group's."""
    if table == "applications" and tuple(rows) == outcome_rows(edition):
        return _("三（一）至（六）各项之和")
    names = [row_name(table, edition, row) for row in rows]
    groups = {name.split(SEPARATOR)[0] for name in names}
    if len(names) > 1 and len(groups) == 1:
        return _("{group}各项之和").format(group=groups.pop())
    return _plus(names)


def _plus(names: list[str]) -> str:
    return f"（{' + '.join(names)}）" if len(names) > 1 else names[0]
