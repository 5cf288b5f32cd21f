"""How judging grows with a document: the cost at n, 2n, 4n and 8n of texts made to be slow.

Run: python -m benchmarks.growth [--base N] [--bound 2.6] [FAMILY...]

Each family is a text that only its length makes larger: many claims, one sentence without an end,
two years that nearly agree, what regular expressions dislike. Printed are processor seconds and
the factor of each doubling; linear work doubles. The bound leaves room for a busy machine, and
what takes under a tenth of a second is not held to it; the better of two
times counts. Exits with 1 where a family passes it.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Mapping
from functools import partial
from itertools import pairwise
from typing import Final

from checks import unjudged
from checks.prose import copied_findings, prose_facts, prose_findings
from checks.suspects import suspects
from form.editions import TABLE_KEYS, table
from form.model import EditionKey
from form.report import Cell, Paragraph, Report
from form.values import parse

EDITION: Final[EditionKey] = "2021"
DOUBLINGS: Final = 4
TIMES: Final = 2
TOO_SHORT: Final = 0.1
HEADING: Final = "五、存在的主要问题及改进情况"

Made = tuple[Report, Report]
"""A report of some size, and the one on the year before."""


def report(lines: list[str], year: int = 2023) -> Report:
    """Return a report of clean tables with these paragraphs in section 五."""
    cells = {
        address: Cell(0, "number", "0")
        for key in TABLE_KEYS
        for address in table(key, EDITION).addresses()
    }
    paragraphs = (Paragraph(5, HEADING), *(Paragraph(5, line) for line in lines))
    return Report("甲县水务局", year, dict.fromkeys(TABLE_KEYS, EDITION), cells, paragraphs)


def alone(lines: Callable[[int], list[str]]) -> Callable[[int], Made]:
    """Return how to make a family whose report on the year before says nothing."""
    return lambda size: (report(lines(size)), report([], 2022))


def years(lines: Callable[[int], tuple[list[str], list[str]]]) -> Callable[[int], Made]:
    """Return how to make a family of two years' texts."""

    def made(size: int) -> Made:
        now, before = lines(size)
        return report(now), report(before, 2022)

    return made


