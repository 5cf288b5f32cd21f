"""Whose figures a sentence tells, as far as the agency's own name says it.

For a county's government 全县 is what its report is about and 县政府本级 only a part; a department
of that county sees it the other way round. 市信访局 in the report of that bureau is the bureau,
though 信访 names what the tables do not count. Such words are put under two signs that the
vocabulary knows, before anything else is read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from checks.prose.vocabulary import ELSEWHERE_SIGN, OWN_SIGN
from form.agencies.names import AgencyName, read_name

_UNIT: Final = r"省|市|区|县|州|旗|盟|镇|乡|街道"
# 我区政务服务中心 is another's; what 我区共收到 says is the district's own.
_OTHERS_OF_IT: Final = r"(?:(?![收受共未无没发制全新])[一-龥]){1,10}?(?:局|中心|大厅|部门|单位|机关|乡镇|街道|法院|企业|学校)"
_OUR_UNIT = re.compile(rf"(?<!自)我(?P<unit>{_UNIT})(?!(?:直)?(?:各|内|直|级))(?!{_OTHERS_OF_IT})")
_OUR_ZONE = re.compile(r"(?:我|本)(?:管理区|开发区|园区|新区|高新区|示范区|保税区|度假区)")
_LEVEL = re.compile(rf"(?:(?:{_UNIT})(?:人民)?(?:政府)?|政府)本级(?:政府)?")
_SHORTEST: Final = 3
"""Signs of the shortest name that is looked for: 税务 alone is a matter, no organ."""
# Names of organs of which a word elsewhere says that a number counts other things.
_ORGAN = re.compile(
    r"(?:市场|金融|城市|行政|公共|劳动|社会|综合|安全|质量|食品药品|药品|卫生){0,2}"
    r"(?:信访|应急|监督|监管|救助|培训|评估|检查|审核|调解|仲裁|公证|处罚|许可|备案|投诉|举报|咨询|热线)"
    r"(?:管理|服务|监督|指导|事务|保障|审批|处理|受理|执法|工作|人事|争议|和){0,2}"
    r"(?:局|办公室|办(?![理结复件])|委员会|中心|厅|站|支队|大队|总队|处(?!理|罚|置)|所)"
)


@dataclass(frozen=True, slots=True)
class _Whose:
    """What an agency's name says of a text's words.

    `unit` is the sign of the unit whose government it is (区 for a zone's committee, "" for others),
    `area` how all of that is called where the report is about all of it, `names` what the organ is
    called, `in_parts` whether 本级 is less than the report is about.
    """

    unit: str = ""
    area: re.Pattern[str] | None = None
    names: re.Pattern[str] | None = None
    in_parts: bool = False


@lru_cache(maxsize=256)
def _whose(agency: str) -> _Whose:
    name = read_name(agency)
    if name.kind == "government":
        county = name.level == "county"
        return _Whose(name.unit[-1:], _area(name) if county else None, None, county)
    if name.kind in ("township", "subdistrict"):
        return _Whose(name.township[-1:].replace("道", "街道"), _area(name))
    return _Whose("区" if name.kind == "committee" else "", names=_names(name))


def _area(name: AgencyName) -> re.Pattern[str] | None:
    areas = "|".join(map(re.escape, sorted(name.own_area, key=len, reverse=True)))
    return re.compile(rf"(?:{areas})(?!各)") if areas else None


def _names(name: AgencyName) -> re.Pattern[str] | None:
    """Return the organ's names; those without their place only where no other place precedes."""
    listed = "|".join(re.escape(item) for item in name.called if len(item) >= _SHORTEST)
    return re.compile(rf"(?<![省市区县州旗局]){'(?:' + listed + ')'}") if listed else None


def signed(text: str, agency: str | None) -> str:
    """Return folded text with the agency's own names, and others' shares, put under signs.

    Every sign stands at its place, so that the text keeps its length. Of an agency that is not
    known, 我区 is taken for itself and 全区 for more than itself.
    """
    if not agency:
        return _OUR_ZONE.sub(_own, _OUR_UNIT.sub(_own, _ORGAN.sub(_own, text)))
    whose = _whose(agency)
    text = _OUR_UNIT.sub(
        lambda match: _own(match) if match["unit"] == whose.unit else match[0], text
    )
    if whose.unit == "区" and whose.area is None:
        text = _OUR_ZONE.sub(_own, text)
    if whose.names is not None:
        text = whose.names.sub(_own, text)
    if whose.area is not None:
        text = whose.area.sub(_own, text)
    return _LEVEL.sub(_elsewhere, text) if whose.in_parts else text


def _own(match: re.Match[str]) -> str:
    return OWN_SIGN * len(match[0])


def _elsewhere(match: re.Match[str]) -> str:
    return ELSEWHERE_SIGN * len(match[0])
