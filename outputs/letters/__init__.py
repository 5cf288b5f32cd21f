"""Letters to agencies: what they say, and the Word documents that an office makes of them."""

from __future__ import annotations

from outputs.letters.archive import letter_name, zipped
from outputs.letters.corrections import corrections_draft
from outputs.letters.draft import Draft, Head, Sender, check_draft, remind_draft, sender_of
from outputs.letters.fields import DOCUMENT_KINDS, DocumentKind
from outputs.letters.merging import fields_of, filled
from outputs.letters.package import TemplateError
from outputs.letters.plain import plain_template
from outputs.letters.reading import Line, lines_of

__all__ = [
    "DOCUMENT_KINDS",
    "DocumentKind",
    "Draft",
    "Head",
    "Line",
    "Sender",
    "TemplateError",
    "check_draft",
    "corrections_draft",
    "document",
    "fields_of",
    "letter_name",
    "lines_of",
    "plain_template",
    "remind_draft",
    "sender_of",
    "zipped",
]


def document(draft: Draft, template: bytes | None = None) -> bytes:
    """Return a draft as a DOCX file, by an office's own template or the one that is supplied.

    Raises TemplateError where the template is none.
    """
    return filled(template or plain_template(draft.kind), draft.kind, draft.values, draft.items)
