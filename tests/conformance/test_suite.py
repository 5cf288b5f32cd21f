"""Disclosure Desk passes the suite: one test a case."""

import pytest

from conformance import Case, cases
from conformance.__main__ import verdict
from conformance.adapter import answer


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.id)
def test_our_checks_say_what_the_case_expects(case: Case) -> None:
    assert list(verdict(case, answer).lines()) == []
