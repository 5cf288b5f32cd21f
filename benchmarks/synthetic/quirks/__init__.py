"""Every quirk of real reports that the benchmark knows, by group."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from benchmarks.synthetic.quirk import Quirk
from benchmarks.synthetic.quirks import (
    cells,
    editions,
    identity,
    labels,
    office,
    overprint,
    pdf,
    sections,
    seen,
    tearing,
    text,
    workbook,
)

GROUPS: Final[Mapping[str, tuple[Quirk, ...]]] = {
    "labels": labels.QUIRKS,
    "tearing": tearing.QUIRKS,
    "identity": identity.QUIRKS,
    "cells": cells.QUIRKS,
    "text": text.QUIRKS,
    "office": office.QUIRKS,
    "pdf": pdf.QUIRKS,
    "editions": editions.QUIRKS,
    "sections": sections.QUIRKS,
    "seen": seen.QUIRKS,
    "workbook": workbook.QUIRKS,
    "overprint": overprint.QUIRKS,
}
QUIRKS: Final[Mapping[str, Quirk]] = {
    quirk.name: quirk for group in GROUPS.values() for quirk in group
}
