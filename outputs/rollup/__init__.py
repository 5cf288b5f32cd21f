"""A roll-up as a workbook with live formulas, and as what its page shows."""

from __future__ import annotations

from outputs.rollup.lists import About
from outputs.rollup.workbook import rollup_workbook

__all__ = ["About", "rollup_workbook"]
