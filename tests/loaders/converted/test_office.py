"""Old Office files: told by their streams, converted by LibreOffice, refused with a sentence."""

import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from random import Random

import pytest

from loaders import ReadError, kind_of, read
from loaders.converted import formats, soffice
from loaders.converted.compound import root_streams
from sample_reports import FOLDER
from tests.loaders.converted.compounds import compound
from tests.loaders.forms import only_grid, slots, texts
from tests.waiting import HANGS, until

ROOT = Path(__file__).resolve().parents[3]
REQUIRED = "REQUIRE_OFFICE" in os.environ


def installed(part: soffice.Part) -> bool:
    program = soffice.find()
    return program is not None and soffice._has(program, part)


needs_writer = pytest.mark.skipif(
    not REQUIRED and not installed("Writer"), reason="LibreOffice Writer is not installed"
)
needs_calc = pytest.mark.skipif(
    not REQUIRED and not installed("Calc"), reason="LibreOffice Calc is not installed"
)


def sample(ending: str) -> Path:
    return min((FOLDER / "invented").glob(f"*.{ending}"))


def assert_reads_like(data: bytes, original: Path) -> None:
    (found,), (truth,) = read(data, original.name), read(original.read_bytes(), original.name)
    assert {key: (cell.value, cell.mark) for key, cell in found.cells.items()} == {
        key: (cell.value, cell.mark) for key, cell in truth.cells.items()
    }
    assert (found.agency, found.year, found.editions) == (truth.agency, truth.year, truth.editions)
    assert [p.text for p in found.paragraphs] == [p.text for p in truth.paragraphs]


@needs_writer
@pytest.mark.parametrize("kind", ["doc", "rtf", "odt"])
def test_word_processors_files_read_like_the_docx_they_were(kind: str) -> None:
    original = sample("docx")
    data = soffice.convert(original.read_bytes(), "docx", kind, "Writer")
    assert kind_of(data, "x.bin") == kind
    assert_reads_like(data, original)


@needs_calc
@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_spreadsheets_read_like_the_xlsx_they_were(kind: str) -> None:
    original = sample("xlsx")
    data = soffice.convert(original.read_bytes(), "xlsx", kind, "Calc")
    assert kind_of(data, "x.bin") == kind
    assert_reads_like(data, original)


WORD_2003 = """<?xml version="1.0" encoding="UTF-8"?>
<?mso-application progid="Word.Document"?>
<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body>
<w:p><w:r><w:t>题目</w:t></w:r></w:p>
<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr>
<w:tblGrid><w:gridCol w:w="4000"/><w:gridCol w:w="4000"/></w:tblGrid>
<w:tr><w:tc><w:tcPr><w:tcW w:w="4000" w:type="dxa"/></w:tcPr><w:p><w:r><w:t>规章</w:t></w:r></w:p></w:tc>
<w:tc><w:tcPr><w:tcW w:w="4000" w:type="dxa"/></w:tcPr><w:p><w:r><w:t>7</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
</w:body></w:wordDocument>"""
EXCEL_2003 = """<?xml version="1.0"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="年报"><Table>
<Row><Cell ss:MergeAcross="1"><Data ss:Type="String">题目</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">规章</Data></Cell><Cell><Data ss:Type="Number">7</Data></Cell></Row>
</Table></Worksheet></Workbook>"""


@needs_writer
def test_xml_of_word_2003() -> None:
    data = WORD_2003.encode()
    assert kind_of(data, "x.xml") == "doc"
    document = formats.WORD_2003.read(data)
    assert texts(document) == ["题目"]
    assert [text for *_, text in slots(only_grid(document))] == ["规章", "7"]


@needs_calc
def test_xml_of_excel_2003() -> None:
    data = EXCEL_2003.encode()
    assert kind_of(data, "x.xml") == "xls"
    grid = only_grid(formats.EXCEL_2003.read(data))
    assert slots(grid) == [(0, 0, 1, 2, "题目"), (1, 0, 1, 1, "规章"), (1, 1, 1, 1, "7")]


def code_of(data: bytes) -> str:
    with pytest.raises(ReadError) as caught:
        read(data, "x.bin")
    return caught.value.code


