"""Libraries of made-up reports, of any size and quickly, to measure the desk with.

Run: python -m benchmarks.libraries FOLDER REPORTS [seed]   (to look at one in the app)

Agencies have a report on each of the seven years from 2019 to 2025, the last of them as many as are
left over, the newest years first. What one year leaves over the next begins with, and every sum
holds, but for what is planted: of all reports `ERRONEOUS` break a sum or lack a total, and so many
more that `FLAGGED` have something to be said about are only doubtful (the prose says another
number, an amount is too large, a text stands where a number belongs). The same `seed` gives the
same reports each time. They are kept as an import keeps them, but read from nowhere: many in one
transaction, their originals not waited for.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice, product
from pathlib import Path
from random import Random
from typing import Final

from form.editions import EDITION_KEYS, TABLE_KEYS, all_columns, edition, table
from form.model import EditionKey, TableKey
from form.report import Cell, Paragraph, Place, Report
from form.rules import outcome_rows
from library.originals import sha256
from library.saving import Incoming, Reading, save_files
from library.store import Library

SEED: Final = 2026
YEARS: Final = range(2025, 2018, -1)
ERRONEOUS: Final = 0.05
FLAGGED: Final = 0.20
KEPT: Final = Path(tempfile.gettempdir()) / "disclosure-desk-libraries"
"""Where libraries that were made once lie for the next time."""

_AT_ONCE: Final = 500
"""Reports in one transaction."""
_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES: Final = "子丑寅卯辰巳午未申酉戌亥"
_ORGANS: Final = (
    "人民政府办公室",
    "教育局",
    "公安局",
    "自然资源和规划局",
    "住房和城乡建设局",
    "交通运输局",
    "水务局",
    "卫生健康委员会",
    "市场监督管理局",
    "政务服务和大数据管理局",
    "人力资源和社会保障局",
    "生态环境局",
)
_APPLICANTS: Final[Sequence[tuple[str, int]]] = (
    ("natural_person", 75),
    ("business", 13),
    ("legal_service", 6),
    ("other", 4),
    ("public_welfare", 1),
    ("research", 1),
)
_OUTCOMES: Final[Mapping[str, int]] = {
    "granted": 40,
    "unable_not_held": 20,
    "partial": 10,
    "denied_admin_query": 5,
    "unprocessed_complaint": 5,
    "unable_unclear": 3,
    "unprocessed_repeat": 3,
}
"""How applications to county bureaus mostly end; any other end weighs 1."""
_PENDING_SHARE: Final = 0.08
_DISPUTED: Final = 0.3
"""Of agencies, those with cases of one kind."""
_DISPUTES: Final[Sequence[tuple[str, int]]] = (
    ("upheld", 6),
    ("corrected", 2),
    ("other", 2),
    ("pending", 1),
)
_WHEN: Final = (
    "全年",
    "年初",
    "上半年",
    "下半年",
    "年底",
    "按季度",
    "每月",
    "会同各科室",
    "围绕中心工作",
    "对照目录",
)
_DOES: Final = (
    "更新",
    "梳理",
    "公布",
    "完善",
    "调整",
    "解读",
    "检查",
    "整理",
    "充实",
    "核对",
    "归集",
    "评估",
)
_WHAT: Final = (
    "办事指南",
    "政策文件",
    "机构职能",
    "权责清单",
    "预算决算",
    "重点项目信息",
    "民生实事进展",
    "监督检查结果",
    "网站栏目",
    "新媒体账号",
    "公开目录",
    "答复文书样本",
    "培训材料",
    "回应群众的问题",
)

Figures = dict[str, int | Decimal | None]
"""The number at each address; None where nothing is printed."""
Slip = Callable[[Figures, Random], bool]
"""Spoils figures; False where these leave no place for it."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A report before it is printed."""

    agency: str
    year: int
    edition: EditionKey
    figures: Figures
    told: int
    """Applications received, as the prose says."""
    texts: Mapping[str, str]
    """Cells that hold a text, by address."""


