"""Provinces, prefectures and counties: a vendored table, made by `form.agencies.make_divisions`.

Its codes are those of the 统计用区划代码 that the National Bureau of Statistics published on
2023-09-11 (as of 2023-06-30), not those of GB/T 2260. Former names are not in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, Literal

Level = Literal["national", "province", "prefecture", "county", "township"]

TABLE: Final = "divisions.tsv"
LICENCE: Final = "divisions.LICENSE"
"""Lie beside this module."""
_LEVELS: Final[Mapping[int, Level]] = {2: "province", 4: "prefecture", 6: "county"}
_UNITS: Final = (
    *("自治区", "自治州", "自治县", "自治旗", "地区", "林区", "特区", "新区"),
    *("省", "市", "盟", "州", "县", "区", "旗"),
)
# 延边朝鲜族自治州, 黔西南布依族苗族自治州, 巴音郭楞蒙古自治州; not 蒙古 of 内蒙古自治区.
_PEOPLES: Final = re.compile(
    "(?<=..)(?:(?:壮|回|藏|苗|彝|侗|瑶|白|傣|羌|满|土|黎|畲|佤|水|朝鲜|蒙古|土家|布依|哈尼|景颇"
    "|傈僳|纳西|拉祜|仡佬|仫佬|毛南|各|达斡尔|东乡|撒拉|保安|裕固|哈萨克|普米|怒|独龙|布朗)族"
    "|维吾尔|蒙古|哈萨克|柯尔克孜|锡伯|塔吉克)+$"
)


@dataclass(frozen=True, slots=True)
class Division:
    """A province, prefecture or county.

    `statistical_code` is its 统计用区划代码 of 2, 4 or 6 digits, which begins with those of what it
    belongs to.
    """

    statistical_code: str
    name: str

    @property
    def level(self) -> Level:
        """How high it stands."""
        return _LEVELS[len(self.statistical_code)]

    @property
    def path(self) -> tuple[Division, ...]:
        """What it belongs to, from its province down to itself."""
        code = self.statistical_code
        above = (by_code().get(code[:length]) for length in _LEVELS if length <= len(code))
        return tuple(item for item in above if item is not None)

    @property
    def full_name(self) -> str:
        """Its name after those of what it belongs to: 辽宁省阜新市海州区."""
        return "".join(item.name for item in self.path)

    @property
    def short_name(self) -> str:
        """Its name without what it is, where two signs or more are left: 阜新, 内蒙古, 二七."""
        for unit in _UNITS:
            left = self.name.removesuffix(unit)
            if left != self.name:
                left = _PEOPLES.sub("", left) if unit.startswith("自治") else left
                return left if len(left) > 1 else self.name
        return self.name

    def within(self, others: Iterable[Division]) -> bool:
        """Say whether it lies below one of others."""
        return any(
            other != self and self.statistical_code.startswith(other.statistical_code)
            for other in others
        )


@cache
def by_code() -> Mapping[str, Division]:
    """Return all divisions by their statistical code."""
    text = files("form.agencies").joinpath(TABLE).read_text(encoding="utf-8")
    pairs = (line.split("\t") for line in text.splitlines())
    return {code: Division(code, name) for code, name in pairs}


@cache
def by_name() -> Mapping[str, tuple[Division, ...]]:
    """Return divisions by their name; several where more than one bears it; 延边州 is one too."""
    return _gathered((name, item) for item in by_code().values() for name in _names(item))


def _names(division: Division) -> Iterator[str]:
    yield division.name
    if division.name.endswith("自治州"):
        yield f"{division.short_name}州"


@cache
def by_short_name() -> Mapping[str, tuple[Division, ...]]:
    """Return divisions by their name without what they are."""
    return _gathered((item.short_name, item) for item in by_code().values())


def _gathered(pairs: Iterable[tuple[str, Division]]) -> Mapping[str, tuple[Division, ...]]:
    found: dict[str, list[Division]] = {}
    for name, item in pairs:
        found.setdefault(name, []).append(item)
    return {name: tuple(items) for name, items in found.items()}
