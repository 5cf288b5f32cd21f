"""Year after year of one invented agency, in consistent figures.

Every year is simulated, also those without a report: what is carried forward, what is in force
and what an item count starts from run on through a gap.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from form.editions import APPLICANTS, DISPUTE_OUTCOMES, table
from form.model import EditionKey, address
from form.rules import outcome_rows
from sample_reports.agencies import FIRST_YEAR, LAST_YEAR, Agency
from sample_reports.draws import Draws

Figures = dict[str, int | Decimal]
"""Address → figure; amounts are in 万元."""
ByApplicant = Mapping[str, int]

_APPLICANT_WEIGHTS: Final = {
    "natural_person": 83,
    "business": 9,
    "research": 1,
    "public_welfare": 1.5,
    "legal_service": 4,
    "other": 1.5,
}
_OUTCOME_WEIGHTS: Final = {
    "granted": 40,
    "partial": 10,
    "denied_state_secret": 0.2,
    "denied_law_forbidden": 1,
    "denied_safety_stability": 0.3,
    "denied_third_party": 3,
    "denied_internal_affairs": 2,
    "denied_process_info": 3,
    "denied_enforcement_file": 3,
    "denied_admin_query": 5,
    "unable_not_held": 18,
    "unable_needs_creation": 3,
    "unable_unclear": 2,
    "unprocessed_complaint": 3,
    "unprocessed_repeat": 1.5,
    "unprocessed_publication": 0.3,
    "unprocessed_massive": 0.2,
    "unprocessed_confirm": 0.5,
    "other_no_correction": 2,
    "other_no_fee": 0.3,
    "other_other": 1.5,
}
_DISPUTE_WEIGHTS: Final = {"upheld": 55, "corrected": 12, "other": 20, "pending": 13}
_DISPUTE_SHARES: Final = {
    "review": 0.05,
    "litigation_direct": 0.03,
    "litigation_after_review": 0.015,
}
_CARRIED_FORWARD_SHARE: Final = 0.07
# Office counters were closed for weeks.
_QUIET_YEARS: Final = {2020: 0.86}


@dataclass(frozen=True, slots=True)
class Year:
    """One year's figures, in the finest division of either edition."""

    year: int
    received: ByApplicant
    carried_over: ByApplicant
    outcomes: Mapping[str, ByApplicant]
    """Outcome row of edition 2021 → applicants; `other` holds edition 2019's one line."""
    carried_forward: ByApplicant
    disputes: Mapping[str, ByApplicant]
    disclosure: Figures
    """Addresses of both editions."""

    def figures(self, disclosure: EditionKey, applications: EditionKey) -> Figures:
        """Return the figures of every cell that the tables of these editions print."""
        wanted = table("disclosure", disclosure).addresses()
        return {
            **{place: self.disclosure[place] for place in wanted},
            **self._applications(applications),
            **self._disputes(),
        }

    def _applications(self, edition: EditionKey) -> Figures:
        outcomes = {row: self.outcomes[row] for row in outcome_rows(edition)}
        rows = {
            "new_received": self.received,
            "carried_over": self.carried_over,
            **outcomes,
            "total_processed": sum((Counter(row) for row in outcomes.values()), Counter()),
            "carried_forward": self.carried_forward,
        }
        keys = [column.key for column in APPLICANTS]
        return {
            place: figure
            for row, counts in rows.items()
            for place, figure in _row("applications", row, counts, keys).items()
        }

    def _disputes(self) -> Figures:
        keys = [column.key for column in DISPUTE_OUTCOMES]
        return {
            place: figure
            for row, counts in self.disputes.items()
            for place, figure in _row("disputes", row, counts, keys).items()
        }


def _row(table_key: str, row: str, counts: ByApplicant, keys: list[str]) -> dict[str, int]:
    cells = {address(table_key, row, key): counts.get(key, 0) for key in keys}
    return {**cells, address(table_key, row, "total"): sum(cells.values())}


