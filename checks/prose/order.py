"""Headings of the six sections that bear another number than the form's, or stand out of order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from checks.findings import Quote
from checks.prose.remarks import Remark
from checks.prose.sections import LONGEST_HEADING, NUMERALS
from form.report import Paragraph
from form.values import folded

RULE: Final = "heading_order"
# Stricter than what finds a section: a heading inside section 一 may say 主动公开情况 too.
_TITLES: Final = (
    (1, re.compile(r"总体情况")),
    (2, re.compile(r"主动公开政府信息情况")),
    (3, re.compile(r"收到和处理政府信息公开申请(?:的)?情况")),
    (4, re.compile(r"(?:被)?(?:申请)?行政复议(?:、|和|及|与)?(?:被)?(?:提起)?行政诉讼(?:的)?情况")),
    (5, re.compile(r"(?:存在的?(?:主要)?问题|主要问题)(?:及|和|与)改进(?:的)?(?:情况|措施)")),
    (6, re.compile(r"其[他它]需要报告的(?:其他)?事项")),
)
_NUMBERED = re.compile(
    r"第?(?P<numeral>[一二三四五六七八九十]{1,2})(?:、|[.．,，]|部分)(?P<title>.{1,40})"
)


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading: where it stands, the number that it prints and the section that its words name."""

    place: int
    numeral: str
    section: int
    paragraph: Paragraph

    @property
    def quote(self) -> Quote:
        """The heading as printed."""
        text = self.paragraph.text.strip()
        return Quote(self.paragraph.section, text, 0, len(text), self.paragraph.place)


def disordered(paragraphs: Sequence[Paragraph]) -> tuple[Remark, ...]:
    """Return the remark about headings that are numbered wrongly, restarted or out of order.

    A list of contents in front prints every heading twice: of each section the last one counts.
    """
    last = {item.section: item for item in _headings(paragraphs)}
    found = sorted(last.values(), key=lambda item: item.place)
    wrong = [item for item in found if item.numeral != NUMERALS[item.section - 1]]
    seen = accumulate((item.section for item in found), max)
    moved = [item for item, most in zip(found, seen, strict=True) if item.section < most]
    named = [item for item in found if item in wrong or item in moved]
    return (Remark(RULE, (), tuple(item.quote for item in named)),) if named else ()


def _headings(paragraphs: Sequence[Paragraph]) -> list[_Heading]:
    found = []
    for place, paragraph in enumerate(paragraphs):
        if not 0 < len(paragraph.text.strip()) <= 2 * LONGEST_HEADING:
            continue
        match = _NUMBERED.fullmatch(folded(paragraph.text))
        if match is None:
            continue
        section = next((number for number, title in _TITLES if title.search(match["title"])), 0)
        if section and not match["title"].endswith(("。", ";", "；")):
            found.append(_Heading(place, match["numeral"], section, paragraph))
    return found
