"""What style sheets and attributes of a web page take out of what is seen: struck, raised, hidden.

Only what matters for that is read: the few properties by which text is struck out, raised or not
shown, as attributes and the sheets in the page declare them (`loaders.html.stylesheets`). A page is
marked once (`mark`), and only if its source holds anything of the kind (`may_be_odd`).
"""

from __future__ import annotations

import re
from colorsys import hls_to_rgb
from dataclasses import dataclass, replace
from typing import Final

from lxml import etree
from PIL.ImageColor import colormap

from form.report import Oddity
from form.values import mark_of
from loaders.html.stylesheets import Declared, Rules, written

SEEN: Final = "data-dd-seen"
"""The attribute in which a marked page keeps what is odd about the text of an element."""

WRITTEN: Final = "data-dd-written"
"""The attribute that an element has beside whose text a style sheet writes a digit."""

MARKED: Final = "data-dd-marked"
"""The attribute that the root of a marked page has."""

_ODD_SOURCE: Final = re.compile(
    r"line-through|vertical-align\s*:\s*(?:super|sub|text-top|[-.\d])|display\s*:\s*none"
    r"|visibility\s*:\s*(?:hidden|collapse)|(?:font-size|opacity)\s*:\s*0?\.?0+\s*(?:[a-z%;\"'}!]|$)"
    r"|(?:font-size|opacity)\s*:\s*[01]?\.\d|font-size\s*:\s*1p|font\s*:[^;}\"']*\b[01]p?[xt]?\b"
    r"|text-indent\s*:\s*-\d{3}|transparent|<(?:del|s|strike|sup|sub|rt|rp|dialog)\b|\shidden\b"
    r"|position\s*:\s*(?:absolute|fixed)|overflow(?:-[xy])?\s*:\s*(?:hidden|clip)|scale|\\"
    r"|content-visibility|filter\s*:|position\s*:\s*relative|(?<![-\w])content\s*:",
    re.IGNORECASE,
)
_COLOUR_SOURCE: Final = re.compile(r"(?:color\s*[:=]|background\s*:|bgcolor)", re.IGNORECASE)
_ODD_WORDS: Final = (
    *("line-through", "vertical-align", "display", "visibility", "font-size", "opacity"),
    *("text-indent", "transparent", "color", "background", "hidden"),
    *("font", "position", "overflow", "scale", "filter", "\\", "content"),
    *("<del", "<s>", "<s ", "<strike", "<sup", "<sub", "<rt", "<rp", "<dialog"),
)
_STRUCK: Final = frozenset({"del", "s", "strike"})
_RAISED: Final = frozenset({"sup", "sub", "rt"})
_CELLS: Final = frozenset({"td", "th"})
_NOT_INLINE: Final = _CELLS | {"tr", "tbody", "thead", "tfoot", "table", "col", "colgroup", "img"}
BLOCKS: Final = frozenset(
    (
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "caption",
            "center",
            "dd",
            "details",
        ),
        *("dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "legend", "li", "main"),
        *("menu", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th"),
        *("thead", "tr", "ul"),
    )
)
"""Elements that stand below each other and not in a line."""
_WHOLE_PAGE: Final = frozenset({"html", "body"})
_NO_SIZE: Final = re.compile(r"[+-]?0*\.?0+(?:[a-z]+|%)?")
_TINY: Final = re.compile(r"[+-]?0*\.?0+(?:[a-z]+|%)?|[01]?(?:\.\d+)?p[xt]|1p[xt]")
"""Letters smaller than two points or pixels, as on a page of a PDF."""
_SIZE_IN_FONT: Final = re.compile(r"(?:^|\s)([\d.]+(?:[a-z]+|%)?)(?=\s|/|$)")
_FAR_AWAY: Final = re.compile(r"-\d{3,}")
_CLIPPED: Final = re.compile(
    r"rect\(\s*(?:[01](?:px)?[\s,]*)+\)|inset\(\s*(?:[5-9]\d|100)%.*|circle\(\s*0.*"
)
_SCALED_OFF: Final = re.compile(r"0*\.?0+|.*\bscale[xy]?\(\s*0*\.?0+\s*[,)].*")
_SEEN_THROUGH: Final = re.compile(r".*\bopacity\(\s*0*\.?0+%?\s*\).*")
_CLEAR: Final = re.compile(
    r"transparent|#[0-9a-f]{3}0|#[0-9a-f]{6}00|(?:rgb|hsl)a?\(.*[,/]\s*0*\.?0+%?\s*\)"
)
_CLEAR_COLOUR: Final = "transparent"
_LIFTED: Final = re.compile(r"super|sub|text-top|[-+]?(?=[\d.]*[1-9])[\d.]+(?:[a-z]+|%)")
_STRING: Final = re.compile(r"""["']([^"']*)["']""")
_ATTRIBUTE: Final = re.compile(r"attr\(\s*([\w-]+)\s*\)")
_DIGIT: Final = re.compile(r"\d")
_COUNTER: Final = re.compile(r"\bcounters?\(")
_LENGTH: Final = re.compile(r"[-+]?(\d*\.?\d+)(px|pt|em)")
_LEAST_MOVED: Final = {"px": 4.0, "pt": 3.0, "em": 0.25}
"""Off the line from which a run is raised; less is an editor's adjusting."""
_HEX: Final = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})")
_OPAQUE: Final = r"(?:\s*[,/]\s*(?:1(?:\.0*)?|100%))?\s*\)"
_COMMA: Final = r"(?:\s*,\s*|\s+)"
_RGB: Final = re.compile(
    r"rgba?\(\s*(\d{1,3}%?)" + 2 * (_COMMA + r"(\d{1,3}%?)") + _OPAQUE,
)
_HSL: Final = re.compile(
    r"hsla?\(\s*(\d{1,3})(?:deg)?" + 2 * (_COMMA + r"(\d{1,3})%") + _OPAQUE,
)


