"""Plain text: text saved from documents, with their tables as tabs or as one cell a line.

Two layouts of tables are told apart line by line. A line that begins with its only tab is one
cell; its row ends at the next empty line, and lines without a tab before that continue the cell.
Any other line with tabs is a whole row, one field between two tabs. Blanks are never stripped:
a cell that is only a tab is a blank cell of the form.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator

from form.language import _
from form.report import Place
from loaders.document import Document, Grid, GridCell, ReadError, TextBlock

KIND = "txt"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def recognises(data: bytes, name: str) -> bool:
    """Say whether the bytes are text: they decode, and hold no control characters."""
    del name
    try:
        text = decode(data)
    except ReadError:
        return False
    return not any(ord(sign) < 32 and sign not in "\t\n\r\f\v" for sign in text[:4096])


def decode(data: bytes) -> str:
    """Return the text of bytes in UTF-8, UTF-16 (with BOM) or GB18030; raises ReadError."""
    named = next((encoding for bom, encoding in _BOMS if data.startswith(bom)), None)
    for encoding in (named,) if named else ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ReadError("encoding", _("文字编码无法识别（支持 UTF-8、GB18030、UTF-16）。"))


def read(data: bytes) -> Document:
    """Return the document of a text file; raises ReadError where it cannot be decoded."""
    return read_text(decode(data))


def read_text(text: str) -> Document:
    """Return the document of pasted text; places carry line numbers from 1."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    builder = _Builder()
    for number, line in enumerate(lines, 1):
        builder.add(line, number)
    return Document(KIND, tuple(builder.finish()))


class _Builder:
    """Collects lines into paragraphs and grids."""

    def __init__(self) -> None:
        self.blocks: list[TextBlock | Grid] = []
        self.rows: list[list[GridCell]] = []
        self.open_row = False

    def add(self, line: str, number: int) -> None:
        if line.startswith("\t") and line.count("\t") == 1:
            self._add_cell(line[1:], number)
        elif "\t" in line:
            self.open_row = False
            self.rows.append(
                [
                    self._cell(text, len(self.rows), index, number)
                    for index, text in enumerate(line.split("\t"))
                ]
            )
        elif not line.strip():
            self.open_row = False
        elif self.open_row:
            self._continue_cell(line)
        else:
            self._end_grid()
            self.blocks.append(TextBlock(line, Place(line=number)))

    def _add_cell(self, text: str, number: int) -> None:
        if not self.open_row:
            self.rows.append([])
            self.open_row = True
        row = self.rows[-1]
        row.append(self._cell(text, len(self.rows) - 1, len(row), number))

    def _continue_cell(self, line: str) -> None:
        row = self.rows[-1]
        last = row[-1]
        row[-1] = GridCell(f"{last.text}\n{line}", last.row, last.column, place=last.place)

    @staticmethod
    def _cell(text: str, row: int, column: int, line: int) -> GridCell:
        return GridCell(text, row, column, place=Place(line=line, column=column + 1))

    def _end_grid(self) -> None:
        if self.rows:
            cells = tuple(cell for row in self.rows for cell in row)
            self.blocks.append(Grid(cells, aligned=False))
        self.rows, self.open_row = [], False

    def finish(self) -> Iterator[TextBlock | Grid]:
        self._end_grid()
        yield from self.blocks
