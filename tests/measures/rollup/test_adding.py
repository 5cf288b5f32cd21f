"""Sums of many reports: nothing twice, nothing silently without, every part to be seen."""

from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest

from form.editions import TABLE_KEYS
from form.report import Cell
from form.values import added, in_wan
from measures.rollup.adding import number_in, roll_up
from measures.rollup.model import Member
from measures.rollup.telling import to_json
from measures.rollup.wording import failing_words, who_is_in
from tests.measures.rollup.made import PARENT, changed, count, drawn, filed, names, report, summed

NEW = "applications.new_received.natural_person"
FEES = "disclosure.administrative_fees.amount"


@pytest.mark.parametrize("_again", range(20))
def test_every_cell_is_the_sum_of_its_parts(_again: int) -> None:
    seed = drawn()
    print(f"SEED={seed}")
    random = Random(seed)
    organs = filed(*(report(random, name) for name in names(random.randint(1, 9))))
    whole = summed(organs)
    assert set(whole.agencies) == set(organs)
    for place, cell in whole.cells.items():
        assert [part.agency for part in cell.parts] == list(whole.agencies)
        printed = [item.report.cells[place] for item in organs.values()]
        if place == FEES:
            amounts = [in_wan(item.value, item.unit) for item in printed if item.value is not None]
            assert cell.sum == added(filter(None, amounts))
        else:
            assert cell.sum == sum(int(item.value or 0) for item in printed)
        # What a part shows is what is printed there: a blank is no 0.
        assert [part.shown is None for part in cell.parts] == [
            item.value is None for item in printed
        ]
    assert not whole.failing
    assert len(whole.outcomes) == 42


@pytest.mark.parametrize("_again", range(10))
def test_an_amount_is_added_exactly_whatever_its_unit(_again: int) -> None:
    seed = drawn()
    print(f"SEED={seed}")
    random = Random(seed)
    values = [Decimal(random.randint(1, 10**24)) / 10 ** random.randint(0, 9) for _n in range(5)]
    units = [random.choice(["万元", "元", "亿元"]) for _value in values]
    reports = [
        changed(
            report(random, name), **{FEES.replace(".", "__"): Cell(v, "number", str(v), unit=u)}
        )
        for name, v, u in zip(names(5), values, units, strict=True)
    ]
    expected = added(in_wan(value, unit) or 0 for value, unit in zip(values, units, strict=True))
    assert summed(filed(*reports)).cells[FEES].sum == expected


@pytest.mark.parametrize(
    "cell",
    [
        Cell(None, "unknown"),
        Cell(None, "unknown", candidates=(3, 5)),
        Cell(None, "text", "见附件"),
    ],
)
def test_what_nobody_can_tell_leaves_the_sum_open(cell: Cell) -> None:
    one, other = (report(Random(1), name) for name in names(2))
    place = NEW.replace(".", "__")
    whole = summed(filed(changed(one, **{place: 7}), changed(other, **{place: cell})))
    found = whole.cells[NEW]
    assert found.sum is None
    assert found.least == 7
    assert [part.agency for part in found.open] == ["甲市第2局"]
    assert found.cell.mark == "unknown"
    told = to_json([whole])[0]["cells"][NEW]
    assert told["sum"] is None
    assert told["parts"][1]["mark"] == cell.mark
    # What rests on it is left open too, never said to hold or to fail.
    assert {item.holds for item in whole.outcomes if NEW in item.sum.addresses} == {None}


def test_an_unknown_cell_that_is_nothing_either_way_counts_as_nothing() -> None:
    place = NEW.replace(".", "__")
    either = Cell(None, "unknown", candidates=(0, None))
    whole = summed(filed(changed(report(Random(1), "甲"), **{place: either})))
    assert whole.cells[NEW].sum == 0


def test_a_unit_that_is_not_told_leaves_an_amount_open() -> None:
    bare = Cell(Decimal("3"), "number", "3")
    whole = summed(filed(changed(report(Random(1), "甲"), **{FEES.replace(".", "__"): bare})))
    assert whole.cells[FEES].sum is None


def test_a_table_that_is_not_there_leaves_its_cells_open() -> None:
    one, other = (report(Random(n), name) for n, name in enumerate(names(2)))
    cells = {p: c for p, c in other.cells.items() if not p.startswith("disputes.")}
    whole = summed(filed(one, replace(other, cells=cells)))
    assert whole.cells["disputes.review.total"].sum is None
    assert whole.cells["disputes.review.total"].open[0].agency == "甲市第2局"
    assert whole.cells[NEW].sum is not None


def test_editions_are_never_added() -> None:
    new, old = report(Random(1), "甲市第1局"), report(Random(2), "甲市第2局", "2019")
    both = roll_up(2024, "all", [Member("甲市第1局"), Member("甲市第2局")], filed(new, old))
    assert [(item.edition, item.agencies) for item in both] == [
        ("2019", ("甲市第2局",)),
        ("2021", ("甲市第1局",)),
    ]
    for item in both:
        (left,) = item.left
        assert left.why == "edition"
        assert {*item.agencies, left.agency} == {"甲市第1局", "甲市第2局"}
    assert both[1].cells[NEW].sum == (new.cells[NEW].value or 0)


