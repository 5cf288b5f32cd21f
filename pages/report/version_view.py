"""What a new version or reading of a report changed, and what became of the decisions before."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from checks.versions import compare, finding_changes
from form.decisions import Question, in_force
from form.figures import cell_words, grouped
from form.language import _
from form.report import Cell, Report
from library.names import version_name
from pages.parts import shelf
from pages.parts.grid import Column, grid_html
from pages.parts.heading import heading, note
from pages.parts.markup import link, show, tag
from pages.parts.report_choice import Choice, choice_href
from pages.report import deciding
from pages.report.deciding import Repair
from pages.report.finding_body import what
from pages.report.log_view import entry_text
from pages.report.report_views import TAB, tab_names

MOST_CHANGES = 60


def questions_of(choice: Choice) -> tuple[Question, ...]:
    """Return the corrections about which a person has to say if they hold here."""
    return () if choice.version is None else shelf.library().log.open_questions(choice.report_id)


def show_questions_note(choice: Choice) -> None:
    """Say that corrections wait for a word, with the way to where they can be answered."""
    questions = questions_of(choice)
    reread = sum(_is_reread(choice, question) for question in questions)
    for count, text in (
        (len(questions) - reread, _("这一版印得不同，有 {n} 处更正要重新确认。")),
        (reread, _("重新读取后读数不同，有 {n} 处更正要重新确认。")),
    ):
        if count:
            way = link(_("去确认"), choice_href(choice, **{TAB: tab_names()["log"]}))
            note(text.format(n=grouped(count)), " ", way)


def _is_reread(choice: Choice, question: Question) -> bool:
    """Say whether a correction was made about this very report, which is read otherwise since."""
    return question.decision.report_id == choice.report_id


def show_version(choice: Choice, report: Report) -> None:
    """Show what this version changed, and ask what is open; nothing where neither is."""
    before = _version_before(choice)
    questions = questions_of(choice)
    if before is None and not questions:
        return
    if before is not None:
        number, older = before
        previous = shelf.library().as_read(older)
        heading(_("与{version}相比").format(version=version_name(number)))
        _show_changes(previous, shelf.library().as_read(choice.report_id))
        _show_fates(choice, report, older)
    for question in questions:
        _ask_again(choice, report, question)


def _version_before(choice: Choice) -> tuple[int, int] | None:
    """Return the number of the version before this one, and the id of its report."""
    reports = shelf.reports()
    same = reports[(reports["agency"] == choice.agency) & (reports["year"] == choice.year)]
    older = same[same["version"] < (choice.version or 0)].sort_values("version")
    if older.empty:
        return None
    return int(older["version"].iloc[-1]), int(older.index[-1])


def _show_changes(old: Report, new: Report) -> None:
    changed = compare(old, new)
    if not changed:
        show(tag("div", _("三张表的数字没有变化。"), classes="dd-quiet"))
        return
    rows = (
        (item.place, cell_words(item.old), cell_words(item.new)) for item in changed[:MOST_CHANGES]
    )
    columns = (Column(_("格")), Column(_("旧版"), "number"), Column(_("这一版"), "number"))
    show(grid_html(_("数字有变化的格"), columns, rows))
    left_out = len(changed) - MOST_CHANGES
    if left_out > 0:
        show(tag("div", _("另有 {n} 格").format(n=grouped(left_out)), classes="dd-quiet"))


def _show_fates(choice: Choice, report: Report, older: int) -> None:
    """Tell which findings are gone or new, and which corrections go on holding."""
    reading = shelf.library().as_read(choice.report_id)
    before, now = map(shelf.desk().printed, (older, choice.report_id))
    changes = finding_changes(before, now, reading)
    show(
        tag("div", changes.sentence, classes="dd-likely"),
        *_listed(_("这一版改好的问题"), map(what, changes.mended)),
        *_listed(_("这一版新出现的问题"), map(what, changes.new)),
        *_listed(_("因缺格无从核对的问题"), map(what, changes.untold)),
        *_listed(_("继续有效的更正"), _held(choice, report)),
    )


def _held(choice: Choice, report: Report) -> Iterator[str]:
    """Yield the corrections, made about another version, that hold in this one too."""
    reading = shelf.library().as_read(choice.report_id)
    decisions = shelf.library().log.of_report(choice.report_id)
    for address, item in in_force(reading.cells, decisions).items():
        if item.report_id != choice.report_id and report.cells[address].printed is not None:
            yield entry_text(item, shelf.library().log.editions([item]))


def _listed(title: str, items: Iterator[str]) -> Iterator[object]:
    told = [tag("li", item) for item in items]
    if told:
        yield tag("div", title, classes="dd-what dd-fates")
        yield tag("ul", *told, classes="dd-steps")


def _ask_again(choice: Choice, report: Report, question: Question) -> None:
    """Show both values of a correction that may or may not hold here, and let a person choose."""
    item, read = question.decision, question.read
    printed = cell_words(read)
    said = _("这一版印的是：{value}")
    reason = _("新版本重新确认")
    if _is_reread(choice, question):
        said, reason = _("原件没有变，现在读作：{value}"), _("重新读取后确认")
    with st.container(key=f"question-{item.number}", border=True):
        show(
            tag("div", _("要重新确认"), classes="dd-what dd-amber"),
            tag("div", entry_text(item, shelf.library().log.editions([item]))),
            tag("div", said.format(value=printed)),
        )
        with st.container(horizontal=True):
            for key, new, text in _answers(choice, question):
                st.button(
                    text.format(value=cell_words(new)),
                    key=f"{key}-{item.number}",
                    on_click=deciding.correct,
                    args=(
                        choice.report_id,
                        [Repair(item.address or "", report.cells[item.address or ""], new)],
                        reason,
                    ),
                )
            st.button(
                _("撤销原更正"),
                key=f"drop-{item.number}",
                on_click=deciding.undo,
                args=(item.number,),
            )


def _answers(choice: Choice, question: Question) -> Iterator[tuple[str, Cell, str]]:
    """Yield what may be right here: what was decided before, or what is read here now."""
    item, read = question.decision, question.read
    if read is None or item.new is None:
        return
    yield "again", item.new, _("仍改为 {value}")
    if read.mark not in ("unknown", "text"):
        is_reread = _is_reread(choice, question)
        yield (
            "print",
            read,
            _("以现在读的 {value} 为准") if is_reread else _("以这一版的 {value} 为准"),
        )
