"""The frames say what was printed, and no blank becomes a number."""

from decimal import Decimal

import pandas as pd
import pytest

from form.editions import EDITION_KEYS, TABLE_KEYS, table
from form.model import EditionKey, split_address
from form.report import Cell, Report
from library.frames import Frames, load_frames
from library.store import Library
from tests.library.conftest import Keep
from tests.library.made import made_report

REPORTS = {
    "agency": "string",
    "year": "Int64",
    "edition": "string",
    "version": "Int64",
    "versions": "Int64",
    "file": "string",
    "kind": "string",
    "sha256": "string",
    "imported_at": "datetime64[ns, Asia/Shanghai]",
    "cells_read": "Int64",
    "cells_unknown": "Int64",
    "counts": "bool",
    "sort_key": "string",
    "title": "string",
    "chosen": "bool",
    "corrected": "Int64",
    "typing": "bool",
    "named": "string",
    "batch": "Int64",
    "aside": "string",
    "undecided": "bool",
    "to_confirm": "bool",
}
CELLS = {
    "report_id": "int64",
    "agency": "string",
    "year": "Int64",
    "edition": "string",
    "row": "string",
    "column": "string",
    "count": "Int64",
    "mark": "category",
    "corrected": "bool",
    "printed": "Int64",
}
AMOUNTS = {
    "amount": "object",
    "unit": "string",
    "amount_wan": "object",
    "printed_amount": "object",
}
FEES = "disclosure.administrative_fees.amount"


def dtypes(frame: pd.DataFrame) -> dict[str, str]:
    return {name: str(dtype) for name, dtype in frame.dtypes.items()}


def assert_documented(frames: Frames) -> None:
    assert dtypes(frames.reports) == REPORTS
    assert (frames.reports.index.name, str(frames.reports.index.dtype)) == ("report_id", "int64")
    assert dtypes(frames.disclosure) == CELLS | AMOUNTS
    assert dtypes(frames.applications) == dtypes(frames.disputes) == CELLS


def cell(frame: pd.DataFrame, address: str) -> pd.Series:
    _table, row, column = split_address(address)
    (found,) = [
        line for _n, line in frame.iterrows() if (line["row"], line["column"]) == (row, column)
    ]
    return found


def test_an_empty_library_has_the_same_columns(library: Library) -> None:
    frames = load_frames(library)
    assert_documented(frames)
    assert [len(frame) for frame in (frames.reports, frames.disclosure, frames.disputes)] == [0] * 3


@pytest.mark.parametrize("edition", EDITION_KEYS)
def test_columns_and_lines_of_an_edition(library: Library, keep: Keep, edition: EditionKey) -> None:
    (number,) = keep(made_report("甲市", 2023, edition=edition, count=7)).report_ids
    frames = load_frames(library)
    assert_documented(frames)
    for key in TABLE_KEYS:
        frame = getattr(frames, key)
        printed = [
            f"{key}.{row}.{column}"
            for row, column in zip(frame["row"], frame["column"], strict=True)
        ]
        assert printed == list(table(key, edition).addresses())
        assert set(frame["report_id"]) == {number}
        assert set(frame["agency"]) == {"甲市"}
        assert set(frame["year"]) == {2023}
        assert set(frame["edition"]) == {edition}
    assert set(frames.applications["count"]) == {7}


@pytest.mark.parametrize("mark", ["blank", "dash", "text", "unknown"])
def test_what_is_no_number_is_never_zero(library: Library, keep: Keep, mark: str) -> None:
    place = "applications.granted.business"
    zero = "applications.granted.research"
    keep(
        made_report(
            cells={place: Cell(None, mark), zero: Cell(0, "number", "0"), FEES: Cell(None, mark)}
        )
    )
    frames = load_frames(library)
    found = cell(frames.applications, place)
    assert found["count"] is pd.NA
    assert found["mark"] == mark
    assert cell(frames.applications, zero)["count"] == 0
    fees = cell(frames.disclosure, FEES)
    assert (fees["amount"], fees["amount_wan"], fees["mark"]) == (None, None, mark)


@pytest.mark.parametrize(
    ("unit", "wan"),
    [
        ("万元", "152790.1234"),
        ("元", "15.27901234"),
        ("亿元", "1527901234"),
        (None, None),
        ("", None),
    ],
)
def test_amounts_in_wan(library: Library, keep: Keep, unit: str | None, wan: str | None) -> None:
    printed = Decimal("152790.1234")
    keep(made_report(cells={FEES: Cell(printed, "number", "152790.1234", unit=unit)}))
    found = cell(load_frames(library).disclosure, FEES)
    assert found["amount"] == printed
    assert isinstance(found["amount"], Decimal)
    assert found["amount_wan"] == (None if wan is None else Decimal(wan))
    assert found["count"] is pd.NA
    assert found["unit"] is pd.NA if unit is None else found["unit"] == unit


def test_typed_numbers_are_numbers(library: Library, keep: Keep) -> None:
    place = "disputes.review.total"
    keep(made_report(cells={place: Cell(12, "typed")}))
    assert cell(load_frames(library).disputes, place)["count"] == 12


def test_only_what_counts_and_only_tables_that_were_found(library: Library, keep: Keep) -> None:
    keep(made_report("甲市", 2023, count=1))
    (new,) = keep(made_report("甲市", 2023, count=2)).report_ids
    keep(made_report(None, 2023))
    (binned,) = keep(made_report("丙区", 2023)).report_ids
    library.recycle([binned], None)
    (bare,) = keep(Report("乙县", 2023, {"disclosure": "2021"}, {})).report_ids
    frames = load_frames(library)
    assert len(frames.reports) == 4
    assert frames.reports["counts"].sum() == 2
    assert frames.reports.loc[bare, "edition"] == "2021"
    for frame in (frames.disclosure, frames.applications, frames.disputes):
        assert set(frame["report_id"]) == {new}


def test_a_mixture_keeps_the_edition_of_each_table(library: Library, keep: Keep) -> None:
    new, old = made_report(edition="2021"), made_report(edition="2019")
    cells = {
        address: found
        for report, key in ((new, "disclosure"), (old, "applications"))
        for address, found in report.cells.items()
        if address.startswith(key)
    }
    editions = {"disclosure": "2021", "applications": "2019", "disputes": None}
    keep(Report("甲市", 2021, editions, cells))
    frames = load_frames(library)
    assert set(frames.disclosure["edition"]) == {"2021"}
    assert set(frames.applications["edition"]) == {"2019"}
    assert "other" in set(frames.applications["row"])
    assert frames.reports["edition"].tolist() == ["2021"]
    assert frames.disputes.empty


def test_order_is_by_agency_in_pinyin_and_year(library: Library, keep: Keep) -> None:
    for agency, year in (("重庆市", 2021), ("安阳市", 2022), ("重庆市", 2020), ("安阳市", 2020)):
        keep(made_report(agency, year))
    frame = load_frames(library).disputes[["agency", "year"]].drop_duplicates()
    assert list(frame.itertuples(index=False, name=None)) == [
        ("安阳市", 2020),
        ("安阳市", 2022),
        ("重庆市", 2020),
        ("重庆市", 2021),
    ]
