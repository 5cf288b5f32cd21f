"""PDFium's small functions, those called for every letter and every line, at two thirds of the price.

pypdfium2 makes an object of every handle that passes through a call, and gives the interpreter's
lock away for it; for a function that only looks something up this is most of its time. Here
handles are numbers and the lock stays. The signatures are still those of pypdfium2.
"""

from __future__ import annotations

from collections.abc import Callable
from ctypes import POINTER, PYFUNCTYPE, c_int, c_void_p, cast
from typing import Any, Final

from pypdfium2 import raw

_POINTERS: Final = POINTER(c_int).__bases__[0]


def handle(pointer: Any) -> int:
    """Return the number behind a handle of pypdfium2."""
    return cast(pointer, c_void_p).value or 0


def _direct(function: Any) -> Callable[..., Any]:
    types = (function.restype, *function.argtypes)
    plain = (c_void_p if issubclass(kind, _POINTERS) else kind for kind in types)
    return PYFUNCTYPE(*plain)(handle(function))


count_chars: Final = _direct(raw.FPDFText_CountChars)
text: Final = _direct(raw.FPDFText_GetText)
unicode: Final = _direct(raw.FPDFText_GetUnicode)
char_box: Final = _direct(raw.FPDFText_GetLooseCharBox)
tight_box: Final = _direct(raw.FPDFText_GetCharBox)
char_origin: Final = _direct(raw.FPDFText_GetCharOrigin)
char_angle: Final = _direct(raw.FPDFText_GetCharAngle)
is_generated: Final = _direct(raw.FPDFText_IsGenerated)
has_no_name: Final = _direct(raw.FPDFText_HasUnicodeMapError)
letter_object: Final = _direct(raw.FPDFText_GetTextObject)
object_text: Final = _direct(raw.FPDFTextObj_GetText)

page_count: Final = _direct(raw.FPDFPage_CountObjects)
page_object: Final = _direct(raw.FPDFPage_GetObject)
form_count: Final = _direct(raw.FPDFFormObj_CountObjects)
form_object: Final = _direct(raw.FPDFFormObj_GetObject)

kind: Final = _direct(raw.FPDFPageObj_GetType)
bounds: Final = _direct(raw.FPDFPageObj_GetBounds)
matrix: Final = _direct(raw.FPDFPageObj_GetMatrix)
fill_colour: Final = _direct(raw.FPDFPageObj_GetFillColor)
is_transparent: Final = _direct(raw.FPDFPageObj_HasTransparency)
render_mode: Final = _direct(raw.FPDFTextObj_GetTextRenderMode)
clip: Final = _direct(raw.FPDFPageObj_GetClipPath)
clip_count: Final = _direct(raw.FPDFClipPath_CountPaths)
clip_segment_count: Final = _direct(raw.FPDFClipPath_CountPathSegments)
clip_segment: Final = _direct(raw.FPDFClipPath_GetPathSegment)
segment_count: Final = _direct(raw.FPDFPath_CountSegments)
segment: Final = _direct(raw.FPDFPath_GetPathSegment)
draw_mode: Final = _direct(raw.FPDFPath_GetDrawMode)
segment_kind: Final = _direct(raw.FPDFPathSegment_GetType)
segment_point: Final = _direct(raw.FPDFPathSegment_GetPoint)
segment_closes: Final = _direct(raw.FPDFPathSegment_GetClose)
