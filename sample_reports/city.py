"""A made city: 60 organs, what they sent in one January, and what their government printed of it.

The figures come from `simulate`, the names count through the ten heavenly stems, and nothing here
describes an existing place. What is wrong is planted: in first versions that are corrected later,
and in four places of the government's own report (`City.planted`). It is made in about a second
and kept nowhere: `python -m sample_reports.city FOLDER [YEAR]` writes it out.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Final, Literal

from form.editions import TABLE_KEYS
from form.model import EditionKey, TableKey, address
from form.report import Cell, Report
from sample_reports.agencies import Agency
from sample_reports.makers import MAKERS
from sample_reports.marks import INVENTED_MARK
from sample_reports.printing import printed_cells
from sample_reports.samples import Line, Sample, printed_table
from sample_reports.simulate import Figures, simulate
from sample_reports.truth import Truth

YEAR: Final = 2024
PARENT: Final = "甲市人民政府"
SENT: Final = 55
"""Reports that come in three batches; the others come with the corrected ones."""
CORRECTED: Final = 11
_EDITION: Final[EditionKey] = "2021"
_KINDS: Final = ("docx", "xlsx", "html", "tabs.txt", "docx")
_BODIES: Final = (
    "人民政府办公室",
    "发展和改革委员会",
    "教育局",
    "科学技术局",
    "工业和信息化局",
    "公安局",
    "民政局",
    "司法局",
    "财政局",
    "人力资源和社会保障局",
    "自然资源和规划局",
    "生态环境局",
    "住房和城乡建设局",
    "交通运输局",
    "水务局",
    "农业农村局",
    "商务局",
    "文化广电和旅游局",
    "卫生健康委员会",
    "退役军人事务局",
    "应急管理局",
    "审计局",
    "市场监督管理局",
    "体育局",
    "统计局",
    "医疗保障局",
    "信访局",
    "城市管理局",
    "林业和草原局",
    "粮食和物资储备局",
    "乡村振兴局",
    "大数据管理局",
    "机关事务管理局",
    "行政审批服务局",
    "国防动员办公室",
    "外事办公室",
    "民族宗教事务局",
    "园林绿化局",
    "知识产权局",
    "住房公积金管理中心",
    "税务局",
    "气象局",
    "烟草专卖局",
    "邮政管理局",
    "国有资产监督管理委员会",
)
_PLACES: Final = ("乙县", "丙区", "丁县", "戊区", "己县", "庚区", "辛县", "壬区")
_TOPICS: Final = ("征地补偿", "老旧小区改造", "公共服务")
Slip = Literal["outcome", "total", "blank", "dispute", "carried"]
"""What is wrong in a first version: an outcome too many; a total with two digits exchanged, or left
blank; a total of section 四 one too many; last year's open cases forgotten."""
_SLIPS: Final[tuple[Slip, ...]] = ("outcome", "total", "blank", "dispute")


@dataclass(frozen=True, slots=True)
class Organ:
    """One organ of the city, as a roster lists it; `group` is what the roster calls its kind."""

    name: str
    group: str
    covers: Literal["own", "area"] = "own"
    received: int = 20


@dataclass(frozen=True, slots=True)
class Planted:
    """One thing that the government's report has otherwise than the sum, and the cells it shows in.

    `key`: `misprint` (a cell with two digits exchanged), `ripple` (a number and all totals that it
    runs into, nobody's), `outdated` (`agency`'s first version was counted), `left_out` (`agency`).
    `gaps` are what is printed less what is right.
    """

    key: Literal["misprint", "ripple", "outdated", "left_out"]
    gaps: Mapping[str, int | Decimal]
    agency: str | None = None


@dataclass(frozen=True)
class City:
    """The whole city in one year.

    `reports` are the final ones by organ, `firsts` the first versions of those that are corrected
    later; `parent` is the government's own report and `planted` what is wrong with it.
    """

    year: int
    organs: tuple[Organ, ...]
    reports: Mapping[str, Truth]
    firsts: Mapping[str, Truth]
    parent: Truth
    planted: tuple[Planted, ...] = ()

    @cached_property
    def gaps(self) -> Mapping[str, int | Decimal]:
        """What the government prints less what its organs add up to, where that is not 0."""
        found: dict[str, int | Decimal] = {}
        for item in self.planted:
            for place, gap in item.gaps.items():
                found[place] = found.get(place, 0) + gap
        return {place: gap for place, gap in found.items() if gap}

    def batches(self) -> tuple[tuple[tuple[str, Truth], ...], ...]:
        """Return what comes in: three batches of first reports, then corrections and late ones.

        Each is (file's stem, what it prints). The second and the third batch hold files of the
        one before again, the same to the byte, and the third a correction beside its first print.
        """
        sent = [
            (item.name, self.firsts.get(item.name, self.reports[item.name])) for item in self.organs
        ]
        on_time, late = sent[:SENT], sent[SENT:]
        first, second, third = on_time[:25], on_time[25:45], on_time[45:]
        beside = next(name for name, _truth in third if name in self.firsts)
        again = [(name, self.reports[name]) for name in self.firsts if name != beside]
        return (
            tuple(first),
            (*second, *first[:2]),
            (*third, second[0], (f"{beside}（更正）", self.reports[beside])),
            (*((f"{name}（更正）", truth) for name, truth in again), *late),
        )


