"""A new version of a report beside the one before: what was asked, mended, still wrong, newly wrong.

Pure comparison of two prints and of what is said about each. The page, the letters and the season
take it from here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Final, Literal

from checks.findings import Finding
from checks.standing import slip_of
from checks.states import Judged
from checks.versions import CellDifference, compare
from form.figures import grouped
from form.language import _
from form.model import address, split_address
from form.names import cell_name_in, row_name
from form.report import Cell, Report, layout_edition
from form.values import folded

Fate = Literal["mended", "still", "new", "other", "spelling"]
"""What a change of a cell did. mended: an error that was asked about is gone by it; still: the error
is there all the same; new: it brought an error about; other: nobody asked for it; spelling: blank,
dash and 0 changed places, which makes no difference to any sum."""
FATES: Final[tuple[Fate, ...]] = ("mended", "still", "new", "other")
_Number = int | Decimal
Slip = tuple[Finding, ...]
_TOTALS: Final = ("total", "total_processed")


@dataclass(frozen=True, slots=True)
class Changed:
    """A cell in which the two versions differ, and what that change did."""

    difference: CellDifference
    fate: Fate

    @property
    def address(self) -> str:
        """Which cell."""
        return self.difference.address


@dataclass(frozen=True)
class Resubmission:
    """Two versions of one report, compared.

    `asked` are the slips of the old print that were asked about; `mended` those of them that are
    gone; `untold` those of which the new version does not let one tell; `still` are the slips of the new
    print about what was asked, `new` those that were not there before, `left` those that were
    there and not asked about. `cells` are the cells that differ, in printed order; `compared` how many
    cells either version has. `prose_differs` says whether the text does.
    """

    old: Report
    new: Report
    asked: tuple[Slip, ...]
    mended: tuple[Slip, ...]
    untold: tuple[Slip, ...]
    still: tuple[Slip, ...]
    new_slips: tuple[Slip, ...]
    left: tuple[Slip, ...]
    cells: tuple[Changed, ...]
    compared: int
    prose_differs: bool

    @cached_property
    def fates(self) -> Mapping[str, Changed]:
        """The cells that differ, by address."""
        return {item.address: item for item in self.cells}

    def of(self, fate: Fate) -> tuple[Changed, ...]:
        """Return the cells of one fate."""
        return tuple(item for item in self.cells if item.fate == fate)

    @property
    def not_mended(self) -> int:
        """How many slips that were asked about are not known to be mended."""
        return len(self.asked) - len(self.mended)

    @property
    def is_mended(self) -> bool:
        """Say whether all that was asked about is mended, and nothing new is wrong."""
        return not self.not_mended and not self.new_slips

    @property
    def sentence(self) -> str:
        """How many were asked about and mended, still wrong, newly wrong, changed unasked; in Chinese."""
        asked, mended = len(self.asked), len(self.mended)
        if not asked:
            head = _("没有要求改的错误")
        elif asked == mended:
            head = _("要求改的 {n} 处都已改好").format(n=grouped(asked))
        else:
            head = _("要求改的 {n} 处改好 {m} 处").format(n=grouped(asked), m=grouped(mended))
        counts = {
            _("{n} 处仍错"): asked - mended - len(self.untold),
            _("{n} 处因缺格无从核对"): len(self.untold),
            _("{n} 处新错"): len(self.new_slips),
            _("另改了 {n} 格"): len(self.of("other")),
        }
        told = [text.format(n=grouped(count)) for text, count in counts.items() if count]
        return _("；").join([head, _("，").join(told)]) if told else head

    @property
    def same_sentence(self) -> str:
        """How much the two versions have in common, in Chinese."""
        same = self.compared - len(self.cells)
        text = _("{n} 格中 {m} 格两版相同；{prose}").format(
            n=grouped(self.compared),
            m=grouped(same),
            prose=_("正文有改动") if self.prose_differs else _("正文相同"),
        )
        spelled = len(self.of("spelling"))
        if not spelled:
            return text
        rest = _("{text}；{n} 格只是空、横线和 0 的写法不同")
        return rest.format(text=text, n=grouped(spelled))

    @property
    def events(self) -> tuple[str, ...]:
        """What was changed without being asked, as events where it is one: so many moved from here to there."""
        return tuple(_events(self))


def fate_names() -> dict[Fate, str]:
    """Return what people call each fate of a cell."""
    return {
        "mended": _("改好"),
        "still": _("仍错"),
        "new": _("新错"),
        "other": _("另改"),
        "spelling": _("写法不同"),
    }


def resubmission(
    old: Report,
    new: Report,
    before: Iterable[Judged],
    after: Iterable[Judged],
    keys: Collection[str] | None = None,
) -> Resubmission:
    """Compare two versions of one report, each as it is printed (`form.decisions.as_printed`).

    `before` and `after` are what is said about each; `keys` are those of the findings that were
    asked about, None for every error of the old print that nobody let stand.
    """
    told = [item.finding for item in after if item.is_printed]
    was = {item.key: item for item in _errors(before)}
    now = {item.finding.key: item.finding for item in after if _is_wrong(item)}
    asked = [item for key, item in was.items() if keys is None or key in keys]
    # A total that was missing and is filled in wrongly is not mended: its sums say so now.
    taken_over = {item.key: _follow_on(item, new, now, was) for item in asked}
    persisting = {key for key in (item.key for item in asked) if key in now or taken_over[key]}
    unsure = {item.key for item in told if item.undecided}
    slips = _slips(asked)
    mended, untold = list[Slip](), list[Slip]()
    for slip in slips:
        if any(item.key in persisting for item in slip):
            continue
        known = all(item.key not in unsure and _can_be_told(item, new) for item in slip)
        (mended if known else untold).append(slip)
    asked_keys = {item.key for item in asked}
    about_asked = {*asked_keys, *(key for found in taken_over.values() for key in found)}
    still, fresh, left = [], [], []
    for slip in _slips(now.values()):
        own = {item.key for item in slip}
        if own & about_asked:
            still.append(slip)
        elif own & was.keys():
            left.append(slip)
        else:
            fresh.append(slip)
    differing = compare(old, new)
    fates = _fates(differing, was, mended, still, fresh)
    return Resubmission(
        old,
        new,
        slips,
        tuple(mended),
        tuple(untold),
        tuple(still),
        tuple(fresh),
        tuple(left),
        tuple(Changed(item, fates[item.address]) for item in differing),
        len(old.cells.keys() | new.cells.keys()),
        _prose(old) != _prose(new),
    )


def _is_wrong(item: Judged) -> bool:
    finding = item.finding
    return (
        item.is_printed and finding.is_error and not finding.undecided and item.state != "accepted"
    )


def _errors(judged: Iterable[Judged]) -> Iterator[Finding]:
    return (item.finding for item in judged if _is_wrong(item))


def _slips(findings: Iterable[Finding]) -> tuple[Slip, ...]:
    found: dict[str, list[Finding]] = {}
    for item in findings:
        found.setdefault(slip_of(item), []).append(item)
    return tuple(map(tuple, found.values()))


def _can_be_told(finding: Finding, report: Report) -> bool:
    return all(place in report.cells for place in finding.cells)


def _follow_on(
    finding: Finding, new: Report, now: Mapping[str, Finding], was: Mapping[str, Finding]
) -> frozenset[str]:
    """Return what is newly wrong because a missing total was filled in with another number."""
    if finding.rule != "missing_total" or not (finding.table and finding.row and finding.column):
        return frozenset()
    place = address(finding.table, finding.row, finding.column)
    cell = new.cells.get(place)
    if cell is None or cell.value is None or cell.value == finding.required:
        return frozenset()
    return frozenset(key for key, item in now.items() if key not in was and place in item.cells)


def _fates(
    differing: Sequence[CellDifference],
    was: Mapping[str, Finding],
    mended: Iterable[Slip],
    still: Iterable[Slip],
    fresh: Iterable[Slip],
) -> dict[str, Fate]:
    """Return what each change did; of several things the worst."""
    real = {item.address: item for item in differing if not item.counts_alike}
    fates: dict[str, Fate] = {
        item.address: "other" if item.address in real else "spelling" for item in differing
    }
    fixed = {
        place for slip in mended for item in slip for place in _behind(item, -_gap(item), real)
    }
    fixed |= set(_following(fixed, real))
    kept = {
        place
        for slip in still
        for item in slip
        for place in _behind(item, _gap(item) - _gap(was.get(item.key)), real)
        # Of several cells that had to be changed together the one that was is not what is wrong.
        if item.key in was or place not in fixed
    }
    broken = {place for slip in fresh for item in slip for place in _behind(item, _gap(item), real)}
    worse: tuple[tuple[set[str], Fate], ...] = ((fixed, "mended"), (kept, "still"), (broken, "new"))
    for places, fate in worse:
        fates.update((place, fate) for place in places)
    return fates


def _gap(finding: Finding | None) -> _Number:
    """Return how far the left side of a sum is from its right; 0 where there is no such thing."""
    if finding is None or finding.left is None or finding.right is None:
        return 0
    return finding.left - finding.right


def _behind(
    finding: Finding, wanted: _Number, changed: Mapping[str, CellDifference]
) -> Iterator[str]:
    """Yield the changed cells that moved the two sides of a sum against each other by so much.

    One that did it alone; else all but those that cancel out. Of what is no sum, all of its cells.
    """
    own = [place for place in finding.cells if place in changed]
    if finding.table and finding.row and finding.column:
        place = address(finding.table, finding.row, finding.column)
        if place in changed:
            yield place
            return
    moved = {place: _moved(finding, place, changed[place]) for place in own}
    if finding.left is None or None in moved.values():
        yield from own
        return
    steps = {place: step for place, step in moved.items() if step}
    alone = [place for place, step in steps.items() if step == wanted]
    yield from alone or (_without_pairs(steps) if wanted else ())


def _moved(finding: Finding, place: str, item: CellDifference) -> _Number | None:
    """Return by how much a change moved the left side against the right; None where nobody knows."""
    before, after = _counted(item.old), _counted(item.new)
    if before is None or after is None:
        return None
    step = after - before
    return step if finding.cells.index(place) < finding.left_cells else -step


def _counted(cell: Cell | None) -> _Number | None:
    if cell is None:
        return 0
    return None if cell.mark in ("unknown", "text") else cell.in_sums or 0


def _without_pairs(steps: Mapping[str, _Number]) -> Iterator[str]:
    left = dict(steps)
    for place, step in steps.items():
        other = next((key for key, value in left.items() if value == -step), None)
        if place in left and other is not None:
            del left[place], left[other]
    yield from left or steps


def _following(fixed: Iterable[str], changed: Mapping[str, CellDifference]) -> Iterator[str]:
    """Yield totals that changed by as much as a cell that was mended, in whose sums they stand."""
    for place in fixed:
        table, row, column = split_address(place)
        step = _step(changed[place])
        for other, item in changed.items():
            table_b, row_b, column_b = split_address(other)
            across = row_b == row and column_b == "total"
            down = column_b == column and row_b == "total_processed"
            if table_b == table and (across or down) and step and _step(item) == step:
                yield other


def _step(item: CellDifference) -> _Number | None:
    before, after = _counted(item.old), _counted(item.new)
    return None if before is None or after is None else after - before


def _events(found: Resubmission) -> Iterator[str]:
    """Yield the unasked changes: pairs as one event each, the others one by one."""
    items = {item.address: item.difference for item in found.of("other")}
    steps = {place: _step(item) for place, item in items.items()}
    told: set[str] = set()
    for place, step in steps.items():
        if place in told or not step or step > 0 or _is_total(place):
            continue
        other = next(
            (
                key
                for key, value in steps.items()
                if value == -step and key not in told and _are_beside(place, key)
            ),
            None,
        )
        if other is not None:
            told |= {place, other, *_totals_of(place, other, steps)}
            yield _move(found.new, place, other, -step)
    rest = [item for place, item in items.items() if place not in told]
    yield from (item.sentence for item in rest)


def _are_beside(one: str, other: str) -> bool:
    """Say whether cases can have moved between two cells: in one column of results, or in one row."""
    (table, row, column), (table_b, row_b, column_b) = split_address(one), split_address(other)
    if table != table_b or _is_total(other) or table == "disclosure":
        return False
    return (column == column_b) != (row == row_b)


def _is_total(place: str) -> bool:
    return not {*split_address(place)[1:]}.isdisjoint(_TOTALS)


def _totals_of(one: str, other: str, steps: Mapping[str, _Number | None]) -> Iterator[str]:
    """Yield the totals that changed only because cases moved between two cells."""
    for place in (one, other):
        table, row, column = split_address(place)
        for total in (f"{table}.{row}.total", f"{table}.total_processed.{column}"):
            if total in steps and steps[total] == steps[place]:
                yield total


def _move(report: Report, one: str, other: str, count: _Number) -> str:
    table, row, column = split_address(one)
    _table, row_b, column_b = split_address(other)
    if column == column_b and table == "applications":
        edition = layout_edition(report, "applications")
        names = [row_name("applications", edition, each) for each in (row, row_b)]
    else:
        names = [cell_name_in(report, each) for each in (one, other)]
    text = _("{n} 件由“{one}”移到“{other}”")
    return text.format(n=grouped(count), one=names[0], other=names[1])


def _prose(report: Report) -> str:
    # In one piece: another kind of file parts paragraphs otherwise.
    return "".join(folded(item.text) for item in report.paragraphs)
