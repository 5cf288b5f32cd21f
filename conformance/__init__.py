"""A public conformance suite for tools that check annual reports: `python -m conformance`."""

from conformance.case import (
    Case,
    ExpectedChange,
    ExpectedExplanation,
    ExpectedFinding,
    WrittenRow,
)
from conformance.reading import cases

__all__ = [
    "Case",
    "ExpectedChange",
    "ExpectedExplanation",
    "ExpectedFinding",
    "WrittenRow",
    "cases",
]