@dataclass(frozen=True, slots=True)
class _Look:
    """How the text of an element looks, what it has from the elements around it included."""

    is_struck: bool = False
    is_raised: bool = False
    is_unseen: bool = False
    is_sizeless: bool = False
    is_gone: bool = False
    is_away: bool = False
    """Drawn where or so that nobody sees it, with everything in it."""
    colour: str | None = None
    ground: str | None = None

    @property
    def oddity(self) -> Oddity | None:
        blends = self.colour is not None and self.colour in (self.ground, _CLEAR_COLOUR)
        if self.is_gone or self.is_away or self.is_unseen or self.is_sizeless or blends:
            return "hidden"
        return "struck" if self.is_struck else "raised" if self.is_raised else None


class _Letters:
    """Counts the letters that elements hold, each once."""

    def __init__(self) -> None:
        self._known: dict[etree._Element, int] = {}

    def of(self, element: etree._Element) -> int:
        """Return how many signs stand in an element, blanks left out."""
        if element not in self._known:
            words = "".join(map(str, element.itertext())).split()
            self._known[element] = sum(map(len, words))
        return self._known[element]


def may_be_odd(source: str) -> bool:
    """Say whether the source of a page holds anything that may take text out of what is seen."""
    folded = source.lower()
    # Looking for fixed words first is many times as fast, and most pages hold none of them.
    if not any(word in folded for word in _ODD_WORDS):
        return False
    return _COLOUR_SOURCE.search(folded) is not None or _ODD_SOURCE.search(folded) is not None


def mark(root: etree._Element) -> None:
    """Write into the elements of a page what is odd about their text, where it changes.

    What is not displayed at all gets the attribute `hidden`, as if the page had said it there.
    """
    root.set(MARKED, "")
    rules = Rules(root)
    letters = _Letters()
    stack: list[tuple[etree._Element, _Look]] = [(root, _Look())]
    while stack:
        element, above = stack.pop()
        declared = rules.declared(element, _own(element))
        look = _look(element, above, declared, letters)
        if any(_writes_digits(content, element) for content in written(declared)):
            element.set(WRITTEN, "")
        if look.is_gone and not above.is_gone:
            element.set("hidden", "")
        if look.oddity != above.oddity:
            element.set(SEEN, look.oddity or "")
        stack += [(child, look) for child in element]


