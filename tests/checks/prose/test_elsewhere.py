"""Prose that is nearly another agency's, found by an index over all reports at hand."""

from dataclasses import replace

import pytest

from checks.prose.copies import SHORTEST_ELSEWHERE, length
from checks.prose.elsewhere import MOST_BY_CLAUSE, Text, alike
from checks.prose.facts import prose_facts
from checks.prose.sentences import sentences
from checks.together import check_together
from form.report import Report
from tests.checks.prose.reports import report

RULE = "prose_copied_elsewhere"
STOCK = "供水管网改造水质检测公示停水通知发布取水许可办理河道巡查记录节水宣传周水价听证雨量站点"


def text(seed: int, lines: int = 40) -> str:
    """Lines of made-up text, no two alike, other ones for another seed."""
    signs = [STOCK[(seed * 7 + at * (seed % 5 + 3)) % len(STOCK)] for at in range(lines * 12)]
    parts = ("".join(signs[at * 12 : at * 12 + 12]) for at in range(lines))
    return "\n".join(f"第{seed}类事项中{part}已经公布。" for part in parts)


def made(agency: str, year: int, overview: str) -> Report:
    return report(overview, year=year, editions="2021", agency=agency)


def asked(reports: list[Report]) -> list[tuple[str | None, int | None, str]]:
    """Whose report is asked about, on which year, and which agency's text it has."""
    return [
        (item.report.agency, item.report.year, finding.place)
        for item in check_together(reports)
        for finding in item.findings
        if finding.rule == RULE
    ]


OURS = (
    "2023年，{name}把公开贯穿到办文、办事的各个环节，群众关心什么就先公开什么。",
    "门户网站共主动公开信息{n}条，内容涉及水费标准、停水通知、工程招标和水质检测结果。",
    "组织各科室逐件核对答复文书，统一文书格式，明确了办理时限，做到件件有回音。",
    "一是修订公开指南，二是完善公开目录，三是在办事大厅设置查阅点，四是定期更换张贴的内容。",
    "对公众关心的供水水质信息按月公布，并配以图解和问答，方便老人和学生理解。",
    "四月旱情期间，每天上午九点发布水库蓄水量，连续发布四十一天，未收到不实的反映。",
    "偏远村组的停水通知送达慢，与村委会约定由村广播站代播，十月起试行，效果有待观察。",
    "老旧小区的水表更换进度在单元门口张贴，更换前三天告知住户，更换后公布抽检结果。",
    "汛期逐日公布河道水位与雨量，及时提醒沿岸群众转移，并在汛后公开了抢险物资的采购清单。",
    "把取水许可的全部流程搬到网上，企业在线提交材料，审批进度随时可查，补正一次告知。",
    "新建的水厂开放日吸引了学生和居民参观，讲解员现场回答提问，问答整理后登在网站上。",
    "重新编排了公开目录，把散见于各栏目的水质检测报告归到一处，按水厂和月份排列。",
    "围绕管网改造，公开施工计划和绕行路线，设立咨询窗口，回答居民关于水压和停水时间的疑问。",
    "每季度抽查两个基层水务所，看公示栏是否过期、数字是否与网站一致，发现的问题当场改正。",
)


def overview(name: str, number: int, lines: tuple[str, ...] = OURS) -> str:
    return "\n".join(line.format(name=name, n=number) for line in lines)


def test_the_text_of_these_tests_is_long_enough() -> None:
    item = made("甲市水务局", 2023, overview("甲市水务局", 300))
    assert length(sentences(item.paragraphs)) > SHORTEST_ELSEWHERE


def test_prose_of_another_agency_is_asked_about_in_the_later_report() -> None:
    first = made("甲市水务局", 2022, overview("甲市水务局", 300))
    copy = made("乙市水务局", 2023, overview("乙市水务局", 417))
    assert asked([first, copy]) == [("乙市水务局", 2023, "甲市水务局")]
    assert asked([copy, first]) == [("乙市水务局", 2023, "甲市水务局")]


def test_of_one_year_the_second_is_asked_about() -> None:
    one = made("甲市水务局", 2023, overview("甲市水务局", 300))
    two = made("乙市水务局", 2023, overview("乙市水务局", 417))
    assert asked([one, two]) == [("乙市水务局", 2023, "甲市水务局")]


@pytest.mark.parametrize(
    "others",
    [
        made("乙市水务局", 2023, overview("乙市水务局", 417, OURS[:6])),
        made("甲市水务局", 2022, overview("甲市水务局", 417)),
        made("市水务局", 2022, overview("市水务局", 417)),
        made("乙市水务局", 2022, text(3)),
    ],
    ids=["half of it", "the agency itself", "a short name of it", "a text of its own"],
)
def test_what_is_no_copy_of_anothers(others: Report) -> None:
    own = made("甲市水务局", 2023, overview("甲市水务局", 300))
    assert asked([others, own]) == []


def test_a_short_text_proves_nothing() -> None:
    short = OURS[:5]
    one = made("甲市水务局", 2022, overview("甲市水务局", 300, short))
    two = made("乙市水务局", 2023, overview("乙市水务局", 417, short))
    assert asked([one, two]) == []


def test_a_government_and_its_office_have_one_report() -> None:
    one = made("丁县人民政府", 2023, overview("县政府", 300))
    two = made("丁县人民政府办公室", 2023, overview("县政府", 300))
    assert asked([one, two]) == []
    assert asked([one, replace(two, agency="戊县人民政府办公室")]) != []


def test_a_text_that_all_have_is_looked_up_in_few_steps() -> None:
    fingerprint = prose_facts(made("甲市水务局", 2023, overview("甲市水务局", 300))).fingerprint
    texts = [Text(f"{number}号水务局", 2023, fingerprint) for number in range(400)]
    found = dict(alike(texts))
    assert len(found) == 399
    assert {len(others) for others in found.values()} == {1, 2, 3}
    assert max(other for others in found.values() for other in others) < MOST_BY_CLAUSE
