"""How PDF tables without vertical lines are read: three programs' layouts, both editions, many blanks.

Run: python -m benchmarks.unruled [--seed N] [--each N] [--makers …] [--examples N] [--keep FOLDER]
Makes `--each` reports for each program (reportlab, Chromium, LibreOffice), with no lines or only
horizontal ones, numbers set in the middle, to the left or to the right, narrow labels over several
lines, blank cells, and pages that end anywhere. Prints, by program, how many printed numbers are
placed, unknown and wrong, and how many blanks are blank. Exits with 1 if anything is wrong.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random, SystemRandom
from typing import Final

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from benchmarks.synthetic.draft import AGENCIES, YEARS, Draft, report
from benchmarks.synthetic.edits import with_blocks
from benchmarks.synthetic.render import office, programs
from benchmarks.synthetic.tables import Printed, Said, printed_cells, random_figures
from form.editions import EDITION_KEYS
from form.report import Cell
from loaders import read
from loaders.document import ReadError
from sample_reports.samples import Line
from sample_reports.sheets import Sheet, printed

_FILLER: Final = Line(
    "各科室按照职责分工，做好政府信息的制作、保存、公开和更新，落实公开前的保密审查，确保内容准确。"
)
_SHARE_BLANK: Final = 0.7
"""Of the reports: those in which some zeros are left blank."""


@dataclass(slots=True)
class Tally:
    """Sums over the files of one program."""

    files: int = 0
    placed: int = 0
    unknown: int = 0
    wrong: int = 0
    blanks: int = 0
    blanks_read: int = 0

    def add(self, other: Tally) -> None:
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


def main(arguments: Sequence[str]) -> int:
    """Print the table; return 1 if anything was wrong, else 0."""
    options = _parser().parse_args(arguments)
    print(f"seed {options.seed}, {options.each} reports for each program\n")
    print(
        f"{'':12} {'files':>6} {'numbers':>8} {'placed':>8} {'unknown':>8} {'wrong':>6} {'blanks read':>12}"
    )
    overall, examples = Tally(), list[str]()
    for name in options.makers:
        random = Random(f"{options.seed} {name}")
        drafts = [_draft(number, random) for number in range(options.each)]
        tally = Tally()
        for number, (draft, data) in enumerate(
            zip(drafts, MAKERS[name](drafts, random), strict=True)
        ):
            own, found = _judged(draft, data)
            tally.add(own)
            examples += [f"{name} {number}: {line}" for line in found]
            if options.keep and found:
                options.keep.mkdir(parents=True, exist_ok=True)
                (options.keep / f"{name}-{number}.pdf").write_bytes(data)
        print(_line(name, tally))
        overall.add(tally)
    print(_line("all", overall))
    examples.sort(key=lambda line: "unknown" in line)
    print("\n".join(examples[: options.examples]))
    return int(bool(overall.wrong))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m benchmarks.unruled")
    parser.add_argument("--seed", default=str(SystemRandom().randrange(2**32)))
    parser.add_argument("--each", type=int, default=70, help="reports for each program")
    parser.add_argument("--makers", nargs="+", choices=list(MAKERS), default=list(MAKERS))
    parser.add_argument("--examples", type=int, default=0, help="wrong or unknown cells to print")
    parser.add_argument("--keep", type=Path, help="folder for the files that are not read whole")
    return parser


def _line(name: str, tally: Tally) -> str:
    numbers = tally.placed + tally.unknown + tally.wrong
    share = tally.placed / numbers if numbers else 1.0
    return (
        f"{name:12} {tally.files:>6} {numbers:>8} {share:>8.2%} {tally.unknown:>8}"
        f" {tally.wrong:>6} {tally.blanks_read:>6}/{tally.blanks}"
    )


def _draft(number: int, random: Random) -> Draft:
    """Return a report of either edition in turn; in most some zeros are blank."""
    edition = EDITION_KEYS[number % len(EDITION_KEYS)]
    cells = printed_cells(random_figures(edition, random), "0")
    if random.random() < _SHARE_BLANK:
        share = random.choice((0.2, 0.5, 0.9))
        cells = {name: _blanked(cell, share, random) for name, cell in cells.items()}
    made = report(edition, cells, random.choice(AGENCIES), random.choice(YEARS[edition]))
    return with_blocks(made, lambda block: _moved(block, random))  # type: ignore[arg-type, return-value] # blocks in, blocks out


def _blanked(cell: Printed, share: float, random: Random) -> Printed:
    is_zero = cell.text == "0" and random.random() < share
    return Printed("", Said("blank")) if is_zero else cell


def _moved(block: object, random: Random) -> tuple[object, ...]:
    """Put prose before tables, so that pages end anywhere in them."""
    if isinstance(block, Line) and block.role == "heading":
        return (block, *[_FILLER] * random.randint(0, 10))
    return (block,)


def _by_reportlab(drafts: Sequence[Draft], random: Random) -> list[bytes]:
    sheets = [Sheet(rules=random.choice(("horizontal", "none"))) for _ in drafts]
    return [printed(draft.blocks, sheet) for draft, sheet in zip(drafts, sheets, strict=True)]


def _by_chromium(drafts: Sequence[Draft], random: Random) -> list[bytes]:
    return programs.chromium_pdf([_web(draft, random) for draft in drafts])


def _web(draft: Draft, random: Random) -> Draft:
    across = random.choice(("border:none", "border:none;border-bottom:1px solid #000"))
    way = random.choice(("center", "center", "right", "left"))
    style = (
        f"td{{{across};padding:{random.choice((1, 4, 8))}px 3px;text-align:{way};"
        f"font-size:{random.choice((9, 11, 12))}px;vertical-align:{random.choice(('middle', 'top', 'middle'))}}}"
        "table{table-layout:fixed}"
    )
    return replace(
        draft,
        style=replace(
            draft.style, web=(lambda text: text.replace("</style>", f"{style}</style>"),)
        ),
    )


def _by_office(drafts: Sequence[Draft], random: Random) -> list[bytes]:
    changed = [
        replace(draft, style=replace(draft.style, word=(_undrawn(random),))) for draft in drafts
    ]
    return programs.word_pdf([office.docx(draft) for draft in changed])


def _undrawn(random: Random) -> Callable[[WordDocument], None]:
    """Return a change that takes the vertical lines off a Word file's tables, and sets them anew."""
    inner = random.choice(("single", "none"))
    way = random.choice(
        (WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT)
    )
    size = random.choice((7.5, 9, 10.5))

    def change(document: WordDocument) -> None:
        for table in document.tables:
            table.style = document.styles["Normal Table"]
            borders = OxmlElement("w:tblBorders")
            for side in ("top", "bottom", "insideH"):
                border = OxmlElement(f"w:{side}")
                border.set(qn("w:val"), inner)
                borders.append(border)
            table._tbl.tblPr.append(borders)  # python-docx has no other way
            for cell in table._cells:  # `cells` builds the grid for each cell
                for paragraph in cell.paragraphs:
                    paragraph.alignment = way
                    for run in paragraph.runs:
                        run.font.size = Pt(size)
        document.sections[0].left_margin = Cm(random.choice((1.5, 2, 3)))

    return change


