from collections.abc import Collection, Mapping

import pytest

from form.agencies.proposals import proposals
from form.agencies.registry import Registry, agencies_of, registry_of
from tests.form.agencies.test_registry import entry, named


def proposed(
    years: Mapping[str, Collection[int]], registry: Registry | None = None
) -> list[tuple[str, str, str]]:
    registry = registry or Registry()
    found = proposals(agencies_of(registry, years), registry)
    assert all(item.why for item in found)
    return [(item.other, item.agency, item.how) for item in found]


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("阜新市国土资源局", "阜新市自然资源和规划局"),
        ("阜新市自然资源局", "阜新市自然资源和规划局"),
        ("丙区卫生和计划生育局", "丙区卫生健康局"),
        ("甲市环境保护局", "甲市生态环境局"),
        ("甲市住房和城乡建设委员会", "甲市住建局"),
        ("甲市教育局", "甲市教育体育局"),
    ],
)
def test_a_later_name_of_the_same_place(earlier: str, later: str) -> None:
    assert proposed({earlier: [2018], later: [2019, 2020]}) == [(earlier, later, "name")]
    # Whoever reports first cannot have followed.
    assert (earlier, later, "name") not in proposed({earlier: [2021], later: [2019, 2020]})


def test_another_way_to_write_it() -> None:
    found = proposed({"市自然资源局": [2021], "阜新市自然资源局": [2020, 2022]})
    assert found == [("市自然资源局", "阜新市自然资源局", "alias")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("阜新市国土资源局", "朝阳市自然资源局"),
        ("阜新市国土资源局", "海州区自然资源局"),
        ("阜新市财政局", "阜新市教育局"),
        ("乙县人民政府", "乙县人民政府办公室"),
        ("乙县辛镇人民政府", "乙县庚镇人民政府"),
        ("北京市朝阳区教育局", "长春市朝阳区教育局"),
        ("高新区财政局", "财政局"),
    ],
)
def test_others_are_two(one: str, other: str) -> None:
    assert proposed({one: [2018], other: [2019]}) == []


def test_nobody_reports_twice_on_a_year() -> None:
    assert proposed({"市自然资源局": [2020, 2021], "阜新市自然资源局": [2021]}) == []
    assert proposed({"阜新市国土资源局": [2018, 2019], "阜新市自然资源局": [2019]}) == []


def test_who_is_linked_or_known_to_be_another_is_not_asked_about() -> None:
    years = {"阜新市国土资源局": [2018], "阜新市自然资源局": [2019]}
    old, new = years
    assert proposed(years, registry_of([named(old, new)])) == []
    for part, action in (("apart", "split"), ("successor", "merge")):
        said = entry(action, part, from_agency=old, agency=new, year=2019)
        assert proposed(years, registry_of([said])) == []


def test_a_name_that_fits_many_fits_none() -> None:
    cities = ("阜新市", "朝阳市", "大连市", "鞍山市")
    years: dict[str, list[int]] = {f"{city}自然资源局": [2020] for city in cities}
    assert proposed({**years, "自然资源局": [2021]}) == []
