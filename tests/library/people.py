"""People who do everything with a library, at random, and know what must have come of it."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import count

from form.editions import all_columns
from form.report import Cell, Report
from library.errors import LibraryError
from library.importing import import_file
from library.store import Library
from tests.library.made import made_report, reading

NEW = "applications.new_received.natural_person"
TOTAL = "applications.new_received.total"
PLACES = (NEW, TOTAL, "disputes.review.upheld")
AGENCIES = ("甲市", "乙县", "丙区")
YEARS = (2022, 2023)
NAMES = ("李", "王", None)

Pair = tuple[str | None, int | None]


@dataclass
class Filing:
    """Where a report must stand; the number of its version is left to the library."""

    agency: str | None
    year: int | None
    version: int | None
    binned_by: tuple[str | None] | None = None
    typing: bool = False
    data: bytes = b""
    report: Report | None = None


@dataclass
class People:
    """Acts at random; refusals of the library are part of life."""

    library: Library
    chance: random.Random
    filed: dict[int, Filing] = field(default_factory=dict)
    choices: list[tuple[int, Pair, int]] = field(default_factory=list)
    undone: set[int] = field(default_factory=set)
    moved: dict[int, int] = field(default_factory=dict)
    done: dict[str, int] = field(default_factory=dict)
    bytes: count = field(default_factory=count)

    def step(self) -> None:
        act = self.chance.choice(ACTS)
        try:
            act(self)
        except LibraryError:
            return
        self.done[act.__name__] = self.done.get(act.__name__, 0) + 1

    # --- what must be so -------------------------------------------------------------------------

    def chosen(self, pair: Pair) -> int | None:
        """The report that the last choice which holds is about, if it has stayed."""
        told = [item for item in self.choices if item[1] == pair and item[0] not in self.undone]
        if not told:
            return None
        number, _pair, report_id = told[-1]
        return report_id if self.moved.get(report_id, 0) < number else None

    def counting(self) -> set[int]:
        """The reports that must count: of each agency's year the chosen one, else the newest."""
        found = set()
        for pair in {(item.agency, item.year) for item in self.filed.values()}:
            here = {
                number: item.version
                for number, item in self.filed.items()
                if (item.agency, item.year) == pair and item.version and item.binned_by is None
            }
            if here:
                chosen = self.chosen(pair)
                found.add(chosen if chosen in here else max(here, key=here.__getitem__))
        return found

    def bring(self, agency: str | None, year: int | None) -> int:
        """Import a new report and return its id."""
        cells = {place: odd_cell(self.chance) for place in PLACES}
        edition = self.chance.choice(["2019", "2021"])
        report = made_report(agency, year, edition=edition, cells=cells)
        data = b"%d" % next(self.bytes)
        known = agency is not None and year is not None
        version = self.newest(agency, year) if known else None
        (number,) = self.imported(data, report)
        self.filed[number] = Filing(agency, year, version, data=data, report=report)
        return number

    # --- help ------------------------------------------------------------------------------------

    def who(self) -> str | None:
        return self.chance.choice(NAMES)

    def some(self) -> int:
        return self.chance.choice([*self.filed, 10_000])

    def entries(self) -> int:
        return len(self.library.log.entries())

    def newest(self, agency: str | None, year: int | None) -> int:
        """The next free number among the versions of an agency's year, the bin's among them."""
        here = (i.version or 0 for i in self.filed.values() if (i.agency, i.year) == (agency, year))
        return 1 + max(here, default=0)

    def imported(self, data: bytes, report: Report) -> Sequence[int]:
        result = import_file(
            self.library, "x.txt", data, read=lambda _d, _n: reading(report), who=self.who()
        )
        assert result.state != "failed"
        return result.report_ids


def bring(people: People) -> None:
    people.bring(people.chance.choice([*AGENCIES, None]), people.chance.choice([*YEARS, None]))


def bring_again(people: People) -> None:
    known = [item for item in people.filed.values() if item.data]
    if not known:
        raise LibraryError("nothing is there yet")
    item = people.chance.choice(known)
    (number,) = people.imported(item.data, item.report)
    people.filed[number].binned_by = None


