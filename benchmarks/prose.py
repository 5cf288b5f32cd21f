"""How well the prose is read: precision and recall on sentences labelled by hand.

Run: python -m benchmarks.prose [FILE...]   (the four sets of the corpus unless told)
A file is TOML as `tests/checks/prose/sentences/README.md` describes. Sentences that are read
otherwise than labelled are listed below the table; `--quiet` leaves them out.
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from checks.prose import ProseFacts, prose_facts
from form.report import Paragraph, Report

CORPUS: Final = Path(__file__).parent.parent / "tests/checks/prose/sentences"
OPEN_HALF, HELD_BACK, SECOND, FOURTH = (
    CORPUS / name for name in ("open.toml", "held_back.toml", "second.toml", "fourth.toml")
)
YEAR: Final = "prose_year"
"""The name under which sentences about another year are counted beside the quantities."""

Label = tuple[str, int, str]
"""Quantity, value, bound."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A labelled sentence: what it claims, what may be read from it, and whether its year is wrong."""

    name: str
    report: Report
    claims: frozenset[Label]
    may: frozenset[Label]
    foreign_year: bool

    @property
    def text(self) -> str:
        """The sentence itself."""
        return self.report.paragraphs[0].text


@dataclass
class Score:
    """Counts by quantity: `right` of what was `told`, and `found` of what was `due`."""

    told: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    due: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    misread: list[str] = field(default_factory=list)

    def precision(self, names: Iterable[str]) -> float:
        """Return the share of right ones among what was told, 1 where nothing was."""
        return _share(self.right, self.told, names)

    def recall(self, names: Iterable[str]) -> float:
        """Return the share of what was found among what there was to find."""
        return _share(self.found, self.due, names)

    @property
    def quantities(self) -> list[str]:
        """The quantities met, without the sentences about another year."""
        return sorted({*self.told, *self.due} - {YEAR})


def _share(part: Counter[str], whole: Counter[str], names: Iterable[str]) -> float:
    listed = tuple(names)
    total = sum(whole[name] for name in listed)
    return sum(part[name] for name in listed) / total if total else 1.0


def sentences(path: Path) -> Iterator[Sentence]:
    """Yield the sentences of one corpus file; raises KeyError or tomllib.TOMLDecodeError."""
    for item in tomllib.loads(path.read_text(encoding="utf-8"))["sentence"]:
        report = Report(
            agency=item.get("agency"),
            year=item["report_year"],
            editions={"disclosure": item["edition"]},
            cells={},
            paragraphs=(Paragraph(item["section"], item["text"]),),
        )
        labels = (_labels(item["claims"]), _labels(item.get("may", ())))
        yield Sentence(item["id"], report, *labels, item["prose_year"])


def _labels(claims: Iterable[dict[str, Any]]) -> frozenset[Label]:
    return frozenset((item["quantity"], item["value"], item["bound"]) for item in claims)


def score(corpus: Iterable[Sentence]) -> Score:
    """Return how the sentences are read against how they are labelled."""
    total = Score()
    for sentence in corpus:
        _add(total, sentence, prose_facts(sentence.report))
    return total


def _add(total: Score, sentence: Sentence, facts: ProseFacts) -> None:
    told = {(claim.quantity, claim.value, str(claim.bound)) for claim in facts.claims}
    welcome = sentence.claims | sentence.may
    _count(total.told, told)
    _count(total.right, told & welcome)
    _count(total.due, sentence.claims)
    _count(total.found, told & sentence.claims)
    foreign = bool(facts.years)
    total.told[YEAR] += foreign
    total.right[YEAR] += foreign and sentence.foreign_year
    total.due[YEAR] += sentence.foreign_year
    total.found[YEAR] += foreign and sentence.foreign_year
    wrong = sorted(told - welcome), sorted(sentence.claims - told)
    if any(wrong) or foreign != sentence.foreign_year:
        years = f" year {foreign}" if foreign != sentence.foreign_year else ""
        total.misread.append(
            f"{sentence.name}: {sentence.text}\n  too much {wrong[0]}, missed {wrong[1]}{years}"
        )


def _count(counter: Counter[str], labels: Iterable[Label]) -> None:
    counter.update(quantity for quantity, _value, _bound in labels)


def table(total: Score) -> Iterator[str]:
    """Yield the lines of the table: one a quantity, then all of them, then the years."""
    yield f"{'quantity':<34}{'precision':>18}{'recall':>18}"
    groups = [(name, [name]) for name in total.quantities]
    for name, names in [*groups, ("all quantities", total.quantities), (YEAR, [YEAR])]:
        right, told, found, due = (
            sum(counter[item] for item in names)
            for counter in (total.right, total.told, total.found, total.due)
        )
        precision = f"{right}/{told} {total.precision(names):5.0%}"
        yield f"{name:<34}{precision:>18}{f'{found}/{due} {total.recall(names):5.0%}':>18}"


def main(arguments: Sequence[str]) -> None:
    """Print the table for each file, and what is misread."""
    named = [Path(item) for item in arguments if not item.startswith("--")]
    for path in named or (OPEN_HALF, HELD_BACK, SECOND, FOURTH):
        total = score(sentences(path))
        print(path.name)
        print("\n".join(table(total)))
        if "--quiet" not in arguments:
            print("\n".join(total.misread))


if __name__ == "__main__":
    main(sys.argv[1:])
