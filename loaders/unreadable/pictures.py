"""Whether a file holds pictures: where its tables are missing, they may be among them."""

from __future__ import annotations

import re
from typing import Final

from loaders.package import COMPOUND, part_names

_PARTS: Final = re.compile(r"(?:^|/)(?:media|Pictures)/", re.IGNORECASE)
# Pictures of a PDF are streams of their own, so this stands uncompressed in every version.
_IN_PDF: Final = re.compile(rb"/Subtype\s*/Image\b")
_IN_PAGE: Final = re.compile(rb"<img\b|content-type:\s*image/", re.IGNORECASE)
_RAW: Final = (b"\x89PNG\r\n", b"\xff\xd8\xff")


def has_pictures(data: bytes) -> bool:
    """Say whether there are pictures in a PDF, an Office file or a web page."""
    if data.startswith(b"PK"):
        return any(_PARTS.search(name) for name in part_names(data))
    if data.startswith(COMPOUND):
        return any(mark in data for mark in _RAW)
    return _IN_PDF.search(data) is not None or _IN_PAGE.search(data) is not None
