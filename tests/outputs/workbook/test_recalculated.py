"""LibreOffice opens the workbook and comes to the sums that it should."""

import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.outputs.workbook.books import data
from tests.waiting import HANGS

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = pytest.mark.skipif(
    OFFICE is None, reason="LibreOffice is not installed, so nothing can recalculate the workbook"
)


@pytest.fixture(scope="module")
def calculated(tmp_path_factory: pytest.TempPathFactory):
    folder: Path = tmp_path_factory.mktemp("office")
    (folder / "汇总.xlsx").write_bytes(data())
    subprocess.run(
        [
            str(OFFICE),
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(folder / "out"),
            str(folder / "汇总.xlsx"),
        ],
        check=True,
        capture_output=True,
        timeout=HANGS,
    )
    return load_workbook(folder / "out" / "汇总.xlsx", data_only=True)


def test_totals_balances_and_rates(calculated) -> None:
    sheet = calculated["汇总"]
    heads = [cell.value for cell in sheet[3]]
    lines = [dict(zip(heads, (cell.value for cell in row), strict=True)) for row in sheet["A4:S7"]]
    liaocheng, beidaihe, made_up, total = lines
    assert (total["本年新收申请"], total["予以公开"], total["行政诉讼"]) == (364, 171, 11)
    assert total["错误处数"] == 5
    assert [line["收支差额"] for line in lines] == [0, 4, 0, 4]
    rate = next(name for name in heads if name.startswith("公开率"))
    assert liaocheng[rate] == pytest.approx(65 / 105)
    assert beidaihe[rate] == 0
    assert made_up[rate] == pytest.approx(106 / 246)
    assert total[rate] == pytest.approx(171 / 355)


def test_no_cell_is_an_error(calculated) -> None:
    errors = [
        (sheet.title, cell.coordinate)
        for sheet in calculated
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "e"
    ]
    assert errors == []


def test_sums_of_the_tables(calculated) -> None:
    sheet = calculated["复议诉讼"]
    assert [sheet.cell(8, column).value for column in range(3, 8)] == [3, 1, 2, 1, 7]
