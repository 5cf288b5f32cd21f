"""The recogniser's own view of a Document: one stream of printed lines, each a row of fields."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

from form.report import Oddity, Place
from form.values import Mark, has_marks, mark_of
from loaders.document import Document, Grid, GridCell, Pieces, TextBlock
from loaders.recogniser.seen import Seen, is_hidden, pieces_of, seen

# Characters of "CJK Radicals Supplement" that NFKC leaves alone although browsers print them
# for the everyday character.
_RADICALS = str.maketrans(
    "⺠⻓⻔⻅⻆⻉⻋⻘⻚⻛⻜⻝⻢⻥⻦⻩⻬⻮⻰⻳",
    "民长门见角贝车青页风飞食马鱼鸟黄齐齿龙龟",
)
# The traditional forms of the characters in the form's labels and in titles.
_TRADITIONAL = str.maketrans(
    "規條項內處費業務購額總計請數結轉屬國穩護權類過執檔詢無沒現補確訪舉報訴復複覆議訟經維糾審續辦繼單萬機構關組織開對強罰許採發廢後會營範劃務實區縣鄉鎮廳黨團當動應內為與從員僅準徵環節認獲個優眾體問題時間進據稱於並補費備轄繳係讀書況須東華際傳傷級紅紀編練終統給絕納決減這長門見貝車頁飾錄話郵號匯質監",
    "规条项内处费业务购额总计请数结转属国稳护权类过执档询无没现补确访举报诉复复复议讼经维纠审续办继单万机构关组织开对强罚许采发废后会营范划务实区县乡镇厅党团当动应内为与从员仅准征环节认获个优众体问题时间进据称于并补费备辖缴系读书况须东华际传伤级红纪编练终统给绝纳决减这长门见贝车页饰录话邮号汇质监",
)
# What converters of whole pages into the words of other places make of the form's words.
_WORDS_ELSEWHERE = {"檔案": "文件", "資訊": "信息", "專案": "项目"}
_NOT_WORDS = re.compile(r"[^\w]|_", re.UNICODE)


def everyday(text: str) -> str:
    """Return `text` in NFKC without radicals that stand for characters, and without blanks."""
    return "".join(unicodedata.normalize("NFKC", text).translate(_RADICALS).split())


def simplified(text: str) -> str:
    """Return `text`, character by character, with the form's traditional characters simplified."""
    return text.translate(_TRADITIONAL)


@lru_cache(4096)
def plain(text: str) -> str:
    """Return `text` as labels are compared: everyday, simplified, without punctuation."""
    words = everyday(text)
    for elsewhere, here in _WORDS_ELSEWHERE.items():
        words = words.replace(elsewhere, here)
    return _NOT_WORDS.sub("", simplified(words))


@lru_cache(4096)
def _mark(text: str) -> Mark:
    return mark_of(text)


@dataclass(frozen=True, slots=True)
class Field:
    """One printed cell of a line: the text of it that counts, folded, where it stands, what is odd.

    `seen` says how the text was told from what the eye does not see, None where there is no more.
    """

    text: str
    plain: str
    column: int
    column_span: int
    place: Place
    oddities: tuple[Oddity, ...] = ()
    seen: Seen | None = None
    is_hidden: bool = False
    """True where the whole cell is not seen: in a hidden row, column, sheet or table."""

    @property
    def doubt(self) -> tuple[str, ...] | None:
        """The texts that the cell may say, () for any, None where its text is sure."""
        return None if self.seen is None else self.seen.doubt

    @property
    def raw(self) -> str:
        """The text as the file shows it."""
        return self.text if self.seen is None else self.seen.shown

    @property
    def is_value(self) -> bool:
        """Say whether the text could stand in a value cell: numbers, a blank or a dash."""
        return _mark(self.text) != "text" or self.plain.isdecimal()

    @property
    def says_value(self) -> bool:
        """Say whether the text is a number or a dash."""
        return self.is_value and _mark(self.text) != "blank"

    @property
    def is_lost(self) -> bool:
        """Say whether a figure may be printed that nobody can tell."""
        mark = _mark(self.text)
        return mark == "unknown" or (mark != "text" and self.doubt is not None)

    @property
    def is_blank(self) -> bool:
        """Say whether nothing is printed."""
        return _mark(self.text) == "blank" and self.doubt in (None, ("",))


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: a row of a grid, or (grid is None) a paragraph with a single field."""

    fields: tuple[Field, ...]
    grid: int | None
    aligned: bool = False
    steps: tuple[str, ...] = ()
    """Names of the repairs that changed it."""
    is_hidden: bool = False
    """True where nothing of it is seen."""
    loses_blanks: bool = False
    """True where a blank cell may have left no trace in it."""

    @property
    def text(self) -> str:
        """The line's text as printed, fields separated by blanks."""
        return " ".join(field.text for field in self.fields)

    @property
    def is_empty(self) -> bool:
        """Say whether every field is blank."""
        return all(field.is_blank for field in self.fields)


def lines_of(document: Document, *, revealed: bool = False) -> list[Line]:
    """Return the lines of a document in reading order.

    `revealed` reads the text of hidden cells and paragraphs, in doubt.
    """
    return list(_lines(document, revealed))


def _lines(document: Document, revealed: bool) -> Iterator[Line]:
    for number, block in enumerate(document.blocks):
        if isinstance(block, Grid):
            marked = has_marks("\n".join(cell.text for cell in block.cells))
            rows = groupby(block.cells, key=lambda cell: cell.row)
            for _row, cells in rows:
                line = _line(list(cells), number, block.aligned, revealed, marked)
                line = replace(line, loses_blanks=True) if block.loses_blanks else line
                yield _damaged(line) if block.is_damaged else line
        elif block.pieces:
            field = _field(_paragraph(block), revealed)
            yield Line((field,), None, is_hidden=field.is_hidden)
        else:
            yield Line((Field(block.text, plain(block.text), 0, 1, block.place),), None)


def _damaged(line: Line) -> Line:
    """Return a line of a damaged table, whose blank cells may have lost what they said."""
    fields = (
        replace(item, oddities=(*item.oddities, "damaged")) if item.is_blank else item
        for item in line.fields
    )
    return replace(line, fields=tuple(fields))


def _paragraph(block: TextBlock) -> GridCell:
    return GridCell(block.text, 0, 0, place=block.place, pieces=block.pieces)


def _line(cells: list[GridCell], grid: int, aligned: bool, revealed: bool, marked: bool) -> Line:
    """Return the line of a row's cells. One is hidden too where only cells of other rows reach in."""
    fields = tuple(_field(cell, revealed, marked) for cell in cells)
    if not any(field.is_hidden for field in fields):
        return Line(fields, grid, aligned)
    unseen = all(
        field.is_hidden or cell.row_span > 1 for cell, field in zip(cells, fields, strict=True)
    )
    return Line(fields, grid, aligned, is_hidden=unseen)


def _field(cell: GridCell, revealed: bool, marked: bool = False) -> Field:
    pieces: Pieces = cell.pieces or (pieces_of(cell.text) if marked else ())
    if not pieces:
        text = cell.text
        return Field(text, plain(text), cell.column, cell.column_span, cell.place, cell.oddities)
    shown = seen(pieces, revealed=revealed)
    return Field(
        shown.text,
        plain(shown.text),
        cell.column,
        cell.column_span,
        cell.place,
        tuple(dict.fromkeys((*cell.oddities, *shown.oddities))),
        shown,
        is_hidden(pieces),
    )
