"""Encodings of text: each one × each layout gives the same cells; broken ones are named."""

import codecs
from random import Random

import pytest

from loaders import ReadError, kind_of, read
from loaders.text import encoding, recognises
from tests.loaders.tables import expected, random_texts, read_back, report_lines

TITLE = "甲市税务局2023年政府信息公开工作年度报告"
ENCODINGS = {
    "utf-8": (b"", "utf-8"),
    "utf-8 with mark": (codecs.BOM_UTF8, "utf-8"),
    "gb18030": (b"", "gb18030"),
    "gb18030 with mark": ("\ufeff".encode("gb18030"), "gb18030"),
    "utf-16-le": (b"", "utf-16-le"),
    "utf-16-le with mark": (codecs.BOM_UTF16_LE, "utf-16-le"),
    "utf-16-be": (b"", "utf-16-be"),
    "utf-16-be with mark": (codecs.BOM_UTF16_BE, "utf-16-be"),
}


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("layout", ["cells", "tabs"])
@pytest.mark.parametrize("name", ENCODINGS)
def test_every_encoding_gives_the_same_cells(name: str, layout: str, line_end: str) -> None:
    mark, codec = ENCODINGS[name]
    printed = random_texts("2021", Random(5))
    text = report_lines(printed, "2021", layout, TITLE).replace("\n", line_end)
    data = mark + text.encode(codec)
    (report,) = read(data, "x.bin")
    assert read_back(report.cells) == expected(printed)
    assert (report.agency, report.year) == ("甲市税务局", 2023)
    assert kind_of(data, "x.bin") == "txt"


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_letters_that_look_otherwise_in_the_wrong_order_of_bytes(codec: str) -> None:
    text = "〇一二三，年报。\n规章\t０\tA\n"
    assert encoding.decode(text.encode(codec)) == text


def code_and_message(data: bytes) -> tuple[str, str]:
    with pytest.raises(ReadError) as caught:
        encoding.decode(data)
    return caught.value.code, caught.value.message


PROSE = "甲市税务局认真落实公开条例，主动公开各类信息，办理公开申请。\n" * 4


@pytest.mark.parametrize(
    "data",
    [
        (PROSE + "规\0章").encode(),
        (PROSE + "规\0章").encode("gb18030"),
        PROSE.encode() + "章".encode()[:2],
        PROSE.encode() + b"\xff" + PROSE.encode(),
        codecs.BOM_UTF16_LE + (PROSE + "规\0章").encode("utf-16-le"),
        codecs.BOM_UTF16_LE + (PROSE + "规").encode("utf-16-le")[:-1],
        codecs.BOM_UTF8 + PROSE.encode() + b"\xff",
    ],
    ids=["nul", "nul in gb18030", "cut", "broken", "nul in utf-16", "cut utf-16", "broken, marked"],
)
def test_damaged_text_is_refused_with_its_line(data: bytes) -> None:
    code, message = code_and_message(data)
    assert code == "damaged_text"
    assert "第 5 行" in message
    assert recognises(data, "x.txt"), "the sentence must be said, not that the kind is unknown"


def test_no_encoding_fits() -> None:
    assert code_and_message(b"\x81\x20\xff\xfe\x80\x80")[0] == "encoding"


def test_too_many_characters_are_refused() -> None:
    assert code_and_message(b"1" * (encoding.MAX_CHARACTERS + 1))[0] == "too_large"
    assert len(encoding.decode(b"1" * encoding.MAX_CHARACTERS)) == encoding.MAX_CHARACTERS


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0",
        bytes(range(256)) * 8,
        b"\x7fELF\2\1\1\0" + b"\0" * 64,
        b"\0" * 100,
    ],
    ids=["png", "all bytes", "program", "zeros"],
)
def test_other_files_are_not_taken_for_text(data: bytes) -> None:
    assert not recognises(data, "x.txt")
