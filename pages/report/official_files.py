"""The report at hand in the official layout, as files to take away."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Final

import streamlit as st

from form.language import _
from form.report import Report
from form.today import today
from outputs.names import file_name
from outputs.official import WRITERS
from pages.parts.report_choice import Choice

_NAMES: Final = {".xlsx": "Excel", ".docx": "Word"}


def offer_official(choice: Choice, report: Report, changed_at: datetime) -> None:
    """Offer the report as it counts, corrections included; a file is only made when asked for."""
    scope = choice.agency or _("年报")
    years = () if choice.year is None else (choice.year,)
    with st.container(horizontal=True):
        for ending, writer in WRITERS.items():
            st.download_button(
                _("按表样下载（{kind}）").format(kind=_NAMES[ending]),
                partial(writer, report, changed_at),
                file_name=file_name(scope, years, today(), ending.removeprefix(".")),
                key=f"official-{ending}",
                on_click="ignore",
            )
