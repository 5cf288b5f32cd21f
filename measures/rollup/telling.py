"""The roll-up as the interface gives it (`cli.py rollup --json`)."""

from __future__ import annotations

from collections.abc import Sequence

from form.report import Cell, Json, number_to_json
from measures.rollup.adding import number_in
from measures.rollup.model import Difference, Number, Rollup
from measures.rollup.wording import evidence, left_words


def to_json(rollups: Sequence[Rollup]) -> list[Json]:
    """Return one object an edition.

    Amounts are in 万元. `sum` is null where a part is not known, `printed` where the parent prints
    no number that can be compared; a part's `value` where nothing is counted for it (its `mark`
    says why). `cause` is a `CauseKey`, `evidence` a list of sentences. An organ of which only some
    tables are on this edition is among `in` and among `excluded`.
    """
    return [_one(item) for item in rollups]


def _one(rollup: Rollup) -> Json:
    return {
        "year": rollup.year,
        "scope": rollup.scope,
        "edition": rollup.edition,
        "in": list(rollup.agencies),
        "missing": list(rollup.missing),
        "excluded": [{"agency": item.agency, "reason": left_words(item)} for item in rollup.left],
        "cells": {
            address: {
                "sum": number_to_json(cell.sum),
                "printed": _printed(rollup.printed_cell(address), address),
                "parts": [
                    {
                        "agency": part.agency,
                        "version": part.version,
                        "value": number_to_json(part.shown),
                        "mark": part.mark,
                    }
                    for part in cell.parts
                ],
            }
            for address, cell in rollup.cells.items()
        },
        "differences": [_difference(item, rollup) for item in rollup.differences],
    }


def _printed(cell: Cell | None, address: str) -> Number | float | str | None:
    if cell is None or cell.value is None:
        return None
    return number_to_json(number_in(cell, address))


def _difference(item: Difference, rollup: Rollup) -> Json:
    return {
        "cells": list(item.cells),
        "cause": item.cause,
        "agency": item.agency,
        "evidence": list(evidence(item, rollup)),
    }
