"""A frame as a CSV file that Excel and WPS open by a double click."""

from __future__ import annotations

import pandas as pd

from outputs.guard import csv_text

_BOM = "\ufeff"


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """Return `frame` without its index as CSV: UTF-8 with BOM, lines ended as Windows does.

    Numbers stay numbers, gaps stay empty; text that could be taken for a formula, headers
    included, is led by an apostrophe.
    """
    guarded = frame.astype(object).map(_guarded)
    guarded.columns = pd.Index([csv_text(str(name)) for name in frame.columns])
    return (_BOM + guarded.to_csv(index=False, lineterminator="\r\n")).encode()


def _guarded(value: object) -> object:
    return csv_text(value) if isinstance(value, str) else value
