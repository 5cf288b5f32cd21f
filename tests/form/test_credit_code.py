"""统一社会信用代码: the check sign of GB 32100-2015."""

import pytest

from form.credit_code import is_credit_code, written

RIGHT = ("91350100M000100Y43", "9144030071526726XG", "91330100799655058B")
"""The example of the standard itself, and two that companies print on their web pages."""


@pytest.mark.parametrize("code", RIGHT)
def test_printed_codes_are_right(code: str) -> None:
    assert is_credit_code(code)


@pytest.mark.parametrize("code", RIGHT)
def test_another_sign_anywhere_is_seen(code: str) -> None:
    for place, sign in enumerate(code):
        other = "1" if sign == "0" else "0"
        assert not is_credit_code(code[:place] + other + code[place + 1 :])


@pytest.mark.parametrize("code", ["", RIGHT[0][:-1], RIGHT[0] + "0", "I" * 18, "9" * 18])
def test_what_is_no_code(code: str) -> None:
    assert not is_credit_code(code)


def test_full_width_and_blanks_are_taken_as_meant() -> None:
    assert written("９１３５ 0100 m000100y43") == RIGHT[0]
