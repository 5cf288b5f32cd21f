"""Lines through letters, told by what is drawn of these: boxes of fonts may be twice as high."""

from __future__ import annotations

from loaders.pdf.ruling import Box
from loaders.pdf.strikes import through
from loaders.pdf.typesetting import Piece

WORD = Piece("规章", 90, 178, 108, 192)
NEXT_ROW = (50.0, 185.7, 430.0, 185.7)
SIDES = [(50.0, 100.0, 50.0, 300.0), (430.0, 100.0, 430.0, 300.0)]


def found(ink: Box | None) -> list[str | None]:
    inked = None if ink is None else lambda _number: ink
    crossed, _rules = through([WORD], lambda _number: [WORD], [NEXT_ROW, *SIDES], (), inked)
    return [piece.oddity for pieces in crossed.values() for piece in pieces]


def test_a_rule_below_what_is_drawn_crosses_nothing() -> None:
    assert found((90, 178, 108, 184.9)) == []


def test_a_rule_through_what_is_drawn_does() -> None:
    assert found((90, 181, 108, 191)) == ["covered"]
    assert found(None) == ["covered"]


def test_of_a_dash_its_box_tells() -> None:
    assert found((90, 184, 108, 185)) == ["covered"]
