"""Web pages: official tables come back cell by cell, and a page reads as a browser shows it."""

from html import escape

import pytest
from hypothesis import given, settings

from loaders import html as reader
from loaders.document import Grid, ReadError
from tests.loaders.forms import Form, forms, grids, only_grid, slots, texts


def read(body: str):
    return reader.read(f"<!DOCTYPE html><html><body>{body}</body></html>".encode())


def printed(form: Form) -> str:
    rows = (
        "".join(
            f'<td rowspan="{cell.row_span}" colspan="{cell.column_span}">'
            f"<p>&nbsp;<span>{escape(form.text(cell))}</span></p></td>"
            for cell in row
        )
        for row in form.rows
    )
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


@settings(max_examples=25)
@given(forms())
def test_an_official_table_comes_back_cell_by_cell(form: Form) -> None:
    document = read(f"<p>一、总体情况</p>{printed(form)}<p>五、问题</p>")
    assert [(*s[:4], s[4].strip()) for s in slots(only_grid(document))] == form.slots
    assert texts(document) == ["一、总体情况", "五、问题"]


def cells(table: str) -> list:
    return slots(only_grid(read(f"<table>{table}</table>")))


def test_rowspan_zero_goes_down_to_the_end() -> None:
    rows = '<tr><td rowspan="0">甲<td>1</tr><tr><td>2</tr><tr><td>3</tr>'
    assert cells(rows)[0] == (0, 0, 3, 1, "甲")


def test_spans_beyond_the_table_are_cut() -> None:
    rows = '<tr><td colspan="99">题</tr><tr><td rowspan="9">甲<td>1</tr><tr><td>2</tr>'
    assert cells(rows) == [
        (0, 0, 1, 2, "题"),
        (1, 0, 2, 1, "甲"),
        (1, 1, 1, 1, "1"),
        (2, 1, 1, 1, "2"),
    ]


def test_spans_end_with_their_row_group_and_heads_come_first() -> None:
    table = (
        "<tfoot><tr><td>计<td>3</tr></tfoot>"
        '<tbody><tr><td rowspan="5">甲<td>1</tr></tbody><tbody><tr><td>乙<td>2</tr></tbody>'
        "<thead><tr><th>名<th>数</tr></thead>"
    )
    assert cells(table) == [
        (row, column, 1, 1, text)
        for row, texts in enumerate(["名数", "甲1", "乙2", "计3"])
        for column, text in enumerate(texts)
    ]


def test_a_wide_span_stops_before_one_from_above() -> None:
    rows = '<tr><td>a<td>b<td rowspan="2">c</tr><tr><td colspan="3">d</tr>'
    assert cells(rows)[-1] == (1, 0, 1, 2, "d")


def test_columns_in_which_nothing_begins_are_no_columns() -> None:
    rows = (
        '<tr><td colspan="2">甲<td colspan="3">1</tr><tr><td colspan="2">乙<td colspan="3">2</tr>'
    )
    assert [s[:4] for s in cells(rows)] == [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)]


def test_rows_that_do_not_show_are_hidden_below_the_others() -> None:
    rows = (
        "<tr><td>甲<td>1</tr><tr></tr>"
        '<tr style="DISPLAY : none"><td>藏<td>0</tr><tr hidden><td>藏<td>0</tr><tr><td>乙<td>2</tr>'
    )
    grid = only_grid(read(f"<table>{rows}</table>"))
    shown = [(cell.text, bool(cell.pieces)) for cell in grid.cells]
    assert shown[:4] == [("甲", False), ("1", False), ("乙", False), ("2", False)]
    assert shown[4:] == [("藏", True), ("0", True)] * 2


def test_a_broken_span_is_one() -> None:
    assert [
        s[:4] for s in cells('<tr><td colspan="x">甲<td colspan="-2">1<td colspan="0">2</tr>')
    ] == [
        (0, 0, 1, 1),
        (0, 1, 1, 1),
        (0, 2, 1, 1),
    ]


def test_layout_tables_give_what_they_hold_in_order() -> None:
    inner = "<table><tr><td>甲<td>1</tr></table>"
    document = read(f"<table><tr><td>左<td><p>二、</p>{inner}<p>注</p></tr></table>")
    assert [type(b).__name__ for b in document.blocks] == ["TextBlock"] * 2 + ["Grid", "TextBlock"]
    assert texts(document) == ["左", "二、", "注"]


def test_a_table_of_one_cell_is_text_on_the_page_and_in_a_cell() -> None:
    assert texts(read("<table><tr><td>正文</tr></table>")) == ["正文"]
    framed = "<tr><td><table><tr><td>三<tr></table><td>1</tr>"
    assert [s[4] for s in cells(framed)] == ["三", "1"]


def test_what_a_browser_does_not_show() -> None:
    document = read(
        "<script>a</script><style>b</style><nav>c</nav><!-- d --><noscript>e</noscript>"
        '<p style="visibility:hidden">f</p><p>甲<select><option>g</select>乙</p>'
    )
    assert texts(document) == ["甲乙"]


def test_text_runs_on_through_inline_elements_and_breaks_at_blocks() -> None:
    document = read("前<b>言</b>\n  续 <br> 下一行<div>块<span>内</span></div>尾<!-- x -->声")
    assert texts(document) == ["前言 续\n下一行", "块内", "尾声"]


def test_no_break_and_ideographic_spaces_stay() -> None:
    assert texts(read("<p>\u3000\u3000本年&nbsp;度</p><p>&nbsp;</p>")) == ["\u3000\u3000本年\xa0度"]


