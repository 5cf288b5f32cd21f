"""What something is made of, over all agencies and agency by agency."""

from form.editions import table
from form.report import Cell, Report
from measures.shares import dispute_shares, foremost, one_line_each, outcome_shares, together
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
    assert lines["state"].tolist() == ["number", "no_report"]


def test_those_with_most_cases_come_first_and_the_rest_is_counted() -> None:
    found = outcomes()
    drawn = foremost([found], 2)
    assert drawn.agencies[0] == LIAOCHENG_NAME
    assert (len(drawn.agencies), drawn.beyond, dict(drawn.without)) == (2, 3, {})
    lines = drawn.lines(found)
    assert lines["agency"].drop_duplicates().tolist() == list(drawn.agencies)
    assert (
        lines.groupby("agency")["label"].apply(list).tolist()
        == [found.loc[found["agency"] == LIAOCHENG_NAME, "label"].tolist()] * 2
    )


def dispute(agency: str, **numbers: int | None) -> Report:
    """A report whose section 四 says these totals, each of cases that are pending, else nothing."""
    cells = {
        place: Cell(None, "blank") for place in table("disputes", "2021").addresses(optional=True)
    }
    for row, number in numbers.items():
        for column in ("pending", "total"):
            mark = "unknown" if number is None else "number"
            cells[f"disputes.{row}.{column}"] = Cell(number, mark, str(number))
    return Report(agency, 2023, {"disputes": "2021"}, cells)


def test_cases_of_two_kinds_are_added_up_and_a_doubt_is_no_absence() -> None:
    reports = [
        dispute("甲", review=5),
        dispute("乙", review=3, litigation_direct=3),
        dispute("丙", review=1),
        dispute("丁", review=0, litigation_direct=0),
        dispute("戊", review=None),
        dispute("己"),
        Report("庚", 2023, {}, {}),
    ]
    agencies = [*"甲乙丙丁戊己庚辛"]
    kinds = [
        dispute_shares(kind, frames(reports), None, agencies, 2023)
        for kind in ("review", "litigation")
    ]
    drawn = foremost(kinds, 2)
    assert drawn.agencies == ("乙", "甲")
    assert drawn.beyond == 1
    assert drawn.without == {
        "no_cases": 1,
        "unknown": 1,
        "blank": 1,
        "table_missing": 1,
        "no_report": 1,
    }
    assert len(drawn.agencies) + drawn.beyond + sum(drawn.without.values()) == len(agencies)


def test_of_nobody_nobody_is_foremost() -> None:
    drawn = foremost([outcomes([])], 2)
    assert (drawn.agencies, drawn.beyond, dict(drawn.without)) == ((), 0, {})
