"""Signs and words that several outputs share; figures themselves are written by `form.figures`."""

from __future__ import annotations

from typing import Final

from checks.resubmission import Fate
from form.figures import candidate_words
from form.language import _
from form.report import Cell

# U+FE0E asks for the plain sign instead of a coloured picture.
SUSPECT_SIGN: Final = "⚠\ufe0e"
CORRECTED_SIGN: Final = "✎\ufe0e"


def fate_signs() -> dict[Fate, str]:
    """Return the sign beside a cell that a new version changed, for each thing that this did."""
    return {
        "mended": _("✓"),
        "still": _("仍"),
        "new": _("新"),
        "other": _("另"),
        "spelling": "",
    }


def candidates_note(cell: Cell) -> str:
    """Return the sentence that says what an unknown cell may hold."""
    if not cell.candidates:
        return _("读不准：原文无法判断此格填了什么")
    return _("读不准：可能是 {options}").format(options=candidate_words(cell))
