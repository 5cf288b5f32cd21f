"""Reading again without a browser: what became of each file, and the words for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from desk.judging import judge_new
from form.figures import DASH_SIGN, grouped, mark_words
from form.language import _
from library.replacing import replace_readings, run_again
from library.rereading import Change, Selection, differences, sources
from library.store import Library

_JUDGED_AT_ONCE: Final = 32
"""Reports that were read again, which mostly are of one agency where they stand side by side."""


@dataclass(frozen=True, slots=True)
class Done:
    """What is read otherwise in a file, the reports whose reading that replaced, and in which run."""

    changes: Sequence[Change]
    replaced: tuple[int, ...] = ()
    run: int | None = None


def looked(library: Library, chosen: Selection) -> Iterator[Done]:
    """Read the originals again and keep nothing of it; yield what each file would change."""
    for _source, found in differences(library, sources(library, chosen, needed=True)):
        yield Done(found)


def read_again(library: Library, who: str | None, chosen: Selection) -> Iterator[Done]:
    """Read the originals again and let what is read otherwise count; yield what became of each file."""
    for item in replace_readings(library, who, selection=chosen):
        yield Done(item.changes, item.report_ids, item.run)


def go_on(library: Library, numbers: Sequence[int]) -> None:
    """Do what is left of runs that the app began, and judge what they bring as an import does."""
    for number in numbers:
        new: list[int] = []
        for item in run_again(library, number):
            new += item.report_ids
            if len(new) >= _JUDGED_AT_ONCE:
                judge_new(library, new)
                new.clear()
        if new:
            judge_new(library, new)


def reread_words(
    files: int, changes: Sequence[Change], replaced: Sequence[int], run: int | None
) -> Iterator[str]:
    """Yield in sentences what came of reading so many files again."""
    yield _("重读 {files} 份文件，有 {changes} 处不同，涉及 {reports} 份年报").format(
        files=grouped(files),
        changes=grouped(len(changes)),
        reports=grouped(len({change.report_id for change in changes})),
    )
    if replaced:
        sentence = _("{n} 份年报换成了新的读数；要整次撤回：cli.py reread --undo {run}")
        yield sentence.format(n=grouped(len(replaced)), run=run)


def undone_words(run: int, restored: Sequence[int]) -> str:
    """Return in a sentence that a run was taken back."""
    sentence = _("已撤回第 {run} 次重新读取，{n} 份年报恢复了原来的读数")
    return sentence.format(run=run, n=grouped(len(restored)))


def change_line(change: Change) -> str:
    """Return one line on what another reading says: whose, where, from what to what, and why."""
    whose = f"{change.agency or _('机关不明')} {change.year or _('年度不明')} #{change.report_id}"
    if change.address is None:
        return _("{report}：保持不变：{why}").format(report=whose, why=change.why)
    old, new = (_said(change.address, value) for value in (change.old, change.new))
    readers = " → ".join(
        str(version or DASH_SIGN) for version in (change.reader_from, change.reader_to)
    )
    return f"{whose} {change.address}: {old} → {new}（{change.why}；{_('读法')} {readers}）"


def _said(address: str, value: Any) -> str:
    """Return in a few words what a reading says at an address: of texts and notes how many."""
    if value is None:
        return DASH_SIGN
    if isinstance(value, dict):
        printed = value["raw"].strip() or mark_words()["blank"]
        known = value["mark"] in ("number", "typed") and printed == str(value["value"])
        return printed if known else f"{printed} [{value['mark']} {value['value']}]"
    if isinstance(value, list):
        return _("{n} 条").format(n=grouped(len(value)))
    if address.startswith("prose."):
        return _("{n} 字").format(n=grouped(len(value)))
    return str(value)