def city(year: int = YEAR, *, plant: bool = True) -> City:
    """Return the city of one year; without `plant` its government's report is the plain sum."""
    organs = tuple(_organs())
    figures = {item.name: _figures(item, year) for item in organs}
    reports = {name: _truth(name, year, figures[name]) for name in figures}
    firsts = dict(_firsts(reports, figures))
    # What another organ's report holds already is no part of the sum.
    area = {item.name.removesuffix("人民政府") for item in organs if item.covers == "area"}
    added = [
        item.name
        for item in organs
        if item.covers == "area" or not any(item.name.startswith(place) for place in area)
    ]
    whole = _sum([figures[name] for name in added])
    planted = tuple(_planted(whole, figures, reports, firsts)) if plant else ()
    bare = City(year, organs, reports, firsts, _truth(PARENT, year, whole), planted)
    printed = {place: figure + bare.gaps.get(place, 0) for place, figure in whole.items()}
    return replace(bare, parent=_truth(PARENT, year, printed))


def report_of(truth: Truth) -> Report:
    """Return what a faultless reader makes of what is printed."""
    editions: dict[TableKey, EditionKey | None] = {**truth.editions}
    return Report(truth.agency, truth.year, editions, truth.cells)


def roster_text(made: City) -> str:
    """Return the city's roster as a table to paste: a line an organ, tabs between."""
    words = {"own": "本级", "area": "全区域"}
    lines = [
        (item.name, str(number), item.group, str(made.year), words[item.covers])
        for number, item in enumerate(made.organs, 1)
    ]
    head = ("机构名称", "序号", "分组", "起始年度", "年报口径")
    return "".join("\t".join(line) + "\n" for line in (head, *lines))


def file_of(stem: str, truth: Truth, kind: str = "docx") -> tuple[str, bytes]:
    """Return name and bytes of a report as a file of this kind (see `makers.MAKERS`)."""
    ending = kind.rpartition(".")[2]
    return f"{stem}{truth.year}年报.{ending}", MAKERS[kind](_sample(truth, kind))


def _sample(truth: Truth, kind: str) -> Sample:
    received = truth.cells["applications.new_received.total"].raw
    blocks = (
        Line(f"{truth.agency}{truth.year}年政府信息公开工作年度报告", "title"),
        Line(INVENTED_MARK),
        Line("一、总体情况", "heading"),
        Line(f"本年度新收政府信息公开申请{received}件，均按规定办理。"),
        *(
            block
            for key, title in _TITLES.items()
            for block in (Line(title, "heading"), printed_table(key, _EDITION, truth.cells))
        ),
        Line("五、存在的主要问题及改进情况", "heading"),
        Line("公开内容的更新还可以更及时，下一年度按月检查。"),
        Line("六、其他需要报告的事项", "heading"),
        Line("本年度没有收取信息处理费，也没有其他需要报告的事项。"),
        Line(truth.agency, "closing"),
        Line(f"{truth.year + 1}年1月20日", "closing"),
    )
    return Sample(kind, truth, blocks)


_TITLES: Final[Mapping[TableKey, str]] = {
    "disclosure": "二、主动公开政府信息情况",
    "applications": "三、收到和处理政府信息公开申请情况",
    "disputes": "四、政府信息公开行政复议、行政诉讼情况",
}


def _organs() -> Iterator[Organ]:
    for number, body in enumerate(_BODIES):
        group = (
            "中央驻甲单位"
            if body in ("税务局", "气象局", "烟草专卖局", "邮政管理局")
            else "市直部门"
        )
        yield Organ(f"甲市{body}", group, received=8 + 3 * (number % 9))
    yield Organ("甲市经济技术开发区管理委员会", "开发区", received=12)
    yield from (Organ(f"{place}人民政府", "县区", "area", 60) for place in _PLACES)
    # One county's government speaks for itself alone, and so its departments are added up too;
    # of another the department's figures are in its government's report.
    yield Organ("癸县人民政府", "县区", received=18)
    yield from (
        Organ(f"癸县{body}", "县区部门", received=9) for body in ("教育局", "公安局", "民政局")
    )
    yield from (Organ(f"丙区{body}", "县区部门", received=7) for body in ("教育局", "城市管理局"))


def _figures(organ: Organ, year: int) -> Figures:
    busy = organ.covers == "area"
    agency = Agency(
        organ.name,
        {},
        _TOPICS,
        received=organ.received,
        growth=1.05,
        leaning={},
        licensing=600 if busy else 40,
        penalties=300 if busy else 12,
        normative_documents=20 if busy else 5,
        fees=90 if busy else 3,
        procurement=0,
        is_government=busy,
    )
    told = next(item for item in simulate(agency) if item.year == year)
    return told.figures(_EDITION, _EDITION)


