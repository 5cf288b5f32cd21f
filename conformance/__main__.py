"""Run the suite: `python -m conformance [--command "tool"] [--rule RULE] [--case ID]`."""

from __future__ import annotations

import argparse
import json
import os
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence

from conformance.case import Case
from conformance.exchange import AnswerError, answer_from_json, question
from conformance.reading import cases
from conformance.scoring import Verdict, judge
from form.report import Json

Tool = Callable[[Json], object]


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask a tool about every case and print its score; 0 where it passes all of them."""
    parser = argparse.ArgumentParser(prog="python -m conformance", description=__doc__)
    parser.add_argument("--command", help="the tool: a case on stdin, its answer on stdout")
    parser.add_argument("--rule", help="only the cases about this rule or kind of explanation")
    parser.add_argument("--case", help="only this case")
    parser.add_argument("--timeout", type=float, default=60, help="seconds a case may take")
    options = parser.parse_args(arguments)
    chosen = [case for case in cases(options.rule) if options.case in (None, case.id)]
    if not chosen:
        parser.error("no such case")
    tool = command(options.command, options.timeout) if options.command else own_tool()
    verdicts = [verdict(case, tool) for case in chosen]
    sys.stdout.writelines(f"{line}\n" for line in score(verdicts))
    return 0 if all(item.passed for item in verdicts) else 1


def own_tool() -> Tool:
    """Return Disclosure Desk, asked in this process."""
    # It needs packages that whoever holds another tool to the suite need not have.
    from conformance.adapter import answer

    return answer


def command(text: str, timeout: float) -> Tool:
    """Return the tool that a command line starts, once a case."""
    words = shlex.split(text, posix=os.name != "nt")

    def ask(data: Json) -> object:
        done = subprocess.run(
            words,
            input=json.dumps(data, ensure_ascii=False).encode(),
            capture_output=True,
            timeout=timeout,
            check=False,
        )
        if done.returncode:
            raise AnswerError(f"exit code {done.returncode}: {done.stderr.decode()[-400:]}")
        return json.loads(done.stdout)

    return ask


def verdict(case: Case, tool: Tool) -> Verdict:
    """Return the verdict on what a tool says about a case."""
    try:
        return judge(case, answer_from_json(tool(question(case))))
    except (AnswerError, json.JSONDecodeError, OSError, subprocess.TimeoutExpired) as error:
        return Verdict(case, failure=str(error))


def score(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """Yield the score by rule, then what is wrong case by case."""
    yield f"{'':<20}{'cases right':>16}{'findings given':>20}{'not expected':>16}"
    for rule in dict.fromkeys(item.case.rule for item in verdicts):
        yield _line(rule, [item for item in verdicts if item.case.rule == rule])
    yield _line("all", verdicts)
    for item in verdicts:
        if not item.passed:
            yield f"\n{item.case.id} ({item.case.rule}): {item.case.title}"
            yield from (f"  {line}" for line in item.lines())


def _line(name: str, verdicts: Sequence[Verdict]) -> str:
    """Return one line of the table: most cases of a rule are to find nothing, so both are counted."""
    right = f"{sum(item.passed for item in verdicts)} of {len(verdicts)}"
    planted = sum(len(item.case.findings) for item in verdicts)
    given = f"{planted - sum(map(_missed, verdicts))} of {planted}"
    return f"{name:<20}{right:>16}{given:>20}{sum(len(item.unasked) for item in verdicts):>16}"


def _missed(item: Verdict) -> int:
    return len(item.case.findings if item.failure else item.missed)


if __name__ == "__main__":
    sys.exit(main())
