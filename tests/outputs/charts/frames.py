"""Frames as the measures give them, made by hand."""

from typing import Any

import pandas as pd


def measured(*lines: dict[str, Any]) -> pd.DataFrame:
    """A frame of measured values; what a line leaves out is unremarkable."""
    usual = {
        "agency": "甲",
        "year": 2020,
        "report_id": 1,
        "value": None,
        "state": "number",
        "suspect": False,
        "open_errors": 0,
    }
    return pd.DataFrame([{**usual, **line} for line in lines]).astype(
        {"year": "Int64", "report_id": "Int64", "value": "Float64"}
    )


def agencies(count: int, name: str = "某某市自然资源和规划局第{n}分局") -> pd.DataFrame:
    """One value an agency."""
    lines = ({"agency": name.format(n=n), "value": n * 7, "report_id": n} for n in range(count))
    return measured(*lines)


def composed(values: dict[str, dict[str, int | None]], **common: Any) -> pd.DataFrame:
    """A composition: values by part by agency, their shares and wholes."""
    lines = []
    for agency, parts in values.items():
        known = [value for value in parts.values() if value is not None]
        whole = sum(known) if known else None
        for label, value in parts.items():
            lines.append(
                {
                    "agency": agency,
                    "label": label,
                    "value": value,
                    "state": "blank" if value is None else "number",
                    "share": value / whole if whole and value is not None else None,
                    "whole": whole,
                    **common,
                }
            )
    return measured(*lines)
