"""What is in files that nobody keeps: read, checked together, and one answer at least for each.

Every file is opened and read in a process of its own (`loaders.sandbox.child`), and judged so that a fault
in one report is a finding about that report. Whatever a file is called or does, the others of a
batch have their answers, in the order in which they were asked for.
"""

from __future__ import annotations

import logging
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from errno import EINVAL
from functools import partial
from hashlib import sha256
from pathlib import Path, PurePath
from typing import Final, TypeVar

from checks.findings import Finding
from checks.slips import with_slips
from checks.suspects import suspects
from checks.together import Checked, check_together
from checks.unjudged import Judging, judged_or_not
from form.language import _
from form.report import Json, Report
from form.values import joined_halves
from library.errors import LibraryError
from loaders import Member, ReadError, refusals
from loaders.evidence import Explanation, drawn_pages, explanations
from loaders.evidence.verifying import Difference, differences_isolated
from loaders.sandbox.child import Found, ReaderError, read_isolated
from loaders.sandbox.isolated import (
    MOST_BYTES,
    files_in_isolated,
    grids_isolated,
    kind_of_isolated,
)
from loaders.sandbox.limits import crashed

_T = TypeVar("_T")
_log: Final = logging.getLogger(__name__)
_PDF: Final = "pdf"


@dataclass(frozen=True, slots=True)
class _Read:
    """What is known of a file, and a report that it held; None where it held none."""

    facts: Json
    report: Report | None = None


def described(paths: Sequence[Path]) -> list[Json]:
    """Return what `read --json` says of files: an object a report, or why there is none.

    At least one for every path, in their order. Reports of one agency's neighbouring years are
    compared with each other.
    """
    found = [item for path in paths for item in _read(path)]
    said = iter(_judged_together([item.report for item in found if item.report is not None]))
    return [
        item.facts if item.report is None else {**item.facts, **item.report.to_json(), **next(said)}
        for item in found
    ]


def name_of(path: Path) -> str:
    """Return a file's name as text that can be shown, what is no text in it as U+FFFD."""
    return joined_halves(str(path))


def explained(
    path: Path, address: str
) -> Iterator[tuple[str, tuple[Explanation, ...] | ReadError]]:
    """Yield, for each file that a path stands for, why a cell reads so in its reports."""
    return _asked(path, lambda file: explanations(file.data, _short(file), address))


def verified(path: Path) -> Iterator[tuple[str, tuple[Difference, ...] | ReadError | None]]:
    """Yield, for each file that a path stands for, what two readers read differently.

    None where it is no PDF, of which there is only one reading.
    """
    return _asked(path, _differences)


def drawn(path: Path) -> Iterator[tuple[str, list[tuple[int, bytes]] | ReadError]]:
    """Yield, for each file that a path stands for, (number, PNG) of its pages that have tables.

    Where pages are wanting, why stands behind those that were drawn.
    """
    for name, answer in _asked(path, lambda file: drawn_pages(file.data, _short(file))):
        if isinstance(answer, ReadError):
            yield name, answer
            continue
        pages, error = answer
        yield name, pages
        if error is not None:
            yield name, error


def _differences(file: Member) -> tuple[Difference, ...] | None:
    if kind_of_isolated(file.data, _short(file)) != _PDF:
        return None
    return differences_isolated(file.data, _short(file))


def _asked(path: Path, ask: Callable[[Member], _T]) -> Iterator[tuple[str, _T | ReadError]]:
    for file in _files(path):
        yield file.name, _answer(file, ask)


def _answer(file: Member, ask: Callable[[Member], _T]) -> _T | ReadError:
    """Return an answer about a file; whatever goes wrong over it is an error of this file."""
    if file.error is not None:
        return file.error
    try:
        return ask(file)
    except ReadError as error:
        return error
    except Exception as error:  # noqa: BLE001  the rest of the batch is to have its answers
        return _fault(error, file.data)


def _fault(error: Exception, data: bytes) -> ReadError:
    """Return a refusal with a number, and write down under it what failed, in none of its words."""
    number = sha256(data).hexdigest()[:8]
    _log.error("no answer about %s: %s", number, type(error).__name__)
    return ReaderError(type(error).__name__, number)


