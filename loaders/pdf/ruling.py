"""From drawn lines to tables: which cells there are, and how far each one spans.

Pure geometry on plain coordinates (points, x to the right, y downwards), for any reader that
knows where lines are drawn: aligned lines → connected lines → closed outline → cells.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median
from typing import Final, NamedTuple

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom."""

THICKEST: Final = 3.0
"""Points: what is drawn no thicker than this is a line, however it was painted."""
SNAP: Final = 2.0
"""Points: parallel lines no further apart are one line."""
REACH: Final = 3.0
"""Points: ends of lines no further apart touch."""
_FEWEST_DOTS: Final = 20
_SAME_LINE: Final = 0.2
_SHORTEST_OF_DOTS: Final = 8.0
"""Points: a shorter row of dots is no side of a cell."""
MOST_CROSSINGS: Final = 1_000_000
MOST_SPACES: Final = 20_000
"""Spaces between lines; what is divided more finely is a drawing, not a table."""
OVERRUN: Final = 4.0
"""Points: lines that run on past the last line across them by more than this bound one more row."""


class Segment(NamedTuple):
    """A line along one axis: where it lies on the other axis, and from where to where it runs."""

    at: float
    start: float
    end: float


class RuledCell(NamedTuple):
    """A cell between drawn lines; `row` and `column` count from 0."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A connected drawing of lines: its edges, its cells by row and column, and who owns what.

    `owners[row][column]` is the index of the cell that covers that space between edges.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[RuledCell, ...]
    owners: tuple[tuple[int, ...], ...]

    @property
    def box(self) -> Box:
        return (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def cell_at(self, x: float, y: float) -> int | None:
        """Return the index of the cell at a point, None for a point outside."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        if 0 <= row < len(self.owners) and 0 <= column < len(self.owners[row]):
            return self.owners[row][column]
        return None


def sides(box: Box) -> tuple[Box, ...]:
    """Return the four sides of a stroked rectangle as boxes without thickness."""
    x0, top, x1, bottom = box
    return (
        (x0, top, x1, top),
        (x0, bottom, x1, bottom),
        (x0, top, x0, bottom),
        (x1, top, x1, bottom),
    )


def is_line(box: Box) -> bool:
    """Say whether a drawn thing is thin enough to be a line."""
    return box[2] - box[0] <= THICKEST or box[3] - box[1] <= THICKEST


def ruled_tables(lines: Iterable[Box]) -> tuple[RuledTable, ...]:
    """Return the tables that these lines draw, from the top down.

    A frame around a single space is no table: it is a box around text.
    """
    horizontals, verticals = map(_aligned, _segments(lines))
    if len(horizontals) * len(verticals) > MOST_CROSSINGS:
        return ()
    tables = [
        table
        for drawing in _connected(horizontals, verticals)
        if (table := _table(*drawing)) is not None and len(table.cells) > 1
    ]
    return tuple(sorted(tables, key=lambda table: (table.ys[0], table.xs[0])))


def _segments(lines: Iterable[Box]) -> tuple[list[Segment], list[Segment]]:
    """Return horizontal and vertical segments; a dot is neither, but a row of dots is one."""
    horizontals, verticals = [], []
    dots: list[Box] = []
    for box in lines:
        x0, top, x1, bottom = box
        if bottom - top <= THICKEST < x1 - x0:
            horizontals.append(Segment((top + bottom) / 2, x0, x1))
        elif x1 - x0 <= THICKEST < bottom - top:
            verticals.append(Segment((x0 + x1) / 2, top, bottom))
        elif x1 - x0 <= THICKEST and bottom - top <= THICKEST:
            dots.append(box)
    if len(dots) >= _FEWEST_DOTS:
        horizontals += _dotted(dots)
        verticals += _dotted([(top, x0, bottom, x1) for x0, top, x1, bottom in dots])
    return horizontals, verticals


