"""What ran, as a document: `--figures FILE` lets a run of the tests write down its counts."""

import os
import platform
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import pytest

from tests.sources import ROOT

_OUTCOMES: Final = ("passed", "failed", "skipped")
_FIRST: Final = """# What the full run covers

Written by `make full`: every test, with those that `make test` leaves out because they take long.
"""
PAGES: Final = "pages opened"
"""The property under which a test records how many pages it has opened."""


class Figures:
    """A plugin that counts what ran and writes it down in the end."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._counts: dict[str, Counter[str]] = {}
        self._pages: Counter[str] = Counter()
        self._skipped: Counter[str] = Counter()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count a test once: by its call, or by what kept it from being called."""
        if report.when != "call" and report.passed:
            return
        folder = Path(report.location[0]).parent.as_posix()
        self._counts.setdefault(folder, Counter())[report.outcome] += 1
        for name, number in report.user_properties:
            if name.startswith(PAGES):
                self._pages[name.removeprefix(PAGES).strip()] += int(number)
        if report.skipped and isinstance(report.longrepr, tuple):
            self._skipped[report.longrepr[2].removeprefix("Skipped: ")] += 1

    def pytest_sessionfinish(self) -> None:
        """Write the document."""
        self._path.write_text("\n".join(self._lines()) + "\n", encoding="utf-8")

    def _lines(self) -> list[str]:
        today = datetime.now(ZoneInfo("Asia/Shanghai")).date()
        postgres = "SQLite and PostgreSQL" if os.environ.get("TEST_POSTGRES") else "SQLite alone"
        random = "at full length (`FULL=1`)" if os.environ.get("FULL") else "at their usual length"
        lines = [
            _FIRST,
            f"Last run: {today}, Python {platform.python_version()}. "
            f"The library on {postgres}. Random tests {random}.",
            "",
            "| tests | passed | failed | skipped |",
            "|---|---:|---:|---:|",
        ]
        total: Counter[str] = Counter()
        for folder in sorted(self._counts):
            counts = self._counts[folder]
            total.update(counts)
            lines.append(_row(f"`{folder}/`", counts))
        lines += [_row("all", total), "", f"Pages opened in Chromium: {sum(self._pages.values())}."]
        lines += ["", *(f"- {name}: {self._pages[name]}" for name in sorted(self._pages))]
        if self._skipped:
            lines += ["", "Skipped:", ""]
            lines += [f"- {number}: {why}" for why, number in sorted(self._skipped.items())]
        return lines


def _row(name: str, counts: Counter[str]) -> str:
    return f"| {name} | {' | '.join(str(counts[outcome]) for outcome in _OUTCOMES)} |"


def options(parser: pytest.Parser) -> None:
    """Know the options of the full run."""
    parser.addoption("--figures", metavar="FILE", help="write down there what ran")
    parser.addoption("--screenshots", metavar="FOLDER", help="keep pictures of all pages there")


def configure(config: pytest.Config) -> None:
    """Count in the process that hears of all tests, and only where it is asked for."""
    wanted = config.getoption("--figures")
    if wanted and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Figures(ROOT / wanted))
