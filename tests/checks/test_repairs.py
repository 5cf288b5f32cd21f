"""Repairs: whole sets of cells, and what may be called certain."""

import random
from collections.abc import Mapping

from benchmarks.synthetic.slips import figure, realistic_report, with_figures, wrong_cells
from checks.explanations import Change, Explanation, Suspects
from checks.findings import Finding
from checks.repairs import OWN_RULES, certain, coupled, share_a_sum, together, ways
from checks.suspects import suspects
from checks.tally import check_report
from form.editions import EDITION_KEYS, TABLE_KEYS, table
from form.report import Report
from form.rules import sums

NEW = "applications.new_received"


def sums_of(report: Report) -> list[Finding]:
    """What is wrong in the figures; these reports have no section 二."""
    return [item for item in check_report(report) if item.is_error and item.rule in OWN_RULES]


def primary_clicks(report: Report) -> tuple[Report, tuple[Finding, ...]]:
    """Take whatever is offered in one click until nothing is; what is left of the findings is open."""
    findings = sums_of(report)
    explained = suspects(report, claims=())
    changes: dict[str, int | None] = {}
    left: list[Finding] = []
    for group in together(findings, explained):
        own = [findings[at] for at in group]
        found = certain(own, ways(own, explained), explained)
        if found is None:
            left += own
        else:
            changes |= {item.address: item.after for item in found.changes}
    return with_figures(report, changes), tuple(left)


def figures(report: Report) -> Mapping[str, int]:
    return {place: figure(report, place) for place in report.cells}


def test_one_click_ends_at_the_truth_or_leaves_the_finding_open() -> None:
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    mended = 0
    for number in range(200):
        meant = realistic_report(EDITION_KEYS[number % 2], rng)
        spoilt = wrong_cells(1)(meant, rng)
        after, left = primary_clicks(spoilt)
        assert left or figures(after) == figures(meant), f"report {number}"
        mended += not left
    assert mended > 20


def test_on_slips_of_several_cells_nothing_is_half_adopted() -> None:
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    for number in range(60):
        meant = realistic_report(EDITION_KEYS[number % 2], rng)
        after, left = primary_clicks(wrong_cells(rng.choice((2, 3)))(meant, rng))
        assert left or not sums_of(after), f"report {number}"


def coupled_slip(rng: random.Random) -> tuple[Report, Report]:
    """Return a report, and with three cells of 本年新收 wrong that cancel out in its total."""
    while True:
        meant = realistic_report(EDITION_KEYS[0], rng)
        parts = [f"{NEW}.{column}" for column in ("natural_person", "business", "legal_service")]
        # Nothing else of these columns can fall as far: only 本年新收 is left.
        rest = [
            figure(meant, f"applications.{row}.{column}")
            for row, column in (
                ("carried_over", "natural_person"),
                ("carried_forward", "business"),
            )
        ]
        if all(figure(meant, place) >= 2 for place in parts) and not any(rest):
            one, two, three = parts
            return meant, with_figures(
                meant,
                {
                    one: figure(meant, one) + 2,
                    two: figure(meant, two) - 1,
                    three: figure(meant, three) - 1,
                },
            )


def test_a_coupled_set_is_one_repair_and_adopted_whole() -> None:
    rng = random.Random(7)
    meant, spoilt = coupled_slip(rng)
    findings = sums_of(spoilt)
    assert [item.rule for item in findings] == ["balance"] * 3
    explained = suspects(spoilt, claims=())
    assert together(findings, explained) == ((0, 1, 2),)
    for one in findings:
        (way,) = ways(one, explained)
        assert len(way.changes) == 3
    after, left = primary_clicks(spoilt)
    assert (left, figures(after)) == ((), figures(meant))


def test_cells_of_one_sum_are_those_that_a_rule_adds_up() -> None:
    for edition in EDITION_KEYS:
        for key in TABLE_KEYS[1:]:
            places = tuple(table(key, edition).addresses())
            known = {
                frozenset((one, other))
                for item in sums(key, edition)
                for one in item.addresses
                for other in item.addresses
            }
            said = {
                frozenset((one, other))
                for one in places
                for other in places
                if share_a_sum(one, other)
            }
            assert known == said


def test_what_shares_no_sum_is_taken_apart_but_for_a_single_slip() -> None:
    one, other = (Change(f"disputes.{row}.total", 1, 2) for row in ("review", "litigation_direct"))
    far = Change(f"{NEW}.total", 1, 2)
    assert coupled(Explanation("cells", (far, one, other), "")) == ((far,), (one,), (other,))
    assert coupled(Explanation("swap", (far, one, other), "")) == ((far,), (one, other))


def finding(rule: str, *cells: str) -> Finding:
    return Finding(rule, "error" if rule != "prose_count" else "question", "disputes", "", cells)


def test_what_the_prose_alone_says_is_never_certain() -> None:
    place = "disputes.review.total"
    change = Explanation("cells", (Change(place, 1, 2),), "", ("prose",), confirmed_at=(place,))
    known = Suspects((change,))
    for rule, sure in (("prose_count", False), ("carry", False), ("disputes", True)):
        item = finding(rule, place)
        assert (certain(item, ways(item, known), known) is not None) is sure


def test_a_first_rank_of_its_own_needs_a_witness() -> None:
    place, other = "disputes.review.total", "disputes.review.upheld"
    item = finding("disputes", place, other)
    second = Explanation("cells", (Change(other, 1, 0),), "", rank=2)
    for confirmed, sure in (((), False), (("prose",), True)):
        first = Explanation(
            "cells", (Change(place, 1, 2),), "", confirmed, confirmed_at=(place,) * bool(confirmed)
        )
        known = Suspects((first, second))
        assert (certain(item, ways(item, known), known) is not None) is sure
