"""ZIP archives: names as text, sizes within limits, and every file accounted for."""

import struct
from collections.abc import Iterable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest

from loaders import ReadError, archive, files_in, kind_of, read
from loaders.archive import Member, is_archive, members

UTF8_FLAG = 0x800


def zipped(files: Iterable[tuple[str, bytes]], method: int = ZIP_DEFLATED) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", method) as package:
        for name, data in files:
            package.writestr(ZipInfo(name), data, method)
    return target.getvalue()


def renamed(data: bytes, old: str, new: bytes) -> bytes:
    """An archive as another program writes it: the name in other bytes, and no word of UTF-8."""
    assert len(old.encode()) == len(new)
    data = data.replace(old.encode(), new)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(mark) + offset
        flags = int.from_bytes(data[at : at + 2], "little") & ~UTF8_FLAG
        data = data[:at] + flags.to_bytes(2, "little") + data[at + 2 :]
    return data


def code_of(data: bytes) -> str:
    with pytest.raises(ReadError) as caught:
        members(data)
    return caught.value.code


def names(data: bytes) -> list[str]:
    return [member.name for member in members(data)]


def test_files_come_in_order_with_their_bytes() -> None:
    data = zipped([("乙/二.txt", b"2"), ("一.txt", b"1"), ("空.txt", b"")])
    assert members(data) == (
        Member("乙/二.txt", b"2"),
        Member("一.txt", b"1"),
        Member("空.txt", b""),
    )


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
@pytest.mark.parametrize("name", ["甲市税务局2023年报.txt", "联通.txt", "模.txt", "说明α.txt"])
def test_names_without_a_word_on_their_encoding(name: str, codec: str) -> None:
    written = name.encode(codec)
    placeholder = "x" * len(written)
    assert names(renamed(zipped([(placeholder, b"1")]), placeholder, written)) == [name]


def test_names_that_say_they_are_utf8() -> None:
    assert names(zipped([("甲市é.txt", b"1")])) == ["甲市é.txt"]


def test_names_in_no_chinese_encoding_stay_as_the_standard_reads_them() -> None:
    data = renamed(zipped([("xx.txt", b"1")]), "xx.txt", b"\x81\xff.txt")
    assert names(data) == ["ü\xa0.txt"]


HOSTILE = [
    "../../etc/passwd",
    "/etc/passwd",
    "C:\\Windows\\x.txt",
    "甲\u202etxt.exe",
    "长" * 300 + ".txt",
    "甲\n乙.txt",
    "\x1b[31m红.txt",
    "a/../b",
    " ",
]


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_names_are_only_text(name: str, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    (member,) = members(zipped([(name, b"1")]))
    assert member.data == b"1"
    assert member.name.isprintable()
    assert 0 < len(member.name) <= archive.LONGEST_NAME
    assert member.name.endswith(name[-4:].strip())
    assert list(tmp_path.iterdir()) == []


def test_a_zero_in_a_name_hides_nothing() -> None:
    data = renamed(zipped([("x.pdfx.exe", b"1")]), "x.pdfx.exe", b"x.pdf\0.exe")
    assert names(data) == ["x.pdf.exe"]


def test_clutter_and_folders_are_left_out() -> None:
    clutter = [
        "__MACOSX/._甲.pdf",
        ".DS_Store",
        "乙/.git/config",
        "乙/~$年报.docx",
        "Thumbs.db",
        "乙/desktop.ini",
        "乙/",
    ]
    kept = ["甲.pdf", "乙/年报.docx", "a.b/c.txt"]
    assert names(zipped([(name, b"") for name in [*clutter, *kept]])) == kept


def test_an_archive_in_an_archive_is_opened_and_one_in_that_is_named() -> None:
    third = zipped([("丙.txt", b"3")])
    second = zipped([("乙.txt", b"2"), ("更里.zip", third)])
    found = members(zipped([("甲.txt", b"1"), ("里.zip", second), ("丁.txt", b"4")]))
    assert [member.name for member in found] == [
        "甲.txt",
        "里.zip/乙.txt",
        "里.zip/更里.zip",
        "丁.txt",
    ]
    assert [member.error and member.error.code for member in found] == [
        None,
        None,
        "archive_nesting",
        None,
    ]


def test_word_files_are_files_and_no_archives() -> None:
    word = zipped([("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<x/>")])
    assert not is_archive(word)
    assert members(zipped([("年报.docx", word)])) == (Member("年报.docx", word),)


def locked(data: bytes) -> bytes:
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(mark) + offset
        data = data[:at] + bytes([data[at] | 1]) + data[at + 1 :]
    return data


def test_a_locked_file_is_named_and_the_others_kept() -> None:
    data = locked(zipped([("密.txt", b"1"), ("明.txt", b"2")]))
    first, second = members(data)
    assert (first.name, first.error and first.error.code) == ("密.txt", "encrypted")
    assert second == Member("明.txt", b"2")


def test_a_torn_file_is_named_and_the_others_kept() -> None:
    data = zipped([("坏.txt", b"abcdef"), ("好.txt", b"2")], ZIP_STORED).replace(
        b"abcdef", b"abcdeX"
    )
    first, second = members(data)
    assert (first.name, first.error and first.error.code) == ("坏.txt", "damaged")
    assert second == Member("好.txt", b"2")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK\x03\x04 cut off", "damaged"),
        (zipped([]), "empty"),
        (zipped([(".DS_Store", b"1")]), "empty"),
        (zipped([("零.txt", bytes(20_000_000))]), "archive_ratio"),
        (zipped((f"{n}.txt", b"") for n in range(archive.MAX_FILES + 1)), "archive_files"),
        (zipped((f".{n}", b"") for n in range(archive.MAX_ENTRIES + 1)), "archive_entries"),
    ],
    ids=["cut", "nothing", "clutter", "ratio", "files", "entries"],
)
def test_what_is_refused_is_named(data: bytes, code: str) -> None:
    assert code_of(data) == code


