"""How reports and agencies are named and put in order."""

from __future__ import annotations

from form.language import _


def sort_key(agency: str) -> str:
    """Return the syllables of a name in pinyin, apart by blanks: "bei dai he qu".

    Databases sort Chinese by code points, which no reader expects; the first letters find a name.
    """
    # Its dictionary takes half a second to load, which readers of a library need not wait for.
    from pypinyin import lazy_pinyin

    return " ".join(lazy_pinyin(agency)).lower()


def version_name(number: int) -> str:
    """Return what a version is called, wherever it stands."""
    return _("第 {n} 版").format(n=number)


def report_name(agency: str | None, year: int | None, file_name: str) -> str:
    """Return what people call a report; one that lacks agency or year goes by its file's name."""
    if agency is None or year is None:
        return _("“{file}”").format(file=file_name)
    return _("{agency} {year} 年年报").format(agency=agency, year=year)
