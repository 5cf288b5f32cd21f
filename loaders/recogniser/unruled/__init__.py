"""Tables without vertical lines: their rows and columns by where things stand on the page.

A reader gives the lines of such a table as they are printed, each piece of text with its box.
Here labels are put together from their lines, each line of numbers is given to the label beside
it, and each number to the column in which it stands: that of the rows which are full, on all
pages of the table, else that of the headers. What is not certain is left in doubt.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from form.editions import EDITIONS
from form.report import Place
from loaders.recogniser.labels import match_column
from loaders.recogniser.lines import Field, Line, plain
from loaders.recogniser.seen import Seen
from loaders.recogniser.unruled.atoms import Atom, Sheet, part, sheets
from loaders.recogniser.unruled.columns import Columns, columns_below, columns_of
from loaders.recogniser.unruled.disputes import dispute_lines
from loaders.recogniser.unruled.labels import Block
from loaders.recogniser.unruled.pages import (
    MOST_COLUMNS,
    Page,
    is_furniture,
    join_over_pages,
    page_of,
)

_WIDTH: Final = MOST_COLUMNS
_OFF: Final = 0.75
"""Of the way to the next header: a full row's number further from its own stands below another."""


def stand_in_columns(lines: list[Line]) -> list[Line]:
    """Give the rows of tables without lines a field for each column, those in doubt included."""
    found = list(sheets(lines))
    if not found:
        return lines
    pages = [page_of(sheet) for sheet in found]
    join_over_pages(pages)
    made: dict[int, list[Line]] = {}
    for table in _tables(pages):
        columns = _application_columns(table)
        for page in table:
            made[page.sheet.first] = list(_lines_of(page, columns))
    result: list[Line] = []
    at = 0
    for page in pages:
        sheet = page.sheet
        result += lines[at : sheet.first]
        result += made[sheet.first]
        at = sheet.first + len(sheet.lines)
    return [*result, *lines[at:]]


def _tables(pages: Sequence[Page]) -> Iterator[list[Page]]:
    """Yield the pages of each section 三: where its rows begin anew, another has begun."""
    current: list[Page] = []
    seen: set[str] = set()
    for page in pages:
        keys = {key for block in page.rows for table, key in block.rows if table == "applications"}
        if keys & seen:
            yield current
            current, seen = [], set()
        current.append(page)
        seen |= keys
    if current:
        yield current


def _of_applications(page: Page) -> list[Block]:
    return [b for b in page.rows if b.is_row and b.rows[0][0] == "applications"]


def _application_columns(pages: Sequence[Page]) -> dict[int, Columns | None]:
    """Return the columns of section 三 on each page, by where its lines begin.

    Full rows of all pages are taken together where they agree with those of the page itself.
    """
    _settle_others(pages)
    for page in pages:
        _doubt_off_headers(page)
    full = {page.sheet.first: _full_rows(page) for page in pages}
    heads = next(filter(None, map(_heads, pages)), ())
    together = columns_of([row for rows in full.values() for row in rows], heads)
    found: dict[int, Columns | None] = {}
    for page in pages:
        own = full[page.sheet.first]
        fits = together is not None and all(together.of(row) is not None for row in own)
        found[page.sheet.first] = together if fits else columns_of(own, _heads(page))
    if together is None and not any(full.values()) and len(heads) == _WIDTH:
        rows = [line for page in pages for b in _of_applications(page) for line in b.numbers]
        below = columns_below(heads, rows)
        found = dict.fromkeys(found, below)
    return found


def _settle_others(pages: Sequence[Page]) -> None:
    """Take （六）其他处理 for no row where rows of its group are printed, on whatever page.

    Numbers beside it are one of theirs then, nobody knows whose.
    """
    rows = [(page, block) for page in pages for block in _of_applications(page)]
    grouped = [block for _page, block in rows if block.rows[0][1].startswith("other_")]
    heads = [(page, block) for page, block in rows if block.rows[0][1] == "other"]
    if not (grouped and heads):
        return
    for page, head in heads:
        page.rows.remove(head)
        page.broken += [atom for line in head.numbers for atom in line] + head.atoms
        if head.numbers:
            for block in grouped:
                block.in_doubt = True


def _doubt_off_headers(page: Page) -> None:
    """Put full rows in doubt of which a number stands below another column's header.

    It may be no number of the table, beside a column that is blank all the way down.
    """
    heads = _heads(page)
    if not heads:
        return
    gap = min(b.x - a.x for a, b in pairwise(heads))
    for block in _of_applications(page):
        for line in block.numbers:
            is_full = len(line) == len(heads)
            if is_full and any(
                abs(a.x - head.x) > _OFF * gap for a, head in zip(line, heads, strict=True)
            ):
                block.in_doubt = True


