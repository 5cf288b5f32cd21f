"""The frame of findings: one line a finding, with the agency and the year of its report."""

from dataclasses import replace

import pandas as pd

from checks.catalogue import SEVERITIES, kinds, severity_names
from checks.frame import COLUMNS, findings_frame
from checks.states import Judged
from checks.tally import check_report
from tests.checks.reports import made

REPORTS = pd.DataFrame(
    {"agency": ["甲市水务局", "乙县教育局"], "year": [2020, 2021]},
    index=pd.Index([7, 9], name="report_id"),
)


def test_every_finding_is_one_line_with_agency_and_year() -> None:
    faulty = check_report(made("review 1 1 0 0 3\nadministrative_penalty 1 2 -5"))
    frame = findings_frame({9: faulty, 7: ()}, REPORTS)
    assert frame[["report_id", "agency", "year", "rule", "rule_name"]].to_numpy().tolist() == [
        [9, "乙县教育局", 2021, "negative", "数字为负"],
        [9, "乙县教育局", 2021, "disputes", "复议诉讼不合总计"],
    ]
    assert frame["place"].tolist() == ["行政处罚 · 处理决定数量", "行政复议"]
    assert frame["severity_name"].tolist() == ["确定错误", "确定错误"]
    assert frame["equation"].tolist() == ["", "1 + 1 + 0 + 0 ≠ 3"]
    assert frame["cells"][0] == ("disclosure.administrative_penalty.decisions",)


def test_a_missing_total_carries_its_number() -> None:
    frame = findings_frame({7: check_report(made("review 1 1 0 0 ."))}, REPORTS)
    assert frame["required"].tolist() == [2]


def test_a_judged_finding_says_what_became_of_it() -> None:
    one, other = check_report(made("review 1 1 0 0 3\nadministrative_penalty 1 2 -5"))
    frame = findings_frame({9: [Judged(one, "accepted"), other]}, REPORTS)
    assert frame["state"].tolist() == ["accepted", "open"]
    assert frame["state_name"].tolist() == ["已认可", "待处理"]
    assert frame["is_printed"].tolist() == [True, True]
    assert frame["rule"].tolist() == ["negative", "disputes"]
    caused = [Judged(one, "caused"), Judged(other, "accepted", by_correction=True)]
    frame = findings_frame({9: caused}, REPORTS)
    assert frame["state_name"].tolist() == ["由更正引起", "由更正引起，已认可"]
    assert frame["is_printed"].tolist() == [False, False]


def test_no_findings_give_an_empty_frame_of_the_same_columns() -> None:
    frame = findings_frame({7: ()}, REPORTS)
    assert frame.empty
    assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == dict(COLUMNS)


def test_every_kind_and_severity_has_a_name() -> None:
    assert list(kinds()) == list(SEVERITIES)
    assert all(kind.name and kind.sentence for kind in kinds().values())
    assert set(severity_names()) == set(SEVERITIES.values())


def test_a_finding_names_the_fault_that_it_speaks_of() -> None:
    one, other = check_report(made("review 1 1 0 0 3\nadministrative_penalty 1 2 -5"))
    frame = findings_frame({9: [replace(one, slip="a"), other]}, REPORTS)
    assert frame["slip"].tolist() == ["a", other.key]
