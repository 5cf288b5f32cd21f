"""What lies over a page of a PDF: form fields and annotations, by PDFium.

A viewer paints their appearances over the page; so are they here, by putting them into the page
before it is read. Where a field has no appearance, its value is what a viewer shows.
"""

from __future__ import annotations

from collections.abc import Callable
from ctypes import byref, c_ushort
from decimal import Decimal, InvalidOperation
from typing import Any, Final, NamedTuple

from pypdfium2 import raw

from form.values import folded
from loaders.pdf.page import Placing
from loaders.pdf.ruling import Box

_LONGEST: Final = 1_000
"""Signs of a field's value; a number has fewer."""
_MOST: Final = 5_000
"""Annotations of a page."""
_UNSEEN: Final = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW
_NO_PART: Final = frozenset(
    (
        raw.FPDF_ANNOT_LINK,
        raw.FPDF_ANNOT_POPUP,
        raw.FPDF_ANNOT_TEXT,
        raw.FPDF_ANNOT_HIGHLIGHT,
        raw.FPDF_ANNOT_UNDERLINE,
        raw.FPDF_ANNOT_SQUIGGLY,
        raw.FPDF_ANNOT_CARET,
        raw.FPDF_ANNOT_FILEATTACHMENT,
        raw.FPDF_ANNOT_SOUND,
        raw.FPDF_ANNOT_MOVIE,
        raw.FPDF_ANNOT_PRINTERMARK,
        raw.FPDF_ANNOT_TRAPNET,
        raw.FPDF_ANNOT_REDACT,
    )
)
"""Kinds that say nothing on the page, or nothing else than is printed there."""
_DRAWN: Final = frozenset((raw.FPDF_ANNOT_STAMP, raw.FPDF_ANNOT_INK))
"""Kinds that may say anything without a letter."""
_VALUED: Final = frozenset(
    (raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX)
)


class Over(NamedTuple):
    """Something that lies over a page: left, bottom, right, top edge until it is placed, what it says.

    `text` is the value of a field or what is written in an annotation, None where it is drawn.
    `struck` are the boxes of what it strikes out.
    """

    box: Box
    text: str | None
    is_field: bool
    struck: tuple[Box, ...] = ()

    def placed(self, place: Placing) -> Over:
        """Return the same where it lies on the page as it is read."""
        struck = tuple(place(*box) for box in self.struck)
        return self._replace(box=place(*self.box), struck=struck)


class Form:
    """The fields of a document; made only where a page has any."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._form: Any = None
        self._told: Any = None

    def value(self, annotation: Any) -> str | None:
        """Return what is filled in a field, None where it holds no text."""
        if raw.FPDFAnnot_GetFormFieldType(self._opened(), annotation) not in _VALUED:
            return None
        form = self._opened()
        return _text(
            lambda room, size: raw.FPDFAnnot_GetFormFieldValue(form, annotation, room, size)
        )

    def close(self) -> None:
        if self._form:
            raw.FPDFDOC_ExitFormFillEnvironment(self._form)

    def _opened(self) -> Any:
        if self._form is None:
            # PDFium keeps a pointer to what it is told.
            self._told = raw.FPDF_FORMFILLINFO(version=2)
            self._form = raw.FPDFDOC_InitFormFillEnvironment(self._document, byref(self._told))
        return self._form


def over_page(page: Any, form: Form) -> list[Over]:
    """Return what lies over a page that is open; what plays no part is removed from the page."""
    count = min(raw.FPDFPage_GetAnnotCount(page), _MOST)
    found = [(index, over) for index in range(count) if (over := _over(page, index, form))]
    if not found:
        return []
    parts = {index for index, _ in found}
    for index in reversed(range(count)):
        if index not in parts:
            raw.FPDFPage_RemoveAnnot(page, index)
    return [over for _, over in found]


def put_in(page: Any) -> bool:
    """Put what lies over a page into it; say whether it is to be loaded again for that."""
    return bool(raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS)


def says_the_same(shown: str, value: str) -> bool:
    """Say whether the appearance of a field shows its value, be it with separators or zeros."""
    one, other = (folded(text).replace(",", "") for text in (shown, value))
    try:
        return one == other or Decimal(one) == Decimal(other)
    except InvalidOperation:
        return False


def _over(page: Any, index: int, form: Form) -> Over | None:
    annotation = raw.FPDFPage_GetAnnot(page, index)
    if not annotation:
        return None
    try:
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        if kind in _NO_PART or raw.FPDFAnnot_GetFlags(annotation) & _UNSEEN:
            return None
        rectangle = raw.FS_RECTF()
        raw.FPDFAnnot_GetRect(annotation, byref(rectangle))
        box = rectangle.left, rectangle.bottom, rectangle.right, rectangle.top
        if kind == raw.FPDF_ANNOT_WIDGET:
            return Over(box, form.value(annotation) or "", is_field=True)
        struck = _struck(annotation) if kind == raw.FPDF_ANNOT_STRIKEOUT else ()
        return Over(box, _written(annotation, kind), is_field=False, struck=struck)
    finally:
        raw.FPDFPage_CloseAnnot(annotation)


def _struck(annotation: Any) -> tuple[Box, ...]:
    """Return the boxes of the lines of text that an annotation strikes out."""
    found = []
    for index in range(min(raw.FPDFAnnot_CountAttachmentPoints(annotation), _MOST)):
        points = raw.FS_QUADPOINTSF()
        if raw.FPDFAnnot_GetAttachmentPoints(annotation, index, byref(points)):
            xs = points.x1, points.x2, points.x3, points.x4
            ys = points.y1, points.y2, points.y3, points.y4
            found.append((min(xs), min(ys), max(xs), max(ys)))
    return tuple(found)


def _written(annotation: Any, kind: int) -> str | None:
    if kind in _DRAWN:
        return None
    if kind != raw.FPDF_ANNOT_FREETEXT:
        return ""
    return _text(
        lambda room, size: raw.FPDFAnnot_GetStringValue(annotation, b"Contents", room, size)
    )


def _text(told: Callable[[Any, int], int]) -> str:
    room = (c_ushort * _LONGEST)()
    length = min(told(room, 2 * _LONGEST), 2 * _LONGEST)
    return bytes(room)[: max(length - 2, 0)].decode("utf-16-le", "replace").strip()
