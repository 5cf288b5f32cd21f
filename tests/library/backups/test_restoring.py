"""A backup is restored whole into an empty place, or not at all; no name in it leads elsewhere."""

import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile, ZipInfo

import pytest

from library.backups.making import back_up
from library.backups.restoring import restore
from library.errors import LibraryError
from library.importing import import_file
from library.originals import sha256
from library.store import Library
from tests.library.engines import new_database
from tests.library.made import made_report, reading

CONTENT = b"original"
SHA = sha256(CONTENT)
ORIGINAL = f"originals/{SHA[:2]}/{SHA}"
Parts = list[tuple[ZipInfo | str, bytes]]


@pytest.fixture
def parts(tmp_path: Path) -> Parts:
    """The files of a backup, the manifest last."""
    with Library(home=tmp_path / "home") as library:
        import_file(library, "a.txt", CONTENT, read=lambda _data, _name: reading(made_report()))
        back_up(library, tmp_path / "good.zip")
    with ZipFile(tmp_path / "good.zip") as packed:
        return [(name, packed.read(name)) for name in packed.namelist()]


def refused(tmp_path: Path, parts: Parts, words: str) -> None:
    """Nothing is written, neither where it was meant to be nor anywhere around it."""
    bad = tmp_path / "bad.zip"
    with ZipFile(bad, "w") as packed:
        for name, data in parts:
            packed.writestr(name, data)
    refused_file(tmp_path, bad, words)


def refused_file(tmp_path: Path, bad: Path, words: str) -> None:
    inside = tmp_path / "there"
    inside.mkdir()
    before = sorted(path for path in tmp_path.rglob("*"))
    with pytest.raises(LibraryError, match=words):
        restore(bad, inside / "new")
    assert sorted(path for path in tmp_path.rglob("*")) == before


def changed(parts: Parts, change: Callable[[dict[str, Any]], None]) -> Parts:
    told = json.loads(parts[-1][1])
    change(told)
    return [*parts[:-1], ("manifest.json", json.dumps(told).encode())]


def named(parts: Parts, name: str) -> bytes:
    return next(data for known, data in parts if known == name)


def test_it_is_restored(tmp_path: Path, parts: Parts) -> None:
    done = restore(tmp_path / "good.zip", tmp_path / "new" / "deeper")
    with Library(done.url) as copy:
        assert copy.home == tmp_path / "new" / "deeper"
        assert copy.original(1) == ("a.txt", CONTENT)
        assert copy.log.verify() == ()
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["deeper"]
    assert len(parts) == 3


def test_an_empty_folder_will_do(tmp_path: Path, parts: Parts) -> None:
    assert parts
    (tmp_path / "new").mkdir()
    assert restore(tmp_path / "good.zip", tmp_path / "new").manifest.reports == 1


def test_nothing_is_written_over(tmp_path: Path, parts: Parts) -> None:
    assert parts
    full = tmp_path / "full"
    full.mkdir()
    (full / "library.sqlite").write_bytes(b"mine")
    (tmp_path / "file").write_bytes(b"mine")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for place in (full, tmp_path / "file", tmp_path / "link"):
        with pytest.raises(LibraryError, match=place.name):
            restore(tmp_path / "good.zip", place)
    assert (full / "library.sqlite").read_bytes() == b"mine"
    assert not (tmp_path / "nowhere").exists()


TRICKS = [
    "../evil",
    "originals/../../evil",
    "/tmp/evil",
    "originals\\..\\..\\evil",
    "C:\\evil",
    "library.sqlite-wal",
    "originals/evil",
    f"originals/{SHA[:2]}/{SHA}/evil",
    f"Originals/{SHA[:2]}/{SHA}x",
    "originals/",
]


@pytest.mark.parametrize("trick", TRICKS)
@pytest.mark.parametrize("listed", [False, True])
def test_no_name_leads_elsewhere(tmp_path: Path, parts: Parts, trick: str, listed: bool) -> None:
    """Be it that the manifest knows nothing of it, or lists it as if it were right."""
    data = b"evil"
    entry = {"name": trick, "size": len(data), "sha256": sha256(data)}
    parts = changed(parts, lambda told: told["entries"].append(entry)) if listed else parts
    refused(tmp_path, [*parts, (trick, data)], "清单")


