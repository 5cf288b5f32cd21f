"""Bin, names and choices of versions are entries of the log with who did it, and can be taken back."""

import pandas as pd
import pytest
import sqlalchemy as sa

from form.decisions import Decision
from form.report import Cell
from library import jobs
from library.errors import LibraryError
from library.importing import import_file, run_job
from library.log_frame import log_lines
from library.store import Library
from tests.library.conftest import Keep
from tests.library.made import made_report, reading

NEW = "applications.new_received.natural_person"
SECTION_TWO = "disclosure.administrative_licensing.decisions"


def counting(library: Library) -> list[int]:
    reports = library.reports()
    return reports.index[reports["counts"]].tolist()


def last(library: Library) -> Decision:
    return library.log.entries()[-1]


def lines(library: Library) -> list[str]:
    entries = library.log.entries()
    told = log_lines(entries, {}, library.log.editions(entries))
    return [line.split(" ", 3)[0] + " " + line.split(" ", 3)[3] for line in told]


def test_each_is_an_entry_with_who_did_it(library: Library, keep: Keep) -> None:
    (one,) = keep(made_report("甲市", 2023, count=1)).report_ids
    (two,) = keep(made_report("甲市", 2023, count=2)).report_ids
    (queued,) = keep(made_report(None, 2022)).report_ids
    library.recycle([queued, one, queued], "李")
    library.restore([queued], "王")
    library.identify(queued, "乙县", 2021, "张")
    library.restore([one], "王")
    library.choose(one, "赵")
    library.identify(two, "乙县", 2021, "张")
    told = [
        (item.action, item.who, item.agency, item.year, item.report_id, item.version, item.undoes)
        for item in library.log.entries()
    ]
    assert told == [
        ("recycle", "李", "甲市", 2023, one, 1, None),
        ("recycle", "李", None, 2022, queued, None, None),
        ("restore", "王", None, 2022, queued, None, 2),
        ("identify", "张", "乙县", 2021, queued, 1, None),
        ("restore", "王", "甲市", 2023, one, 1, 1),
        ("choose", "赵", "甲市", 2023, one, 1, None),
        ("identify", "张", "乙县", 2021, two, 2, None),
    ]
    assert library.log.verify() == ()
    frame = library.log.frame()
    assert frame["holds"].tolist() == [False, False, False, True, False, True, True]
    assert frame.loc[4, ["old", "new"]].tolist() == ["机构不明 2022", "乙县 2021"]
    assert frame["agency"].isna().tolist() == [False, True, True, *[False] * 4]
    assert lines(library) == [
        "1. 李 移入回收站 甲市 2023 第 1 版",
        f"2. 李 移入回收站 编号为 {queued} 的年报 机构不明 2022",
        f"3. 王 恢复 编号为 {queued} 的年报 机构不明 2022",
        "4. 张 认领 乙县 2021 第 1 版 机构不明 2022 → 乙县 2021",
        "5. 王 恢复 甲市 2023 第 1 版",
        "6. 赵 选定版本 甲市 2023 第 1 版",
        "7. 张 认领 乙县 2021 第 2 版 甲市 2023 → 乙县 2021",
    ]


def test_what_changes_nothing_is_no_entry(library: Library, keep: Keep) -> None:
    (one,) = keep(made_report()).report_ids
    before = library.revision
    library.restore([one, 99], "某人")
    library.recycle([99], "某人")
    library.recycle([], "某人")
    assert library.revision == before
    library.choose(one, "某人")
    library.choose(one, "某人")
    library.recycle([one], "某人")
    library.recycle([one], "别人")
    assert [item.action for item in library.log.entries()] == ["choose", "recycle"]
    assert library.revision == before + 2


def test_the_log_of_a_report_in_the_queue_and_of_where_it_went(
    library: Library, keep: Keep
) -> None:
    (one,) = keep(made_report(None, None)).report_ids
    library.recycle([one], "李")
    library.restore([one], "李")
    assert [item.action for item in library.log.of_report(one)] == ["recycle", "restore"]
    library.identify(one, "甲市", 2023, "李")
    assert [item.action for item in library.log.of_report(one)] == ["identify"]
    library.identify(one, "乙县", 2022, "李")
    (stays,) = keep(made_report("甲市", 2023)).report_ids
    moved = library.log.of_report(stays)
    assert [(item.action, item.agency, item.from_agency) for item in moved] == [
        ("identify", "甲市", None),
        ("identify", "乙县", "甲市"),
    ]


@pytest.mark.parametrize("who", ["李", None])
def test_an_import_that_brings_a_report_back_says_so(
    library: Library, keep: Keep, who: str | None
) -> None:
    report = made_report()
    (one,) = keep(report, data=b"same").report_ids
    library.recycle([one], "王")

    def again(name: str) -> None:
        import_file(library, name, b"same", read=lambda _d, _n: reading(report), who=who)

    again("再来.txt")
    assert counting(library) == [one]
    assert (last(library).action, last(library).undoes) == ("restore", 1)
    assert last(library).who == (who or "导入程序")
    again("还来.txt")
    assert len(library.log.entries()) == 2
    assert library.log.verify() == ()


