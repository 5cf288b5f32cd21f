"""The one place where text that came with a report is made harmless for HTML."""

from __future__ import annotations

import html
import re
from typing import Final

_CONTROL: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def escaped(text: object) -> str:
    """Return `text` fit for HTML content and for double-quoted attributes.

    Controls that HTML cannot hold, and marks that turn the direction of what follows, become
    U+FFFD, so that they are seen.
    """
    return html.escape(_CONTROL.sub("\ufffd", str(text)), quote=True)
