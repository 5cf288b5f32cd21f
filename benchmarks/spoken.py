"""What the checks say about the reports in a folder: how often each kind speaks, and where.

Run: python -m benchmarks.spoken FOLDER... [--rule CODE...] [--quiet]
Every file is read as the app reads it, and all reports are checked together: reports of one agency
on following years are held against each other. Each finding is printed with the sentence that it
quotes, so that a person can say whether it is true; `--rule` chooses kinds, `--quiet` prints the
counts only. Sums that unread cells leave open are counted apart: they say nothing yet.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from checks.catalogue import SEVERITIES
from checks.together import Checked, check_together
from form.report import Report
from loaders import ReadError, files_in, read


def reports(folders: Iterable[Path]) -> Iterator[tuple[str, Report | ReadError]]:
    """Yield the reports of all files under folders, or why there are none, with the file's name."""
    for folder in folders:
        for path in sorted(folder.rglob("*")) if folder.is_dir() else [folder]:
            if path.is_file():
                yield from _of_file(path)


def _of_file(path: Path) -> Iterator[tuple[str, Report | ReadError]]:
    for member in files_in(path.read_bytes(), path.name):
        if member.error is not None:
            yield member.name, member.error
            continue
        try:
            for report in read(member.data, member.name):
                yield member.name, report
        except ReadError as error:
            yield member.name, error


def lines(checked: Sequence[tuple[str, Checked]], rules: Sequence[str]) -> Iterator[str]:
    """Yield a line a finding of the chosen kinds, with what it quotes."""
    for name, item in checked:
        for finding in item.findings:
            if finding.rule in rules:
                yield f"{name} [{item.report.agency} {item.report.year}]: {finding.message}"
                yield from (f"    “{quote.text[:160]}”" for quote in finding.quotes[:3])


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the counts, and the findings one by one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--rule", nargs="+", choices=[*SEVERITIES], default=[*SEVERITIES])
    parser.add_argument("--quiet", action="store_true")
    options = parser.parse_args(arguments)
    told = list(reports(options.folders))
    found = [(name, item) for name, item in told if isinstance(item, Report)]
    refused = Counter(item.code for _name, item in told if isinstance(item, ReadError))
    named = [name for name, _report in found]
    checked = check_together([report for _name, report in found])
    # A sum that unread cells leave open is a question, whatever its rule is where it fails.
    counts = Counter(
        (finding.rule, finding.severity) for item in checked for finding in item.findings
    )
    order = [*SEVERITIES]
    print(f"{len(found)} reports, {refused.total()} files refused: {dict(refused)}")
    for (rule, severity), count in sorted(counts.items(), key=lambda one: order.index(one[0][0])):
        if rule in options.rule:
            left_open = "  left open" if severity != SEVERITIES[rule] else ""
            print(f"{rule:<28}{severity:<10}{count:>6}{left_open}")
    if not options.quiet:
        print(*lines(list(zip(named, checked, strict=True)), options.rule), sep="\n")


if __name__ == "__main__":
    main()
