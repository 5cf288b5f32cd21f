"""What stands behind a difference: planted causes are found, and an amount alone is none."""

from dataclasses import replace
from random import Random

import pytest

from form.report import Cell
from form.rules import evaluate, sums
from measures.rollup.adding import roll_up
from measures.rollup.model import Filing, Member, Rollup
from measures.rollup.ripples import ripples
from measures.rollup.telling import to_json
from measures.rollup.tracing import compared
from measures.rollup.wording import not_compared
from tests.measures.rollup.made import (
    PARENT,
    against,
    drawn,
    filed,
    moved,
    names,
    printed,
    report,
)

RIPPLE = {
    f"applications.{row}.{column}": 2
    for row in ("new_received", "partial", "total_processed")
    for column in ("business", "total")
}
CARRIED = [f"applications.carried_over.{column}" for column in ("natural_person", "total")]
LONELY = "applications.new_received.legal_service"


def causes(rollup: Rollup) -> list[tuple[str, str | None, int]]:
    return sorted((item.cause, item.agency, len(item.cells)) for item in rollup.differences)


def test_equal_to_the_cell_is_said_to_be() -> None:
    organs = filed(*(report(Random(n), name) for n, name in enumerate(names(4))))
    found = against(organs, printed(organs))
    assert found.differences == ()
    assert len(found.compared) == len(found.cells) == 200
    # Blank, dash and 0 are the same to a sum.
    assert not found.uncompared


def test_a_cell_that_breaks_the_parents_sums_is_its_misprint() -> None:
    organs = filed(*(report(Random(n), name) for n, name in enumerate(names(6))))
    found = against(organs, printed(organs, {LONELY: -9}))
    (one,) = found.differences
    assert (one.cells, one.cause, one.agency) == ((LONELY,), "print", None)
    assert {item.sum.rule.code for item in one.mended} == {"balance", "applicants"}


def test_two_digits_exchanged_are_told() -> None:
    reports = [report(Random(n), name) for n, name in enumerate(names(2))]
    whole = printed(filed(*reports)).cells[LONELY].value
    assert isinstance(whole, int)
    reports[0] = moved(reports[0], {LONELY: 143 - whole})
    organs = filed(*reports)
    right = printed(organs)
    assert right.cells[LONELY].value == 143
    (one,) = against(organs, moved(right, {LONELY: -9})).differences
    assert one.swapped == (LONELY,)


def test_a_consistent_change_is_one_cause_and_nobodys() -> None:
    organs = filed(*(report(Random(n), name) for n, name in enumerate(names(6))))
    found = against(organs, printed(organs, RIPPLE))
    (one,) = found.differences
    assert set(one.cells) == set(RIPPLE)
    assert (one.cause, one.agency, one.mended) == ("none", None, ())


def test_an_older_version_is_found_by_its_own_cells() -> None:
    reports = [report(Random(n), name) for n, name in enumerate(names(6))]
    reports[2] = moved(reports[2], dict.fromkeys(CARRIED, 3))
    old = moved(reports[2], dict.fromkeys(CARRIED, -3))
    organs = filed(*reports, versions={"甲市第3局": [old]})
    found = against(organs, printed(organs, dict.fromkeys(CARRIED, -3)))
    (one,) = found.differences
    assert (one.cause, one.agency, one.version) == ("version", "甲市第3局", 1)
    assert set(one.cells) == set(CARRIED)
    told = to_json([found])[0]["differences"][0]
    assert told["agency"] == "甲市第3局"
    assert any("现为" in line for line in told["evidence"])


def test_a_version_that_changed_elsewhere_too_is_only_a_candidate() -> None:
    reports = [report(Random(n), name) for n, name in enumerate(names(6))]
    reports[2] = moved(reports[2], dict.fromkeys(CARRIED, 3))
    old = moved(reports[2], {**dict.fromkeys(CARRIED, -3), LONELY: 5})
    organs = filed(*reports, versions={"甲市第3局": [old]})
    found = against(organs, printed(organs, {LONELY: 5}))
    (one,) = found.differences
    assert (one.cause, one.agency) == ("print", None)
    assert ("甲市第3局", "version") in [(fit.agency, fit.how) for fit in one.fits]


def test_two_organs_whose_versions_explain_it_alike_are_both_named() -> None:
    reports = [report(Random(n), name) for n, name in enumerate(names(6))]
    for at in (1, 4):
        reports[at] = moved(reports[at], dict.fromkeys(CARRIED, 3))
    versions = {
        f"甲市第{at + 1}局": [moved(reports[at], dict.fromkeys(CARRIED, -3))] for at in (1, 4)
    }
    organs = filed(*reports, versions=versions)
    (one,) = against(organs, printed(organs, dict.fromkeys(CARRIED, -3))).differences
    assert (one.cause, one.agency) == ("version", None)
    assert one.rivals == ("甲市第2局", "甲市第5局")


