"""Pictures of where a cell was read."""

from io import BytesIO

from PIL import Image

from form.report import Place
from loaders import read
from loaders.evidence.page_pictures import crop, grids
from sample_reports import FOLDER

(PDF,) = (FOLDER / "invented").glob("甲市税务局2023年报.pdf")


def picture(data: bytes | None) -> Image.Image:
    assert data is not None
    return Image.open(BytesIO(data)).convert("RGB")


def share_of(image: Image.Image, colour: tuple[int, int, int]) -> float:
    same = sum(
        n for n, found in image.getcolors(image.width * image.height) or () if found == colour
    )
    return same / (image.width * image.height)


def test_a_crop_frames_the_cell_and_shows_its_neighbours() -> None:
    data = PDF.read_bytes()
    (report,) = read(data, PDF.name)
    cell = report.cells["applications.total_processed.natural_person"]
    image = picture(crop(data, [cell.place]))
    left, top, right, bottom = cell.place.box or (0, 0, 0, 0)
    assert image.width > 2 * (right - left)
    assert image.height > 2 * (bottom - top)
    assert 0 < share_of(image, (31, 95, 168)) < 0.2


def test_several_cells_of_one_page_are_framed_together() -> None:
    data = PDF.read_bytes()
    (report,) = read(data, PDF.name)
    places = [report.cells[f"applications.granted.{key}"].place for key in ("business", "total")]
    both, one = picture(crop(data, places)), picture(crop(data, places[:1]))
    assert both.width > one.width


def test_there_is_no_picture_of_a_place_without_a_box() -> None:
    assert crop(b"", [Place(line=3)]) is None
    assert crop(b"", []) is None


def test_grids_show_every_page_with_tables() -> None:
    pages = dict(grids(PDF.read_bytes(), PDF.name))
    assert list(pages) == sorted(pages)
    assert len(pages) >= 2
    for data in pages.values():
        assert share_of(picture(data), (180, 35, 24)) > 0.01
    text = next((FOLDER / "real").iterdir())
    assert dict(grids(text.read_bytes(), text.name)) == {}