def _dotted(dots: Iterable[Box]) -> Iterator[Segment]:
    """Yield the horizontal lines that dots draw, which browsers paint one by one."""
    runs: list[Box] = []
    for x0, top, x1, bottom in sorted(dots, key=lambda dot: (round(dot[1], 1), dot[0])):
        last = runs[-1] if runs else None
        if last and abs(last[1] - top) < _SAME_LINE and -REACH < x0 - last[2] <= REACH:
            runs[-1] = (last[0], last[1], max(last[2], x1), max(last[3], bottom))
        else:
            runs.append((x0, top, x1, bottom))
    for x0, top, x1, bottom in runs:
        if x1 - x0 > _SHORTEST_OF_DOTS and bottom - top <= THICKEST:
            yield Segment((top + bottom) / 2, x0, x1)


def _aligned(segments: Iterable[Segment]) -> list[Segment]:
    """Put parallel segments that are hardly apart on one line, and join those that touch there."""
    aligned = []
    for line in _clusters(sorted(segments)):
        at = sum(segment.at for segment in line) / len(line)
        aligned += [Segment(at, start, end) for start, end in _joined(line)]
    return aligned


def _clusters(segments: Iterable[Segment]) -> Iterator[list[Segment]]:
    cluster: list[Segment] = []
    for segment in segments:
        if cluster and segment.at - cluster[-1].at > SNAP:
            yield cluster
            cluster = []
        cluster.append(segment)
    if cluster:
        yield cluster


def _joined(line: Iterable[Segment]) -> Iterator[tuple[float, float]]:
    spans = sorted((segment.start, segment.end) for segment in line)
    start, end = spans[0]
    for next_start, next_end in spans[1:]:
        if next_start > end + REACH:
            yield start, end
            start, end = next_start, next_end
        end = max(end, next_end)
    yield start, end


def _connected(
    horizontals: Sequence[Segment], verticals: Sequence[Segment]
) -> Iterator[tuple[list[Segment], list[Segment]]]:
    """Yield (horizontals, verticals) of each drawing whose lines touch each other."""
    groups = _Groups(len(horizontals) + len(verticals))
    heights = [horizontal.at for horizontal in horizontals]
    spans = [(horizontal.start - REACH, horizontal.end + REACH) for horizontal in horizontals]
    for index, (at, start, end) in enumerate(verticals, len(horizontals)):
        first, last = bisect_left(heights, start - REACH), bisect_right(heights, end + REACH)
        for other, (left, right) in enumerate(spans[first:last], first):
            if left <= at <= right:
                groups.join(index, other)
    drawings: dict[int, tuple[list[Segment], list[Segment]]] = defaultdict(lambda: ([], []))
    for index, segment in enumerate((*horizontals, *verticals)):
        drawings[groups.root(index)][index >= len(horizontals)].append(segment)
    yield from drawings.values()


class _Groups:
    """Things that belong together (union-find)."""

    def __init__(self, size: int) -> None:
        self._parents = list(range(size))

    def root(self, item: int) -> int:
        while self._parents[item] != item:
            self._parents[item] = self._parents[self._parents[item]]
            item = self._parents[item]
        return item

    def join(self, one: int, other: int) -> None:
        # The smallest number stays the root: groups then come in the order of their first members.
        first, second = sorted((self.root(one), self.root(other)))
        self._parents[second] = first


def _table(horizontals: list[Segment], verticals: list[Segment]) -> RuledTable | None:
    if not horizontals or not verticals:
        return None
    horizontals = _closed(horizontals, verticals)
    verticals = _closed(verticals, horizontals)
    xs, ys = _positions(verticals), _positions(horizontals)
    if len(xs) < 2 or len(ys) < 2 or len(xs) * len(ys) > MOST_SPACES:
        return None
    regions = _regions(xs, ys, horizontals, verticals)
    cells = tuple(sorted(_cell(region, xs, ys) for region in regions))
    return RuledTable(xs, ys, cells, _owners(cells, len(ys) - 1, len(xs) - 1))


def _positions(segments: Iterable[Segment]) -> tuple[float, ...]:
    return tuple(sorted({segment.at for segment in segments}))


