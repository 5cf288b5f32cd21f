"""What scrolls by itself on a page: everybody can reach it, by keys too, and hear what it is."""

from __future__ import annotations


def scroll_region(label: str) -> dict[str, str]:
    """Return the attributes of an element that scrolls: its role, its place among keys, its name.

    A name is needed: a region without one is no landmark, and a stop of the Tab key that says
    nothing.
    """
    if not label.strip():
        raise ValueError("a scroll region has a name")
    return {"role": "region", "tabindex": "0", "aria_label": label}
