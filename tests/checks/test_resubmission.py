"""A second version beside the first: what was asked, mended, still wrong, new, changed unasked."""

from collections.abc import Mapping
from dataclasses import replace

from checks.resubmission import Fate, Resubmission, resubmission
from checks.slips import with_slips
from checks.states import Judged
from checks.suspects import suspects
from checks.tally import check_report
from form.report import Cell, Paragraph, Report
from tests.library.made import made_report

COLUMNS = (
    "natural_person",
    "business",
    "research",
    "public_welfare",
    "legal_service",
    "other",
    "total",
)
# The drawing's report, in its first version.
ROWS = {
    "new_received": "171 10 0 0 10 0 137",
    "carried_over": "2 1 0 0 0 0 3",
    "granted": "41 4 0 0 2 0 47",
    "partial": "12 1 0 0 5 0 16",
    "denied_law_forbidden": "1 0 0 0 0 0 1",
    "denied_third_party": "2 1 0 0 0 0 3",
    "denied_internal_affairs": "3 0 0 0 0 0 3",
    "denied_process_info": "6 0 0 0 1 0 7",
    "denied_enforcement_file": "4 0 0 0 1 0 5",
    "denied_admin_query": "2 1 0 0 0 0 3",
    "unable_not_held": "15 2 0 0 1 0 18",
    "unable_needs_creation": "1 0 0 0 0 0 1",
    "unable_unclear": "1 0 0 0 0 0 1",
    "unprocessed_complaint": "14 0 0 0 0 0 14",
    "unprocessed_repeat": "3 0 0 0 1 0 4",
    "other_no_correction": "6 1 0 0 0 0 7",
    "other_other": "1 0 0 0 0 0 1",
    "total_processed": "112 10 0 0 9 0 131",
    "carried_forward": "7 1 0 0 1 0 6",
}


def at(row: str, column: str) -> str:
    return f"applications.{row}.{column}"


def report(**rows: str) -> Report:
    cells = {
        at(row, column): cell(text)
        for row, line in {**ROWS, **rows}.items()
        for column, text in zip(COLUMNS, line.split(), strict=True)
    }
    return made_report("庚区人民政府", 2025, count=0, cells=cells)


def cell(text: str) -> Cell:
    if text == "_":
        return Cell(None, "blank")
    if text == "?":
        return Cell(None, "unknown", candidates=(117, 171))
    return Cell(int(text), "number", text)


def judged(item: Report) -> tuple[Judged, ...]:
    found = tuple(check_report(item))
    known = with_slips(found, suspects(item, found, (), None, None), item.year)
    return tuple(Judged(finding, "open") for finding in known)


def compared(old: Report, new: Report, keys: set[str] | None = None) -> Resubmission:
    return resubmission(old, new, judged(old), judged(new), keys)


def fates(found: Resubmission) -> Mapping[str, Fate]:
    return {item.address.removeprefix("applications."): item.fate for item in found.cells}


SECOND = report(
    new_received="117 10 0 0 10 0 137",
    partial="12 1 0 0 3 0 16",
    denied_process_info="8 0 0 0 1 0 7",
    unable_not_held="14 2 0 0 1 0 17",
    unable_needs_creation="2 0 0 0 0 0 2",
)


def test_the_drawing() -> None:
    found = compared(report(), SECOND)
    assert found.sentence == "要求改的 3 处改好 2 处；1 处仍错，1 处新错，另改了 4 格"
    assert fates(found) == {
        "new_received.natural_person": "mended",
        "partial.legal_service": "mended",
        "denied_process_info.natural_person": "new",
        "unable_not_held.natural_person": "other",
        "unable_not_held.total": "other",
        "unable_needs_creation.natural_person": "other",
        "unable_needs_creation.total": "other",
    }
    assert found.same_sentence == "200 格中 193 格两版相同；正文相同"
    assert found.events == (
        "1 件由“三（四）无法提供 · 1.本机关不掌握相关政府信息”移到“三（四）无法提供 · 2.没有现成信息需要另行制作”",
    )
    assert not found.is_mended
    ((still,), (new,)) = found.still, found.new_slips
    assert {item.rule for item in (*still, *new)} <= {"applicants", "balance", "outcomes"}


