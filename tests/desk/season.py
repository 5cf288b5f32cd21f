"""A made-up season: reports of a few agencies come in, and people do what they do to them."""

from dataclasses import replace
from random import Random

from checks.prose import prose_facts
from checks.slips import with_slips_of_both
from checks.states import Judged, basis, judge
from checks.suspects import suspects
from checks.together import check_together
from desk.desk import settled_last
from form.decisions import as_printed
from form.editions import TABLE_KEYS
from form.report import Paragraph, Report
from library.errors import LibraryError
from library.importing import import_file
from library.store import Library
from tests.checks.reports import changed, made
from tests.library.made import reading

AGENCIES = ("甲市水务局", "乙县教育局", "丙区人民政府")
YEARS = (2021, 2022, 2023, 2024)
_CELLS = (
    "applications__new_received__natural_person",
    "applications__new_received__total",
    "applications__granted__natural_person",
    "applications__total_processed__total",
    "applications__carried_over__total",
    "applications__carried_forward__total",
    "applications__carried_forward__natural_person",
    "disputes__review__upheld",
    "disclosure__normative_documents__in_force",
    "disclosure__regulations__issued",
)
_HAPPENS = (
    *("import", "import", "correct", "correct", "accept", "undo"),
    *("identify", "recycle", "restore", "choose", "type", "link"),
)
_TEXTS = ("收到申请{n}件。", "去年全年受理行政复议{n}件。", "我局持续做好主动公开工作。")


def slipped(random: Random, agency: str | None, year: int | None) -> Report:
    """Return a report of zeros in which some cells say something else."""
    texts = {
        name: random.choice(("1", "2", "7", ".", "-", "?", "?0|1", "见附件"))
        for name in random.sample(_CELLS, random.randint(0, 3))
    }
    plain = changed(made(editions="2021", year=year, rest="0", tables=TABLE_KEYS), **texts)
    said = random.choice(_TEXTS).format(n=random.randint(1, 9))
    return replace(plain, agency=agency, paragraphs=(Paragraph(1, said), Paragraph(5, said)))


def imported(library: Library, *reports: Report, data: bytes) -> tuple[int, ...]:
    """Keep reports as the content of one file."""
    found = import_file(library, "年报.txt", data, read=lambda *_: reading(*reports))
    return found.report_ids


def happen(library: Library, random: Random, number: int) -> str:
    """Let one thing happen to a library and return what; what is refused has not happened."""
    everything = library.reports()
    known = [*everything.index.tolist(), *library.recycled().index.tolist()]
    what = random.choice(_HAPPENS)
    if what == "import" or not known:
        agency = random.choice((*AGENCIES, *AGENCIES, None))
        report = slipped(random, agency, random.choice((*YEARS, *YEARS, None)))
        imported(library, report, data=b"%d" % number)
        return "import"
    report_id = random.choice(known)
    try:
        _decide(library, random, what, report_id)
    except LibraryError as refused:
        return f"{what} {report_id} refused: {refused}"
    return f"{what} {report_id}"


def befall(library: Library, random: Random, step: int) -> str:
    """Let something be said of agencies, or anything else happen."""
    what = random.choice(("link", "join", "split", "kind", "term", "undo", "else", "else", "else"))
    one, other = random.sample(AGENCIES, 2)
    try:
        if what == "link":
            library.agencies.link(one, other, "name", None)
        elif what == "join":
            library.agencies.join([one], other, random.choice(YEARS), None)
        elif what == "split":
            library.agencies.split(one, [other], random.choice(YEARS), None)
        elif what == "kind":
            library.agencies.say(one, "kind", random.choice(("township", "department", "")), None)
        elif what == "term":
            library.agencies.set_term("department", random.choice(("01-20", "")), "规定", None)
        elif what == "undo":
            library.log.undo(random.choice(library.agencies.entries()).number, None)
        else:
            return happen(library, random, step)
    except (LibraryError, IndexError) as refused:
        return f"{what} refused: {refused}"
    return f"{what} {one} {other}"


def _decide(library: Library, random: Random, what: str, report_id: int) -> None:
    report = library.report(report_id)
    if what == "correct":
        place = random.choice(_CELLS).replace("__", ".")
        new = random.choice(("0", "1", "7", ""))
        library.log.correct(report_id, place, new, report.cells[place], "checker", "笔误")
    elif what == "accept":
        found = check_together([report])[0].findings
        if found:
            one = random.choice(found)
            library.log.accept(report_id, one.key, basis(report, one), "备案口径", "checker")
    elif what == "undo":
        entries = library.log.entries()
        if entries:
            library.log.undo(random.choice(entries).number, "checker")
    elif what == "identify":
        library.identify(report_id, random.choice(AGENCIES), random.choice(YEARS), "checker")
    elif what in ("recycle", "restore"):
        getattr(library, what)([report_id], "checker")
    elif what == "choose":
        library.choose(report_id)
    elif what == "link":
        one, other = random.sample(AGENCIES, 2)
        library.agencies.link(one, other, "name", "checker")
    else:
        agency, year = random.choice(AGENCIES), random.choice(YEARS)
        library.start_typed("纸.pdf", b"paper %d" % random.randint(1, 10**9), agency, year, "2021")


def judged_plainly(library: Library) -> dict[int, tuple[Judged, ...]]:
    """Return what is said of every report that counts, with nothing kept and nothing screened."""
    listed = library.reports()
    ids = listed.index[listed["counts"]].tolist()
    return dict(zip(ids, _plainly(library, ids), strict=True))


def _plainly(library: Library, ids: list[int]) -> list[tuple[Judged, ...]]:
    now = check_together([library.report(number) for number in ids])
    printed = check_together([as_printed(library.report(number)) for number in ids])
    found = []
    for checked, own in zip(now, printed, strict=True):
        report = checked.report
        claims = prose_facts(report).claims
        explained = suspects(own.report, own.findings, claims, own.before, own.after)
        findings, of_print = with_slips_of_both(
            checked.findings, own.findings, explained, report.year
        )
        words, *beside = (
            library.log.entries(report.agency, (report.year or 0) + gap) for gap in (0, -1, 1)
        )
        judged = judge(report, findings, words, of_print, [*beside[0], *beside[1]])
        found.append(settled_last(judged))
    return found


def explained_plainly(library: Library, report_id: int) -> object:
    """Return the suspects of the print of a report that counts, with nothing kept."""
    listed = library.reports()
    ids = listed.index[listed["counts"]].tolist()
    reports = [as_printed(library.report(number)) for number in ids]
    checked = check_together(reports)[ids.index(report_id)]
    claims = prose_facts(checked.report).claims
    return suspects(checked.report, checked.findings, claims, checked.before, checked.after)
