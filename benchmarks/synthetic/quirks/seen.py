"""Quirks of what the eye sees: old numbers struck out or hidden, marks of footnotes, fields."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy
from random import Random
from typing import Final

from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.run import Run

from benchmarks.synthetic.draft import Draft
from benchmarks.synthetic.edits import styled
from benchmarks.synthetic.quirk import Quirk
from benchmarks.synthetic.quirks.workbook import BOOKS, EDITS, SHARE

_KINDS: Final = ("html", "docx", "odt", "chromium.pdf")
_NUMBER: Final = re.compile(r"(<td[^>]*>)(\d+)(</td>)")
_PAGE: Final[dict[str, tuple[str, ...]]] = {
    "struck numbers": (
        "<del>{old}</del>{new}",
        "<span style='text-decoration:line-through'>{old}</span>{new}",
        "{new}<s>{old}</s>",
    ),
    "raised marks": ("{new}<sup>{mark}</sup>", "{new}<sup>[{mark}]</sup>", "{new}①"),
    "hidden numbers": (
        "<span style='display:none'>{old}</span>{new}",
        "{new}<span hidden>{old}</span>",
        "<!-- {old} -->{new}",
    ),
    "filled fields": (
        "<input type='text' style='width:5em' value='{new}'>",
        "<textarea style='width:5em'>{new}</textarea>",
        "<select><option>{old}</option><option selected>{new}</option></select>",
    ),
}
_WORD: Final = {"struck numbers": ("strike", "dstrike"), "hidden numbers": ("vanish",)}


def _on_page(name: str) -> Callable[[Draft, Random], Draft]:
    def change(draft: Draft, random: Random) -> Draft:
        own = Random(random.random())

        def retold(found: re.Match[str]) -> str:
            if own.random() > SHARE:
                return found[0]
            shape = own.choice(_PAGE[name])
            told = shape.format(new=found[2], old=own.randrange(1, 999), mark=own.randrange(1, 9))
            return f"{found[1]}{told}{found[3]}"

        def in_word(document: WordDocument) -> None:
            for run in _numbers(document):
                if own.random() <= SHARE:
                    _mark(run, name, own)

        book = EDITS.get(name)
        return styled(
            draft,
            web=(lambda page: _NUMBER.sub(retold, page),),
            word=(in_word,),
            book=(lambda opened: book(opened, own),) if book else (),
        )

    return change


def _numbers(document: WordDocument) -> list[Run]:
    paragraphs = [
        paragraph
        for table in document.tables
        for cell in table._cells
        for paragraph in cell.paragraphs
    ]
    return [p.runs[0] for p in paragraphs if len(p.runs) == 1 and p.runs[0].text.isdecimal()]


def _mark(run: Run, name: str, random: Random) -> None:
    """Set beside a number what does not count."""
    other = Run(deepcopy(run._r), run._parent)
    other.text = str(random.randrange(1, 999))
    if name == "raised marks":
        other.font.superscript = True
        run._r.addnext(other._r)
    elif name in _WORD:
        other._r.get_or_add_rPr().append(OxmlElement(f"w:{random.choice(_WORD[name])}"))
        run._r.addprevious(other._r)
    else:
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), " =1+1 ")
        run._r.addprevious(field)
        field.append(run._r)


QUIRKS: Final = tuple(
    Quirk(name, _on_page(name), (*_KINDS, *(BOOKS if name in EDITS else ()))) for name in _PAGE
)
