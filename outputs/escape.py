"""The one place where text that came with a report is made harmless for HTML."""

from __future__ import annotations

import html


def escaped(text: object) -> str:
    """Return `text` fit for HTML content and for double-quoted attributes.

    Controls that HTML cannot hold, and marks that turn the direction of what follows, become
    U+FFFD, so that they are seen.
    """
    return html.escape("".join(map(_visible, str(text))), quote=True)


def _visible(character: str) -> str:
    return "�" if _is_control(character) else character


def _is_control(character: str) -> bool:
    code = ord(character)
    return (
        (code < 0x20 and character not in "\t\n\r")
        or 0x7F <= code <= 0x9F
        or 0x202A <= code <= 0x202E
        or 0x2066 <= code <= 0x2069
        or 0xD800 <= code <= 0xDFFF
    )
