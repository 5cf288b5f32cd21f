"""Bounds of our own, where no document sets one: how far apart figures have to be before they are asked about."""

from __future__ import annotations

from typing import Final

LEAST_EQUAL: Final = 5
"""So many cells above 0 that equal last year's are asked about. It may be an accident all the same:
one application, granted, in both years fills six cells alike."""
JUMP_TIMES: Final = 5
JUMP_BY: Final = 20
"""A figure jumps that is at least so many times, and so many more or less than, last year's."""
SCALE_LEAST: Final = 1_000
SCALE_MOST: Final = 10_000
"""元 under 万元 is 10,000 times too much; an amount that is more than this beside another grew too."""
SCALE_FROM_WAN: Final = 100
"""Smaller amounts than so many 万元 are not asked about: from 8 元 to 8,000 元 says nothing."""