def test_an_organ_that_is_left_out_is_found() -> None:
    organs = filed(*(report(Random(n), name) for n, name in enumerate(names(6))))
    without = {name: item for name, item in organs.items() if name != "甲市第4局"}
    (one,) = against(organs, printed(without)).differences
    assert (one.cause, one.agency) == ("left_out", "甲市第4局")


def test_an_organ_that_is_counted_twice_is_found() -> None:
    organs = filed(*(report(Random(n), name) for n, name in enumerate(names(5))))
    twice = {**organs, "又": organs["甲市第2局"]}
    (one,) = against(organs, printed(twice)).differences
    assert (one.cause, one.agency) == ("twice", "甲市第2局")


def test_an_organ_that_people_left_out_and_the_parent_did_not_is_found() -> None:
    organs = filed(*(report(Random(n), name) for n, name in enumerate(names(5))))
    (one,) = against(organs, printed(organs), excluded={"甲市第2局": "撤并"}).differences
    assert (one.cause, one.agency) == ("counted_excluded", "甲市第2局")


def test_the_one_whose_report_is_missing_may_be_what_the_parent_has_more() -> None:
    organs = filed(*(report(Random(n), name) for n, name in enumerate(names(5))))
    parent = printed(organs)
    here = {name: item for name, item in organs.items() if name != "甲市第2局"}
    members = [Member(name) for name in organs]
    (bare,) = roll_up(
        2024, "all", members, {**here, PARENT: Filing(PARENT, 1, parent)}, parent=PARENT
    )
    (one,) = compared(bare).differences
    assert (one.cause, one.agency) == ("missing", "甲市第2局")


def test_an_amount_that_fits_is_never_a_cause() -> None:
    # One organ's whole report is one application, and the parent has one less in those cells.
    reports = [report(Random(n), name) for n, name in enumerate(names(5))]
    small = moved(
        reports[0], {p: -int(c.in_sums or 0) for p, c in reports[0].cells.items() if c.unit is None}
    )
    fees = {"disclosure.administrative_fees.amount": small.cells[LONELY]}
    reports[0] = moved(replace(small, cells={**small.cells, **fees}), dict.fromkeys(RIPPLE, 1))
    organs = filed(*reports)
    (one,) = against(organs, printed(organs, dict.fromkeys(RIPPLE, -1))).differences
    assert (one.cause, one.agency) == ("none", None)
    assert "甲市第1局" in [fit.agency for fit in one.fits]


@pytest.mark.parametrize("_again", range(12))
def test_several_causes_at_once_are_told_apart(_again: int) -> None:
    """A left-out organ, an older version, a consistent ripple and a misprint, all over each other."""
    seed = drawn()
    print(f"SEED={seed}")
    random = Random(seed)
    every = names(12)
    reports = {name: report(random, name) for name in every}
    out, dated = random.sample(every, 2)
    reports[dated] = moved(reports[dated], dict.fromkeys(CARRIED, 3))
    old = moved(reports[dated], dict.fromkeys(CARRIED, -3))
    organs = filed(*reports.values(), versions={dated: [old]})
    without = {name: item for name, item in organs.items() if name != out}
    slip = random.choice([5, -4, 7])
    gaps = RIPPLE | dict.fromkeys(CARRIED, -3) | {LONELY: slip}
    parent = printed(without, gaps)
    found = against(organs, parent)
    assert causes(found) == causes(against(organs, parent))  # the same each time
    told = {(item.cause, item.agency) for item in found.differences}
    assert told == {("left_out", out), ("version", dated), ("none", None), ("print", None)}
    lonely = next(item for item in found.differences if item.cause == "print")
    assert lonely.cells == (LONELY,)
    ripple = next(item for item in found.differences if item.cause == "none")
    assert set(ripple.gaps) == set(RIPPLE)
    # Every cell that differs has its cause, and all causes together come to what differs.
    for place in found.compared:
        gap = (parent.cells[place].in_sums or 0) - (found.cells[place].sum or 0)
        assert sum(item.gaps.get(place, 0) for item in found.differences) == gap
        assert (place in found.differing) == (gap != 0)


