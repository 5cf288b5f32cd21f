"""A frame as a CSV file that Excel and WPS open by a double click."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from form.figures import digits
from outputs.guard import csv_text

_BOM = "\ufeff"


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """Return `frame` without its index as CSV: UTF-8 with BOM, lines ended as Windows does.

    Numbers are written with all their digits, without groups; gaps stay empty; text that could be taken for a formula, headers
    included, is led by an apostrophe.
    """
    guarded = frame.astype(object).map(_guarded)
    guarded.columns = pd.Index([csv_text(str(name)) for name in frame.columns])
    return (_BOM + guarded.to_csv(index=False, lineterminator="\r\n")).encode()


def _guarded(value: object) -> object:
    if isinstance(value, str):
        return csv_text(value)
    # Not by pandas, which writes small and large amounts in powers of ten.
    return digits(value) if isinstance(value, Decimal | float) and value == value else value
