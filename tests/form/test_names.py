"""Names of places are the form's labels, with their groups and without remarks."""

from typing import get_args

import pytest

from form.editions import all_columns
from form.names import cell_name, oddity_names
from form.report import Oddity


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("applications.total_processed.natural_person", "三（七）总计 · 自然人"),
        ("applications.partial.total", "三（二）部分公开 · 总计"),
        ("applications.denied_state_secret.other", "三（三）不予公开 · 1.属于国家秘密 · 其他"),
        ("applications.new_received.total", "一、本年新收政府信息公开申请数量 · 总计"),
        ("disputes.litigation_after_review.upheld", "行政诉讼 · 复议后起诉 · 结果维持"),
        ("disclosure.administrative_fees.amount", "行政事业性收费 · 本年收费金额"),
    ],
)
def test_a_cell_is_named_by_row_and_column(address: str, name: str) -> None:
    assert cell_name(address, "2021") == name


def test_the_wording_is_that_of_the_edition_asked_for() -> None:
    place = "disclosure.administrative_licensing.decisions"
    assert cell_name(place, "2019") == "行政许可 · 处理决定数量"
    assert cell_name(place, "2021") == "行政许可 · 本年处理决定数量"


def test_every_cell_of_either_edition_has_a_name() -> None:
    assert all(cell_name(address, "2021") for address in all_columns())


def test_what_no_edition_has_raises() -> None:
    with pytest.raises(KeyError):
        cell_name("applications.nothing.total", "2021")


def test_every_oddity_has_a_name() -> None:
    assert oddity_names().keys() == set(get_args(Oddity))
