"""What files come to: counted in slips, each file once, a batch as one sentence."""

from collections.abc import Sequence
from dataclasses import replace

from desk.brought import Brought, batch_sentence, brought, judged_of, verdict_words
from desk.judging import judge_new
from form.report import Cell, Report
from library.importing import ImportResult, import_files
from library.store import Library
from tests.library.made import made_report, reading

CARRIED = "applications.carried_forward"


def imported(library: Library, reports: Sequence[Report]) -> list[ImportResult]:
    files = [(f"{n}.txt", str(n).encode()) for n, _report in enumerate(reports)]
    found = import_files(library, files, read=lambda data, _name: reading(reports[int(data)]))
    return [result for _name, result in found]


def come_to(library: Library, results: Sequence[ImportResult]) -> tuple[Brought, ...]:
    ids = [number for result in results for number in result.report_ids]
    judge_new(library, ids)
    files = ((result.state, result.report_ids) for result in results)
    return brought(library.reports(), judged_of(library, ids), files)


def faultless(agency: str | None, year: int | None) -> Report:
    return made_report(agency, year, count=0)


def with_cells(report: Report, cells: dict[str, int]) -> Report:
    return made_report(
        report.agency,
        report.year,
        count=0,
        cells={address: Cell(value, "number", str(value)) for address, value in cells.items()},
    )


def test_a_batch_in_a_sentence(library: Library) -> None:
    wrong = with_cells(faultless("甲市", 2022), {"disputes.review.total": 3})
    results = imported(library, [wrong, faultless("乙市", 2022), faultless(None, 2022)])
    results.append(ImportResult("failed", (), "坏了。"))
    results.append(ImportResult("duplicate", results[0].report_ids, "同一个文件。"))
    files = come_to(library, results)
    assert [item.outcome for item in files] == [
        "wrong",
        files[1].outcome,
        "waiting",
        "failed",
        "duplicate",
    ]
    assert verdict_words(files[0])[0] == "1 处错误"
    assert batch_sentence(files, 2) == (
        "第 2 批 5 份：2 份已入库，其中 1 份共 1 处错误；1 份等您定，1 份没读成，1 份重复"
    )


def test_a_carry_that_stands_on_two_reports_counts_once(library: Library) -> None:
    one = with_cells(
        faultless("甲市", 2022),
        {
            "applications.new_received.natural_person": 5,
            "applications.new_received.total": 5,
            f"{CARRIED}.natural_person": 5,
            f"{CARRIED}.total": 5,
        },
    )
    files = come_to(library, imported(library, [one, faultless("甲市", 2023)]))
    assert [len(item.errors) for item in files] == [1, 1]
    assert "其中 2 份共 1 处错误" in batch_sentence(files)
    assert [len(item.slips) for item in files] == [1, 1]


def test_what_is_not_judged_yet_is_never_called_faultless(library: Library) -> None:
    (result,) = imported(library, [faultless("甲市", 2022)])
    (file,) = brought(library.reports(), {}, [(result.state, result.report_ids)])
    assert verdict_words(file) == ("正在核对",)
    assert batch_sentence([file]) == "共 1 份：1 份已入库，1 份正在核对"


def test_what_was_claimed_meanwhile_waits_no_longer(library: Library) -> None:
    (result,) = imported(library, [faultless(None, 2022)])
    assert come_to(library, [result])[0].outcome == "waiting"
    library.identify(result.report_ids[0], "甲市", 2022, "李")
    assert come_to(library, [result])[0].outcome in ("faultless", "doubt")
    library.recycle(result.report_ids, "李")
    assert come_to(library, [result])[0].outcome == "gone"


def test_what_holds_cells_that_nobody_could_read_is_not_called_faultless(library: Library) -> None:
    report = faultless("甲市人民政府", 2023)
    place = "disclosure.normative_documents.in_force"
    unread = replace(report, cells={**report.cells, place: Cell(None, "unknown", "?")})
    (found,) = come_to(library, imported(library, [unread]))
    if not found.doubts:
        assert verdict_words(found) == ("有格读不准",)
    assert found.outcome == "doubt"
