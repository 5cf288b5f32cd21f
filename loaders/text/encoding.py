"""From the bytes of a text to its letters: which encoding it is in, or why none fits."""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import Final

from form.language import _
from loaders.document import ReadError

MAX_CHARACTERS: Final = 2_000_000

LINE_END: Final = re.compile(r"\r\n|\r|\n")

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    ("\ufeff".encode("gb18030"), "gb18030"),
)
_SAMPLE: Final = 4096
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_MOSTLY: Final = 0.9
_DAMAGED_AT_MOST: Final = 0.05


def is_text(data: bytes) -> bool:
    """Say whether the bytes are text, perhaps a damaged one; `decode` tells what is wrong."""
    try:
        text = _decoded(data)
    except ReadError as error:
        return error.code == "damaged_text"
    sample = text[:_SAMPLE]
    return len(_CONTROLS.findall(sample)) <= _DAMAGED_AT_MOST * len(sample)


def decode(data: bytes) -> str:
    """Return the text of bytes in UTF-8, UTF-16 or GB18030, with or without a byte order mark.

    Raises ReadError: `encoding` where none fits, `damaged_text` where letters are broken or NUL
    stands among them, `too_large` above two million characters.
    """
    text = _decoded(data)
    if "\0" in text:
        raise _damaged(text[: text.index("\0")])
    if len(text) > MAX_CHARACTERS:
        raise ReadError("too_large", _("文字超过两百万字，不像一份年度报告，没有读取。"))
    return text


def _decoded(data: bytes) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strictly(data[len(bom) :], encoding)
    wide = _wide_encoding(data)
    if wide is not None:
        return _strictly(data, wide)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if is_mostly_utf8(data):
            raise _damaged(data[: error.start].decode("utf-8")) from error
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError as error:
        raise _unknown() from error


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _damaged(data[: error.start].decode(encoding, "replace")) from error


def _wide_encoding(data: bytes) -> str | None:
    """Return which UTF-16 the bytes are in, None where they are in neither.

    Line ends and digits put a zero into every few bytes, which no other encoding does; of the
    two orders of bytes only the right one gives the letters that Chinese reports are made of.
    """
    if b"\0" not in data:
        return None
    sample = data[: _SAMPLE * 2]
    likely = {
        encoding: _everyday_share(sample.decode(encoding, "replace"))
        for encoding in ("utf-16-le", "utf-16-be")
    }
    best = max(likely, key=lambda encoding: likely[encoding])
    return best if likely[best] >= _MOSTLY else None


def _everyday_share(text: str) -> float:
    """Return the share of characters that are Chinese, ASCII, or the blanks and signs of both."""
    return sum(map(_is_everyday, text)) / len(text) if text else 0.0


def _is_everyday(sign: str) -> bool:
    return (
        sign in "\t\n\r\f"
        or " " <= sign <= "~"
        or "\u4e00" <= sign <= "\u9fff"
        or "\u2010" <= sign <= "\u203b"
        or "\u3000" <= sign <= "\u303f"
        or unicodedata.east_asian_width(sign) == "F"
    )


def is_mostly_utf8(data: bytes) -> bool:
    """Say whether this is UTF-8 with a few letters broken; as GB18030 it would be nonsense."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(sign > "\u07ff" for sign in text) - broken
    return broken <= _DAMAGED_AT_MOST * whole


def _damaged(text_before: str) -> ReadError:
    line = len(LINE_END.findall(text_before)) + 1
    message = _("文字有损坏：第 {line} 行夹有空字符或残缺的字。请重新获取文件，或重新复制、保存。")
    return ReadError("damaged_text", message.format(line=line))


def _unknown() -> ReadError:
    return ReadError("encoding", _("文字编码无法识别（支持 UTF-8、GB18030、UTF-16）。"))
