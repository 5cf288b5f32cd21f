"""The library as it stands, with all that is said about it: one state, brought up to date in part.

What changes is looked up agency by agency (`Library.touched_since`), so that one decision costs one
agency however large the library is. What nobody has judged yet is `pending`: it is being judged
meanwhile, and whoever looks says so.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from math import inf
from time import monotonic
from typing import Any, Final, TypeVar

import numpy as np
import pandas as pd

from checks.across import Gap, gaps
from checks.explanations import Suspects
from checks.findings import Finding
from checks.frame import findings_frame
from checks.standing import count_in_library
from checks.states import Judged
from desk.judging import gone_into
from desk.kept import NOTHING, judged_in, kept_suspects, kept_texts, printed_in
from desk.measured import Measured
from desk.worker import Here, Judge
from form.agencies.registry import Registry
from form.decisions import Decision
from form.language import _
from form.report import Report
from form.roster import Roster
from library.store import Library

PATIENCE: Final = 1.0
"""Seconds that somebody waits for what is being judged before it is shown as still to come."""
LONGEST: Final = 60.0
"""Seconds that somebody waits for a report that he has opened."""
MANY: Final = 200
"""Touched agencies from which everything is loaded at once."""
REMEMBERED: Final = 32
"""Results that a state remembers."""
_T = TypeVar("_T")
_ORDER: Final = ["sort_key", "agency", "year", "version", "report_id"]


@dataclass(frozen=True, eq=False)
class State:
    """One state of the judged library; shared by all readers, so nobody may change it.

    `everything` is `library.reports()` (see `library.frames`); `judged` has the findings with
    their states of every report that counts, what is settled last; `pending` are the reports that
    count and of which it is not known yet: `judged` has nothing for them. `measured` are the values
    of measures in the reports that count (`desk.figures`). `roster` says who owes a report,
    `registry` what people said of agencies; `stamp` is what both were known by.
    """

    revision: int
    everything: pd.DataFrame
    judged: Mapping[int, tuple[Judged, ...]]
    pending: frozenset[int] = frozenset()
    measured: Measured = field(default_factory=Measured)
    roster: Roster = field(default_factory=Roster)
    registry: Registry = field(default_factory=Registry)
    stamp: int = -1

    @cached_property
    def reports(self) -> pd.DataFrame:
        """All reports, older versions and the queue included, but those still being typed in."""
        return self.everything[~self.everything["typing"]]

    @cached_property
    def counted(self) -> pd.DataFrame:
        """The reports that count: a version each of an agency's year."""
        return self.everything[self.everything["counts"]]

    @cached_property
    def agencies(self) -> Mapping[str, str]:
        """The pinyin of every agency that has a report that counts, in reading order."""
        known = self.counted.drop_duplicates("agency").sort_values("sort_key")
        return dict(zip(known["agency"], known["sort_key"], strict=True))

    @cached_property
    def typing(self) -> pd.DataFrame:
        """The reports that are still being typed in."""
        return self.everything[self.everything["typing"]]

    @cached_property
    def open_findings(self) -> Mapping[int, tuple[Finding, ...]]:
        """The findings about which something is left to do, by report that counts."""
        return {number: unsettled(items) for number, items in self.judged.items()}

    @cached_property
    def open_table(self) -> pd.DataFrame:
        """The same findings, one line each (see `checks.frame`), with what became of them."""
        # Its lines are among those of all findings, which take longer to make than to pick.
        every = (item for items in self.judged.values() for item in items)
        left = np.array([not item.is_settled for item in every], dtype=bool)
        return self.table.drop(columns="number")[left].reset_index(drop=True)

    @cached_property
    def table(self) -> pd.DataFrame:
        """All findings, settled ones too, one line each.

        Beside the columns of `checks.frame`: number (int64), by which the report's page knows it.
        """
        found = findings_frame(self.judged, self.everything)
        return found.assign(number=found.groupby("report_id").cumcount() + 1)

    def once(self, work: Callable[[State], _T]) -> _T:
        """Return `work(self)`, computed once: what follows from the state, whatever is selected."""
        if work not in self._known:
            self._known[work] = work(self)
        found: _T = self._known[work]
        return found

    @cached_property
    def _known(self) -> dict[Callable[[State], Any], Any]:
        return {}

    def remember(self, work: Callable[..., _T], *arguments: Hashable) -> _T:
        """Return `work(self, *arguments)`, computed once as long as it is not the longest unused."""
        found: _T = self._remembered(work, *arguments)
        return found

    def forget(self) -> None:
        """Forget what is remembered of selections."""
        self.__dict__.pop("_remembered", None)

    @cached_property
    def _remembered(self) -> Callable[..., Any]:
        return lru_cache(REMEMBERED)(lambda work, *arguments: work(self, *arguments))

    @cached_property
    def _whose(self) -> Mapping[int, Hashable]:
        names = self.everything["agency"]
        return dict(zip(names.index.tolist(), names.tolist(), strict=True))

    @cached_property
    def error_count(self) -> int:
        """How many definite errors (slips) are open in the print of the reports that count."""
        return count_in_library(self.judged, self._whose)