def _closed(rules: list[Segment], crossing: list[Segment]) -> list[Segment]:
    """Add the first or last rule where the lines across run on to bound a row that lacks it.

    Chromium draws no line under the last row of a page, and forms often have no outer sides.
    """
    ends: dict[float, float] = {}
    starts: dict[float, float] = {}
    for line in crossing:
        ends[line.at] = max(line.end, ends.get(line.at, line.end))
        starts[line.at] = min(line.start, starts.get(line.at, line.start))
    outline = (min(ends), max(ends))
    first, last = min(rule.at for rule in rules), max(rule.at for rule in rules)
    beyond = {at: end for at, end in ends.items() if end > last + OVERRUN}
    before = {at: start for at, start in starts.items() if start < first - OVERRUN}
    return rules + [
        Segment(median(overrun.values()), *outline)
        for overrun in (before, beyond)
        if 2 * len(overrun) > len(ends) or (len(ends) > 1 and overrun.keys() >= set(outline))
    ]


Space = tuple[int, int]
"""Row and column of a space between neighbouring edges."""


def _regions(
    xs: tuple[float, ...],
    ys: tuple[float, ...],
    horizontals: Iterable[Segment],
    verticals: Iterable[Segment],
) -> Iterator[list[Space]]:
    """Yield the spaces of each cell: one without a line at its left or top goes with its neighbour.

    Lines that end in the middle of nowhere can leave a shape that is no rectangle; it is given
    row by row, so that nothing in it is joined that a person might read apart.
    """
    tops, lefts = _drawn(horizontals, ys, xs), _drawn(verticals, xs, ys)
    regions: list[list[Space]] = []
    above: list[list[Space]] = []
    for row in range(len(ys) - 1):
        here: list[list[Space]] = []
        for column in range(len(xs) - 1):
            is_left_open = column > 0 and not lefts[column][row]
            is_top_open = row > 0 and not tops[row][column]
            if is_left_open and is_top_open and here[-1] is not above[column]:
                _unite(here[-1], above[column], here, above)
            if is_left_open:
                region = here[-1]
            elif is_top_open:
                region = above[column]
            else:
                region = []
                regions.append(region)
            region.append((row, column))
            here.append(region)
        above = here
    for region in filter(None, regions):
        region.sort()
        yield from [region] if _is_rectangle(region) else _runs(region)


def _unite(one: list[Space], other: list[Space], *rows: list[list[Space]]) -> None:
    """Put the spaces of two regions into the larger one, in whichever rows the other is named."""
    small, large = sorted((one, other), key=len)
    large += small
    for row in rows:
        row[:] = [large if region is small else region for region in row]
    small.clear()


def _drawn(
    segments: Iterable[Segment], edges: Sequence[float], across: Sequence[float]
) -> list[bytearray]:
    """Return, by edge, which sides of the spaces along it are drawn (1) and which are not (0)."""
    middles = [(start + end) / 2 for start, end in pairwise(across)]
    drawn = [bytearray(len(middles)) for _ in edges]
    for segment in segments:
        first = bisect_left(middles, segment.start)
        last = bisect_right(middles, segment.end)
        if first < last:
            drawn[bisect_left(edges, segment.at)][first:last] = b"\1" * (last - first)
    return drawn


def _is_rectangle(region: list[Space]) -> bool:
    if len(region) == 1:
        return True
    rows, columns = {row for row, _ in region}, {column for _, column in region}
    return len(rows) * len(columns) == len(region)


def _runs(region: list[Space]) -> Iterator[list[Space]]:
    """Yield the unbroken rows of a region, whose spaces come row by row."""
    numbered = enumerate(region)
    for _, run in groupby(numbered, key=lambda item: (item[1][0], item[1][1] - item[0])):
        yield [space for _, space in run]


def _cell(region: list[Space], xs: tuple[float, ...], ys: tuple[float, ...]) -> RuledCell:
    (top, left), (bottom, right) = region[0], region[-1]
    box = (xs[left], ys[top], xs[right + 1], ys[bottom + 1])
    return RuledCell(top, left, bottom - top + 1, right - left + 1, box)


def _owners(cells: Sequence[RuledCell], height: int, width: int) -> tuple[tuple[int, ...], ...]:
    owners = [[0] * width for _ in range(height)]
    for index, cell in enumerate(cells):
        for row in range(cell.row, cell.row + cell.row_span):
            for column in range(cell.column, cell.column + cell.column_span):
                owners[row][column] = index
    return tuple(map(tuple, owners))
