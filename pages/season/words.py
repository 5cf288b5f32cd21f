"""What people call the numbers of a season, why a report waits, and what comes next."""

from __future__ import annotations

from datetime import date

from desk.season import Number, Organ, Step, Turn, What, Why
from form.agencies.terms import kind_names
from form.agencies.words import Kind
from form.figures import grouped
from form.language import _


def number_names() -> dict[Number, str]:
    """Return what people call each number."""
    return {
        "due": _("应报"),
        "received": _("已收"),
        "missing": _("未收"),
        "faultless": _("无误"),
        "doubt": _("待核"),
        "wrong": _("有误"),
        "asked": _("已函"),
        "overdue": _("逾期"),
        "resubmitted": _("已重报"),
        "published": _("已公布"),
    }


def why_names() -> dict[Why, str]:
    """Return why a report is 待核."""
    return {
        "questions": _("有疑问"),
        "unread": _("有格读不准"),
        "judging": _("正在核对"),
        "typing": _("录入未完"),
        "noted": _("只登记了收件"),
        "scan": _("扫描件未录入"),
        "queue": _("待认领"),
        "undecided": _("未定"),
    }


def turn_names() -> dict[Turn, str]:
    """Return whose turn it is."""
    return {"ours": _("今天该办"), "theirs": _("等对方"), "done": _("办结")}


def step_names() -> dict[Step, str]:
    """Return what comes next, in two words."""
    return {
        "write": _("写函"),
        "compare": _("看重报"),
        "chase": _("催回复"),
        "check": _("核对"),
        "type": _("录入"),
        "claim": _("认领"),
        "judge": _("正在核对"),
        "report": _("等报送"),
        "answer": _("等重报"),
        "publish": _("待公布"),
        "done": _("已公布"),
    }


def what_names() -> dict[What, str]:
    """Return what happened."""
    return {
        "received": _("新收"),
        "resubmitted": _("重报"),
        "sent": _("发函"),
        "overdue": _("逾期"),
        "published": _("公布"),
    }


def kind_name(kind: Kind | None) -> str:
    """Return what people call a kind, also where it is not known."""
    return _("类别待认定") if kind is None else kind_names()[kind]


def day_words(day: date) -> str:
    """Return a day without its year: 1月31日."""
    return _("{month}月{day}日").format(month=day.month, day=day.day)


def left_words(term: date | None, today: date) -> str:
    """Return how long there still is, or how long it has been over."""
    if term is None:
        return _("没有定期限")
    days = (term - today).days
    if days < 0:
        return _("过期 {n} 天").format(n=grouped(-days))
    return _("还有 {n} 天").format(n=grouped(days)) if days else _("今天截止")


def term_words(kind: Kind | None, term: date | None) -> str:
    """Return a kind and its term as the 催报 list says it: 部门（1月31日止）."""
    if term is None:
        return kind_name(kind)
    return _("{kind}（{day}止）").format(kind=kind_name(kind), day=day_words(term))


def step_words(organ: Organ, today: date) -> str:
    """Return what comes next for an organ, with the days that are left where others are to act."""
    name = step_names()[organ.step]
    term = organ.letter.due if organ.step == "answer" and organ.letter else None
    term = organ.term if organ.step == "report" else term
    if organ.turn != "theirs" or term is None:
        return name
    return _("{step}，{left}").format(step=name, left=left_words(term, today))


def verdict_words(organ: Organ) -> str:
    """Return how a report stands in a few words: 3 处错误, 待核 2, 无误."""
    if organ.place == "missing":
        return _("未收")
    if organ.place == "wrong":
        return _("{n} 处错误").format(n=grouped(organ.errors))
    if organ.place == "doubt":
        first = organ.why[0]
        if first == "questions":
            return _("待核 {n}").format(n=grouped(organ.doubts))
        return why_names()[first]
    return _("无误")
