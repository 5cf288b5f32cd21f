"""Gathers the texts of the program into locale/disclosure_desk.pot. Run: make messages.

The file depends on the texts alone: no dates, no line numbers, sorted. Its msgids are Chinese.
"""

from collections.abc import Iterator
from io import BytesIO

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import write_po

from tests.sources import ROOT, program_files

TEMPLATE = ROOT / "locale" / "disclosure_desk.pot"
KEYWORDS = {"_": None}
COMMENT_TAGS = ("Translators:",)

# Babel's own header carries the time of day.
HEADER = """\
# Texts of Disclosure Desk. Made by "make messages"; not to be edited.
msgid ""
msgstr ""
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def messages() -> Iterator[tuple[str, list[str]]]:
    """Each text inside ``_()`` with the comments for its translators."""
    for path in program_files():
        with (ROOT / path).open("rb") as source:
            for _line, text, comments, _context in extract(
                "python", source, KEYWORDS, COMMENT_TAGS, {"encoding": "utf-8"}
            ):
                yield str(text), comments


def template() -> str:
    """The whole text of the template, as it should stand in the file."""
    catalog = Catalog(charset="utf-8")
    for text, comments in messages():
        catalog.add(text, auto_comments=comments)
    body = BytesIO()
    write_po(body, catalog, omit_header=True, no_location=True, sort_output=True, width=0)
    return HEADER + body.getvalue().decode("utf-8").strip() + "\n"


if __name__ == "__main__":
    TEMPLATE.parent.mkdir(exist_ok=True)
    TEMPLATE.write_text(template(), encoding="utf-8", newline="\n")