def _files(path: Path) -> tuple[Member, ...]:
    name = name_of(path)
    try:
        data = _bytes(path)
    except IsADirectoryError:
        return (Member(name, error=ReadError("unreadable", _("这是文件夹，请给出其中的文件。"))),)
    except OSError as error:
        reason = _("文件打不开：{reason}").format(reason=error.strerror)
        return (Member(name, error=ReadError("unreadable", reason)),)
    try:
        return files_in_isolated(data, name)
    except Exception as error:  # noqa: BLE001  the rest of the batch is to have its answers
        return (Member(name, error=_fault(error, data)),)


def _bytes(path: Path) -> bytes:
    """Return what is in a file, of one that is too large a little more than may be in it."""
    if not stat.S_ISREG(path.stat().st_mode) and not path.is_dir():
        raise OSError(EINVAL, _("不是普通文件"))
    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)


def _short(file: Member) -> str:
    return PurePath(file.name).name


def _read(path: Path) -> list[_Read]:
    """Return every report in a file, or in the files of an archive, or their errors."""
    name = str(path)
    raw = {} if name_of(path) == name else {"file_bytes": os.fsencode(path).hex()}
    return [
        _Read({"file": file.name, **raw, **facts.facts}, facts.report)
        for file in _files(path)
        for facts in _reports(file)
    ]


def _reports(file: Member) -> list[_Read]:
    answer = _answer(file, _kind_and_reports)
    if isinstance(answer, ReadError):
        return [_Read({"error": answer.to_json()})]
    kind, reports = answer
    number = sha256(file.data).hexdigest()
    if not reports:
        return [_Read({"error": crashed(number[:8]).to_json()})]
    return [_Read({"sha256": number, "kind": kind}, report) for report in reports]


def _kind_and_reports(file: Member) -> Found:
    return read_isolated(file.data, _short(file))


def _judged_together(reports: Sequence[Report]) -> list[Json]:
    """Return what is said of each report; a fault in one is a finding about this one alone."""
    try:
        return list(map(_judged, check_together(reports)))
    except Exception as error:  # noqa: BLE001  found again below, and said of the report it is in
        _log.error("not judged together: %s", type(error).__name__)
    alone = [judged_or_not(partial(_alone, report), report) for report in reports]
    sound = [item.report for item in alone if isinstance(item, Checked)]
    try:
        together = iter(check_together(sound))
    except Exception:  # noqa: BLE001  then each stands for itself
        together = iter([item for item in alone if isinstance(item, Checked)])
    return [
        _findings(item) if isinstance(item, Finding) else _judged(next(together)) for item in alone
    ]


def _alone(report: Report) -> Checked:
    return check_together([report])[0]


def _judged(checked: Checked) -> Json:
    """Return what is wrong with a report, and what would explain it, best first."""
    judging = Judging(checked.report)
    found = judging.suspects(
        lambda: suspects(
            checked.report,
            checked.findings,
            checked.facts.claims,
            before=checked.before,
            after=checked.after,
        )
    )
    findings = with_slips(checked.findings, found, checked.report.year)
    data = _findings(*findings, *judging.unjudged())
    data["suspects"] = [{**item.to_json(), "on": found.on} for item in found.explanations]
    if not found.complete:
        data["suspects_limit"] = found.limit
    if checked.gap is not None:
        data["years_missing"] = {
            "years": list(checked.gap.missing),
            "message": checked.gap.sentence,
        }
    return data


def _findings(*findings: Finding) -> Json:
    return {"findings": [finding.to_json() for finding in findings], "suspects": []}


def scan_messages() -> frozenset[str]:
    """Return the sentences by which files are refused that are pictures of pages."""
    return frozenset((refusals.scanned().message, refusals.pictures_only().message))


def tables_of(name: str, data: bytes) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """Return the tables of any file as rows of text, read in a process of its own.

    Raises LibraryError with the reader's sentence.
    """
    try:
        return grids_isolated(data, name)
    except ReadError as error:
        raise LibraryError(error.message) from error