def _writes_digits(content: str, element: etree._Element) -> bool:
    """Say whether `content` of a style sheet writes digits: itself, by counting, or a number out
    of an attribute, where a label may stand as well."""
    if any(map(_DIGIT.search, _STRING.findall(content))):
        return True
    if _COUNTER.search(_STRING.sub("", content)):
        return True
    named = (element.get(name, "") for name in _ATTRIBUTE.findall(content))
    return any(mark_of(value) in ("number", "unknown") for value in named)


def _look(element: etree._Element, above: _Look, declared: Declared, letters: _Letters) -> _Look:
    tag = element.tag
    if tag in _CELLS:
        above = replace(above, colour=None, ground=None, is_raised=False)
    is_gone = _is_gone(element, declared)
    if not declared and tag not in _STRUCK and tag not in _RAISED and not is_gone:
        return above
    line = declared.get("text-decoration", "") + " " + declared.get("text-decoration-line", "")
    is_struck = "line-through" in line or (tag in _STRUCK and "none" not in line)
    return _Look(
        above.is_struck or is_struck,
        above.is_raised or _is_raised(tag, declared) or _is_moved(element, declared, letters),
        _is_unseen(declared, above),
        _is_sizeless(declared, above),
        above.is_gone or is_gone,
        above.is_away or _is_away(tag, declared),
        _letters(declared) or above.colour,
        _colour(declared.get("background-color") or declared.get("background")) or above.ground,
    )


def _is_gone(element: etree._Element, declared: Declared) -> bool:
    """Say whether an element takes no place at all, by its rules or by what browsers do."""
    if element.get("hidden") is not None:
        return True
    is_shut = element.tag == "rp" or (element.tag == "dialog" and element.get("open") is None)
    return declared.get("display", "none" if is_shut else "") == "none"


def _is_away(tag: str, declared: Declared) -> bool:
    """Say whether an element is drawn where, or so, that nothing in it is seen."""
    return (
        _NO_SIZE.fullmatch(declared.get("opacity", "1")) is not None
        or _FAR_AWAY.match(declared.get("text-indent", "")) is not None
        or _SEEN_THROUGH.fullmatch(declared.get("filter", "")) is not None
        or _is_out_of_place(declared)
        or _is_cut_off(tag, declared)
    )


def _is_out_of_place(declared: Declared) -> bool:
    if declared.get("position") not in ("absolute", "fixed"):
        return False
    far = (declared.get(side, "") for side in ("left", "top", "right", "bottom"))
    clipped = (declared.get(name, "") for name in ("clip", "clip-path"))
    return any(map(_FAR_AWAY.match, far)) or any(map(_CLIPPED.fullmatch, clipped))


def _is_cut_off(tag: str, declared: Declared) -> bool:
    """Say whether an element has no room for what is in it, and shows nothing beyond its room."""
    if not _is_box(tag, declared):
        return False
    scales = (declared.get(name, "") for name in ("scale", "transform"))
    if declared.get("content-visibility") == "hidden" or any(map(_SCALED_OFF.fullmatch, scales)):
        return True
    beyond = " ".join(declared.get(f"overflow{side}", "") for side in ("", "-x", "-y"))
    sizes = (declared.get(f"{most}{side}", "") for most in ("", "max-") for side in _SIDES)
    return ("hidden" in beyond or "clip" in beyond) and any(map(_NO_SIZE.fullmatch, sizes))


