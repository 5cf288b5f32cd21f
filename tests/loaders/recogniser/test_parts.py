"""Several reports in one file: none takes prose or numbers of another."""

from __future__ import annotations

from dataclasses import replace
from random import Random, SystemRandom

import pytest

from benchmarks.synthetic.draft import Block, Draft, draft, report
from benchmarks.synthetic.render import MAKERS, ending
from benchmarks.synthetic.scoring import judge
from benchmarks.synthetic.tables import random_cells
from form.report import Place, Report
from loaders import read
from loaders.document import Document, TextBlock
from loaders.recogniser.lines import lines_of
from loaders.recogniser.running import running_titles
from sample_reports.samples import Line, PrintedTable, torn

SEED = SystemRandom().randrange(2**32)
SIGNED = (Line("甲市税务局", "closing"), Line("2021年1月20日", "closing"))
KINDS = ("cells.txt", "tabs.txt", "markdown.txt", "docx", "html", "reportlab.pdf")


def one(agency: str, year: int, random: Random) -> Draft:
    edition = "2019" if year < 2021 else "2021"
    return report(edition, random_cells(edition, random), agency, year)


def printed(kind: str, *drafts: Draft, between: tuple[Block, ...] = ()) -> tuple[Report, ...]:
    first, *others = drafts
    blocks = [*first.blocks, *(block for other in others for block in (*between, *other.blocks))]
    whole = replace(first, stem="report", blocks=tuple(blocks))
    return read(*MAKERS[kind]([whole]), f"report.{ending(kind)}")


def without(made: Draft, *keys: str) -> Draft:
    """Return a draft without some of its tables."""
    blocks = [b for b in made.blocks if not (isinstance(b, PrintedTable) and b.key in keys)]
    cells = {a: c for a, c in made.truth.cells.items() if not a.startswith(keys)}
    editions = {k: e for k, e in made.truth.editions.items() if k not in keys}
    truth = replace(made.truth, cells=cells, editions=editions)
    return replace(made, blocks=tuple(blocks), truths=(truth,))


def prose(made: Report) -> list[tuple[int, str]]:
    return [(item.section, item.text.strip()) for item in made.paragraphs]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("between", [(), SIGNED], ids=["plain", "signed"])
def test_each_has_its_own_prose(kind: str, between: tuple[Block, ...]) -> None:
    print(f"seed {SEED}")
    random = Random(SEED)
    drafts = (one("甲市税务局", 2020, random), one("乙县教育局", 2022, random))
    first, second = printed(kind, *drafts, between=between)
    assert [(r.agency, r.year) for r in (first, second)] == [
        ("甲市税务局", 2020),
        ("乙县教育局", 2022),
    ]
    assert [s for s, _text in prose(first)][-1] == 6
    assert prose(second)[0] == (0, "乙县教育局2022年政府信息公开工作年度报告")
    assert {"没有其他需要报告的事项。", *(line.text for line in between)} <= {
        text for section, text in prose(first) if section == 6
    }


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lost", [("disputes",), ("applications", "disputes"), ("disclosure",)])
def test_none_has_numbers_of_another(kind: str, lost: tuple[str, ...]) -> None:
    """What the first does not print must not be taken from the second."""
    print(f"seed {SEED}")
    random = Random(SEED)
    first, second = one("甲市税务局", 2020, random), one("乙县教育局", 2022, random)
    first = without(first, *lost)
    reports = printed(kind, first, second)
    truths = (*first.truths, *second.truths)
    assert [item for item in judge(truths, reports) if item.verdict != "right"] == []


def test_a_title_over_two_lines() -> None:
    random = Random(1)
    first, second = one("甲市税务局", 2020, random), one("乙县教育局", 2022, random)
    lines = (Line("乙县教育局", "title"), Line("2022年政府信息公开工作年度报告", "title"))
    second = replace(second, blocks=(*lines, *second.blocks[1:]))
    _first, read_second = printed("cells.txt", first, second)
    assert prose(read_second)[0] == (0, "乙县教育局")


def test_without_a_title_the_second_begins_at_its_first_heading() -> None:
    random = Random(1)
    first, second = draft("2019", random), draft("2021", random)
    one, two = printed("cells.txt", first, replace(second, blocks=second.blocks[2:]))
    assert prose(one)[-1] == (6, "没有其他需要报告的事项。")
    assert prose(two)[0] == (1, "一、总体情况")


