"""The words that names of agencies are made of, as data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from form.agencies.divisions import Level

Kind = Literal["government", "department", "township", "subdistrict", "committee", "vertical"]

UNIT_LEVELS: Final[Mapping[str, Level | None]] = {
    "自治区": "province",
    "省": "province",
    "自治州": "prefecture",
    "地区": "prefecture",
    "盟": "prefecture",
    "自治县": "county",
    "自治旗": "county",
    "县": "county",
    "区": "county",
    "旗": "county",
    # Of a prefecture or of a county: the name alone does not tell.
    "市": None,
}
"""What ends the name of a place, and its level."""

ZONES: Final = (
    *("高新技术产业开发区", "经济技术开发区", "经济开发区", "开发区", "高新技术产业园区"),
    *("高新区", "经开区", "新区", "园区", "示范区", "试验区", "合作区", "保税区", "保税港区"),
    *("度假区", "风景名胜区", "风景区", "旅游区", "景区", "管理区", "工业区", "保护区"),
    *("集聚区", "功能区", "产业园", "工业园", "科技园", "科技城", "新城"),
)
"""What ends the name of a zone, which no division is: the longest that fits counts."""

NO_UNIT_AFTER: Final[Mapping[str, str]] = {
    "市": "城都超门集夜股楼菜县",
    "区": "社园景校库林灾小辖牧地片厂街山湿护发新城",
    "县": "各全",
    "旗": "红国",
    "盟": "联",
    "省": "全",
    "乡": "城返回下",
    "镇": "城乡村集小",
}
"""Signs after which a unit's sign is part of another word: 城市, 社区, 城乡."""
NO_UNIT_BEFORE: Final[Mapping[str, str]] = {
    "市": "场容",
    "区": "划域",
    "县": "域",
    "乡": "村镇",
    "镇": "江",
}
"""Signs before which it is: 市场, 区划, 乡村."""
MUNICIPAL: Final = ("市政公用", "市政管理", "市政工程", "市政设施", "市政园林", "市政局")
"""Begin with 市 and mean no city."""

SYSTEMS: Final = (
    *("国家税务总局", "国家统计局", "国家金融监督管理总局", "国家矿山安全监察局"),
    *("国家粮食和物资储备局", "国家能源局", "国家外汇管理局", "国家移民管理局"),
    *("中国证券监督管理委员会", "中国银行保险监督管理委员会", "中国人民银行", "中国民用航空"),
    "中华人民共和国",
)
"""What names of organs under the direct lead of a central one begin with."""
VERTICAL: Final = (
    *("税务局", "税务分局", "海关", "海事局", "气象局", "烟草专卖局", "邮政管理局", "通信管理局"),
    *("调查队", "调查总队", "消防救援支队", "消防救援大队", "消防救援总队", "出入境边防检查站"),
    *("矿山安全监察局", "金融监管局", "金融监管分局", "银保监局", "银保监分局", "证监局"),
)
"""What their names end with."""

GOVERNMENT: Final = frozenset({"", "人民政府", "政府", "行政公署", "行署"})
TOWNSHIP_BODY: Final = frozenset({"", "人民政府", "政府", "办事处", "办"})
COMMITTEE: Final = ("管理委员会", "管委会")
OFFICES: Final = ("办公室", "办公厅", "综合办公室", "党政办公室")
"""What stands for the government or committee whose name precedes it."""
DEPARTMENT_COMMITTEES: Final = (
    *("国有资产监督", "国有资产", "城市", "城乡", "机关事务", "公用事业", "市政", "园林"),
    *("交通", "水务", "房屋", "公共资源交易", "社会组织", "金融", "城市综合", "文物"),
)
"""What a 管理委员会 that is a department manages; others manage a place."""
SITES: Final = tuple("山湖岛港河江库谷湾园站场")
"""What the place that a 管理委员会 manages ends with, besides zones."""
DEPARTMENT: Final = ("局", "厅", "委员会", "委", "办公室", "办公厅", "办", "署")
NO_DEPARTMENT: Final = ("村民委员会", "居民委员会", "居委会", "村委会", "书店", "仲裁委员会")
BRANCHES: Final = ("分局", "支队", "大队", "监察大队")
CENTRAL: Final = ("国家", "国务院", "中华人民共和国")
MINISTRY: Final = "部"

