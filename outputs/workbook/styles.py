"""The looks of the workbook's cells, as named styles: setting one is quick, and people can change it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final, Literal

from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

from form.figures import COUNT, SHARE
from outputs.theme import LIGHT
from outputs.wording import CORRECTED_SIGN

FONT_NAME: Final = "微软雅黑"
PENCIL: Final = CORRECTED_SIGN[0]
"""Without the selector for plain signs, which a spreadsheet shows as a sign of its own."""
_SIZE: Final = 10


def _colour(token: str) -> str:
    return "FF" + token.removeprefix("#").upper()


def _font(colour: str = LIGHT.ink, *, bold: bool = False, size: float = _SIZE) -> Font:
    return Font(name=FONT_NAME, size=size, bold=bold, color=_colour(colour))


def _filled(colour: str) -> PatternFill:
    return PatternFill("solid", start_color=_colour(colour), end_color=_colour(colour))


def _boxed(colour: str, style: Literal["thin", "medium"] = "thin") -> Border:
    side = Side(style=style, color=_colour(colour))
    return Border(left=side, right=side, top=side, bottom=side)


@dataclass(frozen=True)
class Style:
    """A named look of cells, which people find under this name in their program."""

    name: str
    font: Font
    alignment: Alignment
    border: Border = field(default_factory=Border)
    fill: PatternFill = field(default_factory=PatternFill)
    number_format: str = "General"

    def named(self) -> NamedStyle:
        """Return what a workbook keeps of it."""
        return NamedStyle(
            name=self.name,
            font=self.font,
            alignment=self.alignment,
            border=self.border,
            fill=self.fill,
            number_format=self.number_format,
        )


_LEFT: Final = Alignment(horizontal="left", vertical="center", wrap_text=True)
_CENTRE: Final = Alignment(horizontal="center", vertical="center", wrap_text=True)
# Shrunk rather than shown as #### where a column is narrow, above all on the printed form.
_RIGHT: Final = Alignment(horizontal="right", vertical="center", shrink_to_fit=True)
_TOP: Final = Alignment(horizontal="left", vertical="top", wrap_text=True)
# Darker than the screen's lines, which would vanish on paper.
_LINES: Final = _boxed(LIGHT.muted)

_LEFT_LINE: Final = Alignment(horizontal="left", vertical="center")
_WRAPPED_RIGHT: Final = Alignment(horizontal="right", vertical="center", wrap_text=True)

# The names are part of the file and always Chinese, like the labels of the form.
TITLE: Final = Style("年报标题", _font(bold=True, size=14), _LEFT_LINE)
SECTION: Final = Style("年报小标题", _font(bold=True, size=11), _LEFT_LINE)
NOTE: Final = Style("年报注", _font(LIGHT.muted), _TOP)
PLAIN: Final = Style("年报正文", _font(), _LEFT)
HEADER: Final = Style("年报表头", _font(bold=True), _CENTRE, _LINES, _filled(LIGHT.accent_tint))
LABEL: Final = Style("年报栏目", _font(), _LEFT, _LINES)
CENTRED: Final = Style("年报居中", _font(), _CENTRE, _LINES)
LINK: Final = Style("年报链接", _font(LIGHT.accent), _LEFT, _LINES)
_WHOLE: Final = COUNT.number_format()
NUMBER: Final = Style("年报数值", _font(), _RIGHT, _LINES, number_format=_WHOLE)
ZERO: Final = Style("年报零", _font(LIGHT.muted), _RIGHT, _LINES, number_format=_WHOLE)
# An amount's own cell gets as many decimals as it has: General rounds to fit the column.
MONEY: Final = Style("年报金额", _font(), _RIGHT, _LINES)
RATE: Final = Style("年报比率", _font(), _RIGHT, _LINES, number_format=SHARE.number_format())
TOTAL: Final = Style(
    "年报合计", _font(bold=True), _RIGHT, _LINES, _filled(LIGHT.accent_tint), _WHOLE
)
TOTAL_RATE: Final = replace(TOTAL, name="年报合计比率", number_format=SHARE.number_format())
TEXT_VALUE: Final = Style("年报文字", _font(), _WRAPPED_RIGHT, _LINES)
UNKNOWN: Final = Style("年报读不准", _font(LIGHT.note, bold=True), _RIGHT, _LINES)
NOT_PRINTED: Final = Style("年报无此格", _font(), _CENTRE, _LINES, _filled(LIGHT.line))
SUSPECT: Final = Style(
    "年报可疑",
    _font(LIGHT.error, bold=True),
    _RIGHT,
    _boxed(LIGHT.error, "medium"),
    _filled(LIGHT.error_tint),
    _WHOLE,
)
CORRECTED: Final = Style(
    "年报已更正",
    _font(LIGHT.accent, bold=True),
    _RIGHT,
    _LINES,
    number_format=COUNT.number_format(sign=PENCIL),
)
TYPED: Final = Style("年报人工录入", _font(LIGHT.accent), _RIGHT, _LINES, number_format=_WHOLE)
STYLES: Final = (
    TITLE,
    SECTION,
    NOTE,
    PLAIN,
    HEADER,
    LABEL,
    CENTRED,
    LINK,
    NUMBER,
    ZERO,
    MONEY,
    RATE,
    TOTAL,
    TOTAL_RATE,
    TEXT_VALUE,
    UNKNOWN,
    NOT_PRINTED,
    SUSPECT,
    CORRECTED,
    TYPED,
)
