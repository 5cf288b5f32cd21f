"""Folding, masking, and that no text can make reading slow."""

import re._constants as codes
import re._parser as parser
from collections.abc import Iterator
from typing import Any

import pytest

from checks.prose import (
    basis,
    copies,
    dates,
    facts,
    foreign,
    growth,
    order,
    organs,
    parts,
    period,
    sections,
    settled,
    years,
)
from checks.prose.facts import prose_facts
from checks.prose.sentences import LONGEST, STOP, sentences
from checks.prose.tokens import NUMBER, folded, masked, tokens
from checks.prose.vocabulary import LAST, NEXT, OTHER, THIS, VOCABULARY
from form.report import Paragraph, Report

MODULES = (
    *(basis, copies, dates, facts, foreign, growth, order),
    *(organs, parts, period, sections, settled, years),
)
MOST_WAYS = 100_000
"""Ways in which an expression may match at one place: bounds the steps of its backtracking."""
HUGE = 100_000


def ways(pattern: Any) -> float:
    """In how many ways a parsed expression can go on from one place, at most."""
    product = 1.0
    for code, argument in pattern:
        product *= max(1.0, ways_of(code, argument))
    return product


def ways_of(code: Any, argument: Any) -> float:
    if code is codes.BRANCH:
        # Alternatives begin differently: at one place, one of them goes on.
        return max(ways(branch) for branch in argument[1])
    if code is codes.SUBPATTERN:
        return ways(argument[3])
    if code in (codes.ASSERT, codes.ASSERT_NOT):
        return ways(argument[1])
    if code in (codes.MAX_REPEAT, codes.MIN_REPEAT):
        least, most, inner = argument
        if most is codes.MAXREPEAT:
            return float("inf")
        each = ways(inner)
        return (most - least + 1) if each <= 1 else sum(each**n for n in range(least, most + 1))
    return 1.0


def expressions() -> Iterator[tuple[str, str]]:
    for module in MODULES:
        for name, value in vars(module).items():
            if hasattr(value, "pattern"):
                yield f"{module.__name__}.{name}", value.pattern
    yield "sentences", STOP.pattern
    yield "numbers", NUMBER
    yield from ((kind, "|".join(entries)) for kind, entries in VOCABULARY.items())


@pytest.mark.parametrize(("name", "pattern"), [*expressions()])
def test_no_expression_can_backtrack_without_bound(name: str, pattern: str) -> None:
    assert ways(parser.parse(pattern)) <= MOST_WAYS, name


def test_a_slow_expression_is_seen() -> None:
    assert ways(parser.parse("(?:a{0,40}b?){0,30}c")) > MOST_WAYS
    assert ways(parser.parse("(?:a|b)+c")) == float("inf")


@pytest.mark.parametrize(
    "unit", ["申请", "行政复议未", "上年度结转", "1,", "十百千", "《", "的的", "件、", "2020年"]
)
def test_hostile_text_is_read_in_bounded_steps(unit: str) -> None:
    text = (unit * HUGE)[:HUGE]
    for sentence in sentences([Paragraph(1, text)]):
        assert len(sentence.text) <= LONGEST
        assert len([*tokens(masked(folded(sentence.text).text, 2021))]) <= LONGEST
    report = Report(None, 2021, {}, {}, (Paragraph(1, text),))
    prose_facts(report)


def test_folding_keeps_places() -> None:
    fold = folded("共 收到１５ 件。")
    assert fold.text == "共收到15件;"
    start = fold.text.index("15件")
    assert "共 收到１５ 件。"[slice(*fold.span(start, start + 3))] == "１５ 件"


def test_folding_that_lengthens_keeps_places() -> None:
    text = "㈠收到 3 件"
    fold = folded(text)
    assert fold.text == "(一)收到3件"
    start = fold.text.index("3件")
    assert text[slice(*fold.span(start, start + 2))] == "3 件"


def test_years_are_told_by_how_they_lie() -> None:
    text = masked("2019年2020年2021年2017年", 2020)
    assert [text[place] for place in (0, 5, 10, 15)] == [LAST, THIS, NEXT, OTHER]


def test_titles_are_no_text() -> None:
    assert "申请" not in masked("《政府信息公开申请办理规程》", 2020)
