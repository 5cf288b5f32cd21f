"""Whatever is wrong with a report, it is judged: no check fails, and all say the same.

300 random reports, 2,000 where the environment says FULL=1. SEED repeats a run.
"""

import os
import random
from collections.abc import Iterator

import pytest

from checks.across import check_between
from checks.catalogue import SEVERITIES
from checks.findings import Finding
from checks.kept import finding_from_kept, finding_to_kept
from checks.prose import ProseFacts, copied_findings, prose_facts, prose_findings
from checks.suspects import Limits, content_key, suspects
from checks.tally import check_library, check_report
from checks.together import check_together
from form.countable import countable
from form.matrix import matrix_of
from form.report import Report
from tests.checks.damaged import damaged, neighbour

COUNT = 2000 if os.environ.get("FULL") else 300
AT_ONCE = 20
SHORT = Limits(steps=300, asked=300, seconds=0.2)
"""Few steps: what takes longest is tried on a few reports only, and running out of them on all."""


@pytest.fixture(params=range(4))
def rng(request: pytest.FixtureRequest) -> random.Random:
    seed = int(os.environ.get("SEED", random.SystemRandom().randrange(10**9))) + request.param
    print(f"SEED={seed - request.param}")
    return random.Random(seed)


def chain(rng: random.Random) -> list[Report]:
    first = damaged(rng)
    return [first, *([neighbour(rng, first)] if rng.random() < 0.7 else [])]


def some_reports(rng: random.Random) -> Iterator[list[Report]]:
    done = 0
    while done < COUNT // 4:
        reports = [report for _chain in range(AT_ONCE) for report in chain(rng)]
        done += len(reports)
        yield reports


def unjudged(findings: tuple[Finding, ...]) -> list[Finding]:
    return [item for item in findings if item.rule == "not_judged"]


def test_any_report_is_judged_and_the_library_says_the_same(
    rng: random.Random, caplog: pytest.LogCaptureFixture
) -> None:
    for reports in some_reports(rng):
        for checked in check_together(reports):
            assert not unjudged(checked.findings), caplog.text
            assert all(item.rule in SEVERITIES and item.message for item in checked.findings)
        # A library has an agency's year once; here each chain is an agency's own.
        alone = {
            number: report
            for number, report in enumerate(reports)
            if (report.agency, report.year) not in [(it.agency, it.year) for it in reports[:number]]
        }
        facts = {number: prose_facts(report) for number, report in alone.items()}
        together = check_together(list(alone.values()))
        found = check_library(matrix_of(alone), alone.__getitem__, facts)
        for number, checked in zip(alone, together, strict=True):
            differing = {*found[number]} ^ {*checked.findings}
            assert not differing, [(item.rule, item.message) for item in differing]
            assert len(found[number]) == len(checked.findings)


def test_what_is_said_of_any_report_can_be_kept_and_listed(rng: random.Random) -> None:
    reports = [damaged(rng) for _number in range(COUNT // 20)]
    for report in reports:
        facts = prose_facts(report)
        assert ProseFacts.from_json(facts.to_json()) == facts
        for finding in check_report(report, facts):
            assert finding_from_kept(finding_to_kept(finding)) == finding
            assert finding.to_json()["message"] == finding.message


def test_no_check_by_itself_raises(rng: random.Random, capfd: pytest.CaptureFixture[str]) -> None:
    seed = capfd.readouterr().out
    for number in range(COUNT // 4):
        report = damaged(rng)
        after = neighbour(rng, report)
        list(prose_findings(report))
        list(copied_findings(after, report))
        plain = countable(report)
        if plain.year is not None and countable(after).year is not None:
            check_between(report, after)
        content_key(after, None, report)
        if number % 3 == 0:
            found = suspects(after, None, None, report, None, SHORT)
            assert found.complete == (found.limit == "")
            assert "未能核对" not in found.limit, seed
    # The solver is a library of C++, which may write to where a command's answer goes.
    assert capfd.readouterr().out == "", seed
    print(seed)


def test_suspects_with_all_their_steps(rng: random.Random) -> None:
    for _number in range(COUNT // 150):
        found = suspects(damaged(rng))
        assert found.complete == (found.limit == "")
        assert "未能核对" not in found.limit
