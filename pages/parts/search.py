"""Finding agencies as people look for them: by a piece of the name, or by pinyin."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd


def matches(asked: str, name: str, sort_key: str) -> bool:
    """Say whether a name holds the text, or its pinyin or the first letters of it do.

    `sort_key` is the name in pinyin, syllables apart by blanks: "liao cheng shi".
    """
    text = asked.strip().lower()
    syllables = sort_key.split()
    plain = text.replace(" ", "")
    initials = "".join(syllable[0] for syllable in syllables)
    return text in name.lower() or plain in "".join(syllables) or plain in initials


def agencies(reports: pd.DataFrame) -> Mapping[str, str]:
    """Return the pinyin of every agency that has a report that counts, in reading order."""
    known = reports[reports["counts"]].drop_duplicates("agency").sort_values("sort_key")
    return dict(zip(known["agency"], known["sort_key"], strict=True))
