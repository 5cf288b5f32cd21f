"""What a new version of a report changed, cell by cell and among its findings."""

from dataclasses import replace

from checks.tally import check_report
from checks.versions import CellDifference, compare, finding_changes
from form.report import Place
from tests.checks.reports import changed, made

OLD = made(
    """
    new_received    5 2 . . . . 8
    granted         4 1 . . . . 5
    partial         1 1 . . . . 2
    total_processed 5 2 . . . . 7
    review          1 0 2 0 4
    administrative_fees 3 +18
    """
)


def told(differences: tuple[CellDifference, ...]) -> list[str]:
    return [item.sentence for item in differences]


def test_a_version_is_compared_cell_by_cell_in_printed_order() -> None:
    new = changed(OLD, disputes__review__total="3", applications__new_received__total="—")
    assert told(compare(OLD, new)) == [
        "一、本年新收政府信息公开申请数量 · 总计：原为 8，现为 —。",
        "行政复议 · 总计：原为 4，现为 3。",
    ]


def test_how_and_where_a_number_was_printed_is_no_difference() -> None:
    moved = {
        place: replace(cell, place=Place(page=3), raw=f" {cell.raw} ")
        for place, cell in OLD.cells.items()
    }
    assert compare(OLD, replace(OLD, cells=moved)) == ()
    assert compare(OLD, changed(OLD, disclosure__administrative_fees__change="18")) == ()


def test_blank_dash_and_0_differ_but_count_alike() -> None:
    for old, new, alike in (
        (".", "0", True),
        ("-", ".", True),
        (".", "1", False),
        ("0", "?", False),
    ):
        (found,) = compare(
            changed(OLD, disputes__review__corrected=old),
            changed(OLD, disputes__review__corrected=new),
        )
        assert found.counts_alike is alike, (old, new)


def test_amounts_differ_by_their_unit() -> None:
    old, new = (made(f"government_procurement 5 {text}") for text in ("8477万元", "8477元"))
    (found,) = compare(old, new)
    assert found.sentence == "政府集中采购 · 采购总金额：原为 8477 万元，现为 8477 元。"
    assert not found.counts_alike


def test_a_table_that_only_one_version_has() -> None:
    new = made(tables=("disclosure", "applications"))
    gone = [item for item in compare(OLD, new) if item.new is None]
    assert len(gone) == 15
    assert gone[4].sentence == "行政复议 · 总计：原为 4，现为 无此格。"
    assert [item for item in compare(new, OLD) if item.old is None][4].old is None


def test_findings_are_mended_left_or_new() -> None:
    new = changed(
        OLD,
        disputes__review__total="3",
        disputes__litigation_direct__total="9",
        applications__new_received__total="9",
    )
    found = finding_changes(check_report(OLD), check_report(new), new)
    assert [item.key for item in found.mended] == ["disputes/disputes/review/"]
    assert [(item.key, item.equation) for item in found.left] == [
        ("balance/applications//total", "9 + 空 ≠ 7 + 空"),
        ("applicants/applications/new_received/", "5 + 2（其余 4 项未填） ≠ 9"),
    ]
    assert [item.key for item in found.new] == ["disputes/disputes/litigation_direct/"]
    assert found.untold == ()
    assert found.sentence == "已改正 1 处，仍有 2 处，新出现 1 处。"


def test_what_the_new_version_lacks_is_not_mended() -> None:
    new = made(tables=("disclosure",))
    found = finding_changes(check_report(OLD), check_report(new), new)
    assert found.mended == ()
    assert len(found.untold) == 3
    assert found.sentence == "新出现 2 处，因缺格无从核对 3 处。"


def test_two_faultless_versions() -> None:
    sound = made()
    assert finding_changes((), (), sound).sentence == "新旧两版都没有发现问题。"
