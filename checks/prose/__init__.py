"""Prose against tables: what a report's text says, and what that gives occasion to ask.

    paragraphs ─▶ sentences ─▶ tokens ─▶ claims ─▶ questions
                                (vocabulary)  (quantities: which cells they mean)

`prose_facts` draws everything from the text once; `prose_findings` holds it against the tables,
the calendar and the prescribed sections; `copied_findings` compares two years' texts, `growth_findings` what
is said of growth with last year's figures. Wordings
are data in `vocabulary.py`, the cells that a quantity means in `quantities.py`.
"""

from checks.prose.claims import Claim
from checks.prose.copies import worth_comparing
from checks.prose.facts import FACTS_VERSION, ProseFacts, prose_facts
from checks.prose.questions import (
    copied_findings,
    elsewhere_findings,
    growth_findings,
    prose_findings,
)
from checks.prose.years import ForeignYear

__all__ = [
    "FACTS_VERSION",
    "Claim",
    "ForeignYear",
    "ProseFacts",
    "copied_findings",
    "elsewhere_findings",
    "growth_findings",
    "prose_facts",
    "prose_findings",
    "worth_comparing",
]
