"""Names that an agency no longer goes by: addresses and searches with them find it all the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from library.names import sort_key
from pages.parts import shelf
from pages.parts.search import matches

_KEYS: Final[Sequence[str]] = ("agency", "agencies", "organ")
"""Parts of an address that name agencies."""


def follow_former_names(page: StreamlitPage) -> None:
    """Go to the same place under the agency's present name, where the address has another.

    To the same page with a new address: boxes are filled from the address that a page is opened
    with, and what is written into it later they do not read.
    """
    asked: dict[str, list[str]] = {key: st.query_params.get_all(key) for key in st.query_params}
    named = {key: asked[key] for key in _KEYS if key in asked}
    if not named:
        return
    registry = shelf.registry()
    present = {
        key: list(dict.fromkeys(map(registry.agency, names))) for key, names in named.items()
    }
    if present != named:
        address: dict[str, str | Iterable[str]] = {**asked, **present}
        st.switch_page(page, query_params=address)


def is_called(asked: str, agency: str, pinyin: str) -> bool:
    """Say whether a text asks for an agency: by its name, or by any other that it has or had."""
    if matches(asked, agency, pinyin):
        return True
    return any(matches(asked, name, sort_key(name)) for name in shelf.other_names().get(agency, ()))