def _full_rows(page: Page) -> list[list[Atom]]:
    return [
        block.numbers[0]
        for block in _of_applications(page)
        if len(block.numbers) == 1 and len(block.numbers[0]) == _WIDTH and not block.in_doubt
    ]


def _heads(page: Page) -> tuple[Atom, ...]:
    """Return the headers of section 三's columns from left to right, () unless each is found once."""
    first = min((block.top for block in _of_applications(page)), default=float("inf"))
    words = [piece for atom in page.loose for piece in _words(atom) if atom.y < first]
    words += [a for block in page.others for a in block.atoms if a.y < first]
    stacks: list[list[Atom]] = []
    for atom in sorted(words, key=lambda atom: atom.y):
        stack = next(
            (
                s
                for s in stacks
                if s[-1].overlap(atom) > 0.5 and atom.y - s[-1].y < 2.1 * atom.height
            ),
            None,
        )
        if stack is None:
            stacks.append([atom])
        else:
            stack.append(atom)
    named: dict[str, Atom] = {}
    for stack in stacks:
        for start in range(len(stack)):
            text = plain("".join(atom.text for atom in stack[start:]))
            for key in match_column("applications", text):
                if key in named:
                    return ()
                named[key] = replace(
                    stack[-1],
                    x0=min(a.x0 for a in stack[start:]),
                    x1=max(a.x1 for a in stack[start:]),
                )
    keys = [column.key for column in EDITIONS[0].table("applications").rows[0].columns]
    found = [named[key] for key in keys if key in named]
    ordered = all(a.x < b.x for a, b in pairwise(found))
    return tuple(found) if len(found) == _WIDTH and ordered else ()


def _words(atom: Atom) -> Iterator[Atom]:
    texts = atom.text.split()
    return part(atom, texts) if len(texts) > 1 else iter([atom])


def _lines_of(page: Page, columns: dict[int, Columns | None]) -> Iterator[Line]:
    """Yield a page's lines anew: its rows with their fields, and what stands around them."""
    sheet = page.sheet
    made: list[tuple[float, Line]] = []
    taken = _ids(page.broken)
    applications = _of_applications(page)
    header: list[Block] = []
    head_columns: Columns | None = None
    heads: list[Atom] = []
    for block in sorted(page.rows, key=lambda block: block.y):
        taken |= _ids(block.atoms)
        for line in block.numbers:
            taken |= _ids(line)
        if block.is_content:
            heads = _content_heads(page, block)
            taken |= {id(atom) for head in heads for atom in _pieces(page, head)}
            made.append((block.y, _header_line(sheet, block, heads)))
            rows = [line for b in _below(page, block) for line in b.numbers]
            full = [line for line in rows if len(line) == len(heads)]
            head_columns = columns_of(full, heads) or columns_below(heads, rows)
            if not all(match_column("disclosure", head.text) for head in heads):
                head_columns = None
            header = [block]
        elif block in applications:
            made.append((block.y, _row(sheet, block, _WIDTH, columns[sheet.first])))
            header = []
        elif header:
            made.append((block.y, _row(sheet, block, len(heads), head_columns)))
        else:
            made.append((block.y, _bare(sheet, block)))
    for block in page.others:
        if block.numbers:
            taken |= _ids(block.atoms)
            for line in block.numbers:
                taken |= _ids(line)
            made.append((block.y, _row(sheet, block, _WIDTH, columns[sheet.first])))
    within = _between(applications)
    left = [
        atom
        for atom in sheet.atoms
        if id(atom) not in taken and not (within and within[0] < atom.y < within[1])
    ]
    furniture = {id(line[0]) for line in page.strays if is_furniture(page, line)}
    printed = [atom for atom in left if id(atom) not in furniture]
    made += dispute_lines(sheet, printed, page.rest, page.above)
    made += [(atom.y, _paragraph(atom)) for atom in left if id(atom) in furniture]
    yield from (line for _y, line in sorted(made, key=lambda item: item[0]))


def _paragraph(atom: Atom) -> Line:
    """Return a page's own number as what it is: no part of the table."""
    return Line((replace(atom.field, column=0, column_span=1),), None)


def _ids(atoms: Sequence[Atom]) -> set[int]:
    return {id(atom) for atom in atoms}


def _between(rows: Sequence[Block]) -> tuple[float, float] | None:
    """Return where the rows of section 三 begin and end: what else stands there heads groups."""
    if not rows:
        return None
    return min(block.top for block in rows), max(block.bottom for block in rows)


def _below(page: Page, header: Block) -> list[Block]:
    """Return the rows of section 二 between a header and the next."""
    rows = sorted((b for b in page.rows if b.y > header.y), key=lambda block: block.y)
    found: list[Block] = []
    for block in rows:
        if block.is_content or block.rows[0][0] != "disclosure":
            break
        found.append(block)
    return found