class Desk:
    """A library and what is said about it; many threads may share it.

    `judge` does the judging: in this process (`desk.worker.Here`) or beside it (`Beside`).
    """

    def __init__(self, library: Library, judge: Judge | None = None) -> None:
        self.library = library
        self._judge = judge or Here(library)
        self._lock = threading.Lock()
        self._state: State | None = None
        self._pending_since = 0.0

    def now(self, patience: float = PATIENCE) -> State:
        """Return the state of now; what is not judged after so many seconds is `pending`.

        Those seconds are counted from when it was first missed: who comes later does not wait
        for them again.
        """
        state, in_vain = self._refreshed(), False
        while state.pending:
            left = self._pending_since + patience - monotonic()
            if not self._judge.judge(_whose(state), max(0.0, left)):
                break
            after = self._refreshed()
            same = after.pending == state.pending and after.revision == state.revision
            if same and in_vain:
                return after  # judged, and yet not kept: nothing is gained by asking again
            # Once it is: what was being judged already may have been judged before the last change.
            state, in_vain = after, same
        return state

    def settled(self) -> State:
        """Return the state of now with everything judged, however long it takes."""
        return self.now(inf)

    def judged(self, report_id: int) -> tuple[Judged, ...]:
        """Return the findings about any report with their states, what is settled last.

        Waits until it is judged, as far as that takes less than `LONGEST`. Raises LibraryError
        for an unknown id.
        """
        known = self._refreshed().judged.get(report_id)
        if known is not None:
            return known
        agency = self.library.report(report_id).agency
        text = self._text(report_id)
        return settled_last(judged_in(text, self._words([agency])))

    def printed(self, report_id: int) -> tuple[Finding, ...]:
        """Return the findings about any report's untouched reading; waits as `judged` does."""
        return printed_in(self._text(report_id))

    def suspects(self, report_id: int) -> Suspects:
        """Return what explains the errors of any report, best first; waits as `judged` does."""
        found = kept_suspects(self.library, report_id)
        if found is None:
            self._judge.judge([report_id], LONGEST)
            found = kept_suspects(self.library, report_id)
        return found or Suspects(complete=False, limit=_("还没有核对完。"), every_way=False)

    def neighbour(self, report_id: int, years: int) -> Report | None:
        """Return the same agency's report so many years later, where one counts."""
        year, same = self._years(report_id)
        number = None if year is None else same.get(year + years)
        return None if number is None else self.library.report(number)

    def gap_before(self, report_id: int) -> Gap | None:
        """Return the years without a report between this one and the last before it."""
        year, same = self._years(report_id)
        known = () if year is None else (*same, year)
        return next((gap for gap in gaps(known) if gap.after == year), None)

    def _years(self, report_id: int) -> tuple[int | None, dict[int, int]]:
        """Return a report's year, and the ids of the same agency's reports that count, by year."""
        reports = self._refreshed().reports
        agency, year = reports["agency"][report_id], reports["year"][report_id]
        if pd.isna(agency) or pd.isna(year):
            return None, {}
        same = reports[reports["counts"] & (reports["agency"] == agency)]
        years = zip(same["year"].tolist(), same.index.tolist(), strict=True)
        return int(year), dict(years)

    def _text(self, report_id: int) -> str:
        """Return what is kept about a report, judged now where nothing is kept that holds."""
        texts = kept_texts(self.library, [report_id])
        if not texts:
            self._judge.judge([report_id], LONGEST)
            texts = kept_texts(self.library, [report_id])
        return texts.get(report_id, NOTHING)

    def _refreshed(self) -> State:
        """Return the state of now without waiting for anybody who judges."""
        with self._lock:
            old, revision = self._state, self.library.revision
            if old is None:
                new = self._loaded(revision)
            elif old.revision != revision:
                new = self._changed(old, revision)
            elif old.pending:
                new = self._completed(old, old, old.pending)
            else:
                return old
            new = self._with_roster(new, old)
            if new.pending - (old.pending if old else frozenset()):
                self._pending_since = monotonic()
            self._state = new
            return new

    def _with_roster(self, new: State, old: State | None) -> State:
        """Return a state with roster and registry, read anew only where they may have changed."""
        stamp = self.library.roster.stamp()
        if old is not None and old.stamp == stamp:
            return replace(new, roster=old.roster, registry=old.registry, stamp=stamp)
        roster, registry = self.library.roster.now(), self.library.agencies.registry()
        return replace(new, roster=roster, registry=registry, stamp=stamp)

    def _loaded(self, revision: int) -> State:
        """Return a state that is loaded as a whole."""
        bare = State(revision, self.library.reports(), {})
        return self._completed(bare, bare, None)

    def _changed(self, old: State, revision: int) -> State:
        """Return the state after `old`: only what was touched since is looked up."""
        agencies = self.library.touched_since(old.revision)
        if len(agencies) > MANY:
            return self._loaded(revision)
        untouched = old.everything[~_are(old.everything, agencies)]
        everything = _in_order([untouched, self.library.reports(agencies)])
        touched = frozenset(everything.index[_are(everything, agencies)].tolist())
        bare = State(revision, everything, {})
        return self._completed(bare, old, touched | old.pending)

    def _completed(self, bare: State, old: State, asked: frozenset[int] | None) -> State:
        """Return a state with all that is kept: what `old` knows, but for what is `asked` for.

        `asked` are report ids, None for all.
        """
        counted = bare.everything.index[bare.everything["counts"]].tolist()
        wanted = counted if asked is None else [number for number in counted if number in asked]
        texts = kept_texts(self.library, None if asked is None else wanted)
        names = bare.everything["agency"].reindex(list(texts)).dropna().unique().tolist()
        new = _decoded(texts, self._words(None if asked is None else names))
        judged = {
            number: found
            for number in counted
            if (found := (new if asked is None or number in asked else old.judged).get(number))
            is not None
        }
        measured = Measured() if asked is None else old.measured.after(asked)
        return replace(
            bare, judged=judged, pending=frozenset(counted) - judged.keys(), measured=measured
        )

    def _words(self, agencies: Sequence[str | None] | None) -> dict[int, Decision]:
        """Return the log's entries about agencies and those joined into them, or all, by number."""
        names = None if agencies is None else [name for name in agencies if name is not None]
        if names is not None:
            names += gone_into(self.library.agencies.registry(), names) - {*names}
        return {item.number: item for item in self.library.log.of_agencies(names)}