def make_library(
    home: Path, reports: int, seed: int = SEED, *, kept: Path | None = KEPT
) -> Library:
    """Return a library of so many made-up reports, its database and originals in `home`.

    `home` may be changed freely: it is a copy of what lies in `kept`, where the same library is
    made first unless it is there. With `kept` None it is made in `home`. Raises FileExistsError
    where `home` holds anything.
    """
    if home.exists() and any(home.iterdir()):
        raise FileExistsError(home)
    if kept is None:
        home.mkdir(parents=True, exist_ok=True)
        _fill(home, reports, seed)
    else:
        shutil.copytree(_kept(kept, reports, seed), home, dirs_exist_ok=True)
    return _opened(home)


def _kept(folder: Path, reports: int, seed: int) -> Path:
    """Return the folder of the library that is kept; made by another maker it is not the same."""
    maker = sha256(Path(__file__).read_bytes())[:8]
    place = folder / f"{reports}-{seed}-{maker}"
    if not place.exists():
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(prefix=f"{place.name}-", dir=folder))
        _fill(unfinished, reports, seed)
        unfinished.rename(place)
    return place


def _opened(home: Path) -> Library:
    return Library(str(home / "library.sqlite"), home)


def _fill(home: Path, reports: int, seed: int) -> None:
    with _opened(home) as library:
        made = made_reports(reports, seed)
        while group := tuple(islice(made, _AT_ONCE)):
            with library.keeping() as (connection, held):
                save_files(connection, held, [_incoming(item) for item in group])
        with library.reading() as connection:
            # So that the database is one file, which can be copied.
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _incoming(report: Report) -> Incoming:
    data = printed(report)
    name = f"{report.agency}{report.year}年报.txt"
    return Incoming(name, data, Reading("txt", (report,)), sha256(data))


def printed(report: Report) -> bytes:
    """Return the text that stands for a report's file."""
    lines = [report.title or "", *(item.text for item in report.paragraphs)]
    return "\n".join(lines).encode()


def made_reports(count: int, seed: int = SEED) -> Iterator[Report]:
    """Yield so many reports, agency by agency."""
    fate = _fates(count, Random(f"{seed} fates"))
    for number, draft in enumerate(islice(_drafts(seed), count)):
        random = Random(f"{seed} {number}")
        if number in fate:
            draft = fate[number](draft, random)
        yield _report(draft, random)


def _drafts(seed: int) -> Iterator[Draft]:
    for agency in agencies():
        yield from _chain(agency, Random(f"{seed} {agency}"))


def agencies() -> Iterator[str]:
    """Yield the names of 4,320 agencies, never those of one place one after the other."""
    for organ, kind, branch, stem in product(_ORGANS, "市县区", _BRANCHES, _STEMS):
        yield f"{stem}{branch}{kind}{organ}"


def _chain(agency: str, random: Random) -> Iterator[Draft]:
    """Yield an agency's reports, newest first, each going on where the year before ended."""
    size = random.lognormvariate(2.6, 1.2)
    stock: dict[str, int] = {}
    drafts = []
    for year in sorted(YEARS):
        used = next(key for key in EDITION_KEYS if edition(key).meant_for(year))
        figures: Figures = {
            place: Decimal(0) if all_columns()[place].kind == "amount" else 0
            for key in TABLE_KEYS
            for place in table(key, used).addresses()
        }
        _disclose(figures, used, stock, random)
        _decide(figures, used, stock, size * random.uniform(0.6, 1.5), random)
        _dispute(figures, stock, size, random)
        told = _count(figures, "applications.new_received.total")
        drafts.append(Draft(agency, year, used, figures, told, {}))
    yield from reversed(drafts)


