"""Rules that keep a false claim from becoming a false question, each by several wordings."""

import pytest

from checks.prose.facts import prose_facts
from form.report import Paragraph, Report
from tests.checks.prose.reports import claims


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "全年共办理申请 20 件，其中办结 18 件，结转下年度 2 件。",
            ["answered 18", "carried_forward 2"],
        ),
        (
            "上年结转 3 件，今年新收申请 12 件，共办理 15 件，其中答复 13 件，2 件结转下年度。",
            ["carried_over 3", "received 12", "answered 13", "carried_forward 2"],
        ),
        (
            "共办理依申请公开 9 件，其中按时办结 7 件，结转下年度 1 件。",
            ["answered 9", "carried_forward 1"],
        ),
        (
            "共办理依申请公开 9 件，其中当面答复 7 件，结转下年度 1 件。",
            ["answered 9", "carried_forward 1"],
        ),
        ("共办理申请 20 件，其中已办结 18 件。", ["answered 20"]),
    ],
)
def test_what_was_answered_of_what_was_taken_on(text: str, expected: list[str]) -> None:
    assert claims(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("行政复议案件 9 件，其中涉及政府信息公开的 1 件。", ["review.total 1"]),
        (
            "全年被申请行政复议 20 件，维持 18 件，其中政府信息公开类 3 件，均维持。",
            ["review.total 3", "review.upheld 3"],
        ),
        ("行政复议 12 件，其中涉及依申请公开的 2 件。", ["review.total 2"]),
        ("行政诉讼 6 件（涉及政府信息公开 1 件）。", ["litigation.total 1"]),
        (
            "行政复议 12 件、行政诉讼 5 件，其中涉及政府信息公开的复议 2 件、诉讼 1 件。",
            ["review.total 2", "litigation.total 1"],
        ),
        (
            "行政复议 12 件、行政诉讼 5 件，其中涉及政府信息公开的分别为 2 件、1 件。",
            ["review.total 2", "litigation.total 1"],
        ),
        ("行政复议 12 件、行政诉讼 5 件，其中涉及政府信息公开的 2 件。", []),
        ("政府信息公开行政复议 12 件，其中涉及依申请公开的 2 件。", ["review.total 12"]),
        (
            "因政府信息公开引起的行政复议 6 件、行政诉讼 5 件，其中涉及依申请公开的诉讼 2 件。",
            ["review.total 6", "litigation.total 5"],
        ),
        (
            "行政复议 5 件，受理政府信息公开申请 3 件。",
            ["review.total 5", "received 3"],
        ),
    ],
)
def test_only_cases_about_disclosure_count(text: str, expected: list[str]) -> None:
    assert claims(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "因信息公开引发行政复议、行政诉讼各 2 件，结果分别为纠正和维持。",
            [
                "review.total 2",
                "litigation.total 2",
                "review.corrected 2",
                "litigation.upheld 2",
            ],
        ),
        (
            "行政复议 1 件、行政诉讼 1 件，分别为尚未审结、维持。",
            ["review.total 1", "litigation.total 1", "review.pending 1", "litigation.upheld 1"],
        ),
        (
            "行政复议、行政诉讼各 3 件，结果分别为维持、纠正和尚未审结。",
            ["review.total 3", "litigation.total 3"],
        ),
        (
            "行政复议、行政诉讼各 1 件，结果为维持和纠正。",
            ["review.total 1", "litigation.total 1"],
        ),
        (
            "行政复议、行政诉讼各 1 件，结果分别为维持 1 件、纠正 1 件。",
            ["review.total 1", "litigation.total 1"],
        ),
        (
            "行政复议 2 件、行政诉讼 1 件，复议维持、诉讼尚未审结。",
            ["review.total 2", "litigation.total 1", "review.upheld 2", "litigation.pending 1"],
        ),
        (
            "行政诉讼 1 件、行政复议 2 件，复议结果为维持，诉讼结果为纠正。",
            ["litigation.total 1", "review.total 2", "review.upheld 2", "litigation.corrected 1"],
        ),
        (
            "行政复议 3 件、行政诉讼 2 件，诉讼维持 1 件，其余尚未审结。",
            ["review.total 3", "litigation.total 2", "litigation.upheld 1"],
        ),
        (
            "行政诉讼 2 件、行政复议 3 件，复议均维持，其他仍在审理中。",
            ["litigation.total 2", "review.total 3", "review.upheld 3"],
        ),
    ],
)
def test_ends_belong_to_cases_in_order_or_to_none(text: str, expected: list[str]) -> None:
    assert claims(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“十四五”以来，我局受理政府信息公开申请 120 件。", []),
        (
            "“十三五”时期制定规范性文件 12 件，今年制定规范性文件 2 件。",
            ["normative_documents.issued 2"],
        ),
        ("三年来共受理政府信息公开申请 88 件。", []),
        ("近五年来，我局因信息公开被申请行政复议 4 件。", []),
        ("2019—2021年，共办理政府信息公开申请 97 件。", []),
        ("2020年和2021年分别收到申请 12 件、15 件。", []),
        ("2019年至2021年，因信息公开被申请行政复议 6 件。", []),
        ("2021年1月至12月，共办理政府信息公开申请 97 件。", ["answered 97"]),
        ("一年来共受理政府信息公开申请 88 件。", ["received 88"]),
    ],
)
def test_spans_of_years_claim_nothing(text: str, expected: list[str]) -> None:
    assert claims(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "2020年，我局收到政府信息公开申请 14 件，答复 13 件。",
        "2019年全年我局收到政府信息公开申请 14 件。",
        "2022年，我局组织培训 2 次，共收到政府信息公开申请 14 件。",
        "2020年全年收到政府信息公开申请 14 件。其中，予以公开 9 件，部分公开 2 件。",
        "截至2020年12月31日，受理的 7 件申请已全部办结。",
    ],
)
def test_what_is_asked_about_as_another_years_claims_nothing(text: str) -> None:
    report = Report(None, 2021, {"disclosure": "2021"}, {}, (Paragraph(1, text),))
    assert len(prose_facts(report).years) == 1
    assert claims(text) == []


