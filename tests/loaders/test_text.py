"""Plain text: every layout that copying leaves gives its cells; what is no table stays text."""

from collections.abc import Callable, Iterator, Sequence
from random import Random

import pytest

from form.editions import EDITION_KEYS, TABLE_KEYS
from form.layout import LayoutCell, LayoutRow, layout
from form.model import EditionKey
from loaders.document import Grid, GridCell
from loaders.recogniser import recognise
from loaders.text import read_text
from tests.loaders.forms import grids, only_grid, texts
from tests.loaders.tables import HEADINGS, Texts, expected, random_texts, read_back

TITLE = "甲市税务局{year}年政府信息公开工作年度报告"
YEARS: dict[EditionKey, int] = {"2019": 2020, "2021": 2023}


def text_of(cell: LayoutCell, printed: Texts) -> str:
    return printed[cell.address] if cell.address else cell.text


def row_between_pipes(rows: Sequence[LayoutRow], printed: Texts) -> Iterator[str]:
    for row in rows:
        yield f"|{'|'.join(text_of(cell, printed) for cell in row)}|"


def row_with_wide_cells(rows: Sequence[LayoutRow], printed: Texts) -> Iterator[str]:
    """`||` widens the cell before, and a blank cell is a blank between pipes."""
    for row in rows:
        cells = (f" {text_of(cell, printed)} {'|' * cell.column_span}" for cell in row)
        yield f"|{''.join(cells)}"


def row_with_inner_pipes(rows: Sequence[LayoutRow], printed: Texts) -> Iterator[str]:
    for row in rows:
        fields = [text_of(cell, printed) for cell in row]
        yield "|".join(fields if len(fields) > 1 else [*fields, ""])


def row_in_a_box(rows: Sequence[LayoutRow], printed: Texts) -> Iterator[str]:
    yield "┌────┬────┐"
    for row in rows:
        yield f"│ {' │ '.join(text_of(cell, printed) for cell in row)} │"
        yield "├────┼────┤"


def cell_behind_a_pipe(rows: Sequence[LayoutRow], printed: Texts) -> Iterator[str]:
    for row in rows:
        yield from (f"| {text_of(cell, printed)}" for cell in row)
        yield ""


def cell_above_an_empty_line(rows: Sequence[LayoutRow], printed: Texts) -> Iterator[str]:
    """As a browser copies cells that hold paragraphs: a blank one is nothing but lines."""
    for row in rows:
        for cell in row:
            yield from (text_of(cell, printed).strip("\u3000"), "")


def cell_before_a_pipe(rows: Sequence[LayoutRow], printed: Texts) -> Iterator[str]:
    for row in rows:
        yield from (f"{text_of(cell, printed)} |" for cell in row)


def cell_before_a_pipe_row_behind_one(rows: Sequence[LayoutRow], printed: Texts) -> Iterator[str]:
    for row in rows:
        yield "|"
        yield from (f"    {text_of(cell, printed)} |" for cell in row)


def cell_above_a_pipe(rows: Sequence[LayoutRow], printed: Texts) -> Iterator[str]:
    for row in rows:
        for cell in row:
            yield from (text_of(cell, printed), "|")


def row_with_blanks_between(rows: Sequence[LayoutRow], printed: Texts) -> Iterator[str]:
    """As a viewer of PDF files copies a row: a blank cell is nothing at all."""
    for row in rows:
        yield " ".join("".join(text_of(cell, printed).split()) for cell in row)


SINGLES: list[Callable[[Sequence[LayoutRow], Texts], Iterator[str]]] = [
    cell_above_an_empty_line,
    cell_before_a_pipe,
    cell_before_a_pipe_row_behind_one,
    cell_above_a_pipe,
]


def cell_alone(rows: Sequence[LayoutRow], printed: Texts) -> Iterator[str]:
    for row in rows:
        yield from (text_of(cell, printed) for cell in row)


Render = Callable[[Sequence[LayoutRow], Texts], Iterator[str]]
LAYOUTS: list[Render] = [
    row_between_pipes,
    row_with_wide_cells,
    row_with_inner_pipes,
    row_in_a_box,
    cell_behind_a_pipe,
]