def test_a_mixture_stands_in_both_sums_with_the_tables_of_each() -> None:
    old = report(Random(2), "甲", "2019")
    mixed = replace(
        report(Random(1), "甲"),
        editions={"disclosure": "2021", "applications": "2019", "disputes": None},
    )
    cells = {p: c for p, c in mixed.cells.items() if not p.startswith("applications.")}
    cells |= {p: c for p, c in old.cells.items() if p.startswith("applications.")}
    first, second = roll_up(2024, "all", [Member("甲")], filed(replace(mixed, cells=cells)))
    assert [part.agency for part in first.cells["applications.other.total"].parts] == ["甲"]
    assert first.cells["disclosure.regulations.made"].parts == ()
    assert second.cells["applications.granted.total"].parts == ()
    assert second.cells["disclosure.regulations.issued"].parts[0].agency == "甲"
    assert [item.tables for item in second.left] == [("applications",)]


def test_what_lies_within_another_report_is_not_counted_twice() -> None:
    organs = filed(
        *(report(Random(n), name) for n, name in enumerate(["乙县人民政府", "乙县教育局"]))
    )
    members = [Member("乙县人民政府", "area"), Member("乙县教育局", within=("乙县人民政府",))]
    (whole,) = roll_up(2024, "all", members, organs)
    assert whole.agencies == ("乙县人民政府",)
    assert [(item.agency, item.why, item.other) for item in whole.left] == [
        ("乙县教育局", "within", "乙县人民政府")
    ]
    members[0] = Member("乙县人民政府", "own")
    (whole,) = roll_up(2024, "all", members, organs)
    assert len(whole.agencies) == 2
    # Whose area report is left out holds nothing any more.
    (whole,) = roll_up(
        2024, "all", [Member("乙县人民政府", "area"), members[1]], organs, {"乙县人民政府": "重报"}
    )
    assert whole.agencies == ("乙县教育局",)


def test_own_level_takes_no_other_organs_and_never_the_parent() -> None:
    organs = filed(
        *(report(Random(n), name) for n, name in enumerate([PARENT, "甲市教育局", "乙县人民政府"]))
    )
    members = [Member(PARENT), Member("甲市教育局"), Member("乙县人民政府", "area", own=False)]
    (own,) = roll_up(2024, "own", members, organs, parent=PARENT)
    (every,) = roll_up(2024, "all", members, organs, parent=PARENT)
    assert own.agencies == ("甲市教育局",)
    assert every.agencies == ("甲市教育局", "乙县人民政府")


def test_who_is_missing_and_who_is_left_out_is_told_with_the_reason() -> None:
    organs = filed(report(Random(1), "甲"), report(Random(2), "丙"))
    members = [Member("甲"), Member("乙"), Member("丙")]
    (whole,) = roll_up(2024, "all", members, organs, {"丙": "撤并，数已并入甲"})
    told = to_json([whole])[0]
    assert (told["in"], told["missing"]) == (["甲"], ["乙"])
    assert told["excluded"] == [{"agency": "丙", "reason": "撤并，数已并入甲"}]
    assert set(told) == {
        "year",
        "scope",
        "edition",
        "in",
        "missing",
        "excluded",
        "cells",
        "differences",
    }


def test_nobody_at_all_is_one_empty_sum() -> None:
    (whole,) = roll_up(2024, "all", [Member("甲")], {})
    assert (whole.agencies, whole.missing, whole.outcomes) == ((), ("甲",), ())


def test_a_corrected_figure_counts_and_is_said() -> None:
    read = report(Random(1), "甲")
    typed = Cell(12, "typed", "12", printed=count(21))
    whole = summed(filed(changed(read, **{NEW.replace(".", "__"): typed})))
    assert whole.corrected == ("甲",)
    assert whole.cells[NEW].sum == 12
    assert whole.cells[NEW].parts[0].is_corrected


def test_a_rule_that_fails_in_the_sum_is_traced_to_whose_report_it_fails_in() -> None:
    one, other = (report(Random(n), name) for n, name in enumerate(names(2)))
    place = "applications.granted.natural_person"
    wrong = changed(other, **{place.replace(".", "__"): int(other.cells[place].in_sums or 0) + 3})
    whole = summed(filed(one, wrong))
    assert {item.sum.rule.code for item in whole.failing} == {"outcomes", "applicants"}
    assert {whole.breakers(item) for item in whole.failing} == {("甲市第2局",)}
    said, whose = failing_words(whole.failing[0], whole)
    assert "自然人" in said
    assert whose == "出自：甲市第2局"


def test_without_a_roster_nothing_is_said_to_be_due() -> None:
    organs = filed(report(Random(1), "甲"))
    assert "应" not in who_is_in(summed(organs, rostered=False))
    assert "缺" not in who_is_in(summed(organs, rostered=False))
    assert "应计 1 家" in who_is_in(summed(organs))


def test_an_unknown_cell_is_counted_only_where_it_is_0_whatever_it_says() -> None:
    def unknown(*candidates: int | None) -> Cell:
        return Cell(None, "unknown", "?", candidates=candidates)

    place = "applications.granted.total"
    assert number_in(unknown(0, None), place) == 0
    assert number_in(unknown(5), place) is None
    assert number_in(unknown(5, 6), place) is None
    assert number_in(unknown(), place) is None


def test_a_report_of_which_no_table_tells_its_edition_is_unknown_in_its_years_sum() -> None:
    names_of = names(3)
    plain = [report(Random(n), name, "2019") for n, name in enumerate(names_of)]
    early = [replace(item, year=2020) for item in plain]
    early[2] = replace(early[2], cells={}, editions=dict.fromkeys(TABLE_KEYS))
    found = roll_up(2020, "all", [Member(name) for name in names_of], filed(*early))
    (one,) = found
    assert one.edition == "2019"
    assert all(cell.sum is None for cell in one.cells.values())
    assert [item.agency for item in one.left] == []
