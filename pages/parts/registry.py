"""Every page of the app, in the order of the menu: the one place where pages are listed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal

from form.language import _

ROOT: Final = Path(__file__).resolve().parents[2]
FRAME: Final = ROOT / "pages" / "frame" / "frame.py"

PageKey = Literal[
    "season",
    "overview",
    "rollup",
    "upload",
    "report",
    "typing",
    "library",
    "compare",
    "trends",
    "outcomes",
    "disputes",
    "matrix",
    "findings",
    "rules",
    "letters",
    "scores",
    "export",
    "roster",
    "settings",
]


@dataclass(frozen=True, slots=True)
class Entry:
    """One page: its key, which is also its address, its source file and its name in the menu."""

    key: PageKey
    source: str
    title: str

    @property
    def path(self) -> Path:
        """The source file."""
        return ROOT / "pages" / self.source


@dataclass(frozen=True, slots=True)
class Section:
    """Pages that stand together in the menu; the first section has no title."""

    title: str
    entries: tuple[Entry, ...]


def open_with(key: PageKey) -> None:
    """Let the app open with 年度报送, where there is a roster, or with 总览.

    All visitors share one library, so this is one for all of them.
    """
    _FIRST[:] = [key]


_FIRST: Final[list[PageKey]] = ["overview"]


def first_page() -> PageKey:
    """Return the page that opens where the address asks for none."""
    return _FIRST[0]


def sections() -> tuple[Section, ...]:
    """Return the menu; the first page of the first section is the one that opens by default."""
    return _sections(first_page())


@cache
def _sections(first: PageKey) -> tuple[Section, ...]:
    season = Entry("season", "season/season.py", _("年度报送"))
    overview = Entry("overview", "overview/overview.py", _("总览"))
    return (
        Section("", (season, overview) if first == "season" else (overview, season)),
        Section(
            _("报告"),
            (
                Entry("upload", "upload/upload.py", _("上传")),
                Entry("report", "report/report.py", _("报告核验")),
                Entry("library", "library/library.py", _("资料库")),
                Entry("typing", "typing/typing.py", _("人工录入")),
            ),
        ),
        Section(
            _("比较"),
            (
                Entry("compare", "compare/compare.py", _("机构比较")),
                Entry("trends", "compare/trends.py", _("年度趋势")),
                Entry("outcomes", "compare/outcomes.py", _("申请办理结果")),
                Entry("disputes", "compare/disputes.py", _("复议与诉讼")),
            ),
        ),
        Section(
            _("核对"),
            (
                Entry("findings", "checking/findings.py", _("勾稽问题")),
                Entry("matrix", "checking/matrix.py", _("机构与规则")),
                Entry("rules", "checking/rules.py", _("勾稽规则")),
            ),
        ),
        Section(
            _("上报与带走"),
            (
                Entry("letters", "letters/letters.py", _("函件")),
                Entry("rollup", "rollup/rollup.py", _("汇总表")),
                Entry("scores", "scores/scores.py", _("考评")),
                Entry("export", "export/export.py", _("汇总与导出")),
            ),
        ),
        Section(
            _("设置"),
            (
                Entry("roster", "roster/roster.py", _("名册")),
                Entry("settings", "settings/settings.py", _("设置与备份")),
            ),
        ),
    )


def entry(key: PageKey) -> Entry:
    """Return the page with this key."""
    return next(item for part in sections() for item in part.entries if item.key == key)


def section_title(key: PageKey) -> str:
    """Return the title of the section that a page stands in, "" for the first one."""
    return next(part.title for part in sections() for item in part.entries if item.key == key)
