"""Repairs: whole sets of cells, and what may be called certain."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace

from benchmarks.synthetic.slips import figure, realistic_report, with_figures, wrong_cells
from checks.explanations import Change, Explanation, Part, Suspects
from checks.findings import Finding
from checks.repairs import BALANCED, OWN_RULES, Way, certain, coupled, share_a_sum, together, ways
from checks.slips import with_slips
from checks.standing import count_slips
from checks.suspects import suspects
from checks.tally import check_report
from form.editions import EDITION_KEYS, TABLE_KEYS, table
from form.report import Paragraph, Report
from form.rules import sums
from tests.checks.explained import explained
from tests.checks.reports import made

NEW = "applications.new_received"


def sums_of(report: Report) -> list[Finding]:
    """What is wrong in the figures; these reports have no section 二."""
    return [item for item in check_report(report) if item.is_error and item.rule in OWN_RULES]


@dataclass(frozen=True)
class Clicked:
    """A report after every primary click, what these wrote, and the findings that they left."""

    report: Report
    written: Mapping[str, int]
    left: tuple[Finding, ...]


def primary_clicks(report: Report) -> Clicked:
    """Take whatever is offered in one click until nothing is, as the cards of a page offer it."""
    explained = suspects(report, claims=())
    findings = with_slips(sums_of(report), explained, report.year)
    changes: dict[str, int] = {}
    left: list[Finding] = []
    for group in together(findings, explained):
        own = [findings[at] for at in group]
        found = certain(own, ways(own, explained), explained)
        if found is None:
            left += own
        else:
            changes |= {item.address: int(item.after or 0) for item in found.changes}
    return Clicked(with_figures(report, changes), changes, tuple(left))


def figures(report: Report) -> Mapping[str, int]:
    return {place: figure(report, place) for place in report.cells}


def untrue(clicked: Clicked, meant: Report) -> list[str]:
    """The cells that clicks filled in with something else than was meant."""
    return [place for place, value in clicked.written.items() if figure(meant, place) != value]


def test_one_click_ends_at_the_truth_or_leaves_the_finding_open() -> None:
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    mended = 0
    for number in range(200):
        meant = realistic_report(EDITION_KEYS[number % 2], rng)
        clicked = primary_clicks(wrong_cells(1)(meant, rng))
        assert not untrue(clicked, meant), f"report {number}"
        assert clicked.left or figures(clicked.report) == figures(meant), f"report {number}"
        mended += not clicked.left
    assert mended > 20


def two_apart(meant: Report, rng: random.Random) -> Report:
    """Spoil two results of different rows and columns, by different amounts."""
    places = [
        place
        for place in meant.cells
        if place.startswith("applications.") and rows_and_columns_add_up(place)
    ]
    one = rng.choice(places)
    _table, row, column = one.split(".")
    other = rng.choice([place for place in places if row not in place and column not in place])
    return with_figures(
        meant, {one: figure(meant, one) + 3, other: figure(meant, other) + rng.choice((1, 2, 5))}
    )


def rows_and_columns_add_up(place: str) -> bool:
    _table, row, column = place.split(".")
    return row not in BALANCED and column != "total"


def test_two_faults_of_one_table_are_two_cards_that_end_at_the_truth() -> None:
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    for number in range(30):
        meant = realistic_report(EDITION_KEYS[number % 2], rng)
        # A blank total would be missing as soon as a part of it is spoilt.
        meant = with_figures(meant, figures(meant))
        spoilt = two_apart(meant, rng)
        explained = suspects(spoilt, claims=())
        findings = with_slips(sums_of(spoilt), explained, spoilt.year)
        assert count_slips(findings) == len(together(findings, explained)) == 2, f"report {number}"
        clicked = primary_clicks(spoilt)
        assert (clicked.left, figures(clicked.report)) == ((), figures(meant)), f"report {number}"


def test_on_slips_of_several_cells_a_click_mends_and_breaks_nothing() -> None:
    """It may write what was not meant only where fewer cells than were spoilt will do."""
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    for number in range(80):
        meant = realistic_report(EDITION_KEYS[number % 2], rng)
        spoilt = wrong_cells(rng.choice((2, 3)))(meant, rng)
        clicked = primary_clicks(spoilt)
        left = {item.key for item in sums_of(clicked.report)}
        assert left <= {item.key for item in clicked.left}, f"report {number}"
        if untrue(clicked, meant):
            done = [place for place in meant.cells if figure(meant, place) != figure(spoilt, place)]
            smallest = suspects(spoilt, claims=()).explanations[0]
            assert len(smallest.changes) < len(done), f"report {number}"


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
    clicked = primary_clicks(spoilt)
    assert (clicked.left, figures(clicked.report)) == ((), figures(meant))


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
    same = Change(f"{NEW}.business", 1, 2)
    assert coupled((far, one, other, same)) == ((far, same), (one,), (other,))
    cells = Explanation(tuple(Part("cells", (item,)) for item in (one, other)), "")
    swap = Explanation((Part("swap", (one, other)),), "")
    item = finding("disputes", one.address)
    assert [way.changes for way in ways(item, Suspects((cells,)))] == [(one,)]
    assert [way.changes for way in ways(item, Suspects((swap,)))] == [(one, other)]


def two_rows(first: str, other: str = "litigation_direct 3 0 0 0 5") -> Report:
    return made(f"{first}\n{other}", "2021", 2023, rest="0")


def cards(report: Report) -> list[tuple[Way, ...]]:
    """The ways of each group of findings that a repair mends together."""
    findings = sums_of(report)
    explained = suspects(report)
    return [
        ways([findings[at] for at in group], explained) for group in together(findings, explained)
    ]


def groups(found: tuple[Way, ...]) -> list[tuple[int, str, list[str]]]:
    return [
        (way.rank, way.group, [item.address.partition(".")[2] for item in way.changes])
        for way in found
    ]


def test_what_one_row_may_be_is_not_told_of_another() -> None:
    named, plain = map(groups, cards(two_rows("review 12 1 0 0 22")))
    assert named == [
        (1, "cause", ["review.upheld"]),
        (1, "cause", ["review.corrected"]),
        (2, "empty", ["review.other"]),
        (2, "empty", ["review.pending"]),
        (3, "filled", ["review.total"]),
    ]
    assert plain == [
        *(
            (1, "empty", [f"litigation_direct.{column}"])
            for column in ("corrected", "other", "pending")
        ),
        (2, "filled", ["litigation_direct.upheld"]),
        (2, "filled", ["litigation_direct.total"]),
    ]


def test_each_of_two_faults_of_one_table_keeps_its_reasons() -> None:
    """自然人 misprinted in 本年新收, and a row of results left 0 for 商业企业."""
    report = made(
        "new_received 7 2 . . . . 11\ngranted 7 . . . . . 7\npartial 2 . . . . . 2\n"
        "total_processed 9 2 . . . . 11",
        "2021",
        2023,
        rest="0",
    )
    first, second = map(groups, cards(report))
    assert first == [(1, "filled", ["new_received.natural_person"])]
    assert len(second) == 21
    assert {(rank, group) for rank, group, _cells in second} == {(1, "empty"), (2, "empty_rarely")}
    assert all(cells[0].endswith(".business") for _rank, _group, cells in second)


def test_a_second_fault_that_something_confirms_takes_no_certainty_from_the_first() -> None:
    """新收 8 for 7 and 复议总计 5 for 3: the text says both."""
    report = replace(
        made(
            "new_received 5 3 . . . . 8\ncarried_over 1 . . . . . 1\ngranted 4 2 . . . . 6\n"
            "total_processed 4 2 . . . . 6\ncarried_forward 2 . . . . . 2\nreview 3 0 0 0 5",
            "2021",
            2023,
        ),
        paragraphs=(
            Paragraph(3, "2023年，新收政府信息公开申请7件。"),
            Paragraph(4, "2023年，行政复议3件，其中维持3件。"),
        ),
    )
    findings, explained = sums_of(report), suspects(report)
    assert explained.explanations[0].rank == 1 != explained.explanations[1].rank
    sure = []
    for group in together(findings, explained):
        own = [findings[at] for at in group]
        way = certain(own, ways(own, explained), explained)
        assert way is not None
        sure.append([(item.address.partition(".")[2], item.after) for item in way.changes])
    assert sure == [
        [("new_received.business", 2), ("new_received.total", 7)],
        [("review.total", 3)],
    ]


def finding(rule: str, *cells: str) -> Finding:
    return Finding(rule, "error" if rule != "prose_count" else "question", "disputes", "", cells)


def test_what_the_prose_alone_says_is_never_certain() -> None:
    place = "disputes.review.total"
    change = explained(Change(place, 1, 2), confirmed_at=((place, ("prose",)),))
    known = Suspects((change,))
    for rule, sure in (("prose_count", False), ("carry", False), ("disputes", True)):
        item = finding(rule, place)
        assert (certain(item, ways(item, known), known) is not None) is sure


def test_a_first_rank_of_its_own_needs_a_witness() -> None:
    place, other = "disputes.review.total", "disputes.review.upheld"
    item = finding("disputes", place, other)
    second = explained(Change(other, 1, 0), rank=2)
    for confirmed, sure in (((), False), (((place, ("prose",)),), True)):
        first = explained(Change(place, 1, 2), confirmed_at=confirmed)
        known = Suspects((first, second))
        assert (certain(item, ways(item, known), known) is not None) is sure


def test_the_only_small_way_is_not_called_the_only_one() -> None:
    """Two cells were misprinted, and one alone would do: the list holds the fewest cells only."""
    report = made("review 20 5 . . .", "2021", 2023, tables=("disputes",), rest="0")
    (found,) = cards(report)
    assert [(item.after) for way in found for item in way.changes] == [25]
    (explanation,) = suspects(report).explanations
    assert "唯一" not in explanation.because
    assert "改法只有这一种" in explanation.because