def _disclose(figures: Figures, used: EditionKey, stock: dict[str, int], random: Random) -> None:
    """Fill in section 二; `stock` is what the year before left in force, by row."""
    for row in table("disclosure", used).rows:
        name = f"disclosure.{row.key}"
        for column in row.columns:
            place = f"{name}.{column.key}"
            if column.kind == "amount":
                figures[place] = Decimal(random.randint(0, 10**7)) / 10**4
            elif column.kind == "count":
                # An agency's figures stay near each other from year to year.
                level = stock.setdefault(place, random.choice((0, 0, random.randint(0, 40))))
                figures[place] = max(0, level + random.randint(-2, 2)) if level else 0
        if row.key in ("regulations", "normative_documents") and used == "2021":
            before = stock.get(row.key, random.randint(0, 30))
            repealed = random.randint(0, min(before, 3))
            issued = random.choice((0, 1, 4))
            now = {"issued": issued, "repealed": repealed, "in_force": before + issued - repealed}
            figures.update({f"{name}.{key}": value for key, value in now.items()})
            stock[row.key] = now["in_force"]
        elif f"{name}.change" in figures:
            items = stock.get(row.key, random.randint(0, 30))
            change = random.choice((0, 0, 1, 3))
            figures.update({f"{name}.prior_items": items, f"{name}.change": change})
            stock[row.key] = items + change


def _decide(
    figures: Figures, used: EditionKey, stock: dict[str, int], size: float, random: Random
) -> None:
    """Fill in section 三: what came in, what was left from the year before, how it ended."""
    rows = outcome_rows(used)
    weights = [_OUTCOMES.get(row, 1) for row in rows]
    names, shares = zip(*_APPLICANTS, strict=True)
    came = Counter(random.choices(names, shares, k=round(size)))
    lines: Counter[tuple[str, str]] = Counter()
    for name in names:
        over = stock.get(name, 0)
        pending = sum(random.random() < _PENDING_SHARE for _case in range(came[name]))
        decided = over + came[name] - pending
        stock[name] = pending
        lines.update(
            {
                ("new_received", name): came[name],
                ("carried_over", name): over,
                ("carried_forward", name): pending,
                ("total_processed", name): decided,
            }
        )
        lines.update((row, name) for row in random.choices(rows, weights, k=decided))
    for (row, name), value in lines.items():
        for place in (f"applications.{row}.{name}", f"applications.{row}.total"):
            figures[place] = _count(figures, place) + value


def _dispute(figures: Figures, stock: dict[str, int], size: float, random: Random) -> None:
    """Fill in section 四: an agency has cases of a kind each year or never, after a review or none."""
    names, shares = zip(*_DISPUTES, strict=True)
    for row in table("disputes", "2021").rows:
        may = row.key != "litigation_after_review" or stock["review"]
        if not stock.setdefault(row.key, may and random.random() < _DISPUTED):
            continue
        cases = min(1 + int(random.expovariate(8 / size)), 60)
        found = Counter(random.choices(names, shares, k=cases))
        values = {**found, "total": cases}
        figures.update({f"disputes.{row.key}.{name}": value for name, value in values.items()})


def _count(figures: Figures, place: str) -> int:
    return int(figures[place] or 0)


# --- what is wrong ------------------------------------------------------------------------------

Fate = Callable[[Draft, Random], Draft]


def _fates(count: int, random: Random) -> dict[int, Fate]:
    """Return what is planted in which of so many reports, by their number."""
    chosen = random.sample(range(count), round(count * FLAGGED))
    wrong = round(count * ERRONEOUS)
    doubts = (_told_otherwise, _too_large, _text_for_a_number)
    return {
        number: _error if place < wrong else doubts[place % len(doubts)]
        for place, number in enumerate(chosen)
    }


def _error(draft: Draft, random: Random) -> Draft:
    slips = [_misprinted, _without_total, _dispute_miscounted]
    random.shuffle(slips)
    next(slip for slip in slips if slip(draft.figures, random))
    return draft


def _misprinted(figures: Figures, random: Random) -> bool:
    """Misprint the outcomes of one kind of applicant."""
    name, _share = random.choice(_APPLICANTS)
    figures[f"applications.granted.{name}"] = _count(
        figures, f"applications.granted.{name}"
    ) + random.randint(1, 9)
    return True


