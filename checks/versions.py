"""What a new version of a report changed: cell by cell, and among its findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from checks.findings import Finding
from form.decisions import same_print
from form.editions import all_columns
from form.figures import cell_words, grouped
from form.language import _
from form.names import cell_name_in
from form.report import Cell, Report


@dataclass(frozen=True, slots=True)
class CellDifference:
    """A cell in which two versions differ; None where a version has no such cell.

    `place` is its name in Chinese.
    """

    address: str
    old: Cell | None
    new: Cell | None
    place: str

    @property
    def counts_alike(self) -> bool:
        """Say whether it makes no difference to any sum: 0, blank and dash for each other."""
        if self.old is None or self.new is None:
            return False
        certain = {self.old.mark, self.new.mark}.isdisjoint({"unknown", "text"})
        same_unit = self.old.unit == self.new.unit or not self.old.in_sums
        return certain and same_unit and self.old.in_sums == self.new.in_sums

    @property
    def sentence(self) -> str:
        """What changed, in Chinese."""
        return _("{place}：原为 {old}，现为 {new}。").format(
            place=self.place, old=cell_words(self.old), new=cell_words(self.new)
        )


def compare(old: Report, new: Report) -> tuple[CellDifference, ...]:
    """Return every cell in which two versions of a report differ, in printed order.

    Blank, dash and 0 are different facts, and so are an unknown cell's candidates; a number is
    the same however it was printed (“18” and “+18”).
    """
    return tuple(
        CellDifference(place, one, other, cell_name_in(new if other else old, place))
        for place in all_columns()
        if (one := old.cells.get(place)) is not (other := new.cells.get(place))
        and not same_print(one, other)
    )


@dataclass(frozen=True, slots=True)
class FindingChanges:
    """What became of the findings of the old version.

    `mended` are gone, `left` stand still (as the new version gives them), `new` were not there
    before, `untold` are gone because the new version lacks cells that they are about.
    """

    mended: tuple[Finding, ...]
    left: tuple[Finding, ...]
    new: tuple[Finding, ...]
    untold: tuple[Finding, ...] = ()

    @property
    def sentence(self) -> str:
        """How many of each, in Chinese; those of which there are none are left out."""
        counts = {
            _("已改正 {n} 处"): len(self.mended),
            _("仍有 {n} 处"): len(self.left),
            _("新出现 {n} 处"): len(self.new),
            _("因缺格无从核对 {n} 处"): len(self.untold),
        }
        told = [text.format(n=grouped(count)) for text, count in counts.items() if count]
        if not told:
            return _("新旧两版都没有发现问题。")
        return _("{counts}。").format(counts=_("，").join(told))


def finding_changes(
    before: Sequence[Finding], after: Sequence[Finding], new: Report
) -> FindingChanges:
    """Return what became of the findings of an old version (`before`) in the new one (`after`)."""
    known, still = {item.key for item in before}, {item.key for item in after}
    gone = [item for item in before if item.key not in still]
    return FindingChanges(
        mended=tuple(item for item in gone if _can_be_told(item, new)),
        left=tuple(item for item in after if item.key in known),
        new=tuple(item for item in after if item.key not in known),
        untold=tuple(item for item in gone if not _can_be_told(item, new)),
    )


def _can_be_told(finding: Finding, report: Report) -> bool:
    return all(place in report.cells for place in finding.cells)
