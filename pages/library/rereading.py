"""重新读取: look what today's readers make of the originals, let it count, take it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import streamlit as st

from form.figures import DASH_SIGN, grouped
from form.language import _
from form.today import minute
from library import runs
from library.errors import LibraryError
from library.importing import READER
from library.replacing import undo_run
from library.rereading import EVERYTHING, Selection
from library.runs import Found, Run
from pages.library.rereading_table import show_changes
from pages.parts import shelf
from pages.parts.boundary import boundary
from pages.parts.grid import Column, grid_html
from pages.parts.heading import chip, heading, note, nothing_here
from pages.parts.markup import Markup, link, show, tag
from pages.parts.person import person
from pages.parts.picker import bar
from pages.parts.registry import entry
from pages.parts.reread_notice import older_reports, rereading_href
from pages.parts.time_left import time_left

RUN = "run"
SECONDS_BETWEEN_LOOKS = 1.0
QUIET_FOR_TOO_LONG = 20.0
"""Seconds without a process at it after which a run is taken for cut short."""


def show_rereading() -> None:
    """Show what there is to read again, the run that is looked at, and those before it."""
    if not shelf.read_by():
        nothing_here(
            _("还没有可以重新读取的报告。"),
            _("读取程序改进以后，已入库的原件可以在这里用新的读法再读一遍。"),
        )
        st.page_link(entry("upload").path, label=_("去上传报告"))
        return
    known = runs.recent(shelf.library())
    heading(_("重新读取"), _intro(known))
    going = next((item for item in known if item.is_open), None)
    asked = st.query_params.get(RUN, "")
    shown = next((item for item in known if str(item.number) == asked), going)
    if going is None:
        _offer()
    if shown is not None:
        _show_run(shown)
    _show_earlier([item for item in known if shown is None or item.number != shown.number])


def _intro(known: Sequence[Run]) -> str:
    """Say by which readers reports stand, and whether these have read everything since."""
    older, every = older_reports(), sum(shelf.read_by().values())
    if not older:
        return _("{n} 份年报都是现在的读法（第 {reader} 版）读出的，不必重读。").format(
            n=grouped(every), reader=READER
        )
    text = _("{all} 份年报里有 {n} 份是旧读法读出的，现在的读法是第 {reader} 版。").format(
        all=grouped(every), n=grouped(older), reader=READER
    )
    whole = next((item for item in known if _has_read_all(item)), None)
    if whole is not None:
        return text + _(
            "{when} 已经用现在的读法全部读过一遍；读出来一样的不必更换，仍记着原来的读法。"
        ).format(when=minute(whole.started_at))
    return text + _(
        "试读只看不改；换成新读数以后，归属、版本、更正和说明都保留，印的数读法变了的更正会再问一次，也可以整次撤回。"
    )


def _has_read_all(run: Run) -> bool:
    """Say whether today's readers have read everything in this run, and it still holds."""
    is_whole = not run.dry and run.selection.is_all and run.reader == READER
    return is_whole and run.finished_at is not None and run.undone_at is None


def _offer() -> None:
    """Let people say what is to be looked at, and begin."""
    reports = shelf.reports()
    named = reports[reports["version"].notna()]
    first, second, button = bar(1)[:3]
    of_years = first.multiselect(
        _("年度（不选即全部）"),
        sorted({int(year) for year in named["year"]}, reverse=True),
        key="reread-years",
        placeholder=_("全部年度"),
    )
    of_agencies = second.multiselect(
        _("机构（不选即全部，含待认领和回收站）"),
        list(dict.fromkeys(named["agency"])),
        key="reread-agencies",
        placeholder=_("全部机构"),
    )
    chosen = Selection(tuple(map(str, of_agencies)), tuple(map(int, of_years)))
    button.button(
        _("开始试读"), type="primary", key="reread-look", on_click=_begin, args=(chosen, True)
    )


def _begin(chosen: Selection, dry: bool) -> None:
    """Begin a run and look at it; a callback."""
    kept = shelf.library()
    if runs.unfinished(kept):
        st.toast(_("另一次重新读取还没有做完。"))
        return
    try:
        number = runs.create(kept, person(), chosen, dry=dry)
    except LibraryError as error:
        st.toast(error.message)
        return
    runs.start(kept, number)
    st.query_params[RUN] = str(number)


def _show_run(run: Run) -> None:
    heading(_title(run), _facts(run))
    every = SECONDS_BETWEEN_LOOKS if run.is_open else None
    st.fragment(_watch, run_every=every)(run.number, run.is_open)
    if run.is_open:
        return
    found = runs.found(shelf.library(), run.number)
    replaced = runs.replaced(shelf.library(), run.number)
    _say_outcome(run, found, replaced)
    _act(run, found, replaced)
    if found.changes:
        show_changes(run.number, found)


def _title(run: Run) -> str:
    kind = _("试读") if run.dry else _("换成新读数")
    return _("第 {n} 次：{kind}").format(n=run.number, kind=kind)


def _facts(run: Run) -> str:
    return _("；").join(
        (
            _selection_words(run.selection),
            _("第 {n} 版读法").format(n=run.reader),
            minute(run.started_at),
            run.who or _("未署名"),
        )
    )


def _selection_words(selection: Selection) -> str:
    if selection == EVERYTHING:
        return _("全部报告")
    whose = _("、").join(selection.agencies[:3]) or _("全部机构")
    if len(selection.agencies) > 3:
        whose = _("{some}等 {n} 家").format(some=whose, n=grouped(len(selection.agencies)))
    years = _("、").join(map(str, sorted(selection.years)))
    return f"{whose} {years}" if years else whose