def _without_total(figures: Figures, random: Random) -> bool:
    """Leave 三（七）总计 of one kind of applicant blank."""
    places = [f"applications.total_processed.{name}" for name, _share in _APPLICANTS]
    filled = [place for place in places if figures[place]]
    if filled:
        figures[random.choice(filled)] = None
    return bool(filled)


def _dispute_miscounted(figures: Figures, random: Random) -> bool:
    """Count one case too many in the total of a row of section 四 that has any."""
    places = [f"disputes.{row.key}.total" for row in table("disputes", "2021").rows]
    filled = [place for place in places if figures[place]]
    if filled:
        place = random.choice(filled)
        figures[place] = _count(figures, place) + 1
    return bool(filled)


def _told_otherwise(draft: Draft, random: Random) -> Draft:
    return replace(draft, told=draft.told + random.randint(1, 9))


def _too_large(draft: Draft, random: Random) -> Draft:
    """Print an amount in 元 under a head that says 万元."""
    place = next(
        place
        for place in (
            "disclosure.administrative_fees.amount",
            "disclosure.government_procurement.amount",
        )
        if place in draft.figures
    )
    draft.figures[place] = Decimal(random.randint(10**8, 10**9))
    return draft


def _text_for_a_number(draft: Draft, random: Random) -> Draft:
    row = random.choice(("administrative_licensing", "administrative_penalty"))
    return replace(draft, texts={f"disclosure.{row}.decisions": "见附件"})


# --- how it is printed --------------------------------------------------------------------------


def _report(draft: Draft, random: Random) -> Report:
    empty = Cell(None, "blank") if random.random() < 0.3 else Cell(0, "number", "0")
    cells = {}
    for line, (place, figure) in enumerate(draft.figures.items(), 20):
        cells[place] = replace(_cell(draft, place, figure, empty), place=Place(line=line))
    editions: dict[TableKey, EditionKey | None] = {
        "disclosure": draft.edition,
        "applications": draft.edition,
        "disputes": None,
    }
    title = f"{draft.agency}{draft.year}年政府信息公开工作年度报告"
    paragraphs = tuple(_prose(draft, random))
    return Report(draft.agency, draft.year, editions, cells, paragraphs, title=title)


def _cell(draft: Draft, place: str, figure: int | Decimal | None, empty: Cell) -> Cell:
    if place in draft.texts:
        return Cell(None, "text", draft.texts[place])
    if figure is None:
        return Cell(None, "blank")
    if isinstance(figure, Decimal):
        return Cell(figure, "number", str(figure), unit="万元")
    if not figure and not place.startswith("disclosure"):
        return empty
    return Cell(figure, "number", str(figure))


def _prose(draft: Draft, random: Random) -> Iterator[Paragraph]:
    def said(section: int, sentences: int) -> Iterator[Paragraph]:
        for _number in range(sentences):
            clauses = (
                f"{random.choice(_WHEN)}{random.choice(_DOES)}{random.choice(_WHAT)}"
                for _clause in range(random.randint(2, 5))
            )
            yield Paragraph(section, f"{'，'.join(clauses)}。")

    yield Paragraph(0, "本报告系为测量速度而编造，不是真实报告。")
    yield Paragraph(1, "一、总体情况")
    yield from said(1, 8)
    yield Paragraph(1, f"全年收到政府信息公开申请{draft.told}件，均在期限内答复。")
    yield Paragraph(5, "五、存在的主要问题及改进情况")
    yield from said(5, 6)
    yield Paragraph(6, "六、其他需要报告的事项")
    yield from said(6, 2)


def main(arguments: Sequence[str]) -> None:
    """Make one library and say where it is."""
    home, count, *rest = arguments
    with make_library(Path(home), int(count), *map(int, rest)) as library:
        print(f"{library.summary().counted} reports: DISCLOSURE_DESK_HOME={library.home}")


if __name__ == "__main__":
    main(sys.argv[1:])
