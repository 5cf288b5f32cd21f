"""One page of a PDF, open in PDFium, as it is printed.

Where something of it is not seen, it is read twice: PDFium drops a letter that stands in the place
of the same one before, and the one before may be what nobody sees.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from ctypes import cast
from dataclasses import dataclass
from typing import Any, NamedTuple

from pypdfium2 import raw

from loaders import refusals
from loaders.pdf.annotations import Form, Over, over_page, put_in
from loaders.pdf.calls import handle
from loaders.pdf.drawings import Drawings
from loaders.pdf.letters import PageText
from loaders.pdf.overlay import as_written, drawn_over, unshown
from loaders.pdf.page import Placing, PrintedPage, placing, turning
from loaders.pdf.painting import Painting, in_pieces, parted
from loaders.pdf.ruling import Box
from loaders.pdf.strikes import middle, through
from loaders.pdf.typesetting import Piece, runs, touching


class Sheet:
    """A page with its text and what lies over it; raises ReadError where it cannot be opened.

    `own` is how many of its objects are not an annotation's, None where all are.
    """

    def __init__(self, document: Any, index: int, form: Form) -> None:
        self.over: Sequence[Over] = ()
        self.own: int | None = None
        self._text: Any = None
        self._removed: list[Any] = []
        self.page = raw.FPDF_LoadPage(document, index)
        try:
            if self.page and raw.FPDFPage_GetAnnotCount(self.page) > 0:
                self._put_in_annotations(document, index, form)
            self.text = self._load_text()
        except BaseException:
            self.close()
            raise

    def _put_in_annotations(self, document: Any, index: int, form: Form) -> None:
        self.over = over_page(self.page, form)
        if not self.over:
            return
        self.own = raw.FPDFPage_CountObjects(self.page)
        if put_in(self.page):
            raw.FPDF_ClosePage(self.page)
            self.page = raw.FPDF_LoadPage(document, index)

    def _load_text(self) -> PageText:
        self._text = raw.FPDFText_LoadPage(self.page) if self.page else None
        if not self._text:
            raise refusals.damaged()
        return PageText(handle(self._text))

    def take_out(self, pieces: Collection[tuple[int, int]]) -> None:
        """Take pieces of text out of the page, each with the drawing it is in, and read it anew."""
        raw.FPDFText_ClosePage(self._text)
        self._text = None
        for piece, container in pieces:
            drawn = cast(piece, raw.FPDF_PAGEOBJECT)
            if container:
                raw.FPDFFormObj_RemoveObject(cast(container, raw.FPDF_PAGEOBJECT), drawn)
            else:
                raw.FPDFPage_RemoveObject(self.page, drawn)
            self._removed.append(drawn)
        self.text = self._load_text()

    def close(self) -> None:
        if self._text:
            raw.FPDFText_ClosePage(self._text)
        for drawn in self._removed:
            raw.FPDFPageObj_Destroy(drawn)
        if self.page:
            raw.FPDF_ClosePage(self.page)
        self._text = self.page = None
        self._removed = []


def printed(sheet: Sheet, number: int) -> PrintedPage:
    """Return what is printed on a page; raises ReadError where that cannot be told."""
    left, bottom, right, top = bounds = _bounds(sheet.page)
    quarters = sheet.text.quarters
    place = placing(bounds, quarters)
    width, height = right - left, top - bottom
    size = (width, height) if quarters % 2 == 0 else (height, width)
    drawings = Drawings(handle(sheet.page), place, size[0], sheet.own)
    if not all(map(sheet.text.is_blank, drawings.shapeless)):
        # Of such text PDFium drops what stands alone: a 无, a full-width number of one digit.
        raise refusals.fonts_missing()
    over = [item.placed(place) for item in sheet.over]
    fields = [item.box for item in over if item.is_field]
    view = _View(place, drawings, Painting(size, drawings.surfaces), fields)
    unseen = view.take_out_unseen(sheet) if drawings.odd else []
    text = sheet.text
    words, spans = text.words(place)

    def letters(index: int) -> list[Piece]:
        return [letter for letter, _ in text.signs_of(*spans[index], place)]

    strokes = [*drawings.strokes, *(middle(box) for item in over for box in item.struck)]

    def inked(index: int) -> Box:
        return text.ink(*spans[index], place)

    crossed, rules = through(words, letters, drawings.rules, strokes, inked)
    found, origins = parted(words, {**crossed, **view.odd(text, spans)})
    found += unseen
    found += unshown(over, found)

    def pieces(index: int) -> Sequence[Piece]:
        origin = origins[index] if index < len(origins) else -1
        return [found[index]] if origin < 0 else text.letters(*spans[origin], place)

    return PrintedPage(
        number,
        size,
        found,
        rules,
        drawings.pictures,
        text.unnamed,
        letters=pieces,
        shown=turning(*size, raw.FPDFPage_GetRotation(sheet.page) - quarters),
        drawn=[
            *drawn_over(drawings.pictures_in_order, drawings.first_text, size),
            *(item.box for item in over if item.text is None),
        ],
        figures=drawings.figures,
        ends=(max(0.0, drawings.seen_from), min(size[0], drawings.seen_to)),
    )


class _Letter(NamedTuple):
    """A letter as it is seen, and the piece of text that it is in, by its handle."""

    seen: Piece
    handle: int


@dataclass(frozen=True, slots=True)
class _View:
    """How the letters of one page are seen."""

    place: Placing
    drawings: Drawings
    painting: Painting
    fields: Sequence[Box]

    def odd(self, text: PageText, spans: Sequence[tuple[int, int]]) -> dict[int, list[Piece]]:
        """Return the words of which anything is odd, by their number and in pieces."""
        if not self.drawings.odd and not self.drawings.written:
            return {}
        found: dict[int, list[Piece]] = {}
        for number, span in enumerate(spans):
            letters = [letter.seen for letter in self._letters(text, span)]
            if any(letter.oddity for letter in letters):
                found[number] = in_pieces(letters)
        return found

    def take_out_unseen(self, sheet: Sheet) -> list[Piece]:
        """Take what is not seen as a whole out of a page, and return it.

        A word stays of which a part can still be seen.
        """
        unseen: list[_Letter] = []
        left: set[int] = set()
        for span in sheet.text.words(self.place)[1]:
            letters = list(self._letters(sheet.text, span))
            gone = self._gone(letters)
            unseen += (letter for letter in letters if letter.handle in gone)
            left |= {letter.handle for letter in letters} - gone
        gone = {letter.handle for letter in unseen} - left
        if not gone:
            return []
        groups = touching(letter.seen for letter in unseen if letter.handle in gone)
        pieces = [piece for group in groups for piece in runs(group)]
        sheet.take_out(self.drawings.containers(gone))
        return pieces

    def _gone(self, letters: Sequence[_Letter]) -> set[int]:
        """Return the pieces of text of a word that are not seen, none where a part of one is."""
        hidden = {letter.handle for letter in letters if letter.seen.oddity == "hidden"}
        covered = [letter for letter in letters if letter.seen.oddity == "covered"]
        if not covered:
            return hidden
        times = self.drawings.times
        over = min(self.painting.covered_at(item.seen, times[item.handle]) for item in covered)
        cut = any(letter.seen.shown for letter in covered) or any(
            letter.seen.oddity is None and times.get(letter.handle, over) < over
            for letter in letters
        )
        return hidden if cut else hidden | {letter.handle for letter in covered}

    def _letters(self, text: PageText, span: tuple[int, int]) -> Iterator[_Letter]:
        inks, written = self.drawings.odd, self.drawings.written
        for letter, at in text.signs_of(*span, self.place):
            own = text.object_of(at)
            ink = inks.get(own)
            seen = letter if ink is None else self.painting.seen(letter, ink)
            yield _Letter(as_written(seen, self.fields) if own in written else seen, own)


def _bounds(page: Any) -> Box:
    """Return left, bottom, right and top edge of what is seen of a page that is not turned."""
    box = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page, box)
    return box.left, box.bottom, box.right, box.top
