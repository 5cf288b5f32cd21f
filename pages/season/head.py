"""What the season page says first: who is missing, who is wrong, what lies with us, and the terms."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import Final

from desk.season import Organ, Season
from form.agencies.words import Kind
from form.figures import grouped
from form.language import _
from form.names import SEPARATOR
from pages.parts.markup import Markup, tag
from pages.season.words import day_words, kind_name, left_words

_SOON: Final = 10
"""Days before a term from which on it stands out."""
_MOST: Final = 6


def opening(found: Season, agencies: Collection[str] | None) -> str:
    """Return the state of the season as a sentence."""
    counts = {name: found.count(name, agencies) for name in ("due", "received", "missing", "wrong")}
    if not counts["due"]:
        return _("{year} 年度名册里没有应报的机构").format(year=found.year)
    said = [
        _("应报的 {n} 家都已收到").format(n=grouped(counts["due"]))
        if not counts["missing"]
        else _("{n} 家已收，还有 {missing} 家未收").format(
            n=grouped(counts["received"]), missing=grouped(counts["missing"])
        )
    ]
    unasked = sum(organ.letter is None for organ in found.those("wrong", agencies))
    if counts["wrong"]:
        wrong = _("{n} 家有误，共 {errors} 处").format(
            n=grouped(counts["wrong"]), errors=grouped(found.errors(agencies))
        )
        left = _("，其中 {n} 家还没有发函").format(n=grouped(unasked)) if unasked else ""
        said.append(f"{wrong}{left}")
    return _("；").join(said)


def terms(found: Season, agencies: Collection[str] | None) -> Iterator[Markup]:
    """Yield today, then the terms by kind with the days that are left; a soon one stands out."""
    parts = [tag("span", _("今天 {day}").format(day=day_words(found.day)))]
    for kind, term, source, missing in _terms(found.those("due", agencies)):
        text = _("{kind} {day}截止，{left}").format(
            kind=kind_name(kind), day=day_words(term), left=left_words(term, found.day)
        )
        rule = _("（{source}）").format(source=source) if source else ""
        soon = missing and (term - found.day).days <= _SOON
        parts.append(tag("b" if soon else "span", text, rule))
    for place, part in enumerate(parts):
        if place:
            yield tag("span", SEPARATOR)
        yield part


def _terms(organs: Collection[Organ]) -> list[tuple[Kind | None, date, str, bool]]:
    """Return the terms of kinds, the earliest first, and whether anybody has yet to meet each."""
    found: dict[tuple[Kind | None, date, str], bool] = {}
    for organ in organs:
        if organ.term is not None:
            source = organ.row.term.source if organ.row.term else ""
            key = (organ.kind, organ.term, source)
            found[key] = found.get(key, False) or organ.place == "missing"
    ordered = sorted(found.items(), key=lambda item: item[0][1])[:_MOST]
    return [(*key, missing) for key, missing in ordered]