def test_a_link_is_never_made(tmp_path: Path, parts: Parts) -> None:
    link = ZipInfo(ORIGINAL)
    link.create_system = 3
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    target = b"../../../evil"
    others = [(name, data) for name, data in parts if name != ORIGINAL]
    refused(tmp_path, [*others, (link, target)], "校验值")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_what_is_there_twice_is_refused(tmp_path: Path, parts: Parts) -> None:
    refused(tmp_path, [*parts, (ORIGINAL, b"other")], "清单")


def test_what_is_missing_is_refused(tmp_path: Path, parts: Parts) -> None:
    refused(tmp_path, [(name, data) for name, data in parts if name != ORIGINAL], "清单")


@pytest.mark.parametrize("name", [ORIGINAL, "library.sqlite"])
@pytest.mark.parametrize(
    "change", [lambda data: b"x" + data[1:], lambda data: data + b"x", lambda data: data[:-1]]
)
def test_altered_bytes_are_refused(
    tmp_path: Path, parts: Parts, name: str, change: Callable[[bytes], bytes]
) -> None:
    altered = [(known, change(data) if known == name else data) for known, data in parts]
    refused(tmp_path, altered, "校验值")


def test_an_original_under_another_name_is_refused(tmp_path: Path, parts: Parts) -> None:
    """Both hashes agree with the bytes, but not with the name that the library asks for."""

    def change(told: dict[str, Any]) -> None:
        for entry in told["entries"]:
            if entry["name"] == ORIGINAL:
                entry.update(sha256=sha256(b"other"), size=5)

    altered = [(name, b"other" if name == ORIGINAL else data) for name, data in parts]
    refused(tmp_path, changed(altered, change), "清单")


def test_a_database_of_another_state_is_refused(tmp_path: Path, parts: Parts) -> None:
    refused(tmp_path, changed(parts, lambda told: told.update(revision=99)), "不一致")


def test_an_original_that_the_manifest_forgets_is_missed(tmp_path: Path, parts: Parts) -> None:
    def change(told: dict[str, Any]) -> None:
        told["entries"] = [item for item in told["entries"] if item["name"] != ORIGINAL]

    others = [(name, data) for name, data in parts if name != ORIGINAL]
    refused(tmp_path, changed(others, change), "不一致")


@pytest.mark.parametrize(
    "change",
    [
        lambda told: told.update(format=2),
        lambda told: told.update(schema="9999"),
        lambda told: told.update(entries=None),
        lambda told: told.update(revision="1"),
        lambda told: told.update(database="library.dump"),
        lambda told: told.update(entries=[{"name": 1, "size": 1, "sha256": "a"}]),
        lambda told: told.pop("head"),
    ],
)
def test_a_strange_manifest_is_refused(
    tmp_path: Path, parts: Parts, change: Callable[[dict[str, Any]], None]
) -> None:
    refused(tmp_path, changed(parts, change), "清单|更新版本")


def test_what_is_no_backup_is_refused(tmp_path: Path, parts: Parts) -> None:
    whole = (tmp_path / "good.zip").read_bytes()
    for number, data in enumerate([b"", b"PK", whole[:-30], whole[: len(whole) // 2]]):
        (tmp_path / "bad.zip").write_bytes(data)
        place = tmp_path / f"case{number}"
        place.mkdir()
        (place / "bad.zip").write_bytes(data)
        refused_file(place, place / "bad.zip", "完好")
    refused(tmp_path, parts[:-1], "不是本程序")


def test_an_address_is_asked_for_where_it_is_needed(
    library: Library, database: str | None, tmp_path: Path
) -> None:
    back_up(library, tmp_path / "out.zip")
    if database is None:
        with pytest.raises(LibraryError, match="--library"):
            restore(tmp_path / "out.zip", tmp_path / "new", "postgresql://127.0.0.1:1/none")
        return
    with pytest.raises(LibraryError, match="--library"):
        restore(tmp_path / "out.zip", tmp_path / "new")
    with pytest.raises(LibraryError, match="不是空的"):
        restore(tmp_path / "out.zip", tmp_path / "new", database)
    with new_database() as address:
        done = restore(tmp_path / "out.zip", tmp_path / "new", address)
        assert "***" not in done.url or address.split(":")[2] not in done.url
        with Library(address, home=tmp_path / "new") as copy:
            assert copy.revision == library.revision
            assert copy.log.verify() == ()