def test_a_table_printed_again_under_the_same_title_is_no_other_report() -> None:
    made = one("甲市税务局", 2020, Random(1))
    again = replace(made, blocks=(made.blocks[0], made.table("applications")))
    (found,) = printed("cells.txt", made, again)
    assert [note.code for note in found.notes] == ["table_doubled"]
    assert [item for item in judge(made.truths, [found]) if item.verdict != "right"] == []


def test_a_title_on_every_page_parts_no_table() -> None:
    made = one("甲市税务局", 2020, Random(1))
    table = made.table("applications")
    for header in ("2020年政府信息公开工作年度报告", "税务局2020年政府信息公开工作年度报告"):
        pages = (*torn(table, 12)[:1], Line(header), torn(table, 12)[1])
        headed = replace(pages[2], rows=(*table.rows[:3], *pages[2].rows))
        blocks = [
            b
            for block in made.blocks
            for b in ((*pages[:2], headed) if block is table else (block,))
        ]
        (found,) = printed("cells.txt", replace(made, blocks=tuple(blocks)))
        assert [item for item in judge(made.truths, [found]) if item.verdict != "right"] == []


def loose(made: Draft) -> Draft:
    """Return a draft that prints its tables as bare lines of words and numbers."""
    lines = [
        [Line(" ".join(cell.text for cell in row if cell.text)) for row in block.rows]
        if isinstance(block, PrintedTable)
        else [block]
        for block in made.blocks
    ]
    return replace(made, blocks=tuple(line for several in lines for line in several))


def test_a_title_above_headings_begins_another_though_no_table_can_be_told() -> None:
    random = Random(1)
    first, second = one("甲市税务局", 2020, random), one("乙县教育局", 2022, random)
    read_first, *_rest = printed("cells.txt", first, loose(second))
    assert read_first.agency == "甲市税务局"
    assert not any("乙县教育局" in text for _section, text in prose(read_first))
    assert [item for item in judge(first.truths, [read_first]) if item.verdict != "right"] == []


def test_a_title_quoted_in_prose_begins_nothing() -> None:
    made = one("甲市税务局", 2020, Random(1))
    for quoted in (
        "乙县教育局2022年政府信息公开工作年度报告",
        "详见《乙县教育局2022年政府信息公开工作年度报告》，此处不再重复。",
    ):
        (found,) = printed("cells.txt", replace(made, blocks=(*made.blocks, Line(quoted))))
        assert (found.agency, found.year) == ("甲市税务局", 2020)


def test_a_second_report_that_nothing_parts_is_said_and_its_tables_are_unknown() -> None:
    random = Random(1)
    first, second = one("甲市税务局", 2021, random), one("乙县教育局", 2022, random)
    mine = without(first, "disputes")
    others = (second.table("applications"), second.table("disputes"))
    (found,) = printed("cells.txt", replace(mine, blocks=(*mine.blocks, *others)))
    codes = [note.code for note in found.notes]
    assert codes.count("two_reports_unseparated") == 1
    marks = {
        name: {c.mark for a, c in found.cells.items() if a.startswith(name)}
        for name in ("disclosure", "applications", "disputes")
    }
    assert marks["applications"] == marks["disputes"] == {"unknown"}
    assert "unknown" not in marks["disclosure"]


def paged(text: str, page: int, top: float) -> TextBlock:
    return TextBlock(text, Place(page=page, box=(60.0, top, 300.0, top + 12)))


def test_a_line_at_the_same_height_of_three_pages_is_no_title() -> None:
    header = "甲市税务局2023年政府信息公开工作年度报告"
    pages = [paged(header, page, 36.0) for page in (1, 2, 3)]
    title = paged("乙县教育局2022年政府信息公开工作年度报告", 1, 84.0)
    lines = lines_of(Document("pdf", (pages[0], title, *pages[1:])))
    assert [line.text for line in running_titles(lines)] == [header] * 3
    two = lines_of(Document("pdf", (*pages[:2], title)))
    assert running_titles(two) == []
    elsewhere = [paged(header, page, 36.0 + 40 * page) for page in (1, 2, 3)]
    assert running_titles(lines_of(Document("pdf", tuple(elsewhere)))) == []


def test_in_a_sheet_headings_and_titles_stand_in_cells() -> None:
    random = Random(1)
    first, second = one("甲市税务局", 2021, random), one("甲市税务局", 2022, random)
    first = without(first, "applications", "disputes")
    reports = printed("xlsx", first, second)
    truths = (*first.truths, *second.truths)
    assert [item for item in judge(truths, reports) if item.verdict != "right"] == []
