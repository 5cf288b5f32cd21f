"""What day and time it is for the people who work here, wherever the machine stands.

Moments are kept in UTC; days, and times that people read, are those of Chinese clocks.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Final
from zoneinfo import ZoneInfo

ZONE: Final = ZoneInfo("Asia/Shanghai")


def local(moment: datetime) -> datetime:
    """Return a moment, which must know its zone, as on Chinese clocks."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone")
    return moment.astimezone(ZONE)


def minute(moment: datetime) -> str:
    """Return a moment as lists show it: 2026-03-06 04:00."""
    return f"{local(moment):%Y-%m-%d %H:%M}"


def today() -> date:
    """Return the day that it is in China."""
    return local(datetime.now(UTC)).date()


def chinese_day(day: date) -> str:
    """Return a day as letters write it: 2026年2月1日."""
    return f"{day.year}年{day.month}月{day.day}日"
