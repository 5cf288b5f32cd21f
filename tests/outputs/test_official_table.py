"""The official table says what was printed, in the printed layout, and marks what is doubtful."""

from collections import Counter
from itertools import product

import pytest

from checks.explanations import Change, Suspects
from checks.findings import Finding
from form.editions import EDITION_KEYS, TABLE_KEYS
from form.report import Cell, printed_addresses
from outputs.official_table import OfficialTable, TableCell, legend, official_table
from tests.checks.explained import explained
from tests.outputs.samples import (
    MADE_UP_2021,
    beidaihe,
    broken_sums,
    cell,
    liaocheng,
    made_up,
    missing_total,
    report,
    with_cell,
)

NEW = "applications.new_received"
TOTAL = "applications.total_processed"


def at(table: OfficialTable, address: str) -> TableCell:
    return next(value for value in table.values if value.address == address)


def suspects(table: OfficialTable) -> set[str]:
    return {str(value.address) for value in table.values if value.suspect}


@pytest.mark.parametrize(("key", "edition"), list(product(TABLE_KEYS, EDITION_KEYS)))
def test_every_grid_place_is_covered_once(key, edition) -> None:
    table = official_table(report("甲", 2020, edition, {}), key)
    places = Counter(
        (row, column)
        for line in table.rows
        for one in line
        for row in range(one.row, one.row + one.row_span)
        for column in range(one.column, one.column + one.column_span)
    )
    assert set(places) == set(product(range(len(table.rows)), range(table.width)))
    assert set(places.values()) == {1}


@pytest.mark.parametrize("key", TABLE_KEYS)
@pytest.mark.parametrize("sample", [liaocheng(), made_up()], ids=["2019", "2021"])
def test_every_cell_of_the_report_is_shown_once_in_printed_order(key, sample) -> None:
    shown = [value.address for value in official_table(sample, key).values]
    assert shown == list(printed_addresses(sample, key))


def test_title_and_edition_are_those_of_the_form() -> None:
    table = official_table(liaocheng(), "applications")
    assert table.title == "三、收到和处理政府信息公开申请情况"
    assert (table.edition, table.found, table.header_rows) == ("2019", True, 3)


def test_zero_blank_dash_and_unknown_stay_different() -> None:
    shown = official_table(liaocheng(), "applications")
    zero, blank = at(shown, f"{NEW}.business"), at(shown, f"{TOTAL}.business")
    assert (zero.text, zero.zero, zero.mark) == ("0", True, "number")
    assert (blank.text, blank.zero, blank.mark) == ("", False, "blank")
    dash = at(official_table(liaocheng(), "disclosure"), "disclosure.other_services.prior_items")
    assert (dash.text, dash.mark) == ("-", "dash")
    unknown = at(
        official_table(made_up(), "applications"), "applications.denied_third_party.business"
    )
    assert (unknown.text, unknown.notes) == ("?", ("读不准：可能是 0 或 空",))


@pytest.mark.parametrize(
    ("raw", "text", "notes"),
    [
        ("+18", "18", ("原文：+18",)),
        ("减3", "-3", ("原文：减3",)),
        ("１２", "12", ()),
        (" 12 ", "12", ()),
        ("1,234", "1234", ("原文：1,234",)),
        ("见附件", "见附件", ()),
        ("无", "无", ()),
    ],
)
def test_the_printed_text_is_kept_beside_the_number(raw: str, text: str, notes) -> None:
    where = "disclosure.administrative_licensing.change"
    shown = at(official_table(with_cell(liaocheng(), where, cell(raw, where)), "disclosure"), where)
    assert (shown.text, shown.notes) == (text, notes)


def test_an_amount_shows_its_unit_unless_the_header_does() -> None:
    where = "disclosure.government_procurement.amount"
    assert at(official_table(liaocheng(), "disclosure"), where).text == "4156.93 万元"
    where = "disclosure.administrative_fees.amount"
    assert at(official_table(made_up(), "disclosure"), where).text == "152790"
    in_yuan = with_cell(made_up(), where, cell("152790元", where))
    assert at(official_table(in_yuan, "disclosure"), where).text == "152790 元"


def test_a_broken_balance_marks_the_heads_of_its_sides_only() -> None:
    sample = liaocheng()
    table = official_table(sample, "applications", broken_sums(sample))
    assert suspects(table) == {
        f"{row}.{column}"
        for row in (NEW, TOTAL)
        for column in ("natural_person", "research", "legal_service")
    }
    assert at(table, f"{NEW}.natural_person").notes[0].startswith("77 + 0 ≠ 75 + 0")


