"""The cards of a report: findings that one repair mends, and that are shown and decided as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from checks.explanations import Suspects
from checks.findings import Finding
from checks.repairs import Way, certain, together, ways
from checks.standing import count_slips
from checks.states import Judged
from form.report import Report


@dataclass(frozen=True)
class Card:
    """Findings that belong together; `numbers` are those by which the page knows them.

    `report` is the report as it counts, `suspects` what explains the errors of its print.
    """

    numbers: tuple[int, ...]
    members: tuple[Judged, ...]
    report: Report
    suspects: Suspects

    @property
    def first(self) -> Judged:
        """The finding that stands for all."""
        return self.members[0]

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong, in order."""
        return tuple(item.finding for item in self.members)

    @property
    def slips(self) -> int:
        """How many printed faults it is about."""
        return count_slips(self.findings)

    @property
    def name(self) -> str:
        """A short text that no other card of the report has, for the keys of its widgets."""
        return sha256(self.first.finding.key.encode("utf-8", "replace")).hexdigest()[:10]

    @property
    def is_settled(self) -> bool:
        """Say whether nobody need do anything about any of it."""
        return all(item.is_settled for item in self.members)

    @cached_property
    def open_members(self) -> tuple[Judged, ...]:
        """The findings about which something is left to do."""
        return tuple(item for item in self.members if not item.is_settled)

    @property
    def is_touched(self) -> bool:
        """Say whether printed figures that it is about have been corrected already.

        What the print would need is then no longer what the figures need that count.
        """
        cells = self.report.cells
        places = {
            *(place for item in self.findings for place in item.cells),
            *(change.address for way in self._ways for change in way.changes),
        }
        return any(
            place in cells and (read := cells[place].printed) is not None and read.mark != "unknown"
            for place in places
        )

    @cached_property
    def ways(self) -> tuple[Way, ...]:
        """The ways to mend it, best first; none where nothing is to be mended."""
        first = self.first.finding
        if first.undecided or not self.open_members or self.is_touched:
            return ()
        return self._ways if all(item.is_printed for item in self.members) else ()

    @cached_property
    def sure(self) -> Way | None:
        """The way that may be offered as the likeliest, in one click; None where it is a guess."""
        return certain(self.findings, self.ways, self.suspects)

    @cached_property
    def _ways(self) -> tuple[Way, ...]:
        return ways(self.findings, self.suspects)


def cards_of(judged: Sequence[Judged], suspects: Suspects, report: Report) -> tuple[Card, ...]:
    """Return the cards of a report, in the order of their first findings.

    What corrections caused stands apart from what is printed.
    """
    printed = [at for at, item in enumerate(judged) if item.is_printed]
    groups = [
        tuple(printed[at] for at in group)
        for group in together([judged[at].finding for at in printed], suspects)
    ]
    groups += [(at,) for at, item in enumerate(judged) if not item.is_printed]
    return tuple(
        Card(tuple(at + 1 for at in group), tuple(judged[at] for at in group), report, suspects)
        for group in sorted(groups)
    )


def card_of(cards: Sequence[Card], number: int) -> Card | None:
    """Return the card on which a finding stands, None where there is none of this number."""
    return next((card for card in cards if number in card.numbers), None)
