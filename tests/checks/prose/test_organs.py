"""Words that name the agency itself, and those that name others' figures."""

import pytest

from checks.prose.facts import prose_facts
from checks.prose.organs import signed
from checks.prose.vocabulary import ELSEWHERE_SIGN, OWN_SIGN
from form.report import Paragraph, Report


def marked(text: str, agency: str | None) -> str:
    """Return a text with the agency's own names as ○ and others' shares as ×."""
    return signed(text, agency).replace(OWN_SIGN, "○").replace(ELSEWHERE_SIGN, "×")


@pytest.mark.parametrize(
    ("agency", "text", "expected"),
    [
        ("丁县人民政府", "全县收到 9 件，县政府本级 2 件", "○○收到 9 件，××××× 2 件"),
        ("丁县人民政府", "全县各部门收到 9 件", "全县各部门收到 9 件"),
        ("丁县人民政府", "我县收到", "○○收到"),
        ("丁县人民政府", "我市收到", "我市收到"),
        ("丁县水利局", "全县收到，我县收到，县水利局收到", "全县收到，我县收到，○○○○收到"),
        ("丁县水利局", "省水利局收到", "省水利局收到"),
        ("丁县戊镇人民政府", "全镇收到，全县收到", "○○收到，全县收到"),
        ("内蒙古自治区人民政府", "全区收到，区本级收到", "全区收到，区本级收到"),
        ("己市高新技术产业开发区管理委员会", "我区收到，全区收到", "○○收到，全区收到"),
        ("甲市人民政府", "全市收到，市信访局收到", "全市收到，市信访局收到"),
        ("丙市信访局", "市信访局收到", "○○○○收到"),
        ("乙市戊区市场监督管理局", "区市场监管局收到", "○○○○○○收到"),
        (None, "市信访局收到，全市收到，我市收到", "市○○○收到，全市收到，○○收到"),
        (None, "我市各县收到", "我市各县收到"),
    ],
)
def test_whose_figures_a_name_tells(agency: str | None, text: str, expected: str) -> None:
    assert marked(text, agency) == expected


def test_signs_keep_every_place() -> None:
    text = "丁县人民政府：全县收到申请 30 件，其中县政府本级 4 件"
    assert len(signed(text, "丁县人民政府")) == len(text)


def test_the_same_sentence_says_another_thing_in_another_report() -> None:
    said = Paragraph(1, "全县共收到政府信息公开申请156件，县水利局收到22件。")
    claimed = {
        agency: [item.value for item in prose_facts(report).claims]
        for agency in ("丁县人民政府", "丁县水利局")
        for report in [Report(agency, 2024, {"disclosure": "2021"}, {}, (said,))]
    }
    assert claimed == {"丁县人民政府": [156], "丁县水利局": [22]}
