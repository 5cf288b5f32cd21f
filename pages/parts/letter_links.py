"""Addresses of the page of letters, for every page that leads there."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from form.language import _
from pages.parts.links import href

Part = Literal["check", "remind", "sent", "setup"]


def parts() -> dict[Part, str]:
    """Return what people call each part of the page, in order."""
    return {
        "check": _("核验意见"),
        "remind": _("催报"),
        "sent": _("已发函件"),
        "setup": _("模板与设置"),
    }


def part_href(part: Part, year: int | None = None) -> str:
    """Return the address of a part of the page."""
    return href("letters", {"part": parts()[part], "year": year})


def write_href(agency: str, year: int) -> str:
    """Return the address where the next letter to an organ about a year is written."""
    where = {"part": parts()["check"], "year": year, "check-organs": agency}
    return href("letters", where)


def organ_href(agency: str, year: int) -> str:
    """Return the address of all letters to an organ about a year, and of what came back."""
    return href("letters", {"organ": agency, "year": year})


def year_asked() -> int | None:
    """Return the year that the address asks for."""
    asked = st.query_params.get("year", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else None
