"""Every kind of finding: its code, its severity, its Chinese name, what it looks at and rests on.

The one place for these; what concerns the tally rules comes from `form.rules`, where they stand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final, Literal

from checks.bounds import JUMP_BY, JUMP_TIMES, LEAST_EQUAL, SCALE_LEAST, SCALE_MOST
from form.editions import EDITION_KEYS, EDITIONS, edition
from form.figures import grouped
from form.language import _
from form.model import EditionKey
from form.rules import RULES, YEAR_RULES, Blanks, Rule, Severity, YearRule

Subject = Literal["sums", "cell", "table", "document", "years", "prose", "date"]
"""What a kind of finding looks at."""
Ground = Literal[
    "sums",
    "columns",
    "form",
    "bound",
    "comparison",
    "newer_form",
    "regulation",
    "legislation",
    "desk",
]
"""What a kind besides the tally rules rests on."""


@dataclass(frozen=True, slots=True)
class _Other:
    """A kind of finding besides the tally rules, as data.

    `first_year` is the first year reported on that it speaks of, None where it speaks of all.
    """

    severity: Severity
    subject: Subject
    ground: Ground
    blanks: Blanks = "passed"
    first_year: int | None = None


_OTHERS: Final[Mapping[str, _Other]] = {
    "missing_total": _Other("error", "cell", "sums", "found"),
    "not_a_number": _Other("warning", "cell", "columns"),
    "fraction": _Other("error", "cell", "columns"),
    "negative": _Other("error", "cell", "columns"),
    "unknown_unit": _Other("warning", "cell", "columns"),
    "implausible_amount": _Other("warning", "cell", "bound"),
    "regulations_without_power": _Other("question", "cell", "legislation"),
    "issued_above_in_force": _Other("question", "cell", "columns"),
    "edition_year": _Other("warning", "table", "form"),
    "table_missing": _Other("error", "table", "form"),
    "row_missing": _Other("warning", "table", "form"),
    "table_doubled": _Other("warning", "table", "form"),
    "section_missing": _Other("warning", "document", "form"),
    "heading_order": _Other("warning", "document", "form"),
    "amount_scale": _Other("warning", "years", "bound"),
    "same_as_last_year": _Other("question", "years", "comparison"),
    "review_pending_lost": _Other("question", "years", "comparison"),
    "litigation_without_review": _Other("question", "years", "columns"),
    "year_jump": _Other("question", "years", "bound"),
    "prose_count": _Other("question", "prose", "comparison", "zero"),
    "prose_year": _Other("question", "prose", "comparison"),
    "prose_copied": _Other("question", "prose", "comparison"),
    "prose_copied_elsewhere": _Other("question", "prose", "comparison"),
    "basis_outdated": _Other(
        "warning", "prose", "newer_form", first_year=edition("2021").first_year
    ),
    "prose_period": _Other("question", "prose", "comparison"),
    "foreign_name": _Other("question", "prose", "comparison"),
    "prose_parts": _Other("question", "prose", "comparison"),
    "prose_settled": _Other("question", "prose", "comparison"),
    "prose_growth": _Other("question", "prose", "comparison", "zero"),
    "late": _Other("warning", "date", "regulation"),
    "not_judged": _Other("warning", "document", "desk"),
}
_BEFORE_YEARS: Final[frozenset[Subject]] = frozenset({"cell", "table", "document"})
AMOUNT_BELOW_ZERO: Final[Severity] = "warning"
"""The severity of a `negative` amount, which may be a refund; a count below 0 is an error."""


def _severities() -> dict[str, Severity]:
    others = [
        (code, kind.subject in _BEFORE_YEARS, kind.severity) for code, kind in _OTHERS.items()
    ]
    return {
        **{rule.code: rule.severity for rule in RULES},
        **{code: severity for code, before, severity in others if before},
        **{rule.code: rule.severity for rule in YEAR_RULES},
        **{code: severity for code, before, severity in others if not before},
    }


SEVERITIES: Final[Mapping[str, Severity]] = _severities()
"""The severity of every kind, in the order in which findings are listed."""


@dataclass(frozen=True, slots=True)
class FindingKind:
    """One kind of finding, in words.

    `looks_at`, `source` and `blanks` say in Chinese what it looks at, what it rests on and what
    blanks and dashes do; `editions` and `years` (first, last or None) where it applies.
    """

    code: str
    severity: Severity
    name: str
    sentence: str
    subject: Subject
    looks_at: str
    source: str
    blanks: str
    editions: tuple[EditionKey, ...]
    years: tuple[int, int | None]


@cache
def kinds() -> Mapping[str, FindingKind]:
    """Return every kind of finding by code, in the order in which findings are listed."""
    found = {
        **{rule.code: _of_rule(rule, "sums") for rule in RULES},
        **{rule.code: _of_rule(rule, "years") for rule in YEAR_RULES},
        **{code: _of_other(code, kind) for code, kind in _OTHERS.items()},
    }
    return MappingProxyType({code: found[code] for code in SEVERITIES})


@cache
def across_years() -> frozenset[str]:
    """Return the kinds that look at the figures of two years of one agency."""
    others = (code for code, kind in _OTHERS.items() if kind.subject == "years")
    return frozenset((*(rule.code for rule in YEAR_RULES), *others))


def kind_name(code: str) -> str:
    """Return the Chinese name of a kind of finding, a few words; raises KeyError."""
    return kinds()[code].name


def severity_names() -> dict[Severity, str]:
    """Return the Chinese names of the severities, gravest first."""
    return {"error": _("确定错误"), "warning": _("可疑"), "question": _("待核")}


def subject_names() -> dict[Subject, str]:
    """Return in Chinese what kinds of findings look at, in the order of a report."""
    return {
        "sums": _("表内求和"),
        "cell": _("单个格"),
        "table": _("整张表"),
        "document": _("整份报告"),
        "years": _("同一机构相邻两年的报告"),
        "prose": _("正文"),
        "date": _("公布日期"),
    }


def _of_rule(rule: Rule | YearRule, subject: Subject) -> FindingKind:
    return FindingKind(
        code=rule.code,
        severity=rule.severity,
        name=rule.name,
        sentence=rule.sentence,
        subject=subject,
        looks_at=subject_names()[subject],
        source=rule.source,
        blanks=_blanks()[rule.blanks],
        editions=rule.editions,
        years=rule.years,
    )


def _of_other(code: str, kind: _Other) -> FindingKind:
    name, sentence = _wording()[code]
    return FindingKind(
        code=code,
        severity=kind.severity,
        name=name,
        sentence=sentence,
        subject=kind.subject,
        looks_at=subject_names()[kind.subject],
        source=_grounds()[kind.ground],
        blanks=_blanks()[kind.blanks],
        editions=EDITION_KEYS,
        years=(kind.first_year or EDITIONS[0].first_year, EDITIONS[-1].last_year),
    )


def _blanks() -> dict[Blanks, str]:
    return {
        "zero": _("空格和横线按 0 计，算式中照原样写出"),
        "found": _("查的就是空格和横线"),
        "passed": _("不涉及空格和横线"),
    }


def _grounds() -> dict[Ground, str]:
    documents = _("、").join(edition.source for edition in EDITIONS)
    said: dict[Ground, str] = {
        "sums": _("由各项求和规则得出（{documents}）"),
        "columns": _("由表样各栏的含义得出（{documents}）"),
        "form": _("由规定的报告格式得出（{documents}）"),
        "bound": _("本系统设定的界限，没有文件依据"),
        "comparison": _("报告前后应当一致；没有条文规定，仅提示核对"),
        "newer_form": _("国办公开办函〔2021〕30号（2021 年 9 月 26 日）印发了修订后的年度报告格式"),
        "regulation": _("《政府信息公开条例》第四十九条"),
        "legislation": _("《立法法》（2023 年修正）第九十一条、第九十三条"),
        "desk": _("说的是本系统的核对，不是报告的错误"),
    }
    return {ground: text.format(documents=documents) for ground, text in said.items()}


def _wording() -> dict[str, tuple[str, str]]:
    return {
        "missing_total": (
            _("总计漏填"),
            _("总计格为空或横线，而按分项或收支关系应大于 0"),
        ),
        "not_a_number": (_("不是数字"), _("应填数字的格内是文字")),
        "fraction": (_("件数为小数"), _("应填整数的格内是小数")),
        "negative": (
            _("数字为负"),
            _("件数不能小于 0（“本年增/减”除外）；金额小于 0 只是可疑"),
        ),
        "unknown_unit": (_("金额无单位"), _("金额未注明元或万元，无法换算")),
        "implausible_amount": (_("金额过大"), _("金额大得不合常理，单位可能写错")),
        "regulations_without_power": (
            _("无权制定规章"),
            _("规章一行大于 0，而该机关不是有权制定规章的机关（可能填的是本级政府的规章）"),
        ),
        "issued_above_in_force": (
            _("制发多于现行有效"),
            _("本年制发减本年废止，大于现行有效件数"),
        ),
        "amount_scale": (
            _("金额与别年相差千倍"),
            _("金额是同一机构相邻年度的 {least} 至 {most} 倍，可能把元填成了万元").format(
                least=grouped(SCALE_LEAST), most=grouped(SCALE_MOST)
            ),
        ),
        "same_as_last_year": (
            _("与上年数字全同"),
            _("各表所有数字与上一年度完全相同，且至少 {n} 格大于 0").format(n=grouped(LEAST_EQUAL)),
        ),
        "review_pending_lost": (
            _("上年未审结去向不明"),
            _("上一年度有尚未审结的复议或诉讼，而本年度一件也没有"),
        ),
        "litigation_without_review": (
            _("复议后起诉而无复议"),
            _("本年度有复议后起诉的案件，而本年度和上一年度都没有行政复议"),
        ),
        "year_jump": (
            _("与上年相差悬殊"),
            _("两个相邻年度的数字，一个至少为另一个的 {times} 倍，且相差 {gap} 以上").format(
                times=grouped(JUMP_TIMES), gap=grouped(JUMP_BY)
            ),
        ),
        "edition_year": (_("表样与年度不符"), _("所用表样不是该年度规定的版本")),
        "table_missing": (_("缺表"), _("报告中没有找到这张规定的表")),
        "row_missing": (_("缺行"), _("表中没有印出表样规定的某些行")),
        "table_doubled": (_("表重复"), _("报告中同一张表出现多次")),
        "section_missing": (_("缺章节"), _("报告缺少规定的章节")),
        "prose_count": (_("正文与表不一"), _("正文所述数字与表格不同（口径可能不同）")),
        "prose_year": (_("正文年度有误"), _("正文把其他年度说成本年度的工作")),
        "prose_copied": (_("正文雷同"), _("正文与上一年度报告几乎相同")),
        "prose_copied_elsewhere": (
            _("正文与别的机关雷同"),
            _("正文与另一机关的报告几乎相同"),
        ),
        "heading_order": (_("章节序号有误"), _("章节标题的序号或先后与规定的六部分不符")),
        "foreign_name": (
            _("别处的名称"),
            _("正文在说本机关的地方写着别的机关或地方的名称"),
        ),
        "prose_parts": (_("正文分项不等于总数"), _("正文“其中”所列各部分之和与总数不等")),
        "prose_settled": (
            _("全部办结又有结转"),
            _("正文说申请已全部办结，正文或表中却有结转下年度的申请"),
        ),
        "prose_growth": (
            _("增减与上年数字不符"),
            _("正文所说较上年的增减与上一年度报告的数字不符"),
        ),
        "basis_outdated": (
            _("依据已过时"),
            _("{year} 年度及以后的报告仍以 2019 年的试行格式为依据").format(
                year=edition("2021").first_year
            ),
        ),
        "prose_period": (
            _("统计期限有误"),
            _("正文所说的统计期限不是该年度的 1 月 1 日至 12 月 31 日"),
        ),
        "late": (_("迟报"), _("公布日期晚于规定期限")),
        "not_judged": (
            _("未能核对"),
            _("核对中途出错，或超过时限；其余部分照常核对，没有查出问题不等于没有问题"),
        ),
    }
