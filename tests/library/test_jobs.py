"""Imports in the background, seen from this process and from another."""

import sys
import textwrap
import time
from collections.abc import Sequence
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from library import importing, jobs
from library.errors import LibraryError
from library.importing import Reading, import_file, run_job, start_typed
from library.originals import Holding, sha256
from library.store import Library
from loaders import ReadError
from tests.library.made import made_report, reading
from tests.waiting import HANGS

ROOT = Path(__file__).resolve().parents[2]


def read(data: bytes, _name: str) -> Reading:
    """What the bytes say: an agency's name, or a fault."""
    text = data.decode()
    if text == "locked":
        raise ReadError("locked", "文件加了密码。")
    if text == "crash":
        raise ZeroDivisionError
    return reading(made_report(None if text == "nobody" else text))


def states(library: Library, job_id: int) -> list[str]:
    return [item.state for item in jobs.job(library, job_id).items]


def test_one_bad_file_costs_one_file(library: Library) -> None:
    contents = ["甲市", "locked", "乙县", "crash", "甲市", "nobody", "丙区"]
    job_id = jobs.create_job(library, [(f"{text}.txt", text.encode()) for text in contents])
    assert states(library, job_id) == ["waiting"] * 7
    run_job(library, job_id, read=read)
    job = jobs.job(library, job_id)
    assert [(item.name, item.state) for item in job.items] == [
        ("甲市.txt", "kept"),
        ("locked.txt", "failed"),
        ("乙县.txt", "kept"),
        ("crash.txt", "failed"),
        ("甲市.txt", "duplicate"),
        ("nobody.txt", "queued"),
        ("丙区.txt", "kept"),
    ]
    assert job.items[1].message == "文件加了密码。"
    assert all(item.message for item in job.items)
    assert job.items[4].report_ids == job.items[0].report_ids != ()
    assert (job.finished, job.done) == (True, 7)
    assert library.spool.hashes() == {sha256(b"locked"), sha256(b"crash")}
    assert len(library.originals.hashes()) == 4


def test_the_bytes_are_safe_before_the_job_begins(library: Library) -> None:
    job_id = jobs.create_job(library, iter([("甲市.txt", "甲市".encode())]))
    with Library(library.url, home=library.home) as other:
        run_job(other, job_id, read=read)
    assert states(library, job_id) == ["kept"]


def test_a_job_goes_on_where_a_dead_process_left_it(library: Library) -> None:
    job_id = jobs.create_job(library, [(text, text.encode()) for text in ("甲市", "乙县", "丙区")])
    first, second, _third = jobs.begin(library, job_id)
    jobs.claim(library, first)
    import_file(
        library,
        first.name,
        "甲市".encode(),
        read=read,
        record=lambda connection, result: jobs.settle(connection, first, result),
    )
    jobs.claim(library, second)  # and here it dies
    assert states(library, job_id) == ["kept", "reading", "waiting"]
    run_job(library, job_id, read=read)
    assert states(library, job_id) == ["kept"] * 3


def test_two_processes_at_one_job_do_each_file_once(library: Library) -> None:
    job_id = jobs.create_job(library, [(text, text.encode()) for text in ("甲市", "乙县")])

    def meanwhile(data: bytes, name: str) -> Reading:
        run_job(library, job_id, read=read)
        return read(data, name)

    run_job(library, job_id, read=meanwhile)
    assert states(library, job_id) == ["kept", "kept"]
    assert library.summary().reports == 2


def failing(monkeypatch: pytest.MonkeyPatch, bad: bytes, *errors: Exception) -> None:
    """Let the disk refuse an original with one error after the other, then take it."""
    add, left = Holding.add, list(errors)

    def refuse(held: Holding, data: bytes, twin: Path | None = None) -> str:
        if data == bad and left:
            raise left.pop(0)
        return add(held, data, twin)

    monkeypatch.setattr(Holding, "add", refuse)


