"""Where cells were read, for people: the printed pieces around each, and pictures of PDF pages.

The work is done by a killable child, as reading is: rendering a page is as dangerous as reading
it. Everything comes back as JSON of bounded size, pictures as base64.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from form.report import Json, Place
from loaders.child import ask_isolated
from loaders.kinds import reader_of
from loaders.limits import LIMITS, Limits
from loaders.page_pictures import PAGES_ARE_DRAWN, crop, whole_page
from loaders.why import Why, explain_all

MOST_PICTURES: Final = 4
_LONGEST_TEXT: Final = 400
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


def evidence(
    data: bytes, name: str, position: int, addresses: Sequence[str], limits: Limits = LIMITS
) -> tuple[Evidence, ...]:
    """Return what the file says of these cells of its report number `position`, from 0.

    Raises ReadError and ReaderError as reading in a child does.
    """
    work = partial(_explained, position, tuple(addresses))
    answer = ask_isolated(data, name, work, limits)
    return tuple(map(_evidence, answer["cells"]))


def pictures(
    data: bytes, name: str, groups: Sequence[Sequence[Place]], limits: Limits = LIMITS
) -> tuple[bytes, ...]:
    """Return a PNG for each group of cells that lies on a PDF page, its cells framed.

    Empty for other kinds of files. Raises ReadError and ReaderError as reading in a child does.
    """
    places = tuple(tuple(group) for group in groups[:MOST_PICTURES])
    return _pictures(ask_isolated(data, name, partial(_cropped, places), limits))


def page_picture(
    data: bytes, name: str, number: int, places: Sequence[Place] = (), limits: Limits = LIMITS
) -> bytes | None:
    """Return a PNG of page `number` of a PDF, from 1, with cells framed; None where there is none.

    Raises ReadError and ReaderError as reading in a child does.
    """
    work = partial(_whole_page, number, tuple(places))
    return next(iter(_pictures(ask_isolated(data, name, work, limits))), None)


def _explained(position: int, addresses: Sequence[str], data: bytes, name: str) -> Json:
    found = explain_all(data, name, position, addresses)
    return {"cells": [_to_json(item) for item in found]}


def _cropped(groups: Iterable[Sequence[Place]], data: bytes, name: str) -> Json:
    if not _has_pages(data, name):
        return {"pictures": []}
    drawn = (crop(data, group) for group in groups)
    return {"pictures": [_text(picture) for picture in drawn if picture is not None]}


def _whole_page(number: int, places: Sequence[Place], data: bytes, name: str) -> Json:
    drawn = whole_page(data, number, places) if _has_pages(data, name) else None
    return {"pictures": [] if drawn is None else [_text(drawn)]}


def _has_pages(data: bytes, name: str) -> bool:
    reader = reader_of(data, name)
    return reader is not None and reader.KIND == PAGES_ARE_DRAWN


def _text(picture: bytes) -> str:
    return b64encode(picture).decode("ascii")


def _pictures(answer: Json) -> tuple[bytes, ...]:
    """Return the pictures of an answer; what is none is left out: the child is not trusted."""
    found = (b64decode(str(text), validate=True) for text in answer["pictures"])
    return tuple(picture for picture in found if picture.startswith(_PNG))


def _to_json(item: Why) -> Json:
    fields = [[field.text[:_LONGEST_TEXT], field.place.to_json()] for field in item.fields]
    return {"address": item.address, "fields": fields, "at": item.at, "steps": list(item.steps)}


def _evidence(said: Json) -> Evidence:
    pieces = tuple(Piece(str(text), Place.from_json(place)) for text, place in said["fields"])
    at = said["at"]
    steps = tuple(map(str, said["steps"]))
    return Evidence(str(said["address"]), pieces, None if at is None else int(at), steps)
