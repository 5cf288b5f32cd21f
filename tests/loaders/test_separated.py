"""Separated values: sheets as programs save them, told from prose by what their lines have."""

from random import Random

import pytest

from benchmarks.synthetic.render import MAKERS
from benchmarks.trials import drafts
from loaders import read
from loaders.document import Grid
from loaders.kinds import reader_of
from loaders.separated import read as document_of
from loaders.separated import recognises

HEAD = "丁县水利局2023年政府信息公开工作年度报告\r\n二、主动公开政府信息情况\r\n"
ROWS = (
    "信息内容,本年制发件数,本年废止件数,现行有效件数\r\n"
    "规章,0,0,0\r\n"
    '"行政规\r\n范性文件",12,,7\r\n'
    "信息内容,本年处理决定数量,本年处理决定数量,本年处理决定数量\r\n"
    "行政许可,256,256,256\r\n行政处罚,3,3,3\r\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_a_sheet_is_read_in_every_encoding_and_with_every_separator(
    encoding: str, sign: str
) -> None:
    data = (HEAD + ROWS.replace(",", sign)).encode(encoding)
    (report,) = read(data, "年报.csv")
    said = {name: (cell.mark, cell.value) for name, cell in report.cells.items()}
    assert (report.agency, report.year) == ("丁县水利局", 2023)
    assert said["disclosure.normative_documents.issued"] == ("number", 12)
    assert said["disclosure.normative_documents.repealed"] == ("blank", None)
    assert said["disclosure.normative_documents.in_force"] == ("number", 7)
    assert said["disclosure.administrative_licensing.decisions"] == ("number", 256)
    assert report.cells["disclosure.administrative_penalty.decisions"].place.line == 9


def test_the_same_figure_thrice_is_one_cell_only_below_words_that_are_one() -> None:
    grid = document_of((HEAD + ROWS).encode()).blocks[2]
    assert isinstance(grid, Grid)
    widths = {cell.text: cell.column_span for cell in grid.cells}
    assert (widths["256"], widths["0"]) == (3, 1)


def test_different_figures_below_one_header_are_not_chosen_between() -> None:
    data = (HEAD + ROWS.replace("256,256,256", "256,251,256")).encode()
    (report,) = read(data, "年报.csv")
    assert report.cells["disclosure.administrative_licensing.decisions"].mark == "unknown"


@pytest.mark.parametrize("kind", ["csv", "repeated.csv"])
def test_reports_saved_from_sheets_come_back_equal(kind: str) -> None:
    made = drafts(None, 4, Random("sheets"))
    for draft, data in zip(made, MAKERS[kind](made), strict=True):
        (report,) = read(data, "x.csv")
        (truth,) = draft.truths
        said = {name: (cell.mark, cell.value) for name, cell in report.cells.items()}
        assert said == {name: (cell.mark, cell.value) for name, cell in truth.cells.items()}


@pytest.mark.parametrize(
    "text",
    [
        "一、总体情况\n公开信息, 共 20 条, 其中 3 条, 另有 4 条\n" * 3,
        "<html><table><tr><td>1,2,3,4,5</table>" * 9,
        "| 规章 | 1,000 | 2,000 | 3,000,000,000 |\n" * 9,
    ],
)
def test_commas_alone_make_no_sheet(text: str) -> None:
    assert not recognises(text.encode(), "x.txt")


def test_a_sheet_is_told_by_its_lines_whatever_its_name() -> None:
    found = reader_of((HEAD + ROWS + ROWS).encode(), "年报.txt")
    assert found is not None
    assert found.KIND == "csv"
