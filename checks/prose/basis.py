"""Reports on 2021 and later that name the form that held before as what they were written by.

国办公开办函〔2021〕30号 puts a revised form into force, the one of 国办公开办函〔2019〕60号
(格式（试行）) was for the reports before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from checks.prose.remarks import Remark, quoted
from checks.prose.sentences import Sentence
from checks.prose.tokens import Folded
from form.editions import edition

RULE: Final = "basis_outdated"
FIRST_YEAR: Final = edition("2021").first_year
"""The first year that has to be reported on in the form of 2021."""
_NUMBER = re.compile(r"(?P<organ>[一-龥]{0,12})[〔\[(【]2019[〕\])】]第?60号")
_ON_TRIAL = re.compile(r"(?:年度报告|年报)(?:的)?格式[》〉]?\(试行\)")
_OF_THE_OFFICE: Final = ("公开办函", "公开办")
# Who tells that the old form is no longer in force knows it.
_KNOWN = re.compile(r"废止|不再(?:执行|适用)|取代|代替|替代|失效")


def outdated_basis(sentence: Sentence, fold: Folded, year: int | None) -> Iterator[Remark]:
    """Yield a remark where a sentence of a report on 2021 or later cites the older form."""
    if year is None or year < FIRST_YEAR or _KNOWN.search(fold.text):
        return
    cited = next(filter(None, (_ON_TRIAL.search(fold.text), _cited(fold.text))), None)
    if cited is not None:
        yield Remark(RULE, (year,), (quoted(sentence, fold, cited.start(), cited.end()),))


def _cited(text: str) -> re.Match[str] | None:
    """Return where the document is named; 市政发〔2019〕60号 is another one."""
    return next(
        (found for found in _NUMBER.finditer(text) if found["organ"].endswith(_OF_THE_OFFICE)), None
    )
