"""勾稽规则: every kind of finding in words, with an example that holds and one that fails."""

from __future__ import annotations

from checks.catalogue import kinds, severity_names
from form.figures import grouped
from form.language import _
from form.rules import RULES_VERSION
from pages.checking.rule_cards import rule_card
from pages.parts import shelf
from pages.parts.heading import open_page, sentence
from pages.parts.markup import link, show, tag
from pages.parts.picker import pick_one

open_page("rules")
state = shelf.now()
names = severity_names()
every = _("全部")
picked = pick_one(_("程度"), [every, *names.values()], "severity")
shown = [kind for kind in kinds().values() if picked in (every, names[kind.severity])]
sentence(
    _("{n} 种核对，其中 {errors} 种不成立即为确定错误").format(
        n=grouped(len(kinds())),
        errors=grouped(sum(kind.severity == "error" for kind in kinds().values())),
    ),
    _("规则版本 {version}；例子都是规则的测试，改动规则时同时运行。").format(version=RULES_VERSION),
)
show(
    tag("nav", *(link(kind.name, f"#{kind.code}") for kind in shown), classes="dd-jumps"),
    tag("div", *(rule_card(kind, state) for kind in shown), classes="dd-stack"),
)