def report(printed: Texts, edition: EditionKey, render: Render) -> str:
    parts = [TITLE.format(year=YEARS[edition]), "一、总体情况", "主动公开信息 30 条。"]
    for key in TABLE_KEYS:
        parts += [HEADINGS[key], "\n".join(render(layout(key, edition), printed))]
    return "\n\n".join(
        [*parts, "五、存在的主要问题及改进情况", "无", "六、其他需要报告的事项", "无"]
    )


@pytest.mark.parametrize("render", LAYOUTS, ids=lambda render: render.__name__)
@pytest.mark.parametrize("edition", EDITION_KEYS)
def test_official_tables_come_back_equal(edition: EditionKey, render: Render) -> None:
    for seed in range(8):
        printed = random_texts(edition, Random(seed))
        document = read_text(report(printed, edition, render))
        (found,) = recognise(document, "x.txt")
        assert read_back(found.cells) == expected(printed), seed
        assert not any(grid.aligned for grid in grids(document))
        assert (found.agency, found.year) == ("甲市税务局", YEARS[edition])
        assert found.paragraphs[-1].text == "无"


def some_blank(printed: Texts, random: Random) -> Texts:
    """Leave some of a report's zeros out and print the others."""
    return {
        name: text if text.strip("-\u3000") not in ("", "0") else random.choice(["", "0", "0"])
        for name, text in printed.items()
    }


@pytest.mark.parametrize(
    "render",
    [cell_alone, *SINGLES, row_with_blanks_between],
    ids=lambda render: render.__name__,
)
@pytest.mark.parametrize("edition", EDITION_KEYS)
def test_cells_alone_on_their_lines_are_never_read_wrongly(
    edition: EditionKey, render: Render
) -> None:
    for seed in range(8):
        random = Random(seed)
        printed = random_texts(edition, random)
        printed = some_blank(printed, random) if seed % 2 else printed
        (found,) = recognise(read_text(report(printed, edition, render)), "x.txt")
        assert (found.agency, found.year) == ("甲市税务局", YEARS[edition])
        said = read_back(found.cells)
        truth = expected(printed)
        assert all(value == truth[name] for name, value in said.items() if value[1] != "unknown")
        if not any(mark == "blank" for _, mark in truth.values()):
            known = {name for name in truth if not name.startswith("disputes.")}
            assert {name: said[name] for name in known} == {name: truth[name] for name in known}


def rows(grid: Grid) -> list[list[str]]:
    found: dict[int, list[str]] = {}
    for cell in grid.cells:
        found.setdefault(cell.row, []).append(cell.text)
    return list(found.values())


def table(text: str) -> list[list[str]]:
    return rows(only_grid(read_text(text)))


def spot(cell: GridCell) -> tuple[int | None, int | None]:
    return cell.place.line, cell.place.column


def test_places_are_lines_and_fields() -> None:
    grid = only_grid(read_text("题目\n\n规章\t1\t2\n\n|甲|3|\n\t乙\n\t4"))
    assert [(cell.text, *spot(cell)) for cell in grid.cells] == [
        ("规章", 3, 1),
        ("1", 3, 2),
        ("2", 3, 3),
        ("甲", 5, 1),
        ("3", 5, 2),
        ("乙", 6, 1),
        ("4", 7, 2),
    ]


def test_tabs_are_blank_cells_and_never_stripped() -> None:
    assert table("规章\t\t0\t\n\t\t\t1") == [["规章", "", "0", ""], ["", "", "", "1"]]
    assert table("\t规章\n\t\n\t0") == [["规章", "", "0"]]


def test_mixed_line_ends_count_as_one_line_each() -> None:
    document = read_text("一\r\n二\r三\n\r\n规章\t0\r行政许可\t5")
    assert [cell.place.line for cell in only_grid(document).cells] == [5, 5, 6, 6]
    assert texts(document) == ["一", "二", "三"]


def test_a_form_feed_is_a_page_and_no_text() -> None:
    document = read_text("题目\n规章\t0\n\f行政许可\t5\n完\f")
    (grid,) = grids(document)
    assert rows(grid) == [["规章", "0"], ["行政许可", "5"]]
    assert [(cell.place.page, cell.place.line) for cell in grid.cells[1:3]] == [(1, 2), (2, 3)]
    assert texts(document) == ["题目", "完"]


def test_without_form_feeds_no_page_is_claimed() -> None:
    assert read_text("题目").blocks[0].place.page is None


