"""What people do to a library: the recycle bin, the queue, choosing a version."""

import threading
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from form.editions import all_columns
from form.matrix import matrix_of
from form.report import Cell, Note, Report
from library.errors import LibraryError
from library.store import Library, Summary
from tests.library.conftest import Keep
from tests.library.made import made_report

NEW = "applications.new_received.natural_person"
FEES = "disclosure.administrative_fees.amount"


def counting(library: Library) -> list[int]:
    reports = library.reports()
    return reports.index[reports["counts"]].tolist()


def test_an_empty_library(library: Library) -> None:
    assert library.summary() == Summary(0, 0, 0, 0, 0, None, None)
    assert library.reports().empty
    assert library.recycled().empty
    assert library.matrix().counts.shape == (0, len(all_columns()))
    assert library.matrix([]).marks.shape == (0, len(all_columns()))


def test_the_recycle_bin_and_back(library: Library, keep: Keep) -> None:
    (one,) = keep(made_report("甲市", 2022)).report_ids
    (two,) = keep(made_report("乙县", 2023), name="乙县.pdf").report_ids
    library.recycle([two], "checker")
    assert library.reports().index.tolist() == [one]
    assert counting(library) == [one]
    binned = library.recycled()
    assert binned.loc[two, ["agency", "file", "deleted_by"]].tolist() == [
        "乙县",
        "乙县.pdf",
        "checker",
    ]
    assert library.report(two).agency == "乙县"
    assert library.summary() == Summary(1, 1, 0, 1, 1, 2022, 2022)
    library.restore([two], "checker")
    assert library.recycled().empty
    assert sorted(counting(library)) == [one, two]


def test_thrown_away_twice_keeps_the_first_name(library: Library, keep: Keep) -> None:
    (one,) = keep(made_report()).report_ids
    library.recycle([one], "first")
    library.recycle([one], "second")
    assert library.recycled()["deleted_by"].tolist() == ["first"]


def test_the_same_bytes_come_back_from_the_recycle_bin(library: Library, keep: Keep) -> None:
    (one,) = keep(made_report(), data=b"same").report_ids
    library.recycle([one], None)
    before = library.revision
    result = keep(made_report(), data=b"same")
    assert (result.state, result.report_ids) == ("duplicate", (one,))
    assert "回收站" in result.message
    assert counting(library) == [one]
    assert library.revision > before


def test_the_newest_version_counts_until_a_person_chooses(library: Library, keep: Keep) -> None:
    (one,) = keep(made_report(count=1)).report_ids
    (two,) = keep(made_report(count=2)).report_ids
    assert counting(library) == [two]
    library.choose(one)
    assert counting(library) == [one]
    third = keep(made_report(count=3))
    assert counting(library) == [one]
    assert "人工选定" in third.message
    library.choose(third.report_ids[0])
    assert counting(library) == list(third.report_ids)
    library.recycle(third.report_ids, None)
    assert counting(library) == [two]
    library.restore(third.report_ids, None)
    assert counting(library) == list(third.report_ids)


def test_a_version_number_is_never_given_twice(library: Library, keep: Keep) -> None:
    keep(made_report())
    (two,) = keep(made_report()).report_ids
    library.recycle([two], None)
    (three,) = keep(made_report()).report_ids
    assert library.reports().loc[three, "version"] == 3


def test_the_queue_and_a_name_for_it(library: Library, keep: Keep) -> None:
    keep(made_report("甲市", 2023, count=1))
    (unnamed,) = keep(made_report(None, 2023, count=2)).report_ids
    assert library.summary().queued == 1
    assert library.reports().loc[unnamed, "version"] is pd.NA
    library.identify(unnamed, " 甲市 ", 2023)
    row = library.reports().loc[unnamed]
    assert (row["agency"], row["version"], row["sort_key"]) == ("甲市", 2, "jia shi")
    assert counting(library) == [unnamed]
    assert library.report(unnamed) == made_report("甲市", 2023, count=2)
    assert library.summary().queued == 0


