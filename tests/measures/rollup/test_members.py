"""Where organs lie, by what people said of them and by their names."""

import pytest

from form.agencies.registry import Agency, Named
from measures.rollup.members import likely_parent, members_of
from measures.rollup.model import Member
from sample_reports.city import PARENT, city


def said(name: str, **told: object) -> Agency:
    plain: dict[str, object] = {
        "kind": None,
        "level": None,
        "regions": (),
        "parent": None,
        "predecessors": (),
        "successors": (),
        "unsure": (),
        "numbers": (),
    }
    return Agency(name, (Named(name),), (), **(plain | told))  # type: ignore[arg-type]


def by_name(*organs: str, parent: str | None = PARENT, **known: Agency) -> dict[str, Member]:
    found = members_of([(name, None) for name in organs], parent, known)
    return {item.agency: item for item in found}


def test_a_department_lies_in_its_own_countys_area_and_no_other() -> None:
    found = by_name("甲市教育局", "乙县人民政府", "乙县教育局", "丙区教育局", "甲市乙县公安局")
    assert found["乙县教育局"].within == ("乙县人民政府",)
    assert found["甲市乙县公安局"].within == ("乙县人民政府",)
    assert found["丙区教育局"].within == found["甲市教育局"].within == ()
    assert [name for name, item in found.items() if item.own] == ["甲市教育局"]


def test_a_government_covers_its_area_unless_the_roster_says_otherwise() -> None:
    members = members_of(
        [("乙县人民政府", None), ("丙区人民政府", "own"), ("甲市教育局", None)], PARENT
    )
    assert [item.covers for item in members] == ["area", "own", "own"]
    assert [item.own for item in members] == [False, False, True]


def test_real_divisions_lie_in_each_other() -> None:
    found = by_name(
        "阜新市海州区人民政府", "阜新市海州区教育局", "阜新市教育局", parent="阜新市人民政府"
    )
    assert found["阜新市海州区教育局"].within == ("阜新市海州区人民政府",)
    assert found["阜新市教育局"].own
    # 海州区 alone is in two cities, but on one roster with it there is only one.
    found = by_name("海州区人民政府", "阜新市海州区教育局", parent="阜新市人民政府")
    assert found["阜新市海州区教育局"].within == ("海州区人民政府",)


def test_what_people_said_goes_before_names() -> None:
    told = {"乙县教育局": said("乙县教育局", kind="department", parent=PARENT)}
    found = by_name("乙县人民政府", "乙县教育局", **told)
    assert found["乙县教育局"] == Member("乙县教育局", "own", (), True)
    told = {"某局": said("某局", kind="department", parent="乙县人民政府")}
    assert by_name("乙县人民政府", "某局", **told)["某局"].within == ("乙县人民政府",)


def test_a_circle_of_parents_ends() -> None:
    told = {"甲": said("甲", parent="乙"), "乙": said("乙", parent="甲")}
    assert set(by_name("甲", "乙", **told)) == {"甲", "乙"}


@pytest.mark.parametrize("with_parent", [True, False])
def test_the_government_over_most_is_the_parent(with_parent: bool) -> None:
    names = [item.name for item in city().organs] + [PARENT] * with_parent
    assert likely_parent(names, {PARENT: said(PARENT, kind="government")}) == PARENT
    # Whether the library has heard of it or not, and whatever county it has heard of.
    assert likely_parent(names, {}) == PARENT
    county = {"癸县人民政府": said("癸县人民政府", kind="government")}
    assert likely_parent(names, county) == PARENT
    assert (
        likely_parent(["甲市教育局"], {"甲市政府": said("甲市政府", kind="government")})
        == "甲市政府"
    )
    told = {"某局": said("某局", parent="乙县人民政府")}
    assert likely_parent(["某局"], told) == "乙县人民政府"


def test_nobody_is_made_a_parent_by_a_guess() -> None:
    assert likely_parent([], {}) is None
    assert likely_parent(["市教育局", "某某"], {}) is None
    both = ["甲市人民政府", "甲市教育局", "乙市人民政府", "乙市教育局"]
    assert likely_parent(both, {}) is None
