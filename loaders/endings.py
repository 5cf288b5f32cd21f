"""The kinds of files that can be read, as people know them: by their programs and endings.

Files are told by their content, never by these names.
"""

from __future__ import annotations

from dataclasses import dataclass

from form.language import _


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file: the readers' `KIND`, what people call it, and the endings it comes with.

    `converted` kinds are read where LibreOffice is installed.
    """

    key: str
    name: str
    endings: tuple[str, ...]
    converted: bool = False


def kinds() -> tuple[Kind, ...]:
    """Return every kind that some reader reads, in the order in which people look for them."""
    return (
        Kind("pdf", "PDF", ("pdf",)),
        Kind("docx", "Word", ("docx",)),
        Kind("xlsx", "Excel", ("xlsx",)),
        Kind("odt", _("ODF 文字"), ("odt", "fodt")),
        Kind("ods", _("ODF 表格"), ("ods", "fods")),
        Kind("html", _("网页"), ("html", "mhtml")),
        Kind("md", "Markdown", ("md",)),
        Kind("csv", _("CSV 表格"), ("csv", "tsv")),
        Kind("txt", _("文本"), ("txt",)),
        Kind("doc", _("旧版 Word、WPS"), ("doc", "wps"), converted=True),
        Kind("xls", _("旧版 Excel、WPS 表格"), ("xls", "et"), converted=True),
        Kind("rtf", "RTF", ("rtf",), converted=True),
    )


def in_words(*, converted: bool) -> str:
    """Return the kinds that are read as they are, or those that are converted first, as a list."""
    words = _("{name}（{endings}）")
    return _("、").join(
        words.format(name=kind.name, endings=_("、").join(kind.endings))
        for kind in kinds()
        if kind.converted is converted
    )
