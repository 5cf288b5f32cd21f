"""A page by pdfminer with what pdfplumber leaves out: the order of painting, what is not drawn."""

from __future__ import annotations

from typing import Any, Final

from pdfminer.pdfinterp import PDFGraphicState, PDFPageInterpreter
from pdfminer.pdftypes import resolve1
from pdfminer.psparser import literal_name
from pdfplumber.page import Page, PDFPageAggregatorWithMarkedContent

_MODES: Final = 8
_SEEN_THROUGH: Final = _MODES
_STEP: Final = 2 * _MODES
_LEAST: Final = 0.98
_KEYS: Final = ("ca", "BM", "SMask")


def interpret(page: Page) -> None:
    """Interpret a page before pdfplumber does; its objects then have their order in `mcid`."""
    device = _Device(page.pdf.rsrcmgr, pageno=page.page_number, laparams=None)
    _Interpreter(page.pdf.rsrcmgr, device).process_page(page.page_obj)
    page._layout = device.get_result()


def order_of(drawn: dict[str, Any]) -> int:
    """Return when an object of a page is painted."""
    return int(drawn["mcid"] or 0) // _STEP


def mode_of(character: dict[str, Any]) -> int:
    """Return how a character is drawn: one of the modes 0 to 7 of the standard."""
    return int(character["mcid"] or 0) % _MODES


def is_opaque(drawn: dict[str, Any]) -> bool:
    """Say whether nothing is seen through an object."""
    return not int(drawn["mcid"] or 0) & _SEEN_THROUGH


class _State(PDFGraphicState):
    """The graphic state with what pdfminer does not keep of it: whether alpha, blend mode and mask
    let something through."""

    def __init__(self) -> None:
        super().__init__()
        self.through: dict[str, bool] = {}

    def copy(self) -> PDFGraphicState:
        copied = _State()
        copied.__dict__.update(super().copy().__dict__)
        copied.through = dict(self.through)
        return copied


class _Device(PDFPageAggregatorWithMarkedContent):
    """Numbers what is painted, in its order."""

    count = 0
    mode = 0
    is_opaque = True

    def tag_cur_item(self) -> None:
        self.count += 1
        if self.cur_item._objs:
            flags = self.mode + (0 if self.is_opaque else _SEEN_THROUGH)
            # pdfminer types no `mcid`, which its devices hand through untouched.
            self.cur_item._objs[-1].mcid = self.count * _STEP + flags  # type: ignore[attr-defined]

    def render_string(self, textstate: Any, *rest: Any) -> None:
        self.mode = textstate.render if textstate.render in range(_MODES) else 0
        super().render_string(textstate, *rest)
        self.mode = 0

    def paint_path(self, graphic: Any, *rest: Any) -> None:
        self.is_opaque = _is_opaque(graphic)
        super().paint_path(graphic, *rest)


class _Interpreter(PDFPageInterpreter):
    """Keeps of the graphic state whether what is painted is opaque."""

    def init_state(self, ctm: Any) -> None:
        super().init_state(ctm)
        self.graphicstate = _State()

    def do_gs(self, name: Any) -> None:
        states = resolve1(self.resources.get("ExtGState"))
        state = resolve1(states.get(literal_name(name))) if isinstance(states, dict) else None
        if isinstance(state, dict) and isinstance(self.graphicstate, _State):
            told = {key: resolve1(state[key]) for key in _KEYS if key in state}
            through = {key: _lets_through(key, value) for key, value in told.items()}
            self.graphicstate.through.update(through)

    def do_Do(self, name: Any) -> None:  # noqa: N802  the operator's own name
        # The device is ours, typed as pdfminer's.
        self.device.is_opaque = _is_opaque(self.graphicstate)  # type: ignore[attr-defined]
        super().do_Do(name)


def _is_opaque(graphic: Any) -> bool:
    return not any(graphic.through.values()) if isinstance(graphic, _State) else True


def _lets_through(key: str, value: Any) -> bool:
    if key == "ca":
        return isinstance(value, int | float) and value < _LEAST
    names = value if isinstance(value, list) else [value]
    plain = {"Normal", "Compatible", "None"}
    return not all(getattr(item, "name", None) in plain for item in names)
