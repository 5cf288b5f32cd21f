"""Damage that converters, editors and people do to the lines of a text with tables."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from random import Random

Harm = Callable[[list[str], Random], None]
"""Changes lines in place; there is at least one line of a table among them."""


def _sign(line: str) -> str:
    return "|" if "|" in line else "\t"


def _is_of_table(line: str) -> bool:
    return "\t" in line or "|" in line


def _some(lines: list[str], random: Random) -> int:
    return random.choice([index for index, line in enumerate(lines) if _is_of_table(line)])


def _some_pair(lines: list[str], random: Random) -> int:
    pairs = enumerate(pairwise(lines))
    return random.choice([at for at, pair in pairs if all(map(_is_of_table, pair))])


def _with_fields(
    lines: list[str], random: Random, change: Callable[[list[str], int], object]
) -> None:
    at = _some(lines, random)
    sign = _sign(lines[at])
    fields = lines[at].split(sign)
    change(fields, random.randrange(len(fields)))
    lines[at] = sign.join(fields)


def delete_field(lines: list[str], random: Random) -> None:
    _with_fields(lines, random, lambda fields, at: fields.pop(at))


def double_field(lines: list[str], random: Random) -> None:
    _with_fields(lines, random, lambda fields, at: fields.insert(at, fields[at]))


def add_blank_field(lines: list[str], random: Random) -> None:
    _with_fields(lines, random, lambda fields, at: fields.insert(at, ""))


def delete_line(lines: list[str], random: Random) -> None:
    del lines[_some(lines, random)]


def double_line(lines: list[str], random: Random) -> None:
    at = _some(lines, random)
    lines.insert(at, lines[at])


def add_empty_line(lines: list[str], random: Random) -> None:
    lines.insert(_some(lines, random), "")


def delete_empty_line(lines: list[str], random: Random) -> None:
    del lines[random.choice([index for index, line in enumerate(lines) if not line])]


def break_line(lines: list[str], random: Random) -> None:
    at = _some(lines, random)
    sign = _sign(lines[at])
    fields = lines[at].split(sign)
    cut = random.randrange(1, len(fields))
    lines[at : at + 1] = [sign.join(fields[:cut]) or sign, sign + sign.join(fields[cut:])]


def join_lines(lines: list[str], random: Random) -> None:
    at = _some_pair(lines, random)
    lines[at : at + 2] = [lines[at] + lines[at + 1]]


def shift_field(lines: list[str], random: Random) -> None:
    """Move the field at the end of a line to the beginning of the next one, or back."""
    at = _some_pair(lines, random)
    one, two = _sign(lines[at]), _sign(lines[at + 1])
    above, below = lines[at].split(one), lines[at + 1].split(two)
    if random.random() < 0.5:
        below.insert(0, above.pop())
    else:
        above.append(below.pop(0))
    lines[at : at + 2] = [one.join(above), two.join(below)]


HARMS: tuple[Harm, ...] = (
    delete_field,
    double_field,
    add_blank_field,
    delete_line,
    double_line,
    add_empty_line,
    delete_empty_line,
    break_line,
    join_lines,
    shift_field,
)
