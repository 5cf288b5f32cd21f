"""What people said of agencies: which names are one's, who followed whom, what each is.

All of it follows from entries of the log (`merge`, `split`, `setting`, and what undid them), so it
can be taken back, and nothing is kept besides.

`merge`: `from_agency` is a name of `agency` (`part`: `alias` or `name`, a former one, which it had
before `year` where that is said), or went into it from `year` on (`successor`); `split`: out of `from_agency` came `agency`, from `year` on
(`successor`), or the two are two (`apart`); `setting`: `part` of `agency` is `value` (`kind`, `level`,
`region`, `parent`, `term`; "" takes it from the name again), or, without an agency, `part` is a kind
and `value` its local term; the reason is the source.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Literal, cast, get_args

from form.agencies.divisions import Division, Level, by_code
from form.agencies.names import read_name
from form.agencies.terms import Term, Whose
from form.agencies.words import Kind
from form.decisions import AGENCY_ACTIONS, Decision, active

How = Literal["alias", "name"]
"""How a name is an agency's: another way to write it, or what it was called before."""
Part = Literal["kind", "level", "region", "parent", "term"]
PARTS: Final[tuple[Part, ...]] = get_args(Part)
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
LEVELS: Final[tuple[Level, ...]] = get_args(Level)
_MOST_STEPS: Final = 100
"""Names of names of names that are followed."""


@dataclass(frozen=True, slots=True)
class Link:
    """A name that is another agency's, and the entry of the log that says so.

    `year` is the first year that the agency reports on under its later name, where somebody said
    so, and `why` why it is called otherwise.
    """

    name: str
    agency: str
    how: How
    number: int
    year: int | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Succession:
    """Two agencies of which one follows the other; `year` is the first that the later reports on.

    `joins`: it is a merger (or a plain succession), across which what is carried over is the sum
    of all that went into it; else the earlier one was split, and nobody can say what went where.
    """

    predecessor: str
    successor: str
    year: int
    joins: bool
    number: int


@dataclass(frozen=True, slots=True)
class Said:
    """What a person said of an agency, from where, and the entry of the log."""

    value: str
    source: str
    number: int


@dataclass(frozen=True)
class Registry:
    """Everything that people said of agencies, by the names they said it of."""

    links: Mapping[str, Link] = field(default_factory=dict)
    successions: tuple[Succession, ...] = ()
    apart: frozenset[frozenset[str]] = frozenset()
    said: Mapping[str, Mapping[Part, Said]] = field(default_factory=dict)
    terms: Mapping[Kind, Term] = field(default_factory=dict)

    def agency(self, name: str) -> str:
        """Return whose name it is: the name that an agency goes by now."""
        for _step in range(_MOST_STEPS):
            link = self.links.get(name)
            if link is None:
                break
            name = link.agency
        return name

    def names(self, agency: str) -> tuple[Link, ...]:
        """Return the links of all other names of an agency."""
        return self._links_of.get(agency, ())

    def told(self, agency: str) -> Mapping[Part, Said]:
        """Return what was said of an agency under any of its names; the last word counts."""
        found: dict[Part, Said] = {}
        for name in (agency, *(link.name for link in self.names(agency))):
            for part, said in self.said.get(name, {}).items():
                if part not in found or found[part].number < said.number:
                    found[part] = said
        return {part: said for part, said in found.items() if said.value}

    def joined_into(self, agency: str, year: int) -> tuple[str, ...]:
        """Return the agencies whose reports on the year before go on, together, in this one's."""
        found = {
            self.agency(item.predecessor)
            for item in self.successions
            if item.joins and item.year == year and self.agency(item.successor) == agency
        }
        return tuple(sorted(found - {agency}))

    def around(self, agency: str) -> tuple[tuple[Succession, ...], tuple[Succession, ...]]:
        """Return by what an agency follows others, and by what others follow it."""
        before, after = list[Succession](), list[Succession]()
        for item in self.successions:
            ends = self.agency(item.predecessor), self.agency(item.successor)
            if ends[0] != ends[1]:
                before += [item] if ends[1] == agency else []
                after += [item] if ends[0] == agency else []
        return tuple(before), tuple(after)

    def followers(self, agencies: Collection[str]) -> frozenset[str]:
        """Return the agencies whose reports are checked against those of some of these."""
        return frozenset(
            self.agency(item.successor)
            for item in self.successions
            if item.joins and self.agency(item.predecessor) in agencies
        )

    def whose(self, agency: str, named: str | None = None) -> Whose | None:
        """Return what is known of an agency besides its name; `named` is what it was called then."""
        if not self._is_told and named is None:
            return None
        told = self.told(agency)
        said = told["kind"].value if "kind" in told else None
        kind = said if said in KINDS else None
        own = told.get("term")
        term = None if own is None else term_from(own.value, own.source)
        if term is None and self.terms:
            told_kind = kind or read_name(named or agency).kind
            term = None if told_kind is None else self.terms.get(told_kind)
        found = Whose(named, kind, term)
        return None if found == Whose() else found

    @cached_property
    def _links_of(self) -> Mapping[str, tuple[Link, ...]]:
        found: dict[str, tuple[Link, ...]] = {}
        for name, link in self.links.items():
            agency = self.agency(name)
            found[agency] = (*found.get(agency, ()), link)
        return found

    @cached_property
    def _is_told(self) -> bool:
        return bool(self.said or self.terms)


