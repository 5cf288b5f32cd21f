"""The made city: what it holds, and that its government's report differs where it is said to."""

from collections import Counter

import pytest

from form.editions import TABLE_KEYS
from form.rules import evaluate, sums
from loaders import read
from measures.rollup.adding import roll_up
from measures.rollup.members import members_of
from measures.rollup.model import Filing, Rollup
from measures.rollup.tracing import compared
from sample_reports.city import CORRECTED, PARENT, SENT, City, city, file_of, report_of


@pytest.fixture(scope="module")
def made() -> City:
    return city()


def rolled_up(made: City) -> Rollup:
    filings = {
        name: Filing(
            name,
            1 + (name in made.firsts),
            report_of(truth),
            {1: report_of(made.firsts[name])} if name in made.firsts else {},
        )
        for name, truth in made.reports.items()
    }
    filings[PARENT] = Filing(PARENT, 1, report_of(made.parent))
    members = members_of([(item.name, item.covers) for item in made.organs], PARENT)
    (found,) = roll_up(made.year, "all", members, filings, parent=PARENT)
    return compared(found)


def test_it_has_sixty_organs_and_eleven_of_them_are_corrected(made: City) -> None:
    assert len(made.organs) == len({item.name for item in made.organs}) == 60
    assert len(made.firsts) == CORRECTED
    for name, first in made.firsts.items():
        assert first.cells != made.reports[name].cells


def test_every_final_report_holds_together_and_no_first_one_does(made: City) -> None:
    def failing(truth: object) -> list[object]:
        cells = truth.cells  # type: ignore[attr-defined]
        found = [o for key in TABLE_KEYS for o in evaluate(cells, sums(key, "2021"))]
        return [item for item in found if item.holds is False]

    assert not any(failing(truth) for truth in made.reports.values())
    assert all(failing(truth) for truth in made.firsts.values())


def test_what_comes_in_is_what_was_sent(made: City) -> None:
    first, second, third, last = made.batches()
    sent = Counter(truth.agency for _stem, truth in (*first, *second, *third))
    assert len(sent) == SENT
    assert sum(sent.values()) == SENT + 4  # three files again, one correction beside its print
    assert len(last) == CORRECTED - 1 + 60 - SENT
    stems = [stem for batch in made.batches() for stem, _truth in batch]
    again = [stem for stem, times in Counter(stems).items() if times > 1]
    assert len(again) == 3
    assert all(
        len({id(t) for s, t in (*first, *second, *third) if s == stem}) == 1 for stem in again
    )
    final = {truth.agency: truth for batch in made.batches() for _stem, truth in batch}
    assert final == dict(made.reports)


def test_the_governments_report_differs_in_the_planted_cells_alone(made: City) -> None:
    found = rolled_up(made)
    assert set(found.differing) == set(made.gaps)
    causes = {(item.cause, item.agency) for item in found.differences}
    planted = {item.key: item.agency for item in made.planted}
    assert causes == {
        ("version", planted["outdated"]),
        ("left_out", planted["left_out"]),
        ("print", None),
        ("none", None),
    }
    assert next(i for i in found.differences if i.cause == "print").swapped


def test_without_anything_planted_it_is_the_sum() -> None:
    found = rolled_up(city(plant=False))
    assert found.differences == ()
    assert len(found.filings) == 58
    assert [item.why for item in found.left] == ["within", "within"]


@pytest.mark.parametrize("kind", ["docx", "xlsx", "html", "tabs.txt"])
def test_its_files_are_read_as_they_are_printed(made: City, kind: str) -> None:
    truth = made.reports["己县人民政府"]
    name, data = file_of("己县人民政府", truth, kind)
    (found,) = read(data, name)
    assert (found.agency, found.year) == ("己县人民政府", made.year)
    cells = {place: (cell.mark, cell.value) for place, cell in found.cells.items()}
    assert cells == {place: (cell.mark, cell.value) for place, cell in truth.cells.items()}
