"""Official tables filled with random numbers, and where each of their cells must be found."""

from bisect import bisect_left
from dataclasses import dataclass
from random import Random

from hypothesis import strategies as st

from form.editions import EDITION_KEYS, TABLE_KEYS
from form.layout import LayoutRow, layout
from form.model import EditionKey, TableKey
from loaders.document import Document, Grid, GridCell

Slot = tuple[int, int, int, int, str]
"""Row, column, row span, column span, text."""


@dataclass(frozen=True)
class Form:
    """One printed table: its rows as laid out, and the text of each value by address."""

    rows: tuple[LayoutRow, ...]
    values: dict[str, str]

    def text(self, cell) -> str:
        return self.values[cell.address] if cell.address else cell.text

    @property
    def slots(self) -> list[Slot]:
        """Every printed cell with its place in the grid, by the rules of HTML tables."""
        taken: set[tuple[int, int]] = set()
        slots = []
        for row, cells in enumerate(self.rows):
            column = 0
            for cell in cells:
                while (row, column) in taken:
                    column += 1
                area = [
                    (r, c)
                    for r in range(row, row + cell.row_span)
                    for c in range(column, column + cell.column_span)
                ]
                taken.update(area)
                slots.append((row, column, cell.row_span, cell.column_span, self.text(cell)))
                column += cell.column_span
        return sorted(slots)

    @property
    def width(self) -> int:
        return sum(cell.column_span for cell in self.rows[0])


PRINTED = st.one_of(
    st.integers(-9999, 1_000_000).map(str),
    st.sampled_from(["", "0", "-", "—", "/", "39.3156", "无"]),
)


@st.composite
def forms(draw, key: TableKey | None = None, edition: EditionKey | None = None, printed=PRINTED):
    """Any of the three tables in either edition, each value drawn from `printed`."""
    rows = layout(
        key or draw(st.sampled_from(TABLE_KEYS)), edition or draw(st.sampled_from(EDITION_KEYS))
    )
    addresses = [cell.address for row in rows for cell in row if cell.address]
    values = draw(st.lists(printed, min_size=len(addresses), max_size=len(addresses)))
    return Form(rows, dict(zip(addresses, values, strict=True)))


def filled(key: TableKey, edition: EditionKey, printed: list[str], seed: int = 0) -> Form:
    """One table with values chosen from `printed`, the same for the same seed."""
    rows, random = layout(key, edition), Random(seed)
    addresses = [cell.address for row in rows for cell in row if cell.address]
    return Form(rows, {address: random.choice(printed) for address in addresses})


def cut(printed: list[Slot], row: int) -> tuple[list[Slot], list[Slot]]:
    """The slots above and below a page break before `row`; what it cuts is blank below."""
    above = [
        (top, left, min(rows, row - top), columns, text)
        for top, left, rows, columns, text in printed
        if top < row
    ]
    below = [
        (max(top - row, 0), left, min(rows, top + rows - row), columns, text if top >= row else "")
        for top, left, rows, columns, text in printed
        if top + rows > row
    ]
    return seen(above), seen(below)


def seen(printed: list[Slot]) -> list[Slot]:
    """The slots with the columns that show when only these are drawn."""
    lefts = sorted({left for _, left, *_ in printed})

    def shown(column: int) -> int:
        return bisect_left(lefts, column)

    return sorted(
        (top, shown(left), rows, shown(left + columns) - shown(left), text)
        for top, left, rows, columns, text in printed
    )


def slot(cell: GridCell) -> Slot:
    return (cell.row, cell.column, cell.row_span, cell.column_span, cell.text)


def slots(grid: Grid) -> list[Slot]:
    return [slot(cell) for cell in grid.cells]


def grids(document: Document) -> list[Grid]:
    return [block for block in document.blocks if isinstance(block, Grid)]


def only_grid(document: Document) -> Grid:
    (grid,) = grids(document)
    return grid


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if not isinstance(block, Grid)]
