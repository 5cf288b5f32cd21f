"""What a file is and which files it stands for, found out in a process of its own.

The parent looks at no more than the first bytes and the list of names at a ZIP's end
(`loaders.directory`, which follows nothing that the file says). What is unpacked comes over the
pipe file by file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from form.values import joined_halves
from loaders import Member, kind_of, read, stands_for_others
from loaders.archive import each_member, is_archive, too_many_bytes
from loaders.document import ReadError, TextBlock
from loaders.kinds import read_document
from loaders.package import MAX_BYTES
from loaders.portfolio import reports_in
from loaders.sandbox.child import Piece, pieces_isolated
from loaders.sandbox.limits import LIMITS, Limits

MOST_BYTES: Final = MAX_BYTES + MAX_BYTES // 10
"""Of an archive as such: packed as badly as can be, it is hardly larger than what may be in it."""
ARCHIVE_LIMITS: Final = Limits(wall=60, memory=3 << 30, answer=MOST_BYTES)
"""Of opening one; unlike a report, it may be large without being odd."""

_HELD_LIMITS: Final = replace(LIMITS, answer=MOST_BYTES)
"""Of looking into a PDF for reports: as for reading one."""


def kind_of_isolated(data: bytes, name: str, limits: Limits = LIMITS) -> str | None:
    """Return the kind of a file by its content, None where it is unknown; raises ReadError."""
    made = pieces_isolated(data, name, _kind, limits)
    if made.error is not None:
        raise made.error
    kind = made.pieces[0][0].get("kind") if made.pieces else None
    return joined_halves(kind) if isinstance(kind, str) else None


def files_in_isolated(
    data: bytes, name: str, limits: Limits = ARCHIVE_LIMITS
) -> tuple[Member, ...]:
    """Return the files that a file stands for, as `loaders.files_in` does; raises nothing for it.

    Where opening an archive reaches a limit of `limits`, or fails, the files that came before it
    are kept, and the archive's name stands with the error for those that did not.
    """
    if not stands_for_others(data):
        return (Member(name, data),)
    if not is_archive(data):
        return _held(data, name)
    if len(data) > MOST_BYTES:
        return (Member(name, error=too_many_bytes()),)
    made = pieces_isolated(data, name, _members, limits)
    found = tuple(_member(name, piece) for piece in made.pieces)
    if made.error is None:
        return found
    whole = Member(name, error=made.error)
    return (whole,) if made.error.code.startswith("archive_") else (*found, whole)


def _held(data: bytes, name: str) -> tuple[Member, ...]:
    """Return the reports attached to a PDF, itself where it stands for itself or cannot be opened."""
    made = pieces_isolated(data, name, _reports, _HELD_LIMITS)
    if made.error is not None and made.error.code == "portfolio":
        return (Member(name, error=made.error),)
    found = tuple(_member(name, piece) for piece in made.pieces)
    return found or (Member(name, data),)


def _reports(data: bytes, name: str) -> Iterator[Piece]:
    for member in reports_in(data, name, read):
        yield {"name": member.name, "error": None}, member.data


def _kind(data: bytes, name: str) -> Iterator[Piece]:
    yield {"kind": kind_of(data, name)}, None


def _members(data: bytes, name: str) -> Iterator[Piece]:
    del name
    for member in each_member(data):
        error = None if member.error is None else [member.error.code, member.error.message]
        yield {"name": member.name, "error": error}, member.data if error is None else None


def _member(archive: str, piece: Piece) -> Member:
    """Return a member by what the process says of it, which is not trusted."""
    said, data = piece
    name = joined_halves(f"{archive}/{said.get('name')}")
    if data is not None:
        return Member(name, data)
    code, message, *_ = (*map(str, said.get("error") or ()), "damaged", "")
    return Member(name, error=ReadError(joined_halves(code), joined_halves(message)))


def grids_isolated(
    data: bytes, name: str, limits: Limits = LIMITS
) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """Return the tables of a file as rows of text, whatever they are about; raises ReadError.

    A spanned place is "" but for its first; paragraphs of a text are a table of one column.
    """
    made = pieces_isolated(data, name, _grids, limits)
    if made.error is not None:
        raise made.error
    found = (piece.get("rows") for piece, _data in made.pieces)
    return tuple(
        tuple(tuple(joined_halves(str(cell)) for cell in row) for row in rows)
        for rows in found
        if isinstance(rows, list) and all(isinstance(row, list) for row in rows)
    )


def _grids(data: bytes, name: str) -> Iterator[Piece]:
    texts: list[list[str]] = []
    for block in read_document(data, name).blocks:
        if isinstance(block, TextBlock):
            texts.append([block.text])
            continue
        width = max((cell.column for cell in block.cells), default=-1) + 1
        height = max((cell.row for cell in block.cells), default=-1) + 1
        rows = [[""] * width for _row in range(height)]
        for cell in block.cells:
            rows[cell.row][cell.column] = cell.text
        yield {"rows": rows}, None
    if texts:
        yield {"rows": texts}, None
