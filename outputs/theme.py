"""Colours, type sizes and series styles, light and dark: their one place in Python.

Streamlit's own copy of the same colours stands in `.streamlit/config.toml`; a test keeps both equal.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

FONT_FAMILY: Final = (
    "'Source Han Sans SC', 'Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', sans-serif"
)


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one theme as #rrggbb.

    Red (`error`) is for errors only, amber (`note`) for doubts about the data and lateness,
    green (`good`) for all well; blue (`accent`) is the one accent. `left` and `right` tint the
    two sides of a chosen equation.
    """

    ink: str
    muted: str
    line: str
    panel: str
    page: str
    accent: str
    accent_tint: str
    left: str
    right: str
    error: str
    error_tint: str
    note: str
    note_tint: str
    good: str
    series: tuple[str, ...]


LIGHT: Final = Palette(
    ink="#17212b",
    muted="#5b6875",
    line="#d8dee6",
    panel="#f6f8fa",
    page="#ffffff",
    accent="#1f5fa8",
    accent_tint="#e8f0f9",
    left="#ecf3fb",
    right="#d8e7f8",
    error="#b42318",
    error_tint="#fdecea",
    note="#8a5a00",
    note_tint="#fdf3dc",
    good="#1e6b4a",
    series=("#2b6cb0", "#2a9d8f", "#c98b1b", "#7b5ea7", "#64748b"),
)
DARK: Final = Palette(
    ink="#e6ebf0",
    muted="#98a5b3",
    line="#2c3845",
    panel="#171f28",
    page="#10161d",
    accent="#6fb0f2",
    accent_tint="#17293d",
    left="#17293d",
    right="#213c59",
    error="#ff9a8f",
    error_tint="#3a1b19",
    note="#f2c063",
    note_tint="#34280f",
    good="#7fd1a8",
    series=("#6fb0f2", "#5cc7ba", "#e5b45a", "#b79ae0", "#9aa8b8"),
)


def palette(dark: bool) -> Palette:
    """Return the colours of the dark or the light theme."""
    return DARK if dark else LIGHT


@dataclass(frozen=True, slots=True)
class Type:
    """Type sizes in px."""

    page_title: float = 22
    sentence: float = 16
    text: float = 14
    table: float = 12.5


TYPE: Final = Type()


@dataclass(frozen=True, slots=True)
class SeriesStyle:
    """What tells a series apart besides its colour: a marker and a fill pattern (plotly's names)."""

    marker: str
    pattern: str


SERIES_STYLES: Final = (
    SeriesStyle("circle", ""),
    SeriesStyle("square", "/"),
    SeriesStyle("diamond", "."),
    SeriesStyle("triangle-up", "x"),
    SeriesStyle("pentagon", "-"),
)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours as WCAG 2 defines it, 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
