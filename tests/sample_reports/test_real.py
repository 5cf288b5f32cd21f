"""The real samples: their figures stand in their text, and their errors are the known ones."""

import re
from collections import Counter

import pytest

from form.model import split_address
from form.rules import evaluate, sums
from sample_reports.marks import REAL_MARK
from sample_reports.real import real_files
from sample_reports.truth import Truth

REAL = {name: (data.decode("utf-8"), truth) for name, data, truth in real_files()}
NAMES = pytest.mark.parametrize("name", REAL)


def short(agency: str) -> str:
    return next(name for name in REAL if name.startswith(agency))


def marks(truth: Truth) -> tuple[int, int, int, int]:
    counts = Counter(cell.mark for cell in truth.cells.values())
    return counts["number"], counts["dash"], counts["blank"], counts["unknown"]


def broken(truth: Truth) -> set[tuple[str, str]]:
    checked = [*sums("applications", "2019"), *sums("disputes", "2019")]
    outcomes = evaluate(truth.cells, checked)
    return {(item.sum.rule.code, item.sum.key) for item in outcomes if item.holds is False}


@NAMES
def test_it_says_that_it_is_a_sample_and_has_no_open_slot(name: str) -> None:
    text, _truth = REAL[name]
    assert text.count(REAL_MARK) == 1
    assert "{{" not in text


@NAMES
def test_its_figures_stand_in_its_tables_in_order(name: str) -> None:
    text, truth = REAL[name]
    tables = re.split(r"\n二、主动公开", text)[1].split("\n五、存在")[0]
    # What is alone between tabs or at a line's end, but for blanks, is a cell.
    printed = [
        folded
        for field in re.split(r"[\t\n]", tables)
        if re.fullmatch(r"[-+]?[\d.]+(万元)?|-", folded := "".join(field.split()))
    ]
    figures = [cell.raw for cell in truth.cells.values() if cell.mark in ("number", "dash")]
    if "二七" in name:
        # Eight rows of six zeros or numbers, of which two have one place each; two rows of eight.
        assert Counter(printed) - Counter(figures) == Counter({"0": 8 * 4 + 2})
        assert not Counter(figures) - Counter(printed)
    else:
        assert printed == figures


def test_counts_of_marks_are_those_of_the_originals() -> None:
    # Numbers, dashes, blanks, unknown cells.
    assert {name[:2]: marks(truth) for name, (_text, truth) in REAL.items()} == {
        "阜新": (198, 0, 0, 0),
        "承德": (198, 0, 0, 0),
        "聊城": (67, 2, 129, 0),
        "北戴": (11, 0, 187, 0),
        "郑州": (153, 0, 5, 40),
    }


def test_the_sums_that_fail_are_the_known_ones() -> None:
    assert {name[:2]: broken(truth) for name, (_text, truth) in REAL.items() if broken(truth)} == {
        "聊城": {("balance", key) for key in ("natural_person", "research", "legal_service")},
        "北戴": {
            (rule, key) for rule in ("balance", "outcomes") for key in ("natural_person", "total")
        },
    }


def test_layout_quirks_are_carried_over() -> None:
    liaocheng, zhengzhou = REAL[short("聊城")][0], REAL[short("郑州")][0]
    chengde, fuxin = REAL[short("承德")][0], REAL[short("阜新")][0]
    assert "\t1.属于国家秘密\n\n\t\n" in liaocheng  # an empty line between a label and its cells
    assert "\t\xa07\n" in liaocheng
    assert "\t\u300088\n" in liaocheng
    assert "[bookmark: _GoBack]" in chengde
    assert chengde.count("三、本年度办理结果") == 2
    assert "\n------\t------\n" in fuxin
    assert "\t\t\t\t\t0\t0\t0\t1\t1\t1\t0\t0\t0\t1\n" in zhengzhou  # five columns too far right
    assert "六、" not in zhengzhou.split("\n五、")[1]


def test_every_address_belongs_to_a_table_that_is_found() -> None:
    for _text, truth in REAL.values():
        assert {split_address(place)[0] for place in truth.cells} == {
            "disclosure",
            "applications",
            "disputes",
        }