def test_parts_of_what_others_received_claim_nothing() -> None:
    assert claims("建议提案方面。其中：予以公开 10 件；部分公开 2 件。") == []
    assert claims("全区各单位共收到申请 80 件。其中，予以公开 65 件，部分公开 15 件。") == []
    assert claims("去年收到申请 80 件。其中，予以公开 65 件，部分公开 15 件。") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("申请量由 30 件增至 41 件。", ["received 41"]),
        ("新收申请从去年的 60 件减少到 45 件，办结 44 件。", ["received 45", "answered 44"]),
        ("行政复议由 2020 年的 5 件下降为 3 件。", ["review.total 3"]),
        ("受理申请由三十件增加至四十一件。", ["received 41"]),
        ("答复时限由 20 个工作日压缩到 15 个工作日，收到申请 8 件。", ["received 8"]),
        ("由我局办理的申请 5 件，均已答复。", ["answered 5"]),
    ],
)
def test_of_a_change_the_second_figure_counts(text: str, expected: list[str]) -> None:
    assert claims(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "今年受理申请 36 件（去年 31 件），办结 34 件（去年 31 件）。",
            ["received 36", "answered 34"],
        ),
        (
            "行政复议 3 件（2020 年 5 件），行政诉讼 1 件。",
            ["review.total 3", "litigation.total 1"],
        ),
        ("受理申请 36 件（全市 500 件），办结 34 件。", ["received 36", "answered 34"]),
        ("1）全市共收到申请 80 件（其中办结 70 件），答复 60 件。", []),
        ("近三年（2019—2021年）共受理申请 60 件。", []),
        ("去年受理申请 31 件（其中网络申请 20 件），办结 30 件。", []),
    ],
)
def test_what_stands_in_brackets_ends_with_them(text: str, expected: list[str]) -> None:
    assert claims(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("实现“零复议”“零诉讼”。", ["review.total 0", "litigation.total 0"]),
        ("全年“零申请”，制发规范性文件 2 件。", ["received 0", "normative_documents.issued 2"]),
        (
            "全年不存在因政府信息公开引起的行政复议、行政诉讼。",
            ["review.total 0", "litigation.total 0"],
        ),
        ("告知政府信息不存在 3 件，予以公开 5 件。", ["granted 5"]),
        ("收到申请 3 件，不存在不予公开的情形。", ["received 3", "denied 0"]),
        ("收到申请 3 件，未发生无正当理由不予公开的情况。", ["received 3"]),
        ("没有需要结转下年度办理的申请。", ["carried_forward 0"]),
    ],
)
def test_denials(text: str, expected: list[str]) -> None:
    assert claims(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "开展规范性文件清理，废止 4 件、宣布失效 1 件。",
            ["normative_documents.repealed 4", "normative_documents.repealed 1"],
        ),
        (
            "组织清理规范性文件，废止 6 件，继续有效 20 件。",
            ["normative_documents.repealed 6", "normative_documents.in_force 20"],
        ),
        ("清理规范性文件和政策文件，废止 6 件。", []),
        ("以局名义制发规范性文件三份。", ["normative_documents.issued 3"]),
        ("以市政府名义制发规范性文件三份。", []),
    ],
)
def test_documents(text: str, expected: list[str]) -> None:
    assert claims(text) == expected


