"""What is no annual report says what it is, in one sentence with what to do."""

import struct
import zlib
from base64 import b64encode
from io import BytesIO
from random import Random
from zipfile import ZipFile

import docx
import pytest

from form.layout import layout
from loaders import ReadError, read
from loaders.kinds import MAX_BYTES
from sample_reports.not_reports import NOT_REPORTS
from tests.loaders.tables import HEADINGS, cells_text, random_texts, report_lines

TITLE = "甲市税务局2023年政府信息公开工作年度报告"
PRINTED = random_texts("2021", Random(1))


def refused(data: bytes, name: str = "附件1.bin") -> ReadError:
    with pytest.raises(ReadError) as caught:
        read(data, name)
    return caught.value


def code_of(data: bytes | str, name: str = "附件1.bin") -> str:
    return refused(data.encode() if isinstance(data, str) else data, name).code


def png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")
    )


def word(*paragraphs: str, picture: bool = False) -> bytes:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if picture:
        document.add_picture(BytesIO(png()))
    target = BytesIO()
    document.save(target)
    return target.getvalue()


OLD_FORM = """甲市水务局2016年政府信息公开工作年度报告
一、概述
统计指标\t单位\t统计数
一、主动公开政府信息数\t条\t318
二、收到申请数\t件\t7
1.当面申请数\t件\t2
2.传真申请数\t件\t0
3.网络申请数\t件\t5
4.信函申请数\t件\t0
1.按时办结数\t件\t7
1.属于已主动公开范围数\t件\t1
2.同意公开答复数\t件\t4
"""

HALF_YEAR = f"""乙县2023年上半年政府信息公开申请情况统计表

{cells_text(layout("applications", "2021"), PRINTED)}
"""

PROSE_REPORT = f"""{TITLE}
一、总体情况
本局全年主动公开信息 120 条，办理公开申请 3 件，均按期答复。
二、主动公开政府信息情况
见附件。
三、收到和处理政府信息公开申请情况
见附件。
五、存在的主要问题及改进情况
信息更新不够及时，今后按季检查。
"""

GLUED = report_lines(PRINTED, "2021", "tabs", TITLE).replace("\t", "")

INTERPRETATION = f"""《{TITLE}》解读
去年新收申请 3 件，都已办结。
"""

NOTICE = """关于做好2023年政府信息公开工作年度报告编制工作的通知
各单位：请于一月十五日前报送，表内数字须自行核对。
"""


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (OLD_FORM, "old_form"),
        ("丙区财政局2015年政府信息公开工作年度报告\n一、概述\n全年公开信息四十条。", "old_form"),
        (OLD_FORM.partition("\n")[2], "old_form"),
        (HALF_YEAR, "half_year"),
        ("丁镇2023年第三季度政务公开工作情况\n本季度公开信息 12 条，没有收到申请。", "half_year"),
        ("戊局2023年1-6月政府信息公开统计\n主动公开 9 条", "half_year"),
        (PROSE_REPORT, "no_tables"),
        (PROSE_REPORT.partition("\n")[2], "no_tables"),
        (GLUED, "glued_tables"),
        (INTERPRETATION, "interpretation"),
        ("一图读懂己县2022年政务公开年报\n新收申请 3 件", "interpretation"),
        (NOTICE, "other_document"),
        ("关于办公楼停电检修的安排\n周六上午停电，请提前保存文件。", "other_document"),
        ("庚区2023年部门决算\n科目\t金额\n工资\t120.5", "other_document"),
        ("《甲市停车管理办法》政策解读\n车位分三类，按时收费。", "other_document"),
        ("庚区2023年上半年财政收支情况\n收入 12 亿元。", "other_document"),
        ("", "empty"),
        (" \n\t\n", "empty"),
        ("\u3000\n\u3000", "empty"),
    ],
    ids=range(19),
)
def test_each_sort_of_text_is_named(text: str, code: str) -> None:
    assert code_of(text) == code


def test_the_samples_that_are_no_reports_are_named() -> None:
    codes = [code_of(text, name) for name, text in NOT_REPORTS.items()]
    assert codes == ["interpretation", "other_document"]


def test_a_name_tells_where_the_text_does_not() -> None:
    text = "项目\t数量\n主动公开\t9\n依申请\t2"
    assert code_of(text, "辛局2023年上半年政府信息公开统计.txt") == "half_year"
    assert code_of(text, "统计.txt") == "other_document"


@pytest.mark.parametrize(
    "line",
    [
        "相关链接：2023年上半年政府信息公开统计",
        "上半年召开政务公开会议2次",
        "第一季度完成信息公开目录修订",
        "政策解读 年报 政务公开",
    ],
)
def test_an_annual_report_that_mentions_such_things_is_read(line: str) -> None:
    text = report_lines(PRINTED, "2021", "tabs", TITLE)
    (plain,) = read(text.encode(), "x.txt")
    (found,) = read(text.replace(TITLE, f"{TITLE}\n{line}").encode(), "x.txt")
    assert found.cells.keys() == plain.cells.keys()
    assert found.agency == "甲市税务局"