def test_xml_with_entities_is_never_converted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soffice, "convert", lambda *_: pytest.fail("it was handed on"))
    head, body = WORD_2003.split("\n", 1)
    entity = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    assert code_of(f"{head}{entity}{body}".encode()) == "unsafe"


DOC = compound({"WordDocument": b"\xec\xa5\xc1\0".ljust(4096, b"\0"), "1Table": bytes(4096)})
XLS = compound({"Workbook": b"\x09\x08\x10\0".ljust(4096, b"\0")})


def test_compound_files_are_told_by_the_streams_at_their_root() -> None:
    word_in_excel = compound({"Workbook": bytes(4096)}, {"WordDocument": bytes(4096)})
    excel_in_word = compound({"1Table": b"", "WordDocument": b""}, {"Workbook": bytes(4096)})
    other = compound({"PowerPoint Document": bytes(4096)}, {"Workbook": bytes(4096)})
    assert [kind_of(data, "x") for data in (DOC, XLS)] == ["doc", "xls"]
    assert [kind_of(data, "x") for data in (word_in_excel, excel_in_word)] == ["xls", "doc"]
    assert not formats.XLS.recognises(other, "x")
    assert {stream.name for stream in root_streams(DOC)} == {"WordDocument", "1Table"}


def test_large_compound_files_list_their_tables_in_a_chain() -> None:
    data = bytearray(compound({"Workbook": bytes(4096)}))
    table = int.from_bytes(data[0x4C:0x50], "little")
    data[0x4C:0x50] = b"\xff\xff\xff\xff"
    data[0x44:0x48] = ((len(data) - 512) // 512).to_bytes(4, "little")
    data += table.to_bytes(4, "little") + b"\xff" * 504 + b"\xfe\xff\xff\xff"
    assert [stream.name for stream in root_streams(bytes(data))] == ["Workbook"]


def test_broken_compound_files_have_no_streams_and_raise_nothing() -> None:
    random = Random(7)
    for _ in range(2_000):
        data = bytearray(DOC[: random.randint(8, len(DOC))] if random.random() < 0.3 else DOC)
        for _ in range(random.randint(0, 12)):
            at = random.choice([random.randrange(8, 512), random.randrange(8, len(DOC))])
            if at < len(data):
                data[at] = random.choice([0, 1, 255, random.randrange(256)])
        root_streams(bytes(data))
    assert root_streams(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") == ()
    assert root_streams(b"PK\x03\x04") == ()


@pytest.mark.parametrize(
    ("data", "wanted"),
    [(DOC, ".docx"), (XLS, ".xlsx"), (b"{\\rtf1 x}", ".docx"), (WORD_2003.encode(), ".docx")],
    ids=["doc", "xls", "rtf", "xml"],
)
def test_without_libreoffice_the_sentence_says_so(
    data: bytes, wanted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(soffice, "find", lambda: None)
    with pytest.raises(ReadError, match="没有安装 LibreOffice") as caught:
        read(data, "x.bin")
    assert caught.value.code == "converter_missing"
    assert wanted in caught.value.message


def program(folder: Path, script: str) -> Path:
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(0o755)
    return path


def test_a_missing_part_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soffice, "find", lambda: program(tmp_path, "exit 1"))
    (tmp_path / "libsclo.so").touch()
    with pytest.raises(ReadError, match="缺少组件 Writer") as caught:
        read(DOC, "x.doc")
    assert caught.value.code == "converter_missing"
    assert code_of(XLS) == "damaged", "Calc is there"


@pytest.fixture
def own_temp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "temp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks at processes in /proc")
def test_a_conversion_that_hangs_is_ended_with_all_it_started(
    tmp_path: Path, own_temp: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pids = tmp_path / "pids"
    script = f'sleep {2 * HANGS} & echo "$$ $!" > {pids}.new; mv {pids}.new {pids}; wait'
    monkeypatch.setattr(soffice, "find", lambda: program(tmp_path, script))
    for limit in (0.5, 2, 8, 32, HANGS):  # a busy computer may not have started it so soon
        monkeypatch.setattr(soffice, "TIME_LIMIT", limit)
        assert code_of(DOC) == "conversion_slow"
        if pids.exists():
            break
    numbers = [int(pid) for pid in pids.read_text().split()]
    assert len(numbers) == 2
    until(lambda: not any(map(is_alive, numbers)))
    assert list(own_temp.iterdir()) == []


KILLED = {"the importer": 0, "the process that reads": 1}


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks at processes in /proc")
@pytest.mark.parametrize("which", KILLED.values(), ids=KILLED)
def test_a_converter_and_all_it_started_end_with_whoever_needs_them(
    which: int, tmp_path: Path
) -> None:
    """LibreOffice starts itself twice more; each must end, however suddenly its reader does."""
    told = tmp_path / "told"
    inner = f"sleep {2 * HANGS} & echo $PPID $$ $! > new; wait"
    program(
        tmp_path,
        f"cd {tmp_path}; (sh -c '{inner}' & wait) & until [ -s new ]; do sleep 0.05; done; mv new told; wait",
    )
    source = f"""
import sys; sys.path.insert(0, {str(ROOT)!r})
from loaders.sandbox.child import read_isolated
from tests.loaders.converted.test_office import DOC
read_isolated(DOC, "x.doc")
"""
    parent = subprocess.Popen(
        [sys.executable, "-c", source],
        env={**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"},
    )
    try:
        until(told.exists)
        ours = [int(number) for number in told.read_text().split()]
        assert all(map(is_alive, ours))
        reader = reader_of(ours[0])
        os.kill((parent.pid, reader)[which], signal.SIGKILL)
        until(lambda: not any(map(is_alive, ours)))
    finally:
        parent.kill()
        parent.wait()


def reader_of(pid: int) -> int:
    """The process outside of a converter's session that has started it."""
    session = os.getsid(pid)
    while os.getsid(pid) == session:
        pid = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    return pid


def test_nothing_is_left_behind_and_profiles_are_private(
    tmp_path: Path, own_temp: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = tmp_path / "seen"
    monkeypatch.setenv("DATABASE_URL", "postgresql://secret")
    monkeypatch.setattr(
        soffice, "find", lambda: program(tmp_path, f'env > {seen}; echo "$@" >> {seen}')
    )
    assert code_of(DOC) == "damaged"
    said = seen.read_text()
    assert f"UserInstallation={own_temp.as_uri()}/" in said
    assert "secret" not in said
    assert f"HOME={own_temp}/" in said
    assert list(own_temp.iterdir()) == []


def word_encrypted() -> bytes:
    head = b"\xec\xa5\xc1\0" + bytes(6) + b"\0\x01"
    return compound({"WordDocument": head.ljust(4096, b"\0")})


def excel_encrypted() -> bytes:
    records = b"\x09\x08\x04\0" + bytes(4) + b"\x2f\0\x06\0" + bytes(6)
    return compound({"Workbook": records.ljust(4096, b"\0")})


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (word_encrypted(), "encrypted"),
        (excel_encrypted(), "encrypted"),
        (DOC, "damaged"),
        (XLS, "damaged"),
        (b"{\\rtf1 x}", "damaged"),
    ],
    ids=["locked doc", "locked xls", "doc", "xls", "rtf"],
)
def test_why_nothing_came_out(
    data: bytes, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(soffice, "find", lambda: program(tmp_path, "exit 0"))
    assert code_of(data) == code


@pytest.fixture
def calls() -> Iterator[tuple[str, list[str]]]:
    """The address of a web server on this computer, and what was asked of it."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815  names of the library

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/x.png", asked
    server.shutdown()
    server.server_close()


@needs_writer
@pytest.mark.parametrize("guarded", [True, False])
def test_links_in_a_document_are_not_followed(
    guarded: bool, calls: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    address, asked = calls
    page = f'<html><body><p>甲<img src="{address}"></p></body></html>'.encode()
    if not guarded:
        monkeypatch.setattr(soffice, "_SETTINGS", "<x/>")
    soffice.convert(page, "html", "odt", "Writer")
    assert bool(asked) is not guarded, "without the settings it is asked for: the test can fail"
