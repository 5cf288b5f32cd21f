"""How long something that is under way will still take, as people are told."""

from __future__ import annotations

from datetime import datetime

from form.language import _


def time_left(started: datetime, touched: datetime, done: int, every: int) -> list[str]:
    """Say how long the rest will take, once there is something to judge by."""
    if not done or done >= every:
        return []
    seconds = round((touched - started).total_seconds() / done * (every - done))
    if seconds < 60:
        return [_("约剩 {n} 秒").format(n=max(seconds, 1))]
    return [_("约剩 {n} 分钟").format(n=round(seconds / 60))]
