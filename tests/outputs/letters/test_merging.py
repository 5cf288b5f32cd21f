"""Fields of templates as Word and LibreOffice write them, filled, repeated, or told to be unknown."""

import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from outputs.letters import TemplateError, fields_of, lines_of, plain_template
from outputs.letters.fields import DOCUMENT_KINDS, ITEMS, PLAIN, meanings
from outputs.letters.merging import filled
from outputs.letters.package import packed
from tests.outputs.letters.words import (
    char,
    control,
    field,
    header,
    merge,
    p,
    r,
    says,
    simple,
    tbl,
    tc,
    template,
    tr,
)  # fmt: skip

VALUES = {"机关名称": "甲市水务局", "年度": "2024", "文号": "7号"}
ITEMS_OF = ({"序号": "1", "问题": "甲"}, {"序号": "2", "问题": "乙", "算式": "1 ≠ 2"})
SAVED = Path(__file__).with_name("saved_by_libreoffice.docx")


def merged(body: str, **parts: str) -> list[str]:
    return says(filled(template(body, **parts), "check", VALUES, ITEMS_OF))


@pytest.mark.parametrize(
    "body",
    [
        p(simple("机关名称")),
        p(merge("机关名称")),
        p(field(" MERGE", "FIELD 机", "关名称 ")),
        p(field(' MERGEFIELD "机关名称" \\* MERGEFORMAT ')),
        p(field(" mergefield 机关名称")),
        # everything of a field in one run
        p('<w:r><w:fldChar w:fldCharType="begin"/><w:instrText> MERGEFIELD 机关名称 </w:instrText>'
          '<w:fldChar w:fldCharType="separate"/><w:t>«»</w:t><w:fldChar w:fldCharType="end"/></w:r>'),
        # without a result
        p(char("begin"), "<w:r><w:instrText> MERGEFIELD 机关名称 </w:instrText></w:r>", char("end")),
        p(control("机关名称", r("点击输入"))),
        p(control("机关名称", r("点击"), "alias")),
        control("机关名称", p(r("点击输入"), r("文字"))),
        control("机关名称", p(r("一")) + p(r("二"))),
        p(control("机关名称", control("机关名称", r("里外各一层")))),
        p("<w:hyperlink>", merge("机关名称"), "</w:hyperlink>"),
    ],
)  # fmt: skip
def test_a_field_is_filled_however_it_is_written(body: str) -> None:
    assert merged(body) == ["甲市水务局"]


def test_what_stands_around_a_field_stays_and_so_does_its_look() -> None:
    body = p(r("致"), field(" MERGEFIELD 机关名称 ", look="<w:b/>"), r("："))
    found = filled(template(body), "check", VALUES)
    assert says(found) == ["致甲市水务局："]
    with ZipFile(BytesIO(found)) as archive:
        text = archive.read("word/document.xml").decode()
    assert "<w:rPr><w:b/></w:rPr><w:t" in text
    assert "fldChar" not in text


def test_fields_stand_in_tables_headers_and_text_boxes_too() -> None:
    box = f"<w:r><w:pict><w:txbxContent>{p(merge('年度'))}</w:txbxContent></w:pict></w:r>"
    body = tbl(tr(tc(p(r("致"))), control("机关名称", tc(p(r("点击")), p(r("多")))))) + p(
        r("："), box
    )
    found = filled(template(body, header1=header(p(merge("文号")))), "check", VALUES)
    assert says(found)[0] == "致 | 甲市水务局"
    with ZipFile(BytesIO(found)) as archive:
        assert "7号" in archive.read("word/header1.xml").decode()
        assert ">2024<" in archive.read("word/document.xml").decode()


def test_paragraphs_of_an_item_repeat_together_and_empty_ones_go() -> None:
    body = (
        p(r("头"))
        + p(merge("序号"), r("."), merge("问题"))
        + p()
        + p(r("算式 "), merge("算式"))
        + p(r("尾"))
    )
    assert merged(body) == ["头", "1.甲", "", "2.乙", "", "算式 1 ≠ 2", "尾"]
    apart = p(merge("序号")) + p(r("间")) + p(merge("问题"))
    assert merged(apart) == ["1", "2", "间", "甲", "乙"]


def test_rows_repeat_where_all_of_their_fields_are_those_of_an_item() -> None:
    body = tbl(
        tr(tc(p(r("号"))), tc(p(r("错")))),
        tr(tc(p(merge("序号"))), tc(p(control("问题", r("")), simple("算式")))),
    )
    assert merged(body) == ["号 | 错", "1 | 甲", "2 | 乙1 ≠ 2"]
    # a letter set in one cell of a table is one row, and is there once
    framed = tbl(tr(tc(p(merge("机关名称")), p(merge("序号"), merge("问题")), p(r("尾")))))
    assert merged(framed) == ["甲市水务局\n1甲\n2乙\n尾"]
    repeating = tbl(control("清单", tr(tc(p(merge("序号"))))))
    assert fields_of(template(repeating), "check").unknown == ()


