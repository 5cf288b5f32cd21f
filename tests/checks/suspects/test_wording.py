"""What an explanation says, to the letter: every kind of slip, every reason, every bound."""

import pytest

from checks.explanations import Change, Confirmation
from checks.suspects import suspects, wording
from checks.suspects.causes import Guess
from checks.suspects.wording import Standing
from tests.checks.reports import made

UPHELD, OTHER = "disputes.review.upheld", "disputes.review.other"
EMPTY = made(tables=("disputes",))


def first_sentence(lines: str) -> str:
    return suspects(made(lines, tables=("disputes",))).explanations[0].because


@pytest.mark.parametrize(
    ("line", "lead"),
    [
        ("review 153 0 0 0 135", "行政复议 · 结果维持 数字颠倒，153 应为 135"),
        ("review 135 0 0 0 153", "行政复议 · 结果维持 数字颠倒，135 应为 153"),
        ("review 150 0 0 2 17", "行政复议 · 结果维持 多写一个 0，150 应为 15"),
        ("review 15 0 0 2 152", "行政复议 · 结果维持 少写一个 0，15 应为 150"),
        ("review 0 -2 0 0 2", "行政复议 · 结果纠正 多了负号，−2 应为 2"),
        ("review 2 1 0 0 .", "总计漏填，行政复议 · 总计 应为 3"),
    ],
)
def test_one_misprinted_number_is_named_with_what_it_says_and_should_say(
    line: str, lead: str
) -> None:
    assert first_sentence(line).partition("：")[0] == lead


def test_two_cells_and_two_rows_in_each_others_place_are_named() -> None:
    swapped = suspects(made("review 5 2 0 0 3", tables=("disputes",))).explanations[-1]
    assert swapped.because == (
        "“行政复议 · 结果维持”与“行政复议 · 总计”两格填反了：这样改，全部关系成立。"
    )
    rows = suspects(
        made(
            "new_received 8 1 . . . . 9\ntotal_processed 2 1 . . . . 3\n"
            "carried_forward 6 . . . . . 6\ngranted 6 . . . . . 6"
        )
    )
    (named,) = [item for item in rows.explanations if item.kind == "swap"]
    assert named.because.startswith("“三（七）总计”与“四、结转下年度继续办理”两行填反了：")


ROWS = ("review", "litigation_direct", "litigation_after_review")
APPLICATIONS = ("new_received", "carried_over")


DISPUTES = ("upheld", "corrected", "other", "pending", "total")
APPLICANTS = (
    *("natural_person", "business", "research", "public_welfare"),
    *("legal_service", "other", "total"),
)


@pytest.mark.parametrize(
    ("key", "guess", "lead"),
    [
        (
            "disputes",
            Guess("shift", tuple(range(15)), (*[None] * 3, 1, *[None] * 11), (), -5),
            "整行的数填错了栏：“行政诉讼 · 未经复议直接起诉 · 尚未审结”栏里的数应填在“行政复议 · 尚未审结”栏，其余依次移动",
        ),
        (
            "disputes",
            Guess("shift", tuple(range(5)), (None, None, 4, None, None), (0,), 2),
            "“行政复议”一行的数填错了栏：“结果维持”栏里的数应填在“其他结果”栏，其余依次移动",
        ),
        (
            "applications",
            Guess("shift", (0, 1, 2, 7, 8, 9), (3, None, None, None, 5, None), (), -1),
            "各行的数填错了栏：“商业企业”栏里的数应填在“自然人”栏，其余依次移动",
        ),
        (
            "applications",
            Guess("shift", (7, 8, 9), (3, None, None), (1,), -1),
            "“二、上年结转政府信息公开申请数量”一行的数填错了栏：“商业企业”栏里的数应填在“自然人”栏，其余依次移动",
        ),
        (
            "applications",
            Guess("included", (0,), (3,), (0, 1)),
            "“一、本年新收政府信息公开申请数量”把“二、上年结转政府信息公开申请数量”也算了进去",
        ),
        ("applications", Guess("copied", (6,), (3,), (), 1), "“总计”一列照抄了“商业企业”一列"),
        ("disputes", Guess("left_out", (4,), (3,)), "总计没有把“尚未审结”加进去"),
        (
            "applications",
            Guess("moved", (), (), (0, 5, 0)),
            "“一、本年新收政府信息公开申请数量”填在“自然人”栏，其余各行却都填在“其他”栏",
        ),
    ],
)
def test_a_slip_is_told_by_the_words_of_the_form(key: str, guess: Guess, lead: str) -> None:
    rows, columns = (ROWS, DISPUTES) if key == "disputes" else (APPLICATIONS, APPLICANTS)
    assert wording.cause_lead(made(), key, rows, columns, guess, ()) == lead


