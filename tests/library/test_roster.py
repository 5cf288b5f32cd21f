"""The roster as a library keeps it: entries of the log, all of them undoable."""

import pytest

from form.agencies.terms import Term
from library.errors import LibraryError
from library.log_frame import log_lines
from library.roster import RowChange
from library.store import Library

CODE, OTHER_CODE = "91350100M000100Y43", "9144030071526726XG"


def put(library: Library, *names: str, year: int = 2024, why: str = "新设") -> None:
    library.roster.put([RowChange(name, {"due_from": year}, why) for name in names], "checker")


def test_what_is_put_is_there_in_order(library: Library) -> None:
    library.roster.put(
        [
            RowChange("甲局", {"group": "部门", "term": "2-20", "credit_code": CODE.lower()}, "x"),
            RowChange("乙县人民政府", {"covers": "area", "contact": "政务公开科"}),
        ],
        "checker",
    )
    first, second = library.roster.now().rows
    assert (first.agency, first.order, first.group, first.credit_code) == ("甲局", 1, "部门", CODE)
    assert first.term == Term(2, 20, "x")
    assert (second.order, second.covers, second.contact) == (2, "area", "政务公开科")
    assert library.log.verify() == ()
    assert library.roster.entries() == library.log.entries()


def test_only_what_differs_is_written(library: Library) -> None:
    put(library, "甲局", "乙局")
    before = library.revision
    again = [RowChange("甲局", {"due_from": 2024, "group": ""}), RowChange("乙局", {})]
    assert library.roster.put(again, "checker") == ()
    assert library.revision == before
    (entry,) = library.roster.put([RowChange("甲局", {"group": "部门"})], "checker")
    assert (entry.part, entry.value) == ("edit", '{"group":"部门"}')


def test_every_word_can_be_taken_back_and_that_too(library: Library) -> None:
    put(library, "甲局")
    (entry,) = library.roster.drop(["甲局"], 2025, "checker", "撤销")
    assert not library.roster.now().is_due("甲局", 2025)
    undo = library.log.undo(entry.number, "checker")
    assert library.roster.now().is_due("甲局", 2025)
    with pytest.raises(LibraryError, match="撤销过"):
        library.log.undo(entry.number, "checker")
    library.log.undo(undo.number, "checker")
    assert not library.roster.now().is_due("甲局", 2025)
    assert library.log.verify() == ()


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"due_from": 2025, "due_to": 2020}, "晚于"),
        ({"due_from": "明年"}, "起始年度"),
        ({"due_from": 1990}, "起始年度"),
        ({"term": "13-01"}, "报送期限"),
        ({"term": "02-30"}, "报送期限"),
        ({"credit_code": CODE[:-1] + "4"}, "信用代码"),
        ({"covers": "half"}, "口径"),
        ({"colour": "red"}, "没有这一栏"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_written(
    library: Library, told: dict[str, object], sentence: str
) -> None:
    with pytest.raises(LibraryError, match=sentence):
        library.roster.put([RowChange("乙局", {}), RowChange("甲局", told)], "checker")  # type: ignore[arg-type]
    assert library.log.entries() == ()


def test_once_there_is_a_roster_coming_and_going_needs_a_reason(library: Library) -> None:
    put(library, "甲局", why="")
    for change in (RowChange("乙局", {"due_from": 2025}), RowChange("甲局", {"due_to": 2024})):
        with pytest.raises(LibraryError, match="理由"):
            library.roster.put([change], "checker")
    with pytest.raises(LibraryError, match="理由"):
        library.roster.remove(["甲局"], "checker", " ")
    library.roster.put([RowChange("甲局", {"group": "部门"})], "checker")


def test_one_code_is_one_organs(library: Library) -> None:
    put(library, "甲局", "乙局")
    library.roster.put([RowChange("甲局", {"credit_code": CODE})], "checker")
    with pytest.raises(LibraryError, match="甲局和乙局"):
        library.roster.put([RowChange("乙局", {"credit_code": CODE})], "checker")
    library.roster.put([RowChange("乙局", {"credit_code": OTHER_CODE})], "checker")


def test_an_organ_is_known_by_any_of_its_names(library: Library) -> None:
    put(library, "旧局")
    library.agencies.link("旧局", "新局", "name", "checker", "机构改革", 2025)
    assert library.roster.now().members() == ("新局",)
    library.roster.put([RowChange("旧局", {"group": "部门"})], "checker")
    (row,) = library.roster.now().rows
    assert (row.agency, row.group) == ("新局", "部门")
    (renamed,) = library.roster.now().headcount(2025).renamed
    assert (renamed.before, renamed.after, renamed.why) == ("旧局", "新局", "机构改革")
    with pytest.raises(LibraryError, match="同一机关"):
        library.roster.put([RowChange("旧局", {}), RowChange("新局", {})], "checker")


def test_whoever_is_on_the_roster_is_an_agency(library: Library) -> None:
    put(library, "甲市教育局")
    (agency,) = library.agencies.all()
    assert (agency.agency, agency.kind, agency.years) == ("甲市教育局", "department", ())


def test_the_log_says_it_in_words(library: Library) -> None:
    put(library, "甲局")
    library.roster.remove(["甲局"], "checker", "重复")
    lines = [line.split(" ", 3)[-1] for line in log_lines(library.log.entries(), {}, {})]
    assert lines == [
        "checker 名册 甲局 列入名册 → 序号 1，起始年度 2024 新设",
        "checker 名册 甲局 移出名册 → 全部年度 重复",
    ]
