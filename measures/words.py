"""The Chinese names of measures, and what to know where the editions of the form differ."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from form.editions import DISPUTE_OUTCOMES, EDITION_KEYS, table
from form.language import _
from form.names import without_remark

if TYPE_CHECKING:
    from measures.measure import Group

_NUMBER: Final = re.compile(r"^（.）")


@dataclass(frozen=True, slots=True)
class Words:
    """A measure in words: its name, what follows 共 in a sentence, and its caveat."""

    label: str
    phrase: str
    caveat: str = ""


def group_names() -> dict[Group, str]:
    """Return the headings under which measures are offered, in order."""
    return {
        "applications": _("依申请公开"),
        "applicants": _("申请人类型"),
        "disclosure": _("主动公开"),
        "disputes": _("复议与诉讼"),
    }


@cache
def words() -> Mapping[str, Words]:
    """Return the words of every measure by its key."""
    return _of_applications() | _of_disclosure() | _of_disputes()


def _of_applications() -> dict[str, Words]:
    return {
        "new_received": Words(_("本年新收申请"), _("新收申请")),
        "carried_over": Words(_("上年结转申请"), _("上年结转申请")),
        "total_processed": Words(_("办理总计"), _("办理申请")),
        "granted": _result("granted"),
        "partial": _result("partial"),
        "denied": _result("denied_state_secret"),
        "unable": _result("unable_not_held"),
        "unprocessed": _result("unprocessed_complaint"),
        "other_handling": _result(
            "other_other",
            _("作{result}"),
            _("2019 年版表样为一行；2021 年版分三项，此处相加。"),
        ),
        "carried_forward": Words(_("结转下年度"), _("结转下年度")),
        "granted_rate": Words(_("公开率（全部公开 ÷ 办结）"), _("公开率")),
        "disclosed_rate": Words(_("公开（含部分）率"), _("公开（含部分）率")),
    }


def _result(row_key: str, phrase: str = "{result}", caveat: str = "") -> Words:
    """Return the words of a group of results, by the form's label of one of its rows."""
    row = table("applications", EDITION_KEYS[-1]).row(row_key)
    label = _NUMBER.sub("", without_remark((*row.groups, row.label)[1]))
    return Words(label, phrase.format(result=label), caveat)


def _of_disclosure() -> dict[str, Words]:
    made_issued = _(
        "2019 年版填“本年新制作数量”，2021 年版填“本年制发件数”，口径相近而不尽相同，跨版比较请留意。"
    )
    only_2019 = _("只有 2019 年版表样有此项；2021 年版改为“现行有效件数”，含义不同，不能相接。")
    only_2021 = _("只有 2021 年版表样有此项；2019 年版为“对外公开总数量”，含义不同，不能相接。")
    decisions = _("2019 年版印作“处理决定数量”，2021 年版印作“本年处理决定数量”，此处视为相同。")
    dropped = _("只有 2019 年版表样有此项。")
    added = _("只有 2021 年版表样有此项。")
    fees = _("只有 2021 年版表样填收费金额；2019 年版填收费项目数量，不能相接。")
    return {
        "regulations_issued": Words(_("规章制发"), _("制发规章"), made_issued),
        "documents_issued": Words(_("规范性文件制发"), _("制发规范性文件"), made_issued),
        "regulations_published": Words(_("规章对外公开总数"), _("对外公开规章"), only_2019),
        "documents_published": Words(
            _("规范性文件对外公开总数"), _("对外公开规范性文件"), only_2019
        ),
        "regulations_in_force": Words(_("现行有效规章"), _("有现行有效规章"), only_2021),
        "documents_in_force": Words(_("现行有效规范性文件"), _("有现行有效规范性文件"), only_2021),
        "regulations_repealed": Words(_("规章废止"), _("废止规章"), added),
        "documents_repealed": Words(_("规范性文件废止"), _("废止规范性文件"), added),
        "licensing_decisions": Words(_("行政许可处理决定"), _("作出行政许可决定"), decisions),
        "penalty_decisions": Words(_("行政处罚处理决定"), _("作出行政处罚决定"), decisions),
        "coercion_decisions": Words(_("行政强制处理决定"), _("作出行政强制决定"), decisions),
        "other_service_decisions": Words(
            _("其他对外管理服务处理决定"), _("作出其他对外管理服务决定"), dropped
        ),
        "fees_amount": Words(_("行政事业性收费金额"), _("收取行政事业性收费"), fees),
        "procurement_projects": Words(_("政府集中采购项目"), _("集中采购项目"), dropped),
        "procurement_amount": Words(
            _("政府集中采购金额"),
            _("集中采购"),
            _("只有 2019 年版表样有此项；单位由各报告自印，已换算为万元，未印单位的不计。"),
        ),
    }


def _of_disputes() -> dict[str, Words]:
    form = table("disputes", EDITION_KEYS[-1])
    review, direct, after = form.rows
    kinds = {"review": review.label, "litigation": direct.groups[0]}
    found = {
        f"{key}_total": Words(label, _("有{what}").format(what=label))
        for key, label in kinds.items()
    }
    for row in (direct, after):
        label = _("{kind}（{part}）").format(kind=row.groups[0], part=row.label)
        found[f"{row.key}_total"] = Words(label, _("有{what}").format(what=label))
    for key, kind in kinds.items():
        for column in DISPUTE_OUTCOMES:
            label = kind + column.label
            found[f"{key}_{column.key}"] = Words(label, _("有{what}").format(what=label))
        found[f"{key}_corrected_rate"] = Words(
            _("{kind}纠错率（纠正 ÷ 审结）").format(kind=kind), _("{kind}纠错率").format(kind=kind)
        )
    return found
