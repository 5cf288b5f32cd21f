"""Both editions of the three official tables, as data.

Sources: 国办公开办函〔2019〕60号 (edition 2019), 国办公开办函〔2021〕30号 (edition 2021).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final, get_args

from form.model import Column, EditionKey, Row, Table, TableKey, address

TABLE_KEYS: Final[tuple[TableKey, ...]] = get_args(TableKey)
EDITION_KEYS: Final[tuple[EditionKey, ...]] = get_args(EditionKey)


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of the form: where it was published and the report years it was meant for."""

    key: EditionKey
    source: str
    first_year: int
    last_year: int | None
    tables: tuple[Table, ...]

    def table(self, key: TableKey) -> Table:
        """Return the edition's table with this key."""
        return next(table for table in self.tables if table.key == key)

    def meant_for(self, year: int) -> bool:
        """Say whether reports on `year` were to use this edition."""
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)


def _article(item: str) -> tuple[str, ...]:
    return (f"第二十条第（{item}）项",)


_MADE_2019 = (
    Column("made", "本年新制作数量"),
    Column("published", "本年新公开数量"),
    Column("total_published", "对外公开总数量"),
)
_ITEMS_2019 = (
    Column("prior_items", "上一年项目数量"),
    Column("change", "本年增/减", "change"),
    Column("decisions", "处理决定数量"),
)
_ISSUED_2021 = (
    Column("issued", "本年制发件数"),
    Column("repealed", "本年废止件数"),
    Column("in_force", "现行有效件数"),
)
_DECISIONS_2021 = (Column("decisions", "本年处理决定数量"),)

_DISCLOSURE_TITLE = "二、主动公开政府信息情况"
_DISCLOSURE_2019 = Table(
    "disclosure",
    "2019",
    _DISCLOSURE_TITLE,
    (
        Row("regulations", "规章", _MADE_2019, _article("一")),
        Row("normative_documents", "规范性文件", _MADE_2019, _article("一")),
        # Hubei's reports on 2020 print this line under the same block.
        Row("other_disclosed_documents", "其他主动公开文件", _MADE_2019, _article("一"), True),
        Row("administrative_licensing", "行政许可", _ITEMS_2019, _article("五")),
        Row("other_services", "其他对外管理服务事项", _ITEMS_2019, _article("五")),
        Row("administrative_penalty", "行政处罚", _ITEMS_2019, _article("六")),
        Row("administrative_coercion", "行政强制", _ITEMS_2019, _article("六")),
        Row("administrative_fees", "行政事业性收费", _ITEMS_2019[:2], _article("八")),
        Row(
            "government_procurement",
            "政府集中采购",
            (Column("projects", "采购项目数量"), Column("amount", "采购总金额", "amount")),
            _article("九"),
        ),
    ),
)
_DISCLOSURE_2021 = Table(
    "disclosure",
    "2021",
    _DISCLOSURE_TITLE,
    (
        Row("regulations", "规章", _ISSUED_2021, _article("一")),
        Row("normative_documents", "行政规范性文件", _ISSUED_2021, _article("一")),
        Row("administrative_licensing", "行政许可", _DECISIONS_2021, _article("五")),
        Row("administrative_penalty", "行政处罚", _DECISIONS_2021, _article("六")),
        Row("administrative_coercion", "行政强制", _DECISIONS_2021, _article("六")),
        Row(
            "administrative_fees",
            "行政事业性收费",
            (Column("amount", "本年收费金额（单位：万元）", "amount", "万元"),),
            _article("八"),
        ),
    ),
)

APPLICANTS: Final = (
    Column("natural_person", "自然人"),
    Column("business", "商业企业"),
    Column("research", "科研机构"),
    Column("public_welfare", "社会公益组织"),
    Column("legal_service", "法律服务机构"),
    Column("other", "其他"),
)
_APPLICATION_COLUMNS = (*APPLICANTS, Column("total", "总计"))
RESULTS: Final = "三、本年度办理结果"


def _results(group: str, *lines: tuple[str, str]) -> tuple[Row, ...]:
    return tuple(Row(key, label, _APPLICATION_COLUMNS, (RESULTS, group)) for key, label in lines)


def _result(key: str, label: str) -> Row:
    return Row(key, label, _APPLICATION_COLUMNS, (RESULTS,))


