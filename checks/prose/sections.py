"""Which of the six prescribed sections a report's text lacks or leaves empty.

Sections 二, 三 and 四 hold the tables; where one is absent, `table_missing` says so. Asked about
here are the three of prose: 一, 五 and 六.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from form.labels import SECTION_WORDS
from form.report import Paragraph
from form.values import folded

PROSE_SECTIONS: Final = (1, 5, 6)
NUMERALS: Final = "一二三四五六"
LONGEST_HEADING: Final = 40
_NUMBERED = re.compile(r"[一二三四五六](?:、|[.．,，])")
_NO_CONTENT = re.compile(
    r"[（(]?\d{4}年\d{1,2}月\d{1,2}日[）)]?|[—–\-]{0,4}\d{1,3}[—–\-]{0,4}|第\d{1,4}页(?:/?共\d{1,4}页)?|打印(?:本页)?(?:关闭(?:窗口|本页)?)?"
    r"|关闭(?:窗口)?|[上下]一篇.{0,80}|附件[:：]?.{0,80}|【.{0,10}】|分享到?[:：]?"
)
_SIGNATURE = re.compile(
    r"[^。，；：,;:]{2,30}(?:局|委|委员会|厅|办公室|人民政府|管委会|街道办事处|中心|分局|支队|大队)"
)


def missing(paragraphs: Sequence[Paragraph]) -> tuple[int, ...]:
    """Return the prose sections without a heading; none where the text shows no headings at all.

    A workbook of tables and a page whose headings the reader did not find say nothing about
    sections; a heading that a page break glued to other text counts.
    """
    if len(headings(paragraphs)) < 2:
        return ()
    seen = {paragraph.section for paragraph in paragraphs}
    return tuple(
        number
        for number in PROSE_SECTIONS
        if number not in seen and not any(_mentions(item, number) for item in paragraphs)
    )


def empty(paragraphs: Sequence[Paragraph], agency: str | None) -> tuple[int, ...]:
    """Return the prose sections that have a heading and nothing else; 无 is something."""
    doubtful, name = set(headings(paragraphs)) & set(PROSE_SECTIONS), folded(agency or "")
    for paragraph in paragraphs:
        if paragraph.section in doubtful and _says_something(paragraph, name):
            doubtful.discard(paragraph.section)
    return tuple(sorted(doubtful))


def headings(paragraphs: Sequence[Paragraph]) -> dict[int, str]:
    """Return the section headings found, as printed, by number."""
    found: dict[int, str] = {}
    for paragraph in paragraphs:
        if paragraph.section and paragraph.section not in found and _is_heading(paragraph):
            found[paragraph.section] = paragraph.text.strip()
    return found


def _is_heading(paragraph: Paragraph) -> bool:
    """Section 一 may be headed in words of its own: 一、政务信息公开具体完成情况。"""
    if not 0 < len(paragraph.text.strip()) <= 2 * LONGEST_HEADING:
        return False
    text = folded(paragraph.text)
    if len(text) > LONGEST_HEADING or not _NUMBERED.match(text):
        return False
    words = SECTION_WORDS.get(paragraph.section, ())
    return any(folded(word) in text for word in words) or (
        paragraph.section == 1 and text.startswith("一、")
    )


def _mentions(paragraph: Paragraph, number: int) -> bool:
    text = folded(paragraph.text)
    words = [folded(word) for word in SECTION_WORDS[number]]
    if any(f"{NUMERALS[number - 1]}、{word}" in text for word in words):
        return True
    if len(text) > LONGEST_HEADING or "。" in text:
        return False
    # Headings have words of their own too: 五、工作中的不足与下一步打算.
    return text.startswith(f"{NUMERALS[number - 1]}、") or any(word in text for word in words)


def _says_something(paragraph: Paragraph, agency: str) -> bool:
    if len(paragraph.text) > 2 * LONGEST_HEADING:
        return True
    text = folded(paragraph.text)
    if not text or _NO_CONTENT.fullmatch(text) or _is_heading(paragraph):
        return False
    return text != agency and not _SIGNATURE.fullmatch(text)
