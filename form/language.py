"""Text for people goes through gettext; its source language is Chinese.

The msgid of a message is its Chinese wording, so that a missing translation can never put
English on a Chinese screen. Catalogues lie in `locale/` beside this package.
"""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path

DOMAIN = "disclosure_desk"
LOCALE_FOLDER = Path(__file__).resolve().parent.parent / "locale"


@cache
def _catalogue() -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, LOCALE_FOLDER, fallback=True)


def _(message: str) -> str:
    """Return `message` (Chinese) in the language that the environment asks for."""
    return _catalogue().gettext(message)
