"""Tables without vertical lines: rows by their labels, columns by where numbers stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

import pytest

from form.editions import table
from form.report import Cell, Place
from loaders.document import Document, Grid, GridCell, TextBlock
from loaders.recogniser import recognise

SIZE = 10.0
COLUMNS = [column.key for column in table("applications", "2021").rows[0].columns]
AT = (300, 340, 380, 420, 460, 500, 540)
HEADS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")

Word = tuple[str, float, float]
"""A text, the middle of its line, and its left end."""


def word(text: str, y: float, x0: float) -> Word:
    return text, y, x0


def centred(text: str, y: float, x: float) -> Word:
    return text, y, x - width(text) / 2


def width(text: str) -> float:
    return sum(SIZE if ord(sign) > 255 else SIZE / 2 for sign in text)


def row(label: str, y: float, *numbers: str, at: Sequence[float] = AT) -> list[Word]:
    """A label, and numbers in the middle of columns, "" where one is blank."""
    return [word(label, y, 80), *numbers_at(y, *numbers, at=at)]


def numbers_at(y: float, *numbers: str, at: Sequence[float] = AT) -> list[Word]:
    return [centred(text, y, x) for text, x in zip(numbers, at, strict=True) if text]


def heads(y: float, at: Sequence[float] = AT) -> list[Word]:
    """Headers over two lines where a column is too narrow for them."""
    found = []
    for text, x in zip(HEADS, at, strict=True):
        found += [
            centred(text[:4][:2], y, x),
            centred(text[2:4] or " ", y + 11, x),
            centred(text[4:], y + 22, x),
        ]
    return [*(item for item in found if item[0].strip()), centred("申请人情况", y - 15, 420)]


def grid(words: Iterable[Word], page: int) -> Grid:
    """A table as a reader of PDFs gives it: a row for each printed line, every text with its box."""
    lines = groupby(sorted(words, key=lambda item: (item[1], item[2])), key=lambda item: item[1])
    cells = [
        GridCell(
            text, number, column, place=Place(page=page, box=(x0, y - 5, x0 + width(text), y + 5))
        )
        for number, (y, line) in enumerate(lines)
        for column, (text, _y, x0) in enumerate(line)
    ]
    return Grid(tuple(cells), aligned=False)


def read(*pages: Iterable[Word]) -> dict[str, Cell]:
    blocks: list[TextBlock | Grid] = [TextBlock("甲市税务局2022年政府信息公开工作年度报告")]
    for number, words in enumerate(pages, 1):
        blocks.append(grid(words, number))
    (report,) = recognise(Document("pdf", tuple(blocks)), "甲.pdf")
    return dict(report.cells)


def said(cells: dict[str, Cell], key: str) -> list[object]:
    """What a row of section 三 says: numbers, "" for a blank, "?" for what is unknown."""
    found = [cells[f"applications.{key}.{column}"] for column in COLUMNS]
    return [
        cell.value if cell.mark == "number" else {"blank": "", "unknown": "?"}[cell.mark]
        for cell in found
    ]


UNKNOWN = ["?"] * 7
NEW = row("一、本年新收政府信息公开申请数量", 100, "5", "0", "0", "0", "0", "0", "5")
CARRIED = row("二、上年结转政府信息公开申请数量", 120, "1", "0", "0", "0", "0", "0", "1")
GRANTED = "（一）予以公开"


def test_a_number_stands_in_the_column_of_full_rows() -> None:
    cells = read([*NEW, *CARRIED, *row(GRANTED, 140, "", "3", "", "0", "", "", "3")])
    assert said(cells, "granted") == ["", 3, "", 0, "", "", 3]
    assert said(cells, "new_received") == [5, 0, 0, 0, 0, 0, 5]


def test_full_rows_of_another_page_count_too() -> None:
    later = row(GRANTED, 60, "", "3", "", "0", "", "", "3")
    assert said(read([*NEW, *CARRIED], later), "granted") == ["", 3, "", 0, "", "", 3]


def test_one_full_row_shows_no_columns_unless_headers_stand_above_it() -> None:
    open_row = row(GRANTED, 140, "", "3", "", "0", "", "", "3")
    assert said(read([*NEW, *open_row]), "granted") == UNKNOWN
    assert said(read([*heads(40), *NEW, *open_row]), "granted") == ["", 3, "", 0, "", "", 3]


def test_headers_are_enough_where_no_row_is_full() -> None:
    cells = read(
        [
            *heads(40),
            *row("一、本年新收政府信息公开申请数量", 100, "5", "", "", "2", "", "", "7"),
            *row(GRANTED, 140, "", "3", "", "0", "", "", "3"),
        ]
    )
    assert said(cells, "granted") == ["", 3, "", 0, "", "", 3]
    assert said(cells, "new_received") == [5, "", "", 2, "", "", 7]


def test_a_number_between_two_headers_is_under_neither() -> None:
    shifted = [x + 22 for x in AT]
    cells = read([*heads(40), *row(GRANTED, 140, "", "3", "", "0", "", "", "3", at=shifted)])
    assert said(cells, "granted") == UNKNOWN


def test_a_full_row_is_read_as_it_stands_whatever_headers_and_sums_say() -> None:
    shifted = [x + 22 for x in AT]
    full = row(GRANTED, 140, "9", "3", "0", "0", "0", "0", "3", at=shifted)
    again = row("（二）部分公开", 160, "1", "0", "0", "0", "0", "0", "1", at=shifted)
    assert said(read([*heads(40), *full, *again]), "granted") == [9, 3, 0, 0, 0, 0, 3]


def test_a_labels_own_number_is_no_figure() -> None:
    label = [word("2.", 140, 68), word("其他法律行政法规禁止公开", 140, 82)]
    numbers = numbers_at(140, "1", "0", "0", "0", "0", "", "1")
    assert said(read([*NEW, *CARRIED, *label, *numbers]), "denied_law_forbidden") == [
        1,
        0,
        0,
        0,
        0,
        "",
        1,
    ]


@pytest.mark.parametrize("y", [140, 146, 151, 157, 162])
def test_numbers_stand_beside_any_line_of_their_label(y: float) -> None:
    pieces = ("1.申请人无正当理由逾期不补", "正、行政机关不再处理其政府信", "息公开申请")
    label = [word(text, 140 + 11 * line, 80) for line, text in enumerate(pieces)]
    below = row("3.其他", 190, "0", "0", "0", "0", "0", "0", "0")
    cells = read([*NEW, *CARRIED, *label, *numbers_at(y, "", "2", "", "0", "", "", "2"), *below])
    assert said(cells, "other_no_correction") == ["", 2, "", 0, "", "", 2]


def test_numbers_between_two_labels_put_both_in_doubt() -> None:
    cells = read(
        [
            *NEW,
            *CARRIED,
            *row("1.信访举报投诉类申请", 140, *[""] * 7),
            *numbers_at(152, "1", "", "", "", "", "", "1"),
            *row("2.重复申请", 164, *[""] * 7),
        ]
    )
    assert said(cells, "unprocessed_complaint") == said(cells, "unprocessed_repeat") == UNKNOWN


def test_numbers_set_to_the_right_stand_in_columns_by_their_right_ends() -> None:
    def right(y: float, *numbers: str) -> list[Word]:
        return [word(t, y, x + 15 - width(t)) for t, x in zip(numbers, AT, strict=True) if t]

    label = word("一、本年新收政府信息公开申请数量", 100, 80)
    cells = read(
        [
            *(label, *right(100, "12345", "0", "0", "0", "0", "0", "12345")),
            *(word("二、上年结转政府信息公开申请数量", 120, 80), *right(120, *"0000000")),
            *(word(GRANTED, 140, 80), *right(140, "", "", "12345", "", "0", "", "12345")),
        ]
    )
    assert said(cells, "granted") == ["", "", 12345, "", 0, "", 12345]


def test_a_number_as_near_to_one_column_as_to_another_is_nobodys() -> None:
    between = [*AT[:1], 360, *AT[2:]]
    open_row = row(GRANTED, 140, "", "3", "", "0", "", "", "3", at=between)
    assert said(read([*NEW, *CARRIED, *open_row]), "granted") == UNKNOWN


def test_a_column_that_is_blank_all_the_way_down_stays_blank_below_its_header() -> None:
    cells = read(
        [
            *heads(40),
            *row("一、本年新收政府信息公开申请数量", 100, "5", "0", "", "0", "0", "0", "5"),
            *row("二、上年结转政府信息公开申请数量", 120, "1", "0", "", "0", "0", "0", "1"),
        ]
    )
    assert said(cells, "new_received") == [5, 0, "", 0, 0, 0, 5]


def test_without_headers_nobody_knows_which_column_is_blank_all_the_way_down() -> None:
    cells = read(
        [
            *row("一、本年新收政府信息公开申请数量", 100, "5", "0", "", "0", "0", "0", "5"),
            *row("二、上年结转政府信息公开申请数量", 120, "1", "0", "", "0", "0", "0", "1"),
        ]
    )
    assert said(cells, "new_received") == UNKNOWN


def test_a_pages_number_below_a_column_is_no_figure() -> None:
    last = row(GRANTED, 140, *[""] * 7)
    cells = read([*NEW, *CARRIED, *last, centred("3", 200, AT[0])])
    assert said(cells, "granted") == [""] * 7


def test_a_number_right_below_a_blank_row_may_be_its_own() -> None:
    last = row(GRANTED, 140, *[""] * 7)
    assert said(read([*NEW, *CARRIED, *last, centred("3", 155, AT[0])]), "granted") == UNKNOWN


def test_rows_lower_than_their_letters_are_unknown() -> None:
    low = [
        *row("1.信访举报投诉类申请", 140, *[""] * 7),
        *row("2.重复申请", 144, "1", "", "0", "", "", "", "1"),
    ]
    cells = read([*NEW, *CARRIED, *low])
    assert said(cells, "unprocessed_complaint") == said(cells, "unprocessed_repeat") == UNKNOWN


def test_tables_printed_over_each_other_are_unknown() -> None:
    over = numbers_at(142, *"1234567", at=[x + 2 for x in AT])
    cells = read([*NEW, *CARRIED, *row(GRANTED, 140, *"0000000"), *over])
    assert said(cells, "granted") == UNKNOWN
    assert said(cells, "new_received") == [5, 0, 0, 0, 0, 0, 5]


def test_a_label_torn_by_a_pages_end_keeps_its_numbers() -> None:
    above = [
        *NEW,
        *CARRIED,
        *row("5.要求行政机关确认或重新出具", 140, "1", "", "", "", "", "", "1"),
    ]
    below = [word("已获取信息", 60, 80), *row("3.其他", 80, *"0000000")]
    assert said(read(above, below), "unprocessed_confirm") == [1, "", "", "", "", "", 1]


def test_a_label_torn_by_a_pages_end_is_no_other_row_that_it_begins_or_ends_like() -> None:
    above = [*NEW, *CARRIED, *row("2.其他", 140, *"1000001")]
    below = [word("法律行政法规禁止公开", 60, 80), *row("3.其他", 100, *"0000000")]
    cells = read(above, below)
    assert said(cells, "denied_law_forbidden") == [1, 0, 0, 0, 0, 0, 1]
    assert said(cells, "other_other") == [0] * 7


def test_a_row_without_numbers_may_have_those_beside_words_that_name_no_row() -> None:
    cells = read(
        [
            *NEW,
            *CARRIED,
            *row(GRANTED, 140, *[""] * 7),
            *row("甲乙丙丁", 170, *"1000001"),
            *row("3.其他", 200, *"0000000"),
        ]
    )
    assert said(cells, "granted") == UNKNOWN
    assert said(cells, "other_other") == [0] * 7


def test_the_head_of_a_group_takes_no_numbers_from_a_label_that_a_page_tore() -> None:
    above = [
        *(*NEW, *CARRIED, word("（六）其他处理", 140, 4)),
        *row("1.申请人无正当理由逾期不补", 143, *"1000001"),
    ]
    below = [
        word("正、行政机关不再处理其政府信息公开申请", 60, 80),
        *row("2.申请人逾期未按收费通知要求缴纳费用", 90, *"0000000"),
        *row("3.其他", 110, *"0000000"),
    ]
    assert said(read(above, below), "other_no_correction") == [1, 0, 0, 0, 0, 0, 1]


def test_numbers_beside_the_head_of_a_group_alone_put_its_rows_in_doubt() -> None:
    above = [*NEW, *CARRIED, *row("（六）其他处理", 140, *"1000001")]
    below = row("3.其他", 110, *"0000000")
    cells = read(above, below)
    assert said(cells, "other_other") == UNKNOWN
    assert said(read([*NEW, *CARRIED, *row("（六）其他处理", 140, *"1000001")]), "other") == [
        1,
        0,
        0,
        0,
        0,
        0,
        1,
    ]


def test_the_number_of_a_group_takes_no_numbers_from_a_label_beside_it() -> None:
    above = [*NEW, *CARRIED, word("（三）", 140, 30), *row("1.属于", 140, *"1000001")]
    below = [word("不予公开", 60, 20), word("国家秘密", 60, 80), *row("3.其他", 100, *"0000000")]
    assert said(read(above, below), "denied_state_secret") == [1, 0, 0, 0, 0, 0, 1]


def test_numbers_without_a_label_at_a_pages_end_put_the_next_row_in_doubt() -> None:
    above = [*NEW, *CARRIED, word("1.属甲", 140, 80), *numbers_at(140, *"1000001")]
    below = [word("国家秘密", 60, 80), *row("3.其他", 100, *"0000000")]
    assert said(read(above, below), "denied_state_secret") == UNKNOWN


def over_a_page(*rest: str) -> dict[str, Cell]:
    full = row("一、本年新收政府信息公开申请数量", 100, "26886", "0", "0", "0", "0", "0", "26886")
    above = [
        *full,
        *row("二、上年结转政府信息公开申请数量", 120, *"0000000"),
        *row(GRANTED, 140, "26886", "0", "0", "0", "0", "0", "26886"),
        *row("（七）总计", 160, "2688", "0", "0", "0", "0", "0", "2688"),
    ]
    below = [*numbers_at(60, *rest), *row("四、结转下年度继续办理", 90, *"0000000")]
    return read(above, below)


def test_a_number_that_a_page_tore_is_whole_where_its_sums_hold() -> None:
    cells = over_a_page("6", "", "", "", "", "", "6")
    assert said(cells, "total_processed") == [26886, 0, 0, 0, 0, 0, 26886]
    assert cells["applications.total_processed.total"].oddities == ("torn",)


def test_a_number_that_a_page_tore_is_unknown_where_no_sum_holds() -> None:
    assert said(over_a_page("7", "", "", "", "", "", "7"), "total_processed") == [
        "?",
        0,
        0,
        0,
        0,
        0,
        "?",
    ]


def test_numbers_that_begin_a_page_below_none_put_the_row_above_in_doubt() -> None:
    cells = over_a_page("", "6", "", "", "", "", "6")
    assert said(cells, "total_processed") == UNKNOWN
    assert said(cells, "carried_forward") == [0] * 7


def test_a_number_broken_by_a_narrow_column_is_whole_where_its_sums_hold() -> None:
    cells = read(
        [
            *row("一、本年新收政府信息公开申请数量", 100, "123", "0", "0", "0", "0", "0", "123"),
            *numbers_at(112, "4", "", "", "", "", "", "4"),
            *row("二、上年结转政府信息公开申请数量", 140, *"0000000"),
            *row("（七）总计", 160, "1230", "0", "0", "0", "0", "0", "1230"),
            *row("四、结转下年度继续办理", 180, "4", "0", "0", "0", "0", "0", "4"),
        ]
    )
    assert said(cells, "new_received") == [1234, 0, 0, 0, 0, 0, 1234]
    assert cells["applications.new_received.total"].oddities == ("torn",)


def test_a_number_broken_by_a_narrow_column_is_unknown_where_no_sum_holds() -> None:
    cells = read(
        [
            *row("一、本年新收政府信息公开申请数量", 100, "123", "0", "0", "0", "0", "0", "9"),
            *numbers_at(112, "4", "", "", "", "", "", ""),
            *row("二、上年结转政府信息公开申请数量", 140, *"0000000"),
        ]
    )
    assert said(cells, "new_received") == ["?", 0, 0, 0, 0, 0, 9]


def ruled(rows: Sequence[Sequence[str]], page: int) -> Grid:
    place = Place(page=page)
    return Grid(
        tuple(
            GridCell(text, number, column, place=place)
            for number, line in enumerate(rows)
            for column, text in enumerate(line)
        )
    )


def torn_between_lines(rest: Sequence[str]) -> dict[str, Cell]:
    above = [
        ("一、本年新收政府信息公开申请数量", "26886", "0", "0", "0", "0", "0", "26886"),
        ("二、上年结转政府信息公开申请数量", *"0000000"),
        (GRANTED, "26886", "0", "0", "0", "0", "0", "26886"),
        ("（七）总计", "2688", "0", "0", "0", "0", "0", "2688"),
    ]
    below = [rest, ("四、结转下年度继续办理", *"0000000")]
    blocks = (
        TextBlock("甲市税务局2022年政府信息公开工作年度报告"),
        ruled(above, 1),
        ruled(below, 2),
    )
    (report,) = recognise(Document("pdf", blocks), "甲.pdf")
    return dict(report.cells)


def test_a_number_that_a_page_tore_between_lines_is_whole_where_its_sums_hold() -> None:
    cells = torn_between_lines(("", "6", "", "", "", "", "", "6"))
    assert said(cells, "total_processed") == [26886, 0, 0, 0, 0, 0, 26886]
    assert cells["applications.total_processed.total"].oddities == ("torn",)


def test_a_number_that_a_page_tore_between_lines_is_unknown_where_no_sum_holds() -> None:
    cells = torn_between_lines(("", "7", "", "", "", "", "", "7"))
    assert said(cells, "total_processed") == ["?", 0, 0, 0, 0, 0, "?"]
    assert cells["applications.total_processed.total"].oddities == ("torn",)


def test_section_four_has_its_columns_by_its_headers() -> None:
    at = [70 + 32 * n for n in range(15)]
    names = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计") * 3
    words = [
        *(centred("行政复议", 40, at[2]), centred("行政诉讼", 40, at[10])),
        *(centred("未经复议直接起诉", 55, at[7]), centred("复议后起诉", 55, at[12])),
        *(centred(name[:2], 70, x) for name, x in zip(names, at, strict=True)),
        *(centred(name[2:], 81, x) for name, x in zip(names, at, strict=True) if name[2:]),
        *(centred("4", 100, x) for n, x in enumerate(at) if n not in (1, 7)),
    ]
    cells = read(words)
    assert cells["disputes.review.upheld"].value == 4
    assert cells["disputes.review.corrected"].mark == "blank"
    assert cells["disputes.litigation_direct.other"].mark == "blank"
    assert cells["disputes.litigation_after_review.total"].value == 4


def test_section_two_has_its_columns_by_its_headers() -> None:
    at = (250, 370, 490)
    words = [
        word("信息内容", 100, 80),
        *(
            centred(t, 100, x)
            for t, x in zip(("本年制发件数", "本年废止件数", "现行有效件数"), at, strict=True)
        ),
        *row("规章", 120, "", "2", "", at=at),
        *row("行政规范性文件", 140, "1", "0", "9", at=at),
        *(word("信息内容", 160, 80), centred("本年处理决定数量", 160, 370)),
        *(word("行政许可", 180, 80), centred("18", 180, 370)),
        word("信息内容", 200, 80),
        centred("本年处理决定数量", 200, 370),
        word("行政处罚", 220, 80),
    ]
    cells = read(words)
    assert [
        cells[f"disclosure.regulations.{key}"].value for key in ("issued", "repealed", "in_force")
    ] == [None, 2, None]
    assert cells["disclosure.regulations.issued"].mark == "blank"
    assert cells["disclosure.administrative_licensing.decisions"].value == 18
    assert cells["disclosure.administrative_penalty.decisions"].mark == "blank"


def test_a_number_beside_the_table_fills_no_column_that_is_blank_all_the_way_down() -> None:
    at = (*AT[:2], *AT[3:], 580)
    cells = read(
        [
            *heads(40),
            *row("一、本年新收政府信息公开申请数量", 100, *"5000058", at=at),
            *row("二、上年结转政府信息公开申请数量", 120, *"1000018", at=at),
        ]
    )
    assert said(cells, "new_received") == said(cells, "carried_over") == UNKNOWN


def test_a_table_beside_another_puts_its_rows_in_doubt() -> None:
    beside = [x + 280 for x in AT]
    cells = read(
        [
            *NEW,
            *numbers_at(100, *"1234567", at=beside),
            *row(GRANTED, 140, *[""] * 7),
            *numbers_at(140, *"1234567", at=beside),
        ]
    )
    assert said(cells, "new_received") == said(cells, "granted") == UNKNOWN


def test_words_in_a_cell_are_no_blank() -> None:
    remark = [*row(GRANTED, 140, "", "3", "", "0", "", "", "3"), centred("详见", 140, AT[2])]
    cells = read([*NEW, *CARRIED, *remark])
    assert cells["applications.granted.research"].mark == "text"
    assert cells["applications.granted.business"].value == 3


def test_a_header_with_its_unit_set_apart_is_one() -> None:
    words = [
        word("信息内容", 100, 80),
        *(word("本年收费金额", 100, 330), word("（单位：万元）", 100, 396)),
        *(word("行政事业性收费", 120, 80), centred("18.5", 120, 380)),
    ]
    assert read(words)["disclosure.administrative_fees.amount"].mark in ("number", "unknown")


PLAIN_ROWS = [*NEW, *CARRIED]
LAST = "四、结转下年度继续办理"


@pytest.mark.parametrize("behind", ["3", " 3", " -", "—"])
def test_a_number_that_touches_its_label_is_no_blank(behind: str) -> None:
    """Set from the left, in a column that begins where labels end."""
    label = GRANTED + behind
    cells = read([*PLAIN_ROWS, *row(label, 140, "", "0", "0", "0", "0", "0", "3")])
    assert said(cells, "granted") == UNKNOWN


def test_a_full_row_stands_whatever_its_label_ends_in() -> None:
    cells = read([*PLAIN_ROWS, *row(f"{GRANTED}1", 140, "3", "0", "0", "0", "0", "0", "3")])
    assert said(cells, "granted") == [3, 0, 0, 0, 0, 0, 3]


@pytest.mark.parametrize("two", ["12 345", "- 345"])
def test_two_numbers_with_hardly_a_blank_between_are_no_number_and_a_blank(two: str) -> None:
    open_row = [*row(LAST, 140, "1", "0", "0", "0", "", "", "345"), centred(two, 140, 480)]
    assert said(read([*PLAIN_ROWS, *open_row]), "carried_forward") == UNKNOWN


def test_a_number_that_stands_in_two_columns_may_be_two_numbers() -> None:
    """Numbers as wide as their columns touch each other."""
    rows = [
        *[word(text, 100, x - 5) for text, x in zip("5000005", AT, strict=True)],
        *[word(text, 120, x - 5) for text, x in zip("1000001", AT, strict=True)],
        word("一、本年新收政府信息公开申请数量", 100, 80),
        word("二、上年结转政府信息公开申请数量", 120, 80),
        word(LAST, 140, 80),
        word("12345678526", 140, AT[1] - 5),
        word("9", 140, AT[6] - 5),
    ]
    assert said(read(rows), "carried_forward") == UNKNOWN
