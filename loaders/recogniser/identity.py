"""Which agency reports on which year: read from the title, else from sentences and file name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from pathlib import PurePath

from loaders.cleaning import clean
from loaders.recogniser.lines import Line, everyday, simplified
from loaders.recogniser.tables import header_of
from loaders.recogniser.years import NUMERAL, year_of

_YEAR = rf"(?P<year>{NUMERAL})"
_WORK = r"(?:政府信息|政务信息|政府|政务|信息)公开"
_REPORT = r"(?:工作)?(?:情况)?的?(?:年度)?(?:工作)?(?:情况)?(?:报告|年报|总结)"
_TITLES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<agency>[^0-9]{{2,50}}?)(?:关于)?{_YEAR}年度?(?:[^0-9,。;]{{2,12}}之)?{_WORK}{_REPORT}",
        rf"{_YEAR}年度?(?P<agency>[^0-9]{{2,50}}?){_WORK}{_REPORT}",
        rf"(?P<agency>[^0-9]{{2,50}}?){_WORK}{_REPORT}[(]?{_YEAR}年?度?[)]?",
        rf"(?P<agency>[^0-9]{{2,50}}?){_WORK}工作{_YEAR}年度{_REPORT}",
    )
)
_NAMELESS = re.compile(rf"{_YEAR}年度?{_WORK}{_REPORT}")
_AGENCY_END = re.compile(
    r"(?:局|委|委员会|厅|部|办|办公室|政府|管委会|中心|院|站|所|队|处|社|会|公司|区|县|市|州|旗|镇|乡|街道|大学|学院)$"
)
_NO_NAME = re.compile(r"[,，。;；、]|年报|报告|^(?:政府|政务)$")
_LEAD = re.compile(r"^.*(?:现将|公布|关于印发|关于|^年?度)")
_METADATA = re.compile(
    r"^[一二三四五六]、|[。;!]$|^无|:|首页|当前位置|您的位置|发布时间|来源|浏览次数|字号|打印"
)
_NAVIGATION = re.compile(
    r"(?:登录|注册(?!会计|税务|资产|建筑|测绘)|智能(?:问答|问政|客服|搜索|机器人)|无障碍(?:浏览|阅读|模式)?|长者(?:模式|版|专区)|适老(?:版|模式)|关怀(?:版|模式)|"
    r"繁体(?:版|中文)?|简体(?:版|中文)?|English|网站地图|网站首页|收藏(?:本站)?|加入收藏|设为首页|"
    r"首页|导航|搜索|返回(?:顶部|首页)?|手机版|移动版|客户端|微信|微博|分享(?:到)?|退出|我的主页|个人中心|RSS|"
    r"[·•\\/\-—\[\]【】()（）])+"
)
"""Words that sites set above a page, which a copy leaves before its title."""
_BARS = re.compile(r"[|丨｜]")
_PLACE = re.compile(r"省|市|县|区|旗|州|盟|镇|乡|村|街道|兵团|国家|中国|全国|最高")
_NO_PLACE = re.compile(
    r"^(?:经济|技术|产业|工业|高新|开发区|示范区|新区)+|城市|城镇|城乡|都市|市场|市政|市容|乡村|村镇|区域|社区|地区"
)
_PLACE_ALONE = re.compile(r"[^\W\d_]{1,12}(?<![专社园景校城超动])(?:省|自治区|市|区|县|旗|州|盟)")
_PROSE = re.compile(r"[,，。;；:：]")
_LONGEST_REST = 8
"""Characters behind a title on its last line: （公示稿）, not the rest of a sentence."""
_FRONT_LINES = 200
_LONGEST_TITLE_LINE = 60
_WINDOW = 4


@dataclass(frozen=True, slots=True)
class Identity:
    """Who reports on what: `source` says where it stood (title, text, file)."""

    agency: str | None = None
    year: int | None = None
    title: str | None = None
    source: str | None = None


def identify(lines: Sequence[Line], name: str) -> Identity:
    """Return agency and year of a report from its lines; None for what it does not say.

    Trust falls from the title before the tables over sentences of the body to the file name.
    """
    found = Identity()
    for more in _said(lines, name):
        found = Identity(
            found.agency or more.agency,
            found.year or more.year,
            found.title or (more.title if more.source != "text" else None),
            found.source or more.source,
        )
        if found.agency and found.year:
            return found
    return found


def title_at(lines: Sequence[Line]) -> int | None:
    """Return the index of the line at which a title begins, None where there is none.

    One that names the agency and stands on few lines is believed before any other.
    """
    titles = [
        (index, text)
        for index, line in enumerate(lines)
        if _stands_alone(line) and (text := _title_text(everyday(line.text)))
    ]
    runs = [
        (titles[start][0], "".join(text for _index, text in titles[start : start + size]))
        for size in range(1, _WINDOW + 1)
        for start in range(len(titles) - size + 1)
    ]
    found = [(index, match) for index, text in runs if (match := _match(text, "title"))]
    named = [index for index, match in found if match.agency]
    return next(iter(named or [index for index, _match in found]), None)


def says_title(text: str) -> bool:
    """Say whether a line reads like a report's title, with or without its agency."""
    return bool(_title_text(everyday(text))) and _match(everyday(text), "title") is not None


