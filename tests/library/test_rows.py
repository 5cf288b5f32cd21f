"""A report goes into rows and comes back as it was."""

from dataclasses import replace
from decimal import Decimal

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings

from form.report import Cell, Report
from library.importing import import_file
from library.rows import LARGEST_COUNT, decode, encode, storable
from library.schema import column_name, report
from library.store import Library
from tests.library.conftest import Keep
from tests.library.made import made_report, reading, reports

FEES = "disclosure.administrative_fees.amount"
NEW = "applications.new_received.natural_person"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return Library(home=tmp_path_factory.mktemp("rows"))


@given(original=reports())
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_a_kept_report_comes_back_equal(shared: Library, original: Report) -> None:
    data = repr(original).encode("utf-8", "surrogatepass")
    result = import_file(shared, "年报.txt", data, read=lambda _data, _name: reading(original))
    assert result.state != "failed"
    for number in result.report_ids:
        assert shared.report(number) == original


def test_amounts_are_kept_exactly(library: Library, keep: Keep) -> None:
    long = "152790.000000000000000000000000000123456789"
    (number,) = keep(made_report(amount=long)).report_ids
    assert str(library.report(number).cells[FEES].value) == long
    with library.reading() as connection:
        kept = connection.scalar(sa.select(report.c[column_name(FEES)]))
        type_of = "typeof" if library.url.startswith("sqlite") else "pg_typeof"
        stored = connection.exec_driver_sql(f"SELECT {type_of}({column_name(FEES)}) FROM report")
        assert (str(kept), stored.scalar_one()) in [(long, "text"), (long, "numeric")]


@pytest.mark.parametrize(
    "cell",
    [
        Cell(LARGEST_COUNT + 1, "number", "1000000000001"),
        Cell(10**30, "typed", "1" + "0" * 30),
        Cell(Decimal("1.5"), "number", "1.5"),
        Cell(3, "text", "三件"),
    ],
    ids=["too large", "beyond 64 bits", "no whole number", "number under another mark"],
)
def test_what_no_column_can_hold_is_evidence_and_takes_part_in_no_sum(
    library: Library, keep: Keep, cell: Cell
) -> None:
    original = made_report(cells={NEW: cell})
    (number,) = keep(original).report_ids
    assert library.report(number) == original
    matrix = library.matrix()
    column = matrix.addresses.index(NEW)
    assert (matrix.counts[0, column], matrix.marks[0, column]) == (0, b"t")


def test_a_cell_of_no_edition_is_refused() -> None:
    with pytest.raises(ValueError, match="moon"):
        encode(made_report(cells={"disclosure.moon.landings": Cell(1, "number")}))


def test_no_reader_can_claim_a_correction(library: Library, keep: Keep) -> None:
    claimed = Cell(75, "typed", "75", printed=Cell(77, "number", "77"))
    (number,) = keep(made_report(cells={NEW: claimed})).report_ids
    assert library.report(number).cells[NEW] == Cell(75, "typed", "75")


def test_text_that_no_database_can_hold() -> None:
    assert storable("甲\x00乙\ud800") == "甲\ufffd乙\ufffd"
    odd = made_report(cells={NEW: Cell(None, "text", "\x00\ud800")})
    rows = encode(odd)
    rows.evidence.encode("utf-8")
    kept = decode({**rows.columns, "agency": odd.agency, "year": odd.year}, rows.evidence)
    # Older readers left halves of signs in their evidence; whoever shows them now gets whole ones.
    assert kept == replace(odd, cells={**odd.cells, NEW: Cell(None, "text", "\x00\ufffd")})


def test_every_report_names_the_same_columns() -> None:
    assert list(encode(made_report()).columns) == list(
        encode(Report(None, None, {}, {})).columns
    ), "the statement would be compiled anew for each"
