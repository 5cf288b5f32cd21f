"""The bytes of a page: its own part of a web archive, its encoding, its tree."""

from __future__ import annotations

import codecs
import email
import re
from collections.abc import Iterator
from email import policy
from typing import Final

from lxml import etree

from loaders import refusals
from loaders.html.tables import names
from loaders.text.encoding import is_mostly_utf8

HEAD_BYTES: Final = 8192
"""In which a page says what it is."""
_MHTML: Final = re.compile(rb"^content-type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)
_CHARSET: Final = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


# Those of the WHATWG's Encoding Standard that Python has, by Python's names.
_ENCODINGS: Final = names(
    "utf-8 gb2312 gbk gb18030 hz big5 big5hkscs cp950 shift_jis cp932 euc_jp iso2022_jp euc_kr cp949"
    " ascii koi8-r koi8-u mac-roman mac-cyrillic cp866 cp874"
) | {
    *(f"iso8859-{part}" for part in (*range(1, 9), 10, 11, 13, 14, 15, 16)),
    *(f"cp{page}" for page in range(1250, 1259)),
}


def is_web_archive(head: bytes) -> bool:
    """Say whether bytes begin a page with its pictures in one file (.mhtml)."""
    return _MHTML.search(head) is not None


def page_of(data: bytes) -> bytes:
    """Return the page inside a web archive, or the bytes themselves."""
    if not is_web_archive(data[:HEAD_BYTES]):
        return data
    # Parts nest as deep as a stranger likes, and say of themselves what they like.
    with refusals.told_as():
        for part in email.message_from_bytes(data, policy=policy.default).walk():
            if part.get_content_type() == "text/html":
                charset = f'<meta charset="{part.get_content_charset() or "utf-8"}">'
                return charset.encode() + bytes(part.get_payload(decode=True))
        raise refusals.damaged()


def decoded(data: bytes, *, strict: bool = True) -> str:
    """Return the text by its byte order mark, as UTF-8, by the page's own word, or as GB 18030.

    UTF-8 comes before the page's word, even with a few letters broken: hardly any other text
    passes for it by chance, while most of it would pass for GB 18030, which converted pages often
    still claim to be.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    for encoding in _encodings(data):
        try:
            return codecs.getincrementaldecoder(encoding)().decode(data, final=strict)
        except UnicodeDecodeError:
            if encoding == "utf-8" and is_mostly_utf8(data):
                return data.decode("utf-8", "replace")
    return data.decode("gb18030", "replace")


def _encodings(data: bytes) -> Iterator[str]:
    yield "utf-8"
    declared = _CHARSET.search(data[:HEAD_BYTES])
    encoding = _known(declared[1].decode("ascii", "ignore")) if declared else None
    if encoding is not None:
        yield encoding
    # Pages that say GB 2312 use letters of its larger successor.
    yield "gb18030"


def _known(label: str) -> str | None:
    """Return Python's name for a page's encoding, None for what no browser takes for one.

    Python knows by name too how to unpack, to shift letters by 13, to read domain names.
    """
    try:
        found = codecs.lookup(label).name
    except (LookupError, ValueError):
        return None
    return found if found in _ENCODINGS else None


def parsed(text: str) -> etree._Element | None:
    """Return the root of a page's tree, None where it is blank; raises ReadError."""
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    root = None
    if text.strip():
        with refusals.told_as():
            root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise refusals.too_deep()
    return root
