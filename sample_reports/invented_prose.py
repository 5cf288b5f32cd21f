"""The prose of the invented reports: every count in it is the table's.

Each slot has several wordings; which one a report takes turns with the year, so that two
reports of one agency in following years never read alike.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from form.model import EditionKey
from sample_reports.agencies import AGENCIES, Agency
from sample_reports.draws import Draws
from sample_reports.simulate import Figures

_TITLES: Final = (
    ("{agency}{year}年政府信息公开工作年度报告",),
    ("{agency}", "{year}年政府信息公开工作年度报告"),
    ("{agency}{year}年度政府信息公开工作报告",),
    ("{agency} {year} 年政府信息公开年度报告",),
)
_OPENINGS: Final = (
    "{year}年，{agency}把公开贯穿到办文、办事的各个环节，群众关心什么就先公开什么。",
    "本报告由{agency}编制，反映{year}年政府信息公开的主要情况，数据截至当年12月31日。",
    "过去一年，{agency}围绕{topic}等群众关注的领域开展公开，制度和平台都有改进。",
    "{year}年是规范提升的一年：{agency}重新梳理了公开目录，更正了过期和重复的栏目。",
    "按照上级对{year}年政务公开的安排，{agency}明确了责任科室，逐月核对公开内容。",
)
_PROACTIVE: Final = (
    "（一）主动公开。全年主动公开政府信息{published}条，{documents}",
    "一是及时公开工作动态。门户网站和新媒体共主动公开政府信息{published}条，{documents}",
    "主动公开方面，全年主动公开政府信息{published}条，其中{topic}类最多，{documents}",
    "（一）公开的数量与质量。主动公开政府信息{published}条，更新机构职能和办事指南，{documents}",
)
_DOCUMENTS: Final = "制发规范性文件{documents}件，均已公开。"
_NO_DOCUMENTS: Final = "没有制发规范性文件。"
_APPLICATIONS: Final = (
    "（二）依申请公开。全年收到政府信息公开申请{received}件，办结{processed}件，结转下年度{forward}件。申请内容以{topic}为主。",
    "二是畅通申请渠道。本年新收政府信息公开申请{received}件，答复{processed}件，另有{forward}件转入下一年办理。",
    "依申请公开方面，新收申请{received}件，多数涉及{topic}；全年办结{processed}件，年末在办{forward}件。",
)
_DISPUTES: Final = (
    "全年因政府信息公开发生行政复议{review}件、行政诉讼{litigation}件。",
    "（三）救济与监督。政府信息公开行政复议{review}件，行政诉讼{litigation}件，本机关均按期提交答复材料。",
)
_NO_DISPUTES: Final = (
    "全年没有发生与政府信息公开有关的行政复议和行政诉讼。",
    "（三）救济与监督。没有因政府信息公开被申请行政复议或者提起行政诉讼。",
)
_PROBLEMS: Final = (
    "存在的主要问题：解读多为文字，图表和视频偏少；个别栏目更新不及时。",
    "从全年情况看，答复文书的说理还不充分，同类申请的处理标准不够一致。",
    "目前的不足有两点，一是科室之间衔接不畅，二是公开内容与群众需求仍有差距。",
    "检查中发现，部分信息公开后没有随政策调整而更新，查找也不够方便。",
    "公开工作人员变动较多，对三类内部事务信息等情形的把握还不够准确。",
)
_PLANS: Final = (
    "改进措施：为每个栏目确定更新期限，每季度抽查一次；组织一次答复文书互评。",
    "{next_year}年将把{topic}作为公开重点，增加图解，并在办事大厅设置查阅点。",
    "下一步先补齐目录，再统一答复格式；对复杂申请实行集体会商。",
    "{next_year}年计划举办两期业务培训，并请申请人对答复质量打分。",
)
_REMARKS: Final = (
    "{year}年未收取信息处理费。其他需要报告的事项：无。",
    "本年度按《政府信息公开信息处理费管理办法》没有产生收费。",
    "没有其他需要报告的事项。",
)


@dataclass(frozen=True, slots=True)
class Prose:
    """The text of one report around its tables, section by section."""

    title: tuple[str, ...]
    overview: tuple[str, ...]
    problems: tuple[str, ...]
    remarks: tuple[str, ...]
    published_on: date


def prose(agency: Agency, year: int, figures: Figures, *, wording_of: int | None = None) -> Prose:
    """Return a report's prose; `wording_of` is the year whose wordings it takes (else its own)."""
    place = AGENCIES.index(agency)
    turn = place + (wording_of or year)
    facts = _facts(agency, year, turn, figures)
    disputed = facts["review"] != "0" or facts["litigation"] != "0"
    overview = (_OPENINGS, _PROACTIVE, _APPLICATIONS, _DISPUTES if disputed else _NO_DISPUTES)
    return Prose(
        tuple(line.format_map(facts) for line in _TITLES[place % len(_TITLES)]),
        tuple(_said(wordings, turn, facts) for wordings in overview),
        tuple(_said(wordings, turn, facts) for wordings in (_PROBLEMS, _PLANS)),
        (_said(_REMARKS, turn, facts),),
        _publication(agency, year),
    )


def _said(wordings: Sequence[str], turn: int, facts: Mapping[str, str]) -> str:
    return wordings[turn % len(wordings)].format_map(facts)


def _facts(agency: Agency, year: int, turn: int, figures: Figures) -> dict[str, str]:
    edition: EditionKey = "2021" if "disclosure.normative_documents.issued" in figures else "2019"
    column = {"2019": "made", "2021": "issued"}[edition]
    documents = figures[f"disclosure.normative_documents.{column}"]
    litigation = sum(
        figures[f"disputes.{row}.total"] for row in ("litigation_direct", "litigation_after_review")
    )
    counts = {
        "published": Draws(f"{agency.name}{year}").near(160 + 4 * agency.received, 0.3),
        "received": figures["applications.new_received.total"],
        "processed": figures["applications.total_processed.total"],
        "forward": figures["applications.carried_forward.total"],
        "review": figures["disputes.review.total"],
        "litigation": litigation,
        "year": year,
        "next_year": year + 1,
    }
    texts = {
        "agency": agency.name,
        "topic": agency.topics[turn % len(agency.topics)],
        "documents": _DOCUMENTS.format(documents=documents) if documents else _NO_DOCUMENTS,
    }
    return texts | {name: str(count) for name, count in counts.items()}


def _publication(agency: Agency, year: int) -> date:
    """Return a day within the term: governments by 31 March, departments by 31 January."""
    month, last = (3, 28) if agency.is_government else (1, 29)
    return date(year + 1, month, last - Draws(f"{year}{agency.name}").near(8, 1))
