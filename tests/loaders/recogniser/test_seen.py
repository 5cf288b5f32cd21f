"""What counts of a cell that is struck out, raised, hidden, covered, filled in, or not to be told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest

from benchmarks.synthetic.draft import report
from benchmarks.synthetic.render import MAKERS
from benchmarks.synthetic.tables import printed_cells, random_figures
from form.report import Cell, Report
from loaders.document import Document, Grid, GridCell, Piece, Pieces, TextBlock, joined
from loaders.kinds import read_document
from loaders.recogniser import recognise
from loaders.recogniser.seen import seen

P = Piece
LICENSING = "disclosure.administrative_licensing.decisions"
FEES = "disclosure.administrative_fees.amount"
GRANTED = "applications.granted.natural_person"


@pytest.mark.parametrize(
    ("pieces", "text"),
    [
        ((P("12", "struck"), P("4")), "4"),
        ((P("4"), P("①", "raised")), "4"),
        ((P("251", "hidden"), P("256")), "256"),
        ((P("256", "covered"), P("266")), "266"),
        ((P("12", "struck"), P("4"), P("1", "raised"), P(" "), P("9", "hidden")), "4"),
        ((P("256", "form_field"), P("件")), "256件"),
        ((P("7", "annotation"),), "7"),
        ((P("*", "raised"),), ""),
        ((P("5", "hidden"), P("—", "scaled")), "—"),
        ((P("5", "hidden"), P("", "scaled")), ""),
        ((P("39.3156", "scaled", "39.3"),), "39.3156"),
        ((P("①", "raised"), P("规章")), "规章"),
    ],
)
def test_the_rest_is_sure(pieces: Pieces, text: str) -> None:
    found = seen(pieces)
    assert (found.text, found.doubt) == (text, None)


@pytest.mark.parametrize(
    ("pieces", "doubt"),
    [
        ((P("12", "struck"),), ("12", "")),
        ((P("7", "raised"),), ("7", "")),
        ((P("", "picture"),), ()),
        ((P("4"), P("", "picture")), ()),
        ((P("", "form_field"),), ()),
        ((P("4", "recognised"),), ("4",)),
        ((P("", "recognised"),), ()),
        ((P("4"), P("9", "annotation")), ("4", "9")),
        ((P("256", "covered", "2"), P("266")), ("266", "256")),
        ((P("12"), P("7", "form_field")), ("127", "12", "7")),
    ],
)
def test_where_nobody_can_tell_the_rival_prints_are_kept(
    pieces: Pieces, doubt: tuple[str, ...]
) -> None:
    assert seen(pieces).doubt == doubt


def test_words_that_are_covered_in_part_are_still_words() -> None:
    assert seen((P("规章", "covered", "规"),)).text == "规章"
    assert seen((P("规章", "covered"),)).text == ""
    assert seen((P("256", "covered", "256"),)).text == ""


def document() -> Document:
    """A plain report of 2021's edition whose every count is a number of its own."""
    figures = random_figures("2021", Random(4))
    draft = report("2021", printed_cells(figures, "0"), "甲市税务局", 2022)
    return read_document(*MAKERS["xlsx"]([draft]), "report.xlsx")


def changed(change: Callable[[GridCell], GridCell]) -> Document:
    plain = document()
    blocks = tuple(
        replace(block, cells=tuple(map(change, block.cells))) if isinstance(block, Grid) else block
        for block in plain.blocks
    )
    return replace(plain, blocks=blocks)


def with_pieces(address: str, *pieces: Piece) -> Document:
    place = read(document()).cells[address].place
    odd = {"text": joined(pieces), "pieces": pieces}
    return changed(lambda cell: replace(cell, **odd) if cell.place == place else cell)


def read(of: Document) -> Report:
    (found,) = recognise(of, "report")
    return found


def hidden(cell: GridCell) -> GridCell:
    return replace(cell, pieces=(Piece(cell.text, "hidden"),))


def others_stay(found: Report, *addresses: str) -> bool:
    plain = read(document()).cells
    said = {name: (cell.mark, cell.value) for name, cell in found.cells.items()}
    return all(said[n] == (c.mark, c.value) for n, c in plain.items() if n not in addresses)


def test_struck_digits_do_not_count_and_a_note_says_so() -> None:
    found = read(with_pieces(LICENSING, P("251", "struck"), P("256")))
    cell = found.cells[LICENSING]
    assert (cell.value, cell.mark, cell.raw, cell.oddities) == (256, "number", "256", ("struck",))
    assert [(note.code, note.cells) for note in found.notes] == [("struck", (LICENSING,))]
    assert "251" in found.notes[0].message
    assert others_stay(found, LICENSING)


def test_what_is_shown_of_a_number_is_its_print() -> None:
    cell = read(with_pieces(FEES, P("39.3156", "scaled", "39.3"))).cells[FEES]
    assert (str(cell.value), cell.raw, cell.oddities) == ("39.3156", "39.3", ("scaled",))
    cell = read(with_pieces(FEES, P("39.3156", None, "39.3"))).cells[FEES]
    assert (str(cell.value), cell.raw, cell.oddities) == ("39.3156", "39.3", ())


