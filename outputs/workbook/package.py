"""The workbook as bytes: the same contents always give the same bytes."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl.workbook import Workbook
from openpyxl.xml.functions import tostring

_PROPERTIES: Final = "docProps/core.xml"
_CONTENTS: Final = "[Content_Types].xml"
# The earliest time that a ZIP file can tell; the real one stands in the properties.
_ENTRY_TIME: Final = (1980, 1, 1, 0, 0, 0)
_REGULAR_FILE: Final = 0o100644 << 16


def package(workbook: Workbook, changed_at: datetime) -> bytes:
    """Return the XLSX file, its times taken from `changed_at` (with a time zone).

    openpyxl writes the clock into the properties and into every entry of the ZIP file; both are
    written anew here.
    """
    saved = BytesIO()
    workbook.save(saved)
    time = changed_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    workbook.properties.created = workbook.properties.modified = time
    result = BytesIO()
    with ZipFile(saved) as source, ZipFile(result, "w") as target:
        for name in sorted(source.namelist(), key=lambda name: (name != _CONTENTS, name)):
            data = source.read(name)
            if name == _PROPERTIES:
                data = tostring(workbook.properties.to_tree())
            entry = ZipInfo(name, _ENTRY_TIME)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = _REGULAR_FILE
            target.writestr(entry, data)
    return result.getvalue()