SAME_BODIES: Final[Mapping[str, str]] = {
    "政府": "人民政府",
    "政府办公室": "人民政府办公室",
    "政府办": "人民政府办公室",
    "政府办公厅": "人民政府办公厅",
    "发改委": "发展和改革委员会",
    "发展改革委": "发展和改革委员会",
    "发展改革委员会": "发展和改革委员会",
    "发改局": "发展和改革局",
    "发展改革局": "发展和改革局",
    "教体局": "教育体育局",
    "教育和体育局": "教育体育局",
    "科技局": "科学技术局",
    "工信局": "工业和信息化局",
    "工信委": "工业和信息化委员会",
    "民宗局": "民族宗教事务局",
    "人社局": "人力资源和社会保障局",
    "人力资源社会保障局": "人力资源和社会保障局",
    "自规局": "自然资源和规划局",
    "自然资源与规划局": "自然资源和规划局",
    "住建局": "住房和城乡建设局",
    "住房城乡建设局": "住房和城乡建设局",
    "住建委": "住房和城乡建设委员会",
    "交运局": "交通运输局",
    "农村农业局": "农业农村局",
    "文旅局": "文化和旅游局",
    "文广旅局": "文化广电和旅游局",
    "文旅广局": "文化旅游和广播电视局",
    "卫健局": "卫生健康局",
    "卫健委": "卫生健康委员会",
    "应急局": "应急管理局",
    "市监局": "市场监督管理局",
    "市场监管局": "市场监督管理局",
    "市场监管委": "市场监督管理委员会",
    "退役军人局": "退役军人事务局",
    "医保局": "医疗保障局",
    "国资委": "国有资产监督管理委员会",
    "外办": "外事办公室",
    "外事办": "外事办公室",
    "信访办": "信访办公室",
    "城管局": "城市管理局",
    "城管委": "城市管理委员会",
    "金融办": "金融工作办公室",
    "机关事务局": "机关事务管理局",
    "管委会": "管理委员会",
    "街道办": "街道办事处",
}
"""Short ways to write a body, and the whole."""
WHOLE_BODIES: Final[Mapping[tuple[Kind | None, str], str]] = {
    ("government", ""): "人民政府",
    ("government", "行署"): "行政公署",
    ("township", ""): "人民政府",
    ("township", "办事处"): "人民政府",
    ("subdistrict", ""): "办事处",
    ("subdistrict", "办"): "办事处",
    ("subdistrict", "人民政府"): "办事处",
    ("committee", ""): "管理委员会",
}
"""What is meant where a name is that of the place alone: 北戴河区, 河包镇, 东湖街道, 高新区."""

REFORM: Final = "2018 年机构改革（《国务院机构改革方案》，2018 年 3 月 17 日全国人大批准）"
REFORMED: Final[Mapping[str, tuple[str, ...]]] = {
    "国土资源": ("自然资源",),
    "规划": ("自然资源",),
    "环境保护": ("生态环境",),
    "农业": ("农业农村",),
    "文化": ("文化和旅游", "文化旅游", "文化广电"),
    "旅游": ("文化和旅游", "文化旅游", "文化广电"),
    "卫生和计划生育": ("卫生健康",),
    "安全生产监督管理": ("应急管理",),
    "工商行政管理": ("市场监督管理",),
    "质量技术监督": ("市场监督管理",),
    "食品药品监督管理": ("市场监督管理",),
    "国家税务": ("税务",),
    "地方税务": ("税务",),
}
"""What bodies were for before the reform of 2018, and what those are for that followed them."""
BODY_ENDS: Final = ("委员会", "办公室", "管理局", "局", "厅", "委", "办")
"""What is left out where two bodies are compared by what they are for."""
