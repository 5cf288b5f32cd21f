"""What an answer depends on, as one short text: for whoever keeps answers."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import astuple
from hashlib import sha256
from typing import Final

from checks.prose import Claim, prose_facts
from checks.suspects.evidence import gathered
from checks.suspects.limits import Limits
from form.countable import countable
from form.editions import TABLE_KEYS
from form.exchange import value_to_json
from form.model import split_address
from form.report import Report, layout_edition
from form.rules import RULES, RULES_VERSION

VERSION: Final = 4
"""Goes up whenever the same report would get another answer."""


def content_key(
    report: Report,
    claims: Iterable[Claim] | None = None,
    before: Report | None = None,
    after: Report | None = None,
    limits: Limits | None = None,
) -> str:
    """Return a digest of all that `suspects` looks at: equal for reports with the same answer.

    Neither who made the report nor where its cells stood matters; of its prose and of other
    reports only what they say about its cells.
    """
    report = countable(report)
    before, after = (other and countable(other) for other in (before, after))
    told = prose_facts(report).claims if claims is None else claims
    summed = {rule.table for rule in RULES}
    said = [
        VERSION,
        RULES_VERSION,
        [layout_edition(report, key) for key in TABLE_KEYS],
        [
            [place, cell.mark, value_to_json(cell.value), *map(value_to_json, cell.candidates)]
            for place, cell in sorted(report.cells.items())
            if split_address(place)[0] in summed
        ],
        [astuple(item) for item in gathered(report, told, before, after)],
        astuple(limits or Limits()),
    ]
    return sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()
