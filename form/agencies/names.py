"""An agency's name taken apart: the place, the township, the body; and what follows from these.

Nothing is guessed. What the name leaves open is None, or several divisions, and `unsure` names it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from form.agencies import words
from form.agencies.divisions import Division, Level, by_name, by_short_name
from form.agencies.words import Kind

_REMARK = re.compile(r"(?<=.)[(（【\[][^()（）【】\[\]]*[)）】\]]$")
_LONGEST: Final = 60
"""Signs of a name that are looked into; no agency has a longer one."""
_UNITS: Final = "|".join(sorted(words.UNIT_LEVELS, key=len, reverse=True))
_UNIT = re.compile(rf"(?P<own>[一-鿿]{{0,6}}?)(?P<unit>{_UNITS})")
_ZONE = re.compile(
    rf"[一-鿿]{{0,14}}?(?:{'|'.join(sorted(words.ZONES, key=len, reverse=True))})(?!域|划)"
)
_TOWNSHIP = re.compile(
    r"(?P<own>[一-鿿]{1,7}?)(?P<unit>街道|民族乡|乡|镇|苏木)(?=$|人民政府|政府|办事处|办$|办公室$)"
)
_BRANCH = re.compile(
    rf"(?P<organ>.+[局委厅])(?P<place>[一-鿿]{{2,9}}?)(?:{'|'.join(words.BRANCHES)})"
)
_LEADING = re.compile(rf"^(?:人民政府|{'|'.join(words.COMMITTEE)})")
_MANAGED = re.compile(rf"(?P<what>.*?)(?:{'|'.join(words.COMMITTEE)})(?P<office>.*)")


@dataclass(frozen=True, slots=True)
class AgencyName:
    """What the name of an agency tells.

    `place` is the place as printed (阜新市; 市 where only its unit is; "" where there is none),
    `regions` the divisions that it can be: one where it is sure, several where more than one
    bears the name, none where the table has none. Of a branch (二七分局) `regions` are where it
    works. `zone` is a development zone or the like, `township` a town, a 乡 or a 街道, `body` the
    rest in full words: 自然资源局. `kind` and `level` are None where the name does not tell; a zone
    has no level.
    """

    name: str
    place: str
    unit: str
    regions: tuple[Division, ...]
    zone: str
    township: str
    body: str
    kind: Kind | None
    level: Level | None

    @property
    def region(self) -> Division | None:
        """Where it is, if that is sure: the smallest province, prefecture or county."""
        return self.regions[0] if len(self.regions) == 1 else None

    @property
    def unsure(self) -> tuple[str, ...]:
        """What a person has to say: `kind`, `level`, `region`, those that the name leaves open."""
        leveled = self.level is not None or self.kind == "committee" or bool(self.zone)
        placed = self.region is not None or self.level == "national"
        told = {"kind": self.kind is not None, "level": leveled, "region": placed}
        return tuple(part for part, known in told.items() if not known)

    @property
    def own_area(self) -> frozenset[str]:
        """How a text calls all that the organ itself answers for: 全县 of a county's government.

        Empty for departments and the like: their figures are their own, not their county's.
        """
        if self.kind == "government" and self.unit:
            return frozenset({f"全{self.unit if self.unit == '地区' else self.unit[-1]}"})
        if self.kind == "subdistrict":
            return frozenset({"全街道", "全街"})
        if self.kind == "township":
            return frozenset({f"全{self.township[-1]}"})
        return frozenset({"全区"}) if self.kind == "committee" else frozenset()

    @property
    def called(self) -> tuple[str, ...]:
        """How texts call the organ, the longest first: 阜新市自然资源局, 市自然资源局, 自然资源局."""
        printed = self.name
        found = {printed, self.body, self.township + self.body}
        if self.place and printed.startswith(self.place):
            rest = printed[len(self.place) :]
            found |= {rest, self.unit + rest}
            if self.region is not None:
                found.add(self.region.name + rest)
        found |= {unit for unit in words.ZONES if self.zone.endswith(unit)}
        short = [key for key, whole in words.SAME_BODIES.items() if whole == self.body]
        # 戊镇政府 of 丁县戊镇人民政府, never 县政府: that is another organ.
        inner = self.zone + self.township
        found |= {front + key for key in short for front in ("", inner)}
        found |= {front + inner + key for key in short for front in (self.place, self.unit)}
        weak = words.GOVERNMENT | words.TOWNSHIP_BODY | set(words.COMMITTEE)
        return tuple(sorted(found - weak, key=lambda name: (-len(name), name)))


@lru_cache(maxsize=100_000)
def read_name(name: str) -> AgencyName:
    """Take a name apart; what is no name of an agency at all gives one of which all is unsure."""
    text = plain(name)
    system = next((item for item in words.SYSTEMS if text.startswith(item) and text != item), "")
    found = _read(text, text[len(system) :], system, bool(system))
    if found.kind == "vertical" and not found.place:
        # 大连海关: who reports to a central organ often bears the short name of its place.
        return _read(text, text[len(system) :], system, True)
    return found


def plain(name: str) -> str:
    """Return a name without blanks and a remark in brackets at its end, its signs made alike."""
    text = "".join(unicodedata.normalize("NFKC", name).split())[:_LONGEST]
    return _REMARK.sub("", text)


@dataclass(frozen=True, slots=True)
class _Front:
    """The place that a name begins with, where it ends, and what is known of it."""

    end: int = 0
    unit: str = ""
    regions: tuple[Division, ...] = ()
    level: Level | None = None


def _read(name: str, text: str, system: str, short: bool) -> AgencyName:
    front = _front(text, short)
    place, rest = text[: front.end], text[front.end :]
    zone = "" if system else _zone(rest)
    rest = rest[len(zone) :]
    inner = _LEADING.sub("", rest)
    town = _township(inner)
    if town or inner not in ("", *words.OFFICES):
        rest = inner[len(town) :]
    body = words.SAME_BODIES.get(rest, rest)
    kind = _kind(place, zone, town, body, system)
    body = words.WHOLE_BODIES.get((kind, body), body)
    level = _level(front, zone, town, kind, name)
    regions, level = _branch(body, front, level)
    if zone and not place:
        regions = _around(zone)
    return AgencyName(name, place, front.unit, regions, zone, town, body, kind, level)


def _around(zone: str) -> tuple[Division, ...]:
    """Return where a zone is that bears the short name of a city: 承德市 of 承德高新区.

    A county's would prove nothing: 金山工业园 is in many places.
    """
    for end in range(len(zone), 1, -1):
        found = [item for item in by_short_name().get(zone[:end], ()) if item.level != "county"]
        if found:
            return tuple(found)
    return ()


def _front(text: str, short: bool) -> _Front:
    known = _known(text, 0, None, short)
    if known.end == len(text) or (known.regions and known.level == "county"):
        return known
    further = _unnamed(text, known)
    return further or known


def _known(text: str, start: int, above: tuple[Division, ...] | None, short: bool) -> _Front:
    """Return the longest run of divisions from `start` on, each within the one before."""
    best = _Front()
    for length in range(min(_longest_name(), len(text) - start), 1, -1):
        part = text[start : start + length]
        for names, whole in ((by_name(), True), (by_short_name(), False)):
            found = names.get(part, ())
            if above is not None:
                found = tuple(item for item in found if item.within(above))
            elif not whole:
                # 阜新 alone is the city, not its county of the same name.
                found = tuple(item for item in found if not item.within(found))
            if not found:
                continue
            below = _known(text, start + length, found, short)
            if below.end > best.end:
                best = below
            elif (whole or short) and start + length > best.end:
                best = _Front(start + length, _unit_of(found[0]), found, _one_level(found))
    return best


@cache
def _longest_name() -> int:
    return max(map(len, by_name()))


def _unit_of(division: Division) -> str:
    units = sorted(words.UNIT_LEVELS, key=len, reverse=True)
    return next((unit for unit in units if division.name.endswith(unit)), "")


def _one_level(divisions: tuple[Division, ...]) -> Level | None:
    levels = {item.level for item in divisions}
    return levels.pop() if len(levels) == 1 else None


def _unnamed(text: str, known: _Front) -> _Front | None:
    """Return the front with places that the table does not have, or whose unit alone is printed."""
    front = known
    for _each in range(2):
        start = front.end
        if _zone(text[start:]):
            break
        found = next(_units(text, start), None)
        if found is None:
            break
        level = words.UNIT_LEVELS[found["unit"]]
        if level is None and (known.level == "prefecture" or front.level == "prefecture"):
            level = "county"
        front = _Front(found.end(), found["unit"], (), level)
    return front if front is not known else None


def _units(text: str, start: int) -> Iterator[re.Match[str]]:
    """Yield where a unit's sign may end the name of a place: not that of 城市 or 市场."""
    if text.startswith(words.MUNICIPAL, start):
        return
    for end in range(start + 1, min(len(text), start + 10) + 1):
        match = _UNIT.fullmatch(text, start, end)
        if match is None:
            continue
        sign, before = match["unit"][-1], match["own"][-1:]
        after = text[end : end + 1]
        if len(match["unit"]) == 1 and (
            (before and before in words.NO_UNIT_AFTER.get(sign, ""))
            or (after and after in words.NO_UNIT_BEFORE.get(sign, ""))
        ):
            continue
        yield match