def _watch(number: int, was_open: bool) -> None:
    """Show how far a run is, and look again until it is at its end."""
    with boundary():
        kept = shelf.library()
        run = runs.get(kept, number)
        if was_open and not run.is_open:
            st.rerun()
        if not run.is_open:
            return
        show(_progress(run, runs.found(kept, number)))
        quiet = (datetime.now(UTC) - run.touched_at).total_seconds()
        if quiet > QUIET_FOR_TOO_LONG and not runs.is_at_it(kept):
            note(_("重新读取好像中断了；已经读过的不受影响。"))
            st.button(_("接着读"), key="reread-go-on", on_click=_go_on, args=(number,))
        if run.dry:
            st.button(_("停止试读"), key="reread-stop", on_click=runs.stop, args=(kept, number))
        else:
            _undo_button(run)


def _go_on(number: int) -> None:
    runs.start(shelf.library(), number)


def _progress(run: Run, found: Found) -> Markup:
    percent = 100 * run.done // run.files if run.files else 100
    head = _("已读 {done} / {all} 个文件").format(done=grouped(run.done), all=grouped(run.files))
    so_far = _("到现在有 {n} 处不同").format(n=grouped(found.changes))
    words = _("，").join([so_far, *time_left(run.started_at, run.touched_at, run.done, run.files)])
    return tag(
        "div",
        tag("div", head, classes="dd-what"),
        tag("div", tag("span", style=f"width:{percent}%"), classes="dd-bar"),
        tag("div", words, _("；可以离开本页或刷新，不会中断。"), classes="dd-quiet"),
        role="status",
    )


def _say_outcome(run: Run, found: Found, replaced: int) -> None:
    """Say in a sentence what came of a run."""
    if run.undone_at is not None:
        ended = _("{when} 停止了").format(when=minute(run.undone_at))
        if not run.dry:
            ended = _("{when} 整次撤回了，读数和原来一样").format(when=minute(run.undone_at))
        show(tag("div", chip(_("已停止") if run.dry else _("已撤回")), " ", ended))
        return
    if run.finished_at is None:
        note(_("没有做完，读取程序就又更新了；要看现在的读法，请重新试读。"))
    if not run.told:
        said = _("这次重新读取是旧版程序做的，逐处的明细没有留下；换了 {n} 份年报的读数。")
        note(said.format(n=grouped(replaced)))
        return
    if not found.changes:
        nothing_here(
            _("没有不同。"),
            _("{n} 个文件用现在的读法重读，每一格都和库里的一样。").format(n=grouped(run.done)),
        )
        return
    text = _("{files} 个文件里有 {n} 处读法不同，涉及 {reports} 份年报")
    if not run.dry:
        text = _("{files} 个文件里有 {n} 处读法变了，涉及 {reports} 份年报")
    said = text.format(
        files=grouped(run.done), n=grouped(found.changes), reports=grouped(found.reports)
    )
    left = _("；其中 {n} 份认不准是哪一份，保持原样").format(n=grouped(found.left))
    show(tag("div", said, left if found.left else "", _("。"), classes="dd-sentence"))


def _act(run: Run, found: Found, replaced: int) -> None:
    """Offer what follows from a run: let what was looked at count, or take it back."""
    if run.undone_at is not None:
        return
    if not run.dry:
        if replaced:
            _undo_button(run)
        return
    can = found.reports - found.left
    if run.finished_at is None or run.reader != READER or can <= 0 or _is_applied(run):
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            _("全部换成新读数"),
            type="primary",
            key="reread-apply",
            on_click=_begin,
            args=(run.selection, False),
        )
        show(tag("div", _("会按这次的范围再读一遍并逐份更换；可以整次撤回。"), classes="dd-quiet"))


def _is_applied(run: Run) -> bool:
    """Say whether a run that replaces readings followed one that looked, and still holds."""
    return any(
        not later.dry and later.undone_at is None and later.selection == run.selection
        for later in runs.recent(shelf.library())
        if later.number > run.number and later.reader == run.reader
    )


def _undo_button(run: Run) -> None:
    st.button(_("整次撤回"), key="reread-undo", on_click=_undo, args=(run.number,))


def _undo(number: int) -> None:
    """Take a run back; a callback."""
    try:
        restored = undo_run(shelf.library(), number, person())
    except LibraryError as error:
        st.toast(error.message)
        return
    st.toast(_("已撤回，{n} 份年报恢复了原来的读数。").format(n=grouped(len(restored))))


def _show_earlier(known: list[Run]) -> None:
    if not known:
        return
    heading(_("各次重新读取"))
    columns = (
        Column(_("次")),
        Column(_("开始")),
        Column(_("经办人")),
        Column(_("范围")),
        Column(_("读法"), "number"),
        Column(_("文件"), "number"),
        Column(_("结果")),
    )
    show(grid_html(_("各次重新读取"), columns, map(_line, known)))


def _line(run: Run) -> tuple[object, ...]:
    return (
        link(_title(run), rereading_href(run.number)),
        minute(run.started_at),
        run.who or _("未署名"),
        _selection_words(run.selection),
        str(run.reader),
        grouped(run.done) if run.told else DASH_SIGN,
        _state(run),
    )


def _state(run: Run) -> Markup:
    if run.undone_at is not None:
        return chip(_("已停止") if run.dry else _("已撤回"))
    if run.is_open:
        return chip(_("正在读"), "note")
    if run.finished_at is None:
        return chip(_("没有做完"), "note")
    return chip(_("已看完") if run.dry else _("已更换"), "plain" if run.dry else "good")