def test_a_wrong_name_can_be_put_right(library: Library, keep: Keep) -> None:
    (one,) = keep(made_report(None)).report_ids
    library.identify(one, "甲市", 2020)
    library.identify(one, "乙县", 2021)
    row = library.reports().loc[one]
    assert (row["agency"], row["year"], row["version"]) == ("乙县", 2021, 1)


def test_what_cannot_be_done_is_said(library: Library, keep: Keep) -> None:
    (unnamed,) = keep(made_report(None)).report_ids
    (binned,) = keep(made_report()).report_ids
    library.recycle([binned], None)
    for impossible in (
        lambda: library.report(99),
        lambda: library.original(99),
        lambda: library.identify(99, "甲市", 2023),
        lambda: library.identify(unnamed, "  ", 2023),
        lambda: library.choose(99),
        lambda: library.choose(unnamed),
        lambda: library.choose(binned),
        lambda: library.matrix([unnamed, 99]),
    ):
        before = library.revision
        with pytest.raises(LibraryError) as error:
            impossible()
        assert error.value.message
        assert library.revision == before


def test_the_matrix_is_that_of_the_reports(library: Library, keep: Keep) -> None:
    odd = made_report(
        "乙县",
        2020,
        edition="2019",
        cells={
            NEW: Cell(None, "unknown", candidates=(0, None)),
            FEES: Cell(None, "blank"),
            "disclosure.government_procurement.amount": Cell(
                Decimal("39.3156"), "number", unit=None
            ),
        },
    ).with_notes(Note("code", "message"))
    empty = Report("丙区", 2021, {}, {})
    made = [made_report("甲市", 2023, count=7), odd, empty]
    ids = [number for report in made for number in keep(report).report_ids]
    wanted = matrix_of(dict(zip(ids, made, strict=True)))
    found = library.matrix(ids)
    assert found.addresses == wanted.addresses
    for name in ("report_ids", "counts", "marks", "years", "amounts", "noted", "agencies"):
        left, right = getattr(found, name), getattr(wanted, name)
        np.testing.assert_array_equal(left, right, name)
        assert left.dtype == right.dtype, name
    assert found.editions.keys() == wanted.editions.keys()
    for key, editions in wanted.editions.items():
        np.testing.assert_array_equal(found.editions[key], editions)


def test_the_matrix_by_ids_keeps_their_order_and_takes_older_versions(
    library: Library, keep: Keep
) -> None:
    ids = [keep(made_report(count=n)).report_ids[0] for n in range(3)]
    assert library.matrix().report_ids.tolist() == [ids[2]]
    turned = library.matrix([ids[2], ids[0], ids[2]])
    assert turned.report_ids.tolist() == [ids[2], ids[0], ids[2]]
    assert turned.counts[:, turned.addresses.index(NEW)].tolist() == [2, 0, 2]


def test_agencies_stand_in_the_order_of_pinyin(library: Library, keep: Keep) -> None:
    for agency in ("重庆市", "长沙市", "安阳市", "Ā局", "北京市"):
        keep(made_report(agency))
    assert library.reports()["agency"].tolist()[:4] == ["安阳市", "北京市", "长沙市", "重庆市"]


def test_a_lost_or_altered_original_is_said(library: Library, keep: Keep) -> None:
    (one,) = keep(made_report(), data=b"the bytes").report_ids
    (path,) = [path for path in (library.home / "originals").rglob("*") if path.is_file()]
    path.write_bytes(b"other bytes")
    with pytest.raises(LibraryError, match="不一致"):
        library.original(one)
    path.unlink()
    with pytest.raises(LibraryError, match="找不到"):
        library.original(one)


def test_threads_share_a_library(library: Library, keep: Keep) -> None:
    keep(made_report())
    seen: list[int] = []
    threads = [
        threading.Thread(target=lambda: seen.append(len(library.matrix().report_ids)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [1] * 8
