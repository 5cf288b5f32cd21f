"""One page of a table without lines: which numbers stand beside which label."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from form.editions import EDITIONS
from loaders.recogniser.labels import body
from loaders.recogniser.lines import plain
from loaders.recogniser.unruled.atoms import Atom, Sheet, even_lines, over_each_other
from loaders.recogniser.unruled.disputes import heads_at_end, rest_at_start, row_at_end
from loaders.recogniser.unruled.labels import (
    Block,
    begins_longer,
    blocks,
    completes_row,
    continues,
    name,
    overlap,
)
from loaders.recogniser.unruled.stacks import goes_below, stack

MOST_COLUMNS: Final = max(len(row.columns) for row in EDITIONS[0].table("applications").rows)
_BESIDE: Final = 0.3
"""Heights of a letter: a line of numbers reaches no further beyond its label's lines."""
_STRAY: Final = 2.0
"""Heights of a letter: numbers that are nobody's put rows no further away in doubt."""
_FEWEST: Final = 2
"""Numbers on a line from which on it shows where labels end."""
_FURNITURE: Final = re.compile(r"[-—–－\s]*\d{1,4}[-—–－\s]*")
_SHORT: Final[Mapping[str, tuple[str, ...]]] = {"总计": (), "其他": ("3", "三")}
"""Labels of rows that say little, with the numbers that they have where others begin alike."""


@dataclass(slots=True)
class Page:
    """The labelled rows of one page, what stands beside them, and what is nobody's."""

    sheet: Sheet
    rows: list[Block]
    """Blocks that name a row or head section 二, from the top down."""
    others: list[Block]
    strays: list[list[Atom]] = field(default_factory=list)
    """Lines of numbers beside no label."""
    loose: list[Atom] = field(default_factory=list)
    """Words right of the labels that are no numbers: headers, remarks."""
    broken: list[Atom] = field(default_factory=list)
    """The pieces of numbers that narrow columns broke."""
    rest: list[Atom] = field(default_factory=list)
    """Digits on the next page that the page's end tore off the row of section 四."""
    above: list[Atom] = field(default_factory=list)
    """Headers of section 四 on the page before, whose row stands on this one."""

    @property
    def is_empty(self) -> bool:
        return not self.rows


def page_of(sheet: Sheet) -> Page:
    """Return a page's rows with the numbers beside each."""
    numbers = [atom for atom in sheet.atoms if atom.is_number]
    words = [atom for atom in sheet.atoms if not atom.is_number]
    edge = _edge(numbers)
    labels = blocks([atom for atom in words if atom.x0 < edge])
    heads = [atom for atom in words if atom.x0 >= edge]
    rows = _rows(labels)
    others = [block for block in labels if block not in rows]
    right = max((block.x1 for block in rows), default=edge)
    for block in list(others):
        if block.x0 > right and not block.is_row and not block.is_group:
            heads += block.atoms
            others.remove(block)
    remarks = [atom for atom in heads if _is_in_row(rows, atom)]
    heads = [atom for atom in heads if atom not in remarks]
    page = Page(sheet, rows, others, loose=heads)
    _attach(page, even_lines([*numbers, *remarks]))
    _doubt_overlaps(page)
    _doubt_low(page)
    _doubt_beyond(page)
    return page


def _is_in_row(rows: Sequence[Block], atom: Atom) -> bool:
    """Say whether words right of the labels stand in a row, where a number should: a cell of text."""
    beside = [block for block in rows if not block.is_content and _is_beside(block, [atom])]
    return any(block.x1 < atom.x0 for block in beside)


def _doubt_beyond(page: Page) -> None:
    """Put all rows in doubt where one prints more than the form has columns: two tables meet."""
    sure = [block for block in page.rows if not block.in_doubt]
    if any(len(line) > MOST_COLUMNS for block in sure for line in block.numbers):
        for block in page.rows:
            block.in_doubt = True


def _edge(numbers: Sequence[Atom]) -> float:
    """Return where labels end at the latest: at the first number of any line of several."""
    lines = [line for line in even_lines(numbers) if len(line) >= _FEWEST]
    return min((line[0].x0 for line in lines), default=float("inf"))


def _rows(labels: Sequence[Block]) -> list[Block]:
    """Return the blocks that are rows, or head them; of 其他处理 that names a group, none is."""
    keys = {key for block in labels for _table, key in block.rows}
    grouped = any(key.startswith("other_") and key != "other_services" for key in keys)
    found: list[Block] = []
    for block in sorted(labels, key=lambda block: block.y):
        is_other = "other" in {key for _table, key in block.rows}
        is_head = block.is_group and (grouped or not is_other or _has_label_behind(block, labels))
        if is_head or not _may_stand(block, found):
            block.rows = ()
        elif block.is_row or block.is_content:
            found.append(block)
    return found


