import pytest

from form.agencies.divisions import by_code
from form.agencies.names import read_name


@pytest.mark.parametrize(
    ("name", "kind", "level", "region"),
    [
        ("阜新市自然资源局", "department", "prefecture", "辽宁省阜新市"),
        ("辽宁阜新市财政局", "department", "prefecture", "辽宁省阜新市"),
        ("昆山市财政局", "department", "county", "江苏省苏州市昆山市"),
        ("仙桃市人民政府", "government", "county", "湖北省仙桃市"),
        ("广西壮族自治区教育厅", "department", "province", "广西壮族自治区"),
        ("恩施州人社局", "department", "prefecture", "湖北省恩施土家族苗族自治州"),
        ("大兴安岭地区行政公署", "government", "prefecture", "黑龙江省大兴安岭地区"),
        ("新县人民政府", "government", "county", "河南省信阳市新县"),
        ("北戴河区", "government", "county", "河北省秦皇岛市北戴河区"),
        ("神农架林区人民政府", "government", "county", "湖北省神农架林区"),
        # What manages no place is a department.
        ("海南省国资委", "department", "province", "海南省"),
        ("武汉市城市管理委员会", "department", "prefecture", "湖北省武汉市"),
        ("深圳市人民政府外事办公室", "department", "prefecture", "广东省深圳市"),
        ("昌图县人民政府办公室", "department", "county", "辽宁省铁岭市昌图县"),
        ("郑州市自然资源和规划局二七分局", "department", "county", "河南省郑州市二七区"),
        ("荣昌区河包镇", "township", "township", "重庆市荣昌区"),
        ("衢江区湖南镇人民政府", "township", "township", "浙江省衢州市衢江区"),
        ("城阳区城阳街道办事处", "subdistrict", "township", "山东省青岛市城阳区"),
        ("承德高新区", "committee", None, "河北省承德市"),
        ("湛江经济技术开发区公安分局（镜像）", "department", None, "广东省湛江市"),
        ("国家税务总局阜新市税务局", "vertical", "prefecture", "辽宁省阜新市"),
        ("国家统计局阜新调查队", "vertical", "prefecture", "辽宁省阜新市"),
        ("大连海关", "vertical", "prefecture", "辽宁省大连市"),
        ("抚州市东乡区气象局", "vertical", "county", "江西省抚州市东乡区"),
    ],
)
def test_names_that_tell_all(name: str, kind: str, level: str | None, region: str) -> None:
    found = read_name(name)
    assert (found.kind, found.level) == (kind, level)
    assert found.region is not None
    assert found.region.full_name == region
    assert found.unsure == ()


@pytest.mark.parametrize(
    ("name", "kind", "level", "unsure"),
    [
        ("朝阳区人民政府", "government", "county", ("region",)),
        ("和平区民政局", "department", "county", ("region",)),
        ("市自然资源局", "department", None, ("level", "region")),
        ("临河市生态环境局", "department", None, ("level", "region")),
        ("丙区住房和城乡建设局", "department", "county", ("region",)),
        ("辛镇人民政府", "township", "township", ("region",)),
        ("某市某区人民政府某街道办事处", "subdistrict", "township", ("region",)),
        ("高新区管理委员会", "committee", None, ("region",)),
        ("金山工业园管委会", "committee", None, ("region",)),
        ("市场监督管理局", "department", None, ("level", "region")),
        ("某县第一中学", None, "county", ("kind", "region")),
        ("某公司", None, None, ("kind", "level", "region")),
        ("", None, None, ("kind", "level", "region")),
    ],
)
def test_what_a_name_leaves_open(
    name: str, kind: str | None, level: str | None, unsure: tuple[str, ...]
) -> None:
    found = read_name(name)
    assert (found.kind, found.level, found.unsure) == (kind, level, unsure)


def test_all_that_may_be_meant_is_named() -> None:
    found = read_name("朝阳区人民政府").regions
    assert [item.full_name for item in found] == ["北京市朝阳区", "吉林省长春市朝阳区"]
    assert read_name("北京市朝阳区人民政府").regions == found[:1]


