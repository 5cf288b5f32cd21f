"""疑似同一机关: agencies of which a person may want to say that they are one. Never decided here.

Two names are proposed where they can be of the same place, are alike or follow each other by a
known reform, and their years fit: nobody reports under two names on one year.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Final

from form.agencies import words
from form.agencies.alike import may_be_one, same_place
from form.agencies.names import AgencyName, read_name
from form.agencies.registry import Agency, How, Registry
from form.language import _

ALIKE: Final = 0.5
"""The share of their signs' pairs that what two bodies are for must have in common."""

MOST: Final = 3
"""Agencies that a name without its place may be of before it is no proposal any more."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two agencies that may be one: `other` would be a name of `agency`, for what reason."""

    agency: str
    other: str
    how: How
    why: str


def proposals(agencies: Sequence[Agency], registry: Registry) -> tuple[Proposal, ...]:
    """Return all pairs that a person may want to look at, each once, by name."""
    found = {}
    for one, other in _pairs(agencies):
        key = frozenset((one.agency, other.agency))
        if key not in found and key not in registry.apart and not _related(one, other):
            proposal = _proposed(one, other)
            if proposal is not None:
                found[key] = proposal
    told = Counter(item.other for item in found.values() if item.how == "alias")
    return tuple(
        item
        for item in sorted(found.values(), key=lambda item: (item.agency, item.other))
        if item.how != "alias" or told[item.other] <= MOST
    )


def _pairs(agencies: Sequence[Agency]) -> Iterator[tuple[Agency, Agency]]:
    """Yield pairs that share a body, or a place: no others can be proposed."""
    read = {item.agency: read_name(item.agency) for item in agencies}
    keys: tuple[Callable[[AgencyName], object], ...] = (
        lambda name: name.body and (name.township, name.body),
        lambda name: name.place and (name.regions or name.place, name.zone, name.township),
    )
    for key in keys:
        groups: dict[object, list[Agency]] = defaultdict(list)
        for item in agencies:
            groups[key(read[item.agency])].append(item)
        for shared, group in groups.items():
            if shared:
                yield from combinations(group, 2)


def _related(one: Agency, other: Agency) -> bool:
    return other.agency in (*one.predecessors, *one.successors)


def _proposed(one: Agency, other: Agency) -> Proposal | None:
    if set(one.years) & set(other.years):
        return None
    if may_be_one(one.agency, other.agency):
        fuller, other = sorted((one, other), key=lambda item: _fullness(item.agency))
        why = _("同一处地方，名称只是写法不同")
        return Proposal(fuller.agency, other.agency, "alias", why)
    first, second = read_name(one.agency), read_name(other.agency)
    if (first.zone, first.township) != (second.zone, second.township):
        return None
    if not first.place or not same_place(first, second):
        return None
    earlier, later = sorted((one, other), key=lambda item: item.years[:1])
    if not earlier.years or earlier.years[-1] >= later.years[0]:
        return None
    why_alike = _alike(read_name(earlier.agency).body, read_name(later.agency).body)
    if why_alike is None:
        return None
    years = _("前者到 {last} 年为止，后者从 {first} 年开始").format(
        last=earlier.years[-1], first=later.years[0]
    )
    return Proposal(later.agency, earlier.agency, "name", _("；").join((why_alike, years)))


def _fullness(name: str) -> tuple[int, int, str]:
    read = read_name(name)
    return -(read.region is not None), -len(read.place), name


def _alike(earlier: str, later: str) -> str | None:
    """Return why one body may have followed another; None where nothing says so."""
    old, new = _purpose(earlier), _purpose(later)
    for before, after in words.REFORMED.items():
        if old == before and any(new.startswith(item) for item in after):
            return _("职能相承：{old} → {new}，{source}").format(
                old=earlier, new=later, source=words.REFORM
            )
    if old and new and old != new and (_common(old, new) >= ALIKE or _within(old, new)):
        return _("同一处地方，名称相近")
    return _("同一处地方，名称相近") if old == new and earlier != later else None


def _purpose(body: str) -> str:
    """Return what a body is for: 自然资源和规划 of 自然资源和规划局."""
    end = next((end for end in words.BODY_ENDS if body.endswith(end)), None)
    return "" if end is None else body.removesuffix(end)


def _common(one: str, other: str) -> float:
    first, second = (set(pairwise(text)) for text in (one, other))
    return len(first & second) / len(first | second) if first | second else 0.0


def _within(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return longer.startswith(shorter) or longer.endswith(shorter)


def of_agency(found: Iterable[Proposal], agency: str) -> tuple[Proposal, ...]:
    """Return the proposals that an agency is part of."""
    return tuple(item for item in found if agency in (item.agency, item.other))
