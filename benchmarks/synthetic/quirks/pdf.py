"""Quirks of printed files: where lines are drawn, and what else lies on the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Final

from benchmarks.synthetic.draft import Draft
from benchmarks.synthetic.edits import may_be_unknown, styled, with_blocks, with_values
from benchmarks.synthetic.quirk import PDF, Quirk
from benchmarks.synthetic.tables import Printed, Said
from sample_reports.samples import Line

_FILLER: Final = Line(
    "各科室按照职责分工，做好政府信息的制作、保存、公开和更新，落实公开前的保密审查，确保内容准确。"
)
_BY_HAND: Final = ("reportlab.pdf",)


def _drawn(**parts: object) -> Callable[[Draft, Random], Draft]:
    """Return a change of how a PDF made by hand looks."""

    def change(draft: Draft, random: Random) -> Draft:
        sheet = replace(draft.style.sheet, **parts)  # type: ignore[arg-type] # names are Sheet's own
        return _page_breaks(styled(draft, sheet=sheet), random)

    return change


def _page_breaks(draft: Draft, random: Random) -> Draft:
    """Prose before each table moves it down, so that pages end anywhere in it."""

    def change(block: object) -> tuple[object, ...]:
        if isinstance(block, Line) and block.role == "heading":
            return (block, *[_FILLER] * random.randint(0, 12))
        return (block,)

    return with_blocks(draft, change)  # type: ignore[arg-type] # blocks in, blocks out


def _unruled(rules: str) -> Callable[[Draft, Random], Draft]:
    """Without vertical lines a reader may be unsure; `benchmarks.unruled` measures how often."""

    def change(draft: Draft, random: Random) -> Draft:
        return may_be_unknown(_drawn(rules=rules)(draft, random), *draft.truth.cells)

    return change


def _overflowing(draft: Draft, random: Random) -> Draft:
    """Wide numbers run into each other, so that nobody can tell where one of them ends."""
    names = [name for name in draft.truth.cells if name.startswith("applications.")]
    numbers = {name: random.randint(10**5, 10**8) for name in names}
    wide = {name: Printed(str(n), Said("number", n)) for name, n in numbers.items()}
    printed = may_be_unknown(with_values(draft, wide), *names)
    return _drawn(overflowing=True)(printed, random)


def _turned(draft: Draft, random: Random) -> Draft:
    return _drawn(turned=random.choice((90, 180, 270)))(draft, random)


QUIRKS: Final = (
    Quirk("page ends within tables", _page_breaks, PDF),
    Quirk("thin rectangles for lines", _drawn(rules="rectangles"), _BY_HAND),
    Quirk("no line below the last row of a page", _drawn(closed=False), _BY_HAND),
    Quirk("thin rectangles, no last line", _drawn(rules="rectangles", closed=False), _BY_HAND),
    Quirk("rotated pages", _turned, _BY_HAND),
    Quirk("a watermark across tables", _drawn(watermark="仅供内部参考 2021"), _BY_HAND),
    Quirk("prose in boxes", _drawn(boxed_text=True), _BY_HAND),
    Quirk("numbers wider than their cells", _overflowing, _BY_HAND),
    Quirk("horizontal lines only", _unruled("horizontal"), _BY_HAND),
    Quirk("no lines at all", _unruled("none"), _BY_HAND),
)
