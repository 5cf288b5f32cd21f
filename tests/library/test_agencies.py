"""Names that are one agency's: reports, decisions and figures follow, and go back."""

from collections.abc import Callable

import pandas as pd
import pytest

from form.agencies.telling import level_names
from form.agencies.terms import Term, Whose, kind_names
from library.errors import LibraryError
from library.frames import load_frames
from library.store import Library
from tests.library.made import made_report

OLD, NEW, OTHER = "阜新市国土资源局", "阜新市自然资源局", "阜新市规划局"
CELL = "applications.new_received.natural_person"
Keep = Callable[..., object]


def filed(library: Library) -> dict[int, tuple[object, ...]]:
    frame = library.reports()
    columns = ("agency", "year", "version", "counts", "chosen", "named")
    rows = frame[list(columns)].astype(object).where(frame[list(columns)].notna(), None)
    return {
        int(number): tuple(row) for number, row in zip(rows.index, rows.to_numpy(), strict=True)
    }


@pytest.fixture
def two(library: Library, keep: Keep) -> Library:
    """Two names, the older one with two versions of a year, of which the first is chosen."""
    keep(made_report(OLD, 2017, count=2))
    keep(made_report(OLD, 2018, count=3))
    keep(made_report(OLD, 2018, count=4))
    keep(made_report(NEW, 2019, count=5))
    library.choose(2, "checker")
    return library


def test_reports_are_filed_under_the_present_name(two: Library) -> None:
    two.agencies.link(OLD, NEW, "name", "checker")
    assert filed(two) == {
        1: (NEW, 2017, 1, True, False, OLD),
        2: (NEW, 2018, 1, True, True, OLD),
        3: (NEW, 2018, 2, False, False, OLD),
        4: (NEW, 2019, 1, True, False, None),
    }
    assert two.report(2).agency == NEW
    assert two.report(2).whose == Whose(name=OLD)
    assert two.log.verify() == ()


def test_what_was_linked_and_undone_is_as_it_was(two: Library) -> None:
    seen = two.report(2).cells[CELL]
    two.log.correct(2, CELL, "9", seen, "checker", "笔误")
    two.log.accept(2, "balance/applications/natural_person", "basis", "备案口径", "checker")
    before, frames = filed(two), load_frames(two)
    entry = two.agencies.link(OLD, NEW, "name", "checker")
    assert two.report(2).cells[CELL].value == 9
    two.log.undo(entry.number, "checker")
    assert filed(two) == before
    after = load_frames(two)
    pd.testing.assert_frame_equal(after.applications, frames.applications)
    pd.testing.assert_frame_equal(after.disclosure, frames.disclosure)
    assert two.report(2).cells[CELL].value == 9
    assert two.log.verify() == ()
    with pytest.raises(LibraryError, match="撤销过"):
        two.log.undo(entry.number, "checker")


def test_an_undo_can_be_undone(two: Library) -> None:
    entry = two.agencies.link(OLD, NEW, "name", "checker")
    linked = filed(two)
    undone = two.log.undo(entry.number, "checker")
    two.log.undo(undone.number, "checker")
    assert filed(two) == linked


def test_what_comes_in_later_under_an_old_name_is_filed_under_the_new_one(
    two: Library, keep: Keep
) -> None:
    entry = two.agencies.link(OLD, NEW, "name", "checker")
    keep(made_report(OLD, 2016))
    keep(made_report(None, 2015))
    two.identify(6, OLD, 2015, "checker")
    assert filed(two)[5] == (NEW, 2016, 1, True, False, OLD)
    assert filed(two)[6] == (NEW, 2015, 1, True, False, OLD)
    two.log.undo(entry.number, "checker")
    assert [filed(two)[number][0] for number in (5, 6)] == [OLD, OLD]
    assert two.log.verify() == ()


def test_a_report_typed_in_under_an_old_name(two: Library) -> None:
    two.agencies.link(OLD, NEW, "name", "checker")
    number = two.start_typed("扫描.pdf", b"scan", OLD, 2014, "2019")
    two.finish_typed(number, "checker", rest_blank=True)
    assert filed(two)[number] == (NEW, 2014, 1, True, False, OLD)


