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

_UNIT: Final = r"省|市|区|县|州|旗|盟|镇|乡|街道"
_GOVERNMENT = re.compile(rf"(?P<unit>{_UNIT})人民政府$|(?P<street>街道)办事处$")
_COMMITTEE = re.compile(r"(?:管委会|管理委员会|管理区|开发区|园区|新区)$")
_WHOLE_UNITS: Final = ("区", "县", "旗", "镇", "乡", "街道")
"""Units all of which a report of their government is about; cities' reports differ."""
_COUNTIES: Final = ("区", "县", "旗")
_NO_COUNTY = re.compile(r"自治区人民政府$")
_OUR_UNIT = re.compile(rf"(?<!自)我(?P<unit>{_UNIT})(?!(?:直)?(?:各|内|直|级))")
_OUR_ZONE = re.compile(r"(?:我|本)(?:管理区|开发区|园区|新区|高新区|示范区|保税区|度假区)")
_LEVEL = re.compile(rf"(?:(?:{_UNIT})(?:人民)?(?:政府)?|政府)本级(?:政府)?")
# Names of organs of which a word elsewhere says that a number counts other things.
_ORGAN = re.compile(
    r"(?:市场|金融|城市|行政|公共|劳动|社会|综合|安全|质量|食品药品|药品|卫生){0,2}"
    r"(?:信访|应急|监督|监管|救助|培训|评估|检查|审核|调解|仲裁|公证|处罚|许可|备案|投诉|举报|咨询|热线)"
    r"(?:管理|服务|监督|指导|事务|保障|审批|处理|受理|执法|工作|人事|争议|和){0,2}"
    r"(?:局|办公室|办(?![理结复件])|委员会|中心|厅|站|支队|大队|总队|处(?!理|罚|置)|所)"
)


@dataclass(frozen=True, slots=True)
class _Whose:
    """What an agency's name says: its unit if it is that unit's government, or a zone's committee."""

    name: str
    unit: str = ""
    zone: bool = False


@lru_cache(maxsize=256)
def _whose(agency: str | None) -> _Whose:
    name = "".join((agency or "").split())
    government = _GOVERNMENT.search(name)
    if government and not _NO_COUNTY.search(name):
        return _Whose(name, government["unit"] or government["street"])
    return _Whose(name, zone=bool(_COMMITTEE.search(name)))


def signed(text: str, agency: str | None) -> str:
    """Return folded text with the agency's own names, and others' shares, put under signs.

    Every sign stands at its place, so that the text keeps its length. Of an agency that is not
    known, 我区 is taken for itself and 全区 for more than itself.
    """
    whose = _whose(agency)

    def own(match: re.Match[str]) -> str:
        return OWN_SIGN * len(match[0])

    def elsewhere(match: re.Match[str]) -> str:
        return ELSEWHERE_SIGN * len(match[0])

    def named(match: re.Match[str]) -> str:
        return own(match) if not whose.name or _abbreviates(match[0], whose.name) else match[0]

    def ours(match: re.Match[str]) -> str:
        is_ours = (
            not whose.name or match["unit"] == whose.unit or (whose.zone and match["unit"] == "区")
        )
        return own(match) if is_ours else match[0]

    text = _ORGAN.sub(named, text)
    text = _OUR_UNIT.sub(ours, text)
    if whose.zone or not whose.name:
        text = _OUR_ZONE.sub(own, text)
    if whose.unit in _WHOLE_UNITS:
        text = re.sub(rf"全{whose.unit}(?!各)", own, text)
    if whose.unit in _COUNTIES:
        text = _LEVEL.sub(elsewhere, text)
    return text


def _abbreviates(short: str, name: str) -> bool:
    """Say whether a name can be short for the agency's: 市场监管局 for …市场监督管理局."""
    rest = iter(name[name.find(short[:2]) :] if short[:2] in name else "")
    return all(sign in rest for sign in short) and short[-1] == name[-1]
