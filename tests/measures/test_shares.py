"""What something is made of, over all agencies and agency by agency."""

from measures.shares import dispute_shares, one_line_each, outcome_shares, together, with_cases
from tests.measures.frames import findings, frames
from tests.measures.seeds import BEIDAIHE_NAME, LIAOCHENG_NAME, seeds


def outcomes(agencies=None):
    reports = seeds()
    return outcome_shares(frames(reports), findings(reports), agencies, 2020)


def test_agencies_without_cases_are_no_part_of_the_whole() -> None:
    found = together(outcomes([LIAOCHENG_NAME, BEIDAIHE_NAME]))
    assert (found.agencies, found.cases) == (2, 105 + 4)
    assert found.parts[0][1:] == ("予以公开", 65)
    assert sum(count for _key, _label, count in found.parts) == found.cases
    assert together(outcomes(["没有这家"])).agencies == 0


def test_parts_are_added_up_by_the_ending_of_their_key() -> None:
    reports = seeds()
    found = together(dispute_shares("litigation", frames(reports), None, [LIAOCHENG_NAME], 2020))
    assert (found.cases, found.cases_of("_corrected")) == (8, 1)


def test_an_agency_has_one_line_with_its_gravest_state() -> None:
    lines = one_line_each(outcomes([LIAOCHENG_NAME, "没有这家"]))
    assert lines["agency"].tolist() == [LIAOCHENG_NAME, "没有这家"]
    assert lines["state"].tolist() == ["number", "missing_report"]


def test_those_with_most_cases_come_first_and_the_rest_is_counted() -> None:
    drawn, left_out = with_cases(outcomes(), 2)
    assert drawn["agency"].iloc[0] == LIAOCHENG_NAME
    assert drawn["agency"].nunique() == 2
    assert left_out == 3