def test_a_page_break_inside_a_row_of_cells_does_not_end_it() -> None:
    assert table("\t规章\n\t0\n\f\t1") == [["规章", "0", "1"]]


def test_soft_breaks_stay_inside_their_cell() -> None:
    assert table("第二十条\v第（一）项\t甲\u2028乙") == [["第二十条\n第（一）项", "甲\n乙"]]


def test_a_spreadsheets_quotation_marks_hold_a_cell_together() -> None:
    text = '"第二十条\n第（一）项"\t\t\n规章\t0\t"甲""乙"""'
    assert table(text) == [["第二十条\n第（一）项", "", ""], ["规章", "0", '甲"乙"']]


def test_a_quotation_mark_in_prose_swallows_nothing() -> None:
    text = '"十四五"规划和"放管服的第一段\n第二段\n规章\t0\n\n"完"'
    document = read_text(text)
    assert rows(only_grid(document)) == [["规章", "0"]]
    assert len(texts(document)) == 3


@pytest.mark.parametrize("rule", ["|---|---:|", "|-|-|", "| :---: | --- |"])
def test_the_rule_under_a_head_is_no_row(rule: str) -> None:
    assert table(f"|名称|数|\n{rule}\n|规章|-|") == [["名称", "数"], ["规章", "-"]]


def test_hyphens_in_the_last_row_are_dashes() -> None:
    assert table("|维持|纠正|\n|-|-|") == [["维持", "纠正"], ["-", "-"]]
    assert table("|维持|纠正|\n|甲|乙|\n|-|-|\n|1|2|")[2] == ["-", "-"]


def test_hyphens_between_tabs_are_left_to_the_recogniser() -> None:
    assert len(table("维持\t纠正\n---\t---\n1\t2")) == 3


def test_escaped_pipes_and_line_breaks_belong_to_their_cell() -> None:
    assert table(r"|甲\|乙|1<br>2|3|") == [["甲|乙", "1\n2", "3"]]


def test_wide_cells_are_told_from_blank_ones_only_where_the_table_prints_both() -> None:
    grid = only_grid(read_text("|第（一）项|||\n|规章| |0|"))
    assert [(c.text, c.column, c.column_span) for c in grid.cells] == [
        ("第（一）项", 0, 3),
        ("规章", 0, 1),
        ("", 1, 1),
        ("0", 2, 1),
    ]
    assert table("|第（一）项|||\n|规章||0|") == [["第（一）项", "", ""], ["规章", "", "0"]]


@pytest.mark.parametrize(
    "prose",
    [
        "首页 | 政府信息公开 | 年报",
        "甲 | 乙\n丙 | 丁",
        "首页\n|\n新闻",
        "来源：甲市 | 时间：2023年\n\n正文",
        "规章 0 0 0\n行政许可 5",
        "规章000",
        "电话\n123\n456\n地址",
        "本年新收 3 件。\n3",
        "|首页|新闻",
    ],
)
def test_what_is_not_unmistakable_stays_text(prose: str) -> None:
    assert grids(read_text(prose)) == []


def test_bare_cells_keep_sentences_headings_and_answers_as_text() -> None:
    document = read_text(
        "二、主动公开情况\n规章\n1\n2\n3\n行政许可\n5\n以上为全部。\n六、其他事项\n无"
    )
    assert rows(only_grid(document)) == [["规章"], ["1", "2", "3"], ["行政许可"], ["5"]]
    assert texts(document) == ["二、主动公开情况", "以上为全部。", "六、其他事项", "无"]


def test_a_sentence_between_bare_values_is_text() -> None:
    document = read_text("规章\n1\n2\n3\n以下为许可。\n行政许可\n5")
    assert texts(document) == ["以下为许可。"]
    assert [rows(grid) for grid in grids(document)][1] == [["行政许可"], ["5"]]


def test_a_numbered_label_with_its_values_below_is_no_heading() -> None:
    assert table("一、本年新收\n1\n2\n3") == [["一、本年新收"], ["1", "2", "3"]]


def test_the_lines_of_a_box_are_neither_rows_nor_text() -> None:
    box = "┌──┬──┐\n│甲│1 │\n├──┼──┤\n│乙│2 │\n└──┴──┘"
    plain = "+---+---+\n| 甲 | 1 |\n+===+===+\n| 乙 | 2 |\n+---+---+"
    assert table(box) == table(plain) == [["甲", "1"], ["乙", "2"]]
    assert texts(read_text(box)) == texts(read_text(plain)) == []


