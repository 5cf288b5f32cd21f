"""Files by their hash, on a disk and in an object store."""

from pathlib import Path

import pytest

from library.errors import LibraryError
from library.originals import Originals, sha256


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
    with pytest.raises(OSError, match="No space"):
        Originals(str(tmp_path)).put(b"one")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
