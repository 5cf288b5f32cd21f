"""A PDF that is no report stands for the reports attached to it."""

from collections.abc import Sequence

import pytest

from loaders import files_in, kind_of
from loaders.document import ReadError
from loaders.portfolio import may_hold_files, reports_in
from loaders.sandbox.isolated import files_in_isolated
from sample_reports import FOLDER

BOTH = pytest.mark.parametrize("files_of", [files_in, files_in_isolated])
NAME = "甲市税务局.pdf"


def with_files(
    files: Sequence[tuple[str, bytes]], text: bytes = b"Open in another program"
) -> bytes:
    """A page that says nothing, with files attached."""
    page = b"BT /F1 12 Tf 72 700 Td (" + text + b") Tj ET"
    names = b" ".join(
        b"<%s> %d 0 R" % (_hex(name), 6 + 2 * number) for number, (name, _) in enumerate(files)
    )
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[%s]>>>>>>" % names,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(page), page),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for number, (name, data) in enumerate(files):
        hexed, at = _hex(name), 7 + 2 * number
        objects += [
            b"<</Type/Filespec/F<%s>/UF<%s>/EF<</F %d 0 R>>>>" % (hexed, hexed, at),
            b"<</Type/EmbeddedFile/Length %d>>\nstream\n%s\nendstream" % (len(data), data),
        ]
    return _assembled(objects)


def _hex(name: str) -> bytes:
    return b"FEFF" + name.encode("utf-16-be").hex().encode()


def _assembled(objects: Sequence[bytes]) -> bytes:
    data, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    end = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, len(data))
    return data + b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table) + end


def report(ending: str) -> bytes:
    return min((FOLDER / "invented").glob(f"*.{ending}")).read_bytes()


@BOTH
@pytest.mark.parametrize("ending", ["pdf", "docx", "html"])
def test_an_attached_report_stands_for_the_file(files_of, ending: str) -> None:
    data = report(ending)
    (found,) = files_of(
        with_files([("说明.txt", "请看附件。".encode()), (f"年报.{ending}", data)]), NAME
    )
    assert (found.name, found.data, found.error) == (f"{NAME}/年报.{ending}", data, None)


@BOTH
def test_every_attached_report_is_given(files_of) -> None:
    found = files_of(with_files([("甲.docx", report("docx")), ("乙.html", report("html"))]), NAME)
    assert [file.name for file in found] == [f"{NAME}/甲.docx", f"{NAME}/乙.html"]


@BOTH
def test_without_a_report_among_them_it_says_so(files_of) -> None:
    (found,) = files_of(with_files([("说明.txt", "没有年报。".encode())]), NAME)
    assert found.error is not None
    assert (found.error.code, "1 个文件" in found.error.message) == ("portfolio", True)


@BOTH
def test_a_report_with_files_attached_stands_for_itself(files_of) -> None:
    data = report("pdf")
    end = data.rindex(b"startxref")
    held = data[:end] + b"%/EmbeddedFile\n" + data[end:]
    assert may_hold_files(held)
    (found,) = files_of(held, NAME)
    assert (found.name, found.data) == (NAME, held)


@BOTH
def test_a_damaged_one_is_left_to_its_reader(files_of) -> None:
    data = b"%PDF-1.7 /EmbeddedFile"
    (found,) = files_of(data, NAME)
    assert found.name == NAME
    assert found.error is None or isinstance(found.error, ReadError)


def test_a_portfolio_is_a_pdf() -> None:
    assert kind_of(with_files([("甲.txt", b"x")]), NAME) == "pdf"


def test_a_report_is_read_before_what_is_attached_to_it() -> None:
    data = with_files([("甲.docx", report("docx"))])
    assert list(reports_in(data, NAME, lambda _data, _name: ())) == []
