"""The address of an agency's own view."""

from __future__ import annotations

from form.language import _
from pages.parts.links import href


def organ_href(agency: str) -> str:
    """Return the address of an agency's own view in 资料库."""
    return href("library", {"part": _("机关"), "organ": agency})