@pytest.mark.parametrize(
    ("size", "standing", "reason"),
    [
        (1, Standing(True, 1), "这样改，全部关系成立；只改 1 格的改法只有这一种"),
        (3, Standing(True, 1), "这样改，全部关系成立；只改 3 格的改法只有这一种"),
        (2, Standing(True, 4), "这样改，全部关系成立；同样只改 2 格的改法共 4 种"),
        (2, Standing(True, None), "这样改，全部关系成立"),
        (2, Standing(False, 4), "这样改，全部关系成立"),
        (1, Standing(False, 1), "这样改，全部关系成立"),
    ],
)
def test_nothing_is_called_the_only_way_that_is_not(
    size: int, standing: Standing, reason: str
) -> None:
    assert wording.sentence("甲", size, standing, ()) == f"甲：{reason}。"


@pytest.mark.parametrize(
    ("source", "said", "opened"),
    [
        ("prose", "并与正文一致", "若以正文为准，"),
        ("previous_year", "并与上一年度报告的结转数一致", "若以上一年度报告为准，"),
        ("next_year", "并与下一年度报告的上年结转数一致", "若以下一年度报告为准，"),
    ],
)
def test_who_agrees_and_who_is_followed_is_named(
    source: Confirmation, said: str, opened: str
) -> None:
    whole = wording.sentence("甲", 1, Standing(False, None), [source])
    assert whole == f"甲：这样改，全部关系成立，{said}。"
    assert wording.opening([source]) == wording.opening([source, source]) == opened
    other: Confirmation = "prose" if source != "prose" else "next_year"
    assert wording.opening([source, other]) == "若以正文和相邻年度的报告为准，"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (Change(UPHELD, 1, 2), "行政复议 · 结果维持 应为 2"),
        (Change(UPHELD, 1, None), "行政复议 · 结果维持 应为 0"),
        (Change(UPHELD, 1, None, (3, None)), "行政复议 · 结果维持 有误，应不少于 3"),
        (Change(UPHELD, 1, None, (3, 5)), "行政复议 · 结果维持 有误，应在 3 至 5 之间"),
    ],
)
def test_what_a_cell_should_be(change: Change, said: str) -> None:
    assert wording.changes_lead(EMPTY, [change]) == said


def test_a_row_is_named_once_and_a_long_list_says_how_long_it_is() -> None:
    changes = [Change(UPHELD, 1, 2), Change(OTHER, 1, 0), Change("disputes.litigation.total", 2, 5)]
    lead = wording.changes_lead(EMPTY, changes[:2])
    assert lead == "行政复议 · 结果维持 应为 2，其他结果 应为 0"
    eight = [Change(UPHELD, 1, 2)] * wording.MOST_NAMED
    assert "等" not in wording.changes_lead(EMPTY, eight)
    assert wording.changes_lead(EMPTY, [*eight, *changes]).endswith("，等 11 格")


def test_a_search_that_ended_early_says_where_and_how_far() -> None:
    assert wording.stopped("三、甲", 4) == (
        "三、甲：可能的改法太多，没有查完，至少要改 4 格，所列的改法可能不全"
    )
    assert wording.cut(7) == "同样可能的改法很多，只列出前 7 种"


def test_a_missing_total_is_called_left_out() -> None:
    lead = wording.missing_lead(EMPTY, [Change("disputes.review.total", None, 3)])
    assert lead == "总计漏填，行政复议 · 总计 应为 3"
