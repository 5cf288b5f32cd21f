"""Waiting in tests: for what happens, never for a while. A clock only ends what hangs for good."""

import time
from collections.abc import Callable
from typing import Final

HANGS: Final = 600
"""Seconds. Nothing here takes nearly as long, however many others use the computer."""

SHOWN: Final = 120
"""Seconds in which a browser shows what is expected of it, a quarter of one when it is alone."""


def until(true: Callable[[], bool], seconds: float = HANGS) -> None:
    """Return as soon as it is true; fail where it never is."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it hangs"
        time.sleep(0.02)
