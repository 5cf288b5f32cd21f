"""What the two kinds of letters share: the boxes around the text, the preview, the two buttons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import streamlit as st

from form.figures import grouped
from form.language import _
from form.letters import LetterKind
from form.today import today
from library.letters import Outgoing
from outputs.letters import (
    Draft,
    Head,
    Line,
    Sender,
    TemplateError,
    document,
    letter_name,
    lines_of,
    sender_of,
    zipped,
)
from pages.letters.acting import send
from pages.parts import shelf
from pages.parts.heading import note
from pages.parts.letter_links import part_href
from pages.parts.markup import Markup, link, show, tag

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Addressee:
    """One to whom a letter goes: the report that it is about, None of a reminder; which letter it is."""

    agency: str
    year: int
    report_id: int | None = None
    version: int | None = None
    round: int = 1


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around the text of all letters that are written at once."""

    on: date
    due: date
    first: str
    sender: Sender
    taken: frozenset[str]

    def heads(self, addressees: Sequence[Addressee]) -> tuple[Head, ...]:
        """Return the head of each letter, with a reference number of its own."""
        settings, taken, found = shelf.library().office.settings, {*self.taken}, []
        for at, item in enumerate(addressees):
            reference = self.first if not at else settings.reference(self.on, taken)
            taken.add(reference)
            found.append(
                Head(
                    item.agency, item.year, self.on, self.due, reference, self.sender,
                    item.round, item.version,
                )
            )  # fmt: skip
        return tuple(found)


Compose = Callable[[Addressee, Head], Draft]


def ask_around(kind: LetterKind) -> Around:
    """Show the boxes for day, term and first reference number."""
    settings = shelf.library().office.settings
    taken = frozenset(item.reference for item in shelf.letters() if item.reference)
    day_box, due_box, number_box = st.columns(3, gap="small", vertical_alignment="bottom")
    on = day_box.date_input(_("发函日期"), today(), key=f"{kind}-on", format="YYYY-MM-DD")
    due = due_box.date_input(
        _("回复期限"), on + timedelta(settings.days), key=f"{kind}-due", format="YYYY-MM-DD"
    )
    first = number_box.text_input(
        _("文号（多份时往下编）"),
        settings.reference(on, taken),
        key=f"{kind}-number-{len(taken)}",
        max_chars=60,
    )
    if not settings.office:
        note(_("还没有填写发函机关，函件落款会空着："), " ", _setup_link())
    return Around(on, due, first.strip(), sender_of(settings), taken)


def _setup_link() -> Markup:
    return link(_("去填写"), part_href("setup"))


def show_letters(
    kind: LetterKind, addressees: Sequence[Addressee], around: Around, compose: Compose
) -> None:
    """Show a preview of one of the letters, and offer all of them; nothing where there is none."""
    if not addressees:
        return
    template = shelf.library().office.template(kind)

    def written() -> list[tuple[Addressee, Head, Draft, bytes]]:
        heads = zip(addressees, around.heads(addressees), strict=True)
        drafts = [(item, head, compose(item, head)) for item, head in heads]
        return [(*told, document(told[2], template)) for told in drafts]

    def files() -> bytes:
        made = written()
        if len(made) == 1:
            return made[0][3]
        named = [
            (letter_name(kind, item.agency, item.year, around.on), data)
            for item, _h, _d, data in made
        ]
        return zipped(named)

    def outgoing() -> list[Outgoing]:
        return [
            Outgoing(
                kind, item.agency, item.year, around.on, around.due, head.reference, data,
                item.report_id, draft.findings,
            )
            for item, head, draft, data in written()
        ]  # fmt: skip

    with st.container(horizontal=True):
        single = len(addressees) == 1
        name = letter_name(kind, addressees[0].agency, addressees[0].year, around.on)
        st.download_button(
            _("下载 Word 文件")
            if single
            else _("下载 {n} 份（ZIP）").format(n=grouped(len(addressees))),
            files,
            file_name=name if single else name.replace(".docx", ".zip"),
            mime=DOCX if single else "application/zip",
            key=f"{kind}-download",
            on_click="ignore",
        )
        st.button(
            _("记为已发（{n} 份）").format(n=grouped(len(addressees))),
            key=f"{kind}-send",
            type="primary",
            on_click=send,
            args=(outgoing,),
        )
    _preview(kind, addressees, around, compose, template)


def _preview(
    kind: LetterKind,
    addressees: Sequence[Addressee],
    around: Around,
    compose: Compose,
    template: bytes | None,
) -> None:
    names = [item.agency for item in addressees]
    at = 0
    if len(names) > 1:
        picked = st.selectbox(_("预览"), names, key=f"{kind}-preview")
        at = names.index(picked) if picked in names else 0
    head = around.heads(addressees)[at]
    try:
        show_document(document(compose(addressees[at], head), template))
    except TemplateError as error:
        note(error.message, " ", _setup_link())


def show_document(data: bytes) -> None:
    """Show what a letter says, as it will stand on the paper."""
    show(
        tag(
            "div",
            *map(_line, lines_of(data)),
            classes="dd-paper",
            role="region",
            aria_label=_("函件正文"),
        )
    )


def _line(line: Line) -> Markup:
    if line.cells:
        cells = (tag("span", text, classes="dd-paper-cell") for text in line.cells)
        return tag("div", *cells, classes="dd-paper-row")
    return tag("p", line.text, classes=f"dd-paper-{line.side}")
