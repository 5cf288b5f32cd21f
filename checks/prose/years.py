"""Another year spoken of as the year of the work reported: last year's text left standing.

Looking back and looking forward are no errors: 2019年度存在的主要问题, 与2022年相比, 自2020年起,
2021年12月建成的专区, 2021年将继续…. Only a year at the head of a clause, or in a phrase that names
the time of the whole report, is asked about, and only where its sentence does not speak of the
report's own year too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from checks.findings import Quote
from checks.prose.sentences import Sentence
from checks.prose.tokens import folded
from form.report import Paragraph

_YEAR: Final = r"(?P<year>(?:19|20)\d\d)年"
_BACK: Final = (
    "存在|指出|查找|查摆|发现|反馈|提出|办理|受理|收到|收取|制定|建成|上线|发布|公布|出台|印发|开展|"
    "修订|启用|开通|实施|关停|通报|结转|新建|设立|成立|改版|施行|颁布|下达|确定|部署|规定|建立|"
    "启动|投入|推行|创建|搭建|设置|编制|起草|完成|收集|梳理|搬迁|挂牌|组建|划转|实行|签订|签署|评定"
)
_AFTER: Final = "根据|按照|对照|针对|落实|贯彻|围绕|结合|向|与|较|比|由|被|经|和|依据|参照|依照|就|对|自|从|收到"
_HEAD = re.compile(
    rf"(?:^|(?<=[;:,]))(?:[(]?[一二三四五六七八九十\d]{{1,2}}[)、.]|[一二三四五六七八九]是)?"
    rf"(?:在|回顾|过去的|虽然|尽管|(?P<whose>(?!{_AFTER})[^;:,\d]{{0,24}}?[局委厅办处院镇乡站会道位关室心府]))?{_YEAR}"
    rf"(?:度|全年)?(?=(?P<rest>[^;]{{0,200}}))"
)
_REPORTED = re.compile(
    rf"(?:(?:统计期限|统计时间|起止时间|时限|统计范围|统计周期|期限|数据|起止日期|统计时段)(?:为|是|自|从|:){{1,2}}{_YEAR}(?=1月1日)"
    rf"|(?:特|(?<![实体出展发呈])现)(?:向社会)?(?:编制|编写|撰写|制作|公布|公开|发布|报告|将)[^;,。]{{0,30}}?(?P<of>(?:19|20)\d\d)年度?(?:政府信息|政务|信息)"
    rf"公开(?:工作)?(?:情况)?(?:的)?年?度?(?:工作)?报告"
    rf"|反映(?P<about>(?:19|20)\d\d)年度?(?:政府信息|政务|信息)公开"
    rf"|(?:本年度?|今年)[(](?P<own>(?:19|20)\d\d)年?度?[)]"
    rf"|(?:^|(?<=[;:,(]))(?:自|从)?(?P<span>(?:19|20)\d\d)年1月(?:1日)?(?:起)?[至到—~-]{{1,2}}(?:(?:19|20)\d\d年)?12月"
    rf"|截[至止](?P<until>(?:19|20)\d\d)年(?:12月(?:31日|底|末)?|度?底|末))"
)
_ALSO_LATER: Final = ("year", "of", "about")
"""Phrases of `_REPORTED` that name the time of the whole report, never a plan."""
# What makes a year at the head of a clause a look back, a comparison or a date.
_NO_HEAD = re.compile(
    rf"\d{{1,2}}月|以来|以前|之前|前|底|末|初|上半年|下半年|第?[一二三四1-4]季度|[-—~至到、和与及]|起|的(?:基础|工作要点|安排|要求|报告|考核)"
    rf"|相比|同期|结转|修订|版|为\d|仅为|是《|(?:我|本|全)?[局委市县区]?(?:{_BACK})(?:了)?的|度?(?:工作要点|报告|考核|评估|年报)"
)
# Last year's accounts, and how last year's work was judged, are this year's business.
_OF_LAST_YEAR = re.compile(
    r"(?:(?!公开|我|本局)[^,;]){0,10}(?:预算|决算|统计公报|执法数据|执法统计)"
    r"|[^,;]{1,12}后,|[^,;]{0,14}(?:考核|评估|测评|评比|考评|评议)(?:工作)?(?:中|结果)"
)
_BACKWARD = re.compile(
    rf"^[^;,]{{0,30}}(?:{_BACK})(?:出|了|到)?的[^;,]{{0,30}}(?:问题|不足|短板|申请|案件|事项|意见|文件)"
)
# Section 五 opens with what became of last year's shortcomings, under a heading that names them.
_CURE = re.compile(
    r"^[^;,]{0,30}(?:问题|不足|短板|薄弱|欠缺|弱项)[^;,]{0,12}(?:改进|整改)"
    r"(?:落实|完善|提升|工作|方面)?(?:的)?(?:情况|措施|成效|落实|结果|方面|:|;|$)"
)
# Honours are told in the year after: a year's work is judged when it is over.
_HONOUR = re.compile(
    r"^,?[^;,]{0,40}?(?:评为|获评|(?:考核|评估|测评|评比|考评)[^;,]{0,12}(?:位列|排名|名列|位居)|授予|评定为|确定为|表彰|荣获|通报表扬|获得?[^;,\d]{0,20}(?:第[一二三]名|称号|荣誉|先进|优秀|[一二三]等奖))"
)
_OWN_TIME = re.compile(r"(?:本年度?|今年|本报告年度)(?![度(])")
_AHEAD = re.compile(
    r"将(?!其)|计划|拟(?!定)|下一步|继续|力争|着力|重点|打算|进一步|不少于|要(?!点|求|闻|素|目|件)"
)
_FARTHEST: Final = 2
"""Text is left standing from one year to the next, seldom over two; what lies further back is history."""
_DONE = re.compile(
    r"(?:共|累计|全年|已|收到|受理|办理|办结|答复|公开|发布|推送|召开)[^;]{0,40}\d[\d,]{0,9}(?:余|多)?(?:件|条|次|场|份|期|篇|个|人)"
)
_TITLE_END = re.compile(
    r"(?:年报|报告|总结|通知|公告|要点|方案|解读)(?:[（(][^（()）]{0,20}[)）])?$"
)
_NAMES_YEAR = re.compile(r"\d\s{0,3}年|[〇○零一二三四五六七八九]年")
_TITLE_MARKS = re.compile(r"《[^《》]{0,120}》|“[^“”]{0,40}”")


@dataclass(frozen=True, slots=True)
class ForeignYear:
    """A year other than the report's, spoken of as the time of its work."""

    year: int
    quote: Quote


