"""Numbers that narrow columns break over several lines of a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from loaders.recogniser.lines import plain
from loaders.recogniser.unruled.atoms import Atom

_PITCH: Final = 1.7
"""Heights of a letter from the middle of one line of a cell to that of the next, at most."""
_OVERLAP: Final = 0.5


def goes_below(line: Sequence[Atom], above: Sequence[Atom], *, torn: bool = False) -> bool:
    """Say whether each piece of a line is digits right below digits of the line above it.

    `torn`: a page's end lies between them.
    """
    return all(any(_is_below(atom, other, torn=torn) for other in above) for atom in line)


def stack(lines: Sequence[Sequence[Atom]], *, torn: bool = False) -> list[Atom] | None:
    """Return a row of numbers from its lines, from the top down; None where they do not fit.

    Each line below the first stands below digits of the one before. Whether a broken number is
    one is for the sums to say (`loaders.recogniser.torn`).
    """
    first, *others = lines
    found = list(first)
    lowest = dict(enumerate(first))
    for line in others:
        for atom in line:
            at = next((i for i, above in lowest.items() if _is_below(atom, above, torn=torn)), None)
            if at is None:
                return None
            lowest[at] = atom
            found[at] = _joined(found[at], atom)
    return found


def _is_below(atom: Atom, above: Atom, *, torn: bool) -> bool:
    size = max(atom.height, above.height)
    return (
        atom.field.plain.isdecimal()
        and above.field.plain.isdecimal()
        and len(above.field.plain) > 1
        and (torn or 0.6 * size < atom.y - above.y <= _PITCH * size)
        and above.overlap(atom) > _OVERLAP
    )


def _joined(above: Atom, atom: Atom) -> Atom:
    text = f"{above.text.strip()}\n{atom.text.strip()}"
    oddities = tuple(dict.fromkeys((*above.field.oddities, *atom.field.oddities, "torn")))
    own = replace(above.field, text=text, plain=plain(text), oddities=oddities)
    return replace(
        above,
        field=own,
        x0=min(above.x0, atom.x0),
        x1=max(above.x1, atom.x1),
        bottom=atom.bottom,
    )
