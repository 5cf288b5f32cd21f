"""已发函件: what went out about a year, and what state each letter is in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from desk.letters import LetterNow
from form.figures import grouped
from form.language import _
from form.letters import LetterState, kind_names, state_names
from library.names import version_name
from pages.parts import scope, shelf
from pages.parts.grid import Column, grid_html, page_of
from pages.parts.heading import Tone, chip, nothing_here, sentence
from pages.parts.letter_links import organ_href
from pages.parts.markup import Markup, joined, link, show

TONES: dict[LetterState, Tone] = {
    "sent": "plain",
    "overdue": "note",
    "answered": "note",
    "arrived": "plain",
    "judging": "plain",
    "mended": "good",
    "unmended": "note",
    "unmended_overdue": "error",
    "received": "good",
    "withdrawn": "note",
}


def show_sent(year: int, letters: Sequence[LetterNow]) -> None:
    """List the letters about a year, the newest first."""
    narrow = scope.agencies(shelf.now())
    own = [
        item
        for item in reversed(letters)
        if item.letter.year == year and (narrow is None or item.letter.agency in narrow)
    ]
    if not own:
        nothing_here(
            _("{year} 年度还没有发过函。").format(year=year), _("写好的函记为已发以后，列在这里。")
        )
        return
    counts = Counter(item.state for item in own)
    told = _("，").join(
        f"{name} {grouped(counts[state])}" for state, name in state_names().items() if counts[state]
    )
    text = _("{year} 年度发函 {n} 份：{told}")
    sentence(text.format(year=year, n=grouped(len(own)), told=told))
    columns = (
        Column(_("机关")),
        Column(_("文号")),
        Column(_("类型"), "middle"),
        Column(_("发函"), "middle"),
        Column(_("期限"), "middle"),
        Column(_("状态")),
        Column(_("重报")),
    )
    shown = own[page_of(len(own), "sent-page")]
    show(grid_html(_("已发函件"), columns, map(_row, shown)))


def state_chips(item: LetterNow) -> Markup:
    """Return the state of a letter, and that its report is gone, as chips."""
    names = state_names()
    chips = [chip(names[item.state], TONES[item.state])]
    if item.withdrawn and item.state != "withdrawn":
        chips.append(chip(names["withdrawn"], TONES["withdrawn"]))
    return joined(part for chip_ in chips for part in (" ", chip_))


def _row(item: LetterNow) -> tuple[object, ...]:
    letter = item.letter
    came = ""
    if item.came is not None:
        came = f"{item.came.on.isoformat()} {version_name(item.came.version)}"
    return (
        link(letter.agency, organ_href(letter.agency, letter.year)),
        letter.reference,
        kind_names()[letter.kind],
        letter.on.isoformat(),
        "" if letter.due is None else letter.due.isoformat(),
        state_chips(item),
        came,
    )
