"""The ranking of a score sheet as a table."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from form.figures import digits
from form.language import _
from form.scoring import ITEMS, item_names
from measures.scoring import Scored
from outputs.score_file import rank_words, score_words
from pages.parts.grid import Column, grid_html
from pages.parts.links import href
from pages.parts.markup import Markup, link


def ranking_html(shown: Sequence[Scored], year: int) -> Markup:
    """Return a line an organ: its rank, its score, what each item took off."""
    names = item_names()
    columns = (
        Column(_("机构")),
        Column(_("名次"), "middle"),
        Column(_("得分"), "number"),
        *(Column(names[key], "number") for key in ITEMS),
        Column(_("待认定"), "number"),
    )
    rows = (
        (
            link(item.agency, href("scores", {"year": year, "organ": item.agency}, "points")),
            rank_words(item),
            score_words(item),
            *(_off(item.off[key]) for key in ITEMS),
            _off(item.pending),
        )
        for item in shown
    )
    return grid_html(_("{year} 年度报送考评").format(year=year), columns, rows)


def _off(points: Decimal) -> str:
    return f"−{digits(points)}" if points else ""
