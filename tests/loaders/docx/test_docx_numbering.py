"""Numbers that Word sets by itself stand before their paragraphs, as Word shows them."""

from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from loaders import docx as reader
from tests.loaders.forms import only_grid, texts

W = nsdecls("w")


def level(number: int, text: str, kind: str = "decimal", *, start: int = 1, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbered(text: str, at: int | None = 0, name: int = 90) -> str:
    depth = "" if at is None else f'<w:ilvl w:val="{at}"/>'
    properties = f'<w:pPr><w:numPr>{depth}<w:numId w:val="{name}"/></w:numPr></w:pPr>'
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def styled(text: str, style: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'


def made(body: str, levels: str, *, names: str = "", styles: str = "") -> bytes:
    """A Word file with this body and a list 90 of these levels."""
    document = docx.Document()
    for child in list(document.element.body):
        document.element.body.remove(child)
    for child in list(parse_xml(f"<w:body {W}>{body}</w:body>")):
        document.element.body.append(child)
    lists = document.part.numbering_part.element
    lists.insert(0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="90">{levels}</w:abstractNum>'))
    more = f'<w:num w:numId="90"><w:abstractNumId w:val="90"/></w:num>{names}'
    for child in list(parse_xml(f"<w:numbering {W}>{more}</w:numbering>")):
        lists.append(child)
    for child in list(parse_xml(f"<w:styles {W}>{styles}</w:styles>")):
        document.styles.element.append(child)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def said(body: str, levels: str, **more: str) -> list[str]:
    return texts(reader.read(made(body, levels, **more)))


@pytest.mark.parametrize(
    ("kind", "numbers"),
    [
        ("decimal", "1 2 3"),
        ("chineseCounting", "一 二 三"),
        ("chineseCountingThousand", "一 二 三"),
        ("japaneseCounting", "一 二 三"),
        ("ideographDigital", "一 二 三"),
        ("decimalEnclosedCircle", "① ② ③"),
        ("decimalFullWidth", "１ ２ ３"),
        ("decimalZero", "01 02 03"),
        ("lowerLetter", "a b c"),
        ("upperLetter", "A B C"),
    ],
)
def test_numbers_are_written_as_their_kind(kind: str, numbers: str) -> None:
    body = numbered("甲") * 3
    assert said(body, level(0, "（%1）", kind)) == [f"（{sign}） 甲" for sign in numbers.split()]


@pytest.mark.parametrize(
    ("count", "sign"), [(10, "十"), (11, "十一"), (20, "二十"), (35, "三十五")]
)
def test_chinese_numbers_above_nine(count: int, sign: str) -> None:
    levels = level(0, "%1、", "chineseCounting", start=count)
    assert said(numbered("甲"), levels) == [f"{sign}、 甲"]


def test_a_level_counts_anew_below_the_next_number_above_it() -> None:
    levels = level(0, "%1、", "chineseCounting") + level(1, "%1.%2")
    body = "".join(
        numbered(text, at) for text, at in zip("甲乙丙丁戊", (0, 1, 1, 0, 1), strict=True)
    )
    assert said(body, levels) == ["一、 甲", "一.1 乙", "一.2 丙", "二、 丁", "二.1 戊"]


def test_a_list_under_another_name_goes_on_unless_it_is_told_to_begin_anew() -> None:
    same = '<w:num w:numId="91"><w:abstractNumId w:val="90"/></w:num>'
    anew = (
        '<w:num w:numId="92"><w:abstractNumId w:val="90"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    body = "".join(
        numbered(text, 0, name) for text, name in zip("甲乙丙丁", (90, 91, 92, 92), strict=True)
    )
    assert said(body, level(0, "%1."), names=same + anew) == ["1. 甲", "2. 乙", "5. 丙", "6. 丁"]


def test_a_style_numbers_its_paragraphs_and_those_of_styles_based_on_it() -> None:
    own = '<w:pPr><w:numPr><w:numId w:val="90"/></w:numPr></w:pPr>'
    styles = (
        f'<w:style {W} w:type="paragraph" w:styleId="One">{own}</w:style>'
        f'<w:style {W} w:type="paragraph" w:styleId="Other"><w:basedOn w:val="One"/></w:style>'
    )
    levels = level(0, "%1、", more='<w:pStyle w:val="One"/>') + level(
        1, "（%2）", more='<w:pStyle w:val="Other"/>'
    )
    body = styled("甲", "One") + styled("乙", "Other") + styled("丙", "Normal")
    assert said(body, levels, styles=styles) == ["1、 甲", "（1） 乙", "丙"]


def test_bullets_and_the_list_that_is_none_say_nothing() -> None:
    body = numbered("甲") + numbered("乙", 0, 0)
    assert said(body, level(0, "·", "bullet")) == ["甲", "乙"]


def test_numbers_in_a_table_stand_in_their_cells_and_plain_cells_stay() -> None:
    row = f"<w:tr><w:tc>{numbered('予以公开')}</w:tc><w:tc><w:p><w:r><w:t>7</w:t></w:r></w:p></w:tc></w:tr>"
    data = made(f"<w:tbl>{row * 2}</w:tbl>", level(0, "（%1）", "chineseCounting"))
    cells = [cell.text for cell in only_grid(reader.read(data)).cells]
    assert cells == ["（一） 予以公开", "7", "（二） 予以公开", "7"]


def test_lists_that_are_torn_cost_their_numbers_and_not_the_file() -> None:
    data = made(numbered("甲"), level(0, "%1."))
    stream = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name)[: 40 if "numbering" in name else None])
    assert texts(reader.read(stream.getvalue())) == ["甲"]