def _zone(text: str) -> str:
    match = _ZONE.match(text)
    return match[0] if match else ""


def _township(text: str) -> str:
    for match in _TOWNSHIP.finditer(text):
        if match.start():
            break
        sign, before = match["unit"], match["own"][-1]
        if before not in words.NO_UNIT_AFTER.get(sign, ""):
            return match[0]
    return ""


def _kind(place: str, zone: str, town: str, body: str, system: str) -> Kind | None:
    if town:
        if body in words.TOWNSHIP_BODY:
            return "subdistrict" if town.endswith("街道") else "township"
        return None
    if system and system != "中华人民共和国":
        return "vertical" if place else None
    if body.endswith(words.VERTICAL):
        return "vertical"
    if body in words.GOVERNMENT:
        if zone:
            return "committee" if body == "" else None
        return "government" if place else None
    if body.endswith("办事处") and "驻" not in body:
        return "subdistrict"
    return _committee_or_department(place, zone, body)


def _committee_or_department(place: str, zone: str, body: str) -> Kind | None:
    managed = _MANAGED.fullmatch(body)
    if managed and managed["office"] in ("", *words.OFFICES):
        if managed["what"].startswith(words.DEPARTMENT_COMMITTEES):
            return "department"
        if (managed["what"] == "" and (zone or place)) or managed["what"].endswith(words.SITES):
            return "committee"
        return None
    if body.endswith(words.NO_DEPARTMENT):
        return None
    if body.endswith((*words.DEPARTMENT, *words.BRANCHES)):
        return "department"
    return "department" if body.endswith(words.MINISTRY) and not place and not zone else None


def _level(front: _Front, zone: str, town: str, kind: Kind | None, name: str) -> Level | None:
    if kind in ("township", "subdistrict"):
        return "township"
    if zone or town:
        return None
    if front.end:
        return front.level
    central = name.startswith(words.CENTRAL) or (kind == "department" and name.endswith("部"))
    return "national" if central else None


def _branch(
    body: str, front: _Front, level: Level | None
) -> tuple[tuple[Division, ...], Level | None]:
    """Return where a branch works, 二七区 of 郑州市…局二七分局, and its level; else what was known."""
    match = _BRANCH.fullmatch(body)
    if match is None or not front.regions:
        return front.regions, level
    named = by_name().get(match["place"], ()) or by_short_name().get(match["place"], ())
    inside = tuple(item for item in named if item.within(front.regions))
    return (inside, _one_level(inside)) if inside else (front.regions, level)
