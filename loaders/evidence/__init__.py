"""Where cells were read, for people: the printed pieces around each, and pictures of PDF pages.

The work is done by a killable child, as reading is: rendering a page is as dangerous as reading
it. Everything comes back as JSON of bounded size, pictures as base64.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from form.exchange import cell_from_json, cell_to_json
from form.report import Cell, Json, Place
from form.values import joined_halves
from loaders.document import ReadError
from loaders.evidence.page_pictures import PAGES_ARE_DRAWN, crop, grids, whole_page
from loaders.evidence.why import Why, explain, explain_all
from loaders.kinds import reader_of
from loaders.sandbox.child import Piece as Sent
from loaders.sandbox.child import answer_isolated, pieces_isolated
from loaders.sandbox.limits import LIMITS, Limits

MOST_PICTURES: Final = 4
_LONGEST_TEXT: Final = 400
_MOST_DRAWN: Final = 200_000_000
"""Bytes of all pages of one file together."""
_PNG: Final = b"\x89PNG\r\n"


@dataclass(frozen=True, slots=True)
class Piece:
    """One printed field of the line that a cell was taken from."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Evidence:
    """The printed line of one cell, which field the cell is, and how it came to be read so.

    `at` is an index of `pieces`, None where it is not known.
    """

    address: str
    pieces: tuple[Piece, ...]
    at: int | None
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A cell of one report of a file, and the evidence for it."""

    agency: str | None
    year: int | None
    cell: Cell
    evidence: Evidence


def evidence(
    data: bytes, name: str, position: int, addresses: Sequence[str], limits: Limits = LIMITS
) -> tuple[Evidence, ...]:
    """Return what the file says of these cells of its report number `position`, from 0.

    Raises ReadError and ReaderError as reading in a child does.
    """
    work = partial(_explained, position, tuple(addresses))
    return answer_isolated(data, name, work, _evidences, limits)


def explanations(
    data: bytes, name: str, address: str, limits: Limits = LIMITS
) -> tuple[Explanation, ...]:
    """Return why a cell reads so in each report of a file that holds it, in the file's order.

    Raises ReadError as reading in a child does.
    """
    return answer_isolated(data, name, partial(_told, address), _explanations, limits)


def pictures(
    data: bytes, name: str, groups: Sequence[Sequence[Place]], limits: Limits = LIMITS
) -> tuple[bytes, ...]:
    """Return a PNG for each group of cells that lies on a PDF page, its cells framed.

    Empty for other kinds of files. Raises ReadError and ReaderError as reading in a child does.
    """
    places = tuple(tuple(group) for group in groups[:MOST_PICTURES])
    return answer_isolated(data, name, partial(_cropped, places), _pictures, limits)


def page_picture(
    data: bytes, name: str, number: int, places: Sequence[Place] = (), limits: Limits = LIMITS
) -> bytes | None:
    """Return a PNG of page `number` of a PDF, from 1, with cells framed; None where there is none.

    Raises ReadError and ReaderError as reading in a child does.
    """
    work = partial(_whole_page, number, tuple(places))
    return next(iter(answer_isolated(data, name, work, _pictures, limits)), None)


def drawn_pages(
    data: bytes, name: str, limits: Limits = LIMITS
) -> tuple[list[tuple[int, bytes]], ReadError | None]:
    """Return (number, PNG) of each page of a PDF that has tables, every cell framed.

    And why no more are drawn, None where these are all; nothing is drawn of other kinds of files.
    """
    made = pieces_isolated(data, name, _framed, replace(limits, answer=_MOST_DRAWN))
    return [
        (int(page["number"]), picture)
        for page, picture in made.pieces
        if picture is not None and picture.startswith(_PNG) and type(page.get("number")) is int
    ], made.error


def _framed(data: bytes, name: str) -> Iterator[Sent]:
    for number, picture in grids(data, name):
        yield {"number": number}, picture


def _explained(position: int, addresses: Sequence[str], data: bytes, name: str) -> Json:
    found = explain_all(data, name, position, addresses)
    return {"cells": [_to_json(item) for item in found]}


def _told(address: str, data: bytes, name: str) -> Json:
    return {"cells": [_explained_to_json(item) for item in explain(data, name, address)]}


def _explained_to_json(item: Why) -> Json:
    report = item.report
    who = {"agency": report.agency, "year": report.year}
    return {**_to_json(item), **who, "cell": cell_to_json(item.cell)}


def _explanations(said: Json) -> tuple[Explanation, ...]:
    return tuple(map(_explanation, said["cells"]))


def _evidences(said: Json) -> tuple[Evidence, ...]:
    return tuple(map(_evidence, said["cells"]))


def _explanation(said: Json) -> Explanation:
    agency, year = said["agency"], said["year"]
    return Explanation(
        None if agency is None else joined_halves(str(agency)),
        None if year is None else int(year),
        cell_from_json(said["cell"]),
        _evidence(said),
    )


def _cropped(groups: Iterable[Sequence[Place]], data: bytes, name: str) -> Json:
    if not _has_pages(data, name):
        return {"pictures": []}
    drawn = (crop(data, group) for group in groups)
    return {"pictures": [_base64(picture) for picture in drawn if picture is not None]}


def _whole_page(number: int, places: Sequence[Place], data: bytes, name: str) -> Json:
    drawn = whole_page(data, number, places) if _has_pages(data, name) else None
    return {"pictures": [] if drawn is None else [_base64(drawn)]}


def _has_pages(data: bytes, name: str) -> bool:
    reader = reader_of(data, name)
    return reader is not None and reader.KIND == PAGES_ARE_DRAWN


def _base64(picture: bytes) -> str:
    return b64encode(picture).decode("ascii")


def _text(said: object) -> str:
    return joined_halves(str(said))


def _pictures(answer: Json) -> tuple[bytes, ...]:
    """Return the pictures of an answer; what is none is left out: the child is not trusted."""
    found = (b64decode(str(text), validate=True) for text in answer["pictures"])
    return tuple(picture for picture in found if picture.startswith(_PNG))


def _to_json(item: Why) -> Json:
    fields = [[field.text[:_LONGEST_TEXT], field.place.to_json()] for field in item.fields]
    return {"address": item.address, "fields": fields, "at": item.at, "steps": list(item.steps)}


def _evidence(said: Json) -> Evidence:
    pieces = tuple(Piece(_text(text), Place.from_json(place)) for text, place in said["fields"])
    at = said["at"]
    if at is not None and at not in range(len(pieces)):
        raise ValueError("not one of the fields")
    return Evidence(_text(said["address"]), pieces, at, tuple(map(_text, said["steps"])))
