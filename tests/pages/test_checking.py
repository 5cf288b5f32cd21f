"""机构与规则 and 勾稽规则: the whole library by agency and rule, every rule with its examples."""

import re
from pathlib import Path

import pytest

from checks.catalogue import kinds
from checks.states import basis
from desk.desk import Desk
from library.store import Library
from tests.pages.conftest import OpenPage, html

LIAOCHENG, BEIDAIHE = "聊城市自然资源和规划局", "北戴河区自然资源和规划局"
ZHENGZHOU = "郑州市自然资源和规划局二七分局"


def accept_first(home: Path) -> None:
    with Library(home=home) as library:
        reports = library.reports()
        number = int(reports.index[reports["agency"] == LIAOCHENG][0])
        report = library.report(number)
        finding = Desk(library).judged(number)[0].finding
        library.log.accept(number, finding.key, basis(report, finding), "备案口径", "公开科")


def agencies(shown: str) -> list[str]:
    return re.findall(r'<th scope="row" title="([^"]+)"', shown)


@pytest.mark.usefixtures("home")
def test_agencies_by_rules_are_counted_and_lead_to_their_findings(open_page: OpenPage) -> None:
    shown = html(open_page("matrix"))
    assert agencies(shown)[:3] == [ZHENGZHOU, LIAOCHENG, BEIDAIHE]
    assert f"{LIAOCHENG}，收支不平：待处理 3" in shown
    assert f"{BEIDAIHE}，总计漏填：待处理 2" in shown
    assert "kind=%E6%94%B6%E6%94%AF%E4%B8%8D%E5%B9%B3" in shown


@pytest.mark.usefixtures("home")
def test_the_matrix_is_sorted_and_narrowed(open_page: OpenPage) -> None:
    assert agencies(html(open_page("matrix", sort="总计漏填")))[0] == BEIDAIHE
    assert agencies(html(open_page("matrix", find="beidaihe"))) == [BEIDAIHE]
    assert "没有符合这些条件的问题" in html(open_page("matrix", state="更正后相符"))
    assert LIAOCHENG not in agencies(html(open_page("matrix", severity="可疑")))


def test_what_was_decided_shows_in_the_matrix_and_in_the_list(
    home: Path, open_page: OpenPage
) -> None:
    accept_first(home)
    assert f'{LIAOCHENG}，收支不平：待处理 2"' in html(open_page("matrix"))
    everything = html(open_page("matrix", state="全部"))
    assert f"{LIAOCHENG}，收支不平：待处理 2，已认可 1" in everything
    listed = html(open_page("findings", find=LIAOCHENG, state="已认可"))
    assert listed.count(">已认可</span>") == 1
    assert "finding=3" in listed  # what is settled comes last on the report's page
    rules = html(open_page("rules"))
    balance = rules[rules.index('id="balance"') : rules.index('id="outcomes"')]
    assert "资料库里有 3 处" in balance
    assert "其中 1 处认可为不是错误" in balance


@pytest.mark.usefixtures("home")
def test_every_kind_of_finding_has_its_card_with_examples(open_page: OpenPage) -> None:
    shown = html(open_page("rules"))
    for kind in kinds().values():
        assert f'id="{kind.code}"' in shown
        assert kind.sentence in shown
    about_reports = [kind for kind in kinds().values() if kind.code != "not_judged"]
    assert shown.count('<div class="dd-example">') >= 2 * len(about_reports) - 3
    assert "资料库里有 3 处</a>，没有认可为不是错误的" in shown
    balance = shown[shown.index('id="balance"') : shown.index('id="outcomes"')]
    assert "国办公开办函" in balance
    assert re.search(r'<b class="dd-red dd-nowrap">⚠\ufe0e 9</b>', balance)
    assert 'id="balance"' not in html(open_page("rules", severity="待核"))


@pytest.mark.usefixtures("empty_home")
def test_rules_can_be_read_before_anything_came_in(open_page: OpenPage) -> None:
    assert 'id="balance"' in html(open_page("rules"))
    assert "还没有可以列出的问题。" in html(open_page("matrix"))
