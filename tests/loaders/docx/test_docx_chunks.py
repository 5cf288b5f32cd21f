"""Files inside a Word file: what a program that converts pages leaves as a page is read as one."""

from io import BytesIO
from zipfile import ZipFile

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from loaders import docx as reader
from loaders.document import Document, Grid
from tests.loaders.forms import grids, texts

PAGE = "<html><body><p>乙</p><table><tr><td>总计</td><td>7</td></tr></table><p>丙</p></body></html>"


def with_chunk(data: bytes | None, name: str = "chunk.html") -> bytes:
    """A Word file with a paragraph, a table, a file inside it, and another paragraph."""
    document = docx.Document()
    document.add_paragraph("甲")
    cells = document.add_table(1, 2).rows[0].cells
    cells[0].text, cells[1].text = "一", "1"
    relation = "rId99"
    if data is not None:
        part = Part(PackURI(f"/word/{name}"), "text/html", data, document.part.package)
        relation = document.part.relate_to(part, RELATIONSHIP_TYPE.A_F_CHUNK)
    chunk = parse_xml(f'<w:altChunk {nsdecls("w", "r")} r:id="{relation}"/>')
    document.element.body.insert(2, chunk)
    document.element.body.insert(
        3, parse_xml(f"<w:p {nsdecls('w')}><w:r><w:t>丁</w:t></w:r></w:p>")
    )
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def shapes(document: Document) -> list[str]:
    return ["grid" if isinstance(block, Grid) else block.text for block in document.blocks]


def test_a_page_inside_stands_where_word_shows_it_and_counts_with_the_rest() -> None:
    document = reader.read(with_chunk(PAGE.encode()))
    assert shapes(document) == ["甲", "grid", "乙", "grid", "丙", "丁"]
    cell = grids(document)[1].cells[1]
    assert (cell.text, cell.place.table, cell.place.row, cell.place.column) == ("7", 2, 1, 2)
    assert [b.place.line for b in document.blocks if not isinstance(b, Grid)] == [1, 2, 3, 4]
    assert document.notes == ()


def test_a_word_file_inside_is_read_too() -> None:
    inner = with_chunk(PAGE.encode())
    assert texts(reader.read(with_chunk(inner, "inner.docx"))) == [
        "甲",
        "甲",
        "乙",
        "丙",
        "丁",
        "丁",
    ]


def test_a_file_inside_that_cannot_be_read_leaves_a_note() -> None:
    document = reader.read(with_chunk(b"\x89PNG\r\n\x1a\n" + bytes(range(256))))
    assert shapes(document) == ["甲", "grid", "丁"]
    assert [note.code for note in document.notes] == ["part_unread"]


def test_a_file_inside_that_is_not_there_is_nothing() -> None:
    assert shapes(reader.read(with_chunk(None))) == ["甲", "grid", "丁"]


def test_the_relation_may_be_written_from_the_root() -> None:
    data = with_chunk(PAGE.encode())
    stream = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'"chunk.html"', b'"/word/chunk.html"'))
    assert texts(reader.read(stream.getvalue())) == ["甲", "乙", "丙", "丁"]