def simulate(agency: Agency) -> Iterator[Year]:
    """Yield every year of an agency, first to last."""
    draws = Draws(agency.name)
    carried: Counter[str] = Counter()
    shelves = _Shelves(agency, draws)
    weights = {row: w * agency.leaning.get(row, 1) for row, w in _OUTCOME_WEIGHTS.items()}
    # One year more than is told, so that the first told year finds open cases.
    for year in range(FIRST_YEAR - 1, LAST_YEAR + 1):
        mean = agency.received * agency.growth ** (year - FIRST_YEAR) * _QUIET_YEARS.get(year, 1)
        received = draws.deal(draws.near(mean), _APPLICANT_WEIGHTS)
        open_cases = received + carried
        forward = Counter(
            {who: draws.some(count, _CARRIED_FORWARD_SHARE) for who, count in open_cases.items()}
        )
        processed = open_cases - forward
        dealt = {who: draws.deal(count, weights) for who, count in processed.items()}
        told = Year(
            year,
            received,
            carried,
            _by_outcome(dealt),
            forward,
            _disputed(draws, processed.total()),
            shelves.next_year(),
        )
        carried = forward
        if year >= FIRST_YEAR:
            yield told


def _by_outcome(dealt: Mapping[str, Counter[str]]) -> dict[str, Counter[str]]:
    rows = {
        row: Counter({who: counts[row] for who, counts in dealt.items()})
        for row in _OUTCOME_WEIGHTS
    }
    split = [row for row in rows if row not in outcome_rows("2019")]
    return {**rows, "other": sum((rows[row] for row in split), Counter())}


def _disputed(draws: Draws, processed: int) -> dict[str, Counter[str]]:
    return {
        row: draws.deal(draws.some(processed, share), _DISPUTE_WEIGHTS)
        for row, share in _DISPUTE_SHARES.items()
    }


class _Shelves:
    """Documents in force and item counts, carried from year to year."""

    def __init__(self, agency: Agency, draws: Draws) -> None:
        self._agency = agency
        self._draws = draws
        self._in_force = {
            "regulations": agency.regulations,
            "normative_documents": agency.normative_documents,
        }
        self._items = {
            "administrative_licensing": draws.near(24 * bool(agency.licensing), 0.4),
            "other_services": draws.near(15 * bool(agency.licensing), 0.4),
            "administrative_penalty": draws.near(40 * bool(agency.penalties), 0.4),
            "administrative_coercion": draws.near(6 * bool(agency.penalties), 0.4),
            "administrative_fees": draws.near(2 * bool(agency.fees), 0.4),
        }

    def next_year(self) -> Figures:
        """Return section 二 of the next year, in the cells of both editions."""
        figures = self._documents()
        for row, decisions in self._decisions().items():
            figures |= self._one_item_row(row, decisions)
        figures |= {
            address("disclosure", "administrative_fees", "amount"): self._money(self._agency.fees),
            address("disclosure", "government_procurement", "projects"): (
                self._draws.near(self._agency.procurement / 90) + bool(self._agency.procurement)
            ),
            address("disclosure", "government_procurement", "amount"): self._money(
                self._agency.procurement
            ),
        }
        return figures

    def _documents(self) -> Figures:
        figures: Figures = {}
        for row, before in self._in_force.items():
            issued = self._draws.some(before // 5 + bool(before), 0.4)
            repealed = self._draws.some(before // 5, 0.35)
            now = before + issued - repealed
            self._in_force[row] = now
            columns = {
                "made": issued,
                "published": issued,
                "total_published": now,
                "issued": issued,
                "repealed": repealed,
                "in_force": now,
            }
            figures |= {address("disclosure", row, key): count for key, count in columns.items()}
        return figures

    def _decisions(self) -> dict[str, int]:
        return {
            "administrative_licensing": self._draws.near(self._agency.licensing),
            "other_services": self._draws.near(self._agency.licensing / 3),
            "administrative_penalty": self._draws.near(self._agency.penalties),
            "administrative_coercion": self._draws.near(self._agency.penalties / 12),
            "administrative_fees": 0,
        }

    def _one_item_row(self, row: str, decisions: int) -> Figures:
        before = self._items[row]
        change = self._draws.some(before // 4, 0.3) - self._draws.some(before // 4, 0.35)
        self._items[row] = before + change
        columns = {"prior_items": before, "change": change, "decisions": decisions}
        return {address("disclosure", row, key): count for key, count in columns.items()}

    def _money(self, mean: int) -> Decimal:
        return Decimal(self._draws.cents(mean)) / 100
