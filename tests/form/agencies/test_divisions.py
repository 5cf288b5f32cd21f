from form.agencies.divisions import by_code, by_name, by_short_name


def test_the_table_has_provinces_prefectures_and_counties() -> None:
    lengths = {len(code) for code in by_code()}
    assert lengths == {2, 4, 6}
    assert sum(len(code) == 2 for code in by_code()) == 31
    assert 2_800 < len(by_code()) < 3_300
    assert by_code()["210902"].full_name == "辽宁省阜新市海州区"


def test_every_division_lies_in_its_province() -> None:
    for code, item in by_code().items():
        assert item.path[0].statistical_code == code[:2]
        assert item.path[-1] == item


def test_lines_that_only_group_others_and_zones_are_left_out() -> None:
    assert not {"市辖区", "县", "省直辖县级行政区划"} & set(by_name())
    assert "石家庄高新技术产业开发区" not in by_name()
    # Its county of the same name would make the city unsure.
    assert len(by_name()["嘉峪关市"]) == len(by_name()["东莞市"]) == 1


def test_a_county_under_its_province_belongs_to_no_city() -> None:
    (found,) = by_name()["仙桃市"]
    assert (found.full_name, found.level) == ("湖北省仙桃市", "county")


def test_names_that_several_bear() -> None:
    codes = [item.statistical_code for item in by_name()["朝阳区"]]
    assert codes == ["110105", "220104"]


def test_short_names() -> None:
    codes = {"二七": "410103", "内蒙古": "15", "黔西南": "5223", "沧县": "130921"}
    found = {name: [item.statistical_code for item in by_short_name()[name]] for name in codes}
    assert found == {name: [code] for name, code in codes.items()}
    assert by_name()["延边州"] == by_name()["延边朝鲜族自治州"]
