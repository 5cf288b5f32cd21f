"""How many ways there are to place a row is found out without walking them all."""

import pytest

from form.report import Place
from loaders.recogniser import placement
from loaders.recogniser.lines import Field


@pytest.mark.parametrize(("fields", "width"), [(60, 15), (40, 7), (30, 7)])
def test_a_row_of_far_too_many_fields_is_given_up_at_once(
    fields: int, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of 60 fields in 15 columns there are 53 million million ways; it is more than one row."""

    def never(*_arguments: object) -> None:
        pytest.fail("a way was tried")

    monkeypatch.setattr(placement, "combinations", never)
    row = tuple(Field(str(n + 1), str(n + 1), n, 1, Place()) for n in range(fields))
    assert placement.slots(row, width).placements == ()