def test_a_job_knows_who_handed_it_in(library: Library, keep: Keep) -> None:
    (one,) = keep(made_report(), data=b"same").report_ids
    for who in ("李", None):
        library.recycle([one], "王")
        run_job(library, jobs.create_job(library, [("x.txt", b"same")], who))
    told = [item.who for item in library.log.entries() if item.action == "restore"]
    assert told == ["李", "导入程序"]


def test_a_choice_can_be_taken_back_and_that_too(library: Library, keep: Keep) -> None:
    one, two, three = (keep(made_report(count=n)).report_ids[0] for n in range(3))
    library.choose(one, "李")
    library.choose(two, "李")
    library.log.undo(2, "王", "选错")
    assert counting(library) == [one]
    library.log.undo(1, "王")
    assert counting(library) == [three]
    library.log.undo(4, "王")
    assert counting(library) == [one]
    assert library.log.verify() == ()
    with pytest.raises(LibraryError, match="撤销过"):
        library.log.undo(2, "王")


def test_a_choice_ends_where_its_report_goes(library: Library, keep: Keep) -> None:
    one, two = (keep(made_report("甲市", 2023, count=n)).report_ids[0] for n in range(2))
    library.choose(one, "李")
    library.identify(one, "乙县", 2023, "李")
    library.identify(one, "甲市", 2023, "李")
    assert not library.reports()["chosen"].any()
    library.log.undo(1, "李")
    library.log.undo(last(library).number, "李")
    assert not library.reports()["chosen"].any()
    assert counting(library) == [one]
    library.recycle([one], "李")
    assert counting(library) == [two]
    assert library.log.verify() == ()


def test_a_choice_that_left_has_ended_the_one_before(library: Library, keep: Keep) -> None:
    one, two, three = (keep(made_report("甲市", 2023, count=n)).report_ids[0] for n in range(3))
    library.choose(one, "赵")
    library.choose(two, "赵")
    library.identify(two, "乙县", 2021, "张")
    library.choose(three, "赵")
    library.log.undo(last(library).number, "赵")
    assert not library.reports()["chosen"].any()
    assert library.log.verify() == ()


def test_what_another_thing_ends_is_not_taken_back(library: Library, keep: Keep) -> None:
    (one,) = keep(made_report(None)).report_ids
    library.recycle([one], "李")
    library.restore([one], "李")
    library.identify(one, "甲市", 2023, "李")
    for number in (1, 2, 3):
        with pytest.raises(LibraryError) as error:
            library.log.undo(number, "李")
        assert error.value.message
    assert len(library.log.entries()) == 3


def test_names_that_no_database_holds(library: Library, keep: Keep) -> None:
    (one,) = keep(made_report()).report_ids
    bad = "某\x00\ud800"
    library.recycle([one], bad)
    library.restore([one], bad)
    library.choose(one, bad)
    library.identify(one, "乙\x00县", 2020, bad)
    library.log.correct(one, NEW, "7", library.report(one).cells[NEW], "李", "")
    library.identify(one, "丙\x00县", 2020, bad)
    assert {item.who for item in library.log.entries()} == {"某\ufffd\ufffd", "李"}
    assert library.log.verify() == ()


def test_cells_go_by_the_names_of_their_own_report(library: Library, keep: Keep) -> None:
    (old,) = keep(made_report("甲市", 2019, edition="2019")).report_ids
    (new,) = keep(made_report("甲市", 2023, edition="2021")).report_ids
    (mixed,) = keep(
        made_report("乙县", 2021, cells={SECTION_TWO: Cell(1, "number", "1")})
    ).report_ids
    for number in (old, new, mixed):
        cell = library.report(number).cells[SECTION_TWO]
        library.log.correct(number, SECTION_TWO, "8", cell, "李", "")
    assert library.log.frame()["place"].tolist() == [
        "行政许可 · 处理决定数量",
        "行政许可 · 本年处理决定数量",
        "行政许可 · 本年处理决定数量",
    ]
    with library.writing() as connection:
        connection.exec_driver_sql(f"UPDATE report SET edition_disclosure = NULL WHERE id = {old}")
    assert library.log.frame().loc[1, "place"] == "行政许可 · 处理决定数量"
    assert lines(library)[0].endswith("行政许可 · 处理决定数量 1 → 8")


def test_a_table_of_columns_says_what_the_entries_say(library: Library, keep: Keep) -> None:
    (one,) = keep(made_report("甲市", 2023)).report_ids
    library.identify(one, "乙县", 2022, "李")
    with library.reading() as connection:
        row = connection.execute(
            sa.text("SELECT action, report_id, from_agency, from_year FROM decision")
        ).one()
    assert tuple(row) == ("identify", one, "甲市", 2023)
    assert library.log.frame()["from_year"].tolist() == [2023]
    assert pd.notna(library.log.frame()["at"]).all()
