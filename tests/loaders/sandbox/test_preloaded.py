"""What the forking process reads before the first file comes: every label of both editions."""

import pytest

from form.editions import EDITION_KEYS, TABLE_KEYS, table
from form.model import EditionKey
from loaders import read
from loaders.sandbox.preloaded import specimen


@pytest.mark.parametrize("edition", EDITION_KEYS)
def test_a_specimen_holds_every_row_of_its_edition(edition: EditionKey) -> None:
    (report,) = read(specimen(edition).encode(), "")
    places = {place for key in TABLE_KEYS for place in table(key, edition).addresses()}
    assert {place: cell.value for place, cell in report.cells.items()} == dict.fromkeys(places, 0)
    assert report.edition == edition
