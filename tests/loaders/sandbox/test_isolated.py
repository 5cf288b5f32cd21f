"""Archives are opened and kinds told in a process of their own: all files come, or are accounted for."""

import lzma
import struct
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile

import pytest

from loaders import Member, ReadError, archive, directory, files_in, kind_of
from loaders.sandbox import isolated
from loaders.sandbox.child import Made, Piece
from loaders.sandbox.isolated import ARCHIVE_LIMITS, files_in_isolated, kind_of_isolated
from sample_reports import FOLDER, sample_files
from tests.loaders.sandbox.misbehaving import SMALL
from tests.loaders.test_archive import UTF8_FLAG, zipped

GOOD = Member("x.zip/好.txt", "好".encode())


def codes(files: tuple[Member, ...]) -> list[tuple[str, str | None]]:
    return [(file.name, file.error and file.error.code) for file in files]


def test_the_files_are_the_same_as_in_this_process() -> None:
    inner = zipped([("里.txt", b"1")])
    data = zipped([("甲.txt", bytes(range(256)) * 99), ("空.txt", b""), ("乙.zip", inner)])
    assert files_in_isolated(data, "x.zip") == files_in(data, "x.zip")
    assert codes(files_in_isolated(zipped([]), "空.zip")) == [("空.zip", "empty")]
    assert files_in_isolated(b"1", "甲.txt") == (Member("甲.txt", b"1"),)


@pytest.mark.parametrize("kind", ["docx", "xlsx", "txt", "pdf"])
def test_documents_need_no_process_to_be_known_as_such(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = min((FOLDER / "invented").glob(f"*.{kind}"))
    data = path.read_bytes()
    monkeypatch.setattr(isolated, "pieces_isolated", lambda *_: pytest.fail("it was asked"))
    assert files_in_isolated(data, path.name) == (Member(path.name, data),)


def test_nothing_is_opened_here(monkeypatch: pytest.MonkeyPatch) -> None:
    data = zipped([("甲.txt", b"1")])
    files_in_isolated(data, "x.zip")
    monkeypatch.setattr(archive, "ZipFile", lambda *_: pytest.fail("it was opened"))
    assert codes(files_in_isolated(data, "x.zip")) == [("x.zip/甲.txt", None)]
    with pytest.raises(pytest.fail.Exception):
        files_in(data, "x.zip")


@pytest.mark.parametrize("path", sample_files()[::7], ids=lambda path: path.suffix)
def test_kinds_are_the_same_as_in_this_process(path: Path) -> None:
    data = path.read_bytes()
    assert kind_of_isolated(data, path.name) == kind_of(data, path.name)


METHODS = {"deflate": ZIP_DEFLATED, "bzip2": ZIP_BZIP2, "lzma": ZIP_LZMA}


def with_bad(method: int) -> bytes:
    """An archive whose first file is packed in a way that its own library stumbles over."""
    target = BytesIO()
    with ZipFile(target, "w") as package:
        package.writestr("坏.txt", b"abc" * 1_000, method)
        package.writestr("好.txt", GOOD.data, ZIP_STORED)
    data = bytearray(target.getvalue())
    start = 30 + struct.unpack_from("<H", data, 26)[0]
    for at in range(start + 4, start + 12):
        data[at] = 0xFF
    return bytes(data)


@pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)
def test_a_damaged_member_costs_itself(method: int) -> None:
    bad, good = files_in_isolated(with_bad(method), "x.zip")
    assert codes((bad,)) == [("x.zip/坏.txt", "damaged")]
    assert good == GOOD


def test_errors_of_lzma_are_no_class_that_others_know() -> None:
    """The control: what made the difference is that no list of classes is kept."""
    with ZipFile(BytesIO(with_bad(ZIP_LZMA))) as package, pytest.raises(lzma.LZMAError):
        package.read(package.infolist()[0])


def entry_changed(offset: int, value: bytes) -> bytes:
    """An archive of two, with other bytes in the directory's entry for the first."""
    data = zipped([("坏.txt", b"1"), ("好.txt", GOOD.data)], ZIP_STORED)
    at = data.index(b"PK\x01\x02") + offset
    return data[:at] + value + data[at + len(value) :]


ENTRIES = {
    "a version to come": (entry_changed(6, b"\xff\0"), None),
    "a method to come": (entry_changed(10, b"\x63\0"), "damaged"),
    "a name that is no UTF-8": (entry_changed(46, b"\xff\xff\xff"), "damaged"),
    "another name than the file's own": (entry_changed(46, b"xyz"), "damaged"),
    "a password": (entry_changed(8, struct.pack("<H", UTF8_FLAG | 1)), "encrypted"),
    "beyond the end": (entry_changed(42, b"\xff\xff\xff\x7f"), "damaged"),
    "before the beginning": (entry_changed(42, b"\xfe\xff\xff\xff"), "damaged"),
    "a wrong checksum": (entry_changed(16, b"\1\2\3\4"), "damaged"),
}