def type_in(people: People) -> None:
    agency, year = people.chance.choice(AGENCIES), people.chance.choice(YEARS)
    data = b"scan %d" % next(people.bytes)
    number = people.library.start_typed("扫描件", data, agency, year, "2021")
    people.filed[number] = Filing(agency, year, None, typing=True)


def finish_typing(people: People) -> None:
    open_ones = [number for number, item in people.filed.items() if item.typing]
    if not open_ones:
        raise LibraryError("nobody types")
    number = people.chance.choice(open_ones)
    item = people.filed[number]
    version = people.newest(item.agency, item.year)
    people.library.finish_typed(number, people.who(), rest_blank=True)
    item.typing, item.version = False, version


def correct(people: People) -> None:
    number, place = people.some(), people.chance.choice(PLACES)
    seen = people.library.report(number).cells[place]
    text = people.chance.choice(["", str(people.chance.randrange(4))])
    people.library.log.correct(number, place, text, seen, people.who(), "笔误")


def accept(people: People) -> None:
    people.library.log.accept(people.some(), "total//", "00ff", "口径", people.who())


def ask(people: People) -> None:
    told = {"total//": "00ff", "late//": "11"}
    people.library.log.ask(people.some(), told, date(2026, 3, 1), people.who())


def answer(people: People) -> None:
    people.library.log.answer(people.some(), {"late//": "11"}, date(2026, 3, 2), people.who())


def undo(people: People) -> None:
    number = people.chance.randrange(1, people.entries() + 2)
    people.library.log.undo(number, people.who())
    # What is taken back now was there before, or its taking back is.
    people.undone = undone_choices(people)


def undo_choice(people: People) -> None:
    if not people.choices:
        raise LibraryError("nothing was chosen")
    people.library.log.undo(people.chance.choice(people.choices)[0], people.who())
    people.undone = undone_choices(people)


def undone_choices(people: People) -> set[int]:
    """The choices that are taken back: by an odd number of undos, each of the one before."""
    undos = {item.undoes: item.number for item in people.library.log.entries() if item.undoes}

    def is_undone(number: int) -> bool:
        # The last undo of an entry decides: earlier ones have been taken back themselves.
        return number in undos and not is_undone(undos[number])

    return {number for number, _pair, _id in people.choices if is_undone(number)}


def recycle(people: People) -> None:
    numbers, who = [people.some() for _ in range(people.chance.randrange(1, 4))], people.who()
    people.library.recycle(numbers, who)
    for number in set(numbers) & people.filed.keys():
        item = people.filed[number]
        item.binned_by = item.binned_by or (who,)


def restore(people: People) -> None:
    binned = [number for number, item in people.filed.items() if item.binned_by]
    numbers = [people.chance.choice([*binned, people.some()]) for _ in range(3)]
    people.library.restore(numbers, people.who())
    for number in set(numbers) & people.filed.keys():
        people.filed[number].binned_by = None


def identify(people: People) -> None:
    number, agency, year = (
        people.some(),
        people.chance.choice(AGENCIES),
        people.chance.choice(YEARS),
    )
    version = people.newest(agency, year)
    before = people.entries()
    people.library.identify(number, agency, year, people.who())
    item = people.filed[number]
    typed = None if item.typing else version
    people.filed[number] = replace(item, agency=agency, year=year, version=typed)
    people.moved[number] = before + 1


def choose(people: People) -> None:
    number = people.some()
    before = people.entries()
    people.library.choose(number, people.who())
    if people.entries() > before:
        item = people.filed[number]
        people.choices.append((before + 1, (item.agency, item.year), number))


ACTS: list[Callable[[People], None]] = [
    *(bring, bring_again, type_in, finish_typing),
    *(correct, correct, correct, accept, ask, answer, undo, undo_choice),
    *(recycle, restore, restore, identify, choose, choose),
]


def odd_cell(chance: random.Random) -> Cell:
    assert all(all_columns()[place].kind == "count" for place in PLACES)
    return chance.choice(
        [
            Cell(chance.randrange(2), "number"),
            Cell(None, "blank"),
            Cell(None, "unknown", candidates=(1, 2)),
            Cell(None, "text", chance.choice("甲乙")),
        ]
    )
