"""The tally rules in Chinese: their names, their sentences, and what they rest on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from form.language import _
from form.layout import TALLY_SENTENCE

if TYPE_CHECKING:
    from form.rules.model import Basis


def name(code: str) -> str:
    """Return a rule's name, a few words; raises KeyError where there is no such rule."""
    return _wording()[code][0]


def sentence(code: str) -> str:
    """Return a rule as a sentence; raises KeyError where there is no such rule."""
    return _wording()[code][1]


def source(basis: Basis, documents: Sequence[str]) -> str:
    """Return what a rule rests on, with the numbers of the documents."""
    said = {
        "printed": _("表内所印：{sentence}（{documents}）"),
        "totals": _("由表样所设的总计得出（{documents}）"),
        "continuity": _("由前后两年报告同一栏目的含义得出，表样未印（{documents}）"),
    }
    return said[basis].format(
        sentence=TALLY_SENTENCE.strip("（）"), documents=_("、").join(documents)
    )


@cache
def _wording() -> Mapping[str, tuple[str, str]]:
    return {
        "balance": (
            _("收支不平"),
            _("本年新收与上年结转之和，等于办理结果总计与结转下年之和（表内所印勾稽关系）"),
        ),
        "outcomes": (_("分项不合总计"), _("三（一）至（六）各项办理结果之和，等于三（七）总计")),
        "applicants": (_("横向不合总计"), _("六类申请人之和，等于该行总计")),
        "disputes": (
            _("复议诉讼不合总计"),
            _("结果维持、结果纠正、其他结果、尚未审结之和，等于总计"),
        ),
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
    }