def test_central_organs() -> None:
    for name in ("教育部", "国家发展和改革委员会", "国务院办公厅"):
        found = read_name(name)
        assert (found.kind, found.level, found.unsure) == ("department", "national", ())


@pytest.mark.parametrize(
    ("name", "place", "rest"),
    [
        ("武汉市市场监督管理局", "武汉市", "市场监督管理局"),
        ("甲市市场监督管理局", "甲市", "市场监督管理局"),
        ("市政管理局", "", "市政管理局"),
        ("甲市城市管理局", "甲市", "城市管理局"),
        ("城市管理局", "", "城市管理局"),
        ("社区建设局", "", "社区建设局"),
        ("乙县乡村振兴局", "乙县", "乡村振兴局"),
        ("丙区城乡建设局", "丙区", "城乡建设局"),
        ("沈阳市东陵区生态环境局", "沈阳市东陵区", "生态环境局"),
        ("深圳市人民政府外事办公室", "深圳市", "外事办公室"),
        ("甲市住建局", "甲市", "住房和城乡建设局"),
        ("市政府办公室", "市", "人民政府办公室"),
    ],
)
def test_place_and_body(name: str, place: str, rest: str) -> None:
    found = read_name(name)
    assert (found.place, found.body) == (place, rest)


@pytest.mark.parametrize(
    ("rest", "kind"),
    [
        ("人民政府", "government"),
        ("人民政府办公室", "department"),
        ("教育局", "department"),
        ("市场监督管理局", "department"),
        ("市政管理局", "department"),
        ("城乡建设局", "department"),
        ("国资委", "department"),
        ("气象局", "vertical"),
        ("东湖街道办事处", "subdistrict"),
        ("东湖镇人民政府", "township"),
    ],
)
def test_every_division_is_found_again(rest: str, kind: str) -> None:
    below = kind in ("subdistrict", "township")
    for item in by_code().values():
        found = read_name(item.full_name + rest)
        assert found.region == item, found
        assert found.kind == kind, found
        assert found.level == ("township" if below else item.level), found
        # Without what it belongs to it may be another's too, but never only another's.
        assert item in read_name(item.name + rest).regions


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("乙县人民政府", {"全县"}),
        ("广东省人民政府", {"全省"}),
        ("延边朝鲜族自治州人民政府", {"全州"}),
        ("科尔沁左翼中旗人民政府", {"全旗"}),
        ("北戴河区人民政府", {"全区"}),
        ("辛镇人民政府", {"全镇"}),
        ("丁街道办事处", {"全街道", "全街"}),
        ("承德高新区管委会", {"全区"}),
        ("乙县教育局", set()),
        ("乙县人民政府办公室", set()),
        ("某公司", set()),
    ],
)
def test_own_area(name: str, own: set[str]) -> None:
    assert read_name(name).own_area == own


def test_how_texts_call_it() -> None:
    called = read_name("阜新市信访局").called
    assert called == ("阜新市信访局", "市信访局", "信访局")
    assert {"县政府", "乙县政府", "县人民政府"} <= set(read_name("乙县人民政府").called)
    assert {"戊镇政府", "丁县戊镇政府"} <= set(read_name("丁县戊镇人民政府").called)
    assert not {"县政府", "丁县政府"} & set(read_name("丁县戊镇人民政府").called)
    zone = read_name("阜新市高新区住房和城乡建设局").called
    assert ("高新区住建局" in zone, "阜新市住建局" in zone, "市住建局" in zone) == (
        True,
        False,
        False,
    )
    assert {"市住建局", "住建局"} <= set(read_name("甲市住房和城乡建设局").called)
    assert "管理区" in read_name("察北管理区管委会").called
    assert not {"", "人民政府", "政府"} & set(read_name("乙县人民政府").called)


def test_signs_are_made_alike() -> None:
    assert read_name(" 阜新市 自然资源局\n") == read_name("阜新市自然资源局(盖章)")


def test_a_hostile_name_takes_no_time() -> None:
    for sign in ("市", "区", "县", "乡", "国", "（", "办"):
        read_name(sign * 100_000)
