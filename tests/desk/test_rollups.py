"""The roll-up of a library: the made city, with its roster and without."""

from datetime import date

import pytest

from desk.rollups import rolled_up, since, submission_of
from form.report import Cell
from library.store import Library
from sample_reports.city import PARENT, City, city
from tests.desk.city import keep_city, keep_one, put_roster

NEW = "applications.new_received.natural_person"


@pytest.fixture(scope="module")
def made() -> City:
    return city()


@pytest.fixture
def kept(library: Library, made: City) -> Library:
    keep_city(library, made)
    put_roster(library, made)
    return library


def test_the_city_differs_from_its_governments_report_where_it_was_planted(
    kept: Library, made: City
) -> None:
    found = rolled_up(kept, made.year)
    assert (found.parent, found.rostered) == (PARENT, True)
    (whole,) = found.rollups
    assert (len(whole.filings), whole.missing, len(whole.corrected)) == (58, (), 11)
    assert set(whole.differing) == set(made.gaps)
    assert {(item.cause, item.agency) for item in whole.differences} == {
        ("version", "己县人民政府"),
        ("left_out", "甲市气象局"),
        ("print", None),
        ("none", None),
    }


def test_the_own_level_is_not_held_against_a_report_of_the_whole_region(
    kept: Library, made: City
) -> None:
    found = rolled_up(kept, made.year, "own")
    (whole,) = found.rollups
    assert found.printed_scope == "all"
    assert len(whole.filings) == 46
    assert all(name.startswith("甲市") for name in whole.agencies)
    assert (whole.compared, whole.differences) == ((), ())


def test_the_roster_says_of_which_scope_the_parent_speaks(kept: Library, made: City) -> None:
    from library.roster import RowChange

    kept.roster.put([RowChange(PARENT, {"covers": "own"}, "口径")], "checker")
    found = rolled_up(kept, made.year, "own")
    assert found.printed_scope == "own"
    assert found.rollups[0].compared
    assert PARENT not in found.rollups[0].agencies


def test_without_a_roster_nobody_is_missing(library: Library, made: City) -> None:
    keep_one(library, "甲市教育局", made.reports["甲市教育局"])
    found = rolled_up(library, made.year)
    assert not found.rostered
    assert found.rollups[0].agencies == ("甲市教育局",)
    put_roster(library, made)
    assert len(rolled_up(library, made.year).rollups[0].missing) == 57
    assert rolled_up(library, made.year).parent == PARENT


def test_a_year_without_reports_is_empty(library: Library) -> None:
    assert rolled_up(library, 2024).is_empty


def test_a_correction_counts_and_its_print_is_looked_into(library: Library, made: City) -> None:
    """The parent added up what was printed, before anybody corrected it."""
    number = keep_one(
        library, "甲市教育局", made.firsts.get("甲市教育局", made.reports["甲市教育局"])
    )
    for name in ("甲市公安局", "甲市民政局"):
        keep_one(library, name, made.reports[name])
    from dataclasses import replace

    bare = rolled_up(library, made.year, parent=PARENT).rollups[0]
    cells = {place: item.cell for place, item in bare.cells.items()}
    keep_one(library, PARENT, replace(made.parent, cells=cells))
    seen = library.report(number).cells[NEW]
    library.log.correct(number, NEW, str(int(seen.value or 0) + 7), seen, "checker", "笔误")
    found = rolled_up(library, made.year, parent=PARENT).rollups[0]
    (one,) = found.differences
    assert (one.cells, one.cause, one.agency) == ((NEW,), "version", "甲市教育局")
    assert found.corrected == ("甲市教育局",)


def test_whoever_is_left_out_is_named_and_can_be_the_cause(kept: Library, made: City) -> None:
    kept.rollups.exclude("甲市教育局", made.year, "撤并", "checker")
    (whole,) = rolled_up(kept, made.year).rollups
    assert "甲市教育局" not in whole.agencies
    assert [item.reason for item in whole.left if item.why == "excluded"] == ["撤并"]
    assert ("counted_excluded", "甲市教育局") in {(i.cause, i.agency) for i in whole.differences}


def test_what_was_sent_and_is_otherwise_now_is_told(kept: Library, made: City) -> None:
    found = rolled_up(kept, made.year)
    sent = submission_of(found, "汇总表.xlsx")
    kept.rollups.submit(sent, b"workbook", date(2025, 3, 28), "checker")
    found = rolled_up(kept, made.year)
    (kept_one,) = found.submissions
    assert not since(kept_one, found)
    # A new version of one organ, with one figure changed, and one organ left out.
    truth = made.reports["甲市教育局"]
    from dataclasses import replace

    value = int(truth.cells[NEW].value or 0) + 5
    newer = replace(truth, cells={**truth.cells, NEW: Cell(value, "number", str(value))})
    keep_one(kept, "甲市教育局 3", newer)
    found = rolled_up(kept, made.year)
    told = since(kept_one, found)
    assert told.changed == ("甲市教育局",)
    assert set(told.figures) == {("2021", NEW)}
    then, now = told.figures["2021", NEW]
    assert int(now or 0) - int(then or 0) == 5
    kept.rollups.exclude("甲市公安局", made.year, "撤并", "checker")
    assert since(kept_one, rolled_up(kept, made.year)).gone == ("甲市公安局",)
    # The other scope, and another government's, is another roll-up.
    assert rolled_up(kept, made.year, parent="丙区人民政府").submissions == ()
    assert rolled_up(kept, made.year, "own").submissions == ()


def test_a_correction_of_the_parents_report_does_not_change_what_it_printed(
    kept: Library, made: City
) -> None:
    (before,) = rolled_up(kept, made.year).rollups
    place = before.differing[0]
    listed = kept.reports()
    number = int(listed[(listed["agency"] == PARENT) & listed["counts"]].index[0])
    cell, ours = kept.report(number).cells[place], before.cells[place].sum
    kept.log.correct(number, place, str(ours), cell, "checker", "按各家之和")
    (after,) = rolled_up(kept, made.year).rollups
    assert after.printed_cell(place) == before.printed_cell(place)
    assert after.differing == before.differing


def test_what_was_sent_stays_the_same_organs_under_new_names(kept: Library, made: City) -> None:
    sent = submission_of(rolled_up(kept, made.year), "汇总表.xlsx")
    kept.rollups.submit(sent, b"workbook", date(2025, 3, 28), "checker")
    kept.agencies.link("甲市大数据管理局", "甲市数据局", "name", "checker")
    (one,) = kept.rollups.submissions(made.year)
    (versions,) = (item.versions for item in one.editions.values())
    assert "甲市数据局" in versions
    assert "甲市大数据管理局" not in versions
