"""Quirks in the wording of labels and headers."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from random import Random
from typing import Final

from benchmarks.synthetic.draft import Draft, filled
from benchmarks.synthetic.edits import (
    may_be_unknown,
    row_addresses,
    with_cells,
    with_labels,
    with_rows,
    with_tables,
    with_truth,
    with_values,
    with_words,
)
from benchmarks.synthetic.quirk import CELL_TEXT, GRIDS, TEXT, Quirk
from benchmarks.synthetic.tables import Printed, Said
from form.editions import table
from form.labels import ARTICLE_WORDS, CONTENT_HEADER
from form.layout import LayoutCell, LayoutRow
from form.model import address
from sample_reports.samples import PrintedTable

_KANGXI: Final = {ord(unicodedata.normalize("NFKC", c)): c for c in "⼀⼆⼈⼋⼗⼤⽂⽅⽆⽌⾃⾏⾦"}
_SUPPLEMENT: Final = str.maketrans("长门民", "⻓⻔⺠")
_TRADITIONAL: Final = str.maketrans(
    "开复议总计规会业机构务组织结维纠审费单万项数许处罚强对现条当办续转动补应内确认访举报类读书况关请时间无为与进问题须东华国际从个众优传伤级红纪经继编练终统给绝诉属没缴纳后护权于获过执询决购发废减额范区这稳长门见贝车页饰录镇县称话邮号据实汇质监讼采",
    "開複議總計規會業機構務組織結維糾審費單萬項數許處罰強對現條當辦續轉動補應內確認訪舉報類讀書況關請時間無為與進問題須東華國際從個眾優傳傷級紅紀經繼編練終統給絕訴屬沒繳納後護權於獲過執詢決購發廢減額範區這穩長門見貝車頁飾錄鎮縣稱話郵號據實匯質監訟採",
)
_BLANKS: Final = (" ", "  ", "\u3000", "\u00a0")
_PUNCTUATION: Final[tuple[dict[str, str], ...]] = (
    {"（": "(", "）": ")", "，": ",", "：": ":"},
    {"、": "．", ".": "．"},
    {".": "、", "“": '"', "”": '"'},
    {"“": "", "”": "", "，": "、"},
    {"（": "〔", "）": "〕", ".": ". "},
)
_EXPLANATIONS: Final = {
    "1.属于国家秘密": "（依照条例第十四条，不含2.其他法律行政法规禁止公开的情形，共3类）",
    "2.重复申请": "：同一申请人就相同内容再次申请的，第2次起计入；1.信访举报投诉类申请除外",
    "1.信访举报投诉类申请": "（以申请名义提出的信访、投诉、举报，告知其通过相应渠道提出）",
    "（一）予以公开": "（含主动公开后告知获取方式的；2.没有现成信息需要另行制作的不计入）",
    "二、上年结转政府信息公开申请数量": "（即上一年度报告第四项结转下年度继续办理的数量，共7列）",
}


_OTHER_WORDINGS: Final = {
    "4.保护第三方合法权益": "4.涉及第三方合法权益",
    "5.要求行政机关确认或重新出具已获取信息": "5.要求行政机关确认或者重新出具已获取信息",
    "四、结转下年度继续办理": "四、结转下一年度继续办理",
    "1.信访举报投诉类申请": "1.信访投诉举报类申请",
    "二、上年结转政府信息公开申请数量": "二、上年度结转政府信息公开申请数量",
}
_CUT: Final = ("2.其他法律行政法规禁止公开", "2.其他法律行政止公开")
_CUT_ROW: Final = "denied_law_forbidden"
_OVER_CUT_ROW: Final = ("三、本年度办理结果", "（三）不予公开")


def _other_wordings(draft: Draft, _random: Random) -> Draft:
    return with_labels(draft, lambda text: _OTHER_WORDINGS.get(text, text))


def _cut_label(draft: Draft, _random: Random) -> Draft:
    """Characters are missing within a label: its number and neighbours tell the row."""
    addresses = row_addresses(draft, "applications", _CUT_ROW)
    return may_be_unknown(with_labels(draft, lambda text: text.replace(*_CUT)), *addresses)


def _row_cut_out(draft: Draft, _random: Random) -> Draft:
    """A row of the form is not printed."""
    addresses = row_addresses(draft, "applications", _CUT_ROW)
    cut = with_rows(
        draft,
        "applications",
        lambda rows: [
            tuple(
                replace(cell, row_span=cell.row_span - 1) if cell.text in _OVER_CUT_ROW else cell
                for cell in row
            )
            for row in rows
            if not any(cell.address in addresses for cell in row)
        ],
    )
    return may_be_unknown(cut, *addresses)


def _year_in_headers(draft: Draft, _random: Random) -> Draft:
    year = draft.truth.year
    return with_labels(draft, lambda text: text.replace("本年", f"本年（{year}）", 1))


def _kangxi(draft: Draft, _random: Random) -> Draft:
    return with_words(draft, lambda text: text.translate(_KANGXI))


def _supplement(draft: Draft, _random: Random) -> Draft:
    agency = draft.truth.agency or ""
    renamed = with_words(draft, lambda text: text.replace(agency, "戊镇人民政府"))
    named = with_truth(renamed, lambda truth: replace(truth, agency="戊镇人民政府"))
    return replace(with_words(named, lambda text: text.translate(_SUPPLEMENT)), stem="report")


def _blanks(draft: Draft, random: Random) -> Draft:
    def spaced(text: str) -> str:
        return "".join(c + (random.choice(_BLANKS) if random.random() < 0.3 else "") for c in text)

    return with_labels(draft, spaced)


def _punctuation(draft: Draft, random: Random) -> Draft:
    signs = str.maketrans(random.choice(_PUNCTUATION))
    return with_labels(draft, lambda text: text.translate(signs))


def _traditional(draft: Draft, _random: Random) -> Draft:
    agency = draft.truth.agency or ""
    named = with_truth(draft, lambda truth: replace(truth, agency="乙市教育局"))
    renamed = with_words(named, lambda text: text.replace(agency, "乙市教育局"))
    return replace(with_words(renamed, lambda text: text.translate(_TRADITIONAL)), stem="report")


def _explanations(draft: Draft, _random: Random) -> Draft:
    return with_labels(draft, lambda text: text + _EXPLANATIONS.get(text, ""))


def _torn_lines(draft: Draft, random: Random) -> Draft:
    def torn(text: str) -> str:
        at = random.randint(1, max(1, len(text) - 1))
        return f"{text[:at]}\n{text[at:]}" if len(text) > 5 and random.random() < 0.5 else text

    return with_labels(draft, torn)


def _character_a_line(draft: Draft, _random: Random) -> Draft:
    def change(cell: LayoutCell) -> LayoutCell:
        narrow = cell.vertical or (cell.role == "header" and cell.column_span == 1)
        return replace(cell, text="\n".join(cell.text)) if narrow else cell

    return with_cells(draft, change)


def _lost_parts(draft: Draft, _random: Random) -> Draft:
    lost = {
        "现行有效件数": "现行有效件",
        "本年新制作数量": "本年新",
        "本年新公开数量": "本年新",
        "本年增/减": "本年增/",
    }
    return with_labels(draft, lambda text: lost.get(text, text))


def _cut_titles(draft: Draft, _random: Random) -> Draft:
    """`第二十条第` over every block, and nothing printed in the row 规章."""
    cut = with_labels(draft, lambda text: ARTICLE_WORDS[0] if _is_title(text) else text)
    blank = Printed("", Said("blank"))
    return with_values(cut, dict.fromkeys(row_addresses(cut, "disclosure", "regulations"), blank))


def _is_title(text: str) -> bool:
    return text.startswith(ARTICLE_WORDS[0])


def _misprints(draft: Draft, _random: Random) -> Draft:
    misprints = {"行政事业性收费": "行政事业型收费", "处理决定数量": "处理绝对数量"}
    return with_labels(draft, lambda text: misprints.get(text, text))


def _header_twice(draft: Draft, random: Random) -> Draft:
    def change(rows: list[LayoutRow]) -> list[LayoutRow]:
        headers = [i for i, row in enumerate(rows) if row[0].text == CONTENT_HEADER]
        at = random.choice(headers)
        return [*rows[: at + 1], *rows[at:]]

    return with_rows(draft, "disclosure", change)


def _titles_missing(draft: Draft, _random: Random) -> Draft:
    return with_rows(
        draft, "disclosure", lambda rows: [row for row in rows if not _is_title(row[0].text)]
    )


def _headers_missing(draft: Draft, _random: Random) -> Draft:
    """No headers in section 二: which column is which can only be told by their number."""

    def change(rows: list[LayoutRow]) -> list[LayoutRow]:
        return [row for row in rows if any(cell.address for cell in row)]

    bare = with_rows(draft, "disclosure", change)
    return may_be_unknown(
        bare, *table("disclosure", "2019").addresses(), *table("disclosure", "2021").addresses()
    )


def _all_headers_missing(draft: Draft, random: Random) -> Draft:
    def change(printed: PrintedTable) -> PrintedTable:
        rows = tuple(row for row in printed.rows if any(cell.address for cell in row))
        return replace(printed, rows=rows)

    bare = with_tables(_headers_missing(draft, random), change)
    return may_be_unknown(bare, *draft.truth.cells)


def _empty_groups(draft: Draft, _random: Random) -> Draft:
    def change(cell: LayoutCell) -> LayoutCell:
        return replace(cell, text="") if cell.vertical else cell

    return with_cells(draft, change)


def _hubei(draft: Draft, random: Random) -> Draft:
    row = table("disclosure", "2019").row("other_disclosed_documents")
    names = [address("disclosure", row.key, column.key) for column in row.columns]
    numbers = {name: random.randint(0, 500) for name in names}
    said = {name: Said("number", number) for name, number in numbers.items()}
    texts = {c.address: c.text for r in draft.table("disclosure").rows for c in r if c.address}
    printed = {name: Printed(text, draft.truth.cells[name]) for name, text in texts.items()}
    printed |= {name: Printed(str(numbers[name]), said[name]) for name in names}
    with_row = filled("disclosure", "2019", printed, frozenset({row.key}))
    added = with_tables(draft, lambda old: with_row if old.key == "disclosure" else old)
    return with_truth(added, lambda truth: replace(truth, cells={**truth.cells, **said}))


# Not the office program's PDF: the maker of its workbooks makes no room for newlines in a label.
_STRUCTURED: Final = (*CELL_TEXT, *GRIDS, "reportlab.pdf", "chromium.pdf")
QUIRKS: Final = (
    Quirk("other wordings of labels", _other_wordings),
    Quirk("a label cut within", _cut_label),
    Quirk("a row cut out", _row_cut_out),
    Quirk("the year in headers", _year_in_headers, editions=("2021",)),
    Quirk("kangxi radicals", _kangxi, (*TEXT, *GRIDS)),
    Quirk("radicals supplement", _supplement, (*TEXT, *GRIDS)),
    Quirk("blanks in labels", _blanks),
    Quirk("punctuation varied", _punctuation),
    Quirk("traditional characters", _traditional),
    Quirk("explanations after labels", _explanations),
    Quirk("labels torn over lines", _torn_lines, _STRUCTURED),
    Quirk("one character a line", _character_a_line, _STRUCTURED),
    Quirk("parts of headers lost", _lost_parts),
    Quirk("block titles cut short", _cut_titles),
    Quirk("misprints", _misprints),
    Quirk("a header printed twice", _header_twice),
    Quirk("block titles missing", _titles_missing),
    Quirk("headers of section 二 missing", _headers_missing),
    Quirk("all headers missing", _all_headers_missing),
    Quirk("group labels empty", _empty_groups),
    Quirk("additional row of Hubei", _hubei, editions=("2019",)),
)