def test_fields_show_their_value() -> None:
    row = '<tr><td>甲<td><input value="43"><input type="hidden" value="9"></tr>'
    assert [s[4] for s in cells(row)] == ["甲", "43"]


def test_preformatted_lines_stay_lines() -> None:
    assert texts(read("<pre>甲  1\n乙  2</pre>")) == ["甲 1\n乙 2"]


def test_a_caption_stands_before_its_table() -> None:
    document = read("<table><caption>二、主动公开</caption><tr><td>甲<td>1</tr></table>")
    assert texts(document) == ["二、主动公开"]
    assert isinstance(document.blocks[1], Grid)


def test_places_number_tables_rows_columns_and_lines() -> None:
    document = read(
        "<p>首</p>\n<table><tr><td>甲<td>1</tr></table>\n<table><tr><td>乙<td>2</tr></table>"
    )
    last = grids(document)[1].cells[1]
    assert (last.text, last.place.table, last.place.row, last.place.column) == ("2", 2, 1, 2)
    assert (document.blocks[0].place.line, last.place.line) == (1, 3)


PAGE = "<html><head>{meta}</head><body><p>政府信息公开年度报告：朱镕镕</p></body></html>"


@pytest.mark.parametrize(
    ("meta", "encoding"),
    [
        ('<meta charset="utf-8">', "utf-8"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=gb2312">', "gb18030"),
        ('<meta charset="gb2312">', "utf-8"),
        ('<meta charset="utf-8">', "gb18030"),
        ('<meta charset="no-such">', "gb18030"),
        ("", "utf-8"),
        ("", "utf-8-sig"),
        ("", "gb18030"),
        ("", "utf-16"),
        ('<meta charset="big5">', "big5hkscs"),
    ],
)
def test_encodings(meta: str, encoding: str) -> None:
    if encoding == "big5hkscs":
        data = PAGE.format(meta=meta).replace("政府信息公开年度报告：朱镕镕", "政府").encode("big5")
        assert texts(reader.read(data)) == ["政府"]
        return
    data = PAGE.format(meta=meta).encode(encoding)
    assert reader.recognises(data, "x")
    assert texts(reader.read(data)) == ["政府信息公开年度报告：朱镕镕"]


def test_xhtml_with_a_declaration() -> None:
    data = (
        b'<?xml version="1.0" encoding="gb2312"?><html><body><p>'
        + "甲</p></body></html>".encode("gbk")
    )
    assert texts(reader.read(data)) == ["甲"]


def test_a_web_archive() -> None:
    data = (
        b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; type="text/html"; boundary="----x"\r\n\r\n'
        b"------x\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        b"<p>=E7=94=B2</p>\r\n------x\r\nContent-Type: image/png\r\n\r\nabc\r\n------x--\r\n"
    )
    assert reader.recognises(data, "x.mhtml")
    assert texts(reader.read(data)) == ["甲"]


def code_of(data: bytes) -> str:
    with pytest.raises(ReadError) as caught:
        reader.read(data)
    return caught.value.code


def test_what_cannot_be_read_is_named() -> None:
    deep = b"<div>" * 200_000 + b"<p>x</p>"
    assert code_of(deep) == "too_deep"
    assert code_of(b"<html><body><img src=x></body></html>") == "empty"
    assert code_of(b"") == "empty"


def test_pages_are_recognised_by_markup_and_plain_text_is_not() -> None:
    assert reader.recognises(b"\n<div>x</div>", "x.txt")
    assert not reader.recognises("申请 <5 件，答复 >3 件".encode(), "x.txt")
    assert not reader.recognises(b"%PDF-1.7\0<html>", "x.pdf")


@pytest.mark.parametrize(
    "charset",
    [
        "rot13",
        "zlib",
        "hex",
        "base64",
        "uu",
        "idna",
        "punycode",
        "utf-7",
        "unicode_escape",
        "utf-16",
        "undefined",
        "aliases",
        "a" * 5_000,
    ],
    ids=lambda charset: charset[:9],
)
def test_what_no_browser_takes_for_an_encoding_is_none(charset: str) -> None:
    page = f'<meta charset="{charset}"><p>规章 7</p>'.encode("gb18030")
    assert reader.recognises(page, "x")
    assert texts(reader.read(page)) == ["规章 7"]


@pytest.mark.parametrize("charset", ["big5", "shift_jis", "windows-1252", "koi8-r"])
def test_what_a_browser_takes_for_one_is_one(charset: str) -> None:
    text = {"koi8-r": "привет", "windows-1252": "é—"}.get(charset, "表題")
    page = f'<meta charset="{charset}"><p>{text}</p>'.encode(charset)
    assert texts(reader.read(page)) == [text]


def test_a_page_in_utf8_with_a_broken_letter_loses_that_letter_alone() -> None:
    text = "规章和规范性文件共有七件其中新制作三件" * 2
    page = f"<meta charset=gbk><p>{text}</p>".encode().replace("章".encode(), b"\xe7\xab", 1)
    assert texts(reader.read(page)) == [text.replace("章", "\ufffd", 1)]


def test_zero_bytes_hide_nothing_behind_them() -> None:
    page = ("<html><p>规章</p>" + "<p>件</p>" * 50 + "<p>1\0</p><p>尾</p>").encode()
    assert reader.recognises(page, "x")
    assert texts(reader.read(page))[-2:] == ["1\ufffd", "尾"]


def test_a_web_archive_of_parts_in_parts_is_refused() -> None:
    deep = "".join(
        f"Content-Type: multipart/related; boundary={n}\n\n--{n}\n" for n in range(3_000)
    )
    with pytest.raises(ReadError) as caught:
        reader.read(deep.encode())
    assert caught.value.code == "damaged"