def _has_label_behind(block: Block, labels: Sequence[Block]) -> bool:
    """Say whether the label of a row, or its beginning, stands right of a block at its height."""
    return any(
        other.x0 >= block.x1 and (other.is_row or other.is_open)
        for other in labels
        if other.top < block.bottom + block.size and block.top - block.size < other.bottom
    )


def _may_stand(block: Block, above: Sequence[Block]) -> bool:
    """Say whether a short label names a row: 其他 and 总计 also head columns, and begin labels."""
    numbers = _SHORT.get(body(block.text))
    if numbers is None:
        return True
    printed = plain(block.text)[: -len(body(block.text))]
    return not numbers or printed in numbers if printed else bool(above)


def _attach(page: Page, lines: Iterable[Sequence[Atom]]) -> None:
    for line in lines:
        beside = [block for block in page.rows if _is_beside(block, line)]
        if len(beside) > 1:
            beside = _nearest(beside, line)
        if len(beside) == 1:
            beside[0].numbers.append(list(line))
            continue
        for block in beside:
            block.in_doubt = True
        if not beside:
            unknown = _unknown_label(page, line)
            if unknown is not None:
                unknown.numbers.append(list(line))
            else:
                page.strays.append(list(line))
    _stack(page)


def _stack(page: Page) -> None:
    """Join numbers that narrow columns broke: all of a line stands below numbers of its row."""
    for line in list(page.strays):
        owners = [block for block in page.rows if any(goes_below(line, o) for o in block.numbers)]
        if len(owners) == 1:
            owners[0].numbers.append(line)
            page.strays.remove(line)
    for above, block in pairwise([None, *page.rows]):
        if block is None or len(block.numbers) < 2:
            continue
        lines = sorted(block.numbers, key=lambda line: line[0].y)
        stacked = stack(lines)
        torn_above = above is not None and any(goes_below(lines[0], o) for o in above.numbers)
        if stacked is None or torn_above:
            block.in_doubt = True
            if above is not None and torn_above:
                above.in_doubt = True
        else:
            page.broken += [atom for line in lines for atom in line]
            block.numbers = [stacked]


def _is_beside(block: Block, line: Sequence[Atom]) -> bool:
    size = _BESIDE * block.size
    y = sum(atom.y for atom in line) / len(line)
    return block.top - size <= y <= block.bottom + size and block.x0 < line[0].x0


def _nearest(beside: Sequence[Block], line: Sequence[Atom]) -> list[Block]:
    """Return the one of several labels beside a line of numbers whose middle is level with it."""
    y = line[0].y
    near, *others = sorted(beside, key=lambda block: abs(block.y - y))
    is_clear = all(abs(other.y - y) > abs(near.y - y) + 0.4 * near.size for other in others)
    return [near] if is_clear else list(beside)


def _unknown_label(page: Page, line: Sequence[Atom]) -> Block | None:
    """Return the words left of a line of numbers that name no row of the form, as rows go unnamed."""
    if not page.rows:
        return None
    beside = [b for b in page.others if _is_beside(b, line) and b.x1 < line[0].x0]
    nearest = max(beside, key=lambda block: block.x1, default=None)
    if nearest is None or nearest.is_group or nearest.is_open or not body(nearest.text):
        return None
    return nearest


def _doubt_near(page: Page, line: Sequence[Atom]) -> None:
    """Put rows in doubt beside which numbers stand that are nobody's: they may be theirs."""
    if is_furniture(page, line):
        return
    reach = _STRAY * page.sheet.size
    y = line[0].y
    near = [block for block in page.rows if block.top - reach <= y <= block.bottom + reach]
    for block in near:
        block.in_doubt = True


def is_furniture(page: Page, line: Sequence[Atom]) -> bool:
    """Say whether a number is a page's own: alone, above or below all rows and apart from them."""
    if len(line) > 1 or not _FURNITURE.fullmatch(line[0].text):
        return False
    reach = _STRAY * page.sheet.size
    tops = [block.top for block in (*page.rows, *page.others)]
    bottoms = [block.bottom for block in (*page.rows, *page.others)]
    return not tops or line[0].y < min(tops) - reach or line[0].y > max(bottoms) + reach


def _doubt_overlaps(page: Page) -> None:
    """Put rows in doubt at whose height pieces are printed over each other."""
    for atom in over_each_other(page.sheet.atoms):
        for block in page.rows:
            if block.top - atom.height < atom.y < block.bottom + atom.height:
                block.in_doubt = True


