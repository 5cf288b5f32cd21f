"""The dictionary of measures: their cells exist, their words are there, their formulas are the form's."""

import pytest

from form.editions import APPLICANTS, all_columns, table
from form.rules import outcome_rows
from measures.dictionary import DISPUTE_GROUPS, MEASURES, OUTCOME_GROUPS, by_applicant, measure
from measures.words import group_names, words


def test_every_source_cell_exists_in_its_edition() -> None:
    for item in MEASURES.values():
        for source in item.sources:
            assert source.cells, item.key
            assert set(source.addresses) <= set(table(item.table, source.edition).addresses()), (
                item.key
            )


def test_every_measure_has_words_a_formula_and_a_group() -> None:
    for key, item in MEASURES.items():
        assert item.key == key
        assert item.label
        assert item.phrase
        assert item.formula
        assert item.group in group_names()
    assert set(words()) == {key.partition(".")[0] for key in MEASURES}


def test_amounts_are_made_of_amount_columns_only() -> None:
    columns = all_columns()
    for item in MEASURES.values():
        kinds = {columns[place].kind for source in item.sources for place in source.addresses}
        assert kinds == ({"amount"} if item.kind == "amount" else {"count"}), item.key


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_the_six_groups_of_results_hold_every_result_once(edition: str) -> None:
    rows = [
        place.split(".")[1]
        for key in OUTCOME_GROUPS
        for source in MEASURES[key].sources
        if source.edition == edition
        for place in source.cells
    ]
    assert sorted(rows) == sorted(outcome_rows(edition))


def test_the_groups_of_disputes_are_measures() -> None:
    assert set(DISPUTE_GROUPS["review"]) | set(DISPUTE_GROUPS["litigation"]) <= set(MEASURES)


@pytest.mark.parametrize(
    ("key", "formula"),
    [
        ("new_received", "一、本年新收政府信息公开申请数量 · 总计"),
        ("denied", "三（三）不予公开各项之和 · 总计"),
        ("granted_rate", "三（一）予以公开 · 总计 ÷ 三（一）至（六）各项之和 · 总计"),
        (
            "other_handling",
            "2019 年版：三（六）其他处理 · 总计；2021 年版：三（六）其他处理各项之和 · 总计",
        ),
        ("fees_amount", "2021 年版：行政事业性收费 · 本年收费金额"),
        (
            "review_corrected_rate",
            "行政复议 · 结果纠正 ÷ 行政复议 · （结果维持 + 结果纠正 + 其他结果）",
        ),
    ],
)
def test_formulas_speak_in_the_labels_of_the_form(key: str, formula: str) -> None:
    assert MEASURES[key].formula == formula


def test_measures_that_differ_between_editions_say_so() -> None:
    for item in MEASURES.values():
        if item.table == "disclosure":
            assert item.caveat, item.key
    assert MEASURES["new_received"].caveat == ""


def test_a_measure_of_section_three_can_be_split_by_applicant() -> None:
    split = by_applicant(MEASURES["denied"], "business")
    assert split == measure("denied.business")
    assert split.label == "不予公开（商业企业）"
    assert {place.split(".")[2] for source in split.sources for place in source.cells} == {
        "business"
    }
    assert all(f"new_received.{column.key}" in MEASURES for column in APPLICANTS)


@pytest.mark.parametrize("key", ["nothing", "new_received.nobody", "nothing.business"])
def test_an_unknown_measure_raises(key: str) -> None:
    with pytest.raises(KeyError):
        measure(key)
