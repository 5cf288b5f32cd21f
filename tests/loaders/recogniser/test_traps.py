"""The traps of real text reports, each named; with its step turned off, each test fails.

Every case prints an otherwise plain table with the one quirk in it.
"""

from __future__ import annotations

from random import Random

import pytest

from form.model import EditionKey
from form.report import Report
from loaders.recogniser import CHOOSE_PLACEMENT, recognise
from loaders.text import read_text
from tests.loaders.tables import expected, random_texts, read_back, report_lines

TITLE = "甲市税务局2020年政府信息公开工作年度报告"
TEXTS = random_texts("2019", Random(7))
PLAIN = expected(TEXTS)


def text_of(render: str) -> str:
    return report_lines(TEXTS, "2019", render, TITLE)


def read(text: str, *without: str) -> Report:
    (report,) = recognise(read_text(text), "x.txt", frozenset(without))
    return report


def replaced(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, text.count(old)
    return text.replace(old, new)


def row_line(text: str, label: str) -> str:
    """Return the one line of a tab layout that holds a label."""
    (line,) = [line for line in text.split("\n") if label in line]
    return line


def assert_only_with(step: str, text: str) -> None:
    """Assert that a text is read as the plain table, and is not without a step."""
    assert read_back(read(text).cells) == PLAIN
    assert read_back(read(text, step).cells) != PLAIN


@pytest.mark.parametrize("render", ["cells", "tabs"])
def test_without_a_quirk_no_step_is_needed(render: str) -> None:
    steps = ("join_torn_labels", "join_values_on_next_line", CHOOSE_PLACEMENT)
    assert read_back(read(text_of(render), *steps).cells) == PLAIN


def test_values_behind_an_empty_line_after_their_label() -> None:
    text = replaced(text_of("cells"), "\t1.属于国家秘密\n", "\t1.属于国家秘密\n\n")
    assert_only_with("join_values_on_next_line", text)


def test_a_label_torn_by_a_page_break_with_its_values_on_the_second_page() -> None:
    whole = "5.要求行政机关确认或重新出具已获取信息"
    line = row_line(text_of("tabs"), whole)
    first, second = "5.要求行政机关确认或重新", "出具已获取信息"
    torn = f"\t{first}\t\t\t\t\t\t\t\n\n{line.replace(whole, second)}"
    assert_only_with("join_torn_labels", replaced(text_of("tabs"), line, torn))


def test_a_label_torn_by_a_page_break_with_its_values_on_the_first_page() -> None:
    line = row_line(text_of("tabs"), "6.属于四类过程性信息")
    torn = line.replace("过程性信息", "过程性信") + "\n\n\t息\t\t\t\t\t\t\t"
    assert read_back(read(replaced(text_of("tabs"), line, torn)).cells) == PLAIN


def test_a_line_of_hyphens_under_the_header_is_no_row_of_dashes() -> None:
    header = row_line(text_of("tabs"), "行政复议\t行政诉讼")
    text = replaced(text_of("tabs"), header, f"{header}\n------\t------")
    assert read_back(read(text).cells) == PLAIN
    rows = text.split("\n")
    heads = rows[rows.index("------\t------") + 1 :][:2]
    assert read_back(read(replaced(text, "\n".join(heads) + "\n", "")).cells) == PLAIN


def test_a_page_number_above_the_line_of_section_four_is_not_taken() -> None:
    values = "\t".join(text for name, text in TEXTS.items() if name.startswith("disputes."))
    text = replaced(text_of("tabs"), values, f"\t7\t\n{values}")
    assert read_back(read(text).cells) == PLAIN


def test_a_bookmark_of_word_is_no_text_of_the_agency() -> None:
    text = text_of("cells") + "\n\n[bookmark: _GoBack]没有其他事项。"
    assert read(text).paragraphs[-1].text == "没有其他事项。"
    assert "bookmark" in read(text, "drop_bookmarks").paragraphs[-1].text


def test_the_label_of_the_results_printed_twice() -> None:
    text = replaced(
        text_of("cells"), "\t（四）无法提供\n", "\t三、本年度办理结果   \n\t（四）无法提供\n"
    )
    assert read_back(read(text).cells) == PLAIN


def test_headings_of_blocks_with_the_name_of_the_regulation() -> None:
    text = text_of("cells").replace("\t第二十条", "\t政府信息公开条例第二十条")
    assert read_back(read(text).cells) == PLAIN


def test_a_header_row_of_fragments() -> None:
    text = text_of("tabs").replace("结果维持", "结 果 维 持").replace("总计", "总 计")
    assert read_back(read(text).cells) == PLAIN


def test_an_empty_field_behind_every_row_is_no_total() -> None:
    lines = [
        f"{line}\t" if line.count("\t") >= 7 and "信息内容" not in line else line
        for line in text_of("tabs").split("\n")
    ]
    assert read_back(read("\n".join(lines)).cells) == PLAIN


def test_blank_cells_that_are_only_a_tab() -> None:
    texts = dict.fromkeys(TEXTS, "")
    report = read(report_lines(texts, "2019", "cells", TITLE))
    assert {cell.mark for cell in report.cells.values()} == {"blank"}
    assert report.cells.keys() == texts.keys()


@pytest.mark.parametrize("render", ["cells", "tabs"])
def test_a_row_that_lost_a_number_is_never_shifted(render: str) -> None:
    text = text_of(render)
    values = [TEXTS[f"applications.new_received.{key}"] for key in COLUMNS]
    glue = "\n\t" if render == "cells" else "\t"
    full = "一、本年新收政府信息公开申请数量" + glue + glue.join(values)
    for lost in range(len(values)):
        short = glue.join(["一、本年新收政府信息公开申请数量", *values[:lost], *values[lost + 1 :]])
        report = read(replaced(text, full, short))
        for key in COLUMNS:
            address = f"applications.new_received.{key}"
            cell = report.cells[address]
            if cell.mark == "unknown":
                assert PLAIN[address][0] in cell.candidates or cell.candidates == ()
            else:
                assert (cell.value or 0) == (PLAIN[address][0] or 0)
        assert any(note.code.startswith("row_") for note in report.notes)


COLUMNS = (
    "natural_person",
    "business",
    "research",
    "public_welfare",
    "legal_service",
    "other",
    "total",
)


def six_of_seven(line: str) -> str:
    """Return a tab line with seven numbers without its second one, padded by an empty field."""
    *labels, first, _lost, third, fourth, fifth, sixth, last = line.split("\t")
    return "\t".join([*labels, first, third, fourth, fifth, sixth, last, ""])


def block_text() -> tuple[str, dict[str, tuple[object, str]]]:
    """Return 郑州二七's block: rows that lost one zero, beside whole ones, all fields padded."""
    numbers = {"new_received": 22, "granted": 19, "denied_third_party": 2, "unable_not_held": 1}
    texts = dict.fromkeys(TEXTS, "0") | {
        f"applications.{row}.{column}": str(value)
        for row, value in (*numbers.items(), ("total_processed", 22))
        for column in ("natural_person", "total")
    }
    lines = report_lines(texts, "2019", "tabs", TITLE).split("\n")
    labels = (
        "（一）予以公开",
        "（二）部分公开",
        "1.属于国家秘密",
        "2.其他法律行政法规禁止公开",
        "3.危及",
        "4.保护第三方合法权益",
    )
    for index, line in enumerate(lines):
        if any(label in line for label in labels):
            lines[index] = six_of_seven(line)
        elif "一、本年新收政府信息公开申请数量" in line:
            lines[index] = f"{line}\t"
        elif "（七）总计" in line:
            lines[index] = line.replace("\t0", "\t0\t0", 1)
    return "\n".join(lines), expected(texts)


def test_rows_of_six_and_eight_numbers_are_placed_by_the_rules_or_unknown() -> None:
    text, truth = block_text()
    report = read(text)
    inner = {
        f"applications.{row}.{column}"
        for row in ("granted", "denied_third_party")
        for column in COLUMNS[1:-1]
    }
    for address in inner:
        assert report.cells[address].mark == "unknown"
        assert report.cells[address].candidates == (0, None)
    for row, value in (("granted", 19), ("denied_third_party", 2), ("total_processed", 22)):
        for column in ("natural_person", "total"):
            assert report.cells[f"applications.{row}.{column}"].value == value
    known = {a: c for a, c in read_back(report.cells).items() if c[1] != "unknown"}
    assert known == {address: truth[address] for address in known}
    assert "unknown" in {c.mark for c in read(text, CHOOSE_PLACEMENT).cells.values()} - {"number"}
    assert read(text, CHOOSE_PLACEMENT).cells["applications.granted.total"].mark == "unknown"


def test_rows_of_zeros_follow_the_rows_with_numbers_beside_them() -> None:
    report = read(block_text()[0])
    zeros = "applications.denied_state_secret"
    assert report.cells[f"{zeros}.natural_person"].value == 0
    assert report.cells[f"{zeros}.total"].value == 0
    assert report.cells[f"{zeros}.research"].candidates == (0, None)


def test_a_zero_too_many_has_one_reading_and_a_note() -> None:
    report = read(block_text()[0])
    notes = [note for note in report.notes if note.code == "row_placed"]
    assert [note.cells[0] for note in notes] == ["applications.total_processed.natural_person"]


def test_a_complete_row_is_never_moved_to_make_a_sum_right() -> None:
    texts = {**TEXTS, "applications.granted.natural_person": "12345"}
    report = read(report_lines(texts, "2019", "tabs", TITLE))
    assert report.cells["applications.granted.natural_person"].value == 12345
    assert read_back(report.cells) == expected(texts)


def test_five_numbers_too_far_right_are_stored_as_printed() -> None:
    shifted = ["", "", "", "", "", "0", "0", "0", "1", "1", "1", "0", "0", "0", "1"]
    names = [name for name in TEXTS if name.startswith("disputes.")]
    texts = TEXTS | dict(zip(names, shifted, strict=True))
    report = read(report_lines(texts, "2019", "tabs", TITLE))
    assert read_back(report.cells) == expected(texts)


def test_a_block_under_the_other_editions_headers_is_unknown_and_never_taken_for_this_ones() -> (
    None
):
    text = text_of("cells").replace(
        "\t上一年项目数量\n\t本年增/减\n\t处理决定数量", "\t本年处理决定数量", 1
    )
    report = read(text)
    assert report.editions["disclosure"] == "2019"
    for row in ("administrative_licensing", "other_services"):
        for column in ("prior_items", "change", "decisions"):
            cell = report.cells[f"disclosure.{row}.{column}"]
            assert cell.mark == "unknown" or cell.value == PLAIN[f"disclosure.{row}.{column}"][0]


def test_rows_of_the_other_edition_are_said_and_not_dropped_unseen() -> None:
    extra = "\t\n\t1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请\n" + "\t8\n" * 7
    text = text_of("cells")
    at = text.index("\t（七）总计")
    report = read(f"{text[:at]}{extra}\n{text[at:]}")
    assert any(note.code == "row_foreign" and "8 8 8" in note.message for note in report.notes)


def without_headers(text: str) -> str:
    """Return a cell layout without the header rows and titles of section 二's blocks."""
    rows = text.split("\n\n")
    return "\n\n".join(row for row in rows if "\t信息内容" not in row and "\t第二十条" not in row)


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_section_two_without_headers_is_told_by_the_cells_of_its_lines(edition: EditionKey) -> None:
    texts = random_texts(edition, Random(3))
    report = read(without_headers(report_lines(texts, edition, "cells", TITLE)))
    assert report.editions["disclosure"] == edition
    assert read_back(report.cells) == expected(texts)


def test_section_two_that_fits_both_editions_is_unknown() -> None:
    text = without_headers(text_of("cells"))
    start, stop = text.index("\t行政许可"), text.index("三、收到和处理")
    report = read(text[:start] + text[stop:])
    assert report.editions["disclosure"] is None
    cells = [cell for name, cell in report.cells.items() if name.startswith("disclosure.")]
    assert {(cell.mark, cell.candidates) for cell in cells} == {("unknown", ())}


@pytest.mark.parametrize(
    ("plain", "printed"),
    [
        ("7.属于行政执法案卷", "7.属于⾏政执法案卷"),
        ("4.保护第三方合法权益", "4.保护第三⽅合法权益"),
        ("（一）予以公开", "（⼀）予以公开"),
        ("四、结转下年度继续办理", "四、結轉下年度繼續辦理"),
        ("8.属于行政查询事项", "8 . 属 于\n行 政 查 询\n事 项"),
        ("1.信访举报投诉类申请", "1、信访举报投诉类申请"),
        ("（七）总计", "(七)總計"),
    ],
)
def test_wordings_of_browsers_and_editors(plain: str, printed: str) -> None:
    text = replaced(text_of("cells"), f"\t{plain}\n", f"\t{printed}\n")
    assert read_back(read(text).cells) == PLAIN


def test_an_explanation_behind_a_label_with_other_labels_and_digits_in_it() -> None:
    long = "（一）予以公开（不含部分公开；2.其他法律行政法规禁止公开的 8 件另计）"
    text = replaced(text_of("cells"), "\t（一）予以公开\n", f"\t{long}\n")
    assert read_back(read(text).cells) == PLAIN


@pytest.mark.parametrize("word", ["?", "见附件", "××"])
@pytest.mark.parametrize("at", [0, 3, 14])
def test_a_word_among_the_numbers_of_section_four_hides_none_of_them(word: str, at: int) -> None:
    """Not even where an empty line stands below it, which must never be taken for its numbers."""
    names = [name for name in TEXTS if name.startswith("disputes.")]
    values = "\t".join(TEXTS[name] for name in names)
    numbers = [str(number) for number in range(1, 16)]
    numbers[at] = word
    spoken = "\t".join(numbers)
    for below in ("", "\n" + "\t" * 14):
        report = read(replaced(text_of("tabs"), values, spoken + below))
        found = [report.cells[name] for name in names]
        assert [cell.mark for cell in found].count("blank") == 0
        for number, cell in enumerate(found):
            if number != at:
                assert cell.value == number + 1 or cell.mark == "unknown"


def test_section_four_with_headers_but_no_line_of_numbers_is_unknown() -> None:
    values = "\t".join(text for name, text in TEXTS.items() if name.startswith("disputes."))
    report = read(replaced(text_of("tabs"), values, ""))
    cells = [cell for name, cell in report.cells.items() if name.startswith("disputes.")]
    assert [(cell.mark, cell.candidates) for cell in cells] == [("unknown", ())] * 15
    assert report.unprinted == tuple(
        f"disputes.{row}" for row in ("review", "litigation_direct", "litigation_after_review")
    )
