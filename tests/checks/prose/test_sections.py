"""Prescribed sections that are missing or empty."""

from checks.prose.sections import empty, missing
from form.report import Paragraph
from tests.checks.prose.reports import HEADINGS, WHOLE, paragraphs


def without(number: int) -> tuple[Paragraph, ...]:
    left = {section: text for section, text in HEADINGS.items() if section != number}
    return paragraphs({key: text for key, text in WHOLE.items() if key != number}, left)


def test_all_there() -> None:
    assert missing(paragraphs(WHOLE)) == ()
    assert empty(paragraphs(WHOLE), "甲市水务局") == ()


def test_each_prose_section_is_missed() -> None:
    assert [missing(without(number)) for number in (1, 5, 6)] == [(1,), (5,), (6,)]


def test_tables_are_missed_elsewhere() -> None:
    assert missing(without(3)) == ()


def test_a_heading_glued_to_other_text_is_a_heading() -> None:
    lines = (*without(6), Paragraph(5, "将加强培训。六、其他需要报告的事项"))
    assert missing(lines) == ()


def test_other_wordings_and_numbers_are_headings() -> None:
    assert missing((*without(6), Paragraph(5, "其他报告事项"))) == ()
    assert missing((*without(1), Paragraph(0, "（一）总体情况"))) == ()
    assert missing((*without(5), Paragraph(4, "五、工作中的不足与下一步打算"))) == ()


def test_text_without_headings_says_nothing_about_sections() -> None:
    assert missing(()) == ()
    assert missing((Paragraph(0, "本年度收到申请 3 件。"),)) == ()


def test_signature_date_and_page_number_fill_no_section() -> None:
    lines = "甲市水务局\n2021年1月20日\n— 3 —\n打印本页 关闭窗口"
    assert empty(paragraphs(WHOLE | {6: lines}), "甲市水务局") == (6,)


def test_none_is_an_answer() -> None:
    assert empty(paragraphs(WHOLE | {6: "    无"}), None) == ()
