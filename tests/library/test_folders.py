"""Which files of a folder are taken, in which order, under which names."""

import os
from pathlib import Path

import pytest

from library.folders import Walk


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)


def names(walk: Walk) -> list[str]:
    return [name for name, _path in walk.files()]


def test_files_before_folders_and_by_name(tmp_path: Path) -> None:
    make(tmp_path, "b.txt", "a.txt", "2024/z.pdf", "2024/a.pdf", "2023/深/一.pdf")
    walk = Walk(tmp_path)
    found = dict(walk.files())
    assert list(found) == ["a.txt", "b.txt", "2023/深/一.pdf", "2024/a.pdf", "2024/z.pdf"]
    assert all(path.read_text() == name for name, path in found.items())
    assert (walk.skipped, walk.unreadable) == ([], [])


def test_what_nobody_means_is_skipped_and_counted(tmp_path: Path) -> None:
    odd = ["~$年报.docx", ".DS_Store", "Thumbs.db", "desktop.ini", "x.TMP", "y.crdownload", "z~"]
    make(tmp_path, "年报.docx", *odd, ".git/config", "__MACOSX/a.pdf", "a/.hidden.pdf", "a/~b.pdf")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "nowhere.txt").symlink_to(tmp_path / "gone")
    walk = Walk(tmp_path)
    assert names(walk) == ["年报.docx", "a/~b.pdf"]
    assert sorted(walk.skipped) == sorted(
        [*odd, ".git", "__MACOSX", "a/.hidden.pdf", "pipe.txt", "nowhere.txt"]
    )


def test_links_are_followed_once_and_circles_end(tmp_path: Path) -> None:
    make(tmp_path, "here/a.txt", "elsewhere/b.txt", "here/deep/c.txt")
    here = tmp_path / "here"
    (here / "deep" / "up").symlink_to(here)
    (here / "self").symlink_to(here)
    (here / "linked").symlink_to(tmp_path / "elsewhere")
    (here / "linked.txt").symlink_to(tmp_path / "elsewhere" / "b.txt")
    walk = Walk(here)
    assert names(walk) == ["a.txt", "linked.txt", "deep/c.txt", "linked/b.txt"]
    assert walk.unreadable == []


def test_a_folder_that_cannot_be_opened_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path, "a/1.txt", "b/2.txt", "c/3.txt")
    scan = os.scandir

    def refuse(folder: Path) -> object:
        if Path(folder).name == "b":
            raise PermissionError(13, "no")
        return scan(folder)

    monkeypatch.setattr("os.scandir", refuse)
    walk = Walk(tmp_path)
    assert names(walk) == ["a/1.txt", "c/3.txt"]
    assert walk.unreadable == ["b"]
    gone = Walk(tmp_path / "gone")
    assert (names(gone), gone.unreadable) == ([], ["."])
