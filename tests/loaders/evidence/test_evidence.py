"""Where cells were read, asked in a child: the printed line of every kind of file, pictures of PDFs."""

from io import BytesIO

import pytest
from PIL import Image

from form.report import Place
from loaders.evidence import evidence, page_picture, pictures
from loaders.sandbox.child import ReadError, ask_isolated, read_here
from sample_reports import FOLDER
from tests.loaders.sandbox import misbehaving as bad

WHERE = "applications.new_received.natural_person"
FILES = {
    "txt": ("real/聊城市自然资源和规划局2020年报.txt", "77"),
    "html": ("invented/甲市税务局2024年报.html", "167"),
    "docx": ("invented/丁街道办事处2023年报.docx", "4"),
    "xlsx": ("invented/丙区住房和城乡建设局2021年报.xlsx", "70"),
    "pdf": ("invented/甲市税务局2022年报.pdf", "96"),
}


def sample(kind: str) -> tuple[bytes, str]:
    path = FOLDER / FILES[kind][0]
    return path.read_bytes(), path.name


def place_in(data: bytes, name: str, where: str = WHERE) -> Place:
    return read_here(data, name)[1][0].cells[where].place


@pytest.mark.parametrize("kind", FILES)
def test_every_kind_of_file_shows_the_printed_line_with_the_cell_in_it(kind: str) -> None:
    (found,) = evidence(*sample(kind), 0, [WHERE])
    assert found.pieces[0].text == "一、本年新收政府信息公开申请数量"
    assert found.at is not None
    assert found.pieces[found.at].text == FILES[kind][1]
    assert found.pieces[found.at].place == place_in(*sample(kind))
    assert found.steps


def test_cells_that_the_report_does_not_hold_are_passed_over() -> None:
    assert evidence(*sample("txt"), 0, ["applications.other_other.total"]) == ()
    assert evidence(*sample("txt"), 7, [WHERE]) == ()


def test_cells_of_a_page_are_framed_in_blue() -> None:
    data, name = sample("pdf")
    (picture,) = pictures(data, name, [[place_in(data, name)]])
    image = Image.open(BytesIO(picture))
    colours = {colour for _count, colour in image.getcolors(1 << 20) or []}
    assert (31, 95, 168) in colours
    assert image.width < 1000


def test_a_whole_page_is_shown_and_none_that_does_not_exist() -> None:
    data, name = sample("pdf")
    whole = page_picture(data, name, 1)
    assert whole is not None
    width, height = Image.open(BytesIO(whole)).size
    assert height > width > 1000
    assert page_picture(data, name, 99) is None


def test_other_kinds_have_no_pages() -> None:
    data, name = sample("docx")
    assert pictures(data, name, [[Place(page=1, box=(1, 1, 2, 2))]]) == ()
    assert page_picture(data, name, 1) is None


def test_a_file_that_hangs_is_stopped() -> None:
    with pytest.raises(ReadError) as raised:
        ask_isolated(b"", "x", bad.answers_never, bad.SMALL)
    assert raised.value.code in ("time", "cpu")


def test_an_answer_that_is_too_large_is_refused() -> None:
    with pytest.raises(ReadError) as raised:
        ask_isolated(b"", "x", bad.answers_too_much, bad.SMALL)
    assert raised.value.code == "answer"
