"""Finding agencies as people look for them: by a piece of the name, or by pinyin."""

from __future__ import annotations


def matches(asked: str, name: str, sort_key: str) -> bool:
    """Say whether a name holds the text, or its pinyin or the first letters of it do.

    `sort_key` is the name in pinyin, syllables apart by blanks: "liao cheng shi".
    """
    text = asked.strip().lower()
    syllables = sort_key.split()
    plain = text.replace(" ", "")
    initials = "".join(syllable[0] for syllable in syllables)
    return text in name.lower() or plain in "".join(syllables) or plain in initials
