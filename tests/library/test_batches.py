"""Several of one year in one batch: nothing counts until a person has chosen; a batch can be undone."""

import random
from collections.abc import Callable, Mapping
from itertools import count

import pytest

from form.report import Report
from library import jobs
from library.errors import LibraryError
from library.importing import import_files, run_job
from library.store import Library
from tests.library.made import made_report, reading

Bring = Callable[..., list[int]]
_NUMBERS = count()


@pytest.fixture
def bring(library: Library) -> Bring:
    """``bring(report, …)`` imports reports as one batch, a file each; their ids in this order."""

    def work(*reports: Report) -> list[int]:
        made = {str(next(_NUMBERS)).encode(): report for report in reports}
        job_id = jobs.create_job(library, [(f"{name.decode()}.txt", name) for name in made], "李")
        run_job(library, job_id, read=lambda data, _name: reading(made[data]))
        found = jobs.outcomes(library, job_id)
        return [number for _id, _state, ids in found for number in ids]

    return work


def two(agency: str = "甲市", year: int = 2023) -> tuple[Report, Report]:
    return made_report(agency, year, count=1), made_report(agency, year, count=2)


def counting(library: Library) -> list[int]:
    reports = library.reports()
    assert library.log.verify() == ()
    return reports.index[reports["counts"]].tolist()


def flagged(library: Library, name: str) -> list[int]:
    reports = library.reports()
    return sorted(reports.index[reports[name]].tolist())


def test_of_two_in_one_batch_neither_counts_until_a_person_has_chosen(
    library: Library, bring: Bring
) -> None:
    one, other = bring(*two())
    assert (counting(library), flagged(library, "undecided")) == ([], [one, other])
    assert library.matrix().report_ids.tolist() == []
    library.choose_between(one, [other], "only", "李")
    assert (counting(library), flagged(library, "undecided")) == ([one], [])
    assert flagged(library, "to_confirm") == []
    library.choose_between(other, [one], "corrects", "李", "附了更正说明")
    assert counting(library) == [other]
    assert library.reports()["aside"].loc[one] == "corrected"
    library.choose_between(one, [other], "undecided", "李")
    assert (counting(library), flagged(library, "undecided")) == ([], [one, other])
    before = len(library.log.entries())
    library.choose_between(one, [other], "undecided", "李")
    assert len(library.log.entries()) == before


def test_each_choice_is_taken_back_by_itself(library: Library, bring: Bring) -> None:
    one, other = bring(*two())
    library.choose_between(one, [other], "only", "李")
    library.choose_between(other, [one], "only", "李")
    entries = library.log.entries()
    library.log.undo(entries[-1].number, "王")
    assert counting(library) == [one]
    library.log.undo(entries[0].number, "王")
    assert counting(library) == []
    library.log.undo(library.log.entries()[-1].number, "王")
    assert counting(library) == [one]
    assert library.log.frame()["holds"].tolist() == [True, False, False, False, False]


def test_of_three_the_others_stay_undecided_without_the_one_that_goes(
    library: Library, bring: Bring
) -> None:
    one, other, third = bring(*two(), made_report("甲市", 2023, count=3))
    library.choose_between(one, [other], "only", "李")
    assert flagged(library, "undecided") == [one, third]
    library.choose_between(third, [one], "corrects", "李")
    assert counting(library) == [third]
    library.recycle([third], "李")
    # Nobody has said which of these two is preferred now that what they gave way to is gone.
    assert flagged(library, "undecided") == [one, other]


def test_across_batches_the_newer_counts_and_is_to_be_confirmed(
    library: Library, bring: Bring
) -> None:
    (old,) = bring(made_report(count=1))
    assert flagged(library, "to_confirm") == []
    (new,) = bring(made_report(count=2))
    assert (counting(library), flagged(library, "to_confirm")) == ([new], [new])
    library.choose_between(new, [old], "corrects", "李")
    assert (counting(library), flagged(library, "to_confirm")) == ([new], [])
    library.log.undo(library.log.entries()[-1].number, "李")
    library.choose_between(old, [new], "only", "李")
    assert (counting(library), flagged(library, "to_confirm")) == ([old], [])
    with pytest.raises(LibraryError, match="不是同一批"):
        library.choose_between(new, [old], "undecided", "李")
    (newest,) = bring(made_report(count=3))
    assert (counting(library), flagged(library, "to_confirm")) == ([newest], [newest])


def test_what_comes_later_does_not_settle_what_nobody_chose(library: Library, bring: Bring) -> None:
    one, other = bring(*two())
    (later,) = bring(made_report("甲市", 2023, count=3))
    assert (counting(library), flagged(library, "undecided")) == ([], [one, other, later])
    library.choose_between(other, [one], "corrects", "李")
    assert (counting(library), flagged(library, "to_confirm")) == ([later], [later])


def test_a_plain_choice_decides_too_and_other_years_are_let_alone(
    library: Library, bring: Bring
) -> None:
    one, _other, apart = bring(*two(), made_report("甲市", 2022))
    assert counting(library) == [apart]
    library.choose(one, "李")
    assert sorted(counting(library)) == sorted([one, apart])
    library.log.undo(library.log.entries()[-1].number, "李")
    assert counting(library) == [apart]


