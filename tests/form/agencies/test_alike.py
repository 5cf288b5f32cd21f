import pytest

from form.agencies.alike import may_be_one


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("市自然资源局", "阜新市自然资源局"),
        ("自然资源局", "阜新市自然资源局"),
        ("阜新市住建局", "阜新市住房和城乡建设局"),
        ("朝阳区教育局", "北京市朝阳区教育局"),
        ("丙区财政局", "甲市丙区财政局"),
        ("荣昌区河包镇", "荣昌区河包镇人民政府"),
        ("东湖街道", "越城区东湖街道办事处"),
        ("承德高新区", "承德高新区管理委员会"),
        ("乙县政府", "乙县人民政府"),
        ("县政府办", "乙县人民政府办公室"),
    ],
)
def test_names_of_one(one: str, other: str) -> None:
    assert may_be_one(one, other)
    assert may_be_one(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("市自然资源局", "海州区自然资源局"),
        ("阜新市自然资源局", "朝阳市自然资源局"),
        ("阜新市自然资源局", "阜新市财政局"),
        ("北京市朝阳区教育局", "长春市朝阳区教育局"),
        ("荣昌区河包镇", "荣昌区荣隆镇"),
        ("荣昌区河包镇", "荣昌区"),
        ("乙县人民政府", "乙县人民政府办公室"),
        ("阜新市高新区财政局", "阜新市财政局"),
        ("郑州市自然资源和规划局二七分局", "郑州市自然资源和规划局"),
        ("甲市丙区财政局", "乙市丙区财政局"),
    ],
)
def test_names_of_two(one: str, other: str) -> None:
    assert not may_be_one(one, other)
    assert not may_be_one(other, one)
