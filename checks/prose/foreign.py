"""Another agency's or place's name where a text names itself: a text taken over and not gone through.

Other agencies are rightly named in many ways (上级, 联合, 向…学习). Asked about is only a name in the
place of one's own: who made the report, whose year it tells, who does what the sentence tells; and
only of an organ of the same sort elsewhere, or, where the report says who made it, of another body.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from checks.prose.remarks import Remark, quoted, together
from checks.prose.sentences import Sentence
from checks.prose.tokens import Folded
from form.agencies.alike import may_be_one, same_body, same_place
from form.agencies.names import AgencyName, read_name

RULE: Final = "foreign_name"
_HAN: Final = "[一-龥]"
_MADE = re.compile(
    rf"本(?:年度)?报告(?:由|系由|是由)(?P<made>{_HAN}{{4,30}}?)(?=根据|按照|依据|依照|编制|编写|负责|组织|发布|公布)"
    rf"|(?:现将|现公布|现发布|特公布|编制了?|公布)(?P<told>{_HAN}{{4,30}}?)(?=(?:19|20)\d\d年(?:度)?(?:政府信息|政务|信息)公开)"
)
_DOES: Final = (
    "坚持|认真|严格|高度重视|全年|共收|共受|收到|受理|主动|深入|积极|未收|未发|没有|无|制定|进一步|按照|根据|围绕|依托|"
    "不断|以习近平|扎实|持续|切实|始终|紧紧|全面|通过|办理"
)
_SUBJECT = re.compile(
    rf"(?:^|(?<=[;:,]))(?:(?:19|20)\d\d年度?|全年|今年|本年度?|一年来)?,?"
    rf"(?P<name>(?![我本各全该其原由在对与和向为将把某同据现]){_HAN}{{1,18}}?(?:局|委员会|人民政府|政府|办事处|县|区|市|镇|乡|街道))(?={_DOES})"
)
_NO_PLACE: Final = re.compile(
    r"(?:建制镇|中心镇|试点镇|重点镇|示范镇|特色镇|先进镇|强镇|名镇|功能区|管理区|行政区|保护区|开发区|示范区|乡镇|城镇|集镇|村镇|小镇|古镇|重镇|镇街|街镇|社区|园区|景区|辖区|地区|城区|片区|校区|小区|新区|县区|市区|山区|老区|城乡|县市|兄弟.{0,3})$"
)
_NAMED: Final = re.compile(r"局|委员会|政府|办事处")


def other_names(sentence: Sentence, fold: Folded, agency: str | None) -> Iterator[Remark]:
    """Yield a remark for each name in the place of the agency's own that is another's."""
    if not agency or read_name(agency).kind is None:
        return
    for match in _MADE.finditer(fold.text):
        group = "made" if match["made"] else "told"
        if _is_elsewhere(match[group], agency) or _is_other_body(match[group], agency):
            yield _remark(sentence, fold, match[group], match.span(group))
    for match in _SUBJECT.finditer(fold.text):
        leads = match.start() == 0
        if _can_be_subject(match["name"], leads) and _is_elsewhere(match["name"], agency):
            yield _remark(sentence, fold, match["name"], match.span("name"))


def each_name_once(remarks: Iterable[Remark]) -> Iterator[Remark]:
    """Yield one remark a name, with all its sentences."""
    found: dict[str | int, list[Remark]] = {}
    for remark in remarks:
        found.setdefault(remark.values[0], []).append(remark)
    for alike in found.values():
        yield from together(RULE, alike)


def _remark(sentence: Sentence, fold: Folded, name: str, span: tuple[int, int]) -> Remark:
    return Remark(RULE, (name,), (quoted(sentence, fold, *span),))


def _can_be_subject(name: str, leads: bool) -> bool:
    """Say whether a name at a clause's head is an organ's.

    A place alone (戊县坚持…) is one only where it leads its sentence and there is such a place, or
    it is a town.
    """
    if _NAMED.search(name):
        return True
    read = read_name(name)
    return leads and not _NO_PLACE.search(name) and bool(read.regions or read.township)


@lru_cache(maxsize=4096)
def _is_elsewhere(name: str, agency: str) -> bool:
    """Say whether a name is of an organ of the agency's sort in another place."""
    own, other = read_name(agency), read_name(name)
    if own.kind is None or own.kind != other.kind or own.zone or other.zone:
        return False
    if own.kind in ("township", "subdistrict"):
        return _is_another_town(own, other)
    told = all(len(item.place) > len(item.unit) for item in (own, other))
    same_rank = own.unit[-1:] == other.unit[-1:]
    return told and same_rank and same_body(own, other) and not same_place(own, other)


def _is_another_town(own: AgencyName, other: AgencyName) -> bool:
    shorter, longer = sorted((own.township, other.township), key=len)
    return len(shorter) > 1 and not longer.endswith(shorter)


@lru_cache(maxsize=4096)
def _is_other_body(name: str, agency: str) -> bool:
    """Say whether a report says that another department made it: one with no word of ours."""
    own, other = read_name(agency), read_name(name)
    if (own.kind, other.kind) != ("department", "department") or may_be_one(name, agency):
        return False
    if not all(item.body.endswith(("局", "委员会", "厅")) for item in (own, other)):
        return False
    return not _pairs(own.body) & _pairs(other.body)


def _pairs(body: str) -> set[str]:
    """Return every two signs of a body's name that stand beside each other, its ending apart."""
    plain = re.sub(r"(?:管理|监督|事务|服务)?(?:局|委员会|厅)$", "", body)
    return {plain[at : at + 2] for at in range(len(plain) - 1)}