def heading_title(lines: Sequence[Line]) -> Identity | None:
    """Return what a title says that begins with the first of these lines, and ends with a line.

    None where the lines are no title: it fills whole lines, and is no part of a sentence.
    """
    texts = list(takewhile(bool, (_own_line(line) for line in lines[:_WINDOW])))
    for size in range(1, len(texts) + 1):
        text = "".join(texts[:size])
        found = _match(text, "title")
        if found is not None and found.title and text.startswith(found.title):
            rest = text[len(found.title) :]
            return found if len(rest) <= _LONGEST_REST and not _PROSE.search(text) else None
    return None


def _own_line(line: Line) -> str:
    return _title_text(everyday(line.text)) if _stands_alone(line) else ""


def _said(lines: Sequence[Line], name: str) -> Iterator[Identity]:
    """Yield what titles, sentences and the file's name say, the most trusted first."""
    front = [text for line in _front(lines) if (text := everyday(line.text))]
    yield from _titled([piece for text in front for piece in _pieces(text)])
    texts = [("text", text) for text in front]
    for source, text in (*texts, ("file", everyday(clean(PurePath(name).stem)))):
        found = _match(text, source)
        if found is not None:
            yield found


def _titled(pieces: Sequence[str]) -> Iterator[Identity]:
    """Yield what pieces of text say as titles, alone and up to four together.

    A name with its place in it is a whole one on however few lines: what stands above it may be
    anything. Any other may have lost its beginning to the line above.
    """
    for size in range(1, _WINDOW + 1):
        for start in range(len(pieces) - size + 1):
            found = _match("".join(pieces[start : start + size]), "title")
            if found is not None and found.agency is not None and _has_place(found.agency):
                yield _with_place_above(found, pieces[:start])
    for start in range(len(pieces)):
        for size in range(1, _WINDOW + 1):
            found = _match("".join(pieces[start : start + size]), "title")
            if found is not None:
                yield found


def _has_place(agency: str) -> bool:
    """Say whether a name says what place it is of, and does not begin in the middle of that."""
    found = _PLACE.search(_NO_PLACE.sub("", simplified(agency)))
    return found is not None and (found.start() > 0 or len(found[0]) > 1)


def _with_place_above(found: Identity, above: Sequence[str]) -> Identity:
    """Return a title with the line above it where this is nothing but a place."""
    place = above[-1] if above else ""
    agency = found.agency or ""
    if not _PLACE_ALONE.fullmatch(simplified(place)) or place in agency:
        return found
    return replace(found, agency=place + agency, title=place + (found.title or ""))


def _pieces(text: str) -> Iterator[str]:
    """Yield what of a line may be a title or a piece of one: its parts between bars."""
    yield from filter(None, map(_title_text, _BARS.split(text)))


def _front(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the single lines above section 一, or above the first official table.

    Navigation prints headings too: section 一 begins at the last 一、 before the tables.
    """
    tables = (i for i, line in enumerate(lines) if line.grid is not None and header_of(line))
    end = min(next(tables, len(lines)), _FRONT_LINES)
    starts = (i for i in reversed(range(end)) if lines[i].text.strip().startswith("一、"))
    for line in lines[: next(starts, end)]:
        if _stands_alone(line):
            yield line


def _stands_alone(line: Line) -> bool:
    return sum(not field.is_blank for field in line.fields) == 1


def _title_text(text: str) -> str:
    """Return what of a line may be a title or a piece of one; nothing for all else."""
    short = _behind_breadcrumbs(text) if len(text) <= _LONGEST_TITLE_LINE else ""
    return "" if _METADATA.search(short) else _behind_navigation(short)


def _behind_navigation(text: str) -> str:
    found = _NAVIGATION.match(text)
    return text[found.end() :] if found is not None and _is_word(found[0]) else text


def _is_word(text: str) -> bool:
    """Say whether a text holds more than signs."""
    return any(map(str.isalnum, text))


def _behind_breadcrumbs(text: str) -> str:
    """Return the last step of 首页>年报>…, if it is a title, else nothing; other lines unchanged."""
    _trail, arrow, last = text.rpartition(">")
    return last if not arrow or any(pattern.fullmatch(last) for pattern in _TITLES) else ""


def _match(text: str, source: str) -> Identity | None:
    """Return what a text says; names stay as printed, only the search is in simplified forms."""
    searched = simplified(text)
    for pattern in _TITLES:
        match = pattern.search(searched)
        agency = _agency(text[match.start("agency") : match.end("agency")]) if match else None
        if match and agency:
            return Identity(
                agency, year_of(match["year"]), text[match.start() : match.end()], source
            )
    match = _NAMELESS.search(searched)
    return Identity(None, year_of(match["year"]), match[0], source) if match else None


def is_agency(text: str) -> bool:
    """Say whether a text is an agency's name by its end."""
    return bool(_AGENCY_END.search(text) and not _NO_NAME.search(text))


def _agency(text: str) -> str | None:
    name = _LEAD.sub("", text).strip("《》<>-—_:：,，.。、()（）“”\"' ")
    return name if is_agency(name) else None
