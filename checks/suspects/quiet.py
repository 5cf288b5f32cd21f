"""What the solver prints for those who wrote it is kept from where a command's answer goes."""

from __future__ import annotations

import ctypes
import os
from functools import cache
from typing import Final

_STREAMS: Final = ("stdout", "__stdoutp")
"""The C library's own name of the stream, on Linux and on macOS."""


@cache
def hush_c_stdout() -> None:
    """Send nowhere what compiled libraries print in this process; Python's own output goes on.

    HiGHS writes a line to the C library's stdout where it mends a solution, whatever it is told.
    The stream is changed, not the file behind it, so that no other thread loses anything. Once is
    enough; where the stream cannot be had (Windows) all stays as it is.
    """
    if os.name != "posix":
        return
    library = ctypes.CDLL(None)
    library.fopen.restype = ctypes.c_void_p
    for name in _STREAMS:
        try:
            stream = ctypes.c_void_p.in_dll(library, name)
        except ValueError:
            continue
        nowhere = library.fopen(os.fsencode(os.devnull), b"w")
        if nowhere:
            stream.value = nowhere
