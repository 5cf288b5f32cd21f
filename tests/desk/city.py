"""The made city in a library, without making files of its reports."""

from library.importing import Reading, import_file
from library.roster import RowChange
from library.store import Library
from sample_reports.city import City, report_of
from sample_reports.truth import Truth


def keep_one(library: Library, name: str, truth: Truth) -> int:
    """Keep a report as a faultless reader reads it; return its id."""
    report = report_of(truth)
    result = import_file(
        library, f"{name}.txt", name.encode(), read=lambda _data, _name: Reading("txt", (report,))
    )
    return result.report_ids[0]


def keep_city(library: Library, made: City, *, with_parent: bool = True) -> None:
    """Keep first versions, then final ones, then what the government printed."""
    for name, first in made.firsts.items():
        keep_one(library, f"{name} 1", first)
    for name, final in made.reports.items():
        keep_one(library, f"{name} 2", final)
    if with_parent:
        keep_one(library, made.parent.agency, made.parent)


def put_roster(library: Library, made: City) -> None:
    """Put all organs of the city on the roster, due from its year on."""
    rows = [
        RowChange(
            item.name, {"group": item.group, "due_from": made.year, "covers": item.covers}, "名册"
        )
        for item in made.organs
    ]
    library.roster.put(rows, "checker")
