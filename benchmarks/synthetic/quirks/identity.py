"""Quirks of titles: who reports on which year."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Final

from benchmarks.synthetic.draft import Draft
from benchmarks.synthetic.edits import with_blocks, with_title, with_truth
from benchmarks.synthetic.quirk import EVERY, Quirk
from sample_reports.samples import Line

_WORDINGS: Final = (
    "{agency}{year}年政府信息公开工作年度报告",
    "{agency}{year}年度政府信息公开工作报告",
    "{agency}{year}年政府信息公开年度报告",
    "{agency}{year}年度政府信息公开年报",
    "{agency}{year}年政务公开工作总结",
    "{agency} {year} 年度 政府信息公开工作报告",
    "{agency}{year}年政府信息公开工作情况报告",
    "{agency}关于{year}年政府信息公开工作的报告",
    "{agency}{year}年政府信息公开工作情况的年度报告",
    "{agency}政府信息公开工作年度报告（{year}年）",
    "{agency}政府信息公开工作{year}年度报告",
    "{agency}政府信息公开年度报告（{year}）",
    "《{agency}{year}年政府信息公开工作年度报告》",
    "{agency}{year}年法治政府建设之政府信息公开工作年度报告",
)
_OTHER_YEARS: Final = (
    "根据2007年颁布、2019年修订的《中华人民共和国政府信息公开条例》编制本报告。",
    "地址：甲市人民路2018号，邮编：202100，电话：0635-2017202。",
    "自2015年以来，本机关连续多年被评为先进单位；2016年起设专门机构。",
)
_BREADCRUMBS: Final = (
    "首页 > 政务公开 > 政府信息公开年报 > 2017年",
    "您当前的位置：首页 >> 法定主动公开内容 >> 政府信息公开年报",
)
_NAVIGATION: Final = (
    "2016年",
    "2017年年报",
    "2018年度",
    "索引号：002/2030-00012",
    "浏览次数：2021",
)


def _titled(draft: Draft, *lines: str) -> Draft:
    """Return the draft with another title and a name that says nothing."""
    return replace(with_title(draft, *(Line(text, "title") for text in lines)), stem="report")


def _wording(pattern: str) -> Callable[[Draft, Random], Draft]:
    def change(draft: Draft, _random: Random) -> Draft:
        truth = draft.truth
        return _titled(draft, pattern.format(agency=truth.agency, year=truth.year))

    return change


def _wordings(draft: Draft, random: Random) -> Draft:
    return _wording(random.choice(_WORDINGS))(draft, random)


def _broken(draft: Draft, random: Random) -> Draft:
    agency, year = draft.truth.agency, draft.truth.year
    ways = (
        (f"{agency}", f"{year}年政府信息公开工作年度报告"),
        (f"{agency}", f"{year}年度", "政府信息公开工作年度报告"),
        (f"{agency}{year}年政府信息公开工作", "年度报告"),
        (f"{agency}{year}年", "政府信息公开工作年度报告"),
        (f"{agency}", "政府信息公开工作年度报告", f"（{year}年）"),
    )
    return _titled(draft, *random.choice(ways))


def _year_first(draft: Draft, random: Random) -> Draft:
    pattern = random.choice(
        ("{year}年{agency}政府信息公开工作年度报告", "{year}年度{agency}政府信息公开工作报告")
    )
    return _wording(pattern)(draft, random)


def _chinese_year(draft: Draft, _random: Random) -> Draft:
    digits = str(draft.truth.year).translate(str.maketrans("0123456789", "〇一二三四五六七八九"))
    return _titled(draft, f"{draft.truth.agency}二〇{digits[2:]}年政府信息公开工作年度报告")


def _above(*lines: str) -> Callable[[Draft, Random], Draft]:
    def change(draft: Draft, _random: Random) -> Draft:
        return replace(draft, blocks=(*map(Line, lines), *draft.blocks), stem="report")

    return change


def _site_above(draft: Draft, random: Random) -> Draft:
    """What a site sets above its pages, right above a title on one line."""
    words = random.sample(_SITE_WORDS, 2)
    truth = draft.truth
    title = f"{truth.agency}{truth.year}年政府信息公开工作年度报告"
    return replace(_titled(draft, *words, title), stem="report")


def _other_period(draft: Draft, _random: Random) -> Draft:
    """The title was not changed since last year, the period of the figures was."""
    year = (draft.truth.year or 0) + 1
    period = Line(f"本报告所列数据的统计期限自{year}年1月1日起，至{year}年12月31日止。")
    title, *rest = draft.blocks
    named = replace(draft, blocks=(title, period, *rest), stem="report")
    return with_truth(named, lambda truth: replace(truth, year=None))


def _other_years(draft: Draft, _random: Random) -> Draft:
    lines = tuple(map(Line, _OTHER_YEARS))
    title, *rest = draft.blocks
    return replace(draft, blocks=(title, *lines, *rest), stem="report")


def _no_title(draft: Draft, _random: Random) -> Draft:
    nameless = replace(with_title(draft), stem="report")
    return with_truth(nameless, lambda truth: replace(truth, agency=None, year=None))


def _no_title_other_years(draft: Draft, random: Random) -> Draft:
    nameless = _no_title(draft, random)
    return replace(nameless, blocks=(*map(Line, _OTHER_YEARS), *nameless.blocks))


def _agency_in_name(draft: Draft, _random: Random) -> Draft:
    name = f"{draft.truth.agency}{draft.truth.year}年政府信息公开工作年度报告"
    titled = _titled(draft, f"{draft.truth.year}年政府信息公开工作年度报告")
    return replace(titled, stem=name)


def _signed_at_the_end(draft: Draft, _random: Random) -> Draft:
    """The agency and a date of the year after stand below the report."""
    year = (draft.truth.year or 0) + 1
    signature = Line(f"{draft.truth.agency}", "closing"), Line(f"{year}年1月20日", "closing")
    return replace(draft, blocks=(*draft.blocks, *signature), stem="report")


def _no_section_one(draft: Draft, _random: Random) -> Draft:
    """The title stands right above section 二."""
    return with_blocks(
        draft,
        lambda block: () if isinstance(block, Line) and block.text.startswith("一、") else (block,),
    )


_SITE_WORDS: Final = (
    "登录 | 注册",
    "智能问答",
    "无障碍浏览",
    "网站支持IPv6",
    "热点专栏",
    "English",
)
QUIRKS: Final = (
    Quirk("a site's words above the title", _site_above, EVERY),
    Quirk("a period of another year", _other_period, EVERY),
    Quirk("wordings of titles", _wordings, EVERY),
    Quirk("title over several lines", _broken, EVERY),
    Quirk("year first in the title", _year_first, EVERY),
    Quirk("year in Chinese numerals", _chinese_year, EVERY),
    Quirk("breadcrumbs above the title", _above(*_BREADCRUMBS), EVERY),
    Quirk("navigation with years above", _above(*_NAVIGATION), EVERY),
    Quirk("other years in the prose", _other_years, EVERY),
    Quirk("no title", _no_title, EVERY),
    Quirk("no title, other years in the prose", _no_title_other_years, EVERY),
    Quirk("agency only in the file's name", _agency_in_name, EVERY),
    Quirk("signature and date at the end", _signed_at_the_end, EVERY),
    Quirk("no heading of section 一", _no_section_one, EVERY),
)
WORDINGS: Final = {pattern: _wording(pattern) for pattern in _WORDINGS}
"""Each wording on its own, for tests."""