def registry_of(entries: Iterable[Decision]) -> Registry:
    """Return what follows from entries of the log; they must hold every undo of what they hold.

    A name of an agency that would be a name of itself by way of others is left out.
    """
    links: dict[str, Link] = {}
    said: dict[str, dict[Part, Said]] = {}
    terms: dict[Kind, Term] = {}
    successions, apart = list[Succession](), set[frozenset[str]]()
    for item in active(item for item in entries if item.action in (*AGENCY_ACTIONS, "undo")):
        pair = (item.from_agency, item.agency)
        if item.action == "setting":
            _set(item, said, terms)
        elif pair[0] is None or pair[1] is None or pair[0] == pair[1]:
            continue
        elif item.part == "apart":
            apart.add(frozenset((pair[0], pair[1])))
        elif item.part == "successor" and item.year is not None:
            joins = item.action == "merge"
            successions.append(Succession(pair[0], pair[1], item.year, joins, item.number))
        elif item.part in get_args(How) and Registry(links).agency(pair[1]) != pair[0]:
            how = cast(How, item.part)
            links[pair[0]] = Link(pair[0], pair[1], how, item.number, item.year, item.reason)
    return Registry(links, tuple(successions), frozenset(apart), said, terms)


def unheard(entries: Iterable[Decision], registry: Registry) -> frozenset[int]:
    """Return the numbers of the links that hold in the log but do nothing in its registry.

    Each leads against another: it would make a circle, or gives a name away that another gave.
    """
    heard = {link.number for link in registry.links.values()}
    said = (item for item in active(entries) if item.action == "merge")
    return frozenset(
        item.number for item in said if item.part in get_args(How) and item.number not in heard
    )


def _set(item: Decision, said: dict[str, dict[Part, Said]], terms: dict[Kind, Term]) -> None:
    value = item.value or ""
    if item.agency is not None and item.part in PARTS:
        own = said.setdefault(item.agency, {})
        own[item.part] = Said(value, item.reason, item.number)
    elif item.agency is None and item.part in KINDS:
        term = term_from(value, item.reason)
        terms.pop(item.part, None)
        if term is not None:
            terms[item.part] = term


def term_from(value: str, source: str) -> Term | None:
    """Return the term that a text (02-20) with its source gives; None where it is none."""
    month, _dash, day = value.partition("-")
    if not (month.isdecimal() and day.isdecimal()):
        return None
    term = Term(int(month), int(day), source)
    try:
        # A year that is no leap year: a term must end in every year.
        term.last_day(2022)
    except ValueError:
        return None
    return term


@dataclass(frozen=True, slots=True)
class Named:
    """A name of an agency, and the years that it reports on under it, rising."""

    name: str
    years: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Agency:
    """One agency: what it is called, what it is, whom it follows.

    `names` are what it was called in turn, the present name last; `aliases` other ways to write
    one of them. `kind`, `level` and `regions` are what a person said, else what the present name
    tells (several regions: it is unsure which); `unsure` are those of the three that a person has
    yet to say. `numbers` are the entries of the log by which it is what it is.
    """

    agency: str
    names: tuple[Named, ...]
    aliases: tuple[Named, ...]
    kind: Kind | None
    level: Level | None
    regions: tuple[Division, ...]
    parent: str | None
    predecessors: tuple[str, ...]
    successors: tuple[str, ...]
    unsure: tuple[str, ...]
    numbers: tuple[int, ...]
    years: tuple[int, ...] = ()
    """The years that it reports on, under whatever name."""

    @property
    def region(self) -> Division | None:
        """Where it is, if that is sure."""
        return self.regions[0] if len(self.regions) == 1 else None


def agencies_of(registry: Registry, years: Mapping[str, Collection[int]]) -> tuple[Agency, ...]:
    """Return all agencies, by name: those that have reports, and those that people spoke of.

    `years` are the years of the reports by the name that each was filed under.
    """
    spoken = {name for item in registry.successions for name in (item.predecessor, item.successor)}
    known = {*years, *registry.links, *registry.said, *spoken}
    found = sorted({registry.agency(name) for name in known})
    return tuple(_agency(registry, years, name) for name in found)


def _agency(registry: Registry, years: Mapping[str, Collection[int]], agency: str) -> Agency:
    links, told, read = registry.names(agency), registry.told(agency), read_name(agency)
    before, after = registry.around(agency)
    kind = told["kind"].value if "kind" in told else read.kind
    level = told["level"].value if "level" in told else read.level
    stated = by_code().get(told["region"].value) if "region" in told else None
    regions = read.regions if stated is None else (stated,)
    all_names = (agency, *(link.name for link in links))
    settled = {part for part in ("kind", "level", "region") if part in told}
    return Agency(
        agency=agency,
        names=_in_turn(agency, [link.name for link in links if link.how == "name"], years),
        aliases=tuple(_named(sorted(link.name for link in links if link.how == "alias"), years)),
        kind=kind if kind in KINDS else None,
        level=level if level in LEVELS else None,
        regions=regions,
        parent=told["parent"].value if "parent" in told else None,
        predecessors=tuple(sorted({registry.agency(item.predecessor) for item in before})),
        successors=tuple(sorted({registry.agency(item.successor) for item in after})),
        unsure=tuple(part for part in read.unsure if part not in settled),
        numbers=tuple(
            sorted(
                {link.number for link in links}
                | {item.number for item in (*before, *after)}
                | {said.number for said in told.values()}
            )
        ),
        years=tuple(sorted({year for name in all_names for year in years.get(name, ())})),
    )


def _in_turn(
    agency: str, former: Iterable[str], years: Mapping[str, Collection[int]]
) -> tuple[Named, ...]:
    earlier = sorted(_named(former, years), key=lambda item: (item.years[:1], item.name))
    return (*earlier, *_named([agency], years))


def _named(names: Iterable[str], years: Mapping[str, Collection[int]]) -> Iterator[Named]:
    return (Named(name, tuple(sorted(years.get(name, ())))) for name in names)