def test_newly_published_documents_of_the_earlier_edition() -> None:
    made = ["normative_documents.made 3", "normative_documents.published 2"]
    assert claims("新制定规范性文件 3 件，新公开 2 件。", edition="2019") == made
    assert claims("新制定规范性文件 3 件，新公开 2 件。") == ["normative_documents.issued 3"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("答复群众、企业提出的申请 12 件。", ["answered 12"]),
        ("答复申请人提出的政府信息公开申请二十三件。", ["answered 23"]),
        ("答复群众网上提出的申请 12 件。", []),
        ("受理的申请已办结 14 件。", ["answered 14"]),
        ("已在法定期限内答复申请人 21 件。", ["answered 21"]),
        ("连同上年结转的 2 件，共办理申请 14 件。", ["carried_over 2", "answered 14"]),
        ("另有 3 件申请尚未到期，结转下年度继续办理。", ["carried_forward 3"]),
        ("1 件申请因征求第三方意见延期，结转下一年度办理。", ["carried_forward 1"]),
        ("5 件申请尚未到期，结转下年度 4 件。", ["carried_forward 4"]),
    ],
)
def test_verbs_and_what_they_govern(text: str, expected: list[str]) -> None:
    assert claims(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("经审查，予以公开 4 件，不予公开 1 件。", ["granted 4", "denied 1"]),
        ("其中：予以公开 6 件；部分公开 2 件。", ["granted 6", "partial 2"]),
        ("因属于国家秘密不予公开 1 件，予以公开 5 件，部分公开 1 件。", ["granted 5", "partial 1"]),
        (
            "属于两类内部事务信息不予公开 3 件，予以公开 2 件，部分公开 1 件。",
            ["granted 2", "partial 1"],
        ),
    ],
)
def test_results_without_the_word_application(text: str, expected: list[str]) -> None:
    assert claims(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "行政复议案件 5 件、行政诉讼案件 3 件，均与政府信息公开无关。",
        "公文属性源头认定中，予以公开 80 件、不予公开 12 件、依申请公开 5 件。",
        "拟制公文时明确主动公开 80 件、依申请公开 20 件、不予公开 12 件。",
        "全年制发文件中，主动公开 80 件，依申请公开 20 件，不予公开 12 件。",
        "认定主动公开类80条、依申请公开类20条。",
    ],
)
def test_other_matters_claim_nothing(text: str) -> None:
    assert claims(text) == []
