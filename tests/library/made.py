"""Made-up reports: one plain report, and random ones that show every side of the format."""

from decimal import Decimal
from typing import get_args

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from form.editions import EDITION_KEYS, TABLE_KEYS, all_columns, table
from form.model import EditionKey
from form.report import Cell, Note, Oddity, Paragraph, Place, Report
from library.importing import Reading
from library.rows import LARGEST_COUNT


def made_report(
    agency: str | None = "甲市人民政府",
    year: int | None = 2023,
    *,
    edition: EditionKey = "2021",
    count: int = 1,
    amount: str = "1.5",
    cells: dict[str, Cell] | None = None,
) -> Report:
    """A report whose counts are all ``count`` and whose amounts are ``amount`` 万元, except ``cells``."""
    plain = {
        address: Cell(Decimal(amount), "number", amount, unit="万元")
        if all_columns()[address].kind == "amount"
        else Cell(count, "number", str(count))
        for key in TABLE_KEYS
        for address in table(key, edition).addresses()
    }
    editions = dict.fromkeys(TABLE_KEYS, edition)
    return Report(agency, year, editions, plain | (cells or {}), (Paragraph(1, "总体情况。"),))


def reading(*reports: Report) -> Reading:
    return Reading("txt", reports)


# No database text can hold NUL; what is said of it elsewhere is tested apart.
AGENCIES = st.none() | st.text(
    st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), min_size=1
)
YEARS = st.none() | st.integers(2008, 2040)
SMALL = st.integers(1, 500)
PLACES = st.builds(
    Place,
    line=st.none() | SMALL,
    page=st.none() | SMALL,
    box=st.none() | st.tuples(*[st.floats(0, 2000)] * 4),
    sheet=st.none() | st.text(max_size=5),
    cell=st.none() | st.just("B7"),
    table=st.none() | SMALL,
    row=st.none() | SMALL,
    column=st.none() | SMALL,
)
COUNTS = st.integers(-LARGEST_COUNT, LARGEST_COUNT) | st.integers()
AMOUNTS = st.decimals(allow_nan=False, allow_infinity=False) | st.decimals(-10, 10, places=30)


@st.composite
def _cell(draw: DrawFn, values: SearchStrategy[int] | SearchStrategy[Decimal]) -> Cell:
    mark = draw(st.sampled_from(["number", "typed", "blank", "dash", "text", "unknown"]))
    return Cell(
        value=draw(values) if mark in ("number", "typed") else None,
        mark=mark,
        raw=draw(st.text(max_size=5)),
        place=draw(PLACES),
        unit=draw(st.sampled_from([None, "", "万元", "元", "个"])),
        candidates=tuple(draw(st.lists(st.none() | values, max_size=3)))
        if mark == "unknown"
        else (),
        oddities=tuple(draw(st.lists(st.sampled_from(get_args(Oddity)), max_size=2, unique=True))),
    )


@st.composite
def reports(
    draw: DrawFn,
    agencies: SearchStrategy[str | None] = AGENCIES,
    years: SearchStrategy[int | None] = YEARS,
) -> Report:
    """Any report: each table of either edition, or missing; every mark; values of any size."""
    laid_out = {key: draw(st.none() | st.sampled_from(EDITION_KEYS)) for key in TABLE_KEYS}
    told = draw(st.sets(st.sampled_from(TABLE_KEYS)))
    # A few cells dealt out over the form: 200 drawn ones would take Hypothesis too long.
    pools = {
        True: draw(st.lists(_cell(AMOUNTS), min_size=1, max_size=3)),
        False: draw(st.lists(_cell(COUNTS), min_size=1, max_size=7)),
    }
    step = draw(st.integers(1, 7))
    addresses = [
        address
        for key, edition in laid_out.items()
        if edition is not None
        for address in table(key, edition).addresses(optional=draw(st.booleans()))
    ]
    cells = {}
    for place, address in enumerate(addresses):
        pool = pools[all_columns()[address].kind == "amount"]
        cells[address] = pool[place * step % len(pool)]
    return Report(
        agency=draw(agencies),
        year=draw(years),
        editions={key: laid_out[key] if key in told else None for key in TABLE_KEYS},
        cells=cells,
        paragraphs=tuple(
            draw(st.lists(st.builds(Paragraph, st.integers(0, 6), st.text(), PLACES), max_size=3))
        ),
        notes=tuple(
            draw(
                st.lists(
                    st.builds(
                        Note, st.text(), st.text(), st.lists(st.text(), max_size=3).map(tuple)
                    ),
                    max_size=2,
                )
            )
        ),
        title=draw(st.none() | st.text()),
        reader=draw(st.none() | SMALL),
    )
