"""What becomes of a file: kept, a new version, queued, a duplicate, or failed."""

import logging
import threading

import pytest

from form.report import Report
from library.importing import Reading, import_file, import_files
from library.originals import Holding, sha256
from library.saving import Incoming, save_files
from library.store import Library
from loaders import ReadError
from tests.library.conftest import Keep
from tests.library.made import made_report, reading


def test_a_first_report_is_kept_with_its_original(library: Library, keep: Keep) -> None:
    before = library.revision
    result = keep(made_report("甲市", 2023), name="甲市.pdf", data=b"the bytes")
    assert result.state == "kept"
    assert "甲市 2023 年" in result.message
    assert library.original(result.report_ids[0]) == ("甲市.pdf", b"the bytes")
    assert library.seen(sha256(b"the bytes")) == result.report_ids
    assert library.revision > before


def test_the_same_bytes_twice_are_one_report(library: Library, keep: Keep) -> None:
    first = keep(made_report("甲市", 2023), name="一.txt", data=b"same")
    before = library.revision
    second = keep(made_report("乙县", 2020), name="二.txt", data=b"same")
    assert (second.state, second.report_ids) == ("duplicate", first.report_ids)
    assert "甲市 2023 年" in second.message
    assert library.summary().reports == 1
    assert library.revision == before


def test_the_constraint_decides_and_not_the_look_before(library: Library) -> None:
    # Another process imports the same bytes while this one is still reading.
    def slow(data: bytes, name: str) -> Reading:
        import_file(library, name, data, read=lambda _data, _name: reading(made_report("甲市")))
        return reading(made_report("乙县"))

    result = import_file(library, "年报.txt", b"same", read=slow)
    assert result.state == "duplicate"
    assert library.reports()["agency"].tolist() == ["甲市"]


def test_a_known_file_is_not_read_again(library: Library, keep: Keep) -> None:
    keep(made_report(), data=b"same")

    def never(_data: bytes, _name: str) -> Reading:
        pytest.fail("read again")

    assert import_file(library, "年报.txt", b"same", read=never).state == "duplicate"


def test_a_second_report_on_the_same_year_is_a_new_version(library: Library, keep: Keep) -> None:
    keep(made_report("甲市", 2023, count=1))
    second = keep(made_report("甲市", 2023, count=2))
    assert second.state == "new_version"
    assert "第 2 版" in second.message
    listed = library.reports()
    assert listed["version"].tolist() == [1, 2]
    assert listed["versions"].tolist() == [2, 2]
    assert listed["counts"].tolist() == [False, True]
    assert keep(made_report("甲市", 2022)).state == "kept"


def test_of_several_versions_in_one_batch_none_is_said_to_count(
    library: Library,
) -> None:
    def read(data: bytes, _name: str) -> Reading:
        return reading(made_report("甲市", 2023, count=int(data)))

    files = [(f"{number}.txt", str(number).encode()) for number in (1, 2, 3)]
    told = [result.message for _name, result in import_files(library, files, read=read)]
    assert all("由人选定之前，这一年都不计入" in message for message in told[1:])
    assert not any("为准" in message for message in told)


def test_a_file_with_several_reports(keep: Keep) -> None:
    result = keep(made_report("甲市"), made_report("乙县"), made_report(None))
    assert (result.state, len(result.report_ids)) == ("queued", 3)
    assert "甲市" in result.message
    assert "乙县" in result.message
    assert keep(made_report("甲市"), made_report("丙区")).state == "new_version"


def failing(error: Exception) -> object:
    def read(_data: bytes, _name: str) -> Reading:
        raise error

    return read


def test_an_unreadable_file_says_why(library: Library) -> None:
    read = failing(ReadError("locked", "文件加了密码。"))
    result = import_file(library, "a.pdf", b"x", read=read)
    assert (result.state, result.message) == ("failed", "文件加了密码。")