@pytest.mark.parametrize(
    ("pieces", "candidates"),
    [
        ((P("251", "struck"),), (251, None)),
        ((P("251"), P("", "gap"), P("256")), (251256, 251, 256)),
        ((P("", "picture"),), ()),
        ((P("4", "recognised"),), (4,)),
        ((P("4"), P("见附件", "annotation")), ()),
    ],
)
def test_a_cell_in_doubt_is_unknown(pieces: Pieces, candidates: tuple[int | None, ...]) -> None:
    found = read(with_pieces(LICENSING, *pieces))
    cell = found.cells[LICENSING]
    assert (cell.value, cell.mark, cell.candidates) == (None, "unknown", candidates)
    odd = next(piece.oddity for piece in pieces if piece.oddity is not None)
    assert odd in cell.oddities
    assert [(note.code, note.cells) for note in found.notes] == [(odd, (LICENSING,))]
    assert others_stay(found, LICENSING)


def test_a_mark_behind_a_label_is_no_part_of_it() -> None:
    def marked(cell: GridCell) -> GridCell:
        if not cell.text or cell.text.isdecimal():
            return cell
        pieces = (Piece(cell.text), Piece("1", "raised"))
        return replace(cell, text=joined(pieces), pieces=pieces)

    assert others_stay(read(changed(marked)))
    assert others_stay(
        read(changed(lambda c: c if c.text.isdecimal() else replace(c, text=f"{c.text}①")))
    )


def test_a_hidden_row_beside_a_visible_one_says_nothing() -> None:
    plain = document()
    place = read(plain).cells[LICENSING].place
    blocks = []
    for block in plain.blocks:
        if not isinstance(block, Grid):
            blocks.append(block)
            continue
        row = next((cell.row for cell in block.cells if cell.place == place), None)
        cells: list[GridCell] = []
        for cell in block.cells:
            if row is not None and cell.row == row:
                old = replace(cell, text="251" if cell.place == place else cell.text)
                cells.append(hidden(old))
        for cell in block.cells:
            moved = row is not None and cell.row >= row
            cells.append(replace(cell, row=cell.row + 1) if moved else cell)
        blocks.append(Grid(tuple(sorted(cells, key=lambda c: (c.row, c.column))), block.aligned))
    found = read(replace(plain, blocks=tuple(blocks)))
    assert others_stay(found)
    assert not found.notes


def test_a_hidden_row_without_a_visible_one_is_unknown_with_its_numbers() -> None:
    place = read(document()).cells[GRANTED].place
    row = [n for n in read(document()).cells if n.startswith("applications.granted.")]
    found = read(
        changed(
            lambda c: (
                hidden(c)
                if (c.place.sheet, c.place.row, c.place.cell and c.place.cell[1:])
                == (place.sheet, place.row, place.cell and place.cell[1:])
                else c
            )
        )
    )
    plain = read(document()).cells
    for name in row:
        cell: Cell = found.cells[name]
        assert (cell.mark, cell.candidates) == ("unknown", (plain[name].value,))
        assert cell.oddities == ("hidden",)
    assert others_stay(found, *row)
    assert "hidden" in [note.code for note in found.notes]
    assert list(found.cells) == list(plain)


def test_a_report_that_is_hidden_as_a_whole_is_said_to_be() -> None:
    plain = document()
    blocks = tuple(
        replace(block, cells=tuple(map(hidden, block.cells)))
        if isinstance(block, Grid)
        else replace(block, pieces=(Piece(block.text, "hidden"),))
        for block in plain.blocks
    )
    found = read(replace(plain, blocks=blocks))
    assert {cell.mark for cell in found.cells.values()} == {"unknown"}
    assert "hidden_only" in [note.code for note in found.notes]
    assert (found.agency, found.year) == ("甲市税务局", None)
    assert [said.value for said in found.years] == [2022]


def test_a_blank_of_a_damaged_table_may_have_been_a_number() -> None:
    plain = document()
    blanked = with_pieces(LICENSING)
    for damaged in (False, True):
        blocks = tuple(
            replace(block, is_damaged=damaged) if isinstance(block, Grid) else block
            for block in blanked.blocks
        )
        found = read(replace(plain, blocks=blocks))
        cell = found.cells[LICENSING]
        assert cell.mark == ("unknown" if damaged else "blank")
        assert cell.oddities == (("damaged",) if damaged else ())
        assert ("damaged" in [note.code for note in found.notes]) is damaged
        assert others_stay(found, LICENSING)


def test_a_hidden_draft_is_no_second_report() -> None:
    plain = document()
    draft = tuple(
        replace(
            block,
            cells=tuple(
                hidden(replace(c, text="9") if c.text.isdecimal() else c) for c in block.cells
            ),
        )
        if isinstance(block, Grid)
        else replace(block, pieces=(Piece(block.text, "hidden"),))
        for block in plain.blocks
    )
    for blocks in ((*draft, *plain.blocks), (*plain.blocks, *draft)):
        assert others_stay(read(replace(plain, blocks=blocks)))


def test_struck_words_of_a_paragraph_are_not_read() -> None:
    plain = document()
    title = TextBlock("2021年年报", pieces=(Piece("2021", "struck"), Piece("年年报")))
    (found,) = recognise(replace(plain, blocks=(*plain.blocks, title)), "report")
    assert found.paragraphs[-1].text == "年年报"
