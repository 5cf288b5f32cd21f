"""What letters say: one word for word as a person would write it, and what each kind leaves out."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from checks.asking import Asking, asking
from checks.explanations import Suspects
from checks.states import Judged
from desk.desk import Desk
from form.report import Report
from library.importing import import_file
from library.store import Library
from outputs.letters import Draft, Head, Sender, check_draft, document, remind_draft
from sample_reports import FOLDER
from tests.outputs.letters.words import says

SENDER = Sender("甲市政务公开工作办公室", "政务公开科，0000-1234567")

# Written by hand from the printed form: 77+0 and 75+0, 3+0 and 2+空, 25+0 and 28+空.
LIAOCHENG = """\
关于《聊城市自然资源和规划局2020年政府信息公开工作年度报告》的核验意见
甲政公开函〔2026〕7号
聊城市自然资源和规划局：
你单位报送的《聊城市自然资源和规划局2020年政府信息公开工作年度报告》收悉。经核对印出的统计表，有 3 处数字不合勾稽关系，函告如下：
1．收支不平（自然人）：本年新收 77 加上年结转 0，不等于办理总计 75 加结转下年 0，左边多 2。
印出的数：77 + 0 ≠ 75 + 0
最可能：一、本年新收政府信息公开申请数量 · 自然人 应为 75，科研机构 应为 2，法律服务机构 应为 28（照印出的数，改格最少的只有这一种）。
2．收支不平（科研机构）：本年新收 3 加上年结转 0，不等于办理总计 2 加结转下年 空，左边多 1。
印出的数：3 + 0 ≠ 2 + 空
最可能：一、本年新收政府信息公开申请数量 · 自然人 应为 75，科研机构 应为 2，法律服务机构 应为 28（照印出的数，改格最少的只有这一种）。
3．收支不平（法律服务机构）：本年新收 25 加上年结转 0，不等于办理总计 28 加结转下年 空，左边少 3。
印出的数：25 + 0 ≠ 28 + 空
最可能：一、本年新收政府信息公开申请数量 · 自然人 应为 75，科研机构 应为 2，法律服务机构 应为 28（照印出的数，改格最少的只有这一种）。
请于2026年2月10日前核实上述各处，更正后重新报送年度报告；认为所报数字无误的，请书面说明理由。
联系方式：政务公开科，0000-1234567
甲市政务公开工作办公室
2026年2月3日"""

REMINDER = """\
关于报送2025年政府信息公开工作年度报告的催报函
乙县人民政府：
至2026年2月3日，尚未收到《乙县人民政府2025年政府信息公开工作年度报告》。
该报告应于2026年1月31日前报送。
请于2026年2月10日前报送；不能按期报送的，请书面说明原因。
甲市政务公开工作办公室
2026年2月3日"""


class Read:
    """Sample reports in a library, with all that is said about each."""

    def __init__(self, library: Library, *names: str) -> None:
        for name in names:
            assert import_file(library, name, (FOLDER / name).read_bytes()).state == "kept"
        self.library, self.desk = library, Desk(library)
        reports = self.desk.settled().counted
        self.ids = dict(zip(reports["year"].tolist(), reports.index.tolist(), strict=True))

    def judged(self, year: int) -> tuple[Judged, ...]:
        return self.desk.judged(self.ids[year])

    def report(self, year: int) -> Report:
        return self.library.report(self.ids[year])

    def suspects(self, year: int) -> Suspects:
        return self.desk.suspects(self.ids[year])

    def draft(self, year: int, **said: object) -> Draft:
        report = self.report(year)
        head = Head(
            report.agency or "",
            year,
            date(2026, 2, 3),
            date(2026, 2, 10),
            "甲政公开函〔2026〕7号",
            SENDER,
        )
        return check_draft(head, report, asking(self.judged(year)), self.suspects(year), **said)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(str(tmp_path / "a.sqlite")) as library:
        yield library


def test_a_letter_is_what_a_person_would_write(library: Library) -> None:
    read = Read(library, "real/聊城市自然资源和规划局2020年报.txt")
    draft = read.draft(2020)
    assert says(document(draft)) == LIAOCHENG.splitlines()
    assert document(draft) == document(draft)
    assert draft.slips == 3
    keys = {item.finding.key for item in read.judged(2020) if item.finding.is_error}
    assert draft.findings.keys() == keys


def test_a_letter_about_some_of_it_asks_about_these_only(library: Library) -> None:
    read = Read(library, "real/聊城市自然资源和规划局2020年报.txt")
    (key,) = [item.finding.key for item in read.judged(2020) if item.finding.column == "research"]
    draft = read.draft(2020, keys=[key])
    assert (draft.slips, list(draft.findings)) == (1, [key])
    assert [item["序号"] for item in draft.items] == ["1"]
    assert "科研机构" in draft.items[0]["问题"]


def test_many_ways_are_no_likeliest_one(library: Library) -> None:
    read = Read(library, "invented/庚区市场监督管理局2023年报.xlsx")
    draft = read.draft(2023)
    (item,) = draft.items
    assert draft.slips == 1
    assert item["问题"].splitlines() == [
        "分项不合总计（自然人）：各项办理结果之和为 101，不等于办理总计 103，左边少 2。",
        "分项不合总计（总计）：各项办理结果之和为 116，不等于办理总计 118，左边少 2。",
    ]
    assert item["可能有误的格"].startswith("有 21 种改法同样能使关系成立，可能有误的格有")
    assert item["可能有误的格"].endswith("等 21 格，请按底数核实。")
    assert "最可能" not in item["可能有误的格"]
    assert "总计、" not in item["可能有误的格"]


def test_a_carry_asks_both_reports_or_only_the_one_that_is_wrong(library: Library) -> None:
    read = Read(
        library,
        *(f"invented/戊市公安局202{at}年报.{end}" for at, end in ((3, "html"), (4, "docx"))),
    )
    (item,) = read.draft(2024).items
    assert item["要求"] == "请核实是本报告还是 2023 年度报告填错，更正填错的一份。"
    asked = asking(read.judged(2024))
    (slip,) = asked.slips
    decided = [judged_as(item, "other") for item in slip]
    elsewhere = asking(decided)
    assert (elsewhere.slips, len(elsewhere.elsewhere)) == ((), 1)
    head = Head("戊市公安局", 2024, date(2026, 2, 3))
    draft = check_draft(head, read.report(2024), elsewhere, read.suspects(2024))
    assert draft.findings == {}
    assert draft.values["不要求更正"].endswith(
        "按现有证据是 2023 年度报告填错，本函不要求更正本报告。"
    )
    mixed = asking([judged_as(slip[0], "this"), *decided[1:]])
    assert len(mixed.slips) == 1
    own = check_draft(
        head, read.report(2024), asking([judged_as(x, "this") for x in slip]), read.suspects(2024)
    )
    assert own.items[0]["要求"] == "按现有证据是本报告填错，请更正本报告。"


def judged_as(item: Judged, decided: str) -> Judged:
    return replace(item, finding=replace(item.finding, decided=decided))


def test_nobody_is_asked_about_what_stands_for_a_reason_or_came_of_corrections(
    library: Library,
) -> None:
    read = Read(library, "real/聊城市自然资源和规划局2020年报.txt")
    first, second, third = (item for item in read.judged(2020) if item.finding.is_error)
    asked = asking(
        [
            replace(first, state="accepted"),
            replace(second, state="caused", by_correction=True),
            third,
        ]
    )
    assert asked.keys == {third.finding.key}
    # The print still has what was corrected here.
    assert asking([replace(first, state="corrected")]).keys == {first.finding.key}
    assert asking([replace(first, finding=replace(first.finding, undecided=True))]) == Asking()


def test_questions_are_asked_where_somebody_wants_it(library: Library) -> None:
    read = Read(library, "real/郑州市自然资源和规划局二七分局2020年报.txt")
    assert asking(read.judged(2020)).questions
    assert read.draft(2020).values["另请核实"] == ""
    draft = read.draft(2020, with_questions=True)
    said = draft.values["另请核实"]
    assert draft.slips == 0
    assert draft.findings.keys() == {x.finding.key for x in asking(read.judged(2020)).questions}
    assert read.draft(2020).findings == {}
    written = says(document(draft))
    assert "经核对印出的统计表和正文，有以下情况请说明。" in written[3]
    assert any(line.startswith("请于2026年2月10日前书面说明；") for line in written)
    assert said.startswith("1. ")
    assert "缺章节" in said


def test_a_reminder() -> None:
    head = Head(
        "乙县人民政府",
        2025,
        date(2026, 2, 3),
        date(2026, 2, 10),
        sender=Sender("甲市政务公开工作办公室"),
    )
    assert says(document(remind_draft(head, date(2026, 1, 31)))) == REMINDER.splitlines()
    without = says(document(remind_draft(head, None)))
    assert not any("应于" in line for line in without)


def test_a_second_letter_says_so_and_asks_why_more_was_changed(library: Library) -> None:
    read = Read(library, "real/聊城市自然资源和规划局2020年报.txt")
    head = Head("聊城市自然资源和规划局", 2020, date(2026, 2, 3), round=2, reference="8号")
    changed = ("甲：原为 1，现为 2。", *(f"第 {n} 项" for n in range(12)))
    draft = check_draft(
        head, read.report(2020), asking(read.judged(2020)), read.suspects(2020), changed=changed
    )
    assert says(document(draft))[1] == "8号（第 2 次）"
    said = draft.values["另请核实"].splitlines()
    assert said[0] == "1. 这次重报另有改动，请说明原因：甲：原为 1，现为 2。"
    assert said[-1] == "11. 这次重报还有 3 项改动，请一并说明原因。"
    assert said[1].endswith("第 0 项。")