def test_a_line_behind_bare_values_does_not_continue_them() -> None:
    document = read_text("规章\n1\n2\n3\n行政许可\n年报")
    assert rows(only_grid(document)) == [["规章"], ["1", "2", "3"]]
    assert texts(document) == ["行政许可", "年报"]


def test_words_above_the_first_numbers_of_single_cells_stay_text() -> None:
    text = "甲市税务局\n\n2023年政府信息公开工作年度报告\n\n字号\n\n16\n\n一、总体情况\n\n"
    cells = "信息内容\n\n本年制\n发件数\n\n规章\n\n1\n\n2\n\n3\n\n"
    document = read_text(text + cells)
    assert texts(document)[:2] == ["甲市税务局", "2023年政府信息公开工作年度报告"]
    assert rows(only_grid(document)) == [
        ["信息内容"],
        ["本年制\n发件数"],
        ["规章"],
        ["1", "2", "3"],
    ]


def test_headers_one_a_line_say_how_wide_rows_are() -> None:
    """Of three cells two were blank and are lost: no edition with one column is told by that."""
    heads = "信息内容\n\n上一年项目数量\n\n本年\n\n增减\n\n处理决定数量\n\n"
    text = f"甲市税务局2020年政府信息公开工作年度报告\n\n{heads}行政许可\n\n5\n\n{heads}行政处罚\n\n1\n\n2\n\n3\n\n"
    (found,) = recognise(read_text(text), "x.txt")
    said = read_back(found.cells)
    assert found.editions["disclosure"] == "2019"
    assert said["disclosure.administrative_licensing.decisions"] == (None, "unknown")
    assert said["disclosure.administrative_penalty.decisions"] == (3, "number")
    (found,) = recognise(read_text(text), "x.txt", frozenset({"gather_headers"}))
    assert found.editions["disclosure"] != "2019"


PARTED = """甲市税务局2023年政府信息公开工作年度报告
一、总体情况
全年主动公开信息 20 条
行政许可 7
二、主动公开政府信息情况
信息内容 本年制发件数 本年废止件数 现行有效件数
规 章 0 0 0
行政规范性文件 3 0 8
信息内容 本年处理决定数量
行政许可 94
三、收到和处理政府信息公开申请情况
自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计
（三）不 2. 其他法律行政法规禁
止公开 1 0 0 0 0 0 1
予公开 3.危及“三安全一稳定” 2 0 0 0 0 2
五、存在的主要问题及改进情况 12
公开还不够及时 30
"""


def test_numbers_behind_labels_are_cells_and_a_labels_own_number_is_none() -> None:
    (found,) = recognise(read_text(PARTED), "x.txt")
    said = read_back(found.cells)
    assert said["disclosure.regulations.in_force"] == (0, "number")
    assert said["disclosure.normative_documents.in_force"] == (8, "number")
    assert said["disclosure.administrative_licensing.decisions"] == (94, "number")
    row = "applications.denied_law_forbidden"
    assert said[f"{row}.natural_person"] == said[f"{row}.total"] == (1, "number")
    row = "applications.denied_safety_stability"
    assert said[f"{row}.total"] == (2, "number")
    assert said[f"{row}.natural_person"] == (None, "unknown")


def test_prose_and_headings_that_end_in_numbers_stay_text() -> None:
    spoken = texts(read_text(PARTED))
    assert "行政许可 7" in spoken
    assert "五、存在的主要问题及改进情况 12" in spoken
    assert "三、收到和处理政府信息公开申请情况" in spoken


def test_a_pipe_among_words_of_the_page_takes_no_table_apart() -> None:
    text = "登录 | 注册\n\n二、主动公开情况\n\n行政规范性文件\n\n1\n\n2\n\n3\n\n"
    assert rows(only_grid(read_text(text))) == [["行政规范性文件"], ["1", "2", "3"]]


def test_a_heading_right_above_the_first_cell_is_no_part_of_it() -> None:
    text = "二、主动公开政府信息情况\n信息内容\n\n本年\n制发件数\n\n规章\n\n1\n\n2\n\n3\n\n"
    document = read_text(text)
    assert texts(document) == ["二、主动公开政府信息情况"]
    assert rows(only_grid(document))[:2] == [["信息内容"], ["本年\n制发件数"]]
