"""The tally rules (勾稽关系) as data, and the functions that evaluate them on reports.

`within` holds the sums of one report, `across` those over two years, `model` what a rule is.
"""

from __future__ import annotations

from typing import Final

from form.rules.across import YEAR_RULES, sums_across, year_sums
from form.rules.dependencies import dependencies
from form.rules.evaluation import (
    Outcome,
    YearOutcome,
    evaluate,
    evaluate_years,
    leaves_open,
)
from form.rules.model import (
    Axis,
    Basis,
    Blanks,
    Part,
    Rule,
    Severity,
    Sum,
    Term,
    YearOffset,
    YearRule,
    YearSum,
)
from form.rules.within import OUTCOME_ROWS, RULES, outcome_rows, rule, sums

RULES_VERSION: Final = 1
"""Goes up whenever a rule is added, changed or taken away; a test holds it to the rules."""

__all__ = [
    "OUTCOME_ROWS",
    "RULES",
    "RULES_VERSION",
    "YEAR_RULES",
    "Axis",
    "Basis",
    "Blanks",
    "Outcome",
    "Part",
    "Rule",
    "Severity",
    "Sum",
    "Term",
    "YearOffset",
    "YearOutcome",
    "YearRule",
    "YearSum",
    "dependencies",
    "evaluate",
    "evaluate_years",
    "leaves_open",
    "outcome_rows",
    "rule",
    "sums",
    "sums_across",
    "year_sums",
]