@pytest.mark.parametrize(
    ("data", "most"),
    [(zipped([("零.txt", bytes(2_000_000))]), 200_000_000), (zipped([("x.txt", b"12345")]), 4)],
    ids=["ratio", "bytes"],
)
def test_nothing_is_unpacked_that_already_says_it_is_too_much(
    data: bytes, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MAX_BYTES", most)
    monkeypatch.setattr(ZipFile, "open", lambda *_: pytest.fail("it was opened"))
    assert code_of(data) in ("archive_ratio", "archive_bytes")


def test_as_many_as_allowed_are_read() -> None:
    data = zipped((f"{n}.txt", b"") for n in range(archive.MAX_FILES))
    assert len(members(data)) == archive.MAX_FILES


def test_all_bytes_together_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_BYTES", 1_000)
    data = zipped([(f"{n}.txt", b"x" * 400) for n in range(2)])
    assert len(members(data)) == 2
    assert code_of(zipped([(f"{n}.txt", b"x" * 400) for n in range(3)])) == "archive_bytes"
    inner = zipped([("里.txt", b"x" * 900)], ZIP_STORED)
    assert code_of(zipped([("里.zip", inner)])) == "archive_bytes"


def test_files_are_counted_over_all_levels() -> None:
    half = archive.MAX_FILES // 2 + 1
    inner = zipped((f"{n}.txt", b"") for n in range(half))
    assert code_of(zipped([("一.zip", inner), ("二.zip", inner)])) == "archive_files"


def test_many_entries_that_share_the_same_bytes_are_refused() -> None:
    """A bomb whose entries overlap is small, and each of its entries looks harmless."""
    data = b"\0" * 900_000
    single = zipped([("a.txt", data)])
    body, directory = single[: single.index(b"PK\x01\x02")], single[single.index(b"PK\x01\x02") :]
    entry, end = (
        directory[: directory.index(b"PK\x05\x06")],
        directory[directory.index(b"PK\x05\x06") :],
    )
    count = 100
    sizes = struct.pack("<HHII", count, count, len(entry) * count, len(body))
    bomb = body + entry * count + end[:8] + sizes + end[20:]
    with ZipFile(BytesIO(bomb)) as package:
        assert len(package.infolist()) == count
    # Newer Pythons see the overlap themselves and call each entry but one torn.
    assert verdicts(bomb) in ({"archive_ratio"}, {"damaged"}, {None, "damaged"})


def verdicts(data: bytes) -> set[str | None]:
    return {file.error and file.error.code for file in files_in(data, "x.zip")}


def test_a_size_that_lies_is_a_torn_file() -> None:
    data = zipped([("谎.txt", b"x" * 5_000)])
    lying = data.replace(struct.pack("<I", 5_000), struct.pack("<I", 50))
    assert lying != data
    (member,) = members(lying)
    assert member.error is not None
    assert member.error.code == "damaged"


def test_limits_are_named_in_the_sentence() -> None:
    with pytest.raises(ReadError, match="超过 500 个") as caught:
        members(zipped((f"{n}.txt", b"") for n in range(501)))
    assert caught.value.message.startswith("压缩包超出限度")


def test_files_of_an_archive_are_named_after_it() -> None:
    data = zipped([("甲.txt", b"1"), ("乙.txt", b"2")])
    assert [file.name for file in files_in(data, "2023.zip")] == [
        "2023.zip/甲.txt",
        "2023.zip/乙.txt",
    ]
    assert files_in(b"1", "甲.txt") == (Member("甲.txt", b"1"),)
    (refused,) = files_in(zipped([]), "空.zip")
    assert (refused.name, refused.error and refused.error.code) == ("空.zip", "empty")


def test_an_archive_is_no_file_of_reports() -> None:
    data = zipped([("甲.txt", b"1")])
    assert kind_of(data, "x") == "zip"
    with pytest.raises(ReadError) as caught:
        read(data, "x.zip")
    assert caught.value.code == "archive"
