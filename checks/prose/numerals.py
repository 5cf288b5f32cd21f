"""Counts as people write them in prose: 15, １５, 1,036, 2千, 二十三, 壹拾, with what bounds them."""

from __future__ import annotations

from typing import Final, Literal

Bound = Literal["=", ">=", "<="]

_DIGITS: Final = {
    **{sign: value for value, sign in enumerate("零一二三四五六七八九")},
    **{sign: value for value, sign in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    **{str(value): value for value in range(10)},
    "○": 0,
    "两": 2,
    "俩": 2,
}
_TENS: Final = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS: Final = {"万": 10_000, "萬": 10_000, "亿": 100_000_000}
_TWENTY: Final = {"廿": "二十", "卅": "三十"}
SIGNS: Final = "".join((*_DIGITS, *_TENS, *_MYRIADS, *_TWENTY, ","))
"""Every sign that a whole number can be written with, after NFKC."""


def whole_number(text: str) -> int | None:
    """Return the number that `text` (NFKC, no blanks) writes in digits, Chinese signs or both.

    三〇五 and 305 are read digit by digit, 三百零五 and 3百 by their units; None where it is no
    number.
    """
    plain = text.replace(",", "")
    for sign, long in _TWENTY.items():
        plain = plain.replace(sign, long)
    if not plain or any(sign not in SIGNS for sign in plain):
        return None
    total = section = digits = 0
    seen = False
    for sign in plain:
        if sign in _DIGITS:
            digits, seen = digits * 10 + _DIGITS[sign], True
        elif sign in _TENS:
            section, digits, seen = section + (digits if seen else 1) * _TENS[sign], 0, False
        else:
            below = section + digits
            total, section, digits, seen = total + (below or 1) * _MYRIADS[sign], 0, 0, False
    return total + section + digits


AT_LEAST: Final = ("不少于", "不低于", "至少", "超过", "突破", "超", "逾")
AT_MOST: Final = ("不超过", "不多于", "至多", "不足", "不到", "将近", "接近", "少于", "近")
ABOUT: Final = ("大约", "约", "左右", "上下", "数", "几")
AT_LEAST_AFTER: Final = ("余", "多", "以上", "之多")
AT_MOST_AFTER: Final = ("以内", "以下", "之内")


def bound(before: str, after: str) -> Bound | None:
    """Return what the words around a number make of it; None where they leave it open (约)."""
    if before in ABOUT or any(word in after for word in ABOUT):
        return None
    if before in AT_MOST or any(word in after for word in AT_MOST_AFTER):
        return "<="
    if before in AT_LEAST or any(word in after for word in AT_LEAST_AFTER):
        return ">="
    return "="