def test_a_file_that_cannot_be_saved_costs_one_file(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ("甲市", "乙县", "丙区")
    job_id = jobs.create_job(library, [(text, text.encode()) for text in names])
    failing(monkeypatch, "乙县".encode(), OSError(5, "no"), OSError(5, "no"))
    after: list[Sequence[int]] = []
    run_job(library, job_id, read=read, after=after.append)
    assert states(library, job_id) == ["kept", "failed", "kept"]
    assert library.reports()["agency"].tolist() == ["丙区", "甲市"]
    assert len(library.originals.hashes()) == 2
    assert [len(ids) for ids in after] == [2]


def test_a_group_that_fails_once_is_kept_singly(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ("甲市", "乙县", "丙区")
    job_id = jobs.create_job(library, [(text, text.encode()) for text in names])
    failing(monkeypatch, "乙县".encode(), OSError(5, "no"))
    run_job(library, job_id, read=read)
    assert states(library, job_id) == ["kept"] * 3
    assert library.summary().reports == 3


def test_what_follows_an_import_is_told_once_it_is_kept(library: Library) -> None:
    names = ("甲市", "locked", "乙县", "甲市")
    job_id = jobs.create_job(library, [(text, text.encode()) for text in names])
    seen: list[tuple[Sequence[int], int]] = []

    def after(ids: Sequence[int]) -> None:
        with Library(library.url, home=library.home) as other:
            seen.append((ids, other.summary().reports))
        raise ZeroDivisionError  # it is no business of the import's

    run_job(library, job_id, read=read, after=after)
    job = jobs.job(library, job_id)
    assert [state for state, _number in sorted(job.counts.items())] == [
        "duplicate",
        "failed",
        "kept",
    ]
    one, _bad, two, again = job.items
    assert seen == [((*one.report_ids, *two.report_ids), 2)]
    assert again.report_ids == one.report_ids


def test_files_go_in_by_groups(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "GROUP_FILES", 3)
    monkeypatch.setattr(importing, "GROUP_SECONDS", 60.0)
    names = [f"{number}局" for number in range(7)]
    job_id = jobs.create_job(library, [(text, text.encode()) for text in names])
    before = library.revision
    after: list[Sequence[int]] = []
    run_job(library, job_id, read=read, after=after.append)
    assert [len(ids) for ids in after] == [3, 3, 1]
    assert library.revision == before + 3
    items = jobs.job(library, job_id).items
    assert [item.name for item in items] == names
    assert [item.report_ids for item in items] == [(n,) for ids in after for n in ids]


def test_a_job_is_shown_by_pages(library: Library) -> None:
    names = [*(f"{number}局" for number in range(60)), "locked", "nobody"]
    job_id = jobs.create_job(library, [(text, text.encode()) for text in names])
    run_job(library, job_id, read=read)
    job = jobs.job(library, job_id, telling_first=True)
    assert (job.total, job.done, job.counts) == (62, 62, {"kept": 60, "failed": 1, "queued": 1})
    assert [item.name for item in job.items] == ["locked", "nobody", *names[:48]]
    rest = jobs.job(library, job_id, telling_first=True, offset=50).items
    assert [item.name for item in rest] == names[48:60]
    (bad,) = jobs.job(library, job_id, states=["failed"]).items
    assert bad.name == "locked"
    assert [item.name for item in jobs.job(library, job_id, limit=None).items] == names
    assert jobs.failed(library) == (bad,)
    assert [len(one.items) for one in jobs.recent(library)] == [jobs.PAGE]


def test_lost_spooled_bytes_are_said(library: Library) -> None:
    job_id = jobs.create_job(library, [("甲市", "甲市".encode())])
    (item,) = jobs.begin(library, job_id)
    library.spool.remove(item.sha256)
    run_job(library, job_id, read=read)
    (item_now,) = jobs.job(library, job_id).items
    assert (item_now.state, "找不到" in item_now.message) == ("failed", True)


def test_the_last_jobs_come_first(library: Library) -> None:
    assert jobs.recent(library) == ()
    ids = [jobs.create_job(library, [("甲市", "甲市".encode())]) for _ in range(3)]
    assert [job.id for job in jobs.recent(library, 2)] == [ids[2], ids[1]]


def test_bytes_wait_as_long_as_one_job_wants_them(library: Library) -> None:
    first, second = [jobs.create_job(library, [("甲市", "甲市".encode())]) for _ in range(2)]
    run_job(library, first, read=read)
    assert len(library.spool.hashes()) == 1
    run_job(library, second, read=read)
    assert states(library, second) == ["duplicate"]
    assert library.spool.hashes() == frozenset()


def test_bytes_that_could_not_be_read_are_there_to_be_typed_in(library: Library) -> None:
    job_id = jobs.create_job(library, [("扫描件.txt", b"locked"), ("甲市", "甲市".encode())])
    run_job(library, job_id, read=read)
    bad, good = jobs.job(library, job_id).items
    assert jobs.bytes_of(library, bad.id) == ("扫描件.txt", b"locked")
    number = start_typed(library, *jobs.bytes_of(library, bad.id), "乙县", 2023, "2021")
    jobs.tidy(library)
    assert library.spool.hashes() == frozenset()
    assert jobs.bytes_of(library, bad.id) == library.original(number) == ("扫描件.txt", b"locked")
    assert jobs.bytes_of(library, good.id) == ("甲市", "甲市".encode())
    with pytest.raises(LibraryError):
        jobs.bytes_of(library, 99)


def test_bytes_that_could_not_be_read_go_in_the_end(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    job_id = jobs.create_job(library, [("扫描件.txt", b"locked")])
    run_job(library, job_id, read=read)
    monkeypatch.setattr(jobs, "FAILED_ARE_KEPT", timedelta(0))
    jobs.tidy(library)
    assert library.spool.hashes() == frozenset()
    with pytest.raises(LibraryError, match="找不到"):
        jobs.bytes_of(library, jobs.job(library, job_id).items[0].id)


def test_of_many_that_could_not_be_read_the_last_are_kept(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "FAILED_AT_MOST", 1)
    job_id = jobs.create_job(library, [("1.txt", b"locked"), ("2.txt", b"crash")])
    run_job(library, job_id, read=read)
    assert library.spool.hashes() == {sha256(b"crash")}


def test_what_a_dead_process_left_is_tidied_away_and_what_is_wanted_stays(
    library: Library,
) -> None:
    done = jobs.create_job(library, [("甲市", "甲市".encode())])
    run_job(library, done, read=read)
    library.spool.put("甲市".encode())  # it died before it could tidy
    waiting = jobs.create_job(library, [("乙县", "乙县".encode())])
    jobs.tidy(library)
    (item,) = jobs.begin(library, waiting)
    assert library.spool.hashes() == {item.sha256}


@pytest.mark.parametrize("there", [False, True])
def test_bytes_may_be_tidied_away_at_any_moment_of_a_new_job(
    library: Library, monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    if there:  # from a job that is done with them
        library.spool.put("甲市".encode())
    add = Holding.add

    def add_and_tidy(held: Holding, data: bytes, twin: Path | None = None) -> str:
        sha = add(held, data, twin)
        monkeypatch.setattr(Holding, "add", add)
        jobs.tidy(library)
        return sha

    monkeypatch.setattr(Holding, "add", add_and_tidy)
    job_id = jobs.create_job(library, [("甲市", "甲市".encode())])
    run_job(library, job_id, read=read)
    assert states(library, job_id) == ["kept"]
    assert library.spool.hashes() == frozenset()


def test_a_job_is_there_as_a_whole_or_not_at_all(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(monkeypatch, b"two", OSError(28, "No space left on device"))
    with pytest.raises(OSError, match="No space"):
        jobs.create_job(library, [("1", b"one"), ("2", b"two")])
    assert jobs.recent(library) == ()
    assert library.spool.hashes() == frozenset()
    assert not [path for path in library.home.rglob("*") if path.is_file() and "held" in path.parts]


def test_a_job_that_is_not_there(library: Library) -> None:
    for impossible in (lambda: jobs.job(library, 9), lambda: run_job(library, 9)):
        with pytest.raises(LibraryError, match="9"):
            impossible()


def test_an_empty_job_is_finished(library: Library) -> None:
    assert jobs.job(library, jobs.create_job(library, [])).finished


def test_progress_does_not_disturb_caches(library: Library) -> None:
    before = library.revision
    job_id = jobs.create_job(library, [("x", b"locked")])
    run_job(library, job_id, read=read)
    assert library.revision == before


def test_a_child_process_does_the_job(library: Library, tmp_path: Path) -> None:
    script = tmp_path / "cli.py"
    script.write_text(
        textwrap.dedent(
            f"""
            import sys
            sys.path.insert(0, {str(ROOT)!r})
            from library.importing import run_job
            from library.store import Library
            from tests.library.test_jobs import read
            assert sys.argv[1:3] == ["import", "--job"]
            print("to the log")
            run_job(Library(), int(sys.argv[3]), read=read)
            """
        )
    )
    job_id = jobs.create_job(library, [(text, text.encode()) for text in ("甲市", "locked")])
    process = jobs.start(library, job_id, script)
    assert process.wait(timeout=HANGS) == 0, (library.home / "import.log").read_text()
    assert library.url not in " ".join(map(str, process.args)), "an address may hold a password"
    assert states(library, job_id) == ["kept", "failed"]
    assert library.reports()["agency"].tolist() == ["甲市"]
    assert (library.home / "import.log").read_text() == "to the log\n"
    assert process.args[0] == sys.executable


def archive_of(files: dict[str, bytes]) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return target.getvalue()


def test_an_archive_gives_way_to_its_files(library: Library) -> None:
    inner = archive_of({"乙县.txt": "乙县".encode(), "坏.txt": b"locked"})
    outer = archive_of({"甲市.txt": "甲市".encode(), "下级.zip": inner})
    job_id = jobs.create_job(library, [("2023.zip", outer), ("丙区.txt", "丙区".encode())])
    run_job(library, job_id, read=read)
    job = jobs.job(library, job_id)
    assert [(item.name, item.state) for item in job.items] == [
        ("丙区.txt", "kept"),
        ("2023.zip/甲市.txt", "kept"),
        ("2023.zip/下级.zip/乙县.txt", "kept"),
        ("2023.zip/下级.zip/坏.txt", "failed"),
    ]
    assert library.spool.hashes() == {sha256(b"locked")}


def test_a_refused_archive_is_a_failed_file(library: Library) -> None:
    job_id = jobs.create_job(library, [("空.zip", archive_of({}))])
    run_job(library, job_id, read=read)
    (item,) = jobs.job(library, job_id).items
    assert (item.name, item.state, item.message) == ("空.zip", "failed", "压缩包里没有文件。")


def test_a_crash_while_unpacking_leaves_the_archive_to_be_unpacked_again(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = archive_of({f"{text}.txt": text.encode() for text in ("甲市", "乙县", "丙区")})
    job_id = jobs.create_job(library, [("2023.zip", data)])
    (item,) = jobs.begin(library, job_id)
    add, calls = Holding.add, []

    def crash(held: Holding, content: bytes, twin: Path | None = None) -> str:
        calls.append(content)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return add(held, content, twin)

    monkeypatch.setattr(Holding, "add", crash)
    with pytest.raises(KeyboardInterrupt):
        jobs.unpack(library, item, [(text, text.encode()) for text in ("甲市", "乙县", "丙区")])
    monkeypatch.undo()
    assert states(library, job_id) == ["waiting"]
    run_job(library, job_id, read=read)
    assert states(library, job_id) == ["kept"] * 3
    assert jobs.unpack(library, item, [("甲市", b"1")]) == [], "the archive is gone"


# --- one importer a job, and unfinished jobs when the app starts ------------------------------------


def script_of(tmp_path: Path) -> Path:
    """A program in place of `cli.py` that does its jobs with the reader of these tests."""
    script = tmp_path / "importer.py"
    script.write_text(
        textwrap.dedent(
            f"""
            import sys
            sys.path.insert(0, {str(ROOT)!r})
            from library.importing import run_job
            from library.store import Library
            from tests.library.test_jobs import read
            for number in sys.argv[3::2]:
                run_job(Library(), int(number), read=read)
                print("did", number)
            """
        )
    )
    return script


def test_unfinished_jobs_go_on_when_the_app_starts(library: Library, tmp_path: Path) -> None:
    script = script_of(tmp_path)
    assert jobs.resume(library, script) is None
    done = jobs.create_job(library, [("甲市", "甲市".encode())])
    run_job(library, done, read=read)
    cut_short = jobs.create_job(
        library, [(text, text.encode()) for text in ("甲市", "乙县", "丙区")]
    )
    first, *_others = jobs.begin(library, cut_short)
    jobs.claim(library, first)  # and here its importer died
    never_begun = jobs.create_job(library, [("丁镇", "丁镇".encode())])
    process = jobs.resume(library, script)
    assert process is not None
    assert process.wait(timeout=60) == 0, (library.home / "import.log").read_text()
    said = (library.home / "import.log").read_text().splitlines()
    assert said == [f"did {cut_short}", f"did {never_begun}"], "in one process, in their order"
    assert states(library, cut_short) == ["duplicate", "kept", "kept"]
    assert states(library, never_begun) == ["kept"]
    assert jobs.resume(library, script) is None


def test_a_job_that_somebody_is_at_is_not_done_twice(library: Library, tmp_path: Path) -> None:
    job_id = jobs.create_job(library, [(text, text.encode()) for text in ("甲市", "乙县")])
    resumed: list[object] = []
    read_twice: list[str] = []

    def meanwhile(data: bytes, name: str) -> Reading:
        resumed.append(jobs.resume(library, script_of(tmp_path)))
        run_job(
            library, job_id, read=lambda data, name: read_twice.append(name) or read(data, name)
        )
        return read(data, name)

    run_job(library, job_id, read=meanwhile)
    assert resumed == [None, None]
    assert read_twice == []
    assert states(library, job_id) == ["kept", "kept"]
    assert not jobs.holder(library, job_id).exists()


def test_a_job_whose_importer_was_killed_is_free_at_once(library: Library, tmp_path: Path) -> None:
    job_id = jobs.create_job(library, [("甲市", "甲市".encode())])
    script = tmp_path / "hanging.py"
    script.write_text(
        textwrap.dedent(
            f"""
            import sys, time
            sys.path.insert(0, {str(ROOT)!r})
            from library.importing import run_job
            from library.store import Library
            def read(data, name):
                print("at it", flush=True)
                time.sleep(600)
            run_job(Library(), int(sys.argv[3]), read=read)
            """
        )
    )
    process = jobs.start(library, job_id, script)
    log = library.home / "import.log"
    while "at it" not in log.read_text():
        assert process.poll() is None, log.read_text()
        time.sleep(0.05)
    assert jobs.resume(library, script_of(tmp_path)) is None
    process.kill()
    process.wait()
    assert not jobs.job(library, job_id).finished
    again = jobs.resume(library, script_of(tmp_path))
    assert again is not None
    assert again.wait(timeout=60) == 0
    assert states(library, job_id) == ["kept"]


def test_a_job_whose_bytes_lie_elsewhere_is_left_alone(library: Library, tmp_path: Path) -> None:
    jobs.create_job(library, [("甲市", "甲市".encode())])
    with Library(library.url, home=tmp_path / "another computer") as other:
        assert jobs.resume(other, script_of(tmp_path)) is None
