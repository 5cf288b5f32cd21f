"""Values of measures that are handed on are those that are computed anew, whatever happened."""

import os
from collections.abc import Sequence
from random import Random

import pandas as pd
import pytest

from desk import figures
from desk import measured as measured_module
from desk.desk import Desk
from desk.measured import Measured
from library.frames import load_frames
from library.store import Library
from measures.dictionary import MEASURES
from measures.trends import trend
from tests.desk.season import AGENCIES, YEARS, befall, imported, slipped

SEQUENCES = 100 if os.environ.get("FULL") else 6
# What the cells are made into that the season changes, and a share and an amount.
KEYS = (
    "new_received",
    "new_received.natural_person",
    "carried_over",
    "carried_forward",
    "total_processed",
    "regulations_issued",
    "documents_in_force",
    "review_upheld",
    "granted_rate",
    "fees_amount",
)


@pytest.mark.parametrize("number", range(SEQUENCES))
def test_what_is_handed_on_is_what_is_computed_anew(library: Library, number: int) -> None:
    seed = int(os.environ.get("SEED", Random().randrange(10**9)))
    random, desk = Random(seed), Desk(library)
    told = [f"seed {seed}, sequence {number}"]
    for step in range(16):
        told.append(befall(library, random, step))
        state, frames = desk.settled(), load_frames(library)
        # Not all of them each time, so that some are handed on through several states.
        for key in random.sample(KEYS, 3):
            kept = figures.trend(library, state, key, AGENCIES, YEARS)
            anew = trend(MEASURES[key], frames, state.open_table, AGENCIES, YEARS)
            for name in ("table", "changes", "totals"):
                found, due = (getattr(each, name) for each in (kept, anew))
                pd.testing.assert_frame_equal(found, due, obj=f"{told}, {key}: {name}")


def test_only_reports_of_the_touched_agency_are_evaluated_again(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    (one,), (two,) = (
        imported(library, slipped(Random(1), name, 2023), data=name.encode())
        for name in AGENCIES[:2]
    )
    desk = Desk(library)
    asked = list[tuple[int, ...]]()
    evaluated = figures._evaluated

    def watched(state: object, library: object, keys: Sequence[str], ids: Sequence[int]) -> object:
        asked.append(tuple(ids))
        return evaluated(state, library, keys, ids)

    monkeypatch.setattr(figures, "_evaluated", watched)
    for new in ("8", "9"):
        seen = figures.compare(library, desk.settled(), "new_received", AGENCIES, 2023)
        place = "applications.new_received.total"
        library.log.correct(one, place, new, library.report(one).cells[place], "checker", "笔误")
    seen = figures.compare(library, desk.settled(), "new_received", AGENCIES, 2023)
    assert seen.table.set_index("agency")["value"][AGENCIES[0]] == 9
    assert asked == [(one, two), (one,), (one,)]


def test_only_so_many_measures_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measured_module, "KEPT", 2)
    asked = list[str]()

    def evaluate(keys: Sequence[str], ids: Sequence[int]) -> dict[str, pd.DataFrame]:
        asked.extend(keys)
        return {key: pd.DataFrame({"report_id": list(ids)}) for key in keys}

    kept = Measured()
    for key in ("a", "b", "c", "c", "b", "a"):
        kept.tables([key], {2023: [1, 2]}, evaluate)
    assert asked == ["a", "b", "c", "a"]


def test_what_was_computed_last_is_handed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measured_module, "KEPT", 2)
    asked = list[str]()

    def evaluate(keys: Sequence[str], ids: Sequence[int]) -> dict[str, pd.DataFrame]:
        asked.extend(keys)
        return {key: pd.DataFrame({"report_id": list(ids)}) for key in keys}

    kept = Measured()
    kept.tables(["a"], {2023: [1]}, evaluate)
    kept.tables(["b"], {2023: [1]}, evaluate)
    kept = kept.after([])
    # Completed from what was handed on, so now computed after b.
    kept.tables(["a"], {2023: [1]}, evaluate)
    kept.tables(["c"], {2023: [1]}, evaluate)
    kept = kept.after([])
    asked.clear()
    kept.tables(["a", "c", "b"], {2023: [1]}, evaluate)
    assert asked == ["b"]


def test_only_years_that_are_asked_for_are_evaluated() -> None:
    asked = list[tuple[int, ...]]()

    def evaluate(keys: Sequence[str], ids: Sequence[int]) -> dict[str, pd.DataFrame]:
        asked.append(tuple(ids))
        return {key: pd.DataFrame({"report_id": list(ids)}) for key in keys}

    years = {2022: [5, 1], 2023: [3], 2024: []}
    kept = Measured()
    kept.tables(["a"], {2022: years[2022]}, evaluate)
    for _again in range(2):
        table = kept.tables(["a"], years, evaluate)["a"]
        assert table["report_id"].tolist() == [5, 1, 3]
    assert asked == [(5, 1), (3,)]
