"""What sentences claim, wording by wording."""

import pytest

from tests.checks.prose.reports import claims


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # section 三
        ("共办理政务信息公开申请事项4项，主动公开事项13项。", ["answered 4"]),
        ("受理依申请信息公开 22 件，按时办结率 100%，公开事项累计 200 余项。", ["received 22"]),
        ("共答复政府信息公开申请105件，按时办结105件。", ["answered 105"]),
        ("全年共收到并办结政府信息公开申请12件。", ["received 12", "answered 12"]),
        ("全年受理的12件政府信息公开申请均已按时答复。", ["received 12"]),
        ("共有3件政府信息公开申请结转至2022年办理。", ["carried_forward 3"]),
        ("2020年结转至2021年办理的申请3件。", ["carried_over 3"]),
        ("上年结转2件，本年新收10件，共计12件。", ["carried_over 2", "received 10"]),
        ("办结46件申请，结转2件。", ["answered 46", "carried_forward 2"]),
        ("办结政府信息公开申请9件，其中同意公开5件。", ["answered 9", "granted 5"]),
        ("受理和办结申请分别为 15 件、14 件。", ["received 15", "answered 14"]),
        ("依申请公开情况：本年度收到0件。", ["received 0"]),
        ("全年政府信息公开申请零受理。", ["received 0"]),
        ("答复结果为：予以公开8件、不予公开1件。", ["granted 8", "denied 1"]),
        ("今年以来，共接到申请11件。", ["received 11"]),
        ("上年度没有结转的申请。", ["carried_over 0"]),
        ("收到申请26件，其中公开18件，不公开3件。", ["received 26", "granted 18", "denied 3"]),
        ("我局收到政府信息依申请公开办理事项1件。", ["received 1"]),
        (
            "新受理申请17件，上年转结申请0件，转下一年办理0件。",
            ["received 17", "carried_over 0", "carried_forward 0"],
        ),
        ("本年度新增依申请公开18件。", ["received 18"]),
        # section 四
        ("行政复议、行政诉讼分别为2件、3件。", ["review.total 2", "litigation.total 3"]),
        ("发生行政复议和行政诉讼各1件。", ["review.total 1", "litigation.total 1"]),
        ("行政复议零发生、行政诉讼零发生。", ["review.total 0", "litigation.total 0"]),
        (
            "未产生因政府信息公开申请提请的行政复议和行政诉讼案件。",
            ["review.total 0", "litigation.total 0"],
        ),
        ("行政复议：无，行政诉讼：无。", ["review.total 0", "litigation.total 0"]),
        ("全年被复议3件、被诉2件。", ["review.total 3", "litigation.total 2"]),
        (
            "行政复议3件，其中2件维持、1件纠正。",
            ["review.total 3", "review.upheld 2", "review.corrected 1"],
        ),
        (
            "行政诉讼1件（复议后起诉），结果维持。",
            [
                "litigation.total 1",
                "litigation_after_review.total 1",
                "litigation_after_review.upheld 1",
            ],
        ),
        ("行政复议2件，复议机关均维持原答复。", ["review.total 2", "review.upheld 2"]),
        ("全年办理复议案件120件，其中信息公开类复议2件。", ["review.total 2"]),
        # documents
        (
            "共制发行政规范性文件3件，废止1件，现行有效25件。",
            [
                "normative_documents.issued 3",
                "normative_documents.repealed 1",
                "normative_documents.in_force 25",
            ],
        ),
        (
            "制发规章、规范性文件分别为1件、4件。",
            ["regulations.issued 1", "normative_documents.issued 4"],
        ),
        ("2022年我局制定并公开规范性文件2件。", []),
        ("2021年我局制定并公开规范性文件2件。", ["normative_documents.issued 2"]),
        (
            "本年度未制定、废止行政规范性文件。",
            ["normative_documents.issued 0", "normative_documents.repealed 0"],
        ),
        # bounds
        ("收到依申请公开件10件以上。", ["received >=10"]),
        ("申请量近百件。", ["received <=100"]),
        ("共收到依申请公开30余件，比去年增加5件。", ["received >=30"]),
    ],
)
def test_it_is_read(text: str, expected: list[str]) -> None:
    assert claims(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        # parts
        "网上受理依申请公开5件，线下受理2件。",
        "涉及土地类信息的申请6件。",
        "其中征地拆迁类申请12件，占比60%。",
        "因申请内容不明确，要求申请人补正2件。",
        # sums of several quantities
        "共发生行政复议、行政诉讼案件5件。",
        # other scopes
        "全区各单位共收到申请80件，办结78件。",
        "收到行政复议申请52件，受理48件，审结40件。",
        # other years, changes
        "2008年以来，我局累计受理政府信息公开申请1200件。",
        "去年同期收到申请15件。",
        "行政复议数量较上年减少2件，行政诉讼增加1件。",
        "近三年共收到申请60件。",
        # other things
        "代理市政府行政诉讼案件12件。",
        "办结数百件申请。",
        "共受理行政许可申请1200件，办结1190件。",
        "接待现场咨询35次，答复12345热线工单420件。",
        "制定规章制度5项，规范性文件解读3件。",
        "全年我局共收到政府信息公开申请表15份。",
        "设立依申请公开窗口3个。",
        "依申请公开方面，规范流程，政务服务大厅受理12000件。",
        "依申请公开方面，规范流程，共受理各类事项12000件。",
        "因行政处罚引发的行政复议5件、行政诉讼2件。",
        "涉及土地征收的行政复议8件。",
        # denials of something else
        "未建立依申请公开制度，没有设立依申请公开窗口。",
        "没有逾期办理的政府信息公开申请。",
        "未发生因政府信息公开引起的行政复议被纠正或行政诉讼败诉的情况。",
        "依申请公开工作无投诉。",
    ],
)
def test_it_claims_nothing(text: str) -> None:
    assert claims(text) == []


def test_the_edition_tells_the_column_of_what_was_made() -> None:
    assert claims("制发规范性文件8件。", edition="2019") == ["normative_documents.made 8"]
    assert claims("制发规范性文件8件。", edition="2021") == ["normative_documents.issued 8"]


def test_parts_go_on_from_the_sentence_before() -> None:
    text = "共答复政府信息公开申请105件。其中，予以公开65件，部分公开15件，属于行政咨询事项不予公开10件。"
    assert claims(text) == ["answered 105", "granted 65", "partial 15"]


def test_the_same_words_in_another_year_claim_nothing() -> None:
    assert claims("2020年收到申请15件，2021年收到申请18件。") == ["received 18"]
    assert claims("2020年收到申请15件，2021年收到申请18件。", year=2020) == ["received 15"]
