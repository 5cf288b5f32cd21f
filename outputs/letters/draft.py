"""What a letter says, before it is a document: the values of its fields, in Chinese."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

from checks.asking import Asking, Slip
from checks.catalogue import kinds
from checks.explanations import Suspects
from checks.repairs import OWN_RULES, Way, certain, ways
from checks.slips import parts_of
from checks.states import Judged, basis
from form.figures import grouped
from form.language import _
from form.names import cell_name_in
from form.report import Report
from form.today import chinese_day
from outputs.letters.fields import DocumentKind
from outputs.likely import MOST_WAYS, is_only, way_reasons, way_sentence

MOST_CELLS: Final = 6
"""Cells that are named where many ways tie."""
MOST_CHANGES: Final = 10
"""Unasked changes that a letter names."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes: the office's name, and where it can be reached (an office, no person)."""

    office: str = ""
    contact: str = ""


class _Signs(Protocol):
    """Settings of an office."""

    @property
    def office(self) -> str: ...

    @property
    def contact(self) -> str: ...


def sender_of(settings: _Signs) -> Sender:
    """Return who writes, by an office's settings."""
    return Sender(settings.office, settings.contact)


@dataclass(frozen=True, slots=True)
class Head:
    """What stands around the text of a letter: to whom, its number, its day, its term.

    `round` counts the letters about one report of one agency, from 1; `version` is the report's.
    """

    agency: str
    year: int
    on: date
    due: date | None = None
    reference: str = ""
    sender: Sender = Sender()
    round: int = 1
    version: int | None = None

    @property
    def report_name(self) -> str:
        """The report as a letter names it."""
        return _("《{agency}{year}年政府信息公开工作年度报告》").format(
            agency=self.agency, year=self.year
        )


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter before it is a document.

    `values` and `items` are what its fields hold (`outputs.letters.fields`); `findings` the keys of
    the findings that it asks about, each with its basis; `slips` how many faults these are.
    """

    kind: DocumentKind
    values: Mapping[str, str]
    items: tuple[Mapping[str, str], ...] = ()
    findings: Mapping[str, str] | None = None
    slips: int = 0


def check_draft(
    head: Head,
    report: Report,
    asked: Asking,
    suspects: Suspects,
    *,
    keys: Collection[str] | None = None,
    with_questions: bool = False,
    changed: Sequence[str] = (),
) -> Draft:
    """Return a 核验意见 about a report: what is wrong in its print, and what is asked.

    `report` is the report as it counts, `suspects` what explains the errors of its print. With
    `keys` only about slips of which a finding is among these. `changed` is what the new version
    changed without being asked, which the letter asks the reasons of.
    """
    slips = [
        slip
        for slip in asked.slips
        if keys is None or any(item.finding.key in keys for item in slip)
    ]
    questions = asked.questions if with_questions else ()
    values = {
        **head_values(head),
        "问题数": grouped(len(slips)),
        "情况": _state_of_things(slips),
        "请求": _wanted(len(slips)),
        "不要求更正": "\n".join(_elsewhere(slip) for slip in asked.elsewhere),
        "另请核实": "\n".join(_questions(questions, changed)),
    }
    items = tuple(_item(at, slip, report, suspects) for at, slip in enumerate(slips, 1))
    told = (*(item for slip in slips for item in slip), *questions)
    findings = {item.finding.key: basis(report, item.finding) for item in told}
    return Draft("check", values, items, findings, len(slips))


def _state_of_things(slips: Sequence[Slip]) -> str:
    """Return what the letter is about; only sums that fail are called 不合勾稽关系."""
    if not slips:
        return _("经核对印出的统计表和正文，有以下情况请说明。")
    about = {kinds()[item.finding.rule].subject for slip in slips for item in slip}
    text = (
        _("经核对印出的统计表，有 {n} 处数字不合勾稽关系，函告如下：")
        if about <= {"sums", "years"}
        else _("经核对印出的统计表，有 {n} 处问题，函告如下：")
    )
    return text.format(n=grouped(len(slips)))


def _wanted(slips: int) -> str:
    if not slips:
        return _("书面说明；确有错误的，请更正后重新报送年度报告")
    return _("核实上述各处，更正后重新报送年度报告；认为所报数字无误的，请书面说明理由")


def remind_draft(head: Head, was_due: date | None) -> Draft:
    """Return a 催报函: a report that was due on a day, or is, has not come."""
    said = "" if was_due is None else chinese_day(was_due)
    return Draft("remind", {**head_values(head), "应报日期": said})


def head_values(head: Head) -> dict[str, str]:
    """Return the fields that all documents have."""
    again = _("（第 {n} 次）").format(n=grouped(head.round)) if head.round > 1 else ""
    version = "" if head.version is None else _("第 {n} 版").format(n=grouped(head.version))
    return {
        "机关名称": head.agency,
        "年度": str(head.year),
        "报告名称": head.report_name,
        "文号": head.reference,
        "发函日期": chinese_day(head.on),
        "期限": "" if head.due is None else chinese_day(head.due),
        "发函机关": head.sender.office,
        "联系方式": head.sender.contact,
        "第几次": again,
        "版本": version,
    }


def _item(at: int, slip: Slip, report: Report, suspects: Suspects) -> Mapping[str, str]:
    findings = [item.finding for item in slip]
    several = len(findings) > 1
    equations = [
        _("{place}：{equation}").format(place=item.place, equation=item.equation)
        if several and item.place
        else item.equation
        for item in findings
        if item.equation
    ]
    return {
        "序号": grouped(at),
        "问题": "\n".join(item.message for item in findings),
        "算式": _("；").join(equations),
        "可能有误的格": _cells(slip, report, suspects),
        "要求": _request(slip),
    }


def _cells(slip: Slip, report: Report, suspects: Suspects) -> str:
    """Return which cells could be meant: the likeliest way, the tied ones, or that nothing tells."""
    findings = [item.finding for item in slip]
    if not any(item.rule in OWN_RULES for item in findings):
        return ""
    found = ways(findings, suspects)
    sure = certain(findings, found, suspects)
    if sure is not None:
        reasons = way_reasons(sure, only=is_only(found, suspects))
        why = _("（{reasons}）").format(reasons=_("；").join(reasons)) if reasons else ""
        return _("最可能：{way}{why}。").format(way=way_sentence(report, sure), why=why)
    first = [way for way in found if way.rank == 1]
    if not first:
        return _("从表中看不出是哪一格，请按底数逐格核实。")
    if len(first) <= MOST_WAYS:
        told = _("；或 ").join(way_sentence(report, way) for way in first)
        return _("可能：{ways}。表里看不出是哪一种，请按底数核实。").format(ways=told)
    return _("有 {n} 种改法同样能使关系成立，可能有误的格有{cells}，请按底数核实。").format(
        n=grouped(len(found)), cells=_names(found, report)
    )


def _names(found: Sequence[Way], report: Report) -> str:
    """Return the cells that ways begin with; the totals that these run into follow from them."""
    places = dict.fromkeys(change.address for way in found for change in parts_of(way.changes))
    names = _("、").join(cell_name_in(report, place) for place in list(places)[:MOST_CELLS])
    if len(places) <= MOST_CELLS:
        return names
    return _("{names}等 {n} 格").format(names=names, n=grouped(len(places)))


def _request(slip: Slip) -> str:
    carry = next((item.finding for item in slip if item.finding.rule == "carry"), None)
    if carry is None or carry.other is None:
        return ""
    year = carry.other.year
    if {item.finding.decided for item in slip} == {"this"}:
        return _("按现有证据是本报告填错，请更正本报告。")
    text = _("请核实是本报告还是 {year} 年度报告填错，更正填错的一份。")
    return text.format(year=year)


def _elsewhere(slip: Slip) -> str:
    finding = slip[0].finding
    year = finding.other.year if finding.other else ""
    text = _("{message}按现有证据是 {year} 年度报告填错，本函不要求更正本报告。")
    return text.format(message=finding.message, year=year)


def _questions(questions: Sequence[Judged], changed: Sequence[str]) -> Iterator[str]:
    said = [item.finding.message for item in questions]
    asks = _("这次重报另有改动，请说明原因：{what}")
    said += [asks.format(what=_ended(what)) for what in changed[:MOST_CHANGES]]
    if len(changed) > MOST_CHANGES:
        rest = _("这次重报还有 {n} 项改动，请一并说明原因。")
        said.append(rest.format(n=grouped(len(changed) - MOST_CHANGES)))
    for at, text in enumerate(said, 1):
        yield f"{grouped(at)}. {text}"


def _ended(text: str) -> str:
    return text if text.endswith("。") else _("{text}。").format(text=text)