def foreign_years(sentences: Sequence[Sentence], year: int | None) -> Iterator[ForeignYear]:
    """Yield each sentence that speaks of another year as the report's; none where that is unknown."""
    if year is None:
        return
    speaks = _Speaking(year)
    for sentence in sentences:
        if _NAMES_YEAR.search(sentence.text) and _is_told(sentence):
            yield from _foreign(sentence, year, speaks)


class _Speaking:
    """Which paragraphs speak of the report's year; each is looked at once, however often it is asked."""

    def __init__(self, year: int) -> None:
        self._year = year
        self._last: tuple[Paragraph | None, bool] = (None, False)

    def of_year(self, paragraph: Paragraph) -> bool:
        """Say whether a paragraph does; the sentences of one are asked about one after the other."""
        if self._last[0] is not paragraph:
            self._last = paragraph, _speaks_of(folded(paragraph.text).text, self._year)
        return self._last[1]


def _is_told(sentence: Sentence) -> bool:
    """Titles and links are no sentences: before section 一, and below the text of a web page."""
    if sentence.text[-1] in "。；;" or "，" in sentence.text:
        return True
    return sentence.section > 0 and not _TITLE_END.search(sentence.text)


def _foreign(sentence: Sentence, year: int, speaks: _Speaking) -> Iterator[ForeignYear]:
    fold = folded(sentence.text)
    text = _TITLE_MARKS.sub(lambda match: "\ue004" * len(match[0]), fold.text)
    # Last year's problems, this year's cure: where the paragraph goes on to it, nothing is amiss.
    if _speaks_of(text, year) or (sentence.section == 5 and speaks.of_year(sentence.paragraph)):
        return
    for mentioned, start, end in _heads(text, year):
        span = fold.span(start, end)
        quote = Quote(sentence.section, sentence.text, *span, place=sentence.paragraph.place)
        yield ForeignYear(mentioned, quote)
        return


def _speaks_of(text: str, year: int) -> bool:
    return f"{year}年" in text or bool(_OWN_TIME.search(text))


def _heads(text: str, year: int) -> Iterator[tuple[int, int, int]]:
    for match in _REPORTED.finditer(text):
        kind, mentioned = next(
            (kind, int(item)) for kind, item in match.groupdict().items() if item
        )
        if mentioned < year or (mentioned > year and kind in _ALSO_LATER):
            yield mentioned, match.start(), match.end()
    for match in _HEAD.finditer(text):
        mentioned = int(match["year"])
        plain = year - _FARTHEST <= mentioned < year and not match["whose"]
        if mentioned != year and _is_work(match["rest"], plain):
            yield mentioned, match.start("year"), match.end()


def _is_work(rest: str, plain: bool) -> bool:
    """Say whether what follows a year reports work; where the year stands oddly, only counts do."""
    if any(pattern.match(rest) for pattern in (_NO_HEAD, _OF_LAST_YEAR, _BACKWARD, _CURE)):
        return False
    if _HONOUR.match(rest) and not _DONE.search(rest):
        return False
    return plain or (bool(_DONE.search(rest)) and not _AHEAD.search(rest))