def test_without_items_nothing_repeats_and_an_empty_field_takes_its_paragraph_along() -> None:
    body = p(merge("序号")) + p(r("另："), merge("不要求更正")) + p(r("尾"))
    assert says(filled(template(body), "check", {})) == ["尾"]
    kept = tbl(tr(tc(p(merge("文号")))))
    assert says(filled(template(kept), "check", {})) == [""]


def test_a_value_of_several_lines_breaks_and_no_value_breaks_the_file() -> None:
    body = p(merge("另请核实"))
    assert says(
        filled(template(body), "check", {"另请核实": "1. 甲\n2. <乙> & “丙”\x0b\ufffe"})
    ) == ["1. 甲\n2. <乙> & “丙”"]


def test_unknown_names_are_told_and_stay() -> None:
    body = p(merge("机关名称"), field(" MERGEFIELD 机关 ", shown="«机关»")) + p(
        control("日期", r("择日"))
    )
    body += p(control("", r("无名"))) + p(field(" PAGE ", shown="1"))
    found = fields_of(template(body), "check")
    assert (found.known, found.unknown) == (("机关名称",), ("机关", "日期"))
    assert merged(body) == ["甲市水务局«机关»", "择日", "无名", "1"]
    # what one kind of document fills another may not know
    assert fields_of(template(p(merge("应报日期"))), "check").unknown == ("应报日期",)


def test_word_is_not_sent_for_a_list_of_addresses() -> None:
    settings = header("<w:mailMerge><w:dataSource/></w:mailMerge><w:zoom/>")
    found = filled(template(p(r("甲")), settings=settings), "check", {})
    with ZipFile(BytesIO(found)) as archive:
        text = archive.read("word/settings.xml").decode()
    assert "mailMerge" not in text
    assert "w:zoom" in text


@pytest.mark.parametrize(
    "data",
    [
        b"", b"PK\x03\x04", b"%PDF-1.7",
        packed({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<a/>"}),
        template("<w:p>"),
        template("") .replace(b"x", b"y"),
    ],
)  # fmt: skip
def test_what_is_no_template_is_refused(data: bytes) -> None:
    with pytest.raises(TemplateError) as told:
        filled(data, "check", {})
    assert told.value.message


def test_entities_are_not_opened() -> None:
    evil = b'<!DOCTYPE a [<!ENTITY e "x">]><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
    parts = {"[Content_Types].xml": template("").split(b"PK")[0] or b"", "word/document.xml": evil}
    with ZipFile(BytesIO(template(""))) as archive:
        parts["[Content_Types].xml"] = archive.read("[Content_Types].xml")
    with pytest.raises(TemplateError):
        fields_of(packed(parts), "check")


@pytest.mark.parametrize("kind", DOCUMENT_KINDS)
def test_the_supplied_templates_use_known_fields_only_and_are_always_the_same(kind: str) -> None:
    data = plain_template(kind)
    assert data == plain_template(kind)
    found = fields_of(data, kind)
    assert found.unknown == ()
    assert {*ITEMS[kind]} <= {*found.known}
    assert {*PLAIN[kind], *ITEMS[kind]} <= meanings().keys()


def test_a_template_that_libreoffice_saved_says_the_same() -> None:
    values = {name: f"〔{name}〕" for name in PLAIN["check"]}
    items = [{name: f"{name}{at}" for name in ITEMS["check"]} for at in (1, 2)]
    ours = filled(plain_template("check"), "check", values, items)
    theirs = filled(SAVED.read_bytes(), "check", values, items)
    assert says(theirs) == says(ours)
    assert "1．问题1" not in says(ours)
    assert says(ours).count("印出的数：算式2") == 1


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_of_today_keeps_the_fields(tmp_path: Path) -> None:
    source = tmp_path / "t.docx"
    source.write_bytes(plain_template("corrections"))
    told = [
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to",
        "docx:MS Word 2007 XML", "--outdir", str(tmp_path / "out"), str(source),
    ]  # fmt: skip
    subprocess.run(["soffice", *told], check=True, capture_output=True, timeout=120)
    saved = (tmp_path / "out" / "t.docx").read_bytes()
    assert fields_of(saved, "corrections") == fields_of(
        plain_template("corrections"), "corrections"
    )
    items = [{"序号": "1", "位置": "甲"}, {"序号": "2", "位置": "乙"}]
    assert [line.cells[:2] for line in lines_of(filled(saved, "corrections", {}, items)) if line.cells] == [
        ("序号", "位置"), ("1", "甲"), ("2", "乙"),
    ]  # fmt: skip
