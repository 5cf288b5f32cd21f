"""What files that were brought in together come to: which reports have errors, what waits for a person.

Counted in slips as everywhere (`checks.verdict`), so that 年度报送 says the same of a report.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, get_args

import pandas as pd

from checks.standing import slip_of
from checks.states import Judged
from checks.verdict import verdict
from desk.judging import gone_into
from desk.kept import judged_in, kept_texts
from form.figures import grouped
from form.language import _
from library.jobs import State as FileState
from library.store import Library

Outcome = Literal[
    "waiting", "wrong", "failed", "doubt", "judging", "faultless", "duplicate", "gone", "open"
]
"""waiting: a person has to say something before it counts (whose it is, which of several counts); wrong: errors; failed: not read; doubt:
questions and warnings; judging: not checked yet; faultless; duplicate: the same bytes were there;
gone: in the recycle bin by now; open: not read yet."""
OUTCOMES: Final[tuple[Outcome, ...]] = get_args(Outcome)
"""Those first that want a person's eye."""
KEPT: Final[frozenset[Outcome]] = frozenset({"wrong", "doubt", "judging", "faultless"})
Slip = tuple[str, str]
"""An agency and the name of a slip within it."""


@dataclass(frozen=True, slots=True)
class Brought:
    """One file that was brought in, by what became of it and what its reports come to now.

    `errors` are the slips that nobody let stand, `doubts` the open questions and warnings, of all
    its reports; `judged` the findings of each.
    """

    state: FileState
    report_ids: tuple[int, ...]
    outcome: Outcome
    errors: frozenset[Slip] = frozenset()
    doubts: frozenset[Slip] = frozenset()
    judged: tuple[Judged, ...] = ()

    @property
    def slips(self) -> tuple[Judged, ...]:
        """One finding for each of its errors, in their order."""
        first: dict[str, Judged] = {}
        names = {name for _agency, name in self.errors}
        for item in self.judged:
            if item.is_printed and slip_of(item.finding) in names:
                first.setdefault(slip_of(item.finding), item)
        return tuple(first.values())


def judged_of(library: Library, report_ids: Sequence[int]) -> dict[int, tuple[Judged, ...]]:
    """Return the findings of reports with their states; those not judged yet are left out."""
    texts = kept_texts(library, report_ids)
    names = {name for name in library.whose(list(texts)).values() if name is not None}
    names |= gone_into(library.agencies.registry(), names)
    words = {item.number: item for item in library.log.of_agencies(sorted(names))}
    return {number: judged_in(text, words) for number, text in texts.items()}


def brought(
    listed: pd.DataFrame,
    judged: Mapping[int, Sequence[Judged]],
    files: Iterable[tuple[FileState, Sequence[int]]],
) -> tuple[Brought, ...]:
    """Return what files come to, in their order.

    `listed` are the library's reports (`library.reports`), `judged` the findings of those in the
    files; each file is what became of it as it came, and the ids of its reports.
    """
    columns = (
        listed[name].tolist() for name in ("agency", "version", "undecided", "cells_unknown")
    )
    known = zip(listed.index.tolist(), *columns, strict=True)
    places = {
        number: _Place(str(agency), pd.notna(version) and not undecided, bool(unread))
        for number, agency, version, undecided, unread in known
    }
    return tuple(_brought(state, tuple(ids), places, judged) for state, ids in files)


@dataclass(frozen=True, slots=True)
class _Place:
    """Whose a report is, whether it is settled where it stands, and whether cells are unread."""

    agency: str
    is_settled: bool
    is_unread: bool


def _brought(
    state: FileState,
    ids: tuple[int, ...],
    places: Mapping[int, _Place],
    judged: Mapping[int, Sequence[Judged]],
) -> Brought:
    if state in ("waiting", "reading"):
        return Brought(state, ids, "open")
    if state in ("failed", "duplicate"):
        return Brought(state, ids, "failed" if state == "failed" else "duplicate")
    there = [number for number in ids if number in places]
    if not there:
        return Brought(state, ids, "gone")
    errors, doubts = set[Slip](), set[Slip]()
    for number in there:
        said = verdict(judged.get(number, ()))
        agency = places[number].agency
        errors |= {(agency, name) for name in said.errors}
        doubts |= {(agency, name) for name in said.doubts}
    if not all(places[number].is_settled for number in there):
        outcome: Outcome = "waiting"
    elif errors:
        outcome = "wrong"
    elif not all(number in judged for number in there):
        outcome = "judging"
    else:
        # As on 年度报送: nobody calls faultless what nobody could read.
        unread = any(places[number].is_unread for number in there)
        outcome = "doubt" if doubts or unread else "faultless"
    found = tuple(item for number in there for item in judged.get(number, ()))
    return Brought(state, ids, outcome, frozenset(errors), frozenset(doubts), found)


def batch_sentence(files: Sequence[Brought], number: int | None = None) -> str:
    """Return what files come to in a sentence, as the batch with this number.

    第 2 批 15 份：9 份已入库，其中 3 份共 8 处错误；4 份等您定，1 份没读成，1 份重复。
    """
    counts = Counter(item.outcome for item in files)
    n = grouped(len(files))
    head = _("共 {n} 份").format(n=n)
    if number is not None:
        head = _("第 {number} 批 {n} 份").format(number=number, n=n)
    parts = [_kept_words(files, counts)] if any(counts[name] for name in KEPT) else []
    rest = {
        _("{n} 份等您定"): counts["waiting"],
        _("{n} 份没读成"): counts["failed"],
        _("{n} 份重复"): counts["duplicate"],
        _("{n} 份在回收站"): counts["gone"],
        _("{n} 份还没读"): counts["open"],
    }
    others = _("，").join(text.format(n=grouped(count)) for text, count in rest.items() if count)
    return _("{head}：{said}").format(head=head, said=_("；").join(filter(None, [*parts, others])))


def _kept_words(files: Sequence[Brought], counts: Counter[Outcome]) -> str:
    kept = _("{n} 份已入库").format(n=grouped(sum(counts[name] for name in KEPT)))
    wrong = [item for item in files if item.outcome == "wrong"]
    # A carry that stands on two reports of one agency is one slip.
    errors = len(frozenset[Slip]().union(*(item.errors for item in wrong)))
    said = [kept]
    if wrong:
        text = _("其中 {n} 份共 {errors} 处错误")
        said.append(text.format(n=grouped(len(wrong)), errors=grouped(errors)))
    elif not counts["judging"]:
        said.append(_("没有错误"))
    if counts["judging"]:
        said.append(_("{n} 份正在核对").format(n=grouped(counts["judging"])))
    return _("，").join(said)


def verdict_words(item: Brought) -> tuple[str, ...]:
    """Return what a file that was kept comes to, the worst first: 3 处错误, 2 处待核."""
    said = []
    if item.errors:
        said.append(_("{n} 处错误").format(n=grouped(len(item.errors))))
    if item.doubts:
        said.append(_("{n} 处待核").format(n=grouped(len(item.doubts))))
    if item.outcome == "doubt" and not item.doubts:
        said.append(_("有格读不准"))
    if item.outcome == "judging":
        said.append(_("正在核对"))
    if item.outcome == "faultless":
        said.append(_("无误"))
    return tuple(said)
