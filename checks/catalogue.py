"""Every kind of finding: its code, its severity, its Chinese name and what it means.

The one place for these; the names of the sums come from `form.rules`, where the sums stand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from form.language import _
from form.rules import RULES, Severity

OTHER_KINDS: Final[Mapping[str, Severity]] = {
    "missing_total": "error",
    "not_a_number": "warning",
    "fraction": "error",
    "negative": "error",
    "unknown_unit": "warning",
    "implausible_amount": "warning",
    "edition_year": "warning",
    "table_missing": "error",
    "table_doubled": "warning",
    "section_missing": "warning",
    "carry": "error",
    "in_force": "warning",
    "items": "warning",
    "prose_count": "question",
    "prose_year": "question",
    "prose_copied": "question",
    "late": "warning",
}
"""Kinds beyond the sums, in the order in which findings are listed."""

SEVERITIES: Final[Mapping[str, Severity]] = {
    **{rule.code: rule.severity for rule in RULES},
    **OTHER_KINDS,
}
"""The severity of every kind, in the order in which findings are listed."""


@dataclass(frozen=True, slots=True)
class FindingKind:
    """One kind of finding, in words."""

    code: str
    severity: Severity
    name: str
    sentence: str


def kinds() -> dict[str, FindingKind]:
    """Return every kind of finding by code, in the order in which findings are listed."""
    words = {rule.code: (rule.name, rule.sentence) for rule in RULES} | _wording()
    return {code: FindingKind(code, SEVERITIES[code], *words[code]) for code in SEVERITIES}


def kind_name(code: str) -> str:
    """Return the Chinese name of a kind of finding, a few words; raises KeyError."""
    return kinds()[code].name


def severity_names() -> dict[Severity, str]:
    """Return the Chinese names of the severities, gravest first."""
    return {"error": _("确定错误"), "warning": _("可疑"), "question": _("待核")}


def _wording() -> dict[str, tuple[str, str]]:
    return {
        "missing_total": (
            _("总计漏填"),
            _("总计格为空或横线，而按分项或收支关系应大于 0"),
        ),
        "not_a_number": (_("不是数字"), _("应填数字的格内是文字")),
        "fraction": (_("件数为小数"), _("应填整数的格内是小数")),
        "negative": (_("件数为负"), _("件数不能小于 0（“本年增/减”除外）")),
        "unknown_unit": (_("金额无单位"), _("金额未注明元或万元，无法换算")),
        "implausible_amount": (_("金额过大"), _("金额大得不合常理，单位可能写错")),
        "edition_year": (_("表样与年度不符"), _("所用表样不是该年度规定的版本")),
        "table_missing": (_("缺表"), _("报告中没有找到这张规定的表")),
        "table_doubled": (_("表重复"), _("报告中同一张表出现多次")),
        "section_missing": (_("缺章节"), _("报告缺少规定的章节")),
        "carry": (
            _("跨年结转不符"),
            _("上一年度的结转下年，等于本年度的上年结转（同一机构）"),
        ),
        "in_force": (
            _("现行有效件数不接续"),
            _("现行有效件数，等于上一年度现行有效加本年制发减本年废止（自然失效口径可能不同）"),
        ),
        "items": (
            _("项目数量不接续"),
            _("上一年项目数量，等于上一年度报告的上一年项目数量加增减"),
        ),
        "prose_count": (_("正文与表不一"), _("正文所述数字与表格不同（口径可能不同）")),
        "prose_year": (_("正文年度有误"), _("正文把其他年度说成本年度的工作")),
        "prose_copied": (_("正文雷同"), _("正文与上一年度报告几乎相同")),
        "late": (_("迟报"), _("公布日期晚于规定期限")),
    }
