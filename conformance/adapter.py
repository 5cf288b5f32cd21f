"""Disclosure Desk as a tool of the suite: a case as JSON in, its findings and suspects out."""

from __future__ import annotations

import json
import sys

from checks.across import check_between
from checks.prose import copied_findings, elsewhere_findings, growth_findings, prose_facts
from checks.suspects import suspects
from checks.tally import check_report, listed
from checks.year_doubts import earlier_scale
from form.exchange import report_from_json
from form.report import Json, Report


def answer(question: Json) -> Json:
    """Return what the desk's checks say about a case; raises ValueError for no case."""
    report = report_from_json(question["report"])
    others = [report_from_json(other) for other in question["others"]]
    before, after = (_neighbour(report, others, offset) for offset in (-1, 1))
    findings = check_report(report)
    if before is not None:
        findings += (*check_between(before, report), *copied_findings(report, before))
        findings += (*growth_findings(report, before),)
    elsewhere = [other for other in others if other.agency != report.agency]
    findings += (*elsewhere_findings(report, elsewhere),)
    if after is not None:
        findings += (*earlier_scale(report, after),)
    findings = listed(findings)
    explained = suspects(report, findings, prose_facts(report).claims, before, after)
    return {
        "findings": [finding.to_json() for finding in findings],
        "suspects": [explanation.to_json() for explanation in explained.explanations],
    }


def _neighbour(report: Report, others: list[Report], offset: int) -> Report | None:
    """Return the agency's report on the year before (-1) or after (1), None where there is none."""
    years = {other.year: other for other in others if other.agency == report.agency}
    return None if report.year is None else years.get(report.year + offset)


def main() -> None:
    """Answer the case on stdin."""
    json.dump(answer(json.load(sys.stdin)), sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main()
