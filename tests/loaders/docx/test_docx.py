"""Word files: official tables come back cell by cell, and each quirk of Word is read as Word shows it."""

from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from hypothesis import given, settings

from loaders import docx as reader
from loaders.document import ReadError
from tests.loaders.forms import Form, forms, grids, only_grid, slots, texts

W = nsdecls("w")


def saved(document) -> bytes:
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def with_body(xml: str) -> bytes:
    """A Word file whose body is exactly this XML."""
    document = docx.Document()
    body = document.element.body
    for child in list(body):
        body.remove(child)
    wrapper = parse_xml(
        f"<w:body {nsdecls('w', 'r', 'wp', 'a')}"
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
        f' xmlns:v="urn:schemas-microsoft-com:vml">{xml}</w:body>'
    )
    for child in list(wrapper):
        body.append(child)
    return saved(document)


def p(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def tc(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def tbl(*rows: str, widths: tuple[int, ...] = ()) -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def printed(form: Form) -> bytes:
    document = docx.Document()
    document.add_paragraph("一、总体情况")
    table = document.add_table(len(form.rows), form.width)
    for row, column, row_span, column_span, text in form.slots:
        cell = table.cell(row, column)
        cell = cell.merge(table.cell(row + row_span - 1, column + column_span - 1))
        cell.text = text
    document.add_paragraph("五、存在的主要问题")
    return saved(document)


@settings(max_examples=12)
@given(forms())
def test_an_official_table_comes_back_cell_by_cell(form: Form) -> None:
    document = reader.read(printed(form))
    assert slots(only_grid(document)) == form.slots
    assert texts(document) == ["一、总体情况", "五、存在的主要问题"]


def test_blocks_keep_the_order_of_the_body_and_know_their_place() -> None:
    table = tbl(tr(tc(p("甲")), tc(p("1"))), tr(tc(p("乙")), tc(p("2"))))
    document = reader.read(with_body(p("前") + "<w:p/>" + table + p("后")))
    before, grid, after = document.blocks
    assert (before.text, before.place.line) == ("前", 1)
    assert (after.text, after.place.line) == ("后", 3)
    last = grid.cells[-1]
    assert (last.text, last.place.table, last.place.row, last.place.column) == ("2", 1, 2, 2)


def test_a_merge_without_a_word_goes_on_from_above() -> None:
    document = with_body(
        tbl(
            tr(tc(p("组"), '<w:vMerge w:val="restart"/>'), tc(p("1"))),
            tr(tc("<w:p/>", "<w:vMerge/>"), tc(p("2"))),
            tr(tc("<w:p/>", '<w:vMerge w:val="continue"/>'), tc(p("3"))),
            tr(tc(p("另"), '<w:vMerge w:val="restart"/>'), tc(p("4"))),
        )
    )
    assert slots(only_grid(reader.read(document))) == [
        (0, 0, 3, 1, "组"),
        (0, 1, 1, 1, "1"),
        (1, 1, 1, 1, "2"),
        (2, 1, 1, 1, "3"),
        (3, 0, 1, 1, "另"),
        (3, 1, 1, 1, "4"),
    ]


def test_a_merge_that_goes_on_from_nothing_keeps_its_text() -> None:
    rows = tr(tc(p("甲"), "<w:vMerge/>"), tc(p("1"))), tr(tc(p("乙")), tc(p("2")))
    document = reader.read(with_body(tbl(*rows)))
    assert slots(only_grid(document))[0] == (0, 0, 1, 1, "甲")


def test_grid_before_moves_a_row_to_the_right() -> None:
    document = with_body(
        tbl(
            tr(tc(p("甲")), tc(p("乙")), tc(p("丙"))),
            tr(tc(p("1")), tc(p("2")), properties='<w:gridBefore w:val="1"/>'),
        )
    )
    assert [slot[:2] for slot in slots(only_grid(reader.read(document)))] == [
        (0, 0),
        (0, 1),
        (0, 2),
        (1, 1),
        (1, 2),
    ]


def test_horizontal_merges_of_old_files() -> None:
    document = with_body(
        tbl(
            tr(
                tc(p("申请人"), '<w:hMerge w:val="restart"/>'),
                tc("<w:p/>", "<w:hMerge/>"),
                tc(p("总计")),
            ),
            tr(tc(p("1")), tc(p("2")), tc(p("3"))),
        )
    )
    assert slots(only_grid(reader.read(document)))[:2] == [
        (0, 0, 1, 2, "申请人"),
        (0, 2, 1, 1, "总计"),
    ]


def test_edges_a_hair_apart_are_one_column() -> None:
    document = with_body(
        tbl(
            tr(tc(p("自然人")), tc(p("总计"), '<w:gridSpan w:val="2"/>')),
            tr(tc(p("1"), '<w:gridSpan w:val="2"/>'), tc(p("2"))),
            widths=(3000, 12, 2988),
        )
    )
    assert slots(only_grid(reader.read(document))) == [
        (0, 0, 1, 1, "自然人"),
        (0, 1, 1, 1, "总计"),
        (1, 0, 1, 1, "1"),
        (1, 1, 1, 1, "2"),
    ]


def test_a_narrow_column_with_cells_of_its_own_stays() -> None:
    rows = tr(tc(p("1")), tc(p("2")), tc(p("3"))), tr(tc(p("4")), tc(p("5")), tc(p("6")))
    document = reader.read(with_body(tbl(*rows, widths=(3000, 12, 2988))))
    assert [slot[1] for slot in slots(only_grid(document))] == [0, 1, 2, 0, 1, 2]


def test_deletions_are_gone_and_insertions_stay() -> None:
    number = (
        '<w:p><w:del w:id="1" w:author="x"><w:r><w:delText>43</w:delText><w:tab/></w:r></w:del>'
        '<w:moveFrom w:id="2" w:author="x"><w:r><w:t>99</w:t></w:r></w:moveFrom>'
        '<w:ins w:id="3" w:author="x"><w:r><w:t>34</w:t></w:r></w:ins></w:p>'
    )
    gone = tr(tc(p("删")), tc(p("0")), properties='<w:del w:id="4" w:author="x"/>')
    document = with_body(tbl(tr(tc(p("甲")), tc(number)), gone))
    assert [slot[4] for slot in slots(only_grid(reader.read(document)))] == ["甲", "34"]


def test_field_codes_and_hidden_text_are_not_shown() -> None:
    paragraph = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>3</w:t></w:r>'
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>"
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>页</w:t></w:r></w:p>'
    )
    assert texts(reader.read(with_body(paragraph))) == ["3页"]


def test_readings_beside_the_letters_and_tab_stops_are_not_text() -> None:
    stops = '<w:pPr><w:tabs><w:tab w:val="left" w:pos="420"/></w:tabs></w:pPr>'
    ruby = (
        "<w:r><w:ruby><w:rt><w:r><w:t>gōng</w:t></w:r></w:rt>"
        "<w:rubyBase><w:r><w:t>公</w:t></w:r></w:rubyBase></w:ruby></w:r>"
    )
    assert texts(reader.read(with_body(f"<w:p>{stops}{ruby}</w:p>"))) == ["公"]


def test_breaks_tabs_and_hyphens() -> None:
    paragraph = "<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:noBreakHyphen/></w:r></w:p>"
    assert texts(reader.read(with_body(paragraph))) == ["甲\n乙\t-"]


def test_paragraphs_of_a_cell_are_lines_and_blank_ones_do_not_count() -> None:
    cell = tc(p("三、") + "<w:p/>" + p("结果"))
    document = reader.read(with_body(tbl(tr(cell, tc("<w:p/>")))))
    assert [slot[4] for slot in slots(only_grid(document))] == ["三、\n结果", ""]


def test_a_text_box_is_read_once_although_it_is_written_twice() -> None:
    box = f"<w:txbxContent>{p('盒中')}</w:txbxContent>"
    paragraph = (
        "<w:p><w:r><w:t>正文</w:t></w:r><w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    assert texts(reader.read(with_body(paragraph))) == ["正文", "盒中"]


def test_content_controls_hide_nothing() -> None:
    row = tr(f"<w:sdt><w:sdtPr/><w:sdtContent>{tc(p('1'))}</w:sdtContent></w:sdt>", tc(p("2")))
    body = f"<w:sdt><w:sdtContent>{p('首')}{tbl(row)}</w:sdtContent></w:sdt>"
    document = reader.read(with_body(body))
    assert texts(document) == ["首"]
    assert [slot[4] for slot in slots(only_grid(document))] == ["1", "2"]


def test_a_table_that_only_frames_gives_what_it_holds() -> None:
    inner = tbl(tr(tc(p("甲")), tc(p("1"))))
    document = reader.read(with_body(tbl(tr(tc(p("二、") + inner + p("注"))))))
    assert [type(block).__name__ for block in document.blocks] == ["TextBlock", "Grid", "TextBlock"]
    assert [slot[4] for slot in slots(only_grid(document))] == ["甲", "1"]


def test_a_table_inside_a_cell_is_text_of_that_cell() -> None:
    inner = tbl(tr(tc(p("1")), tc(p("2"))))
    document = reader.read(with_body(tbl(tr(tc(p("甲")), tc(inner + "<w:p/>")))))
    assert len(grids(document)) == 1
    assert slots(only_grid(document))[1][4] == "1\t2"


def test_headers_and_footers_are_left_out() -> None:
    document = docx.Document()
    document.add_paragraph("正文")
    document.sections[0].header.paragraphs[0].text = "页眉"
    document.sections[0].footer.paragraphs[0].text = "页脚"
    assert texts(reader.read(saved(document))) == ["正文"]


def repacked(
    data: bytes, changes: dict[str, bytes], renamed: dict[str, str] | None = None
) -> bytes:
    stream = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr((renamed or {}).get(name, name), changes.get(name, old.read(name)))
    return stream.getvalue()


def test_the_main_part_of_office_online() -> None:
    data = repacked(with_body(p("正文")), {}, {"word/document.xml": "word/document2.xml"})
    assert reader.recognises(data, "x.docx")
    assert texts(reader.read(data)) == ["正文"]


def test_the_strict_form_of_the_standard() -> None:
    wide = '<w:gridSpan w:val="2"/>'
    xml = (
        '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body>'
        f"{tbl(tr(tc(p('甲'), wide)), tr(tc(p('1')), tc(p('2'))))}"
        "</w:body></w:document>"
    )
    data = repacked(with_body(""), {"word/document.xml": xml.encode()})
    assert slots(only_grid(reader.read(data)))[0] == (0, 0, 1, 2, "甲")


def code_of(data: bytes) -> str:
    with pytest.raises(ReadError) as caught:
        reader.read(data)
    assert caught.value.message.endswith("。")
    return caught.value.code


ENTITY = b"""<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>
<w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>"""
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda data: data[: len(data) // 2], "damaged"),
        (lambda data: repacked(data, {"word/document.xml": b"<w:document"}), "damaged"),
        (lambda data: repacked(data, {}, {"word/document.xml": "other.xml"}), "damaged"),
        (lambda data: repacked(data, {"word/document.xml": ENTITY}), "unsafe"),
        (lambda _: with_body("<w:p/>"), "empty"),
        (
            lambda _: repacked(
                with_body("<w:p/>"), {}, {"docProps/thumbnail.jpeg": "word/media/image1.jpeg"}
            ),
            "scanned",
        ),
        (lambda _: OLE + "WordDocument".encode("utf-16-le"), "old_format"),
        (lambda _: OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    ],
)
def test_what_cannot_be_read_is_named(change, code: str) -> None:
    assert code_of(change(with_body(p("正文")))) == code


def test_a_bomb_is_not_unpacked() -> None:
    stream = BytesIO()
    with ZipFile(stream, "w", compression=8) as package:
        package.writestr("word/document.xml", b"<w:p/>" * 1_000_000)
    assert code_of(stream.getvalue()) == "too_large"


def test_other_files_are_not_taken_for_word_files() -> None:
    assert not reader.recognises(b"%PDF-1.7", "x.docx")
    assert not reader.recognises(b"PK\x03\x04 torn", "x.docx")
    assert not reader.recognises(OLE + "EncryptedPackage".encode("utf-16-le"), "x.xlsx")


# python-docx writes sizes and properties that no test above needs; they must not disturb either.
def test_formatting_does_not_disturb() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    for part in ("本", "年"):
        run = paragraph.add_run(part)
        run.font.size = Pt(16)
        run.font.bold = True
    bookmark = OxmlElement("w:bookmarkStart")
    bookmark.set(qn("w:id"), "0")
    paragraph._p.append(bookmark)
    assert texts(reader.read(saved(document))) == ["本年"]


@pytest.mark.parametrize(
    "code", ["ZZ", "", "-1", "110000", "FFFFFFFFF", "D83D", "１", "4 ", "0x34"]
)
def test_a_sign_that_is_none_is_one_that_nobody_can_tell(code: str) -> None:
    sign = f'<w:p><w:r><w:t>4</w:t><w:sym w:font="Symbol" w:char="{code}"/></w:r></w:p>'
    document = reader.read(with_body(tbl(tr(tc(p("规章")), tc(sign)))))
    (_label, cell) = only_grid(document).cells
    assert (cell.text, cell.oddities) == (("4\ufffd", ("damaged",)) if code else ("4 ", ()))


def test_numbers_that_are_none_or_too_long_are_not_there() -> None:
    wide = '<w:tcW w:w="²" w:type="dxa"/><w:gridSpan w:val="²"/>'
    table = tbl(tr(tc(p("规章")), tc(p("4"), wide)), widths=("²", "9" * 5_000))  # type: ignore[arg-type]
    level = f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{"9" * 5_000}"/></w:numPr></w:pPr></w:p>'
    assert [cell.text for cell in only_grid(reader.read(with_body(level + table))).cells] == [
        "规章",
        "4",
    ]