def _truth(name: str, year: int, figures: Figures) -> Truth:
    agency = Agency(name, {}, _TOPICS, 0, 1, {}, 0, 0, 0, 0, 0)
    cells = printed_cells(agency, figures, _ZEROS[len(name) % len(_ZEROS)])
    return Truth(name, year, dict.fromkeys(TABLE_KEYS, _EDITION), cells)


_ZEROS: Final[tuple[Literal["plain", "sparse", "mixed"], ...]] = (
    "plain",
    "sparse",
    "plain",
    "mixed",
)


def _sum(parts: Sequence[Figures]) -> Figures:
    whole: Figures = {}
    for figures in parts:
        for place, figure in figures.items():
            whole[place] = whole.get(place, 0) + figure
    return whole


# --- first versions -----------------------------------------------------------------------------


def _firsts(
    reports: Mapping[str, Truth], figures: Mapping[str, Figures]
) -> Iterator[tuple[str, Truth]]:
    """Yield the first versions of eleven organs; the first of them forgets its open cases."""
    names = [name for name in figures if _cell(figures[name], "carried_over", "natural_person")]
    chosen = ["己县人民政府", *(name for name in names[::4] if name != "己县人民政府")][
        : CORRECTED - 1
    ]
    chosen.append("辛县人民政府")  # of the third batch, where the correction lies beside it
    for number, name in enumerate(chosen):
        slip: Slip = "carried" if number == 0 else _SLIPS[number % len(_SLIPS)]
        wrong = _slipped(figures[name], slip)
        changed = {
            place: Cell(None, "blank") if new is None else _number(new)
            for place, new in wrong.items()
        }
        yield name, replace(reports[name], cells={**reports[name].cells, **changed})


def _number(value: int) -> Cell:
    return Cell(value, "number", str(value))


def _cell(figures: Figures, row: str, column: str) -> int:
    return int(figures[address("applications", row, column)])


def _slipped(figures: Figures, slip: Slip) -> dict[str, int | None]:
    def at(row: str, column: str) -> str:
        return address("applications", row, column)

    if slip == "carried":
        gone = _cell(figures, "carried_over", "natural_person")
        return {
            at("carried_over", column): _cell(figures, "carried_over", column) - gone
            for column in ("natural_person", "total")
        }
    if slip == "outcome":
        place = at("granted", "natural_person")
        return {place: int(figures[place]) + 3}
    if slip == "blank":
        return {at("total_processed", "natural_person"): None}
    if slip == "dispute":
        place = address("disputes", "review", "total")
        return {place: int(figures[place]) + 1}
    place = at("total_processed", "total")
    return {place: _swapped(int(figures[place])) or int(figures[place]) + 9}


def _swapped(value: int) -> int | None:
    """Return a number with two neighbouring digits exchanged; None where that changes nothing."""
    text = str(value)
    for at in range(len(text) - 1):
        other = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
        if int(other) != value and other[0] != "0":
            return int(other)
    return None


# --- what the government printed ----------------------------------------------------------------


def _planted(
    whole: Figures,
    figures: Mapping[str, Figures],
    reports: Mapping[str, Truth],
    firsts: Mapping[str, Truth],
) -> Iterator[Planted]:
    outdated, left_out = "己县人民政府", "甲市气象局"
    gaps: dict[str, int | Decimal] = {}
    for place, cell in firsts[outdated].cells.items():
        before, after = (one.value or 0 for one in (cell, reports[outdated].cells[place]))
        if before != after:
            gaps[place] = before - after
    yield Planted("outdated", gaps, outdated)
    yield Planted(
        "left_out",
        {place: -figure for place, figure in figures[left_out].items() if figure},
        left_out,
    )
    rippled = [
        address("applications", row, column)
        for row in ("new_received", "partial", "total_processed")
        for column in ("business", "total")
    ]
    yield Planted("ripple", dict.fromkeys(rippled, 2))
    place, swapped = next(
        (place, other)
        for place in _LONELY
        if (other := _swapped(int(whole[place]) - int(figures[left_out][place]))) is not None
    )
    right = int(whole[place]) - int(figures[left_out][place])
    yield Planted("misprint", {place: swapped - right})


_LONELY: Final = tuple(
    address("applications", row, column)
    for row in ("new_received", "granted", "unable_not_held")
    for column in ("legal_service", "natural_person")
)


def write(folder: Path, year: int = YEAR) -> None:
    """Write the city's files: a folder for each batch, the government's report, the roster."""
    made = city(year)
    for number, batch in enumerate(made.batches(), 1):
        below = folder / f"{number}"
        below.mkdir(parents=True, exist_ok=True)
        for stem, truth in batch:
            kind = _KINDS[sum(map(ord, truth.agency)) % len(_KINDS)]
            name, data = file_of(stem, truth, kind)
            (below / name).write_bytes(data)
    name, data = file_of(PARENT, made.parent)
    (folder / name).write_bytes(data)
    (folder / "名册.tsv").write_text(roster_text(made), encoding="utf-8")


if __name__ == "__main__":
    place, *years = sys.argv[1:]
    write(Path(place), *map(int, years))
