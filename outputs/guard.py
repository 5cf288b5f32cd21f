"""Text that came with a report, made harmless for spreadsheets."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_FORMULA_SIGNS: Final = "=+-@|%"
_CONTROLS: Final = "\t\r\n"
_SPACES: Final = " \u3000\xa0\u200b\ufeff"
LONGEST_CELL: Final = 32_767
_NOT_IN_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def looks_like_formula(text: str) -> bool:
    """Say whether a spreadsheet may take `text` for a formula.

    Full-width forms count (＝), and signs behind blanks, which some programs remove.
    """
    shown = text.lstrip(_SPACES)
    if shown[:1] in tuple(_CONTROLS):
        return True
    return unicodedata.normalize("NFKC", shown)[:1] in tuple(_FORMULA_SIGNS)


def xml_text(text: str) -> str:
    """Return text that XML can hold: what it cannot becomes U+FFFD."""
    return _NOT_IN_XML.sub("\ufffd", text)


def cell_text(text: str) -> str:
    """Return text that a workbook's XML can hold and that comes back as it was.

    What XML cannot hold becomes U+FFFD; what is longer than a cell ends in a note of the cut.
    """
    whole = _ESCAPE.sub("_x005F_", xml_text(text))
    if len(whole) <= LONGEST_CELL:
        return whole
    note = f"…[{len(whole)}]"
    return whole[: LONGEST_CELL - len(note)] + note


def csv_text(text: str) -> str:
    """Return text that no spreadsheet takes for a formula when it opens a CSV file."""
    plain = xml_text(text)
    return f"'{plain}" if looks_like_formula(plain) else plain
