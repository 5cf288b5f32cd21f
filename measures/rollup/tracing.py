"""What stands behind the cells in which the sum is not what the parent printed.

A cause is named only where something besides the amount speaks for it: another version of an
organ's report differs in these very cells by these very numbers; all the cells of one organ are
missing; the parent's own sums do not hold and would with the sum. What merely fits in size is
listed as a candidate.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final, Literal

from form.report import Cell
from form.rules import Outcome
from measures.rollup.adding import number_in
from measures.rollup.guesses import RANK, Guess, guesses
from measures.rollup.model import Difference, Fit, Number, Part, Rollup, minus, plus
from measures.rollup.ripples import Gaps, all_sums, outcomes_at, residual, ripples
from measures.rollup.together import weighed

_WORDS: Final = 2
"""Different changes that a guess must foretell rightly, where nothing but amounts speaks for it."""
_DIFFERING: Final = Decimal("0.5")
"""Share of the cells that a guess foretells that must differ at all: others can cancel the rest."""
_FEW: Final = 3
"""Cells that may be left without looking for organs that lie over each other."""
_MOST_FITS: Final = 60
_PATIENCE: Final = 12
"""Rounds in which guesses that are not borne out are passed over one by one."""
_MOST_CAUSES: Final = 50


def compared(rollup: Rollup) -> Rollup:
    """Return the sum with what the parent printed held against it, difference by difference."""
    pairs = {
        place: (number_in(rollup.printed_cell(place), place), cell.sum)
        for place, cell in rollup.cells.items()
    }
    if not rollup.filings or not rollup.tables:
        return rollup
    known = {
        place: (theirs, ours)
        for place, (theirs, ours) in pairs.items()
        if theirs is not None and ours is not None
    }
    gaps = {place: gap for place, (theirs, ours) in known.items() if (gap := minus(theirs, ours))}
    return replace(
        rollup,
        compared=tuple(known),
        uncompared=tuple(place for place in pairs if place not in known),
        differences=_traced(rollup, gaps, known),
    )


def _traced(rollup: Rollup, gaps: Gaps, places: Collection[str]) -> tuple[Difference, ...]:
    found, rest = _explained(rollup, gaps, places)
    causes = [_difference(item, rivals, rest, rollup) for item, rivals in found]
    groups = ripples(rest, rollup.edition)
    lacking = _lacking(rollup, groups, rest)
    if lacking is not None:
        causes.append(lacking)
    else:
        causes += [_unexplained(rollup, group, rest) for group in groups]
    # Where two causes cancel, nothing differs that anybody could see.
    causes = [
        replace(item, cells=tuple(place for place in item.cells if place in gaps))
        for item in causes
    ]
    causes = [item for item in causes if item.cells]
    order = {place: number for number, place in enumerate(rollup.cells)}
    return tuple(sorted(causes, key=lambda item: [order[place] for place in item.cells]))


_Taken = tuple[Guess, tuple[str, ...]]
"""A guess that holds, and who else explains the same."""


def _explained(
    rollup: Rollup, gaps: Gaps, places: Collection[str]
) -> tuple[tuple[_Taken, ...], Gaps]:
    """Return the guesses that hold, and what is left of the difference after them.

    What is left after all of them must bear each of them out; one that it does not is passed over,
    and the others are looked for anew.
    """
    every = [item for item in guesses(rollup, places) if _may_hold(item, gaps)]
    rounds = 0
    while True:
        rounds += 1
        taken, left = _taken(every, gaps)
        if len(left) > _FEW:
            taken, left = _fewer((taken, left), _at_once(every, gaps))
        wrong = [item for item, _rivals in taken if not _is_borne_out(item, left, rollup)]
        if not wrong:
            return taken, left
        # One by one, for the others may stand without it; all at once where that takes long.
        dropped = wrong[-1:] if rounds <= _PATIENCE else wrong
        every = [item for item in every if not any(item is one for one in dropped)]


def _fewer(
    one: tuple[tuple[_Taken, ...], Gaps], other: tuple[tuple[_Taken, ...], Gaps]
) -> tuple[tuple[_Taken, ...], Gaps]:
    return other if len(other[1]) < len(one[1]) else one


def _at_once(every: Sequence[Guess], gaps: Gaps) -> tuple[tuple[_Taken, ...], Gaps]:
    """Take guesses that explain most together, where none of them stands out by itself."""
    left, taken = dict(gaps), list[_Taken]()
    for item in weighed(every, gaps):
        taken.append((item, _alike(item, every)))
        left = _without(left, item)
    return tuple(taken), left


def _may_hold(guess: Guess, gaps: Gaps) -> bool:
    """Say whether most of what a guess foretells can be so: others can lie over it, or cancel it."""
    right = len(guess.gaps) - _missed(guess, gaps)
    return bool(guess.gaps) and right >= _DIFFERING * len(guess.gaps)


def _taken(every: Sequence[Guess], gaps: Gaps) -> tuple[tuple[_Taken, ...], Gaps]:
    """Take the guess that clears most cells, which can hardly be chance, then the next."""
    left, taken = dict(gaps), list[_Taken]()
    while len(taken) < _MOST_CAUSES:
        used = {item.agency for item, _rivals in taken}
        best = _best([item for item in every if item.agency not in used], left)
        if best is None:
            break
        taken.append(best)
        left = _without(left, best[0])
    return tuple(taken), left


def _best(every: Iterable[Guess], gaps: Gaps) -> _Taken | None:
    scored = [(score, item) for item in every if (score := _cleared(item, gaps)) > 0]
    if not scored:
        return None
    most = max(score for score, _item in scored)
    tied = sorted(
        (item for score, item in scored if score == most),
        key=lambda item: (_missed(item, gaps), RANK[item.cause]),
    )
    return tied[0], _alike(tied[0], tied)


def _alike(guess: Guess, every: Iterable[Guess]) -> tuple[str, ...]:
    """Return the other organs of which a guess as good foretells the very same."""
    found = {
        item.agency
        for item in every
        if item.gaps == guess.gaps and RANK[item.cause] == RANK[guess.cause]
    }
    return tuple(sorted(found - {guess.agency}))


def _cleared(guess: Guess, gaps: Gaps) -> int:
    """Return how many cells a guess explains, less those that it would put wrong."""
    right = sum(gaps.get(place) == gap for place, gap in guess.gaps.items())
    return right - _missed(guess, gaps)


def _missed(guess: Guess, gaps: Gaps) -> int:
    return sum(place not in gaps for place in guess.gaps)


def _is_borne_out(guess: Guess, left: Gaps, rollup: Rollup) -> bool:
    """Say whether what a guess foretells is so, and is more than an amount that happens to fit.

    Where something else lies over a cell the two cannot be told apart there: most of the others
    must be as foretold.
    """
    right = {place: gap for place, gap in guess.gaps.items() if place not in left}
    if guess.cause == "version":  # seen to have changed in these very cells
        return 2 * len(right) > len(guess.gaps)
    amounts = {abs(gap) for gap in right.values()}
    words = max(len(amounts), len(ripples(right, rollup.edition)))
    return 2 * len(right) >= len(guess.gaps) and words >= _WORDS


def _without(gaps: Gaps, guess: Guess) -> dict[str, Number]:
    """Return what is left of a difference once a guess is taken off."""
    places = [*gaps, *(place for place in guess.gaps if place not in gaps)]
    rest = {place: minus(gaps.get(place, 0), guess.gaps.get(place, 0)) for place in places}
    return {place: gap for place, gap in rest.items() if gap}


def _difference(guess: Guess, rivals: tuple[str, ...], rest: Gaps, rollup: Rollup) -> Difference:
    cells = tuple(place for place in rollup.cells if place in guess.gaps)
    return Difference(
        cells,
        {place: guess.gaps[place] for place in cells},
        guess.cause,
        None if rivals else guess.agency,
        guess.version,
        tuple(sorted({guess.agency, *rivals})) if rivals else (),
        partly=tuple(place for place in cells if place in rest),
    )


def _lacking(rollup: Rollup, groups: Sequence[tuple[str, ...]], rest: Gaps) -> Difference | None:
    """Return that organs of which no report counts would make up for all that is left."""
    if not rollup.missing or any(gap < 0 for gap in rest.values()):
        return None
    if max(len(groups), len(set(rest.values()))) < _WORDS:
        return None
    if any(residual(item, rest) for item in all_sums(rollup.edition)):
        return None
    cells = tuple(place for place in rollup.cells if place in rest)
    only = rollup.missing[0] if len(rollup.missing) == 1 else None
    rivals = () if only else rollup.missing
    return Difference(cells, {place: rest[place] for place in cells}, "missing", only, None, rivals)


def _unexplained(rollup: Rollup, group: tuple[str, ...], rest: Gaps) -> Difference:
    """Return cells that no organ explains; the parent's own sums may say that it misprinted them.

    They do where the sums hold for what is added up, would not with these gaps, and do not hold as
    they are printed.
    """
    figures = {place: item.cell for place, item in rollup.cells.items()}
    wrong = {place: _raised(figures[place], place, rest[place]) for place in group}
    ours = {_key(item): item.holds for item in outcomes_at(figures, group, rollup.edition)}
    odd = [
        _key(item)
        for item in outcomes_at({**figures, **wrong}, group, rollup.edition)
        if item.holds is False
    ]
    printed = rollup.printed.report.cells if rollup.printed else {}
    broken = [
        item
        for item in outcomes_at(printed, group, rollup.edition)
        if item.holds is False and _key(item) in odd
    ]
    is_print = bool(broken) and all(ours[key] for key in odd)
    return Difference(
        group,
        {place: rest[place] for place in group},
        "print" if is_print else "none",
        mended=tuple(broken) if is_print else (),
        swapped=tuple(place for place in group if _is_swapped(rollup, place, rest[place])),
        fits=tuple(_fits(rollup, group[0], rest[group[0]])),
    )


def _key(outcome: Outcome) -> tuple[str, str]:
    return outcome.sum.rule.code, outcome.sum.key


def _raised(cell: Cell, place: str, gap: Number) -> Cell:
    value = plus(number_in(cell, place) or 0, gap)
    return replace(cell, value=value, raw=str(value))


def _is_swapped(rollup: Rollup, place: str, gap: Number) -> bool:
    """Say whether the print has two neighbouring digits exchanged, but for this gap."""
    theirs = number_in(rollup.printed_cell(place), place)
    if theirs is None:
        return False
    one, other = str(theirs), str(minus(theirs, gap))
    if len(one) != len(other):
        return False
    odd = [at for at, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1]]
    if len(odd) != len("ab") or odd[1] != odd[0] + 1:
        return False
    return (one[odd[0]], one[odd[1]]) == (other[odd[1]], other[odd[0]])


def _fits(rollup: Rollup, place: str, gap: Number) -> list[Fit]:
    """Return organs of which one figure is as large as the gap: no evidence, but worth a look.

    Those come first of which another version had just so much more or less in this cell.
    """
    parts = {part.agency: part for part in rollup.cells[place].parts}
    found = [
        Fit(filing.agency, "version", place, number)
        for filing in rollup.filings
        for number, other in sorted(filing.others.items(), reverse=True)
        if _differs_by(number_in(other.cells.get(place), place), parts.get(filing.agency), gap)
    ]
    how: Literal["left_out", "twice"] = "left_out" if gap < 0 else "twice"
    found += [Fit(part.agency, how, place) for part in parts.values() if part.value == abs(gap)]
    return found[:_MOST_FITS]


def _differs_by(theirs: Number | None, part: Part | None, gap: Number) -> bool:
    if theirs is None or part is None or part.value is None:
        return False
    return minus(theirs, part.value) == gap
