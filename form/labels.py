"""Wordings of the form's labels that are printed besides the official ones.

Keys are row keys, column keys or headings; values are further wordings met in real reports.
The recogniser matches all of them after folding (NFKC, no blanks, no punctuation).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from form.model import TableKey

ROW_VARIANTS: Final[Mapping[tuple[TableKey, str], tuple[str, ...]]] = {
    ("disclosure", "normative_documents"): ("规范性文件", "行政规范性文件"),
    ("disclosure", "other_services"): ("其它对外管理服务事项",),
    ("disclosure", "administrative_fees"): ("行政事业型收费", "行政事业收费"),
    ("applications", "new_received"): (
        "本年新收政府信息公开申请数",
        "本年度新收政府信息公开申请数",
        "本年新收到政府信息公开申请数",
        "本年新收政府信息公开申请总数",
        "本年新收信息公开申请数",
    ),
    ("applications", "carried_over"): (
        "上年结转政府信息公开申请数",
        "上年度结转政府信息公开申请数",
        "上一年结转政府信息公开申请数",
        "上一年度结转政府信息公开申请数",
    ),
    ("applications", "partial"): ("部分公开",),
    ("applications", "denied_law_forbidden"): (
        "法律行政法规禁止公开",
        "其它法律行政法规禁止公开",
        "其他法律法规禁止公开",
    ),
    ("applications", "denied_safety_stability"): ("危及三安全和一稳定", "危及三安全及一稳定"),
    ("applications", "denied_third_party"): (
        "涉及第三方合法权益",
        "损害第三方合法权益",
        "侵害第三方合法权益",
        "保护第三人合法权益",
    ),
    ("applications", "denied_internal_affairs"): ("三类内部事务信息", "属于内部事务信息"),
    ("applications", "denied_process_info"): (
        "四类过程性信息",
        "属于过程性信息",
        "属于四类过程信息",
    ),
    ("applications", "denied_enforcement_file"): ("行政执法案卷", "属于执法案卷"),
    ("applications", "denied_admin_query"): ("行政查询事项",),
    ("applications", "unable_not_held"): (
        "本机关不掌握相关信息",
        "本机关未掌握相关政府信息",
        "本行政机关不掌握相关政府信息",
        "不掌握相关政府信息",
    ),
    ("applications", "unable_needs_creation"): (
        "没有现成信息需另行制作",
        "无现成信息需要另行制作",
        "没有现成的信息需要另行制作",
    ),
    ("applications", "unable_unclear"): ("补正后申请内容不明确", "补正后仍不明确"),
    ("applications", "unprocessed_complaint"): ("信访投诉举报类申请", "信访举报投诉申请"),
    ("applications", "unprocessed_repeat"): ("重复提出申请", "重复提交申请"),
    ("applications", "unprocessed_massive"): ("无正当理由大量重复申请", "无正当理由反复大量申请"),
    ("applications", "unprocessed_confirm"): (
        "要求行政机关确认或者重新出具已获取信息",
        "要求行政机关确认或重新出具已获取的信息",
        "要求行政机关确认或者重新出具已获取的信息",
        "要求确认或重新出具已获取信息",
        "要求确认或者重新出具已获取信息",
    ),
    ("applications", "carried_forward"): (
        "结转下年度",
        "结转下年继续办理",
        "结转下一年度",
        "结转下一年继续办理",
        "结转至下年度",
        "结转到下年度",
    ),
    ("applications", "other_no_correction"): ("申请人无正当理由逾期不补正", "申请人逾期不补正"),
    ("applications", "other_no_fee"): (
        "申请人逾期未按收费通知要求缴纳费用",
        "申请人逾期未按收费通知要求缴费",
        "申请人逾期未缴纳费用",
    ),
}

COLUMN_VARIANTS: Final[Mapping[str, tuple[str, ...]]] = {
    "decisions": ("处理绝对数量", "本年处理决定数", "处理决定数"),
    "issued": ("本年制发数量", "本年制发件"),
    "repealed": ("本年废止数量", "本年废止件"),
    "in_force": ("现行有效数量", "现行有效件"),
    "change": ("本年增减", "本年增"),
    "amount": ("本年收费金额", "采购金额", "本年收费金额单位万元"),
    "made": ("本年新制作数",),
    "published": ("本年新公开数",),
    "total_published": ("对外公开总数", "对外公开数量"),
    "prior_items": ("上一年项目数", "上年项目数量"),
    "projects": ("采购项目数",),
}

ARTICLE_WORDS: Final = ("第二十条第",)
"""Words that stand in the title line of every block of section 二."""
CONTENT_HEADER: Final = "信息内容"
APPLICANT_HEADER: Final = "申请人情况"
ORGANISATIONS_HEADER: Final = "法人或其他组织"

SUMMARY_WORDS: Final = (
    "新收",
    "结转",
    "予以公开",
    "部分公开",
    "不予公开",
    "无法提供",
    "不予处理",
    "其他处理",
    "规范性文件",
    "行政许可",
    "行政处罚",
    "行政强制",
    "行政复议",
    "行政诉讼",
    "主动公开",
    "依申请公开",
    "申请数",
)
"""Words of the form by which a table of many agencies' figures is known."""

SECTION_WORDS: Final[Mapping[int, tuple[str, ...]]] = {
    1: ("总体情况",),
    2: ("主动公开政府信息", "主动公开情况"),
    3: ("收到和处理", "依申请公开情况"),
    4: ("行政复议、行政诉讼", "行政复议和行政诉讼", "行政复议行政诉讼"),
    5: ("存在的主要问题", "存在主要问题", "存在的问题", "存在问题", "主要问题及改进"),
    6: ("其他需要报告", "需要报告的其他", "其他报告事项", "需要说明的其他"),
}
"""Words that tell a heading's section, besides its number."""

PROSE_SECTION_TITLES: Final[Mapping[int, str]] = {
    1: "总体情况",
    5: "存在的主要问题及改进情况",
    6: "其他需要报告的事项",
}
"""The official headings of the sections that hold text; those of the tables are their titles."""