def _doubt_low(page: Page) -> None:
    """Put rows in doubt that are lower than their letters: their lines run into each other."""
    for above, below in pairwise(page.rows):
        shared = min(above.x1, below.x1) > max(above.x0, below.x0)
        if shared and below.atoms[0].y - above.atoms[-1].y < 0.6 * page.sheet.size:
            above.in_doubt = below.in_doubt = True


def join_over_pages(pages: Sequence[Page]) -> None:
    """Join what a page's end tore, labels and numbers; then put in doubt what may be torn still."""
    for above, below in pairwise(pages):
        if below.sheet.page == above.sheet.page + 1:
            _join_label(above, below)
            _join_numbers(above, below)
            _join_disputes(above, below)
    for page in pages:
        for line in page.strays:
            _doubt_near(page, line)
    for above, below in pairwise(pages):
        _doubt_behind(above, below)
    for around in zip([None, *pages], pages, [*pages[1:], None], strict=False):
        _doubt_blanks(*around)


def _doubt_blanks(before: Page | None, page: Page, after: Page | None) -> None:
    """Put rows without a number in doubt where words that name no row have some: they may be theirs."""
    if not any(block.numbers for block in page.others):
        return
    near = [
        *(before.rows[-1:] if before is not None else ()),
        *page.rows,
        *(after.rows[:1] if after is not None else ()),
    ]
    for block in near:
        block.in_doubt |= block.is_row and not block.numbers


def _doubt_behind(above: Page, below: Page) -> None:
    """Put the first row of a page in doubt where the page before ends in numbers of nobody's."""
    end = max((block.bottom for block in above.rows), default=float("-inf"))
    ends = [line for line in above.strays if line[0].y > end and not is_furniture(above, line)]
    if ends and below.rows and below.sheet.page == above.sheet.page + 1:
        min(below.rows, key=lambda block: block.y).in_doubt = True


def _join_label(above: Page, below: Page) -> None:
    """Make one row of a label that a page's end tore; its numbers stand on one of the pages."""
    blocks = [b for b in (*above.rows, *above.others) if b.is_open or b.is_row]
    for block in sorted(blocks, key=lambda block: block.y, reverse=True):
        is_last = not any(overlap(block, b) and b.y > block.y for b in blocks)
        if is_last and begins_longer(block.text) and _joined(block, above, below):
            return


def _joined(block: Block, above: Page, below: Page) -> bool:
    """Say whether a label's end stands at the head of the next page, and make a row of both."""
    was = block.text, block.rows
    rests: list[Block] = []
    for rest in sorted((*below.rows, *below.others), key=lambda rest: rest.y):
        if overlap(block, rest) and continues(block.text, rest.text):
            rests.append(rest)
            block.text += rest.text
            if completes_row(block.text):
                name(block)
                _take_over(block, rests, above, below)
                return True
        elif rest.is_row:
            break
    block.text, block.rows = was
    return False


def _take_over(block: Block, rests: Sequence[Block], above: Page, below: Page) -> None:
    """Give a row whose label is whole again the numbers that stand beside it on either page."""
    if block in above.others:
        above.others.remove(block)
        above.rows.append(block)
    for rest in rests:
        block.numbers += rest.numbers
        (below.rows if rest in below.rows else below.others).remove(rest)
    first = _first(below)
    own = [line for line in above.strays if _is_beside(block, line)]
    more = [
        line
        for line in below.strays
        if (first is None or line[0].y < first) and not is_furniture(below, line)
    ]
    block.numbers += [*own, *more]
    above.strays = [line for line in above.strays if line not in own]
    below.strays = [line for line in below.strays if line not in more]
    block.in_doubt |= len(block.numbers) > 1


def _first(page: Page) -> float | None:
    return min((block.top for block in page.rows), default=None)


def _join_numbers(above: Page, below: Page) -> None:
    """Join digits that begin a page to those above them in the last row of the page before."""
    first = _first(below)
    last = max(above.rows, key=lambda block: block.y, default=None)
    if first is None or last is None or last.is_content:
        return
    lines = [line for line in below.strays if line[0].y < first and not is_furniture(below, line)]
    if not lines:
        return
    stacked = stack([*last.numbers, *lines], torn=True) if last.numbers else None
    if stacked is None:
        last.in_doubt = True
        return
    below.broken += [atom for line in lines for atom in line]
    above.broken += [atom for line in last.numbers for atom in line]
    below.strays = [line for line in below.strays if line not in lines]
    last.numbers = [stacked]


def _join_disputes(above: Page, below: Page) -> None:
    below.above = heads_at_end(above.sheet)
    row = row_at_end(above.sheet)
    rest = rest_at_start(below.sheet, row) if row is not None else []
    if rest:
        above.rest = rest
        below.broken += rest
        below.strays = [line for line in below.strays if line != rest]