def test_what_goes_to_another_year_or_the_bin_no_longer_stands_in_the_way(
    library: Library, bring: Bring
) -> None:
    one, other = bring(*two())
    library.identify(other, "乙县", 2023, "李")
    assert sorted(counting(library)) == [one, other]
    library.identify(other, "甲市", 2023, "李")
    assert counting(library) == []
    library.recycle([one], "李")
    assert counting(library) == [other]


def test_what_is_not_of_one_year_is_refused(library: Library, bring: Bring) -> None:
    one, other, apart, queued = bring(*two(), made_report("甲市", 2022), made_report(None, 2023))
    library.recycle([other], "李")
    for others in ([other], [apart], [queued], [], [one], [99]):
        with pytest.raises(LibraryError):
            library.choose_between(one, others, "only", "李")
    with pytest.raises(LibraryError):
        library.choose_between(queued, [one], "only", "李")
    assert [item.action for item in library.log.entries()] == ["recycle"]


def test_an_import_is_taken_back_as_a_whole_and_only_it(library: Library, bring: Bring) -> None:
    (old,) = bring(made_report(count=1))
    first, second = bring(made_report(count=2), made_report("乙县", 2022))
    batch = int(library.reports()["batch"].loc[first])
    library.recycle([second], "王")
    library.undo_import(batch, "李")
    assert counting(library) == [old]
    entry = library.log.entries()[-1]
    assert (entry.action, entry.report_id, entry.run) == ("undo_import", first, batch)
    with pytest.raises(LibraryError, match="没有可以撤销的"):
        library.undo_import(batch, "李")
    with pytest.raises(LibraryError, match="回收站"):
        library.log.undo(entry.number, "李")
    library.restore([first, second], "李")
    assert counting(library) == [first, second]
    assert [item.undoes for item in library.log.entries()[-2:]] == [entry.number, 1]


def test_files_that_were_not_handed_in_before_are_a_batch_too(library: Library) -> None:
    made = dict(zip((b"1", b"2"), two(), strict=True))
    files = [("1.txt", b"1"), ("2.txt", b"2"), ("x.txt", "读不了。")]
    list(import_files(library, files, read=lambda data, _name: reading(made[data])))
    assert len(flagged(library, "undecided")) == 2
    (job,) = jobs.recent(library)
    assert [item.name for item in job.items] == ["1.txt", "2.txt"]
    assert "同一批里不止一份" in job.items[1].message


SEEDS = range(6)


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_people_do_the_log_is_whole_and_gives_what_counts(
    library: Library, bring: Bring, seed: int
) -> None:
    print(f"seed {seed}")
    some = random.Random(seed)
    years = [("甲市", 2022), ("甲市", 2023), ("乙县", 2023)]
    for _step in range(30):
        reports = library.reports()
        known = reports[reports["version"].notna()]
        act = some.choice(
            ["bring", "bring", "between", "between", "choose", "undo", "recycle", "restore",
             "identify", "undo_import"]
        )  # fmt: skip
        try:
            if act == "bring":
                bring(
                    *(made_report(*some.choice(years), count=n) for n in range(some.randint(1, 3)))
                )
            elif act == "undo":
                library.log.undo(some.choice(library.log.entries()).number, "王")
            elif act == "restore":
                library.restore([some.choice(library.recycled().index.tolist())], "王")
            elif act == "undo_import":
                library.undo_import(some.choice(jobs.recent(library)).id, "王")
            elif act == "between":
                one = some.choice(known.index.tolist())
                same = known[
                    (known["agency"] == known["agency"][one])
                    & (known["year"] == known["year"][one])
                ].index.tolist()
                others = some.sample(same, some.randint(1, len(same)))
                library.choose_between(
                    one, others, some.choice(["only", "corrects", "undecided"]), "王"
                )
            elif act == "identify":
                library.identify(some.choice(known.index.tolist()), *some.choice(years), "王")
            else:
                one = some.choice(known.index.tolist())
                library.choose(one, "王") if act == "choose" else library.recycle([one], "王")
        except (LibraryError, IndexError):
            continue
        check(library)


def check(library: Library) -> None:
    """The log gives where reports stand, and what counts is what the rule says, told anew."""
    assert library.log.verify() == ()
    reports = library.reports()
    known = reports[reports["version"].notna()]
    for whose, own in known.groupby(["agency", "year"]):
        rows: list[Mapping[str, object]] = [
            {"id": number, **row}
            for number, row in zip(own.index, own.to_dict("records"), strict=True)
        ]
        assert own.index[own["counts"]].tolist() == expected(rows), whose
        assert own["undecided"].any() == (not own["counts"].any()), whose


def expected(rows: list[Mapping[str, object]]) -> list[object]:
    chosen = [row["id"] for row in rows if row["chosen"]]
    if chosen:
        return chosen
    best = [row for row in rows if not isinstance(row["aside"], str)] or rows
    batches = [row["batch"] for row in best]
    if len(batches) != len(set(batches)):
        return []
    return [max(best, key=lambda row: int(str(row["version"])))["id"]]