MAKERS: Final[Mapping[str, Callable[[Sequence[Draft], Random], list[bytes]]]] = {
    "reportlab": _by_reportlab,
    "chromium": _by_chromium,
    "libreoffice": _by_office,
}


def _judged(draft: Draft, data: bytes) -> tuple[Tally, list[str]]:
    tally, found = Tally(files=1), list[str]()
    try:
        reports = read(data, f"{draft.stem}.pdf")
    except ReadError as error:
        reports, found = (), [f"unknown: {error.code}"]
    cells: Mapping[str, Cell] = reports[0].cells if reports else {}
    for address, said in draft.truth.cells.items():
        for verdict in _verdicts(said, cells.get(address)):
            setattr(tally, verdict, getattr(tally, verdict) + 1)
            if verdict in ("unknown", "wrong"):
                read_as = cells.get(address)
                found.append(f"{verdict}: {address}: {read_as and read_as.value}, not {said.value}")
    return tally, found


def _verdicts(said: Said, cell: Cell | None) -> Iterator[str]:
    is_open = cell is None or cell.mark in ("unknown", "text")
    if said.mark == "number":
        yield "unknown" if is_open else "placed" if cell and cell.value == said.value else "wrong"
        return
    yield "blanks"
    if cell is not None and cell.mark == said.mark:
        yield "blanks_read"
    elif not is_open:
        yield "wrong"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