def settled_last(judged: Iterable[Judged]) -> tuple[Judged, ...]:
    """Return findings in their order, those that nobody need look at after the others."""
    return tuple(sorted(judged, key=lambda item: item.is_settled))


def unsettled(judged: Iterable[Judged]) -> tuple[Finding, ...]:
    """Return the findings about which something is left to do."""
    return tuple(item.finding for item in judged if not item.is_settled)


def _decoded(
    texts: Mapping[int, str], words: Mapping[int, Decision]
) -> dict[int, tuple[Judged, ...]]:
    return {number: settled_last(judged_in(text, words)) for number, text in texts.items()}


def _whose(state: State) -> list[str]:
    """Return the agencies whose reports are pending."""
    return sorted(state.everything["agency"].reindex(sorted(state.pending)).dropna().unique())


def _are(reports: pd.DataFrame, agencies: Collection[str]) -> pd.Series[bool]:
    """Say which reports are these agencies', or nobody's: those are always looked up."""
    return reports["agency"].isin(list(agencies)) | reports["agency"].isna()


def _in_order(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return lists of reports as one, in the order of `library.reports()`."""
    whole = pd.concat([part for part in parts if not part.empty] or list(parts[:1]))
    return whole.sort_values(_ORDER, kind="stable", na_position="last")