@pytest.mark.parametrize("_again", range(8))
def test_nothing_is_laid_at_an_organ_by_chance(_again: int) -> None:
    """Single cells and ripples of the parent's own, among organs with many small equal numbers."""
    seed = drawn()
    print(f"SEED={seed}")
    random = Random(seed)
    every = names(60)
    reports = {name: report(random, name, size=3) for name in every}
    # Every third organ was corrected, in this very cell too, but elsewhere as well.
    other = "applications.partial.research"
    versions = {
        name: [moved(reports[name], {LONELY: random.randint(1, 3), other: random.randint(1, 3)})]
        for name in every[::3]
    }
    organs = filed(*reports.values(), versions=versions)
    rows = ("granted", "unable_not_held", "denied_internal_affairs")
    row = random.choice(rows)
    gap = random.choice([-2, -1, 1, 2])
    ripple = {
        f"applications.{line}.{column}": gap
        for line in (row, "total_processed", "new_received")
        for column in ("natural_person", "total")
    }
    found = against(organs, printed(organs, ripple | {LONELY: 3 - 2 * (gap < 0)}))
    assert [item.agency for item in found.differences] == [None, None]
    assert {len(item.cells) for item in found.differences} == {1, 6}


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_a_ripple_is_one_group_and_two_are_two(edition: str) -> None:
    gaps = RIPPLE | {LONELY: -9, "disclosure.regulations.issued": 1}
    found = ripples(gaps, edition)  # type: ignore[arg-type]
    assert sorted(map(len, found)) == [1, 1, 6]


def test_the_made_reports_hold_together() -> None:
    made = report(Random(3), "甲")
    for key in ("applications", "disputes"):
        assert all(item.holds for item in evaluate(made.cells, sums(key, "2021")))


@pytest.mark.parametrize("_again", range(8))
def test_several_whole_organs_that_lie_over_each_other_are_told_apart(_again: int) -> None:
    """Two left out, one counted twice, one counted that people left out; a misprint besides."""
    seed = drawn()
    print(f"SEED={seed}")
    random = Random(seed)
    every = names(30)
    organs = filed(*(report(random, name) for name in every))
    out, also, twice, gone = random.sample(every, 4)
    counted = {name: item for name, item in organs.items() if name not in (out, also)}
    parent = printed({**counted, "又": organs[twice]}, {LONELY: 11})
    found = against(organs, parent, excluded={gone: "撤并"})
    told = {(item.cause, item.agency) for item in found.differences}
    assert told == {
        ("left_out", out),
        ("left_out", also),
        ("twice", twice),
        ("counted_excluded", gone),
        ("print", None),
    }


def test_a_cell_of_which_one_side_is_not_known_is_not_compared() -> None:
    organs = filed(*(report(Random(n), name) for n, name in enumerate(names(3))))
    parent = printed(organs)
    unread = replace(parent, cells={**parent.cells, LONELY: Cell(None, "unknown")})
    found = against(organs, unread)
    assert found.uncompared == (LONELY,)
    assert found.differences == ()
    assert not_compared(found).startswith("1 格")
    assert not_compared(against(organs, parent)) == ""


def test_a_blank_of_the_parent_counts_as_nothing() -> None:
    organs = filed(*(report(Random(n), name) for n, name in enumerate(names(3))))
    parent = printed(organs)
    blank = replace(parent, cells={**parent.cells, LONELY: Cell(None, "blank")})
    (one,) = against(organs, blank).differences
    assert one.cells == (LONELY,)
    assert one.cause == "print"


def test_an_organ_on_the_other_edition_that_the_parent_counted_is_found() -> None:
    organs = filed(*(report(Random(n), name) for n, name in enumerate(names(4))))
    old = filed(report(Random(9), "甲市旧局", "2019"))
    shared = {
        place: int(cell.in_sums or 0)
        for place, cell in old["甲市旧局"].report.cells.items()
        if place in organs["甲市第1局"].report.cells and cell.unit is None
    }
    every = {**organs, **old, PARENT: Filing(PARENT, 1, printed(organs, shared))}
    members = [Member(name) for name in (*organs, "甲市旧局")]
    found = roll_up(2024, "all", members, every, parent=PARENT)
    (one,) = compared(found[1]).differences
    assert (one.cause, one.agency) == ("other_edition", "甲市旧局")
    assert compared(found[0]).compared == ()


def test_a_table_that_the_parent_does_not_print_is_said_to_be_uncompared() -> None:
    organs = filed(*(report(Random(n), name) for n, name in enumerate(names(3))))
    parent = printed(organs)
    bare = replace(
        parent,
        cells={place: cell for place, cell in parent.cells.items() if "disputes" not in place},
        editions={**parent.editions, "disputes": None},
    )
    found = against(organs, bare)
    assert found.differences == ()
    assert {place.partition(".")[0] for place in found.uncompared} == {"disputes"}
    assert not_compared(found) != ""
