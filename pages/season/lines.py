"""One line an organ, by whose turn it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from itertools import groupby

import pandas as pd

from desk.season import TURNS, Organ, Step, Turn
from form.figures import grouped
from form.language import _
from form.receipts import how_names
from pages.parts.chart_frame import Download
from pages.parts.grid import Column
from pages.parts.letter_links import organ_href, write_href
from pages.parts.links import href
from pages.parts.markup import Markup, joined, link, scrolling, tag
from pages.parts.report_choice import report_href
from pages.season.words import (
    day_words,
    kind_name,
    left_words,
    step_names,
    step_words,
    turn_names,
    verdict_words,
)


def in_turn(organs: Sequence[Organ]) -> list[Organ]:
    """Return organs by whose turn it is, then by what comes next, then in the roster's order."""
    places = {step: n for n, step in enumerate(step for steps in TURNS.values() for step in steps)}
    return sorted(organs, key=lambda organ: places[organ.step])


def lines_html(shown: Sequence[Organ], every: Sequence[Organ], year: int, today: date) -> Markup:
    """Return the table of those shown; the heads of its groups count all of `every`."""
    columns = _columns()
    head = (
        tag("th", column.name, scope="col", classes=f"dd-{column.align}" if column.align else "")
        for column in columns
    )
    table = tag(
        "table",
        tag("caption", _("{year} 年度报送").format(year=year)),
        tag("thead", tag("tr", *head)),
        tag("tbody", *_body(shown, every, year, today)),
        classes="dd-season",
    )
    return scrolling(_("各机构报送情况"), table)


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("机构")),
        Column(_("类别")),
        Column(_("收到")),
        Column(_("版本"), "middle"),
        Column(_("问题")),
        Column(_("函件")),
        Column(_("下一步")),
    )


def _body(
    shown: Sequence[Organ], every: Sequence[Organ], year: int, today: date
) -> Iterator[Markup]:
    of_turn = Counter(organ.turn for organ in every)
    steps = Counter(organ.step for organ in every)
    for turn, organs in groupby(shown, key=lambda organ: organ.turn):
        yield _group(turn, of_turn[turn], steps)
        for organ in organs:
            yield tag("tr", *_cells(organ, year, today))


def _group(turn: Turn, count: int, steps: Counter[Step]) -> Markup:
    names = step_names()
    said = _("，").join(
        f"{names[step]} {grouped(steps[step])}" for step in TURNS[turn] if steps[step]
    )
    title = _("{turn} {n} 家").format(turn=turn_names()[turn], n=grouped(count))
    return tag(
        "tr",
        tag(
            "th",
            tag("b", title),
            tag("span", said, classes="dd-quiet"),
            scope="colgroup",
            colspan=7,
            classes="dd-group",
        ),
    )


def _cells(organ: Organ, year: int, today: date) -> Iterator[Markup]:
    name: object = organ.agency
    if organ.report_id is not None:
        name = link(organ.agency, report_href(organ.agency, year))
    yield tag("th", name, scope="row")
    yield tag("td", kind_name(organ.kind), classes="dd-quiet")
    yield tag("td", *_received(organ))
    yield tag("td", organ.version or "", classes="dd-middle")
    yield tag("td", *_problem(organ))
    yield tag("td", *_letter(organ, year, today))
    yield tag("td", _step(organ, year, today))


def _received(organ: Organ) -> Iterator[Markup]:
    last = organ.received
    if last is None:
        yield tag("span", _("未收"), classes="dd-amber")
        return
    how = how_names()[last.how] if last.how else ""
    yield joined((day_words(last.on), " ", tag("span", how, classes="dd-quiet")))
    if organ.late:
        late = _("迟 {n} 天").format(n=grouped(organ.late))
        yield joined((" ", tag("span", late, classes="dd-amber")))


def _problem(organ: Organ) -> Iterator[Markup]:
    if organ.place == "missing":
        return
    tones = {"wrong": "dd-red dd-strong", "faultless": "dd-green", "doubt": ""}
    yield tag("span", verdict_words(organ), classes=tones[organ.place])
    if organ.place == "wrong" and organ.doubts:
        also = _("待核 {n}").format(n=grouped(organ.doubts))
        yield joined((" ", tag("span", also, classes="dd-quiet")))
    if organ.verdict.let_stand:
        stands = _("{n} 处经说明").format(n=grouped(len(organ.verdict.let_stand)))
        yield joined((" ", tag("span", stands, classes="dd-quiet")))


def _letter(organ: Organ, year: int, today: date) -> Iterator[Markup]:
    letter = organ.letter
    if letter is None:
        if organ.place == "wrong":
            yield tag("span", _("未发"), classes="dd-quiet")
        return
    sent = f"{letter.number} {_('{day}发').format(day=day_words(letter.sent))}".strip()
    yield link(sent, organ_href(organ.agency, year)) if letter.number else joined((sent,))
    if organ.resubmitted:
        yield joined((" ", tag("span", _("已重报"))))
    elif letter.answered is not None:
        yield joined((" ", tag("span", _("已答复"))))
    elif organ.overdue:
        over = _("逾期 {n} 天").format(n=grouped(organ.overdue))
        yield joined((" ", tag("span", over, classes="dd-amber")))
    elif letter.due is not None:
        yield joined((" ", tag("span", left_words(letter.due, today), classes="dd-quiet")))


def _step(organ: Organ, year: int, today: date) -> Markup:
    words = step_words(organ, today)
    address = _where(organ, year)
    if organ.turn == "ours" and organ.step != "judge" and address:
        return link(tag("b", words), address)
    if organ.publication is not None and organ.step == "done":
        day = _("{words} {day}").format(words=words, day=day_words(organ.publication.on))
        return tag("span", day, title=organ.publication.address, classes="dd-quiet")
    return tag("span", words, classes="dd-quiet")


def _where(organ: Organ, year: int) -> str:
    """Return where the next step is done, "" where there is no page for it."""
    if organ.step == "type":
        if organ.waiting is not None:
            return href("typing", {"report": organ.waiting})
        return href("typing", {"item": organ.scan, "agency": organ.agency, "year": year})
    if organ.why == ("undecided",):
        return href("upload")
    if organ.step == "claim":
        return href("library", {"part": _("待认领")})
    if organ.step == "write":
        return write_href(organ.agency, year)
    if organ.step in ("compare", "chase") and organ.letter is not None and organ.letter.number:
        return organ_href(organ.agency, year)
    return report_href(organ.agency, year) if organ.report_id is not None else ""


def lines_file(organs: Sequence[Organ], year: int) -> Download:
    """Return the same lines for a file."""
    return Download(_("年度报送"), (year,), partial(_lines, tuple(organs)))


def _lines(organs: Sequence[Organ]) -> pd.DataFrame:
    names, hows = step_names(), how_names()
    return pd.DataFrame(
        [
            {
                _("机构"): organ.agency,
                _("分组"): organ.row.group,
                _("类别"): kind_name(organ.kind),
                _("报送期限"): _day(organ.term),
                _("收到"): _day(organ.received.on if organ.received else None),
                _("方式"): hows[how] if (how := organ.received and organ.received.how) else "",
                _("迟到天数"): organ.late or None,
                _("版本"): organ.version or None,
                _("情况"): verdict_words(organ),
                _("错误"): organ.errors or None,
                _("待核"): organ.doubts or None,
                _("发函"): _day(organ.letter.sent if organ.letter else None),
                _("公布"): _day(organ.publication.on if organ.publication else None),
                _("公布网址"): organ.publication.address if organ.publication else "",
                _("下一步"): names[organ.step],
            }
            for organ in organs
        ]
    )


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()
