"""A batch with bad files in it: the good ones are kept, and each bad one is named with its limit."""

import stat
from dataclasses import replace
from io import BytesIO
from itertools import product
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from library import importing, jobs
from library.importing import Reading, import_files_in, run_job
from library.store import Library
from loaders.sandbox.child import Reader, read_here, read_isolated
from sample_reports import FOLDER
from tests.loaders.sandbox import misbehaving as bad
from tests.waiting import HANGS

# reader → words of the sentence about it
BAD: dict[Reader, str] = {
    bad.throws: "错误编号",
    bad.hangs: "读取超过 4 秒",
    bad.segfaults: "意外中止",
    bad.exits: "意外中止",
    bad.eats: "占用内存超过 512 MB",
    bad.floods: "计算超过 1 秒",
    bad.burns: "计算超过 1 秒",
    bad.unreadable: "加了密码",
}
GOOD = 92


def test_bad_files_cost_only_themselves(library: Library) -> None:
    readers = {f"{reader.__name__}.txt": reader for reader in BAD}
    names = [f"{number}.txt" for number in range(GOOD)]
    for place, name in enumerate(readers):
        names.insert(3 * place, name)

    # Where the clock is not to bind, a busy computer must not make it.
    patient = replace(bad.SMALL, wall=HANGS)

    def read(data: bytes, name: str) -> Reading:
        reader = readers.get(name, bad.honest)
        limits = bad.SMALL if reader is bad.hangs else patient
        return Reading(*read_isolated(data, name, limits, reader=reader))

    job_id = jobs.create_job(library, [(name, f"{name}局".encode()) for name in names])
    run_job(library, job_id, read=read)
    items = jobs.job(library, job_id, limit=None).items
    assert [item.name for item in items] == names
    assert {item.name for item in items if item.state == "failed"} == readers.keys()
    assert [item.state for item in items].count("kept") == GOOD
    said = {item.name: item.message for item in items}
    for reader, words in BAD.items():
        assert words in said[f"{reader.__name__}.txt"]
    assert library.summary().reports == GOOD


def test_every_way_in_reads_in_a_process_of_its_own(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = []

    def spy(data: bytes, name: str) -> object:
        read.append(name)
        return read_isolated(data, name)

    monkeypatch.setattr(importing, "read_isolated", spy)
    first, second = sorted((FOLDER / "real").glob("*.txt"))[:2]
    list(import_files_in(library, "一.txt", first.read_bytes()))
    run_job(library, jobs.create_job(library, [("二.txt", second.read_bytes())]))
    assert read == ["一.txt", "二.txt"]
    assert library.summary().reports == 2
    _kind, (report,) = read_here(first.read_bytes(), "一.txt")
    assert library.report(1) == report


def bomb(files: int, size: int) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for number in range(files):
            archive.writestr(f"{number}.txt", bytes(size))
    return target.getvalue()


def test_a_bomb_is_named_and_the_files_beside_it_are_kept(library: Library) -> None:
    good = sorted((FOLDER / "real").glob("*.txt"))[0].read_bytes()
    files = [("大.zip", bomb(1, 300_000_000)), ("好.txt", good), ("多.zip", bomb(300, 1_000_000))]
    job_id = jobs.create_job(library, files)
    run_job(library, job_id)
    found = {item.name: item for item in jobs.job(library, job_id).items}
    assert {name: item.state for name, item in found.items()} == {
        "大.zip": "failed",
        "好.txt": "kept",
        "多.zip": "failed",
    }
    assert found["大.zip"].message.startswith("压缩包超出限度")
    assert found["多.zip"].message.startswith("压缩包超出限度")


WAYS_OUT = (
    "../",
    "../../../../tmp/",
    "/",
    "//",
    "/etc/cron.d/",
    "~/",
    "./././",
    "甲/../../",
    "..\\",
    "..\\..\\",
    "C:\\",
    "C:",
    "\\\\server\\share\\",
    "\\\\?\\C:\\",
    "file:///",
    "%2e%2e%2f",
    "..\u2215",
    "．．／",
    "originals/",
    "甲\n/",
)
ENDS = (
    "年报.txt",
    "年报\0.txt",
    "\u202etxt.exe",
    "长" * 300 + ".txt",
    "..",
    "con.txt",
    "library.db",
    "-rf .txt",
    "$(id).txt",
    "\x1b[2J.txt",
)
NAMES = [way + end for way, end in product(WAYS_OUT, ENDS)]


def packed(names: list[str]) -> bytes:
    """An archive of small files with these names, every tenth of them a link to the one before."""
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        for number, name in enumerate(names):
            entry = ZipInfo()
            entry.filename = name  # The class itself would cut it at a zero.
            if number % 10 == 9:
                entry.external_attr = (stat.S_IFLNK | 0o777) << 16
            archive.writestr(entry, f"{number}号局")
    return target.getvalue()


def files_below(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if not path.is_dir()}


@pytest.mark.parametrize("in_archive", [False, True], ids=["uploaded", "packed"])
def test_hostile_names_are_only_text(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_archive: bool
) -> None:
    assert len(set(NAMES)) == 200
    work = tmp_path / "work" / "deeper"
    work.mkdir(parents=True)
    monkeypatch.chdir(work)
    each = [(name, f"{number}号局".encode()) for number, name in enumerate(NAMES)]
    job_id = jobs.create_job(library, [("包.zip", packed(NAMES))] if in_archive else each)
    run_job(library, job_id, read=lambda data, name: Reading(*bad.honest(data, name)))
    kept = library.summary().reports
    assert kept >= len(NAMES) * 0.8 if in_archive else kept == len(NAMES)
    home = tmp_path / "home"
    assert {path for path in files_below(tmp_path) if home not in path.parents} == set()
    originals = {path.name for path in files_below(home / "originals")}
    assert all(len(name) == 64 and set(name) <= set("0123456789abcdef") for name in originals)
    assert not any(path.is_symlink() for path in files_below(tmp_path))
