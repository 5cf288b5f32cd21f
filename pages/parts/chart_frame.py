"""A chart with what belongs to it: the same data as a table, and as a file to take away."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from form.figures import grouped
from form.language import _
from form.today import today
from measures.measure import Measure
from measures.sentences import quality_sentence
from outputs.charts.frame import config, room_over
from outputs.csv_file import csv_bytes
from outputs.names import file_name
from pages.parts.appearance import is_dark
from pages.parts.heading import note as show_note
from pages.parts.links import href
from pages.parts.markup import Markup, link, show, tag
from pages.parts.picker import pick_one


@dataclass(frozen=True, slots=True)
class Download:
    """Lines to take away as a file: what they are about, which years; made when asked for."""

    scope: str
    years: tuple[int, ...]
    lines: Callable[[], pd.DataFrame]

    def name(self, suffix: str = "") -> str:
        """Return the file's name as of today."""
        return file_name(self.scope, self.years, today(), suffix)

    def button(self, label: str, key: str) -> None:
        """Offer the lines as CSV."""
        st.download_button(
            label,
            lambda: csv_bytes(self.lines()),
            file_name=self.name("csv"),
            mime="text/csv",
            key=key,
            on_click="ignore",
        )


def chart_frame(
    figure: Callable[..., Any],
    table: Callable[[], Markup],
    download: Download,
    said: str,
    source: str,
    not_drawn: str = "",
) -> None:
    """Show chart or table, whichever is chosen, and offer the data as CSV.

    Both are made only where they are shown. `figure` draws with a title and a note (`said` and `source`), which a downloaded picture
    carries; `not_drawn` says what the chart leaves to the table.
    """
    chart_name, table_name = _("图"), _("表")
    with st.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"
    ):
        view = pick_one(_("显示方式"), [chart_name, table_name], "view")
        download.button(_("下载 CSV"), "view-csv")
    if view == table_name:
        show(table())
        return
    note = _("{source}　{day}").format(source=source, day=today().isoformat())
    drawn = figure(title=said, note=note, dark=is_dark())
    with st.container(key="chart"):
        # The page says title and source above; a picture that is taken away must say them too.
        st.html(f"<style>.st-key-chart {{ --dd-hidden: {room_over(drawn)}px; }}</style>")
        st.plotly_chart(
            drawn, theme=None, config=config(download.name()), key="view-chart", alt=said
        )
    if not_drawn:
        show(tag("p", not_drawn, classes="dd-quiet"))


def left_to_table(order: str, drawn: int, others: Mapping[str, int]) -> str:
    """Return what a chart leaves to the table, "" where it leaves nothing.

    `order` says by what those that are drawn were chosen; `others` why how many are not.
    """
    n = sum(others.values())
    if not n:
        return ""
    text = _("图中{order}画 {drawn} 家，另有 {n} 家没有画出：{reasons}。表中有全部机构。")
    return text.format(order=order, drawn=grouped(drawn), n=grouped(n), reasons=counted(others))


def counted(others: Mapping[str, int]) -> str:
    """Return how many agencies there are for each reason: 3 家缺报，1 家读不准."""
    return _("，").join(
        _("{n} 家{why}").format(n=grouped(n), why=why) for why, n in others.items() if n
    )


def quality_note(measure: Measure | None, table: pd.DataFrame, left_out: int = 0) -> None:
    """Say how good the data is: what is missing, unread or in doubt, what editions mean.

    `table` has a line a report that is due, with the columns of `measures.values.evaluate`.
    """
    told = quality_sentence(table, left_out)
    caveat = measure.caveat if measure is not None else ""
    if not (told or caveat):
        return
    parts: list[object] = [told, caveat]
    if left_out or (table["open_errors"] > 0).any():
        parts += [" ", link(_("看问题"), href("findings"))]
    show_note(*parts)
