"""How many ways there are to place a row is found out without walking them all."""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest

from form.report import Place
from loaders.recogniser import placement
from loaders.recogniser.lines import Field


@pytest.mark.parametrize(("fields", "width"), [(60, 15), (40, 7), (30, 7)])
def test_a_row_of_far_too_many_fields_is_given_up_at_once(
    fields: int, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of 60 fields in 15 columns there are 53 million million ways."""
    taken = 0

    def counted(*arguments: Any) -> Iterator[tuple[Any, ...]]:
        nonlocal taken
        for way in combinations(*arguments):
            taken += 1
            assert taken <= 2 * placement._MOST_PLACEMENTS
            yield way

    monkeypatch.setattr(placement, "combinations", counted)
    row = tuple(Field(str(n + 1), str(n + 1), n, 1, Place()) for n in range(fields))
    assert placement.slots(row, width).placements == ()
    assert taken > placement._MOST_PLACEMENTS