def test_old_statistics_behind_todays_tables_are_no_reason_to_refuse() -> None:
    text = report_lines(PRINTED, "2021", "tabs", TITLE)
    (plain,) = read(text.encode(), "x.txt")
    (found,) = read(f"{text}\n附表\n{OLD_FORM}".encode(), "x.txt")
    assert {key: cell.value for key, cell in found.cells.items()} == {
        key: cell.value for key, cell in plain.cells.items()
    }


def test_tables_that_are_pictures() -> None:
    lines = PROSE_REPORT.splitlines()
    assert code_of(word(*lines)) == "no_tables"
    assert code_of(word(*lines, picture=True)) == "tables_as_pictures"


def test_files_that_are_only_pictures() -> None:
    assert code_of(word(picture=True)) == "scanned"
    assert code_of(word("第1页", picture=True)) == "pictures_only"
    assert code_of(word("第1页")) == "other_document"
    page = (
        f"<html><body><img src='data:image/png;base64,{b64encode(png()).decode()}'></body></html>"
    )
    assert code_of(page) == "pictures_only"
    assert code_of("<html><body><p> </p></body></html>") == "empty"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (png(), "pictures_only"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0" + b"\0" * 50, "pictures_only"),
        (b"II*\0\x08\0\0\0" + b"\0" * 50, "pictures_only"),
        (b"RIFF\x10\0\0\0WEBPVP8 " + b"\0" * 50, "pictures_only"),
        (b"Rar!\x1a\x07\x01\0" + b"\0" * 50, "foreign_archive"),
        (b"7z\xbc\xaf\x27\x1c\0\x04" + b"\0" * 50, "foreign_archive"),
        (b"a.txt".ljust(257, b"\0") + b"ustar\x0000", "foreign_archive"),
        (b"PK\x03\x04 cut off", "archive"),
        (b"\x7fELF" + b"\0" * 50, "unknown_kind"),
        (b"\x81\x20\xff\xfe\x80\x80", "unknown_kind"),
    ],
    ids=["png", "jpeg", "tiff", "webp", "rar", "7z", "tar", "torn zip", "program", "noise"],
)
def test_kinds_that_cannot_be_read_are_named(data: bytes, code: str) -> None:
    assert code_of(data) == code


@pytest.mark.parametrize(
    ("part", "code"),
    [("OFD.xml", "ofd"), ("ppt/presentation.xml", "presentation"), ("x/y.xml", "unknown_kind")],
)
def test_packages_of_other_programs_are_named(part: str, code: str) -> None:
    target = BytesIO()
    with ZipFile(target, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr(part, "<x/>")
    assert code_of(target.getvalue()) == code


def test_a_file_too_large_is_not_even_looked_at() -> None:
    assert code_of(b"x" * (MAX_BYTES + 1)) == "too_large"


def test_every_sentence_says_what_to_do() -> None:
    samples = [OLD_FORM, HALF_YEAR, PROSE_REPORT, GLUED, INTERPRETATION, NOTICE]
    data = [*(text.encode() for text in samples), png(), b"Rar!\x1a\x07\x01\0" + b"\0" * 50]
    for item in data:
        message = refused(item).message
        assert message.endswith("。")
        assert "请" in message
        assert len(message) < 140


def test_the_beginning_is_shown_without_signs_that_disturb() -> None:
    message = refused(("放假\u202e\x1b[31m通知" + "甲" * 90).encode()).message
    assert "“放假[31m通知甲" in message
    assert message.isprintable()
    assert len(message) < 100


def test_headings_alone_do_not_make_glued_tables() -> None:
    text = "\n".join([TITLE, *HEADINGS.values(), "其中本机关不掌握相关政府信息的 2 件。"])
    assert code_of(text) == "no_tables"


SUMMARY = [
    ["单位", "本年新收政府信息公开申请数量", "予以公开", "总计", "结转下年度继续办理"],
    ["县水利局", "15", "9", "15", "1"],
    ["县教育局", "16", "9", "15", "1"],
    ["甲镇人民政府", "17", "9", "15", "1"],
]


@pytest.mark.parametrize(
    "rows", [SUMMARY, list(zip(*SUMMARY, strict=True))], ids=["rows", "columns"]
)
@pytest.mark.parametrize("kind", ["text", "html"])
def test_a_table_of_many_agencies(rows: list[list[str]], kind: str) -> None:
    title = "2024年全县政府信息公开情况汇总表"
    lines = ["\t".join(row) for row in rows]
    cells = ("".join(f"<td>{text}</td>" for text in row) for row in rows)
    page = f"<p>{title}</p><table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"
    text = "\n".join([title, *lines, ""])
    assert code_of(page if kind == "html" else text) == "summary_sheet"


def test_a_report_beside_a_table_of_many_agencies_is_read() -> None:
    text = report_lines(PRINTED, "2021", "tabs", TITLE)
    (plain,) = read(text.encode(), "1.txt")
    (beside,) = read((text + "\n附表\n" + "\n".join(map("\t".join, SUMMARY))).encode(), "1.txt")
    values = [(name, cell.value, cell.mark) for name, cell in plain.cells.items()]
    assert [(name, cell.value, cell.mark) for name, cell in beside.cells.items()] == values


def test_a_binary_workbook_says_what_it_is() -> None:
    target = BytesIO()
    with ZipFile(target, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("xl/workbook.bin", b"\x83\x01")
    assert code_of(target.getvalue(), "年报.xlsb") == "xlsb"
