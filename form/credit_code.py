"""统一社会信用代码: whether a text can be one, by its signs and its check sign (GB 32100-2015)."""

from __future__ import annotations

from typing import Final

from form.values import folded

# The standard leaves out I, O, S, V and Z, which are taken for digits or for each other.
_SIGNS: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_LENGTH: Final = 18
_WEIGHTS: Final = tuple(pow(3, place, 31) for place in range(_LENGTH - 1))


def written(code: str) -> str:
    """Return a code as it is kept: half-width, without blanks, in capitals."""
    return folded(code).upper()


def is_credit_code(code: str) -> bool:
    """Say whether a code, as `written` gives it, has the right length, signs and check sign."""
    if len(code) != _LENGTH or any(sign not in _SIGNS for sign in code):
        return False
    *signs, check = (_SIGNS.index(sign) for sign in code)
    total = sum(sign * weight for sign, weight in zip(signs, _WEIGHTS, strict=True))
    return (total + check) % len(_SIGNS) == 0
