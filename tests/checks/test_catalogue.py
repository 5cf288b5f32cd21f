"""Every kind of finding in words: what it looks at, what it rests on, what blanks do."""

from checks import bounds
from checks.catalogue import SEVERITIES, kind_name, kinds, severity_names, subject_names
from checks.prose.basis import FIRST_YEAR
from form.figures import grouped
from form.rules import RULES, YEAR_RULES


def test_kinds_are_listed_sums_first_and_prose_last() -> None:
    order = list(kinds())
    assert order == list(SEVERITIES)
    assert order[: len(RULES)] == [rule.code for rule in RULES]
    assert order.index("section_missing") < order.index("carry") < order.index("prose_count")


def test_every_kind_says_everything_about_itself() -> None:
    for code, kind in kinds().items():
        assert kind.code == code
        assert kind.severity in severity_names()
        assert kind.looks_at == subject_names()[kind.subject]
        assert all((kind.name, kind.sentence, kind.source, kind.blanks, kind.editions)), code
        assert kind_name(code) == kind.name


def test_rules_say_here_what_they_say_of_themselves() -> None:
    for rule in (*RULES, *YEAR_RULES):
        kind = kinds()[rule.code]
        said = (kind.name, kind.sentence, kind.source, kind.severity, kind.editions, kind.years)
        assert said == (
            rule.name,
            rule.sentence,
            rule.source,
            rule.severity,
            rule.editions,
            rule.years,
        )


def test_only_what_the_regulation_says_is_put_down_to_it() -> None:
    cited = {code for code, kind in kinds().items() if "条例" in kind.source}
    assert cited == {"late"}
    assert "没有文件依据" in kinds()["implausible_amount"].source


def test_warnings_across_years_and_questions_of_prose_are_no_errors() -> None:
    severities = {code: kinds()[code].severity for code in ("carry", "in_force", "items")}
    assert severities == {"carry": "error", "in_force": "warning", "items": "warning"}
    questions = {code for code, kind in kinds().items() if kind.severity == "question"}
    assert questions == {
        "prose_count",
        "prose_year",
        "prose_copied",
        "prose_period",
        "prose_parts",
        "prose_settled",
        "prose_growth",
        "foreign_name",
        "prose_copied_elsewhere",
        "regulations_without_power",
        "issued_above_in_force",
        "same_as_last_year",
        "review_pending_lost",
        "litigation_without_review",
        "year_jump",
    }


def test_bounds_are_named_by_the_numbers_that_are_asked_by() -> None:
    said = {
        "amount_scale": (bounds.SCALE_LEAST, bounds.SCALE_MOST),
        "same_as_last_year": (bounds.LEAST_EQUAL,),
        "year_jump": (bounds.JUMP_TIMES, bounds.JUMP_BY),
    }
    for code, numbers in said.items():
        sentence = kinds()[code].sentence
        assert [number for number in numbers if f" {grouped(number)} " in sentence] == [*numbers]
    outdated = kinds()["basis_outdated"]
    assert outdated.sentence.startswith(f"{FIRST_YEAR} 年度")
    assert outdated.years[0] == FIRST_YEAR
