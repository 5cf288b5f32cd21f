"""What a report costs that cannot be judged: itself, and a finding that says so.

`judged_or_not` guards one piece of work about one report. `Judging` guards several: what fails is
said, in one finding, and the rest stands.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from types import TracebackType
from typing import Final, Literal, TypeVar

from checks.catalogue import SEVERITIES
from checks.explanations import Suspects
from checks.findings import Finding
from checks.timing import OutOfTimeError, within
from checks.wording import headline
from form.language import _
from form.report import Report

_T = TypeVar("_T")
_log = logging.getLogger(__name__)

SECONDS = 10.0
"""How long one report may be judged, by the clock on the wall."""
Why = Literal["failed", "time"]
"""failed: an error of the program; time: the limit was reached."""
Part = Literal["tables", "years", "prose", "suspects"]
"""What is judged of a report, in this order."""
_MOST_PLACES: Final = 12


def not_judged(number: str, why: Why, parts: Iterable[Part] = ()) -> Finding:
    """Return the finding that a report, or these parts of it, could not be judged.

    `number` is what the failure is logged under.
    """
    names = part_names()
    place = _("、").join(names[part] for part in dict.fromkeys(parts))
    said = {
        "failed": _(
            "核对时程序出错，没有核对完，没有查出问题不等于没有问题（编号 {number}，日志里有记录）"
        ),
        "time": _("核对超过时限，没有核对完，没有查出问题不等于没有问题（编号 {number}）"),
    }[why].format(number=number)
    message = _("{head}：{body}。").format(head=headline("not_judged", place), body=said)
    return Finding("not_judged", SEVERITIES["not_judged"], None, message, place=place, id=number)


def part_names() -> dict[Part, str]:
    """Return what people call the parts of a judgement."""
    return {
        "tables": _("表格"),
        "years": _("相邻年度"),
        "prose": _("正文"),
        "suspects": _("可能的原因"),
    }


def judged_or_not(
    work: Callable[[], _T], of: object = None, seconds: float | None = None
) -> _T | Finding:
    """Return what some work about one report returns, or the finding that it could not be done.

    `of` names what is judged (a Report or anything that has a text): it makes the number under
    which a failure is logged the report's own, the same each time, and stands in no log.
    `seconds` is how long it may take, SECONDS unless told.
    """
    judging = Judging(of, seconds)
    done: list[_T] = []
    judging.part(None, lambda: done.append(work()), None)
    return done[0] if done else judging.unjudged()[0]


class Judging:
    """The judging of one report, part by part, under one limit of time."""

    def __init__(self, of: object = None, seconds: float | None = None) -> None:
        """Take what is judged and for how long, as in `judged_or_not`; the seconds begin to count."""
        self._of = f"{of.agency}/{of.year}/{of.title}" if isinstance(of, Report) else str(of)
        self._until = time.monotonic() + (SECONDS if seconds is None else seconds)
        self._failed: dict[Part | None, Why] = {}
        self._number = ""

    def part(self, part: Part | None, work: Callable[[], _T], otherwise: _T) -> _T:
        """Return what the work returns, `otherwise` where it fails or time is up; None: the whole."""
        try:
            return within(self._until - time.monotonic(), work)
        except OutOfTimeError as error:
            self._note(part, "time", error)
        except Exception as error:  # noqa: BLE001 - one report's fault must not be another's
            self._note(part, "failed", error)
        return otherwise

    def unjudged(self) -> tuple[Finding, ...]:
        """Return the finding that names the parts that could not be judged; none where all were."""
        if not self._failed:
            return ()
        why: Why = "failed" if "failed" in self._failed.values() else "time"
        parts = [part for part in part_names() if part in self._failed]
        return (not_judged(self._number, why, parts),)

    def suspects(self, work: Callable[[], Suspects]) -> Suspects:
        """Return what explains a report, by work that is its last part; its failure is its limit."""
        found = self.part("suspects", work, None)
        if found is not None:
            return found
        return Suspects((), False, self.unjudged()[0].message, every_way=False)

    def _note(self, part: Part | None, why: Why, error: Exception) -> None:
        kind, places = type(error).__name__, list(_places(error.__traceback__))[-_MOST_PLACES:]
        # Where time ran out is never twice the same; what was judged then is.
        told = (self._of, why, *((kind, *places) if why == "failed" else ()))
        self._number = (
            self._number or sha256("\0".join(told).encode("utf-8", "replace")).hexdigest()[:8]
        )
        self._failed[part] = why
        _log.error(
            "not judged %s: %s (%s): %s at %s", self._number, part, why, kind, " > ".join(places)
        )


def _places(traced: TracebackType | None) -> Iterator[str]:
    """Yield where an error passed through, outermost first: names of the program, nothing of a report."""
    while traced is not None:
        name = traced.tb_frame.f_globals.get("__name__", "?")
        yield f"{name}.{traced.tb_frame.f_code.co_name}:{traced.tb_lineno}"
        traced = traced.tb_next