def test_names_of_names_follow(two: Library, keep: Keep) -> None:
    newest = "阜新市自然资源和规划局"
    keep(made_report(newest, 2021))
    first = two.agencies.link(OLD, NEW, "name", None)
    second = two.agencies.link(NEW, newest, "name", None)
    assert {row[0] for row in filed(two).values()} == {newest}
    assert filed(two)[1][-1] == OLD
    two.log.undo(second.number, None)
    assert {row[0] for row in filed(two).values()} == {NEW, newest}
    again = two.agencies.link(OLD, newest, "name", None)
    # Of an agency that has two names both go.
    assert {row[0] for row in filed(two).values()} == {newest}
    two.log.undo(again.number, None)
    two.log.undo(first.number, None)
    assert {row[0] for row in filed(two).values()} == {OLD, NEW, newest}
    assert two.log.verify() == ()


@pytest.mark.parametrize("later", [(NEW, OLD), (OLD, OTHER)])
def test_what_is_said_again_must_not_silence_what_holds(
    two: Library, later: tuple[str, str]
) -> None:
    first = two.agencies.link(OLD, NEW, "name", None)
    undone = two.log.undo(first.number, None)
    second = two.agencies.link(*later, "name", None)
    before, entries = filed(two), two.log.entries()
    with pytest.raises(LibraryError, match="冲突"):
        two.log.undo(undone.number, None)
    assert (filed(two), two.log.entries()) == (before, entries)
    frame = two.log.frame()
    held = {link.number for link in two.agencies.registry().links.values()}
    assert set(frame.index[frame["holds"] & (frame["action"] == "merge")]) == held
    two.log.undo(second.number, None)
    two.log.undo(undone.number, None)
    assert two.agencies.registry().agency(OLD) == NEW
    assert two.log.verify() == ()


def test_two_reports_on_one_year_are_no_two_versions_without_a_word(
    two: Library, keep: Keep
) -> None:
    keep(made_report(NEW, 2018))
    before = filed(two)
    with pytest.raises(LibraryError, match="2018"):
        two.agencies.link(OLD, NEW, "name", None)
    assert filed(two) == before
    assert two.agencies.registry().links == {}
    two.recycle([5], None)
    two.agencies.link(OLD, NEW, "name", None)
    assert two.log.verify() == ()


@pytest.mark.parametrize("binned", [[5], [2, 3]])
def test_nor_by_way_of_the_bin(two: Library, keep: Keep, binned: list[int]) -> None:
    keep(made_report(NEW, 2018), data=b"same")
    two.recycle(binned, None)
    entry = two.agencies.link(OLD, NEW, "name", None)
    before, bin_before = filed(two), two.recycled()
    with pytest.raises(LibraryError, match=f"2018 年度还有以“{OLD if binned == [5] else NEW}”"):
        two.restore(binned, None)
    if binned == [5]:
        result = keep(made_report(NEW, 2018), data=b"same")
        assert (result.state, "没有恢复" in result.message) == ("duplicate", True)
    assert filed(two) == before
    pd.testing.assert_frame_equal(two.recycled(), bin_before)
    two.log.undo(entry.number, None)
    two.restore(binned, None)
    assert [row[0] for row in filed(two).values()] == [OLD, OLD, OLD, NEW, NEW]
    assert two.log.verify() == ()


def test_nor_both_at_once_by_way_of_the_bin(two: Library, keep: Keep) -> None:
    keep(made_report(NEW, 2018))
    two.recycle([2, 3, 5], None)
    two.agencies.link(OLD, NEW, "name", None)
    with pytest.raises(LibraryError, match="2018"):
        two.restore([2, 3, 5], None)
    two.restore([2, 3], None)
    with pytest.raises(LibraryError, match="2018"):
        two.restore([5], None)
    two.identify(5, NEW, 2020, None)
    two.restore([5], None)
    assert two.log.verify() == ()


def test_nor_by_way_of_what_is_typed_in(two: Library) -> None:
    number = two.start_typed("扫描.pdf", b"scan", NEW, 2018, "2019")
    with pytest.raises(LibraryError, match="2018"):
        two.agencies.link(OLD, NEW, "name", None)
    two.recycle([number], None)
    two.agencies.link(OLD, NEW, "name", None)
    with pytest.raises(LibraryError, match="2018"):
        two.restore([number], None)


