"""What a report's page shows besides its tables: its title, its prose, where it came from."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import streamlit as st

from checks.standing import Standing, standing
from checks.states import Judged
from form.editions import TABLE_KEYS
from form.figures import grouped
from form.labels import SECTION_WORDS
from form.language import _
from form.names import cell_name_in
from form.report import Report
from pages.parts import shelf
from pages.parts.heading import Tone, chip, heading, nothing_here
from pages.parts.markup import Markup, joined, scrolling, show, tag
from pages.parts.report_choice import Choice
from pages.report.cards import Card
from pages.report.official_files import offer_official

TABLES = TABLE_KEYS
TAB = "tab"
_NUMERALS = "〇一二三四五六"


def tab_names() -> dict[str, str]:
    """Return the names of the tabs by key: the three tables, the prose, the log, the file."""
    return {
        "disclosure": _("二 主动公开"),
        "applications": _("三 依申请公开"),
        "disputes": _("四 复议、诉讼"),
        "prose": _("正文"),
        "log": _("修改记录"),
        "origin": _("原始文件"),
    }


def report_title(choice: Choice) -> str:
    """Return whose report this is, on which year; the file's name where nobody knows."""
    if choice.agency is None or choice.year is None:
        return choice.file
    return _("{agency} · {year} 年度报告").format(agency=choice.agency, year=choice.year)


def report_chips(
    choice: Choice, report: Report, judged: Sequence[Judged], cards: Sequence[Card]
) -> list[Markup]:
    """Return the facts to know before reading: errors, doubts of the reader, edition, version."""
    stands = standing(judged)
    unknown = sum(cell.mark == "unknown" for cell in report.cells.values())
    read = len(report.cells) - unknown
    chips = [chip(_errors_text(stands, cards), _errors_tone(stands))]
    chips += [chip(text, "note") for text in stands.others_of_print]
    if stands.others:
        chips.append(chip(_("{n} 处提示").format(n=grouped(stands.others)), "note"))
    chips.append(
        chip(
            _("{read} 格已读，{unknown} 格不确定").format(
                read=grouped(read), unknown=grouped(unknown)
            ),
            "note" if unknown else "good",
        )
    )
    if report.edition:
        chips.append(chip(_("{edition} 版表样").format(edition=report.edition)))
    if report.whose is not None and report.whose.name is not None:
        chips.append(chip(_("当时名称：{name}").format(name=report.whose.name)))
    return [*chips, chip(_version_text(choice))]


def _errors_text(stands: Standing, cards: Sequence[Card]) -> str:
    """Return how a report stands: 1 处勾稽错误，牵连 2 列; 3 处勾稽错误，一组改法."""
    if not stands.errors or stands.errors == stands.places == 1:
        return stands.sentence
    wrong = [card for card in cards if any(item.is_error for item in card.findings)]
    if stands.errors == 1:
        return _("{errors}，牵连 {n} 条关系").format(
            errors=stands.sentence, n=grouped(stands.places)
        )
    if len(wrong) == 1 and wrong[0].sure is not None:
        return _("{errors}，一组改法").format(errors=stands.sentence)
    return stands.sentence


def _errors_tone(stands: Standing) -> Tone:
    if stands.errors or stands.caused:
        return "error"
    return "good" if stands.is_faultless else "note"


def _version_text(choice: Choice) -> str:
    if choice.version is None:
        return _("待认领 · {file}").format(file=choice.file)
    text = _("第 {n} 版 · {file}").format(n=choice.version, file=choice.file)
    return text if choice.counts else _("{text}（不计入统计）").format(text=text)


def show_prose(report: Report) -> None:
    """Show the running text by section."""
    if not report.paragraphs:
        nothing_here(_("没有读到正文。"), _("这份文件里只有表格，或正文是图片。"))
        return
    parts: list[Markup] = []
    for section, paragraphs in groupby(report.paragraphs, key=lambda item: item.section):
        if section in SECTION_WORDS:
            title = f"{_NUMERALS[section]}、{SECTION_WORDS[section][0]}"
            parts.append(tag("h3", title))
        parts.extend(tag("p", paragraph.text) for paragraph in paragraphs)
    show(tag("div", *parts, classes="dd-prose"))


def show_origin(choice: Choice, report: Report) -> None:
    """Offer the original file, and list what the reader noted while reading it."""
    facts = shelf.reports().loc[choice.report_id]
    name, data = shelf.library().original(choice.report_id)
    heading(_("原始文件"), _("与收到时一字不差，按指纹保存。"))
    st.download_button(
        _("下载 {name}").format(name=name), data, file_name=name, key="original", on_click="ignore"
    )
    offer_official(choice, report, facts["imported_at"].to_pydatetime())
    rows = {
        _("文件名"): name,
        _("入库时间"): facts["imported_at"].strftime("%Y-%m-%d %H:%M"),
        _("指纹（SHA-256）"): facts["sha256"],
    }
    lines = (
        tag("tr", tag("th", key, scope="row"), tag("td", value)) for key, value in rows.items()
    )
    show(scrolling(_("原始文件"), tag("table", tag("tbody", *lines))))
    heading(_("读取时的说明"))
    if not report.notes:
        show(tag("p", _("没有需要说明的地方。"), classes="dd-quiet"))
    for note in report.notes:
        cells = _("、").join(cell_name_in(report, place) for place in note.cells[:8])
        body = [tag("div", note.message)]
        if cells:
            body.append(tag("div", _("涉及：{cells}").format(cells=cells), classes="dd-quiet"))
        show(tag("div", joined(body), classes="dd-card"))
