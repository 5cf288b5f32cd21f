"""Zip archives (Word, Excel) without the moment in which they were made."""

from __future__ import annotations

import re
import zipfile
from datetime import datetime
from io import BytesIO
from typing import Final

MADE_AT: Final = datetime(2020, 1, 1)
"""The moment that every sample says it was made at."""
_ZIP_TIME: Final = (1980, 1, 1, 0, 0, 0)
_STAMP: Final = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def without_time(data: bytes) -> bytes:
    """Return the archive with fixed times, on its entries and in its properties."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                stamp = f"{MADE_AT.isoformat()}Z".encode()
                content = _STAMP.sub(rb"\g<1>" + stamp, content)
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            # 3 is Unix: the maker's system would be written otherwise.
            entry.create_system = 3
            new.writestr(entry, content)
    return target.getvalue()
