"""What a finding's cells would most likely have to say, out of the suspects of the whole report."""

from checks.explanations import Change, Explanation, Suspects
from checks.findings import Finding
from outputs.likely import repair_of, repair_text, told_ways, way_reasons, way_sentence, ways
from tests.outputs.samples import liaocheng

A, B, C, FAR = (
    f"applications.{row}.natural_person"
    for row in ("new_received", "carried_over", "total_processed", "granted")
)
BALANCE = Finding("balance", "error", "applications", "x", (A, B, C), 2)


def cells(*changes: Change) -> Explanation:
    return Explanation("cells", changes, "x")


def test_ties_elsewhere_do_not_multiply_the_ways() -> None:
    here = Change(A, 77, 75)
    found = ways(
        BALANCE, Suspects((cells(here, Change(FAR, 1, 2)), cells(here, Change(FAR, 1, 3))))
    )
    assert [(way.changes, way.others) for way in found] == [((here,), 1)]
    assert ways(BALANCE, Suspects((cells(Change(FAR, 1, 2)),))) == ()


def test_the_best_way_that_touches_a_cell_gives_its_repair() -> None:
    suspects = Suspects(
        (cells(Change(A, 77, 75)), cells(Change(B, 0, 3)), cells(Change(A, 77, 70)))
    )
    assert repair_of(BALANCE, suspects, A) == Change(A, 77, 75)
    assert repair_of(BALANCE, suspects, B) == Change(B, 0, 3)
    assert repair_of(BALANCE, suspects, C) is None
    assert repair_of(None, suspects, A) is None


def test_too_many_ways_are_told_by_number_only() -> None:
    suspects = Suspects(tuple(cells(Change(A, 77, number)) for number in range(4)))
    assert len(ways(BALANCE, suspects)) == 4
    assert told_ways(BALANCE, suspects) == ()


def test_a_way_is_said_in_the_form_s_own_words() -> None:
    (way,) = ways(BALANCE, Suspects((cells(Change(A, 77, 75), Change(C, 75, None)),)))
    assert way_sentence(liaocheng(), way) == (
        "一、本年新收政府信息公开申请数量 · 自然人 应为 75，三（七）总计 · 自然人 应为 空"
    )
    assert repair_text(way.changes) == "77 → 75，75 → 空"
    assert way_reasons(way, only=True, complete=True) == ("唯一能使全部关系成立的改法",)
    assert way_reasons(way, only=True, complete=False) == ()
    assert way_reasons(way, only=False, complete=True) == ()


def test_what_confirms_a_way_is_said() -> None:
    change = Change(A, 77, 75)
    explanation = Explanation("transposed", (change,), "两位数字写反了。", ("prose", "next_year"))
    (way,) = ways(BALANCE, Suspects((explanation,)))
    assert way_reasons(way, only=True, complete=True) == (
        "正文所述与此一致",
        "与下一年度报告一致",
        "唯一能使全部关系成立的改法",
    )