def _is_box(tag: str, declared: Declared) -> bool:
    """Say whether the size of an element is to be set.

    Cells and rows grow with what they hold, and running text has the size of its letters.
    """
    return tag not in _NOT_INLINE | _WHOLE_PAGE and (
        declared.get("display", "block" if tag in BLOCKS else "inline")
        not in ("inline", "contents")
        or declared.get("position") in ("absolute", "fixed")
        or declared.get("float", "none") != "none"
    )


_SIDES: Final = ("width", "height")


def _is_moved(element: etree._Element, declared: Declared, letters: _Letters) -> bool:
    """Say whether a run is set higher or lower than other text of its paragraph or cell.

    So Word writes what it raises into a web page.
    """
    if declared.get("position") != "relative" or element.tag in _NOT_INLINE | BLOCKS:
        return False
    moves = (_LENGTH.fullmatch(declared.get(side, "")) for side in ("top", "bottom"))
    if not any(move and float(move[1]) >= _LEAST_MOVED[move[2]] for move in moves):
        return False
    around = next((other for other in element.iterancestors() if other.tag in BLOCKS), None)
    return around is not None and letters.of(element) < letters.of(around)


def _is_raised(tag: str, declared: Declared) -> bool:
    if tag in _NOT_INLINE:
        return False
    stated = declared.get("vertical-align")
    if stated is None:
        return tag in _RAISED
    return _LIFTED.fullmatch(stated) is not None


def _is_unseen(declared: Declared, above: _Look) -> bool:
    stated = declared.get("visibility")
    if stated is None or stated == "inherit":
        return above.is_unseen
    return stated in ("hidden", "collapse")


def _is_sizeless(declared: Declared, above: _Look) -> bool:
    size = _size(declared)
    if size is None or size.endswith(("em", "%")) or size in ("inherit", "smaller", "larger"):
        return above.is_sizeless or (size is not None and _TINY.fullmatch(size) is not None)
    return _TINY.fullmatch(size) is not None


def _size(declared: Declared) -> str | None:
    """Return the size of letters that is declared last, by itself or in `font`."""
    said = next((key for key in reversed(declared) if key in ("font", "font-size")), None)
    if said != "font":
        return declared.get("font-size")
    found = _SIZE_IN_FONT.findall(declared["font"])
    return found[-1] if found else None


def _letters(declared: Declared) -> str | None:
    """Return the colour of letters, None where none that is known is stated."""
    stated = declared.get("-webkit-text-fill-color") or declared.get("color")
    return _CLEAR_COLOUR if stated and _CLEAR.fullmatch(stated) else _colour(stated)


def _colour(stated: str | None) -> str | None:
    """Return a colour in six digits, None where none that is known is stated."""
    if not stated:
        return None
    for word in re.split(r"\s+(?![^()]*\))", stated):
        digits, parts = _HEX.fullmatch(word), _RGB.fullmatch(word)
        if digits:
            found = digits[1]
            return found if len(found) == 6 else "".join(2 * digit for digit in found)
        if parts:
            return "".join(f"{_part(part):02x}" for part in parts.groups())
        hues = _HSL.fullmatch(word)
        if hues:
            hue, saturation, light = (int(part) for part in hues.groups())
            mixed = hls_to_rgb(hue / 360, light / 100, saturation / 100)
            return "".join(f"{round(255 * part):02x}" for part in mixed)
        if word in colormap:
            return _named(word)
    return None


def _named(word: str) -> str:
    """Return the six digits of a colour that has a name in the standard for style sheets."""
    return str(colormap[word]).removeprefix("#")


def _part(said: str) -> int:
    share = round(int(said[:-1]) * 2.55) if said.endswith("%") else int(said)
    return min(share, 255)


def _own(element: etree._Element) -> Declared:
    """Return what the attributes of an element say of its colours."""
    found: dict[str, str] = {}
    if element.tag == "font" and element.get("color"):
        found["color"] = (element.get("color") or "").strip().lower()
    if element.tag in _CELLS and element.get("bgcolor"):
        found["background-color"] = (element.get("bgcolor") or "").strip().lower()
    return found
