"""The day is that of Chinese clocks, wherever the machine stands and whatever its own clock says."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from form import today as clock
from form.today import local, minute, today
from tests.sources import ROOT, program_files

# What asks the machine's own zone, called or handed on.
_NAIVE = {"today", "utcnow", "utcfromtimestamp", "localtime", "ctime", "asctime", "mktime"}
# What asks it unless a zone is given.
_NAIVE_BARE = {"now": 0, "fromtimestamp": 1, "astimezone": 0, "date_input": 1}
_CLOCKS = ("datetime", "Timestamp")
_OWN_ZONE = ("form/today.py",)


def _is_our_own(asked: ast.Attribute) -> bool:
    """Whether it is the now of something that is no clock: `shelf.now()`, `desk().now()`."""
    return asked.attr == "now" and not ast.unparse(asked.value).endswith(_CLOCKS)


def departures(source: str, path: str = "x.py") -> Iterator[str]:
    """Yield what in a module asks a clock or a zone by itself."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr in _NAIVE:
            yield f"{path}:{node.lineno} {node.attr}"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            told = len(node.args) + len(node.keywords)
            asks = node.func.attr in _NAIVE_BARE and told <= _NAIVE_BARE[node.func.attr]
            if asks and not _is_our_own(node.func):
                yield f"{path}:{node.lineno} {node.func.attr}"
        named = isinstance(node, ast.Name) and node.id == "ZoneInfo"
        if named and path not in _OWN_ZONE:
            yield f"{path}:{node.lineno} ZoneInfo"
        written = isinstance(node, ast.Constant) and node.value == "Asia/Shanghai"
        if written and path not in _OWN_ZONE:
            yield f"{path}:{node.lineno} zone"


def test_one_module_says_what_day_it_is() -> None:
    found = [
        line
        for path in program_files()
        for line in departures((ROOT / path).read_text("utf-8"), path.as_posix())
    ]
    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        "date.today()",
        "st.date_input('x', value=None, on_change=date.today)",
        "datetime.now()",
        "datetime.utcnow()",
        "pd.Timestamp.now()",
        "datetime.fromtimestamp(0)",
        "moment.astimezone()",
        "time.localtime()",
        "ZoneInfo('Europe/Berlin')",
        "frame['at'].dt.tz_convert('Asia/Shanghai')",
        "st.date_input('日期')",
    ],
)
def test_another_clock_would_be_seen(source: str) -> None:
    assert list(departures(source))


@pytest.mark.parametrize(
    "source",
    [
        "shelf.now()",
        "desk().now()",
        "datetime.now(UTC)",
        "today()",
        "moment.astimezone(ZONE)",
        "st.date_input('x', day)",
    ],
)
def test_a_known_zone_is_let_be(source: str) -> None:
    assert list(departures(source)) == []


@pytest.mark.parametrize(
    ("moment", "day", "shown"),
    [
        (datetime(2026, 1, 31, 15, 59, 59, tzinfo=UTC), date(2026, 1, 31), "2026-01-31 23:59"),
        (datetime(2026, 1, 31, 16, 0, tzinfo=UTC), date(2026, 2, 1), "2026-02-01 00:00"),
        (datetime(2026, 1, 31, 16, 30, tzinfo=UTC), date(2026, 2, 1), "2026-02-01 00:30"),
        (datetime(2025, 12, 31, 16, 30, tzinfo=UTC), date(2026, 1, 1), "2026-01-01 00:30"),
    ],
)
def test_a_day_begins_at_midnight_in_china(
    moment: datetime, day: date, shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return moment.astimezone(tz)

    monkeypatch.setattr(clock, "datetime", Clock)
    assert today() == day
    assert minute(moment) == shown


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        local(datetime(2026, 1, 31, 16, 30))


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Pacific/Kiritimati"])
def test_the_zone_of_the_machine_does_not_matter(zone: str) -> None:
    code = (
        "from datetime import UTC, datetime; from form.today import local, minute;"
        "print(minute(datetime(2026, 1, 31, 16, 30, tzinfo=UTC)))"
    )
    told = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"TZ": zone, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == "2026-02-01 00:30"