@pytest.mark.parametrize(("data", "code"), ENTRIES.values(), ids=ENTRIES)
def test_an_entry_that_cannot_be_understood_costs_itself(data: bytes, code: str | None) -> None:
    bad, good = files_in_isolated(data, "x.zip")
    assert bad.error is None if code is None else bad.error is not None and bad.error.code == code
    assert good == GOOD


def test_what_comes_beside_an_entry_may_be_nonsense() -> None:
    target = BytesIO()
    with ZipFile(target, "w") as package:
        package.writestr("甲.txt", b"1")
        package.writestr("好.txt", GOOD.data)
        package.infolist()[0].extra = b"\x99\x99\x08\0abcdefgh"
    data = target.getvalue()
    at = data.rindex(b"\x99\x99\x08\0")
    torn = data[: at + 2] + b"\xff\xff" + data[at + 4 :]
    assert directory.mended(torn) != torn
    assert codes(files_in_isolated(torn, "x.zip")) == [("x.zip/甲.txt", None), (GOOD.name, None)]


@pytest.mark.parametrize("path", sample_files(), ids=lambda path: path.name)
def test_a_directory_in_order_is_left_alone(path: Path) -> None:
    data = path.read_bytes()
    assert directory.mended(data) is data
    if data.startswith(b"PK"):
        with ZipFile(BytesIO(data)) as package:
            names = package.namelist()
        found = list(directory.entry_names(data))
        assert len(found) == len(names)
        assert [name for name in found if name.isascii()] == [n for n in names if n.isascii()]


def two_and_trouble(_data: bytes, _name: str) -> Iterator[Piece]:
    yield {"name": "一.txt", "error": None}, b"1"
    yield {"name": "二.txt", "error": ["locked", "加了密码。"]}, None
    raise ZeroDivisionError


def test_what_came_before_the_trouble_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolated, "_members", two_and_trouble)
    found = files_in_isolated(zipped([("甲.txt", b"1")]), "x.zip")
    assert codes(found) == [
        ("x.zip/一.txt", None),
        ("x.zip/二.txt", "locked"),
        ("x.zip", "crashed"),
    ]
    assert found[0].data == b"1"
    assert found[2].error is not None
    assert found[2].error.id


@pytest.mark.parametrize("content", [b"E{}", b"B{}", b"P", b"", b'E{"error":["x","y"]}'])
def test_what_is_in_a_file_is_no_message(content: bytes) -> None:
    data = zipped([("甲.txt", content), ("好.txt", GOOD.data)])
    assert files_in_isolated(data, "x.zip") == (Member("x.zip/甲.txt", content), GOOD)


def test_a_limit_that_binds_while_opening_is_named() -> None:
    data = zipped([("甲.txt", b"1"), ("乙.txt", bytes(SMALL.answer))], ZIP_STORED)
    found = files_in_isolated(data, "x.zip", replace(ARCHIVE_LIMITS, answer=SMALL.answer))
    assert codes(found) == [("x.zip/甲.txt", None), ("x.zip", "answer")]


def test_an_archive_that_is_itself_too_large_is_not_even_sent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(isolated, "MOST_BYTES", 50)
    assert codes(files_in_isolated(zipped([("甲.txt", b"1")]), "x")) == [("x", "archive_bytes")]


def test_as_much_as_may_be_unpacked_comes_through() -> None:
    data = zipped([(f"{n}.txt", b"x" * 20_000_000) for n in range(9)], ZIP_STORED)
    found = files_in_isolated(data, "x.zip")
    assert [(file.error, len(file.data)) for file in found] == [(None, 20_000_000)] * 9


UNTRUSTED: list[Piece] = [
    ({}, None),
    ({"name": None, "error": [1]}, None),
    ({"name": "\ud800", "error": ["\ud800", "\ud800"]}, None),
]


@pytest.mark.parametrize("piece", UNTRUSTED, ids=range(len(UNTRUSTED)))
def test_what_a_process_says_of_a_member_is_not_trusted(
    piece: Piece, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(isolated, "pieces_isolated", lambda *_: Made((piece,)))
    (member,) = files_in_isolated(zipped([("甲.txt", b"1")]), "x.zip")
    assert isinstance(member.error, ReadError)
    f"{member.name}{member.error.code}{member.error.message}".encode()
