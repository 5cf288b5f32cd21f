"""The score sheet: what takes points off, what waits for a word, who said what, and the ranking."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from checks.states import basis
from desk.desk import Desk
from desk.scoring import score_sheet
from desk.season import Arrival, Organ
from form.figures import digits
from form.report import Paragraph
from form.roster import Row
from form.scoring import weight_from
from form.today import today
from library.errors import LibraryError
from library.letters import Outgoing
from library.roster import RowChange
from library.store import Library
from measures.scoring import Scored, Sheet
from outputs.score_file import score_workbook
from tests.desk.season import imported
from tests.desk.test_season import NOW, ONE, THREE, TODAY, TWO, YEAR, right, wrong


@pytest.fixture
def roster(library: Library) -> Library:
    rows = [RowChange(name, {"group": "部门", "due_from": 2020}) for name in (ONE, TWO)]
    library.roster.put([*rows, RowChange(THREE, {"due_from": 2020})], "checker")
    return library


def sheet(library: Library, later: int = 90) -> Sheet:
    day = TODAY + timedelta(days=later)
    return score_sheet(library, Desk(library).settled(), YEAR, day)


def of(library: Library, agency: str, later: int = 90) -> Scored:
    return next(item for item in sheet(library, later).scored if item.agency == agency)


def points(item: Scored) -> list[tuple[str, bool]]:
    return [(point.item, point.counts) for point in item.points]


def test_nobody_loses_anything_before_the_term(roster: Library) -> None:
    assert [item.score for item in sheet(roster, later=0).scored] == [100, 100, 100]


def test_who_sent_nothing_by_the_term_loses_the_points_for_that(roster: Library) -> None:
    item = of(roster, ONE)
    assert points(item) == [("missing", True)]
    assert (item.score, item.off["missing"]) == (90, 10)


def test_a_slip_takes_off_once_up_to_a_limit_and_what_stands_for_a_reason_nothing(
    roster: Library,
) -> None:
    roster.season.receive([ONE], YEAR, TODAY, "mail", "checker")
    (number,) = imported(roster, wrong(ONE), data=b"1")
    item = of(roster, ONE)
    errors = [point for point in item.points if point.item == "errors"]
    assert len(errors) == len({point.evidence for point in errors}) >= 1
    assert item.off["errors"] == min(len(errors), 5)
    report = roster.report(number)
    for judged in Desk(roster).judged(number):
        if judged.finding.is_error:
            key = judged.finding.key
            roster.log.accept(number, key, basis(report, judged.finding), "备案口径", "checker")
    assert of(roster, ONE).off["errors"] == 0


def test_the_day_it_came_and_the_day_it_was_published_count(roster: Library) -> None:
    imported(roster, right(ONE), data=b"1")
    late = TODAY + timedelta(days=20)
    roster.season.receive([ONE], YEAR, late, "paper", "checker")
    roster.season.publish(ONE, YEAR, late, "https://example.invalid/1", "checker")
    found = of(roster, ONE)
    assert {("late_filed", True), ("late", True)} <= {*points(found)}
    (filed,) = (point for point in found.points if point.item == "late_filed")
    assert "逾期 12 天" in filed.says


def test_the_day_of_an_import_makes_nobody_late(roster: Library) -> None:
    imported(roster, right(ONE), data=b"1")
    assert of(roster, ONE).score == 100


def test_a_noted_correction_does_not_make_the_first_late(roster: Library) -> None:
    imported(roster, right(ONE), data=b"1")
    organ = Organ(
        Row(ONE), None, date(2024, 1, 31), brought=date(2024, 1, 10),
        arrivals=(Arrival(date(2024, 2, 20), "mail"),),
    )  # fmt: skip
    assert organ.late == 0
    assert replace(organ, brought=date(2024, 2, 21)).late == 20


def test_of_whom_no_figures_count_nobody_says_a_score(roster: Library) -> None:
    roster.season.receive([ONE], YEAR, TODAY, "paper", "checker")
    item = sheet(roster).scored[-1]
    assert (item.agency, item.is_rated, item.rank) == (ONE, False, 0)
    (line,) = (
        line
        for line in load_workbook(BytesIO(score_workbook(sheet(roster)))).worksheets[0].values
        if line[1] == ONE
    )
    assert (line[0], line[3]) == ("未评", None)


def test_a_question_takes_nothing_off_until_somebody_upholds_it(roster: Library) -> None:
    prose = "我局坚持以人民为中心，扎实推进政务公开各项工作，全年主动公开信息。" * 12
    for year in (YEAR - 1, YEAR):
        text = right(ONE, year)
        said = tuple(Paragraph(section, prose + str(section)) for section in (1, 5, 6))
        object.__setattr__(text, "paragraphs", said)
        imported(roster, text, data=str(year).encode())
    waiting = of(roster, ONE)
    (copied,) = (point for point in waiting.points if point.item == "copied")
    assert not copied.counts
    assert (waiting.off["copied"], waiting.pending) == (0, 5)
    said = roster.scores.rule(ONE, YEAR, "copied", copied.evidence, "upheld", "逐段比对", "checker")
    upheld = of(roster, ONE)
    assert (upheld.off["copied"], upheld.pending) == (5, 0)
    roster.log.undo(said.number, "checker")
    assert of(roster, ONE).off["copied"] == 0


def test_a_point_is_struck_for_a_reason_and_the_word_can_be_taken_back(roster: Library) -> None:
    with pytest.raises(LibraryError, match="理由"):
        roster.scores.rule(ONE, YEAR, "missing", "", "struck", " ", "checker")
    said = roster.scores.rule(ONE, YEAR, "missing", "", "struck", "机构改革，免报", "checker")
    assert (of(roster, ONE).score, of(roster, TWO).score) == (100, 90)
    assert roster.log.verify() == ()
    roster.log.undo(said.number, "checker")
    assert of(roster, ONE).score == 90


def test_what_was_sent_back_and_not_mended_in_time(roster: Library) -> None:
    (number,) = imported(roster, wrong(ONE), data=b"1")
    slip = next(item for item in Desk(roster).judged(number) if item.finding.is_error)
    keys = {slip.finding.key: basis(roster.report(number), slip.finding)}
    due = TODAY + timedelta(days=7)
    letter = Outgoing("check", ONE, YEAR, TODAY, due, "〔2024〕3号", b"letter", number, keys)
    roster.letters.send([letter], "checker")
    assert of(roster, ONE, later=3).off["returned"] == 0
    late = of(roster, ONE, later=9)
    (point,) = (item for item in late.points if item.item == "returned")
    assert "〔2024〕3号" in point.says
    assert late.off["returned"] == 5


def test_weights_are_those_of_the_office_and_need_a_source(roster: Library) -> None:
    with pytest.raises(LibraryError, match="依据"):
        roster.scores.set_weight("missing", "20", "", "checker")
    for odd in ("x", "-1", "1/500", "NaN", ""):
        with pytest.raises(LibraryError):
            roster.scores.set_weight("missing", odd, "本市办法", "checker")
    said = roster.scores.set_weight("missing", "20", "本市办法第三条", "checker")
    assert of(roster, ONE).score == 80
    roster.log.undo(said.number, "checker")
    assert of(roster, ONE).score == 90
    assert weight_from("1/5", "") is not None
    # A weight is no word about agencies.
    assert roster.agencies.registry().terms == {}


def test_equal_scores_share_a_rank(roster: Library) -> None:
    roster.scores.rule(TWO, YEAR, "missing", "", "struck", "免报", "checker")
    ranks = [(item.agency, item.rank, item.is_tied) for item in sheet(roster).scored]
    assert ranks == [(TWO, 1, False), (ONE, 2, True), (THREE, 2, True)]


def test_the_workbook_says_each_point_and_weight(roster: Library) -> None:
    roster.scores.rule(TWO, YEAR, "missing", "", "struck", "=免报", "检查人")
    made = sheet(roster)
    book = load_workbook(BytesIO(score_workbook(made)))
    first, evidence, weights = (list(page.values) for page in book.worksheets)
    scores = {line[1]: line[3] for line in first[4:]}
    assert scores == {item.agency: Decimal(digits(item.score)) for item in made.scored}
    struck = next(line for line in evidence if line[0] == TWO)
    assert struck[3:] == ("不扣：=免报", "检查人")
    assert any("鲤城区" in str(line[2]) for line in weights)
    assert all(cell.data_type != "f" for page in book for row in page for cell in row)


def test_without_a_roster_nobody_is_scored(library: Library) -> None:
    imported(library, wrong(ONE), data=b"1")
    assert score_sheet(library, Desk(library).settled(), YEAR, NOW.date()).scored == ()
    assert today() > TODAY
