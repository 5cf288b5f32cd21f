"""Reports built by hand: the figures of real reports, and made-up ones for what those lack."""

from collections.abc import Mapping
from dataclasses import replace

from checks.findings import Finding
from form.editions import TABLE_KEYS, all_columns, table
from form.model import EditionKey, address
from form.report import Cell, Report
from form.rules import evaluate, sums
from form.values import parse

# One word a cell: a blank is "_", a cell that cannot be told is "?".
LIAOCHENG = {
    "disclosure": """
        regulations 0 0 0
        normative_documents 2 2 2
        administrative_licensing 329 -230 99
        other_services - 0 0
        administrative_penalty 88 -38 50
        administrative_coercion - 0 0
        administrative_fees 1 0
        government_procurement 19 4156.93万元""",
    "applications": """
        new_received 77 0 3 0 25 0 105
        carried_over 0 0 0 0 0 0 0
        granted 47 _ _ _ 18 _ 65
        partial 11 _ _ _ 4 _ 15
        denied_admin_query 10 _ _ _ _ _ 10
        unable_not_held 7 _ 2 _ 6 _ 15
        total_processed 75 _ 2 _ 28 _ 105
        carried_forward 0 _ _ _ _ _ 0""",
    "disputes": """
        review 0 0 2 0 2
        litigation_direct 0 1 7 0 8
        litigation_after_review 0 0 0 0 0""",
}
BEIDAIHE = {
    "disclosure": "administrative_fees 0 1",
    "applications": """
        new_received 4 _ _ _ _ _ 4
        carried_over 0 _ _ _ _ _ _
        partial 2 _ _ _ _ _ 2
        denied_law_forbidden 1 _ _ _ _ _ 1
        unable_not_held 1 _ _ _ _ _ 1""",
    "disputes": "",
}
MADE_UP_2021 = {
    "disclosure": """
        regulations 0 0 1
        normative_documents 12 3 152
        administrative_licensing 10432
        administrative_penalty 871
        administrative_coercion —
        administrative_fees 152790""",
    "applications": """
        new_received 245 3 0 0 6 1 255
        carried_over 10 0 0 0 0 0 10
        granted 101 2 0 0 3 0 106
        partial 22 0 0 0 1 0 23
        denied_state_secret 1 0 0 0 0 0 1
        denied_third_party 9 ? 0 0 ? 0 9
        denied_internal_affairs 14 0 0 0 0 0 14
        unable_not_held 61 1 0 0 2 0 64
        unable_needs_creation 8 0 0 0 0 0 8
        unprocessed_complaint 6 0 0 0 0 0 6
        other_no_correction 12 0 0 0 0 0 12
        other_no_fee 0 0 0 0 0 0 0
        other_other 2 0 0 0 0 1 3
        total_processed 236 3 0 0 6 1 246
        carried_forward 19 0 0 0 0 0 19""",
    "disputes": """
        review 3 1 0 1 5
        litigation_direct 1 0 0 2 3
        litigation_after_review 0 0 0 0 无""",
}


def cell(text: str, where: str) -> Cell:
    """A cell that says what `text` says, "_" for a blank and "?" for unknown."""
    if text == "?":
        return Cell(None, "unknown", candidates=(0, None))
    raw = "" if text == "_" else text
    reading = parse(raw, all_columns()[where])
    return Cell(reading.value, reading.mark, raw, unit=reading.unit)


def report(
    agency: str, year: int, edition: EditionKey, tables: Mapping[str, str] = LIAOCHENG
) -> Report:
    """A report with the given lines; rows that are not given are blank."""
    cells: dict[str, Cell] = {}
    for key in TABLE_KEYS:
        if key not in tables:
            continue
        lines = {words[0]: words[1:] for words in map(str.split, tables[key].split("\n")) if words}
        for row in table(key, edition).rows:
            if row.optional and row.key not in lines:
                continue
            texts = lines.pop(row.key, ["_"] * len(row.columns))
            for column, text in zip(row.columns, texts, strict=True):
                where = address(key, row.key, column.key)
                cells[where] = cell(text, where)
        assert not lines, lines
    return Report(agency, year, {key: edition for key in TABLE_KEYS if key in tables}, cells)


def liaocheng() -> Report:
    """Three broken balances among blanks; dashes and an amount with its unit."""
    return report("聊城市自然资源和规划局", 2020, "2019", LIAOCHENG)


def beidaihe() -> Report:
    """Nearly all blank, and both of its totals missing."""
    return report("北戴河区自然资源和规划局", 2020, "2019", BEIDAIHE)


def made_up(agency: str = "甲市自然资源和规划局", year: int = 2023) -> Report:
    """A well-filled report in the newer edition with two unknown cells."""
    return report(agency, year, "2021", MADE_UP_2021)


def with_cell(base: Report, where: str, value: Cell) -> Report:
    """The report with one cell put in another's place."""
    return replace(base, cells={**base.cells, where: value})


def broken_sums(base: Report) -> tuple[Finding, ...]:
    """Every violated sum of a report as an error, worded simply."""

    def shown(places: tuple[str, ...]) -> str:
        return " + ".join(
            "空" if base.cells[place].value is None else str(base.cells[place].value)
            for place in places
        )

    return tuple(
        Finding(
            outcome.sum.rule.code,
            "error",
            key,
            f"{outcome.sum.rule.name}：{outcome.sum.key}",
            outcome.sum.addresses,
            len(outcome.sum.left),
            outcome.left,
            outcome.right,
            equation=f"{shown(outcome.sum.left)} ≠ {shown(outcome.sum.right)}",
            **{outcome.sum.rule.axis: outcome.sum.key},
        )
        for key in TABLE_KEYS
        if base.has_table(key)
        for outcome in evaluate(base.cells, sums(key, base.editions[key] or "2021"))
        if outcome.holds is False
    )


def missing_total(column: str = "natural_person", required: int = 4) -> Finding:
    """A total printed blank although it must be more than 0."""
    where = f"applications.total_processed.{column}"
    return Finding(
        "missing_total",
        "error",
        "applications",
        f"总计漏填：此格应为 {required}",
        (where,),
        column=column,
        row="total_processed",
        required=required,
    )
