"""Reports damaged in every way that a Report can hold, by a seeded random."""

import random
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from form.editions import EDITION_KEYS, TABLE_KEYS, all_columns, table
from form.model import EditionKey, TableKey, address, split_address
from form.report import Cell, Note, Paragraph, Report, Value
from form.values import Mark
from tests.checks.reports import any_editions, faultless, made

MARKS: tuple[Mark, ...] = ("number", "blank", "dash", "text", "unknown", "typed")
ODD_NUMBERS: tuple[Value, ...] = (
    *(0, 1, -1, 7, 10, 99, 2**31, 2**53, 10**15, 2**63 - 1, 2**63, -(2**63) - 1, 2**64),
    *(10**18, 10**40, -(10**40), 10**5000),
    *map(Decimal, ("1.5", "3", "-0.0", "1E+9", "1E-30", "1E+400000", "NaN", "sNaN", "Infinity")),
    *map(Decimal, ("-Infinity", "0E+999999", "39.3156", "9" * 40, "0." + "1" * 60)),
)
CANDIDATES: tuple[tuple[Value, ...], ...] = (
    *((), (None,), (0, None), (0, 1), (3,), tuple(range(12)), (1, 1_000_000), (-3, 2)),
    *((10**20, 1), (Decimal("1.5"), 2), (Decimal("NaN"),), tuple(range(0, 5000, 7))),
)
PIECES = (
    *(
        "收到申请",
        "政府信息公开申请",
        "行政复议",
        "行政诉讼",
        "其中",
        "共",
        "新收",
        "上年结转",
        "答复",
    ),
    *(
        "1",
        "23",
        "4,567",
        "99999999999",
        "三十",
        "〇",
        "件",
        "宗",
        "余",
        "，",
        "。",
        "；",
        "：",
        "（",
        "）",
    ),
    *(
        "2019年",
        "2020年",
        "２０２１年",
        "二〇二二年",
        "《",
        "》",
        "均",
        "分别为",
        "维持",
        "无",
        "未",
        "年12月31日",
    ),
    *(
        "一、总体情况",
        "五、存在的主要问题及改进情况",
        "六、其他需要报告的事项",
        "发布日期：2021-02-30",
    ),
    *(
        "\ud800",
        "\udfff",
        "\u202e",
        "\u200b",
        "\ufeff",
        "\u0000",
        "\u00ad",
        "ﷺ",
        "①",
        "½",
        "٣٤",
        "२०",
        "👍",
    ),
    *(
        "\ue000",
        "\ue004",
        "e\u0301",
        "\u1161",
        "\n",
        "\u2028",
        "\t",
        " ",
        "甲乙",
        "㍿",
        "〡",
        "{n}",
        "%s",
        "<b>",
    ),
)

Damage = Callable[[random.Random, Report], Report]


def damaged(rng: random.Random) -> Report:
    """Return a report with one to six things wrong with it."""
    report = _some_report(rng)
    for damage in rng.choices(DAMAGES, k=rng.randint(1, 6)):
        report = damage(rng, report)
    return report


def neighbour(rng: random.Random, report: Report) -> Report:
    """Return a report, damaged too, on the year after another's by the same agency."""
    year = None if report.year is None else report.year + 1
    other = damaged(rng)
    paragraphs = report.paragraphs if rng.random() < 0.3 else other.paragraphs
    return replace(other, agency=report.agency, year=year, paragraphs=paragraphs)


def _some_report(rng: random.Random) -> Report:
    editions, year = any_editions(rng), rng.choice((2019, 2020, 2021, 2023))
    if rng.random() < 0.7:
        return faultless(rng, editions, year)
    return made("", editions, year, rest=rng.choice((".", "-", "0", "?", "?0|.", "3")))


def _with(report: Report, cells: dict[str, Cell]) -> Report:
    return replace(report, cells={**report.cells, **cells})


def _unknown_rows(rng: random.Random, report: Report) -> Report:
    rows = sorted({split_address(place)[:2] for place in report.cells if place.count(".") == 2})
    chosen = set(rng.sample(rows, min(len(rows), rng.choice((1, 2, 5, 15, 40)))))
    options = rng.choice(CANDIDATES)
    return _with(
        report,
        {
            place: Cell(None, "unknown", candidates=options)
            for place in report.cells
            if place.count(".") == 2 and split_address(place)[:2] in chosen
        },
    )


