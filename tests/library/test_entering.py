"""What a person types into a cell follows the same rule as what is printed in it."""

from __future__ import annotations

import pytest

from library.entering import entered
from library.errors import LibraryError

GRANTED = "applications.granted.natural_person"


@pytest.mark.parametrize("text", ["77①", "77²", "77 ①"])
def test_the_mark_of_a_footnote_is_no_part_of_a_number(text: str) -> None:
    cell = entered(text, GRANTED)
    assert (cell.value, cell.mark) == (77, "typed")


@pytest.mark.parametrize("text", ["①", "251 256"])
def test_what_may_be_several_numbers_is_asked_again(text: str) -> None:
    with pytest.raises(LibraryError):
        entered(text, GRANTED)
