"""Cases from their files: one TOML file a rule, in `cases/`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from conformance.case import Case, ExpectedChange, ExpectedExplanation, ExpectedFinding
from conformance.grid import Editions, cells_of, written_cells
from form.editions import EDITION_KEYS, TABLE_KEYS, table
from form.labels import PROSE_SECTION_TITLES
from form.model import TableKey
from form.report import Cell, Paragraph, Report, Value
from form.rules import RULES, sums

FOLDER: Final = Path(__file__).parent / "cases"
DEFAULTS: Final = "defaults.toml"
ALIKE: Final[TableKey] = "disputes"
"""The table that both editions print alike: no document tells which of them it is."""

NUMERALS: Final = dict(enumerate("一二三四五六", start=1))
"""The numbers that the six headings are printed with."""

Toml = dict[str, Any]


@cache
def cases(rule: str | None = None) -> tuple[Case, ...]:
    """Return the cases about one rule or kind of explanation, or all of them, in file order."""
    files = sorted(path for path in FOLDER.glob("*.toml") if path.name != DEFAULTS)
    found = (case for path in files for case in read_cases(path.read_text(encoding="utf-8")))
    return tuple(case for case in found if rule in (None, case.rule))


def read_cases(text: str) -> Iterator[Case]:
    """Yield the cases of one file; raises KeyError, ValueError where it is not written as it should."""
    file = tomllib.loads(text)
    for data in file["case"]:
        try:
            yield _case(file["rule"], data)
        except (KeyError, ValueError, TypeError) as error:
            raise ValueError(f"case {data.get('id')}: {error!r}") from error


@cache
def _defaults() -> Toml:
    return tomllib.loads((FOLDER / DEFAULTS).read_text(encoding="utf-8"))


def _case(rule: str, data: Toml) -> Case:
    editions = _editions(data)
    report = _report(data, data)
    return Case(
        id=data["id"],
        rule=rule,
        title=data["title"],
        sentence=data["sentence"],
        report=report,
        cells=tuple(written_cells(data.get("grid", ""), editions)),
        rest=data.get("rest", "0"),
        others=tuple(_report(other, data) for other in data.get("other", [])),
        findings=tuple(_finding(item, editions) for item in data["findings"]),
        explanations=_explanations(data, report.cells),
        complete=data.get("complete", True),
        first=data.get("first", False),
    )


def _editions(data: Toml) -> Editions:
    """Return the edition of every table that the report holds; `edition` is one for all or by table."""
    said = data["edition"]
    by_table = said if isinstance(said, dict) else dict.fromkeys(TABLE_KEYS, said)
    held = [key for key in TABLE_KEYS if key not in data.get("without", [])]
    return {
        key: next(item for item in EDITION_KEYS if item == by_table.get(key, EDITION_KEYS[-1]))
        for key in held
    }


def _report(data: Toml, case: Toml) -> Report:
    editions = _editions(data)
    agency = data.get("agency", case.get("agency", _defaults()["agency"]))
    year = data.get("year")
    cells = cells_of(data.get("grid", ""), editions, data.get("rest", "0"))
    unprinted = tuple(data.get("unprinted", []))
    lost = (place for place in cells if place.rpartition(".")[0] in unprinted)
    return Report(
        agency=agency,
        year=year,
        editions={key: None if key == ALIKE else said for key, said in editions.items()},
        cells=cells | {place: Cell(None, "unknown") for place in lost},
        paragraphs=_paragraphs(data, editions),
        title=f"{agency}{year or ''}{_defaults()['title']}",
        unprinted=unprinted,
    )


def _paragraphs(data: Toml, editions: Editions) -> tuple[Paragraph, ...]:
    """Return the running text with its headings; none at all where the case writes no prose."""
    if "prose" not in data:
        return ()
    texts: Toml = {**_defaults()["prose"], **data["prose"]}
    for number in data.get("without_sections", []):
        del texts[str(number)]
    headings = {
        number: f"{NUMERALS[number]}、{PROSE_SECTION_TITLES[number]}" for number in map(int, texts)
    }
    headings |= {
        number: table(key, editions[key]).title
        for number, key in enumerate(TABLE_KEYS, start=2)
        if key in editions
    }
    headings |= {int(number): text for number, text in data.get("headings", {}).items()}
    return tuple(
        Paragraph(number, text)
        for number in sorted(headings)
        for text in (headings[number], *filter(None, texts.get(str(number), "").splitlines()))
    )


def _finding(data: Toml, editions: Editions) -> ExpectedFinding:
    """Return an expected finding; a sum's cells follow from its rule and its row or column."""
    given = {**data}
    for name in ("cells", "names"):
        if name in given:
            given[name] = tuple(given[name])
    found = ExpectedFinding(**given)
    for rule in RULES:
        if rule.code == found.rule and found.cells is None:
            place = found.column if rule.axis == "column" else found.row
            item = next(
                one
                for one in sums(rule.table, editions[rule.table])
                if one.key == place and one.rule is rule
            )
            return replace(found, table=rule.table, cells=item.addresses)
    return found


def _explanations(data: Toml, cells: Mapping[str, Cell]) -> tuple[ExpectedExplanation, ...] | None:
    if "suspects" not in data:
        return None
    return tuple(_explanation(item, cells) for item in data["suspects"])


def _explanation(data: Toml, cells: Mapping[str, Cell]) -> ExpectedExplanation:
    """Return an expected explanation; what is printed in its cells must be what the grid says."""
    kinds = data["kind"]
    changes = []
    for written in data["changes"]:
        place, _, arrow = written.partition(":")
        before, after = (_value(text) for text in arrow.split("→"))
        if cells[place].value != before:
            raise ValueError(f"{place} holds {cells[place].value}, not {before}")
        changes.append(ExpectedChange(place, before, after))
    return ExpectedExplanation((kinds,) if isinstance(kinds, str) else tuple(kinds), tuple(changes))


def _value(text: str) -> Value:
    """Return a number, or None for 空."""
    return None if text.strip() == "空" else int(text)
