from datetime import UTC, datetime
from itertools import count

import pytest

from form.agencies.registry import Named, Registry, agencies_of, registry_of, term_from
from form.agencies.telling import agency_line, agency_to_json
from form.agencies.terms import Term, Whose
from form.decisions import Action, Decision

OLD, NEW, OTHER = "阜新市国土资源局", "阜新市自然资源局", "阜新市规划局"
NUMBERS = count(1)


def entry(action: Action, part: str | None = None, **said: object) -> Decision:
    told = {"agency": None, "year": None, **said}
    return Decision(next(NUMBERS), action, at=datetime.now(UTC), who=None, part=part, **told)


def named(old: str, new: str, how: str = "name") -> Decision:
    return entry("merge", how, from_agency=old, agency=new)


def undone(item: Decision) -> Decision:
    return entry("undo", undoes=item.number, agency=item.agency, from_agency=item.from_agency)


def test_a_name_leads_to_whoever_bears_it_now() -> None:
    found = registry_of([named(OLD, NEW), named("市自然资源局", NEW, "alias")])
    assert found.agency(OLD) == found.agency("市自然资源局") == NEW
    assert found.agency(OTHER) == OTHER
    assert [link.name for link in found.names(NEW)] == [OLD, "市自然资源局"]


def test_names_of_names_lead_on() -> None:
    found = registry_of([named("甲局", "乙局"), named("乙局", "丙局")])
    assert found.agency("甲局") == "丙局"
    # A circle would have no end: the word that closes it is not heard.
    found = registry_of([named("甲局", "乙局"), named("乙局", "丙局"), named("丙局", "甲局")])
    assert found.agency("甲局") == "丙局"


def test_what_is_taken_back_is_as_if_it_had_never_been() -> None:
    item = named(OLD, NEW)
    assert registry_of([item, undone(item)]) == Registry()
    word = undone(item)
    assert registry_of([item, word, undone(word)]).agency(OLD) == NEW


def test_a_merger_and_a_split() -> None:
    joins = [
        entry("merge", "successor", from_agency=name, agency=NEW, year=2019)
        for name in (OLD, OTHER)
    ]
    parts = entry("split", "successor", from_agency=NEW, agency="阜新市林业局", year=2021)
    found = registry_of([*joins, parts])
    assert found.joined_into(NEW, 2019) == tuple(sorted((OLD, OTHER)))
    assert found.joined_into(NEW, 2020) == ()
    # What went where in a split, nobody can say.
    assert found.joined_into("阜新市林业局", 2021) == ()
    assert found.followers({OLD}) == {NEW}
    assert found.followers({NEW}) == frozenset()
    (agency,) = [item for item in agencies_of(found, {}) if item.agency == NEW]
    assert agency.predecessors == tuple(sorted((OLD, OTHER)))
    assert agency.successors == ("阜新市林业局",)


def test_the_last_word_on_an_agency_counts_under_any_name() -> None:
    found = registry_of(
        [
            entry("setting", "kind", agency=OLD, value="township"),
            named(OLD, NEW),
            entry("setting", "kind", agency=NEW, value="vertical"),
        ]
    )
    assert found.whose(NEW) == Whose(kind="vertical")
    again = registry_of(
        [
            entry("setting", "kind", agency=NEW, value="vertical"),
            entry("setting", "kind", agency=NEW, value=""),
        ]
    )
    assert again.whose(NEW) is None


def test_local_terms() -> None:
    local = entry("setting", "township", value="02-20", reason="甲市的规定")
    found = registry_of([local])
    assert found.whose("辛镇人民政府") == Whose(term=Term(2, 20, "甲市的规定"))
    assert found.whose("甲市财政局") is None
    own = entry("setting", "term", agency="甲市财政局", value="02-10", reason="另有规定")
    found = registry_of([local, own])
    assert found.whose("甲市财政局") == Whose(term=Term(2, 10, "另有规定"))
    # What somebody said of the kind decides which term it is.
    told = entry("setting", "kind", agency="某中心", value="township")
    whose = registry_of([local, told]).whose("某中心")
    assert whose is not None
    assert whose.term == Term(2, 20, "甲市的规定")
    ended = entry("setting", "township", value="", reason="")
    assert registry_of([local, ended]).whose("辛镇人民政府") is None


@pytest.mark.parametrize("text", ["", "2", "02-30", "02-29", "13-01", "x-y", "-2-3"])
def test_what_is_no_term(text: str) -> None:
    assert term_from(text, "") is None


def test_names_with_their_years() -> None:
    found = registry_of(
        [
            named(OLD, NEW),
            named("市自然资源局", NEW, "alias"),
            named("阜新自然资源局", NEW, "alias"),
        ]
    )
    years = {OLD: [2016, 2018], NEW: [2020], "市自然资源局": [2021, 2020]}
    (agency,) = agencies_of(found, years)
    assert agency.names == (Named(OLD, (2016, 2018)), Named(NEW, (2020,)))
    assert agency.aliases == (Named("市自然资源局", (2020, 2021)), Named("阜新自然资源局"))
    assert agency_to_json(agency, ())["aliases"] == ["市自然资源局", "阜新自然资源局"]
    assert agency_line(agency).endswith("又作 市自然资源局、阜新自然资源局")
    assert agency.years == (2016, 2018, 2020, 2021)
    assert (agency.kind, agency.level, agency.unsure) == ("department", "prefecture", ())
    assert agency.region is not None
    assert agency.region.full_name == "辽宁省阜新市"


def test_what_is_unsure_a_person_says() -> None:
    name = "朝阳区人民政府"
    (agency,) = agencies_of(Registry(), {name: [2020]})
    assert (agency.unsure, agency.region, len(agency.regions)) == (("region",), None, 2)
    told = registry_of([entry("setting", "region", agency=name, value="110105")])
    (agency,) = agencies_of(told, {name: [2020]})
    assert agency.unsure == ()
    assert agency.region is not None
    assert agency.region.full_name == "北京市朝阳区"
