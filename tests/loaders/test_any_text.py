"""Any text in a cell, a paragraph or a name, in every kind of file: it is read, and can be written.

What is checked: the report survives JSON, all of it is UTF-8, and a number in the cell is made of
the digits that were put there and of no others.
"""

import json
import re
import unicodedata
from collections.abc import Callable
from html import escape
from io import BytesIO

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils.escape import escape as escaped_by_excel

from form.editions import table
from form.exchange import report_from_json, report_to_json
from form.report import Report
from loaders import ReadError, read
from tests.loaders.docx import test_docx as word
from tests.loaders.opendocument import test_opendocument as open_document
from tests.loaders.pdf.press import Press

ADDRESS = "applications.granted.business"
ROWS = table("applications", "2021").rows
NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
ODD = "\ud83d\udc00\ufffd\xad\x00\x07\x0b\x1f\x85\x96\u200b\u202e\u2028\ufeff\uffff\uf034\ufffc"

TEXTS = st.text(
    st.sampled_from(f"0123456789-+.,，件无{ODD}") | st.characters(exclude_categories=[]),
    max_size=12,
)

Made = tuple[str, str, str]
"""What stands in the cell, in a paragraph, and before the agency's name."""


def rows_of(text: str) -> list[list[str]]:
    head = ["项目", *(column.label for column in ROWS[0].columns)]
    rows = [[row.label, *["0"] * len(row.columns)] for row in ROWS]
    number, column = next(
        (n, c)
        for n, row in enumerate(ROWS)
        for c, column in enumerate(row.columns)
        if f"applications.{row.key}.{column.key}" == ADDRESS
    )
    rows[number][column + 1] = text
    return [head, *rows]


def lines_of(made: Made) -> list[str]:
    _cell, paragraph, name = made
    title = f"{name}甲市税务局2023年政府信息公开工作年度报告"
    return [title, "一、总体情况", f"收到{paragraph}件", "三、收到和处理政府信息公开申请情况"]


def txt(made: Made) -> bytes:
    cells = "\n".join("\t".join(row) for row in rows_of(made[0]))
    return "\n".join([*lines_of(made), cells]).encode("utf-8", "surrogatepass")


def md(made: Made) -> bytes:
    head, *rows = [f"| {' | '.join(row)} |" for row in rows_of(made[0])]
    parts = [f"# {lines_of(made)[0]}", *lines_of(made)[1:], head, "|---" * 8 + "|", *rows]
    return "\n".join(parts).encode("utf-8", "replace")


def referred(text: str) -> str:
    """As a page may write any sign: by its number."""
    return "".join(f"&#{ord(sign)};" for sign in text)


def html(made: Made) -> bytes:
    rows = "".join(
        f"<tr>{''.join(f'<td>{referred(cell)}' for cell in row)}" for row in rows_of(made[0])
    )
    title, *lines = lines_of(made)
    body = "".join(f"<p>{escape(line)}</p>" for line in lines)
    page = f"<html><body><p>{referred(title)}</p>{body}<table>{rows}</table></body></html>"
    return page.encode("utf-8", "surrogatepass")


def xml(text: str) -> str:
    return escape(NO_XML.sub("", text))


def docx(made: Made) -> bytes:
    rows = [word.tr(*(word.tc(word.p(xml(cell))) for cell in row)) for row in rows_of(made[0])]
    return word.with_body("".join(word.p(xml(line)) for line in lines_of(made)) + word.tbl(*rows))


def odt(made: Made) -> bytes:
    rows = "".join(
        open_document.row(*(open_document.cell(xml(cell)) for cell in row))
        for row in rows_of(made[0])
    )
    lines = "".join(f"<text:p>{xml(line)}</text:p>" for line in lines_of(made))
    return open_document.package("text", f"{lines}<table:table>{rows}</table:table>")


def ods(made: Made) -> bytes:
    rows = "".join(
        open_document.row(*(open_document.cell(xml(cell)) for cell in row))
        for row in [*([line] for line in lines_of(made)), *rows_of(made[0])]
    )
    return open_document.package("spreadsheet", open_document.sheet_of(rows))


