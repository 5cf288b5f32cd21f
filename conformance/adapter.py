"""Disclosure Desk as a tool of the suite: a case as JSON in, its findings and suspects out."""

from __future__ import annotations

import json
import sys

from checks.tally import check_report
from form.exchange import report_from_json
from form.report import Json


def answer(question: Json) -> Json:
    """Return what the desk's checks say about a case; raises ValueError for no case."""
    report = report_from_json(question["report"])
    return {
        "findings": [finding.to_json() for finding in check_report(report)],
        "suspects": [],
    }


def main() -> None:
    """Answer the case on stdin."""
    json.dump(answer(json.load(sys.stdin)), sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main()
