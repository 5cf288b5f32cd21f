"""Numbers are never cut off: columns widen, labels give way, and at last the table scrolls."""

from dataclasses import replace
from decimal import Decimal

import pytest

from checks.tally import check_report
from form.editions import TABLE_KEYS
from form.report import Cell, Report
from outputs.official_table import official_table
from outputs.table_html import table_html
from outputs.table_widths import cell_width, column_widths
from tests.library.made import made_report

USUAL = 52.0


def of(count: int, amount: str = "1.5") -> Report:
    return made_report("甲", 2023, count=count, amount=amount)


@pytest.mark.parametrize("key", TABLE_KEYS)
@pytest.mark.parametrize("count", [0, 7, 105, 12345, -253, 10**12])
def test_every_number_fits_its_column(key, count: int) -> None:
    report = of(count, "123456789012.3456789")
    for findings in ((), check_report(report)):
        table = official_table(report, key, findings)
        widths = column_widths(table)
        assert sum(widths.shares) == pytest.approx(100)
        for cell in table.values:
            shares = widths.shares[cell.column : cell.column + cell.column_span]
            assert sum(shares) / 100 * widths.least >= cell_width(cell) - 1e-9


def test_usual_numbers_leave_the_form_as_it_is() -> None:
    widths = column_widths(official_table(of(15), "applications"))
    assert widths.shares == pytest.approx((5, 8.4, 37.2, 8.4, 6.1, 6.1, 8.2, 8.2, 5.4, 7))
    assert widths.least < USUAL


def test_five_digits_take_room_from_the_labels_before_the_table_scrolls() -> None:
    widths = column_widths(official_table(of(12345), "applications"))
    assert 19 <= widths.shares[2] < 37.2
    assert widths.least <= USUAL + 1e-9
    assert column_widths(official_table(of(1234567), "applications")).least > USUAL


def test_words_may_break_and_need_no_room() -> None:
    plain = of(1)
    words = {"review.total": Cell(None, "text", "详见附件" * 20)}
    table = official_table(
        replace(plain, cells={**plain.cells, "disputes.review.total": words["review.total"]}),
        "disputes",
    )
    assert column_widths(table) == column_widths(official_table(plain, "disputes"))


def test_the_page_is_told() -> None:
    table = official_table(of(1234567, str(Decimal(1))), "applications")
    html = table_html(table)
    assert f"--dd-least:{column_widths(table).least:.4g}em" in html
    assert "min-width: var(--dd-least)" in html