_OTHER_HANDLING = "（六）其他处理"
_ROWS_BEFORE_OTHER = (
    Row("new_received", "一、本年新收政府信息公开申请数量", _APPLICATION_COLUMNS),
    Row("carried_over", "二、上年结转政府信息公开申请数量", _APPLICATION_COLUMNS),
    _result("granted", "（一）予以公开"),
    _result("partial", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
    *_results(
        "（三）不予公开",
        ("denied_state_secret", "1.属于国家秘密"),
        ("denied_law_forbidden", "2.其他法律行政法规禁止公开"),
        ("denied_safety_stability", "3.危及“三安全一稳定”"),
        ("denied_third_party", "4.保护第三方合法权益"),
        ("denied_internal_affairs", "5.属于三类内部事务信息"),
        ("denied_process_info", "6.属于四类过程性信息"),
        ("denied_enforcement_file", "7.属于行政执法案卷"),
        ("denied_admin_query", "8.属于行政查询事项"),
    ),
    *_results(
        "（四）无法提供",
        ("unable_not_held", "1.本机关不掌握相关政府信息"),
        ("unable_needs_creation", "2.没有现成信息需要另行制作"),
        ("unable_unclear", "3.补正后申请内容仍不明确"),
    ),
    *_results(
        "（五）不予处理",
        ("unprocessed_complaint", "1.信访举报投诉类申请"),
        ("unprocessed_repeat", "2.重复申请"),
        ("unprocessed_publication", "3.要求提供公开出版物"),
        ("unprocessed_massive", "4.无正当理由大量反复申请"),
        ("unprocessed_confirm", "5.要求行政机关确认或重新出具已获取信息"),
    ),
)
_ROWS_AFTER_OTHER = (
    _result("total_processed", "（七）总计"),
    Row("carried_forward", "四、结转下年度继续办理", _APPLICATION_COLUMNS),
)
_OTHER_2021 = _results(
    _OTHER_HANDLING,
    (
        "other_no_correction",
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    ),
    (
        "other_no_fee",
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    ),
    ("other_other", "3.其他"),
)


def _applications(edition: EditionKey, other: tuple[Row, ...]) -> Table:
    rows = (*_ROWS_BEFORE_OTHER, *other, *_ROWS_AFTER_OTHER)
    return Table("applications", edition, "三、收到和处理政府信息公开申请情况", rows)


DISPUTE_OUTCOMES: Final = (
    Column("upheld", "结果维持"),
    Column("corrected", "结果纠正"),
    Column("other", "其他结果"),
    Column("pending", "尚未审结"),
)
_DISPUTE_COLUMNS = (*DISPUTE_OUTCOMES, Column("total", "总计"))


def _disputes(edition: EditionKey) -> Table:
    rows = (
        Row("review", "行政复议", _DISPUTE_COLUMNS),
        Row("litigation_direct", "未经复议直接起诉", _DISPUTE_COLUMNS, ("行政诉讼",)),
        Row("litigation_after_review", "复议后起诉", _DISPUTE_COLUMNS, ("行政诉讼",)),
    )
    return Table("disputes", edition, "四、政府信息公开行政复议、行政诉讼情况", rows)


EDITIONS: Final[tuple[Edition, ...]] = (
    Edition(
        "2019",
        "国办公开办函〔2019〕60号",
        2019,
        2020,
        (
            _DISCLOSURE_2019,
            _applications("2019", (_result("other", _OTHER_HANDLING),)),
            _disputes("2019"),
        ),
    ),
    Edition(
        "2021",
        "国办公开办函〔2021〕30号",
        2021,
        None,
        (_DISCLOSURE_2021, _applications("2021", _OTHER_2021), _disputes("2021")),
    ),
)


def edition(key: EditionKey) -> Edition:
    """Return the edition with this key."""
    return next(item for item in EDITIONS if item.key == key)


def table(key: TableKey, edition_key: EditionKey) -> Table:
    """Return one official table in one edition."""
    return edition(edition_key).table(key)


@cache
def all_columns() -> dict[str, Column]:
    """Return every address of either edition, optional rows included, with its column.

    In printed order, edition 2019 first within a table: this is the order of stored columns.
    """
    found: dict[str, Column] = {}
    for table_key in TABLE_KEYS:
        for item in EDITIONS:
            for row in item.table(table_key).rows:
                for column in row.columns:
                    found.setdefault(address(table_key, row.key, column.key), column)
    return found


@cache
def row_labels() -> dict[tuple[TableKey, str], str]:
    """Return the printed label of every row, newest edition's wording, by (table, row key)."""
    return {
        (table.key, row.key): row.label
        for item in EDITIONS
        for table in item.tables
        for row in table.rows
    }
