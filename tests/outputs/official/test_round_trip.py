"""What is written by hand into the blank form, or by the program into a file, is read back cell by cell."""

import os
import random
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from form.editions import EDITION_KEYS, TABLE_KEYS, all_columns, table
from form.model import EditionKey
from form.report import Cell, Paragraph, Report
from loaders import read
from outputs.official import WRITERS, blank_workbook
from outputs.official.book import DASHES
from outputs.official.contents import blank
from sample_reports import FOLDER

NOW = datetime(2026, 2, 1, tzinfo=UTC)
SEED = int(os.environ.get("SEED") or random.SystemRandom().randrange(10**9))
Told = tuple[str, object, str | None]
Typed = tuple[object, Told]


def told(report: Report) -> dict[str, Told]:
    return {place: (cell.mark, cell.value, cell.unit) for place, cell in report.cells.items()}


def read_one(data: bytes, name: str) -> Report:
    (report,) = read(data, name)
    return report


def places(data: bytes) -> dict[str, str]:
    """Where each address stands in a workbook, as the desk itself reads it."""
    return {place: cell.place.cell or "" for place, cell in read_one(data, "a.xlsx").cells.items()}


def something(chance: random.Random, address: str) -> Typed:
    """What an organ may type into a cell, and what it says."""
    column = all_columns()[address]
    kind = chance.choice(["number", "number", "number", "zero", "blank", "dash", "text number"])
    unit = column.unit if column.kind == "amount" else None
    if kind == "blank":
        return None, ("blank", None, None)
    if kind == "dash":
        return chance.choice(DASHES), ("dash", None, None)
    if column.kind == "amount":
        amount = Decimal(0) if kind == "zero" else Decimal(chance.randrange(1, 10**7)) / 100
        if unit is None and kind == "text number":
            said = chance.choice(["万元", "元"])
            return f"{amount}{said}", ("number", amount, said)
        return float(amount), ("number", amount, unit)
    count = 0 if kind == "zero" else chance.randrange(1, 10 ** chance.randrange(1, 7))
    if column.kind == "change" and chance.random() < 0.5:
        count = -count
    return (str(count) if kind == "text number" else count), ("number", count, None)


@pytest.mark.parametrize("edition", EDITION_KEYS)
def test_the_blank_form_is_a_form_with_nothing_in_it(edition: EditionKey) -> None:
    report = read_one(blank_workbook(edition), "空白表样.xlsx")
    assert told(report) == told(blank(edition))
    assert (report.agency, report.year) == (None, None)
    named = read_one(blank_workbook(edition, "甲市水务局", 2024), "空白表样.xlsx")
    assert (named.agency, named.year) == ("甲市水务局", 2024)
    assert blank_workbook(edition) == blank_workbook(edition)


@pytest.mark.parametrize("edition", EDITION_KEYS)
@pytest.mark.parametrize("turn", range(4))
def test_every_cell_that_an_organ_fills_comes_back(edition: EditionKey, turn: int) -> None:
    chance = random.Random(f"{SEED} {edition} {turn}")
    data = blank_workbook(edition, "甲市水务局", 2024)
    book = load_workbook(BytesIO(data))
    wanted = {}
    for address, place in places(data).items():
        typed, wanted[address] = something(chance, address)
        book["年报"][place] = typed
        assert not book["年报"][place].protection.locked
    filled = BytesIO()
    book.save(filled)
    report = read_one(filled.getvalue(), "甲市水务局2024年.xlsx")
    found = told(report)
    assert {key: found[key] for key in wanted if found[key] != wanted[key]} == {}, SEED
    assert set(found) == set(wanted)
    assert (report.agency, report.year, report.edition) == ("甲市水务局", 2024, edition)


def random_report(chance: random.Random, edition: EditionKey) -> Report:
    """A report of which each cell is anything that a cell can be, unknown included."""
    cells = {}
    for key in TABLE_KEYS:
        for address in table(key, edition).addresses(optional=chance.random() < 0.3):
            _typed, (mark, value, unit) = something(chance, address)
            raw = chance.choice(["-", "—", "/", "无"]) if mark == "dash" else ""
            cells[address] = Cell(value, mark, raw, unit=unit)  # type: ignore[arg-type]
            if chance.random() < 0.02:
                cells[address] = Cell(None, "unknown", candidates=(1, None))
            elif chance.random() < 0.02 and value is not None:
                cells[address] = Cell(value, "typed", unit=unit, printed=Cell(7, "number", "7"))  # type: ignore[arg-type]
    prose = tuple(Paragraph(section, f"第{section}部分的文字。") for section in (1, 5, 6))
    return Report("甲市水务局", 2024, dict.fromkeys(TABLE_KEYS, edition), cells, prose)


def printed_line(address: str) -> str:
    """The line of the form that a cell stands in: section 四 has only one."""
    table_key, row, _column = address.split(".")
    return table_key if table_key == "disputes" else row


def as_printed(report: Report) -> dict[str, Told]:
    """What a reader can tell of a report as it counts: a typed number is a number on paper."""
    typed = {"typed": "number"}
    return {
        place: (typed.get(mark, mark), value, unit)
        for place, (mark, value, unit) in told(report).items()
    }


@pytest.mark.parametrize("ending", WRITERS)
@pytest.mark.parametrize("edition", EDITION_KEYS)
@pytest.mark.parametrize("turn", range(3))
def test_a_report_that_was_written_comes_back(ending: str, edition: EditionKey, turn: int) -> None:
    chance = random.Random(f"{SEED} {ending} {edition} {turn}")
    report = random_report(chance, edition)
    back = read_one(WRITERS[ending](report, NOW), f"年报{ending}")
    wanted, found = as_printed(report), told(back)
    doubtful = {place for place, (mark, *_rest) in wanted.items() if mark == "unknown"}
    for place in doubtful:
        assert found[place][0] not in ("number", "blank", "dash"), SEED
    # One that cannot be told makes readers doubt its line; never does it shift or invent a number.
    lines = set(map(printed_line, doubtful))
    wrong = {
        place: (wanted[place], found.get(place))
        for place in wanted
        if place not in doubtful
        and found.get(place) != wanted[place]
        and not (printed_line(place) in lines and found[place][0] == "unknown")
    }
    assert wrong == {}, SEED
    assert set(found) == set(wanted)
    assert (back.agency, back.year, back.edition) == ("甲市水务局", 2024, edition)
    assert WRITERS[ending](report, NOW) == WRITERS[ending](report, NOW)


SAMPLES = sorted((FOLDER / "real").glob("*.txt")) + sorted((FOLDER / "invented").glob("*税务局*"))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
@pytest.mark.parametrize("ending", WRITERS)
def test_samples_come_back(path: Path, ending: str) -> None:
    report = read_one(path.read_bytes(), path.name)
    back = read_one(WRITERS[ending](report, NOW), f"年报{ending}")
    wanted, found = told(report), told(back)
    wrong = {
        place: (wanted[place], found.get(place))
        for place in wanted
        if wanted[place][0] != "unknown" and found.get(place) != wanted[place]
    }
    assert wrong == {}
    assert (back.agency, back.year, dict(back.editions)) == (
        report.agency,
        report.year,
        dict(report.editions),
    )
    if ending == ".docx":
        # Of a sheet no reader takes the text as prose.
        assert plain(back, lambda item: item.text) >= plain(report, lambda item: item.text)


def plain(report: Report, what: Callable[[Paragraph], str]) -> set[tuple[int, str]]:
    return {(item.section, what(item).strip()) for item in report.paragraphs}
