"""What came back: the new version laid beside the one that a letter was about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import streamlit as st

from checks.catalogue import kind_name
from checks.findings import Finding
from checks.resubmission import FATES, Fate, Resubmission, Slip, fate_names, resubmission
from desk.letters import LetterNow
from form.decisions import as_printed
from form.editions import TABLE_KEYS, table
from form.figures import grouped
from form.language import _
from form.model import EditionKey, TableKey
from form.report import layout_edition
from form.today import today
from library.names import version_name
from outputs.compared_table import compared_table, print_of
from outputs.letters import Head, corrections_draft, document, letter_name, sender_of
from outputs.table_html import table_html
from pages.letters.acting import choose
from pages.letters.composing import DOCX
from pages.letters.sent import state_chips
from pages.parts import shelf
from pages.parts.appearance import is_dark
from pages.parts.grid import Column, grid_html
from pages.parts.heading import Tone, chip, heading, sentence
from pages.parts.letter_links import write_href
from pages.parts.links import href
from pages.parts.markup import Markup, link, show, tag
from pages.parts.report_choice import report_href

TONES: dict[Fate, Tone] = {
    "mended": "good",
    "still": "error",
    "new": "error",
    "other": "note",
    "spelling": "plain",
}


def compared(letter: LetterNow) -> Resubmission | None:
    """Return the version that came after a letter beside the one that it was about, where both are there."""
    old, came = letter.letter.report_id, letter.came
    if old is None or came is None:
        return None
    desk = shelf.desk()
    return resubmission(
        as_printed(shelf.report(old)),
        as_printed(shelf.report(came.report_id)),
        desk.judged(old),
        desk.judged(came.report_id),
        letter.letter.keys,
    )


def show_resubmission(letter: LetterNow, found: Resubmission, *, asked_again: bool) -> None:
    """Show what became of what a letter asked about, and everything else that was changed.

    `asked_again` where another letter has gone out since.
    """
    sentence(
        _("重报的{version}：{told}").format(version=_version(letter), told=found.sentence),
        _("{files}　·　{same}").format(files=_files(letter), same=found.same_sentence),
    )
    left, right = st.columns([2.1, 1], gap="medium")
    with right:
        _show_letter(letter)
        _show_cards(found)
        _offer(letter, found, asked_again=asked_again)
    with left:
        _show_tables(letter, found)


def _version(letter: LetterNow) -> str:
    return version_name(letter.came.version) if letter.came else ""


def _files(letter: LetterNow) -> str:
    files = shelf.reports()["file"]
    numbers = (letter.letter.report_id, letter.came.report_id if letter.came else None)
    versions = (letter.letter.version or 1, letter.came.version if letter.came else 1)
    named = (
        f"{version_name(version)} {files.get(number, '')}".strip()
        for number, version in zip(numbers, versions, strict=True)
    )
    return " → ".join(named)


def _show_tables(letter: LetterNow, found: Resubmission) -> None:
    names = {key: _table_name(key, layout_edition(found.new, key), found) for key in TABLE_KEYS}
    changed = [key for key in TABLE_KEYS if _changes(found, key)]
    first: TableKey = changed[0] if changed else "applications"
    tabs = st.tabs(list(names.values()), default=names[first], key="table", bind="query-params")
    asked = st.query_params.get("only", "")
    only = next((fate for fate in FATES if fate == asked), None)
    suspects = shelf.desk().suspects(letter.came.report_id) if letter.came else None
    for key, tab in zip(names, tabs, strict=True):
        if not tab.open or suspects is None:
            continue
        with tab:
            st.html(
                table_html(compared_table(found, key, suspects, only), dark=is_dark(), signs=())
            )
    _show_legend(letter, found, only)
    _show_changes(found, only)


def _table_name(key: TableKey, edition: EditionKey, found: Resubmission) -> str:
    count = _changes(found, key)
    name = table(key, edition).title.partition("、")[2]
    return f"{name} {grouped(count)}" if count else name


def _changes(found: Resubmission, key: TableKey) -> int:
    return sum(
        item.address.startswith(f"{key}.") for item in found.cells if item.fate != "spelling"
    )


def _show_legend(letter: LetterNow, found: Resubmission, only: Fate | None) -> None:
    """Show what the signs mean and how many there are; each leads to its cells alone."""
    counts: dict[Fate, str] = {
        "mended": _("改好 {n} 处").format(n=grouped(len(found.mended))),
        "still": _("仍错 {n} 处").format(n=grouped(found.not_mended - len(found.untold))),
        "new": _("新错 {n} 处").format(n=grouped(len(found.new_slips))),
        "other": _("未作要求的改动 {n} 格").format(n=grouped(len(found.of("other")))),
    }
    where = {"organ": letter.letter.agency, "year": letter.letter.year}
    items = [
        link(chip(text, TONES[fate]), href("letters", {**where, "only": fate}))
        for fate, text in counts.items()
    ]
    if only is not None:
        items.append(link(_("全部改动"), href("letters", where)))
    show(tag("div", *(part for item in items for part in (item, " ")), classes="dd-chips"))


def _show_changes(found: Resubmission, only: Fate | None) -> None:
    names = fate_names()
    rows = [
        (
            item.difference.place,
            print_of(item.address, item.difference.old),
            print_of(item.address, item.difference.new),
            chip(names[item.fate], TONES[item.fate]),
        )
        for item in found.cells
        if only in (None, item.fate)
    ]
    if not rows:
        return
    heading(_("改动的格"))
    columns = (
        Column(_("格")),
        Column(_("旧版"), "number"),
        Column(_("新版"), "number"),
        Column(_("性质"), "middle"),
    )
    show(grid_html(_("改动的格"), columns, rows))


def _show_cards(found: Resubmission) -> None:
    cards = [
        *(_slip_card(slip, "still") for slip in found.still),
        *(_slip_card(slip, "new") for slip in found.new_slips),
        *_list_card(_("无从核对"), (item.message for slip in found.untold for item in slip)),
        *_list_card(
            _("另改 {n} 格").format(n=grouped(len(found.of("other")))), found.events, "note"
        ),
        *_list_card(
            _("改好 {n} 处").format(n=grouped(len(found.mended))),
            _mended(found),
        ),
        *_list_card(
            _("另有 {n} 处没有要求改").format(n=grouped(len(found.left))),
            (_what(item) for slip in found.left for item in slip),
        ),
    ]
    show(tag("div", *cards, classes="dd-stack"))


def _slip_card(slip: Slip, fate: Fate) -> Markup:
    head = tag(
        "div",
        tag("span", _what(slip[0]), classes="dd-what"),
        chip(fate_names()[fate], TONES[fate]),
        classes="dd-head",
    )
    lines = (
        part
        for item in slip
        for part in (
            tag("div", item.equation, classes="dd-equation") if item.equation else "",
            tag("div", item.message, classes="dd-quiet"),
        )
    )
    return tag("div", head, *lines, classes="dd-card")


def _list_card(
    title: str, lines: Iterator[str] | Sequence[str], tone: str = ""
) -> Iterator[Markup]:
    told = [tag("li", line) for line in lines]
    if told:
        head = tag("div", title, classes="dd-what dd-amber" if tone == "note" else "dd-what")
        yield tag("div", head, tag("ul", *told, classes="dd-steps"), classes="dd-card")


def _mended(found: Resubmission) -> Iterator[str]:
    """Yield the cells that were mended, old and new; what no cell of its own mended by its name."""
    cells = found.of("mended")
    for item in cells:
        old, new = (print_of(item.address, x) for x in (item.difference.old, item.difference.new))
        yield f"{item.difference.place}　{old}→{new}"
    if not cells:
        yield from (_what(item) for slip in found.mended for item in slip)


def _what(item: Finding) -> str:
    name = kind_name(item.rule)
    return f"{name} · {item.place}" if item.place else name


def _show_letter(letter: LetterNow) -> None:
    """Show which letter this answers: when it went out, by when and when the answer came."""
    about, came = letter.letter, letter.came
    head = tag("span", _("函件 {number}").format(number=about.reference).strip(), classes="dd-what")
    sent = _("{day} 发").format(day=about.on.isoformat())
    if about.due is not None:
        sent = _("{sent}，限 {day}").format(sent=sent, day=about.due.isoformat())
    lines = [sent]
    if came is not None:
        said = _("{day} 收到{version}").format(day=came.on.isoformat(), version=_version(letter))
        if about.due is not None:
            in_time = came.on <= about.due
            ended = _("按期") if in_time else _("逾期")
            said = _("{said}，{ended}").format(said=said, ended=ended)
        lines.append(said)
    told = (tag("div", line, classes="dd-quiet") for line in lines)
    show(
        tag(
            "div",
            tag("div", head, state_chips(letter), classes="dd-head"),
            *told,
            classes="dd-card",
        )
    )


def _offer(letter: LetterNow, found: Resubmission, *, asked_again: bool) -> None:
    """Offer what comes next: a second letter, the report's page, the document, the first version."""
    about = letter.letter
    again = len(found.still) + len(found.new_slips) + len(found.left)
    other = len(found.of("other"))
    actions = []
    if again and not asked_again:
        text = _("写下一次函（{n} 处）").format(n=grouped(again))
        if other:
            both = _("写下一次函（{n} 处，并问另改 {m} 格）")
            text = both.format(n=grouped(again), m=grouped(other))
        address = write_href(about.agency, about.year)
        actions.append(link(text, address, classes="dd-button"))
    actions.append(link(_("看重报的报告、说明原因"), report_href(about.agency, about.year)))
    show(tag("div", *(part for item in actions for part in (item, " ")), classes="dd-jumps"))
    office = shelf.library().office
    with st.container(horizontal=True):
        head = Head(about.agency, about.year, today(), sender=sender_of(office.settings))
        old, new = version_name(about.version or 1), _version(letter)
        st.download_button(
            _("更正说明（新旧对照）"),
            lambda: document(
                corrections_draft(head, found, old, new), office.template("corrections")
            ),
            file_name=letter_name("corrections", about.agency, about.year, today()),
            mime=DOCX,
            key=f"corrections-{about.number}",
            on_click="ignore",
        )
        if about.report_id is not None and not letter.withdrawn:
            st.button(
                _("改以{version}为准").format(version=old),
                key=f"choose-{about.number}",
                on_click=choose,
                args=(about.report_id,),
            )
    show(tag("div", _("现在以{version}为准。").format(version=new), classes="dd-quiet"))
