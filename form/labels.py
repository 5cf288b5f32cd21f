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
    ("disclosure", "administrative_fees"): ("行政事业型收费",),
    ("applications", "new_received"): ("本年新收政府信息公开申请数",),
    ("applications", "carried_over"): ("上年结转政府信息公开申请数",),
    ("applications", "partial"): ("部分公开",),
    ("applications", "carried_forward"): ("结转下年度", "结转下年继续办理"),
    ("applications", "other_no_correction"): ("申请人无正当理由逾期不补正",),
    ("applications", "other_no_fee"): ("申请人逾期未按收费通知要求缴纳费用",),
}

COLUMN_VARIANTS: Final[Mapping[str, tuple[str, ...]]] = {
    "decisions": ("处理绝对数量", "本年处理决定数", "处理决定数"),
    "issued": ("本年制发数量", "本年制发件"),
    "repealed": ("本年废止数量", "本年废止件"),
    "in_force": ("现行有效数量", "现行有效件"),
    "change": ("本年增减", "本年增"),
    "amount": ("本年收费金额", "采购金额", "本年收费金额单位万元"),
}

ARTICLE_WORDS: Final = ("第二十条第",)
"""Words that stand in the title line of every block of section 二."""
CONTENT_HEADER: Final = "信息内容"
APPLICANT_HEADER: Final = "申请人情况"
ORGANISATIONS_HEADER: Final = "法人或其他组织"

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