def test_all_mended() -> None:
    good = report(
        new_received="117 10 0 0 10 0 137",
        partial="12 1 0 0 3 0 16",
        carried_forward="7 1 0 0 1 0 9",
    )
    found = compared(report(), good)
    assert found.sentence == "要求改的 3 处都已改好"
    assert found.is_mended
    assert set(fates(found).values()) == {"mended"}
    assert found.events == ()


def test_only_what_was_asked_counts() -> None:
    old = report()
    (key,) = [item.finding.key for item in judged(old) if item.finding.row == "new_received"]
    found = compared(old, SECOND, {key})
    assert (len(found.asked), len(found.mended), len(found.left)) == (1, 1, 1)
    assert found.sentence.startswith("要求改的 1 处都已改好；1 处新错")


def test_nothing_changed_is_nothing_mended() -> None:
    found = compared(report(), report())
    assert found.sentence == "要求改的 3 处改好 0 处；3 处仍错"
    assert found.cells == ()


def test_a_change_that_mends_nothing_is_still_wrong() -> None:
    found = compared(report(), report(partial="12 1 0 0 4 0 16"))
    assert fates(found) == {"partial.legal_service": "still"}
    assert len(found.still) == 3


def test_totals_follow_a_mended_cell() -> None:
    old = report(
        new_received="117 10 0 0 10 0 137",
        partial="12 1 0 0 3 0 16",
        carried_forward="7 1 0 0 1 0 9",
        granted="40 4 0 0 2 0 46",
    )
    new = report(
        new_received="117 10 0 0 10 0 137",
        partial="12 1 0 0 3 0 16",
        carried_forward="7 1 0 0 1 0 9",
    )
    found = compared(old, new)
    assert (len(found.asked), len(found.mended)) == (1, 1)
    assert fates(found) == {"granted.natural_person": "mended", "granted.total": "mended"}


def test_a_missing_total_filled_in_wrongly_is_not_mended() -> None:
    good = {
        "new_received": "117 10 0 0 10 0 137",
        "partial": "12 1 0 0 3 0 16",
        "carried_forward": "7 1 0 0 1 0 9",
    }
    old = report(**good, total_processed="_ 10 0 0 9 0 131")
    assert [item.finding.rule for item in judged(old)] == ["missing_total"]
    wrong = compared(old, report(**good, total_processed="121 10 0 0 9 0 131"))
    assert (len(wrong.mended), wrong.new_slips) == (0, ())
    assert wrong.sentence == "要求改的 1 处改好 0 处；1 处仍错"
    assert fates(wrong) == {"total_processed.natural_person": "still"}
    right = compared(old, report(**good))
    assert right.sentence == "要求改的 1 处都已改好"
    assert fates(right) == {"total_processed.natural_person": "mended"}


def test_what_cannot_be_read_is_not_mended() -> None:
    found = compared(report(), report(new_received="? 10 0 0 10 0 137"))
    assert len(found.mended) == 0
    assert len(found.untold) == 1
    assert "1 处因缺格无从核对" in found.sentence
    assert not found.is_mended


def test_blanks_for_zeros_change_nothing() -> None:
    found = compared(report(), report(unable_unclear="1 _ _ _ _ _ 1"))
    assert set(fates(found).values()) == {"spelling"}
    assert found.of("other") == ()
    assert found.same_sentence.endswith("5 格只是空、横线和 0 的写法不同")


def test_what_stands_for_a_reason_is_neither_asked_nor_left() -> None:
    old, new = report(), SECOND
    accepted = tuple(replace(item, state="accepted") for item in judged(new))
    found = resubmission(old, new, judged(old), accepted)
    assert found.is_mended
    assert found.new_slips == ()


def test_prose_is_compared_however_it_is_parted() -> None:
    old = replace(report(), paragraphs=(Paragraph(1, "总体 情况。"), Paragraph(1, "二")))
    same = replace(report(), paragraphs=(Paragraph(1, "总体情况。二"),))
    assert not compared(old, same).prose_differs
    assert compared(old, replace(same, paragraphs=())).prose_differs


def test_one_of_several_cells_that_belong_together_is_mended_alone() -> None:
    good = {"partial": "12 1 0 0 3 0 16", "carried_forward": "7 1 0 0 1 0 9"}
    old = report(**good, new_received="119 8 0 0 10 0 137")
    found = compared(old, report(**good, new_received="117 8 0 0 10 0 137"))
    assert (len(found.asked), len(found.mended)) == (2, 1)
    assert fates(found) == {"new_received.natural_person": "mended"}