def test_known_suspects_are_marked_in_place_of_the_heads() -> None:
    sample = liaocheng()
    changes = tuple(
        Change(f"{NEW}.{column}", before, after)
        for column, before, after in (
            ("natural_person", 77, 75),
            ("research", 3, 2),
            ("legal_service", 25, 28),
        )
    )
    found = broken_sums(sample)
    known = Suspects((explained(*changes),))
    table = official_table(sample, "applications", found, found[2], known)
    assert suspects(table) == {change.address for change in changes}
    shown = at(table, f"{NEW}.legal_service")
    assert (shown.findings, shown.repair) == ((3,), changes[2])
    assert shown.notes[-1] == "最可能应为 28"
    assert at(table, f"{NEW}.research").repair == changes[1]


def test_many_ties_mark_no_cell_more_than_another() -> None:
    sample = liaocheng()
    found = broken_sums(sample)
    ties = tuple(
        explained(Change(place, None, number)) for number, place in enumerate(found[0].cells)
    )
    assert len(ties) == 4
    few = official_table(sample, "applications", found[:1], None, Suspects(ties[:3]))
    assert suspects(few) == set(found[0].cells[:3])
    many = official_table(sample, "applications", found[:1], None, Suspects(ties))
    assert suspects(many) == {f"{NEW}.natural_person", f"{TOTAL}.natural_person"}


def test_a_corrected_cell_keeps_its_print_beside_it() -> None:
    where = f"{NEW}.natural_person"
    printed = liaocheng().cells[where]
    for value, text in ((75, "75"), (None, "")):
        new = Cell(value, "blank" if value is None else "typed", printed=printed)
        shown = at(official_table(with_cell(liaocheng(), where, new), "applications"), where)
        assert (shown.text, shown.printed, shown.corrected, shown.typed) == (
            text,
            "77",
            True,
            False,
        )
        assert shown.notes == ("已更正（原为 77）",)


def test_other_sums_mark_their_total() -> None:
    where = "disputes.review.total"
    sample = with_cell(liaocheng(), where, Cell(3, "number", "3"))
    assert suspects(official_table(sample, "disputes", broken_sums(sample))) == {where}


def test_a_missing_total_is_marked_in_its_own_cell() -> None:
    found = (missing_total(), missing_total("total"))
    table = official_table(beidaihe(), "applications", found)
    assert suspects(table) == {f"{TOTAL}.natural_person", f"{TOTAL}.total"}
    assert at(table, f"{TOTAL}.total").text == ""


def test_the_chosen_finding_tells_its_two_sides() -> None:
    sample = liaocheng()
    found = broken_sums(sample)
    table = official_table(sample, "applications", found, found[0])
    sides = {value.address: value.side for value in table.values if value.side}
    assert sides == {
        f"{NEW}.natural_person": "left",
        "applications.carried_over.natural_person": "left",
        f"{TOTAL}.natural_person": "right",
        "applications.carried_forward.natural_person": "right",
    }


def test_warnings_and_undecided_findings_are_no_suspects() -> None:
    where = f"{NEW}.total"
    warning = Finding("jump", "warning", "applications", "比上年多一倍", (where,))
    undecided = Finding("applicants", "error", "applications", "无法判断", (where,), undecided=True)
    table = official_table(liaocheng(), "applications", (warning, undecided))
    assert suspects(table) == set()
    assert at(table, where).severity == "warning"
    assert at(table, where).notes == ("比上年多一倍",)


def test_findings_without_cells_are_passed_over() -> None:
    finding = Finding("edition_year", "warning", None, "版本与年份不符")
    assert official_table(liaocheng(), "disputes", (finding,)) == official_table(
        liaocheng(), "disputes"
    )


def test_a_table_that_was_not_in_the_document_is_said_not_to_be_there() -> None:
    tables = {key: text for key, text in MADE_UP_2021.items() if key != "disputes"}
    table = official_table(report("甲", 2023, "2021", tables), "disputes")
    assert not table.found
    assert {value.mark for value in table.values} == {None}


def test_an_optional_row_is_shown_where_it_was_printed() -> None:
    tables = {"disclosure": "other_disclosed_documents 7 7 7"}
    printed = official_table(report("甲", 2020, "2019", tables), "disclosure")
    assert at(printed, "disclosure.other_disclosed_documents.made").text == "7"
    plain = official_table(liaocheng(), "disclosure")
    assert len(printed.rows) == len(plain.rows) + 1


def test_names_are_the_form_s_own_words() -> None:
    shown = official_table(made_up(), "applications")
    name = at(shown, "applications.denied_third_party.legal_service").name
    assert name == "三（三）不予公开 · 4.保护第三方合法权益 · 法律服务机构"


def test_the_legend_explains_every_sign() -> None:
    assert [item.kind for item in legend()] == ["zero", "blank", "dash", "unknown", "suspect"]
