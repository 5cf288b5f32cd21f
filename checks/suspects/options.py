"""Options: ways to explain one part of a report, before they are put together and ranked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice

from checks.explanations import Change, Confirmation, Explanation, Part, in_print
from checks.suspects.evidence import Evidence
from form.names import address_position


@dataclass(frozen=True, slots=True)
class Option:
    """Changes that explain a part of a report, and how to say why, one sentence a part.

    `changes` are those of its `parts` in printed order. `contradicts` is how much they make untrue
    that was true, `confirmed` how many parts each source confirms. `plain` counts the sums that no
    confirmed single cause explains, `beyond` those of which it is no smallest set. `cost` is how
    many cells it takes, 1 for a cause that many cells of a table show at once; `unlikely` is what
    experience says of it (`checks.suspects.priors`), 0 for the likeliest.
    """

    parts: tuple[Part, ...]
    changes: tuple[Change, ...]
    because: tuple[Callable[[], str], ...]
    confirmed: int
    contradicts: int
    plain: int
    beyond: int
    cost: int
    unlikely: int

    @property
    def places(self) -> tuple[tuple[str, object, object], ...]:
        """What the option comes to: equal for options that only differ in what they say."""
        return tuple((item.address, item.after or 0, item.between) for item in self.changes)

    def standing(self) -> tuple[int, ...]:
        """Return a key that is equal for options of which nothing says that one is likelier.

        Single causes that something confirms come first, then few cells; among equally many what
        contradicts nothing, what something confirms, what experience finds likelier.
        """
        return (self.plain, self.cost, self.contradicts, -self.confirmed, self.unlikely)

    def order(self) -> tuple[object, ...]:
        """Return a key for lists: the standing; of those that are tied the printed order."""
        return (
            self.standing(),
            [address_position()[item.address] for item in self.changes],
            [item.after or 0 for item in self.changes],
            self.beyond,
        )

    def explanation(self, rank: int = 1) -> Explanation:
        """Return the option as it is shown."""
        return Explanation(self.parts, "".join(say() for say in self.because), rank)


def ranked(options: Iterable[Option]) -> Iterator[tuple[int, Option]]:
    """Yield options that stand in order with their rank, from 1; those that are tied share one."""
    for rank, (_standing, tied) in enumerate(groupby(options, Option.standing), start=1):
        yield from ((rank, option) for option in tied)


def listed(options: Sequence[Option], most: int) -> tuple[list[tuple[int, Option]], bool]:
    """Return at most so many options with their ranks, and whether each way of each part is there.

    Where there are more, those that show a way to mend some part that no better one shows; room
    that is left is for the best of the others.
    """
    every = list(ranked(options))
    if len(every) <= most:
        return every, True
    shown: set[frozenset[object]] = set()
    chosen: list[int] = []
    for at, (_rank, option) in enumerate(every):
        ways = {
            frozenset((item.address, item.after, item.between) for item in part.changes)
            for part in option.parts
        }
        if not ways <= shown:
            shown |= ways
            chosen.append(at)
    fits = len(chosen) <= most
    rest = (at for at in range(len(every)) if at not in set(chosen))
    kept = sorted([*chosen, *islice(rest, most - len(chosen))] if fits else chosen[:most])
    return [every[at] for at in kept], fits


def judged(
    changes: Iterable[Change], evidence: Iterable[Evidence], figures: Mapping[str, int]
) -> tuple[dict[str, tuple[Confirmation, ...]], int]:
    """Return what confirms some changes, by address, and how much contradicts them.

    Evidence about a cell whose figure the changes leave open says neither.
    """
    made = {item.address: item for item in changes}
    after = {**figures, **{place: int(item.after or 0) for place, item in made.items()}}
    confirmed: dict[str, dict[Confirmation, None]] = {}
    contradicts = 0
    for item in evidence:
        touched = [made[place] for place in item.addresses & made.keys()]
        if not touched or not all(change.is_forced for change in touched):
            continue
        before, then = item.holds(figures), item.holds(after)
        if then and not before:
            for change in touched:
                confirmed.setdefault(change.address, {})[item.source] = None
        contradicts += before and not then
    return {place: tuple(said) for place, said in confirmed.items()}, contradicts


def best_first(options: Iterable[Option]) -> list[Option]:
    """Return options in order; of several that come to the same only the first."""
    found: dict[object, Option] = {}
    for option in sorted(options, key=Option.order):
        found.setdefault(option.places, option)
    return list(found.values())


def together(parts: Sequence[Sequence[Option]], most: int) -> list[Option]:
    """Return the choices of one option from each part, at most so many, best first.

    Of one part at most an option is chosen that is no smallest set.
    """
    return best_first(_joined(chosen) for chosen in islice(_choices(parts, 1), most))


def _choices(parts: Sequence[Sequence[Option]], beyond: int) -> Iterator[tuple[Option, ...]]:
    """Yield one option from each part, at most so many of them no smallest set, without a vain try."""
    if not parts:
        yield ()
        return
    later = sum(min((option.beyond for option in part), default=0) for part in parts[1:])
    for option in parts[0]:
        if option.beyond + later <= beyond:
            for rest in _choices(parts[1:], beyond - option.beyond):
                yield (option, *rest)


def _joined(chosen: Sequence[Option]) -> Option:
    if len(chosen) == 1:
        return chosen[0]
    return Option(
        tuple(part for option in chosen for part in option.parts),
        in_print(change for option in chosen for change in option.changes),
        tuple(say for option in chosen for say in option.because),
        sum(option.confirmed for option in chosen),
        sum(option.contradicts for option in chosen),
        sum(option.plain for option in chosen),
        sum(option.beyond for option in chosen),
        sum(option.cost for option in chosen),
        sum(option.unlikely for option in chosen),
    )