def _blocks(size: int, count: int) -> list[str]:
    """Return clauses that are each other's only in part, none twice."""
    return [
        f"{chr(0x4E00 + at % 997)}{chr(0x5E00 + at // 997)}的工作已经开展"
        for at in range(size // count)
    ]


FAMILIES: Final[Mapping[str, Callable[[int], Made]]] = {
    "one claim again and again": alone(lambda size: ["收到申请1件。" * (size // 7)]),
    "a claim a paragraph": alone(lambda size: ["收到申请1件。"] * (size // 7)),
    "claims that all differ": alone(lambda size: [f"收到申请{at}件。" for at in range(size // 10)]),
    "claims in one sentence": alone(lambda size: ["收到申请1件，" * (size // 7) + "。"]),
    "no punctuation": alone(lambda size: ["收到申请甲乙丙丁" * (size // 8)]),
    "one sign": alone(lambda size: ["一" * size]),
    "digits": alone(lambda size: ["1" * size]),
    "years": alone(lambda size: ["2022年" * (size // 5) + "。"]),
    "blanks": alone(lambda size: ["收到" + " " * size + "申请1件。"]),
    "short lines": alone(lambda size: ["甲"] * (size // 2)),
    "torn lines": alone(lambda size: ["甲乙丙丁戊己庚辛" * 4] * (size // 32)),
    "brackets": alone(lambda size: ["(" * size]),
    "titles": alone(lambda size: ["《" * size]),
    "other years": alone(lambda size: [f"2022年，收到申请{at}件。" for at in range(size // 16)]),
    "parts of numbers": alone(
        lambda size: ["收到申请9件，其中网上申请4件，信函申请6件，" * (size // 24) + "。"]
    ),
    "all settled": alone(lambda size: ["收到申请9件，均已办结，" * (size // 12) + "。"]),
    "growth": alone(lambda size: ["收到申请9件，较上年增长20%，" * (size // 16) + "。"]),
    "names of others": alone(lambda size: ["乙县水务局坚持公开，" * (size // 10)]),
    "names that never end": alone(lambda size: ["本报告由甲乙丙丁" * (size // 8)]),
    "sums of parts": alone(lambda size: ["收到网上申请1件，信函申请1件，合计2件，" * (size // 21)]),
    "lists of nothing": alone(lambda size: ["未发生投诉、举报、行政复议等事件，" * (size // 17)]),
    "other years in one paragraph": alone(
        lambda size: ["".join(f"2022年，收到申请{at}件。" for at in range(size // 16))]
    ),
    "two long words": years(lambda size: (["甲乙" * (size // 2)], ["甲丙" * (size // 2)])),
    "short clauses": years(
        lambda size: (["甲乙，" * (size // 3) + "。"], ["甲丙，" * (size // 3) + "。"])
    ),
    "equal clauses": years(
        lambda size: (["甲乙丙，" * (size // 4) + "。"], ["甲乙丙，" * (size // 4) + "丁。"])
    ),
    "giant clauses": years(
        lambda size: (
            [("甲乙丙丁戊己庚辛" * 49 + "，") * (size // 393) + "。"],
            [("甲丙乙丁己戊庚壬" * 49 + "，") * (size // 393) + "。"],
        )
    ),
    "equal sentences": years(
        lambda size: (["组织学习条例。"] * (size // 7), ["组织学习条例！"] * (size // 7))
    ),
    "clauses that moved": years(
        lambda size: (
            ["，".join(_blocks(size, 10)) + "。"],
            ["，".join(_blocks(size, 10)[::-1]) + "。"],
        )
    ),
}


def cost(make: Callable[[int], Made], size: int) -> float:
    """Return the processor seconds that judging takes, the making left out."""
    now, before = make(size)
    started = time.process_time()
    facts = prose_facts(now)
    facts.to_json()
    findings = [*prose_findings(now, facts), *copied_findings(now, before)]
    suspects(now, findings, facts.claims, before)
    return time.process_time() - started


def cell_cost(size: int) -> float:
    """Return the processor seconds that a table of such cells takes to be read as numbers."""
    column = table("applications", EDITION).rows[0].columns[0]
    started = time.process_time()
    for text in ("1," * size, "(" * size, "-" * size, "1" * size, "1 " * size, "增" * size):
        parse(text, column)
    return time.process_time() - started


def main() -> None:
    """Print the table of families."""
    # Where a judgement would be ended, how long it takes could not be seen.
    unjudged.SECONDS = 86_400.0
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("families", nargs="*", metavar="FAMILY", help="only these")
    asked.add_argument("--base", type=int, default=20_000, help="characters of the smallest text")
    asked.add_argument("--bound", type=float, default=2.6)
    chosen = asked.parse_args()
    ways: dict[str, Callable[[int], float]] = {
        name: partial(cost, make) for name, make in FAMILIES.items()
    }
    ways["cells"] = cell_cost
    cost(FAMILIES["short lines"], 100)
    worst = 0.0
    print(f"{'family':28}{'seconds at n, 2n, 4n, 8n':>36}   factors")
    for name, way in ways.items():
        if chosen.families and name not in chosen.families:
            continue
        sizes = [chosen.base * 2**step for step in range(DOUBLINGS)]
        seconds = [min(way(size) for _time in range(TIMES)) for size in sizes]
        factors = [more / less if less else 1.0 for less, more in pairwise(seconds)]
        held = [
            factor for factor, more in zip(factors, seconds[1:], strict=True) if more > TOO_SHORT
        ]
        worst = max([worst, *held])
        figures = "".join(f"{second:9.3f}" for second in seconds)
        print(
            f"{name:28}{figures}   {'  '.join(f'{factor:.2f}' for factor in factors)}", flush=True
        )
    print(f"greatest factor {worst:.2f}, bound {chosen.bound}")
    sys.exit(worst > chosen.bound)


if __name__ == "__main__":
    main()