def _odd_cells(rng: random.Random, report: Report) -> Report:
    places = sorted(report.cells)
    chosen = rng.sample(places, min(len(places), rng.choice((1, 3, 10, 60))))
    return _with(report, {place: _odd_cell(rng) for place in chosen})


def _odd_cell(rng: random.Random) -> Cell:
    mark = rng.choice(MARKS)
    value = rng.choice(ODD_NUMBERS) if rng.random() < 0.7 else None
    raw = rng.choice(
        ("", "约5件", "1.5", "1 3", "9" * 6000, "(" * 500, "\ud800", "减3", "字" * 3000)
    )
    unit = rng.choice((None, "万元", "元", "亿元", "美元"))
    printed = Cell(3, "number", "3") if rng.random() < 0.1 else None
    return Cell(value, mark, raw, unit=unit, candidates=rng.choice(CANDIDATES), printed=printed)


def _other_numbers(rng: random.Random, report: Report) -> Report:
    most = rng.choice((3, 50, 10**6, 10**15))
    counts = [place for place, column in all_columns().items() if column.kind != "amount"]
    return _with(
        report,
        {
            place: Cell(rng.randint(-1 if rng.random() < 0.1 else 0, most), "number")
            for place in counts
            if place in report.cells and rng.random() < 0.4
        },
    )


def _missing_totals(_rng: random.Random, report: Report) -> Report:
    return _with(
        report,
        {place: Cell(None, "blank") for place in report.cells if place.endswith((".total",))},
    )


def _no_table(rng: random.Random, report: Report) -> Report:
    key = rng.choice(TABLE_KEYS)
    cells = {place: cell for place, cell in report.cells.items() if not place.startswith(key)}
    return replace(report, cells=cells)


def _cells_lost(rng: random.Random, report: Report) -> Report:
    cells = {place: cell for place, cell in report.cells.items() if rng.random() < 0.9}
    return replace(report, cells=cells)


def _other_edition(rng: random.Random, report: Report) -> Report:
    key: TableKey = rng.choice(TABLE_KEYS)
    edition: EditionKey | None = rng.choice((None, *EDITION_KEYS))
    return replace(report, editions={**report.editions, key: edition})


def _rows_of_both(rng: random.Random, report: Report) -> Report:
    key: TableKey = rng.choice(TABLE_KEYS)
    places = [
        address(key, row.key, column.key)
        for edition in EDITION_KEYS
        for row in table(key, edition).rows
        for column in row.columns
    ]
    return _with(
        report, {place: report.cells.get(place, Cell(1, "number", "1")) for place in places}
    )


def _no_such_cells(_rng: random.Random, report: Report) -> Report:
    return _with(report, {"elsewhere": Cell(1, "number"), "a.b.c": Cell(None, "unknown")})


def _notes(rng: random.Random, report: Report) -> Report:
    code = rng.choice(("table_doubled", "section_missing", "double_sign", "row_missing"))
    return report.with_notes(Note(code, "见原文", rng.choice(((), ("elsewhere",), ("a.b.c",)))))


def _nobody(rng: random.Random, report: Report) -> Report:
    years = (None, 0, 1, -5, 2020, 9998, 9999, 10_000, 2**63, 10**30)
    agency = rng.choice((None, "", "甲市水务局", "乙县人民政府", "\ud800"))
    return replace(
        report, agency=agency, year=rng.choice(years), title=rng.choice((None, "\udfff"))
    )


def _prose(rng: random.Random, report: Report) -> Report:
    lines = rng.choice((0, 1, 5, 30))
    paragraphs = tuple(
        Paragraph(
            rng.choice((0, 1, 1, 1, 5, 6, 7, -2, 99)),
            "".join(rng.choices(PIECES, k=rng.choice((0, 1, 8, 60)))),
        )
        for _line in range(lines)
    )
    return replace(report, paragraphs=(*report.paragraphs, *paragraphs))


DAMAGES: tuple[Damage, ...] = (
    *(_unknown_rows, _odd_cells, _other_numbers, _missing_totals, _no_table, _cells_lost),
    *(_other_edition, _rows_of_both, _no_such_cells, _notes, _nobody, _prose, _prose),
)
