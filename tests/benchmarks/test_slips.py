"""The benchmark of planted slips: what it plants, and how it judges what was found."""

from random import Random

import pytest

from benchmarks import officials
from benchmarks.slips import Stand, judged, line, plain_solver, stand, trials
from benchmarks.synthetic.slips import SLIPS, figure, planted, realistic_report
from checks.explanations import Change, Suspects
from checks.suspects import suspects
from checks.tally import check_report
from form.editions import EDITION_KEYS
from tests.checks.explained import explained
from tests.checks.reports import made

ABOUT_TABLES = {"balance", "outcomes", "applicants", "disputes", "missing_total", "negative"}


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_changes_a_report_whose_sums_hold(name: str) -> None:
    random = Random(name)
    for edition in EDITION_KEYS:
        meant, spoilt = planted(edition, name, random)
        assert not {item.rule for item in check_report(meant)} & ABOUT_TABLES
        changed = [place for place in meant.cells if figure(meant, place) != figure(spoilt, place)]
        assert changed
        assert meant.cells.keys() == spoilt.cells.keys()


def test_realistic_reports_are_mostly_zeros_and_not_all_alike() -> None:
    random = Random(3)
    reports = [realistic_report("2021", random) for _number in range(40)]
    shares = [sum(figure(one, place) == 0 for place in one.cells) / 190 for one in reports]
    assert 0.7 < sum(shares) / len(shares) < 0.99
    assert len({tuple(figure(one, place) for place in one.cells) for one in reports}) > 30


def test_the_truth_is_only_first_listed_or_beyond() -> None:
    meant = made("review 2 0 0 0 2", tables=("disputes",), rest="0")
    spoilt = made("review 1 0 0 0 2", tables=("disputes",), rest="0")
    right = explained(Change("disputes.review.upheld", 1, 2))
    wrong = explained(Change("disputes.review.total", 2, 1))
    assert judged(meant, spoilt, Suspects((right,))) == ("only", 1)
    assert judged(meant, spoilt, Suspects((right, wrong))) == ("first", 1)
    assert judged(meant, spoilt, Suspects((wrong, right))) == ("listed", 2)
    assert judged(meant, spoilt, Suspects((wrong,))) == ("beyond", 0)


def test_the_plain_solver_agrees_on_how_many_cells() -> None:
    random = Random(8)
    for _number in range(6):
        _meant, spoilt = planted("2019", "2 cells", random)
        smallest = min(len(one.changes) for one in suspects(spoilt, claims=()).explanations)
        assert plain_solver(spoilt) == smallest


def test_a_line_says_what_became_of_the_slips() -> None:
    done = list(trials("digits transposed", 2, "1", 1))
    assert {trial.fate for trial in done} <= {"only", "first", "listed", "beyond"}
    assert line("digits transposed", done).startswith("digits transposed        100%")
    assert "none" in line("x", [])


def test_the_causes_that_officials_would_name_come_first() -> None:
    """Absent only where a row was written over: what stood there nobody can tell."""
    slips = list(officials.planted_slips())
    assert len(slips) == 44
    assert not any(item.is_error and item.rule in ABOUT_TABLES for slip in slips
                   for item in check_report(slip.meant))  # fmt: skip
    fates = {slip.name: stand(slip).fate for slip in slips}
    assert sum(fate == "first" for fate in fates.values()) >= 36
    assert {name for name, fate in fates.items() if fate == "absent"} == {
        "granted entered one line lower [dept]",
        "granted entered one line lower [county]",
    }


def test_a_tie_of_more_than_five_is_not_first() -> None:
    assert [Stand(1, 5, 9).fate, Stand(1, 6, 9).fate, Stand(2, 1, 9).fate, Stand(0, 0, 9).fate] == [
        "first",
        "among",
        "among",
        "absent",
    ]
