"""The frames that measures are made from, as the library gives them; its own text lists columns."""

from __future__ import annotations

from typing import Protocol

import pandas as pd

from form.model import TableKey


class Listed(Protocol):
    """Reports by id."""

    @property
    def reports(self) -> pd.DataFrame:
        """Index report_id; agency, year, edition, counts, sort_key and more."""


class Frames(Listed, Protocol):
    """Reports by id, and the cells of the reports that count, one line a cell."""

    @property
    def disclosure(self) -> pd.DataFrame:
        """report_id, edition, row, column, count, mark; amount, unit, amount_wan besides."""

    @property
    def applications(self) -> pd.DataFrame:
        """report_id, edition, row, column, count, mark."""

    @property
    def disputes(self) -> pd.DataFrame:
        """report_id, edition, row, column, count, mark."""


def table_frame(frames: Frames, key: TableKey) -> pd.DataFrame:
    """Return the frame of one official table."""
    return {
        "disclosure": frames.disclosure,
        "applications": frames.applications,
        "disputes": frames.disputes,
    }[key]


def counting(frames: Listed) -> pd.DataFrame:
    """Return the reports whose numbers count: a version each of an agency's year."""
    return frames.reports[frames.reports["counts"].astype(bool)]
