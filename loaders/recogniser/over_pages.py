"""A row that a page's end tore between drawn lines: its numbers go on in the next page's first row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from form.editions import TABLE_KEYS
from loaders.recogniser.labels import body, group_wordings, match_row
from loaders.recogniser.lines import Field, Line, plain
from loaders.recogniser.seen import Seen
from loaders.recogniser.tables import header_of


def join_rows_over_pages(lines: list[Line]) -> list[Line]:
    """Join a row with the rest of it on the next page: digits there, below digits of its own.

    Whether the digits are one number is for the sums to say (`loaders.recogniser.torn`).
    """
    joined: list[Line] = []
    last: int | None = None
    for line in lines:
        above = joined[last] if last is not None else None
        whole = _whole(above, line) if above is not None else None
        if whole is not None and last is not None:
            joined[last] = whole
            continue
        joined.append(line)
        if line.grid is not None:
            last = len(joined) - 1
    return joined


def _whole(above: Line, line: Line) -> Line | None:
    """Return a row with what another line continues of it, None where that is no rest of it."""
    if line.grid is None or line.grid == above.grid or not (line.aligned and above.aligned):
        return None
    if _page(line) != _page(above) + 1 or header_of(line) is not None:
        return None
    rest, values = _split(line), _split(above)
    if rest is None or values is None or _names_something(rest[0]) or not _names_row(values[0]):
        return None
    width = min(len(rest[1]), len(values[1]))
    if not any(item.says_value for item in rest[1]):
        return None
    tails = rest[1][-width:]
    if any(item.says_value for item in rest[1][:-width]):
        return None
    kept = len(above.fields) - width
    label = _labelled(above.fields[:kept], rest[0])
    fields = (_joined(one, two) for one, two in zip(above.fields[kept:], tails, strict=True))
    steps = (*above.steps, join_rows_over_pages.__name__)
    return replace(above, fields=(*label, *fields), steps=steps)


def _page(line: Line) -> int:
    return line.fields[0].place.page or -1


def _split(line: Line) -> tuple[tuple[Field, ...], tuple[Field, ...]] | None:
    """Return a line's labels and the fields behind them; None where words stand among these."""
    words = [index for index, item in enumerate(line.fields) if item.plain and not item.is_value]
    at = words[-1] + 1 if words else 0
    labels, values = line.fields[:at], line.fields[at:]
    if any(item.says_value for item in labels) or not values:
        return None
    return labels, values


def _names_row(labels: Sequence[Field]) -> bool:
    return any(match_row(table, item.text) for table in TABLE_KEYS[:2] for item in labels)


def _names_something(labels: Sequence[Field]) -> bool:
    groups = {group for table in TABLE_KEYS for group in group_wordings(table)}
    return any(body(item.text) in groups for item in labels) or any(
        match.whole
        for table in TABLE_KEYS
        for item in labels
        for match in match_row(table, item.text)
    )


def _labelled(labels: Sequence[Field], rest: Sequence[Field]) -> tuple[Field, ...]:
    more = "".join(item.text for item in rest if item.plain)
    at = max((i for i, item in enumerate(labels) if item.plain and not item.is_value), default=None)
    if at is None or not more:
        return tuple(labels)
    text = f"{labels[at].text}\n{more}"
    whole = replace(labels[at], text=text, plain=plain(text))
    return (*labels[:at], whole, *labels[at + 1 :])


def _joined(one: Field, two: Field) -> Field:
    if not two.says_value:
        return one
    oddities = tuple(dict.fromkeys((*one.oddities, *two.oddities, "torn")))
    text = f"{one.text}\n{two.text}".strip()
    if one.plain.isdecimal() and two.plain.isdecimal():
        return replace(one, text=text, plain=plain(text), oddities=oddities, seen=None)
    doubt = Seen("", text, oddities, ())
    return replace(one, text="", plain="", oddities=oddities, seen=doubt)
