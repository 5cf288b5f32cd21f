"""Files by their hash, on a disk and in an object store."""

from pathlib import Path

import pytest

from library.errors import LibraryError
from library.originals import Holding, Originals, sha256
from library.room import DiskFull


@pytest.fixture(params=["disk", "memory"])
def originals(request: pytest.FixtureRequest, tmp_path: Path) -> Originals:
    if request.param == "disk":
        return Originals(str(tmp_path / "originals"))
    return Originals(f"memory://{tmp_path.name}/originals")


def test_bytes_come_back_by_their_hash(originals: Originals) -> None:
    assert originals.hashes() == frozenset()
    sha = originals.put(b"one")
    assert sha == sha256(b"one") == originals.put(b"one")
    assert originals.get(sha) == b"one"
    assert originals.hashes() == {sha}
    originals.remove(sha)
    originals.remove(sha)
    with pytest.raises(LibraryError):
        originals.get(sha)


def test_a_fault_while_writing_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(DiskFull) as error:
        Originals(str(tmp_path)).put(b"one")
    assert error.value.place == str(tmp_path)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_held_files_are_found_before_they_are_in_their_place(originals: Originals) -> None:
    held = Holding(originals, "me")
    sha = held.add(b"one")
    assert held.add(b"one") == sha
    held.sync()
    assert originals.get(sha) == b"one"
    assert (originals.hashes(), originals.in_place()) == ({sha}, frozenset())
    left = originals.left_by("me")
    assert left.hashes == held.hashes == (sha,)
    assert originals.left_by("you").hashes == ()
    left.publish()
    held.publish()  # somebody else has done it: no matter
    assert originals.in_place() == originals.hashes() == {sha}
    assert originals.get(sha) == b"one"
    assert Holding(originals, "me").add(b"one") == sha
    assert originals.left_by("me").hashes == (), "it is there already"


def test_dropped_files_are_gone(originals: Originals) -> None:
    held = Holding(originals, "me")
    held.add(b"one")
    held.drop()
    held.drop()
    assert originals.hashes() == frozenset()


def test_half_a_file_of_a_dead_process_is_not_taken_for_the_file(tmp_path: Path) -> None:
    originals = Originals(str(tmp_path))
    sha = sha256(b"one")
    (tmp_path / "held").mkdir()
    (tmp_path / "held" / f"{sha}.me").write_bytes(b"on")
    with pytest.raises(LibraryError):
        originals.get(sha)
    held = Holding(originals, "me")
    held.add(b"one")
    held.sync()
    assert originals.get(sha) == b"one"


def test_a_twin_is_not_written_again(tmp_path: Path) -> None:
    spool, originals = Originals(str(tmp_path / "spool")), Originals(str(tmp_path / "originals"))
    sha = spool.put(b"one")
    held = Holding(originals, "me")
    held.add(b"one", spool.path(sha))
    held.sync()
    held.publish()
    assert originals.path(sha).stat().st_ino == spool.path(sha).stat().st_ino
    spool.remove(sha)
    assert originals.get(sha) == b"one"
    assert files(tmp_path) == [f"originals/{sha[:2]}/{sha}"]


def test_passing_files_are_held_even_where_they_are(tmp_path: Path) -> None:
    spool = Originals(str(tmp_path))
    sha = spool.put(b"one")
    held = Holding(spool, "me", passing=True)
    held.add(b"one")
    spool.remove(sha)  # tidied away, as nobody wanted it
    held.sync()
    held.publish()
    assert spool.get(sha) == b"one"
    again = Holding(spool, "me", passing=True)
    again.add(b"one")
    again.publish()
    assert files(tmp_path) == [f"{sha[:2]}/{sha}"]