def test_a_fault_of_the_reader_is_a_sentence_and_the_log_has_the_rest(
    library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        result = import_file(library, "a.pdf", b"x", read=failing(ZeroDivisionError("oops")))
    number = sha256(b"x")[:8]
    assert result.state == "failed"
    assert number in result.message
    assert "oops" not in result.message
    assert number in caplog.text
    assert "ZeroDivisionError" in caplog.text
    assert library.summary().reports == 0
    assert library.originals.hashes() == frozenset()
    assert library.seen(sha256(b"x")) == ()


def test_a_file_without_reports_fails(keep: Keep) -> None:
    result = keep()
    assert result.state == "failed"
    assert "年报" in result.message


def test_a_failed_file_may_come_again(library: Library, keep: Keep) -> None:
    import_file(library, "a", b"x", read=failing(ReadError("slow", "太慢。")))
    assert keep(made_report(), data=b"x").state == "kept"


@pytest.mark.parametrize("who", [(None, 2023), ("甲市", None), (None, None), ("", 2023)], ids=str)
def test_a_report_without_agency_or_year_waits(
    library: Library, keep: Keep, who: tuple[str | None, int | None]
) -> None:
    result = keep(made_report(*who), name="不明.txt")
    assert result.state == "queued"
    assert "不明.txt" in result.message
    assert library.summary().queued == 1
    assert len(library.matrix().report_ids) == 0


@pytest.mark.parametrize(
    "name",
    [
        "../../../etc/passwd",
        "/etc/passwd",
        "C:\\windows\\x.pdf",
        "甲\x00.pdf",
        "长" * 300,
        "\ud800",
        "",
    ],
)
def test_a_name_is_only_text(library: Library, name: str) -> None:
    outside = {path for path in library.home.parent.rglob("*") if path.is_file()}
    report: Report = made_report()
    import_file(library, name, name.encode("utf-8", "replace"), read=lambda _d, _n: reading(report))
    kept = library.original(1)[0]
    assert kept == name.replace("\x00", "\ufffd").replace("\ud800", "\ufffd")
    new = {path for path in library.home.parent.rglob("*") if path.is_file()} - outside
    assert {path.relative_to(library.home).parts[0] for path in new} <= {
        "originals",
        "library.sqlite",
        "library.sqlite-wal",
        "library.sqlite-shm",
    }


# --- what a process that died has left beside the originals ------------------------------------------


def left(library: Library, data: bytes, owner: str | None = None) -> str:
    """Leave an original as a process does that dies before its commit."""
    held = Holding(library.originals, owner or library.owner)
    sha = held.add(data)
    held.sync()
    return sha


def test_originals_that_nobody_wants_go_when_the_next_import_begins(
    library: Library, keep: Keep
) -> None:
    (number,) = keep(made_report(), data=b"wanted").report_ids
    wanted = sha256(b"wanted")
    # Committed, and then it died before it could be moved into its place.
    place = library.originals.path(wanted)
    assert place is not None
    (library.home / "originals" / "held" / f"{wanted}.{library.owner}").write_bytes(b"wanted")
    place.unlink()
    assert library.original(number)[1] == b"wanted"
    orphan, of_another = left(library, b"orphan"), left(library, b"theirs", "0123456789ab")
    assert library.originals.in_place() == frozenset()
    list(import_files(library, []))
    assert library.originals.in_place() == {wanted}
    assert library.originals.hashes() == {wanted, of_another}, (
        "of a database that shares the folder"
    )
    assert orphan not in library.originals.hashes()
    assert library.original(number)[1] == b"wanted"


def test_an_original_that_is_being_written_is_left_alone(library: Library) -> None:
    with Library(library.url, home=library.home) as other:
        tidied = threading.Event()

        def tidy() -> None:
            other.tidy_originals()
            tidied.set()

        with library.keeping() as (connection, held):
            data, told = b"at it", reading(made_report())
            item = Incoming("a", data, told, sha256(data))
            save_files(connection, held, [item])
            held.sync()
            assert other.originals.left_by(other.owner).hashes == (item.sha256,)
            thread = threading.Thread(target=tidy)
            thread.start()
            assert not tidied.wait(0.3), "it waits for whoever writes"
            assert library.originals.hashes() == {item.sha256}
        thread.join()
        assert library.originals.in_place() == {item.sha256}
        assert other.original(1)[1] == data