def test_a_version_under_a_former_name_is_told_and_comes_back_from_the_bin(
    two: Library, keep: Keep
) -> None:
    two.agencies.link(OLD, NEW, "name", None)
    result = keep(made_report(OLD, 2019))
    assert result.state == "new_version"
    assert f"“{OLD}”" in result.message
    assert OLD not in keep(made_report(NEW, 2020)).message
    number = two.start_typed("扫描.pdf", b"scan", OLD, 2019, "2019")
    assert f"“{OLD}”" in two.finish_typed(number, None, rest_blank=True).message
    # Whoever throws one of them away has seen that they are versions of one year.
    two.recycle([4], None)
    two.restore([4], None)
    two.recycle([4, *result.report_ids], None)
    two.restore([4, *result.report_ids], None)
    assert two.log.verify() == ()


def test_thrown_away_ones_follow_too(two: Library) -> None:
    two.recycle([1], None)
    entry = two.agencies.link(OLD, NEW, "name", None)
    two.restore([1], None)
    assert filed(two)[1] == (NEW, 2017, 1, True, False, OLD)
    two.log.undo(entry.number, None)
    assert filed(two)[1] == (OLD, 2017, 1, True, False, None)


def test_a_link_touches_both(two: Library) -> None:
    before = two.revision
    two.agencies.link(OLD, NEW, "name", None)
    assert set(two.touched_since(before)) == {OLD, NEW}


def test_whoever_followed_is_touched_with_whom_he_followed(two: Library, keep: Keep) -> None:
    keep(made_report(OTHER, 2018))
    two.agencies.join([OLD, OTHER], NEW, 2019, None)
    before = two.revision
    seen = two.report(5).cells[CELL]
    two.log.correct(5, CELL, "9", seen, None, "笔误")
    assert set(two.touched_since(before)) == {OTHER, NEW}


def test_a_local_term_touches_everybody(two: Library) -> None:
    before = two.revision
    entry = two.agencies.set_term("department", "02-20", "甲市的规定", None)
    assert set(two.touched_since(before)) == {OLD, NEW}
    local = Whose(term=Term(2, 20, "甲市的规定"))
    assert two.report(1).whose == local
    assert two.matrix().whose == dict.fromkeys((1, 2, 4), local)
    two.log.undo(entry.number, None)
    assert two.report(1).whose is None
    assert two.matrix().whose == {}


@pytest.mark.parametrize(
    ("part", "value", "source"),
    [
        ("kind", "bureau", ""),
        ("level", "high", ""),
        ("region", "999999", ""),
        ("term", "02-30", "规定"),
        ("term", "02-20", " "),
    ],
)
def test_what_cannot_be_said(two: Library, part: str, value: str, source: str) -> None:
    with pytest.raises(LibraryError):
        two.agencies.say(NEW, part, value, None, source)  # type: ignore[arg-type]
    assert two.log.entries()[-1].action == "choose"


def test_nobody_follows_himself(two: Library) -> None:
    two.agencies.link(OLD, NEW, "name", None)
    with pytest.raises(LibraryError):
        two.agencies.link(OLD, NEW, "alias", None)
    with pytest.raises(LibraryError):
        two.agencies.join([OLD], NEW, 2019, None)


def test_proposals_and_their_end(two: Library) -> None:
    (found,) = two.agencies.proposals()
    assert (found.other, found.agency, found.how) == (OLD, NEW, "name")
    entry = two.agencies.keep_apart(OLD, NEW, None)
    assert two.agencies.proposals() == ()
    two.log.undo(entry.number, None)
    assert two.agencies.proposals() == (found,)


def test_the_log_says_it_in_words(two: Library) -> None:
    two.agencies.link(OLD, NEW, "name", "checker")
    two.agencies.set_term("township", "02-20", "甲市的规定", "checker")
    frame = two.log.frame()
    told = frame[frame["action"].isin(["merge", "setting"])]
    assert told["new"].tolist() == [f"{NEW}的曾用名", "02-20"]
    assert told["holds"].all()
    said = (
        ("kind", "township"),
        ("level", "township"),
        ("kind", "committee"),
        ("region", "110105"),
    )
    for part, value in said:
        two.agencies.say(NEW, part, value, None)  # type: ignore[arg-type]
    two.agencies.say(NEW, "parent", "阜新市人民政府", None)
    two.agencies.say(NEW, "kind", "", None)
    assert two.log.frame()["new"].tolist()[-6:] == [
        kind_names()["township"],
        level_names()["township"],
        "管委会",
        "北京市朝阳区",
        "阜新市人民政府",
        "按名称认定",
    ]
