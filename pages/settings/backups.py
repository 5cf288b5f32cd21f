"""The last backup, a button for a new one, and those that wait to be fetched."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

import streamlit as st

from form.figures import grouped
from form.language import _
from form.today import minute, today
from library.backups import kept
from library.backups.kept import Last
from outputs.names import file_name
from pages.parts import shelf
from pages.parts.boundary import boundary
from pages.parts.heading import chip, note
from pages.parts.markup import Markup, link, show, tag

FETCHED_FROM: Final = "backup"
"""The first part of the address that backups are fetched from."""
SECONDS_BETWEEN_LOOKS: Final = 1.0
_STARTED: Final = "backup-started"
_MB: Final = 1024 * 1024


def show_backups() -> None:
    """Show when the library was backed up last, and offer to do it now."""
    going = _is_going()
    st.fragment(_watch, run_every=SECONDS_BETWEEN_LOOKS if going else None)(going)
    st.button(_("立即备份"), type="primary", key="backup-now", on_click=_begin, disabled=going)
    for path in kept.to_fetch(shelf.library()):
        size = _size(path.stat().st_size)
        href = f"{FETCHED_FROM}/{quote(path.name)}"
        show(tag("div", link(_("下载 {name}").format(name=path.name), href), " ", size))
    kept_here = _(
        "备份和资料库在同一块磁盘上，只留最近 {n} 份，请下载后另存别处；恢复的办法见使用手册。"
    )
    show(tag("div", kept_here.format(n=grouped(kept.FETCHED_AT_MOST)), classes="dd-quiet"))


def _is_going() -> bool:
    """Say whether a backup is being made, or was asked for by this visitor and has yet to begin."""
    if kept.progress(shelf.library()) is not None:
        return True
    process = st.session_state.get(_STARTED)
    return process is not None and process.poll() is None


def _begin() -> None:
    """Start a backup; a callback."""
    name = file_name(_("资料库备份"), (), today(), "zip")
    st.session_state[_STARTED] = kept.start(shelf.library(), name)


def _watch(was_going: bool) -> None:
    """Show how things stand, and look again until a backup at work is done."""
    with boundary():
        going = _is_going()
        if was_going and not going:
            st.rerun()
        if going:
            show(_progress(kept.progress(shelf.library()) or (0, 0)))
            return
        last = kept.last(shelf.library())
        if last.failed is not None:
            note(_("最近一次备份没有做成：{why}").format(why=last.failed))
        show(tag("div", *_last_words(last), classes="dd-sentence"))


def _progress(counted: tuple[int, int]) -> Markup:
    done, every = counted
    percent = 100 * done // every if every else 0
    said = _("正在备份：已写入 {done} / {all} 份原件")
    return tag(
        "div",
        tag("div", said.format(done=grouped(done), all=grouped(every)), classes="dd-what"),
        tag("div", tag("span", style=f"width:{percent}%"), classes="dd-bar"),
        tag("div", _("可以离开本页或刷新，不会中断。"), classes="dd-quiet"),
        role="status",
    )


def _last_words(last: Last) -> tuple[object, ...]:
    if last.moment is None or last.revision is None:
        return (chip(_("还没有备份过"), "note"),)
    said = _("上次备份：{when}").format(when=minute(last.moment))
    later = shelf.library().revision - last.revision
    since = _("此后资料库没有改动")
    if later:
        since = _("此后资料库又改动了 {n} 次").format(n=grouped(later))
    words: list[object] = [said, " ", chip(since, "note" if later else "good")]
    if last.lost:
        lost = _("有 {n} 份原件在资料库里已丢失或损坏，不在备份里").format(n=grouped(last.lost))
        words += [" ", chip(lost, "error")]
    return tuple(words)


def _size(size: int) -> str:
    return _("（{n} MB）").format(n=grouped(max(1, size // _MB)))
