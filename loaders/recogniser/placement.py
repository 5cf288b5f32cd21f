"""Which printed number stands in which column, where a row has too few or too many of them.

A row that has exactly as many cells as the form has columns is read as it stands, whatever its
sums say, unless the column headers above it say otherwise. Any other row has several placements;
the tally rules may choose between these, and where they leave more than one value for a cell, the
cell is unknown. Where even the best placement breaks a rule in which the row takes part, the rules
choose nothing: a row with too few cells is unknown (a number may have been lost, not a blank), one
with too many keeps the values that all placements agree on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise, product
from typing import Literal

from loaders.recogniser.lines import Field
from loaders.recogniser.padding import MOST_LOST, NO_PADDING, Padding, count_blanks

Placement = tuple[int | None, ...]
"""For each column of the form, the index of the printed field that stands there, or None."""

Way = Literal["straight", "header", "padding", "rules", "open"]
"""How a row's placement was found: as many fields as columns; under the column headers; without
blanks that are no cells; chosen by the tally rules; not at all."""

Figures = tuple[int | None, ...]
"""What a placement says: the number in each column, None for a blank or a dash."""

_MOST_MORE = 2
"""Cells that a row may have beyond its columns: one that is there twice, one that parts others."""
_MOST_PLACEMENTS = 1500
_MOST_COMBINATIONS = 1500


@dataclass(frozen=True, slots=True)
class Slots:
    """The fields of one printed row and every way in which they can fill its columns.

    `placements` is empty where nothing is known of the row: too many ways, or none that fits.
    """

    fields: tuple[Field, ...]
    placements: tuple[Placement, ...]
    way: Way = "open"
    lost_blanks: bool = False
    """True where the text keeps no trace of a blank cell: then rows may have lost different ones."""

    @property
    def is_settled(self) -> bool:
        """Say whether there is only one way."""
        return len(self.placements) == 1

    @property
    def lacks_some(self) -> bool:
        """Say whether the row may have lost a cell, whose number then is nowhere in the text."""
        return any(index is None for placement in self.placements for index in placement)


def slots(
    fields: tuple[Field, ...],
    width: int,
    padding: Padding = NO_PADDING,
    header: Placement | None = None,
) -> Slots:
    """Return a row's fields with every placement in `width` columns.

    `padding` says which blanks may be no cells; `header` is the placement that the column headers
    give, where the table has geometry.
    """
    count = len(fields)
    straight = tuple(range(count)) if count == width else None
    if header is not None:
        if straight and straight != header:
            return Slots(fields, (header, straight))
        return Slots(fields, (header,), "header")
    if count > width and all(item.is_blank for item in fields):
        return Slots(fields, (tuple(range(width)),), "padding")
    loose = _loose_blanks(fields, padding)
    if straight and loose == NO_PADDING:
        return Slots(fields, (straight,), "straight")
    inner = tuple(range(loose.before, count - loose.behind))
    if len(inner) == width and _is_filled(fields, inner) and not _may_be_doubled(fields, inner):
        return Slots(fields, (inner,), "padding")
    return Slots(fields, _all_placements(fields, width, loose))


def _loose_blanks(fields: Sequence[Field], padding: Padding) -> Padding:
    """Return how many blanks at either end of these fields may be no cells."""
    if all(item.is_blank for item in fields):
        return NO_PADDING
    before, behind = count_blanks(fields), count_blanks(reversed(fields))
    return Padding(min(before, padding.before), min(behind, padding.behind))


def _is_filled(fields: Sequence[Field], inner: Sequence[int]) -> bool:
    return not (fields[inner[0]].is_blank or fields[inner[-1]].is_blank)


def _may_be_doubled(fields: Sequence[Field], inner: Sequence[int]) -> bool:
    """Say whether one of these numbers may be there twice, so that a blank around them is a cell.

    Not where a 0 or a dash is among them: who prints these leaves no cell blank.
    """
    texts = [fields[index].plain for index in inner]
    return all(text.strip("0") for text in texts) and any(a == b for a, b in pairwise(texts))


def _all_placements(fields: Sequence[Field], width: int, loose: Padding) -> tuple[Placement, ...]:
    """Return every placement, () where there are too many or a row may lack too many cells.

    Nor is anything known of a row that holds more than one row of the form.
    """
    if _is_more_than_one(fields, width, loose):
        return ()
    found: dict[Placement, None] = {}
    for kept in _kept_fields(len(fields), width, loose):
        if len(kept) < width - MOST_LOST:
            return ()
        for placement in _spread(kept, width):
            found[placement] = None
            if len(found) > _MOST_PLACEMENTS:
                return ()
    return tuple(found)


def _is_more_than_one(fields: Sequence[Field], width: int, loose: Padding) -> bool:
    """Say whether a row is two, whose end was lost: a label among its cells, or far too many."""
    count = len(fields)
    if count <= width:
        return False
    is_long = count - loose.before - loose.behind > width + _MOST_MORE
    return is_long or not all(item.is_value for item in fields)


def _kept_fields(count: int, width: int, loose: Padding) -> Iterator[tuple[int, ...]]:
    """Yield the field indices that can be the row's cells: one too many can be any of them.

    Blanks at either end may be no cells, and a cell be lost.
    """
    yield tuple(range(count))
    for before, behind in product(range(loose.before + 1), range(loose.behind + 1)):
        if before + behind and count - before - behind <= width:
            yield tuple(range(before, count - behind))


def _spread(kept: tuple[int, ...], width: int) -> Iterator[Placement]:
    """Yield every way to lay a run of fields in order into columns: lost cells are None.

    One by one: of a row with twice as many fields as columns there are millions.
    """
    if len(kept) > width:
        yield from combinations(kept, width)
        return
    for places in combinations(range(width), len(kept)):
        line: list[int | None] = [None] * width
        for place, index in zip(places, kept, strict=True):
            line[place] = index
        yield tuple(line)


def choose(
    rows: Sequence[Slots],
    figures: Callable[[int, Placement], Figures],
    broken: Callable[[Mapping[int, Figures]], Sequence[Collection[int]]],
) -> list[Slots]:
    """Return the rows' slots with only those placements that break the fewest rules.

    `figures(row, placement)` are the numbers that a placement puts into a row's columns;
    `broken(chosen)` lists the rules that fail when open rows take the figures of `chosen`, each
    as the rows that take part in it. Rows of zeros alone have no evidence of their own: they
    follow the rows with numbers that stand beside them with the same count of numbers, where blank
    cells have left a trace.
    """
    open_rows = [i for i, slot in enumerate(rows) if len(slot.placements) > 1]
    ways: dict[int, dict[Figures, list[Placement]]] = {}
    for index in open_rows:
        grouped: defaultdict[Figures, list[Placement]] = defaultdict(list)
        for placement in rows[index].placements:
            # Blank and 0 count alike in sums, so they are one way here.
            grouped[tuple(v or 0 for v in figures(index, placement))].append(placement)
        ways[index] = dict(grouped)
    best = _fewest_broken({index: list(found) for index, found in ways.items()}, broken)
    result = list(rows)
    for index in open_rows:
        if index in best:
            kept = {p for key in best[index] for p in ways[index][key]}
            if any(_leaves_number_out(rows[index].fields, p) for p in kept):
                continue
            ordered = tuple(p for p in rows[index].placements if p in kept)
            result[index] = Slots(rows[index].fields, ordered, "rules")
        elif rows[index].lacks_some:
            result[index] = Slots(rows[index].fields, ())
    zeros = [i for i in open_rows if i in best and _is_zero(ways[i]) and not rows[i].lost_blanks]
    return _follow(result, zeros)


def _leaves_number_out(fields: Sequence[Field], placement: Placement) -> bool:
    """Say whether a number that is printed once stands in no column: sums do not tell it away."""
    return any(
        item.says_value
        and index not in placement
        and not any(
            near in placement and fields[near].plain == item.plain
            for near in (index - 1, index + 1)
        )
        for index, item in enumerate(fields)
    )


def _is_zero(ways: Mapping[Figures, object]) -> bool:
    return all(not any(key) for key in ways)


def _fewest_broken(
    ways: Mapping[int, list[Figures]],
    broken: Callable[[Mapping[int, Figures]], Sequence[Collection[int]]],
) -> dict[int, set[Figures]]:
    """Return, for each open row, the ways it takes in the combinations that break fewest rules.

    A row that takes part in a broken rule in all of these combinations is left out.
    """
    total = 1
    for options in ways.values():
        total *= len(options)
    if total > _MOST_COMBINATIONS:
        return {}
    best: dict[int, set[Figures]] = {}
    sound: set[int] = set()
    fewest: int | None = None
    for combination in product(*ways.values()):
        chosen = dict(zip(ways, combination, strict=True))
        failing = broken(chosen)
        if fewest is None or len(failing) < fewest:
            fewest, best, sound = len(failing), {index: set() for index in ways}, set()
        if len(failing) == fewest:
            for index, way in chosen.items():
                best[index].add(way)
            sound |= ways.keys() - {row for rows in failing for row in rows}
    return {index: found for index, found in best.items() if index in sound}


def _follow(rows: list[Slots], zero_rows: Sequence[int]) -> list[Slots]:
    result = list(rows)
    zeros = set(zero_rows)
    for index in zero_rows:
        count = len(_run(rows[index]))
        neighbours = _block(rows, index, count) - zeros
        allowed = {p for other in neighbours for p in _patterns(rows[other])}
        kept = tuple(p for p in rows[index].placements if _pattern(p) in allowed)
        if kept:
            result[index] = Slots(rows[index].fields, kept, "rules")
    return result


def _run(slot: Slots) -> tuple[int, ...]:
    return tuple(i for i, item in enumerate(slot.fields) if not item.is_blank)


def _block(rows: Sequence[Slots], index: int, count: int) -> set[int]:
    """Return the rows around `index`, without a break, that print the same count of numbers."""
    block = {index}
    for step in (-1, 1):
        at = index + step
        while 0 <= at < len(rows) and len(_run(rows[at])) == count:
            block.add(at)
            at += step
    return block


def _pattern(placement: Placement) -> tuple[bool, ...]:
    return tuple(index is not None for index in placement)


def _patterns(slot: Slots) -> set[tuple[bool, ...]]:
    return {_pattern(placement) for placement in slot.placements}
