"""Reading the originals again: what is found otherwise, and that nothing is changed by looking."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from form.report import Note, Report, YearSaid
from library.importing import Reading, import_file
from library.rereading import Change, Selection, differences, sources
from library.store import Library
from loaders import ReadError
from tests.library.made import made_report, reading

CELL = "applications.granted.total"


def reread(library: Library, read: Callable[[bytes, str], Reading]) -> list[Change]:
    found = differences(library, sources(library), read, 2)
    return [change for _source, changes in found for change in changes]


def without(report: Report, address: str) -> Report:
    cells = {name: cell for name, cell in report.cells.items() if name != address}
    return replace(report, cells=cells)


def test_the_same_reading_changes_nothing(tmp_path: Path) -> None:
    with Library(str(tmp_path / "library.sqlite")) as library:
        for number in range(20):
            read = made_report(f"甲{number}局", count=number)
            import_file(
                library, f"{number}.txt", b"%d" % number, read=lambda *_, r=read: reading(r)
            )
        again = {b"%d" % n: made_report(f"甲{n}局", count=n) for n in range(20)}
        assert reread(library, lambda data, _name: reading(again[data])) == []


def test_each_cell_note_name_and_edition_that_is_read_otherwise_is_told(tmp_path: Path) -> None:
    old = made_report()
    with Library(str(tmp_path / "library.sqlite")) as library:
        import_file(library, "a.txt", b"a", read=lambda *_: reading(old))
        revision = library.revision
        lost = replace(
            without(old, CELL),
            year=2022,
            reader=9,
            notes=(Note("x", "少了一格", ("disputes.review.total",)),),
            editions={**old.editions, "disputes": "2019"},
            paragraphs=(),
        )
        found = reread(library, lambda *_: reading(lost))
        assert library.revision == revision
        assert library.as_read(1).cells == old.cells
    assert {item.address for item in found} == {
        CELL, "year", "notes", "edition.disputes", "prose.1",
    }  # fmt: skip
    (cell,) = [item for item in found if item.address == CELL]
    assert (cell.old["value"], cell.new, cell.reader_to) == (1, None, 9)
    assert list(cell.to_json()) == [
        "report_id", "agency", "year", "address", "old", "new", "why", "reader_from", "reader_to",
    ]  # fmt: skip


def test_a_name_that_a_person_gave_is_no_change(tmp_path: Path) -> None:
    with Library(str(tmp_path / "library.sqlite")) as library:
        (number,) = import_file(
            library, "a.txt", b"a", read=lambda *_: reading(made_report(None, None))
        ).report_ids
        library.identify(number, "乙局", 2021)
        assert reread(library, lambda *_: reading(made_report(None, None))) == []


def test_a_file_that_is_refused_or_holds_more_reports_is_listed(tmp_path: Path) -> None:
    def refuses(_data: bytes, _name: str) -> Reading:
        raise ReadError("no_tables", "没有表格")

    with Library(str(tmp_path / "library.sqlite")) as library:
        import_file(library, "a.txt", b"a", read=lambda *_: reading(made_report()))
        (refused,) = reread(library, refuses)
        two = reading(made_report(), made_report("乙局"))
        (more,) = reread(library, lambda *_: two)
    assert (refused.address, refused.old, refused.new, refused.why) == (None, 1, None, "没有表格")
    assert (more.address, more.old, more.new) == (None, 1, 2)


def test_reports_of_a_file_in_another_order_are_the_same_reports(tmp_path: Path) -> None:
    one, other = made_report("甲局"), made_report("乙局", count=7)
    with Library(str(tmp_path / "library.sqlite")) as library:
        import_file(library, "a.txt", b"a", read=lambda *_: reading(one, other))
        assert reread(library, lambda *_: reading(other, one)) == []


def test_typed_reports_are_left_out(tmp_path: Path) -> None:
    with Library(str(tmp_path / "library.sqlite")) as library:
        number = library.start_typed("a.pdf", b"a", "甲局", 2023, "2021")
        assert sources(library) == ()
        library.finish_typed(number, None, rest_blank=True)
        assert sources(library) == ()


def test_years_and_unprinted_rows_are_looked_at_by_themselves(tmp_path: Path) -> None:
    old = made_report(year=None)
    years = (YearSaid(2021, ("title",)), YearSaid(2022, ("period",)))
    with Library(str(tmp_path / "library.sqlite")) as library:
        import_file(library, "a.txt", b"a", read=lambda *_: reading(old))
        (found,) = reread(library, lambda *_: reading(replace(old, years=years)))
        assert (found.address, found.old, found.new) == (
            "years",
            [],
            [{"value": 2021, "says": ["title"]}, {"value": 2022, "says": ["period"]}],
        )
        rows = ("applications.granted",)
        (found,) = reread(library, lambda *_: reading(replace(old, unprinted=rows)))
        assert (found.address, found.old, found.new) == ("unprinted", [], [*rows])


def test_a_selection_goes_by_how_reports_are_filed(tmp_path: Path) -> None:
    one, other = made_report("甲局"), made_report("乙局", 2022)
    with Library(str(tmp_path / "library.sqlite")) as library:
        import_file(library, "a.txt", b"a", read=lambda *_: reading(one, other))
        library.identify(1, "丙局", 2021)
        named = {
            selection: [source.meant for source in sources(library, selection)]
            for selection in (
                Selection(("丙局",)),
                Selection(("甲局",)),
                Selection(years=(2022, 2021)),
                Selection(("丙局",), (2022,)),
            )
        }
        assert list(named.values()) == [[{1}], [], [{1, 2}], []]
        (source,) = sources(library, Selection(("乙局",)))
        assert (source.report_ids, source.meant) == ((1, 2), {2})
        worse = reading(without(other, CELL), without(one, CELL))
        (found,) = differences(library, [source], lambda *_: worse, 1)
    assert {change.report_id for change in found[1]} == {2}