def xlsx(made: Made) -> bytes:
    """As Excel writes signs that XML cannot hold: by their numbers."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [*([line] for line in lines_of(made)), *rows_of(made[0])]:
        sheet.append(
            [NO_XML.sub(lambda sign: f"_x{ord(sign[0]):04X}_", _excel(cell)) for cell in row]
        )
        for cell in sheet[sheet.max_row]:
            cell.data_type = "s"
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _excel(text: str) -> str:
    return text.replace("_x", escaped_by_excel("_") + "x") if "_x" in text else text


KINDS: dict[str, Callable[[Made], bytes]] = {
    "txt": txt,
    "md": md,
    "html": html,
    "docx": docx,
    "odt": odt,
    "ods": ods,
    "xlsx": xlsx,
}


def digits(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKC", text) if sign.isdecimal())


def check(report: Report, text: str) -> None:
    written = json.dumps(report_to_json(report), ensure_ascii=False).encode()
    assert report_from_json(json.loads(written)) == report
    json.dumps(report.to_json(), ensure_ascii=False).encode()
    cell = report.cells.get(ADDRESS)
    if cell is not None and cell.mark == "number":
        assert abs(int(cell.value or 0)) == int(digits(text).lstrip("0") or "0")
        assert not {"\ufffd", "\ufffc"} & set(text)


@pytest.mark.parametrize("kind", KINDS)
def test_any_text_is_read_and_can_be_written(kind: str) -> None:
    @settings(max_examples=40)
    @given(st.tuples(TEXTS, TEXTS, TEXTS))
    @example(("4\ud83d", "\ud83d", "\ud83d"))
    @example(("1\x002", "\x00", "\x00"))
    @example((ODD, ODD, ODD))
    def is_read(made: Made) -> None:
        data = KINDS[kind](made)
        verdict = verdict_on(data, f"{made[2]}.{kind}")
        if isinstance(verdict, ReadError):
            # Text with zero bytes in it, or with bytes that are no letters, may be no text at all.
            assert kind in ("txt", "md")
            assert verdict.code in ("damaged_text", "unknown_kind", "encoding")
            return
        assert len(verdict) == 1
        check(verdict[0], NO_XML.sub("", made[0]) if kind in ("docx", "odt", "ods") else made[0])

    is_read()


def verdict_on(data: bytes, name: str) -> tuple[Report, ...] | ReadError:
    try:
        return read(data, name)
    except ReadError as error:
        return error


DAMAGED: dict[str, tuple[str, int | None]] = {
    "4" + chr(0xD83D): ("unknown", None),
    "4" + chr(0xFFFD): ("unknown", None),
    "1\x072": ("unknown", None),
    "1\u200b2": ("number", 12),
    "\u200e12": ("number", 12),
    "1\xad2": ("number", 12),
    "\u202e12": ("unknown", None),
}


def holds(kind: str, text: str) -> bool:
    """Whether a file of a kind can hold the text: half a sign can be written by its number alone."""
    return (
        kind in ("html", "xlsx")
        or not NO_XML.search(text)
        or (kind in ("txt", "md") and text == "1\x072")
    )


@pytest.mark.parametrize(
    ("kind", "text"),
    [(kind, text) for kind in KINDS for text in DAMAGED if holds(kind, text)],
    ids=ascii,
)
def test_what_was_damaged_is_said_of_the_cell(kind: str, text: str) -> None:
    (report,) = read(KINDS[kind]((text, "", "")), f"x.{kind}")
    cell = report.cells[ADDRESS]
    assert (cell.mark, cell.value) == DAMAGED[text]
    assert cell.oddities == ("damaged",)
    assert cell.to_json()["oddities"] == ["damaged"]
    assert [note.cells for note in report.notes if note.code == "damaged"] == (
        [(ADDRESS,)] if cell.mark == "unknown" else []
    )
    others = [other for name, other in report.cells.items() if name != ADDRESS]
    assert all((other.mark, other.value, other.oddities) == ("number", 0, ()) for other in others)


@settings(max_examples=15)
@given(st.text(st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"]), max_size=12))
@example("1\xad2")
@example("\x13\x14")
def test_any_text_that_a_font_has_letters_for(text: str) -> None:
    """Control signs in a PDF are letters: what is drawn is never taken out of a number."""
    shown = "".join(sign for sign in text if sign not in "\t\n\r\x0b\x0c")
    data = Press().text("收到申请").text(f"12{shown}").done()
    verdict = verdict_on(data, "x.pdf")
    assert isinstance(verdict, ReadError), "a document without tables"
    assert verdict.code in ("other_document", "unmapped_text")
    verdict.message.encode()


def test_a_file_in_a_name_of_halves_is_read() -> None:
    made = ("4", "1", "")
    data = txt(made).replace("甲市税务局2023年".encode(), b"")
    (report,) = read(data, "\udce4\udcb9甲市税务局2023年政府信息公开工作年度报告.txt")
    check(report, "4")
    assert report.year == 2023
