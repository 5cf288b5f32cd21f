"""Reports with prose, for tests: tables as in `tests.checks.reports`, text by section."""

from dataclasses import replace

from checks.prose.claims import Claim
from checks.prose.facts import prose_facts
from form.model import EditionKey
from form.report import Paragraph, Report
from tests.checks.reports import Editions, made

HEADINGS = {
    1: "一、总体情况",
    2: "二、主动公开政府信息情况",
    3: "三、收到和处理政府信息公开申请情况",
    4: "四、政府信息公开行政复议、行政诉讼情况",
    5: "五、存在的主要问题及改进情况",
    6: "六、其他需要报告的事项",
}
WHOLE = {1: "本机关依法公开政府信息。", 5: "公开渠道较少，将予增加。", 6: "无。"}


def paragraphs(texts: dict[int, str], headings: dict[int, str] = HEADINGS) -> tuple[Paragraph, ...]:
    found = []
    for section in range(7):
        if section in headings:
            found.append(Paragraph(section, headings[section]))
        found += [Paragraph(section, line) for line in texts.get(section, "").splitlines()]
    return tuple(found)


def report(
    overview: str = "",
    lines: str = "",
    editions: Editions = "2019",
    year: int | None = 2020,
    rest: str = ".",
    agency: str = "甲市水务局",
    **sections: str,
) -> Report:
    """A report with six sections: `overview` is 一, `s5` and `s6` what stands in 五 and 六."""
    texts = WHOLE | {int(name[1:]): text for name, text in sections.items()}
    texts |= {1: overview} if overview else {}
    tables = made(lines, editions, year, rest)
    return replace(tables, agency=agency, paragraphs=paragraphs(texts))


def claims(text: str, year: int = 2021, edition: EditionKey = "2021") -> list[str]:
    """What a sentence claims, as "received 15" or "received >=30"."""
    only = Report(None, year, {"disclosure": edition}, {}, (Paragraph(1, text),))
    return [_written(claim) for claim in prose_facts(only).claims]


def _written(claim: Claim) -> str:
    bound = "" if claim.bound == "=" else claim.bound
    return f"{claim.quantity.removeprefix('applications.')} {bound}{claim.value}"
