"""Lines that pages of a document have in common: running headers, which are no titles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from loaders.recogniser.identity import says_title
from loaders.recogniser.lines import Line

_LEAST_PAGES = 3
_SAME_HEIGHT = 3.0
"""Points by which the tops of one header's lines may differ."""


def running_titles(lines: Sequence[Line]) -> list[Line]:
    """Return lines that read like titles and stand at the same height on three pages or more.

    Of documents without pages none.
    """
    tops: defaultdict[str, list[tuple[float, int, Line]]] = defaultdict(list)
    for line in lines:
        place = line.fields[0].place if line.fields else None
        if line.grid is None and place is not None and place.page and place.box:
            tops[line.fields[0].plain].append((place.box[1], place.page, line))
    repeated = [found for found in tops.values() if len(found) >= _LEAST_PAGES]
    return [
        line
        for found in repeated
        if says_title(found[0][2].text)
        for top, _page, line in found
        if len({p for other, p, _l in found if abs(other - top) <= _SAME_HEIGHT}) >= _LEAST_PAGES
    ]


def without(lines: Sequence[Line], others: Sequence[Line]) -> list[Line]:
    """Return lines without some others of them."""
    left_out = set(map(id, others))
    return [line for line in lines if id(line) not in left_out] if left_out else list(lines)
