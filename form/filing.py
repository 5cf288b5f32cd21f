"""Where reports are filed: whose, on which year, as which version, in the bin or not, chosen or not.

What the library said of a report when it first knew of it, and the log after that, give where the
report stands now: this is the one place that says how.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, Literal, get_args

from form.decisions import Action, Decision, taken_back

Beside = Literal["only", "corrects", "undecided"]
"""What a person says of a report beside others on its year: it alone counts, the others are none of
theirs; it corrects the others; it cannot be told yet, so that nothing counts."""
BESIDE: Final[tuple[Beside, ...]] = get_args(Beside)
Aside = Literal["dropped", "corrected"]
"""What the others are by that: no report of theirs, or an earlier version."""
_ASIDE: Final[Mapping[Beside, Aside]] = {"only": "dropped", "corrects": "corrected"}


@dataclass(frozen=True, slots=True)
class Filed:
    """Where one report is filed.

    `version` is its number among those of its agency's year, None while it waits for these or is
    still being typed in. `chosen` says that it counts whatever comes later. `recycled_at` and
    `recycled_by` say when and by whom it was put into the bin; None outside. `aside` says that it
    gives way to others on its year, which a person preferred.
    """

    agency: str | None
    year: int | None
    version: int | None
    chosen: bool = False
    recycled_at: datetime | None = None
    recycled_by: str | None = None
    aside: Aside | None = None


@dataclass(frozen=True, slots=True)
class Replayed:
    """Where each report is filed, by its id, and the numbers of entries that cannot have been made."""

    filed: Mapping[int, Filed]
    misfits: tuple[int, ...]


def replay_filing(first: Mapping[int, Filed], decisions: Iterable[Decision]) -> Replayed:
    """Return where reports are filed after `decisions`, that stood at `first` before any of them.

    An entry about a report that did not stand where the entry says, or in a place where such a
    thing cannot be done, is a misfit; it is heard all the same.
    """
    known = sorted(decisions, key=lambda item: item.number)
    gone = taken_back(known)
    cabinet, misfits = _Cabinet(first), list[int]()
    for item in known:
        # A recycling ends by a `restore` of its own; only a choice is taken back unmade.
        if item.action not in _STEPS or (item.action == "choose" and item.number in gone):
            continue
        before = cabinet.filed.get(item.report_id or 0)
        if before is None or not _FITS[item.action](before, item):
            misfits.append(item.number)
        if before is not None:
            _STEPS[item.action](cabinet, item.report_id or 0, item)
    return Replayed(cabinet.filed, tuple(misfits))


def standing(decisions: Iterable[Decision]) -> frozenset[int]:
    """Return the numbers of the entries by which reports stand where they do.

    Of each report the last that put it into the bin, where it still is, and the last that named
    it; of each agency's year the last choice that holds, where its report has stayed.
    """
    known = sorted(decisions, key=lambda item: item.number)
    gone = taken_back(known)
    last: dict[tuple[object, ...], Decision] = {}
    for item in known:
        if item.action in ("recycle", "undo_import"):
            last["bin", item.report_id] = item
        elif item.action == "restore":
            last.pop(("bin", item.report_id), None)
        elif item.action == "choose" and item.number not in gone:
            between = frozenset((item.report_id, *others_of(item))) if item.part else ()
            last["choice", item.agency, item.year, *sorted(between, key=str)] = item
        elif item.action == "identify":
            last["name", item.report_id] = item
            chosen = last.get(("choice", item.from_agency, item.from_year))
            if chosen is not None and chosen.report_id == item.report_id:
                del last["choice", item.from_agency, item.from_year]
    return frozenset(item.number for item in last.values())


def others_of(item: Decision) -> tuple[int, ...]:
    """Return the ids of the reports beside which a `choose` speaks of one; none where it is plain."""
    return tuple(int(word) for word in (item.value or "").split() if word.isdecimal())


class _Cabinet:
    """Reports by id, and the ids by agency and year, so that a choice need not ask all reports."""

    def __init__(self, first: Mapping[int, Filed]) -> None:
        self.filed = dict(first)
        self._of_year: dict[tuple[str | None, int | None], set[int]] = defaultdict(set)
        for report_id, place in first.items():
            self._of_year[place.agency, place.year].add(report_id)

    def recycle(self, report_id: int, item: Decision) -> None:
        self._put(report_id, recycled_at=item.at, recycled_by=item.who)

    def restore(self, report_id: int, _item: Decision) -> None:
        self._put(report_id, recycled_at=None, recycled_by=None)

    def identify(self, report_id: int, item: Decision) -> None:
        before = self.filed[report_id]
        self._of_year[before.agency, before.year].discard(report_id)
        self._of_year[item.agency, item.year].add(report_id)
        told = {"agency": item.agency, "year": item.year, "version": item.version}
        self._put(report_id, **told, chosen=False, aside=None)

    def choose(self, report_id: int, item: Decision) -> None:
        if item.part in BESIDE:
            there = self._of_year[item.agency, item.year]
            aside = _ASIDE.get(item.part)
            self._put(report_id, chosen=False, aside=None)
            for other in there & {*others_of(item)}:
                self._put(other, chosen=False, aside=aside)
            return
        for other in self._of_year[item.agency, item.year]:
            self._put(other, chosen=other == report_id)

    def type(self, report_id: int, item: Decision) -> None:
        # An entry from before the log told of filing has no version: it was there at the start.
        if item.version is not None:
            self._put(report_id, version=item.version)

    def _put(self, report_id: int, **changed: Any) -> None:
        self.filed[report_id] = replace(self.filed[report_id], **changed)


def _stood_there(before: Filed, item: Decision) -> bool:
    return (before.agency, before.year, before.version) == (item.agency, item.year, item.version)


def _could_be_recycled(before: Filed, item: Decision) -> bool:
    return before.recycled_at is None and _stood_there(before, item)


def _could_be_restored(before: Filed, item: Decision) -> bool:
    return before.recycled_at is not None and _stood_there(before, item)


def _was_there(before: Filed, item: Decision) -> bool:
    return (before.agency, before.year) == (item.from_agency, item.from_year)


def _could_be_chosen(before: Filed, item: Decision) -> bool:
    counts = before.version is not None and before.recycled_at is None
    return counts and _stood_there(before, item)


def _was_typed(before: Filed, item: Decision) -> bool:
    if item.version is None:
        return True
    return (before.agency, before.year, before.version) == (item.agency, item.year, None)


_STEPS: Final[Mapping[Action, Callable[[_Cabinet, int, Decision], None]]] = {
    "recycle": _Cabinet.recycle,
    "restore": _Cabinet.restore,
    "identify": _Cabinet.identify,
    "choose": _Cabinet.choose,
    "undo_import": _Cabinet.recycle,
    "type": _Cabinet.type,
}
_FITS: Final[Mapping[Action, Callable[[Filed, Decision], bool]]] = {
    "recycle": _could_be_recycled,
    "restore": _could_be_restored,
    "identify": _was_there,
    "choose": _could_be_chosen,
    "undo_import": _could_be_recycled,
    "type": _was_typed,
}
