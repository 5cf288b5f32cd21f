"""One file in one process: each limit is named when it binds, and nothing is left behind."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from loaders import ReadError
from loaders.sandbox import child, forking
from loaders.sandbox.child import Reader, ReaderError, read_here, read_isolated
from loaders.sandbox.limits import LIMITS, Limits
from sample_reports import FOLDER
from tests.loaders.sandbox import misbehaving as bad
from tests.loaders.sandbox.misbehaving import SMALL
from tests.waiting import HANGS, until

ROOT = Path(__file__).resolve().parents[3]
AGENCY = "甲市".encode()
PATIENT = replace(SMALL, wall=HANGS)
"""Where the clock is not to bind, a busy computer must not make it."""

linux = pytest.mark.skipif(sys.platform != "linux", reason="limits are the system's")


def verdict(reader: Reader, limits: Limits = PATIENT, data: bytes = AGENCY) -> ReadError:
    with pytest.raises(ReadError) as caught:
        read_isolated(data, "年报.txt", limits, reader=reader)
    return caught.value


def test_a_report_comes_out_as_it_was_read() -> None:
    for ending in ("txt", "html", "docx", "xlsx", "pdf"):
        path = min((FOLDER / "invented").glob(f"*.{ending}"))
        data = path.read_bytes()
        assert read_isolated(data, path.name) == read_here(data, path.name)


def test_what_a_reader_refuses_is_said_in_its_words() -> None:
    error = verdict(bad.unreadable)
    assert (error.code, error.message) == ("locked", "年报.txt加了密码。")
    assert verdict(read_here, data=b"").code == "empty"
    assert verdict(read_here, data=bytes(child.MAX_BYTES + 1)).code == "too_large"


def test_a_fault_says_where_and_nothing_of_the_file(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("ERROR"), pytest.raises(ReaderError) as caught:
        read_isolated(AGENCY, "年报.txt", reader=bad.throws)
    error, number = caught.value, sha256(AGENCY).hexdigest()[:8]
    assert re.search(r"ZeroDivisionError(?s:.*)in throws", error.where)
    assert error.to_json() == {"code": "crashed", "message": error.message, "id": number}
    assert number in error.message
    assert (number in caplog.text, error.where in caplog.text) == (True, True)
    assert not re.search("甲市|年报", error.where + error.message + caplog.text)


# reader → the code of the limit that binds it, and what the sentence says of it
BOUND = {
    bad.hangs: ("time", "超过 4 秒"),
    bad.ignores: ("time", "超过 4 秒"),
    bad.stammers: ("time", "超过 4 秒"),
    bad.burns: ("cpu", "超过 1 秒"),
    bad.floods: ("cpu", "超过 1 秒"),
    bad.eats: ("memory", "超过 512 MB"),
    bad.wraps: ("memory", "超过 512 MB"),
    bad.opens: ("open_files", "超过 40 个"),
    bad.talks: ("answer", "超过 1 MB"),
}


@linux
def test_the_limit_that_binds_is_named() -> None:
    every = [SMALL if code == "time" else PATIENT for code, _words in BOUND.values()]
    with ThreadPoolExecutor(len(BOUND)) as pool:
        errors = dict(zip(BOUND, pool.map(verdict, BOUND, every), strict=True))
    for reader, (code, words) in BOUND.items():
        assert errors[reader].code == code, reader
        assert words in errors[reader].message


def test_without_limits_the_same_readers_would_go_on() -> None:
    """The control: what the limits alone have ended above."""
    patient = replace(LIMITS, wall=HANGS)
    tame = [reader for reader in BOUND if reader not in (bad.stammers, bad.ignores)]

    def agency(reader: Reader) -> str | None:
        return read_isolated(AGENCY, "年报.txt", patient, reader=reader)[1][0].agency

    with ThreadPoolExecutor(len(tame)) as pool:
        assert set(pool.map(agency, tame)) == {"甲市"}


@linux
def test_a_large_file_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "large"
    error = verdict(bad.writes, data=str(path).encode())
    assert (error.code, path.stat().st_size) == ("written", SMALL.written)
    read_isolated(str(path).encode(), "x", LIMITS, reader=bad.writes)
    assert path.stat().st_size == SMALL.written + 1


@pytest.mark.parametrize(
    "reader",
    [bad.segfaults, bad.exits, bad.leaves, bad.lies, bad.rambles, bad.hangs_up],
    ids=lambda reader: reader.__name__,
)
def test_a_death_without_a_reason_is_named(reader: Reader) -> None:
    # One that hangs up goes on for longer than the limit: waited for, it would be said to be slow.
    assert verdict(reader).code == "crashed"


def test_a_dead_process_gets_one_more_try(tmp_path: Path) -> None:
    once, always = tmp_path / "once", tmp_path / "always"
    _kind, (report,) = read_isolated(str(once).encode(), "x", reader=bad.dies_once)
    assert report.agency == "甲市"
    verdict(bad.dies_always, data=str(always).encode())
    assert (once.read_text(), always.read_text()) == ("xx", "xx")


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"P",
        b"P{",
        b"P\xff",
        b"P[]",
        b"P1",
        b"P{}",
        b'P{"kind":"txt"}',
        b'P{"kind":"txt","reports":[{}]}',
        b'P{"kind":"txt","reports":"x"}',
        b"E",
        b"E1",
        b'E{"error":["x"]}',
        b"E{}",
    ],
    ids=repr,
)
def test_an_answer_is_not_trusted(monkeypatch: pytest.MonkeyPatch, answer: bytes) -> None:
    monkeypatch.setattr(child, "_ask", lambda *_: ([(answer, None), (b"E{}", None)], None))
    assert verdict(read_here).code == "crashed"


def test_what_is_printed_blocks_nothing_and_goes_nowhere(capfd: pytest.CaptureFixture[str]) -> None:
    _kind, (report,) = read_isolated(AGENCY, "x", reader=bad.chats)
    assert report.agency == "甲市"
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(not forking.POSSIBLE, reason="nothing is inherited")
def test_a_process_has_nothing_but_its_pipe() -> None:
    kind, _reports = read_isolated(b"", "x", reader=bad.counts_files)
    assert len((kind or "").split(",")) == 4


def test_nothing_is_left_behind() -> None:
    def held() -> tuple[int, int]:
        folder = Path("/proc/self/fd")
        return len(list(folder.iterdir())) if folder.exists() else 0, threading.active_count()

    read_isolated(AGENCY, "x", reader=bad.honest)
    before = held()
    for reader in (bad.honest, bad.exits, bad.unreadable) * 10:
        with suppress(ReadError):
            read_isolated(AGENCY, "x", reader=reader)
    assert held() == before


@pytest.mark.skipif(not forking.POSSIBLE, reason="nothing is loaded beforehand")
def test_the_script_that_reads_is_not_run_again(tmp_path: Path) -> None:
    """multiprocessing would do so in every process, and would not find our modules from here."""
    script = tmp_path / "script.py"
    script.write_text(
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); print('run')\n"
        "from loaders.sandbox.child import read_isolated\n"
        "from tests.loaders.sandbox.misbehaving import honest, says_whether_readers_are_loaded\n"
        "print(read_isolated(b'A', 'x', reader=honest)[1][0].agency)\n"
        "print(read_isolated(b'A', 'x', reader=says_whether_readers_are_loaded)[0])\n"
    )
    done = subprocess.run([sys.executable, script], cwd=tmp_path, capture_output=True, check=False)
    assert (done.stdout, done.stderr) == (b"run\nA\n1\n", b"")


def parent_of(tmp_path: Path, call: str) -> tuple[subprocess.Popen[bytes], list[int]]:
    """A process that reads a file that hangs, and the numbers of all the processes it has."""
    told = tmp_path / "told"
    source = f"""
