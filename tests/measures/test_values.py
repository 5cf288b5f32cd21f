"""Values of measures in single reports, and their states."""

from decimal import Decimal

import pandas as pd

from measures.dictionary import MEASURES, measure
from measures.values import DTYPES, evaluate
from tests.checks.reports import changed, made
from tests.measures.frames import findings, frames, of
from tests.measures.seeds import seeds


def values(key: str, *reports) -> list[object]:
    frame = evaluate(measure(key), frames(reports))
    return [None if pd.isna(value) else value for value in frame["value"]]


def states(key: str, *reports) -> list[str]:
    return evaluate(measure(key), frames(reports))["state"].tolist()


def test_a_single_cell_is_taken_as_printed() -> None:
    assert values("new_received", *seeds()) == [105, 22, 15, 5, 4]
    assert values("new_received.legal_service", *seeds()) == [25, 0, 0, 0, None]


def test_rows_of_a_group_are_added_up_and_blanks_among_them_count_nothing() -> None:
    assert values("denied", *seeds()) == [10, 2, 0, 0, 1]
    assert values("unable", *seeds()) == [15, 1, 0, 0, 1]


def test_other_handling_is_one_line_in_2019_and_three_in_2021() -> None:
    old = made("other . . . . . . 4")
    new = made(
        "other_no_correction . . . . . . 1\nother_no_fee . . . . . . 2\nother_other . . . . . . 4",
        "2021",
        2021,
    )
    assert values("other_handling", old, new) == [4, 7]


def test_a_blank_is_never_0() -> None:
    blank, dash, zero = made(), made("granted . . . . . . -"), made("granted . . . . . . 0")
    assert values("granted", blank, dash, zero) == [None, None, 0]
    assert states("granted", blank, dash, zero) == ["blank", "blank", "number"]


def test_an_unreadable_cell_or_a_text_makes_a_value_unknown() -> None:
    unknown = made("denied_state_secret 1 . . . . . ?\ndenied_third_party . . . . . . 3")
    text = made("denied_state_secret 1 . . . . . 约3")
    assert values("denied", unknown, text) == [None, None]
    assert states("denied", unknown, text) == ["unknown", "unknown"]


def test_unknown_cells_elsewhere_in_the_row_do_not_matter() -> None:
    assert states("granted", *seeds()) == ["number", "number", "number", "number", "blank"]
    assert states("granted.business", *seeds())[1] == "unknown"


def test_a_figure_that_an_edition_does_not_have() -> None:
    assert states("regulations_in_force", made(), made("", "2021", 2021)) == [
        "not_in_edition",
        "blank",
    ]


def test_what_was_made_in_2019_is_what_is_issued_in_2021() -> None:
    old, new = made("normative_documents 2 3 9"), made("normative_documents 5 1 40", "2021", 2021)
    assert values("documents_issued", old, new) == [2, 5]
    assert values("documents_published", old, new) == [9, None]
    assert values("documents_in_force", old, new) == [None, 40]


def test_a_mixture_is_read_table_by_table() -> None:
    mixture = {"disclosure": "2021", "applications": "2019", "disputes": "2021"}
    report = made("other . . . . . . 4\nregulations 1 0 2", mixture, 2021)
    assert values("other_handling", report) == [4]
    assert values("regulations_in_force", report) == [2]


def test_a_missing_table() -> None:
    assert states("review_total", made(tables=("applications",))) == ["table_missing"]


def test_amounts_are_exact_and_in_wan_yuan() -> None:
    yuan = made("government_procurement 3 152790元")
    assert values("procurement_amount", *seeds()[:2], yuan) == [
        Decimal("4156.93"),
        Decimal("39.3156"),
        Decimal("15.2790"),
    ]


def test_an_amount_without_unit_is_read_but_cannot_be_compared() -> None:
    report = made("government_procurement 3 152790")
    assert (values("procurement_amount", report), states("procurement_amount", report)) == (
        [None],
        ["unit_unknown"],
    )
    assert values("procurement_projects", report) == [3]


def test_a_rate_divides_by_all_results() -> None:
    frame = evaluate(MEASURES["granted_rate"], frames(seeds()))
    assert frame["part"].tolist() == [65, 19, 15, 5, 0]
    assert frame["whole"].tolist() == [105, 22, 15, 5, 4]
    assert [round(value, 4) for value in frame["value"]] == [0.619, 0.8636, 1, 1, 0]


def test_a_rate_of_nothing_has_no_value() -> None:
    assert states("granted_rate", made(rest="0"), made()) == ["no_cases", "blank"]


def test_the_rate_of_corrections_leaves_open_cases_out() -> None:
    report = made(
        "review 3 1 0 6 10\nlitigation_direct 1 1 1 0 3\nlitigation_after_review 1 0 0 5 6"
    )
    assert values("review_corrected_rate", report) == [0.25]
    assert values("litigation_corrected_rate", report) == [0.25]
    assert values("litigation_total", report) == [9]


def test_only_an_error_that_touches_a_source_cell_makes_a_value_suspect() -> None:
    reports = seeds()
    found = findings(reports)
    by_person = evaluate(measure("new_received.natural_person"), frames(reports), found)
    assert by_person["suspect"].tolist() == [True, False, False, False, False]
    in_all = evaluate(measure("new_received"), frames(reports), found)
    assert in_all["suspect"].tolist() == [False] * 5
    assert in_all["open_errors"].tolist() == [3, 0, 0, 0, 2]
    processed = evaluate(measure("total_processed"), frames(reports), found)
    assert processed["suspect"].tolist() == [False, False, False, False, True]


def test_warnings_and_errors_of_other_tables_cast_no_doubt() -> None:
    reports = [changed(made("review 1 0 0 0 2"), disclosure__regulations__made="约5件")]
    frame = evaluate(measure("regulations_issued"), frames(reports), findings(reports))
    assert (frame["suspect"].tolist(), frame["open_errors"].tolist()) == ([False], [0])


def test_only_versions_that_count_have_values() -> None:
    all_frames = frames(seeds())
    all_frames.reports.loc[1, "counts"] = False
    assert evaluate(measure("new_received"), all_frames)["report_id"].tolist() == [2, 3, 4, 5]


def test_columns_and_dtypes_are_as_told_even_without_reports() -> None:
    for key, dtype in (
        ("new_received", "Int64"),
        ("procurement_amount", "object"),
        ("granted_rate", "Float64"),
    ):
        for reports in (seeds(), []):
            frame = evaluate(measure(key), frames(reports), findings(reports))
            told = {name: str(kind) for name, kind in frame.dtypes.items()}
            assert told == {**DTYPES, "value": dtype}


def test_a_table_that_tells_no_edition_is_read_like_the_rest_of_the_report() -> None:
    report = made("other . . . . . . 4")
    silent = of(report, "甲市水务局")
    silent = type(silent)(
        silent.agency, silent.year, {**silent.editions, "applications": None}, silent.cells
    )
    assert values("other_handling", silent) == [4]
