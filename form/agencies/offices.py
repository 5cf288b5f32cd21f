"""The offices through which a government reports: what such an office counts is its government's."""

from __future__ import annotations

from typing import Final

from form.agencies.names import AgencyName

GOVERNMENT: Final = "人民政府"
OFFICES: Final = (f"{GOVERNMENT}办公室", f"{GOVERNMENT}办公厅", "政务公开办公室")


def reports_for_government(name: AgencyName) -> bool:
    """Say whether it is a government, or the office that reports for it."""
    return name.body == GOVERNMENT or name.body.startswith(OFFICES)