import sys; sys.path.insert(0, {str(ROOT)!r})
from tests.loaders.sandbox.misbehaving import tells_and_hangs
from loaders.sandbox import forking
from loaders.sandbox.child import read_isolated
data = {str(told).encode()!r}
{call}
"""
    parent = subprocess.Popen([sys.executable, "-c", source])
    until(told.exists)
    return parent, [int(number) for number in told.read_text().split()]


def lives(number: int) -> bool:
    try:
        state = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state not in "ZX"


@linux
def test_no_process_outlives_its_parent(tmp_path: Path) -> None:
    call = "read_isolated(data, 'x', reader=tells_and_hangs)"
    parent, numbers = parent_of(tmp_path, call)
    assert all(map(lives, numbers))
    parent.kill()
    parent.wait()
    until(lambda: not any(map(lives, numbers)))


@linux
def test_left_to_itself_it_would(tmp_path: Path) -> None:
    """The control: multiprocessing alone."""
    call = (
        "process = forking.context().Process(target=tells_and_hangs, args=(data, 'x'))\n"
        "forking.start(process); process.join()"
    )
    parent, numbers = parent_of(tmp_path, call)
    try:
        parent.kill()
        parent.wait()
        time.sleep(1)  # that it goes on cannot be waited for, and a slow computer does not end it
        assert all(map(lives, numbers))
    finally:
        for number in numbers:
            os.kill(number, signal.SIGKILL)


@linux
def test_what_a_reader_has_started_ends_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child, "_GRACE", HANGS)
    told = tmp_path / "told"
    for wall in (1, 4, 16, 64, HANGS):  # a busy computer may not have started it in one second
        short = replace(LIMITS, wall=wall)
        assert verdict(bad.starts_a_program, short, str(told).encode()).code == "time"
        if told.exists():
            break
    assert not lives(int(told.read_text()))
    assert list(tmp_path.iterdir()) == [told]


def lined_pdf(lines: int) -> bytes:
    """A PDF that draws a line over and over; millions of them are some kilobytes."""
    stream = zlib.compress(b"0 0 m 9 9 l S\n" * lines, 9)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(stream), stream),
    ]
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj%s endobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(body)
    return body + b"xref\n0 5\n0000000000 65535 f \n" + table + end


def test_a_small_pdf_that_hangs_its_reader_is_ended_in_time() -> None:
    data = lined_pdf(3_000_000)
    assert len(data) < 100_000
    short = replace(LIMITS, wall=2)
    assert verdict(bad.by_pdfplumber, short, data).code == "time"
    # The first reader counts what it draws and may come to its own limit before.
    assert verdict(read_here, short, data).code in ("time", "too_large")
    assert verdict(bad.by_pdfplumber, replace(LIMITS, wall=HANGS), lined_pdf(1_000)).code == "empty"


def bombs() -> Iterator[bytes]:
    """Word files of some hundred kilobytes that unpack to 300 MB: in one part, and in many."""
    for parts, size in ((1, 300_000_000), (300, 1_000_000)):
        target = BytesIO()
        with ZipFile(target, "w", ZIP_DEFLATED) as package:
            package.writestr("[Content_Types].xml", "<Types/>")
            for number in range(parts):
                package.writestr(f"word/document{number or ''}.xml", bytes(size))
        yield target.getvalue()


@linux
def test_a_bomb_is_refused_before_it_is_opened_wide() -> None:
    narrow = replace(LIMITS, memory=400 << 20, wall=HANGS)
    for data in bombs():
        assert len(data) < 500_000
        assert verdict(read_here, narrow, data).code == "too_large"
        # The control: with the whole of it in memory the process would be past its limit.
        assert verdict(bad.opens_wide, narrow, data).code == "memory"
