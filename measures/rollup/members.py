"""Who is added up: where organs lie, so that nothing is counted twice, and whose own level they are.

What people said of an agency comes first (`form.agencies.registry`), then its name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from form.agencies.divisions import Division
from form.agencies.names import read_name
from form.agencies.registry import Agency
from form.agencies.words import Kind
from measures.rollup.model import Covers, Member

_AREAS: Final[frozenset[Kind]] = frozenset({"government", "township", "subdistrict"})
"""Kinds that answer for an area of their own, and are nobody's department."""


@dataclass(frozen=True, slots=True)
class _Organ:
    """What is known of an organ: what it is, where, and who is above it."""

    name: str
    kind: Kind | None
    place: str
    region: Division | None
    parent: str | None


def members_of(
    organs: Sequence[tuple[str, Covers | None]],
    parent: str | None,
    known: Mapping[str, Agency] | None = None,
) -> tuple[Member, ...]:
    """Return organs (name, what the roster says that its report covers) as they are added up.

    Where nobody says what a report covers, a government's covers its area and any other its organ.
    `known` are agencies of the library by name, so far as there are any.
    """
    told = known or {}
    found = {name: _organ(name, told.get(name)) for name, _covers in organs}
    above = None if parent is None else _organ(parent, told.get(parent))
    areas = [item for item in found.values() if item.kind in _AREAS and item.name != parent]
    members = []
    for name, covers in organs:
        one = found[name]
        within = tuple(area.name for area in areas if _lies_in(one, area, found))
        covered = covers or ("area" if one.kind == "government" else "own")
        members.append(Member(name, covered, within, _is_own(one, covered, within, above)))
    return tuple(members)


def likely_parent(organs: Iterable[str], known: Mapping[str, Agency]) -> str | None:
    """Return the government over most of these organs, None where two are over as many, or none.

    Of whom people said whose they are, that one; of a department the government of the place that
    its name begins with, whether the library knows it or not.
    """
    counts: Counter[str] = Counter()
    for one in (_organ(name, known.get(name)) for name in dict.fromkeys(organs)):
        if one.parent is not None:
            counts[one.parent] += 1
        elif one.kind not in _AREAS and len(one.place) > 1:
            counts[_government(one, known)] += 1
    best = [name for name, count in counts.items() if count == max(counts.values())]
    return best[0] if len(best) == 1 else None


def _government(one: _Organ, known: Mapping[str, Agency]) -> str:
    """Return the name of the government of an organ's place, as the library has it where it does."""
    governments = (name for name, item in known.items() if item.kind == "government")
    own = [name for name in governments if read_name(name).place == one.place]
    return own[0] if len(own) == 1 else f"{one.place}人民政府"


def _organ(name: str, said: Agency | None) -> _Organ:
    read = read_name(name)
    kind = read.kind if said is None else said.kind
    region = read.region if said is None else said.region
    return _Organ(name, kind, read.place, region, None if said is None else said.parent)


def _lies_in(one: _Organ, area: _Organ, found: Mapping[str, _Organ]) -> bool:
    if one.name == area.name:
        return False
    above, steps = one.parent, 0
    while above is not None and steps < len(found) + 1:
        if above == area.name:
            return True
        above, steps = found[above].parent if above in found else None, steps + 1
    if one.parent is not None:
        return False
    if one.region is not None and area.region is not None and area.kind == "government":
        below = one.region.within([area.region])
        return below or (one.region == area.region and one.kind != "government")
    return area.kind == "government" and one.kind != "government" and _same(one, area)


def _same(one: _Organ, area: _Organ) -> bool:
    """Say whether an organ bears the place of a government in its name."""
    if not one.place or not area.place:
        return False
    return one.place == area.place or one.place.endswith(area.place)


def _is_own(one: _Organ, covers: Covers, within: tuple[str, ...], parent: _Organ | None) -> bool:
    """Say whether an organ is of the parent's own level: one of its departments."""
    if one.kind in _AREAS or covers == "area" or within:
        return False
    if parent is None or one.parent is not None:
        return parent is None or one.parent == parent.name
    if one.region is not None and parent.region is not None:
        return one.region == parent.region
    bare = len(one.place) <= 1
    return bare or one.place == parent.place or parent.place.endswith(one.place)
