"""Damaged PDF files say so: what is blank in them is not sure, and no number is read otherwise."""

import re
from collections.abc import Callable
from random import Random

import pytest

from loaders import pdf as reader
from loaders.document import ReadError
from loaders.pdf.damage import is_damaged
from loaders.recogniser.lines import lines_of
from sample_reports import FOLDER
from tests.loaders.forms import Slot, grids
from tests.loaders.pdf.press import Press

SMALL: list[Slot] = [(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "1"), (1, 0, 1, 1, "乙"), (1, 1, 1, 1, "")]


def made(**options) -> bytes:
    return Press(**options).text("一、总体情况").table(SMALL).done()


def content(data: bytes) -> tuple[int, int]:
    """Where the longest stream of a file begins and ends."""
    found = [
        (start.end(), data.index(b"endstream", start.end()))
        for start in re.finditer(rb"(?<!end)stream\r?\n", data)
    ]
    return max(found, key=lambda ends: ends[1] - ends[0])


def changed(data: bytes, at: int, byte: int | None = None) -> bytes:
    return data[:at] + bytes([data[at] ^ 0x15 if byte is None else byte]) + data[at + 1 :]


def shifted(data: bytes) -> bytes:
    """A file whose objects stand elsewhere than its table says."""
    at = data.index(b"endobj")
    return data[:at] + b"%lost\n" + data[at:]


PACKED = pytest.mark.parametrize("packed", [0, 1])


@PACKED
def test_a_sound_file_is_not_damaged(packed: int) -> None:
    assert not is_damaged(made(pageCompression=packed))


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.pdf")), ids=lambda path: path.stem)
def test_no_sample_is_damaged(path) -> None:
    assert not is_damaged(path.read_bytes())


def test_a_locked_file_is_not_looked_into() -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    lock = StandardEncryption("", ownerPassword="x", canPrint=1)
    assert not is_damaged(made(encrypt=lock, pageCompression=1))


def test_bytes_before_a_file_do_no_harm() -> None:
    assert not is_damaged(b"\r\n\r\n" + made())


def test_a_page_whose_checksum_is_wrong_is_damaged() -> None:
    data = made(pageCompression=1)
    start, end = content(data)
    random = Random(5)
    for _ in range(40):
        assert is_damaged(changed(data, random.randrange(start + 2, end - 4)))


def test_a_page_with_an_operator_that_there_is_none_of_is_damaged() -> None:
    data = made(pageCompression=0)
    at = data.index(b" Tj")
    assert is_damaged(changed(data, at + 1, ord("Q")))


def test_a_file_whose_objects_stand_elsewhere_is_damaged() -> None:
    assert is_damaged(shifted(made()))


def test_a_page_without_its_contents_is_damaged() -> None:
    data = made()
    named = re.search(rb"/Contents (\d+) 0 R", data)
    assert named is not None
    assert is_damaged(data[: named.start(1)] + b"9" + data[named.end(1) :])


def test_a_file_without_its_table_of_objects_is_damaged() -> None:
    data = made()
    at = data.rindex(b"startxref")
    assert is_damaged(changed(data, at + 10, ord("9")))


@pytest.mark.parametrize(
    "read", [reader.read, reader.read_with_pdfium, reader.read_with_pdfplumber]
)
def test_no_blank_of_a_damaged_file_is_sure(read: Callable) -> None:
    document = read(shifted(made()))
    assert [note.code for note in document.notes] == ["damaged"]
    assert [grid.is_damaged for grid in grids(document)] == [True]
    fields = {
        field.text: field.oddities
        for line in lines_of(document)
        if line.grid is not None
        for field in line.fields
    }
    assert fields == {"甲": (), "1": (), "乙": (), "": ("damaged",)}


def test_a_number_that_the_second_reader_reads_otherwise_is_not_sure(monkeypatch) -> None:
    other = Press().text("一、总体情况").table([*SMALL[:1], (0, 1, 1, 1, "12"), *SMALL[2:]]).done()
    second = reader.read_with_pdfplumber(other)
    monkeypatch.setattr(reader, "_second", lambda _data: second)
    (grid,) = grids(reader.read(shifted(made())))
    assert [cell.text for cell in grid.cells] == ["甲", "1\ufffd", "乙", ""]


def test_a_number_that_no_second_reader_finds_is_not_sure(monkeypatch) -> None:
    def refuse(_data: bytes) -> None:
        raise ReadError("damaged", "")

    monkeypatch.setattr(reader, "_second", refuse)
    (grid,) = grids(reader.read(shifted(made())))
    assert [cell.text for cell in grid.cells] == ["甲", "1\ufffd", "乙", ""]
