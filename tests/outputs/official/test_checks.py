"""The checks of the form's workbook: every rule at every place, and LibreOffice comes to the same."""

import random
import shutil
import subprocess
from collections import Counter
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from form.editions import EDITION_KEYS, TABLE_KEYS, all_columns
from form.model import EditionKey
from form.report import Cell
from form.rules import RULES, YEAR_RULES, evaluate, sums, year_sums
from form.values import mark_of
from outputs.official import blank_workbook, report_workbook
from outputs.official.book import DASHES
from outputs.official.checks import checks_of, last_year
from outputs.official.contents import blank
from tests.outputs.official.test_round_trip import NOW, SEED, places, read_one
from tests.waiting import HANGS

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
FIRST = 5


def opened(data: bytes) -> Workbook:
    return load_workbook(BytesIO(data))


def lines(book: Workbook) -> list[list[object]]:
    """The lines of the sheet of checks that hold a verdict, of this year and of both."""
    found = [[cell.value for cell in row] for row in book["核对"].iter_rows(min_row=FIRST)]
    return [line for line in found if line[5] is not None and line[0] != "关系"]


@pytest.mark.parametrize("edition", EDITION_KEYS)
def test_every_rule_is_checked_at_every_place(edition: EditionKey) -> None:
    names = Counter(str(line[0]) for line in lines(opened(blank_workbook(edition))))
    editions = dict.fromkeys(TABLE_KEYS, edition)
    wanted = [item.rule.name for key in TABLE_KEYS for item in sums(key, edition)]
    wanted += [item.rule.name for item in year_sums(editions, editions)]
    assert names == Counter(wanted)
    assert {rule.name for rule in RULES} <= set(names)
    asked = {rule.name for rule in YEAR_RULES if rule.asks(edition)}
    assert asked <= set(names)


@pytest.mark.parametrize("edition", EDITION_KEYS)
def test_what_turns_red_is_what_the_sheet_of_checks_says(edition: EditionKey) -> None:
    """The formats of the form rest on the same formulas as the lines that LibreOffice works out."""
    data = blank_workbook(edition)
    book, cells = opened(data), places(data)
    shown = {
        formula.replace("'年报'!", ""): set(str(found.sqref).split())
        for found in book["年报"].conditional_formatting
        for rule in found.rules
        for formula in rule.formula
        if "<>$" not in formula and formula.startswith("SUM")
    }
    checks = list(checks_of(blank(edition), cells))
    assert shown == {item.fails: {cells[address] for address in item.red} for item in checks}
    said = {
        f"{line[2]}<>{line[3]}".replace("=", "").replace("'年报'!", "")
        for line in lines(book)[: len(checks)]
    }
    assert said == set(shown)


def test_a_sum_with_a_cell_that_cannot_be_told_is_left_open() -> None:
    address = "applications.granted.business"
    report = blank("2021", "甲市水务局", 2024)
    unread = Cell(None, "unknown", candidates=(0, 4))
    report = replace(report, cells={**report.cells, address: unread})
    book = opened(report_workbook(report, NOW))
    said = Counter(line[5] for line in lines(book) if not str(line[5]).startswith("=IF"))
    wanted = [item for item in sums("applications", "2021") if address in item.addresses]
    assert said == Counter({'="有读不准的格"': len(wanted)})
    red = sum(
        formula.startswith("SUM")
        for found in book["年报"].conditional_formatting
        for rule in found.rules
        for formula in rule.formula
    )
    assert red == sum(len(sums(key, "2021")) for key in TABLE_KEYS) - len(wanted)


def test_dashes_are_those_that_readers_take_for_one() -> None:
    assert {mark_of(sign) for sign in DASHES} == {"dash"}


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("edition", EDITION_KEYS)
def test_libreoffice_finds_what_the_rules_find(edition: EditionKey, tmp_path: Path) -> None:
    chance = random.Random(f"{SEED} {edition}")
    data = blank_workbook(edition, "甲市水务局", 2024)
    book = opened(data)
    cells = places(data)
    for address, place in cells.items():
        if all_columns()[address].kind != "amount":
            value = chance.choice([0, 0, 0, 1, 2, 30, None, "-", "—"])
            book["年报"][place] = value
    # Last year's figures, of which every other is known.
    known = dict(list(last_year(blank(edition)).items())[::2])
    checks = book["核对"]
    labels = {
        checks.cell(row, 2).value: row
        for row in range(FIRST, checks.max_row + 1)
        if checks.cell(row, 1).value == "上年"
    }
    for number, name in enumerate(known.values()):
        checks.cell(labels[name], 3).value = number
    book.save(tmp_path / "填好.xlsx")
    subprocess.run(
        [
            str(OFFICE),
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(tmp_path / "out"),
            str(tmp_path / "填好.xlsx"),
        ],
        check=True,
        capture_output=True,
        timeout=HANGS,
    )
    done = load_workbook(tmp_path / "out" / "填好.xlsx", data_only=True)
    report = read_one((tmp_path / "填好.xlsx").read_bytes(), "填好.xlsx")
    found = lines(done)
    outcomes = evaluate(report.cells, [item for key in TABLE_KEYS for item in sums(key, edition)])
    assert [(line[2], line[3], line[5]) for line in found[: len(outcomes)]] == [
        (item.left, item.right, "相符" if item.left == item.right else "不符") for item in outcomes
    ], SEED
    wrong = sum(line[5] == "不符" for line in found)
    assert done["核对"]["A2"].value == f"有 {wrong} 条关系不符"
    unsaid = [line[5] for line in found[len(outcomes) :]].count("未填上年数")
    assert 0 < unsaid < len(found) - len(outcomes)
