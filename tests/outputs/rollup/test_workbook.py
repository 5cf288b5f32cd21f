"""The workbook of a roll-up: live formulas that come to the sums, and no other formulas."""

import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from form.report import Cell
from measures.rollup.adding import roll_up
from measures.rollup.model import Filing, Member, Rollup
from measures.rollup.tracing import compared
from outputs.rollup import About, rollup_workbook
from tests.measures.rollup.made import PARENT, against, changed, filed, names, printed, report

ABOUT = About(datetime(2025, 3, 28, tzinfo=UTC), "0")
NEW = "applications.new_received.natural_person"


def book(*rollups: Rollup) -> Workbook:
    return load_workbook(BytesIO(rollup_workbook(rollups, ABOUT)))


def made(count: int = 5, gap: int = -9) -> Rollup:
    organs = filed(*(report(Random(n), name) for n, name in enumerate(names(count))))
    return against(organs, printed(organs, {NEW: gap} if gap else {}))


def test_there_is_a_sheet_for_each_table_and_for_the_parts() -> None:
    found = book(made())
    assert found.sheetnames == [
        *("说明", "主动公开", "依申请公开", "复议诉讼", "不同之处", "比对"),
        *("勾稽", "计入机构", "各机构的数"),
    ]


def test_the_same_sums_give_the_same_bytes() -> None:
    assert rollup_workbook([made()], ABOUT) == rollup_workbook([made()], ABOUT)


def test_every_value_of_a_table_is_a_formula_over_the_parts() -> None:
    found = book(made())
    formulas = [
        cell.value
        for name in ("主动公开", "依申请公开", "复议诉讼")
        for row in found[name].iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert len(formulas) == 200
    assert all("SUM('各机构的数'!" in str(text) for text in formulas)


def test_text_of_a_report_never_becomes_a_formula() -> None:
    evil = '=HYPERLINK("http://x")'
    organs = filed(
        changed(report(Random(1), evil), **{NEW.replace(".", "__"): Cell(None, "text", "=1+1")}),
        report(Random(2), "＠甲"),
    )
    parent = printed(filed(report(Random(2), "＠甲")))
    whole = compared(
        roll_up(
            2024,
            "all",
            [Member(evil), Member("＠甲")],
            {**organs, PARENT: Filing(PARENT, 1, parent)},
            {"＠甲": "+1"},
            PARENT,
        )[0]
    )
    found = book(replace(whole, parent=PARENT))
    texts = [
        cell.value
        for sheet in found
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.data_type != "f"
    ]
    assert evil in texts
    ours = ("IF(", "'")
    formulas = [
        str(cell.value)
        for sheet in found
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert formulas
    assert all(text.removeprefix("=").startswith((*ours, '"?"')) for text in formulas)


def test_each_edition_has_sheets_of_its_own() -> None:
    organs = filed(report(Random(1), "甲"), report(Random(2), "乙", "2019"))
    both = roll_up(2024, "all", [Member("甲"), Member("乙")], organs)
    found = book(*both)
    assert "依申请公开（2019 版）" in found.sheetnames
    assert "各机构的数（2021 版）" in found.sheetnames


def test_who_is_missing_and_left_out_stands_in_it() -> None:
    organs = filed(report(Random(1), "甲"), report(Random(2), "丙"))
    whole = roll_up(2024, "all", [Member("甲"), Member("乙"), Member("丙")], organs, {"丙": "撤并"})
    lines = [[cell.value for cell in row] for row in book(*whole)["计入机构"].iter_rows(min_row=4)]
    assert [line[:2] for line in lines if line[0]] == [
        ["甲", "计入"],
        ["乙", "缺报"],
        ["丙", "已排除"],
    ]
    assert lines[2][3] == "撤并"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice is installed")
def test_libreoffice_comes_to_the_same_sums(tmp_path: Path) -> None:
    organs = filed(*(report(Random(n), name) for n, name in enumerate(names(6))))
    odd = filed(
        changed(
            report(Random(9), "甲市第九局"),
            applications__granted__business=Cell(None, "unknown", candidates=(1, 2)),
            disputes__review__upheld=Cell(None, "text", "见附件"),
        )
    )
    whole = against({**organs, **odd}, printed(organs, {NEW: -9}))
    source = tmp_path / "r.xlsx"
    source.write_bytes(rollup_workbook([whole], ABOUT))
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile"]
    command += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "out")]
    subprocess.run([*command, str(source)], check=True, capture_output=True, timeout=300)
    found = load_workbook(tmp_path / "out" / "r.xlsx", data_only=True)
    compared_lines = list(found["比对"].iter_rows(min_row=4, values_only=True))
    told = [line for line in compared_lines if line[1] is not None]
    assert len(told) == 200
    for line, (place, cell) in zip(told, whole.cells.items(), strict=True):
        if cell.sum is None:
            assert line[2] == "?", place
        else:
            assert Decimal(repr(line[2])) == cell.sum, place
    checks = list(found["勾稽"].iter_rows(min_row=4, max_row=45, values_only=True))
    words = {True: "成立", False: "不成立", None: "不能判断"}
    assert [line[6] for line in checks] == [words[item.holds] for item in whole.outcomes]
