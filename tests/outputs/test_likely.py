"""How repairs are said: whole sets, ties as ties, and nothing surer than it is."""

from checks.explanations import Change, Explanation, Part, Suspects
from checks.findings import Finding
from checks.repairs import certain, ways
from outputs.likely import by_group, repair_of, repair_text, told_ways, way_reasons, way_sentence
from tests.checks.explained import explained
from tests.outputs.samples import liaocheng

A, B, C, FAR = (
    f"applications.{row}.natural_person"
    for row in ("new_received", "carried_over", "total_processed", "granted")
)
BALANCE = Finding("balance", "error", "applications", "x", (A, B, C), 2)


def cells(*changes: Change, rank: int = 1) -> Explanation:
    return explained(*changes, rank=rank)


def test_only_a_way_that_is_certain_shows_what_a_cell_has_to_say() -> None:
    one = cells(Change(A, 77, 75))
    assert repair_of(BALANCE, Suspects((one,)), A) == Change(A, 77, 75)
    assert repair_of(BALANCE, Suspects((one,)), C) is None
    assert repair_of(None, Suspects((one,)), A) is None
    for unsure in (
        Suspects((one, cells(Change(B, 0, 3)))),
        Suspects((one, cells(Change(B, 0, 3), rank=2))),
        Suspects((one,), complete=False, every_way=False),
        Suspects((one,), on="corrected"),
    ):
        assert repair_of(BALANCE, unsure, A) is None


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
    assert way_reasons(way, only=True) == ("照印出的数，改格最少的只有这一种",)
    assert way_reasons(way, only=False) == ()


def test_what_confirms_a_way_is_said() -> None:
    change = Change(A, 77, 75)
    explanation = explained(change, kind="transposed", confirmed_at=((A, ("prose", "next_year")),))
    (way,) = ways(BALANCE, Suspects((explanation,)))
    assert way_reasons(way, only=True) == (
        "正文所述与此一致",
        "与下一年度报告一致",
        "照印出的数，改格最少的只有这一种",
    )


def test_what_confirms_another_part_says_nothing_of_this_one() -> None:
    said = "disputes.review.total"
    parts = (
        Part("transposed", (Change(A, 77, 75),), "cause", ((A, ("prose",)),), "数字颠倒"),
        Part("cells", (Change(said, 1, 2),), confirmed_at=((said, ("previous_year",)),)),
    )
    known = Suspects((Explanation(parts, "x"),))
    (way,) = ways(BALANCE, known)
    assert way_reasons(way, only=False) == ("正文所述与此一致",)
    assert (way.parts, way.group) == (parts[:1], "cause")
    (other,) = ways(Finding("disputes", "error", "disputes", "x", (said,), 1), known)
    assert way_reasons(other, only=False) == ("与上一年度报告一致",)
    assert (other.parts, other.group) == (parts[1:], "filled")


def test_ways_of_one_rank_and_reason_stand_under_one_heading() -> None:
    known = Suspects(
        (
            explained(Change(B, 0, 2), group="empty"),
            cells(Change(A, 77, 75), rank=2),
            cells(Change(C, 75, 77), rank=2),
        )
    )
    groups = by_group(ways(BALANCE, known))
    assert [(heading[:6], len(members)) for heading, members in groups] == [
        ("现填 0 或", 1),
        ("已填数，可能", 2),
    ]
    assert certain(BALANCE, ways(BALANCE, known), known) is None


def test_no_heading_stands_twice() -> None:
    """Confirmed or not, of one rank or of several."""
    known = Suspects(
        (
            explained(Change(A, 77, 70), group="empty"),
            explained(Change(A, 77, 71), group="empty", confirmed_at=((A, ("prose",)),)),
            explained(Change(A, 77, 72), group="filled", confirmed_at=((A, ("prose",)),)),
            explained(Change(A, 77, 73), group="empty"),
            explained(Change(A, 77, 74), group="empty", rank=2),
        )
    )
    groups = by_group(ways(BALANCE, known))
    assert [(heading, len(members)) for heading, members in groups] == [
        ("有正文或相邻年度印证", 2),
        ("现填 0 或未填，可能漏填", 2),
        ("其次：现填 0 或未填，可能漏填", 1),
    ]
