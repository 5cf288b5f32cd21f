"""The invented agencies: how large their work is, where it tends, and which files they hand in.

Nothing here describes an existing agency; the names count through the ten heavenly stems.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from form.model import EditionKey, TableKey

Zeros = Literal["plain", "sparse", "mixed"]
"""How zeros are printed: as 0; blank in the result lines; blank, dash and slash mixed."""
Changes = Literal["plain", "signed", "words"]
"""How a change is printed: 3, +3 or 增3 (and -3, -3, 减3)."""

FIRST_YEAR: Final = 2019
LAST_YEAR: Final = 2025


@dataclass(frozen=True, slots=True)
class Agency:
    """One invented agency. Sizes are those of 2019; `growth` is the factor from year to year.

    `files` maps a report year to the kind of file (see `makers.MAKERS`); a missing year is a gap.
    `leaning` multiplies the usual weight of an outcome row.
    """

    name: str
    files: Mapping[int, str]
    topics: tuple[str, ...]
    received: int
    growth: float
    leaning: Mapping[str, float]
    licensing: int
    penalties: int
    normative_documents: int
    fees: int
    """Fees collected in a year, in 万元."""
    procurement: int
    """Purchases in a year, in 万元."""
    regulations: int = 0
    is_government: bool = False
    """Governments, a township's too, publish in March; departments, their office too, in January."""
    in_yuan: bool = False
    zeros: Zeros = "plain"
    changes: Changes = "plain"


AGENCIES: Final = (
    Agency(
        "甲市税务局",
        {
            2019: "cells.txt",
            2020: "docx",
            2021: "docx",
            2022: "pdf",
            2023: "pdf",
            2024: "html",
            2025: "docx",
        },
        ("税费征收", "土地出让税费", "税务稽查"),
        received=96,
        growth=1.12,
        leaning={"denied_admin_query": 2.5, "unable_not_held": 0.7},
        licensing=2400,
        penalties=310,
        normative_documents=28,
        fees=86,
        procurement=1240,
    ),
    Agency(
        "乙县教育局",
        {2019: "html", 2020: "html", 2022: "docx", 2023: "cells.txt", 2024: "xlsx", 2025: "pdf"},
        ("中小学招生", "教师招聘", "学校建设"),
        received=14,
        growth=1.15,
        leaning={"granted": 1.4},
        licensing=46,
        penalties=2,
        normative_documents=6,
        fees=0,
        procurement=310,
        zeros="sparse",
    ),
    Agency(
        "丙区住房和城乡建设局",
        {
            2019: "pdf",
            2020: "pdf",
            2021: "xlsx",
            2022: "docx",
            2023: "html",
            2024: "tabs.txt",
            2025: "html",
        },
        ("房屋征收补偿", "老旧小区改造", "物业管理"),
        received=118,
        growth=0.93,
        leaning={"unable_not_held": 1.5, "denied_process_info": 1.6},
        licensing=820,
        penalties=64,
        normative_documents=9,
        fees=430,
        procurement=680,
        changes="signed",
    ),
    Agency(
        "丁街道办事处",
        {2021: "tabs.txt", 2022: "cells.txt", 2023: "docx", 2024: "docx"},
        ("拆迁安置", "社区建设"),
        received=6,
        growth=1.05,
        leaning={},
        licensing=0,
        penalties=38,
        normative_documents=0,
        fees=0,
        procurement=42,
        zeros="sparse",
    ),
    Agency(
        "戊市公安局",
        {
            2019: "docx",
            2020: "cells.txt",
            2021: "pdf",
            2023: "html",
            2024: "docx",
            2025: "xlsx",
        },
        ("接处警记录", "户籍档案", "交通事故处理"),
        received=68,
        growth=1.06,
        leaning={"denied_enforcement_file": 5, "denied_state_secret": 4, "granted": 0.7},
        licensing=51000,
        penalties=8600,
        normative_documents=12,
        fees=1120,
        procurement=5300,
    ),
    Agency(
        "己县自然资源局",
        {
            2020: "tabs.txt",
            2021: "html",
            2022: "pdf",
            2023: "docx",
            2024: "pdf",
            2025: "pdf",
        },
        ("土地征收", "国土空间规划", "不动产登记"),
        received=142,
        growth=1.08,
        leaning={"unable_not_held": 1.6, "denied_third_party": 1.5},
        licensing=960,
        penalties=73,
        normative_documents=5,
        fees=640,
        procurement=890,
        in_yuan=True,
    ),
    Agency(
        "庚区市场监督管理局",
        {
            2020: "xlsx",
            2021: "cells.txt",
            2022: "html",
            2023: "xlsx",
            2024: "gbk.html",
            2025: "docx",
        },
        ("投诉举报处理", "行政处罚案卷", "企业登记"),
        received=44,
        growth=1.32,
        leaning={"unprocessed_complaint": 5, "denied_enforcement_file": 2, "unprocessed_repeat": 3},
        licensing=13400,
        penalties=920,
        normative_documents=4,
        fees=0,
        procurement=150,
        changes="words",
    ),
    Agency(
        "辛镇人民政府",
        {2020: "gbk.txt", 2021: "docx", 2023: "cells.txt", 2024: "pdf"},
        ("土地承包", "村务公开"),
        received=5,
        growth=1.1,
        leaning={},
        licensing=120,
        penalties=11,
        normative_documents=2,
        fees=0,
        procurement=66,
        is_government=True,
        zeros="sparse",
    ),
    Agency(
        "壬市人民政府办公室",
        {
            2019: "sheets.xlsx",
            2020: "docx",
            2021: "html",
            2022: "sheets.xlsx",
            2023: "pdf",
            2024: "docx",
            2025: "html",
        },
        ("市政府文件", "征地批复", "会议纪要"),
        received=88,
        growth=1.04,
        leaning={"unable_not_held": 2, "denied_internal_affairs": 2},
        licensing=0,
        penalties=0,
        normative_documents=64,
        fees=0,
        procurement=0,
        regulations=7,
    ),
    Agency(
        "癸县卫生健康局",
        {2019: "tabs.txt", 2021: "docx", 2022: "gbk.html", 2025: "pdf"},
        ("医疗机构登记", "疫苗接种", "职业病防治"),
        received=11,
        growth=1.12,
        leaning={},
        licensing=680,
        penalties=57,
        normative_documents=3,
        fees=18,
        procurement=260,
        changes="signed",
    ),
)

ODD_EDITIONS: Final[Mapping[tuple[str, int], Mapping[TableKey, EditionKey]]] = {
    # Still on the older tables in the first year of the newer ones.
    ("丁街道办事处", 2021): {"disclosure": "2019", "applications": "2019"},
    # A mixture: the newer section 二, but （六）其他处理 in one line.
    ("癸县卫生健康局", 2021): {"disclosure": "2021", "applications": "2019"},
}


def printed_editions(agency: str, year: int) -> Mapping[TableKey, EditionKey]:
    """Return the editions that the agency's report on `year` prints its tables in."""
    usual: EditionKey = "2019" if year <= 2020 else "2021"
    return ODD_EDITIONS.get((agency, year), {"disclosure": usual, "applications": usual})