def _content_heads(page: Page, block: Block) -> list[Atom]:
    """Return the headers beside 信息内容 from left to right, each with all of its lines."""
    size = page.sheet.size
    near = [a for a in page.loose if a.x0 > block.x1 and abs(a.y - block.y) < 1.6 * size]
    near += [
        a
        for b in page.others
        for a in b.atoms
        if a.x0 > block.x1 and abs(a.y - block.y) < 1.6 * size
    ]
    rows = [b for b in page.rows if b is not block]
    near = [
        a
        for a in near
        if all(abs(a.y - block.y) < abs(a.y - b.y) for b in rows) and "第二十条" not in a.text
    ]
    stacks: list[list[Atom]] = []
    whole = [a for a in near if match_column("disclosure", a.text)]
    parted = [piece for a in near if a not in whole for piece in _words(a)]
    for atom in sorted((*whole, *parted), key=lambda a: a.y):
        stack = next((s for s in stacks if any(b.overlap(atom) > 0.3 for b in s)), None)
        if stack is None:
            stacks.append([atom])
        else:
            stack.append(atom)
    return sorted(map(_stacked, stacks), key=lambda atom: atom.x)


def _stacked(stack: Sequence[Atom]) -> Atom:
    text = "".join(atom.text for atom in stack)
    own = replace(stack[0].field, text=text, plain=plain(text))
    return Atom(
        own,
        min(a.x0 for a in stack),
        min(a.top for a in stack),
        max(a.x1 for a in stack),
        max(a.bottom for a in stack),
    )


def _pieces(page: Page, head: Atom) -> list[Atom]:
    inside = [*page.loose, *(a for b in page.others for a in b.atoms)]
    return [
        a for a in inside if head.top - 0.1 <= a.y <= head.bottom + 0.1 and a.overlap(head) > 0.3
    ]


def _header_line(sheet: Sheet, block: Block, heads: Sequence[Atom]) -> Line:
    fields = [_label(block)]
    fields += [
        replace(head.field, column=1 + index, column_span=1) for index, head in enumerate(heads)
    ]
    return Line(tuple(fields), sheet.grid, aligned=True, steps=(stand_in_columns.__name__,))


def _label(block: Block) -> Field:
    text = "\n".join(atom.text for atom in block.atoms)
    whole = text if plain(text) == plain(block.text) else block.text
    return replace(block.atoms[0].field, text=whole, plain=plain(whole), column=0, column_span=1)


def _bare(sheet: Sheet, block: Block) -> Line:
    """Return a row of section 二 without a header: its numbers, of whose blanks nothing is known."""
    numbers = [atom for line in block.numbers for atom in line]
    fields = [_label(block), *(atom.field for atom in numbers)]
    if block.in_doubt or not numbers:
        fields = [_label(block), _doubtful(block)]
    return Line(
        tuple(replace(item, column=at, column_span=1) for at, item in enumerate(fields)),
        sheet.grid,
        steps=(stand_in_columns.__name__,),
    )


def _row(sheet: Sheet, block: Block, width: int, columns: Columns | None) -> Line:
    """Return a row with one field for each column."""
    at = _placed(block, width, columns)
    place = Place(page=sheet.page, box=block.atoms[0].field.place.box)
    blank = Field("", "", 0, 1, place)
    if at is None:
        values = [_doubtful(block)] * width
    else:
        values = [at.get(index, blank) for index in range(width)]
    fields = [_label(block), *values]
    return Line(
        tuple(replace(item, column=index, column_span=1) for index, item in enumerate(fields)),
        sheet.grid,
        aligned=True,
        steps=(stand_in_columns.__name__,),
    )


def _placed(block: Block, width: int, columns: Columns | None) -> dict[int, Field] | None:
    """Return a row's fields by column, None where nobody can tell."""
    if block.in_doubt or len(block.numbers) > 1:
        return None
    numbers = block.numbers[0] if block.numbers else []
    if len(numbers) < width and block.may_hold_more:
        return None
    if columns is None:
        at = list(range(width)) if len(numbers) == width else None
    else:
        at = columns.of(numbers)
    if at is None:
        return None
    return dict(zip(at, (atom.field for atom in numbers), strict=True))


def _doubtful(block: Block) -> Field:
    """Return a field of which nobody can tell what it says, or whether it is there."""
    numbers = [atom for line in block.numbers for atom in line]
    text = " ".join(atom.text.strip() for atom in numbers)
    place = (numbers or block.atoms)[0].field.place
    return Field("", "", 0, 1, place, (), Seen("", text, doubt=()))
