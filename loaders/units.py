"""Which words beside a number that a spreadsheet shows are part of what it says."""

from __future__ import annotations

import re
from typing import Final

from form.values import UNIT_WORDS

_MANIFOLD: Final = re.compile("[十百千万亿拾佰仟]")
_MONEY: Final = "元"
_COUNTED: Final = re.compile(UNIT_WORDS)
_AROUND: Final = "()（）[]【】 "
_SHORT: Final = {"亿": "亿元", "万": "万元"}


def unit_of(text: str) -> str:
    """Return what of the text behind a number counts: a unit, or all of it that may shift it.

    千元 and 美元 are kept as they stand, for with them the number is none of the form's; and so are
    件 and 人, with which it is no amount.
    """
    said = text.strip()
    if said in _SHORT:
        return _SHORT[said]
    bare = said.strip(_AROUND)
    if _COUNTED.fullmatch(bare):
        return bare
    return said if _may_shift(said) else ""


def lead_of(text: str) -> str:
    """Return the text before a number where it may shift it, else ""."""
    return text.strip() if _may_shift(text) else ""


def _may_shift(text: str) -> bool:
    return _MONEY in text or _MANIFOLD.search(text) is not None
