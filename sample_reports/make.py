"""Write every sample report, `expected.json` and the tables of the README.

    python -m sample_reports.make

Deterministic: the same source gives the same files in every process.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sample_reports import FOLDER
from sample_reports.invented import invented_files
from sample_reports.real import real_files
from sample_reports.truth import Truth, expected_json


def made_files() -> Iterator[tuple[str, bytes, Truth]]:
    """Yield path below the folder, bytes and truth of every sample report."""
    for name, data, truth in real_files():
        yield f"real/{name}", data, truth
    for name, data, truth in invented_files():
        yield f"invented/{name}", data, truth


def write(folder: Path) -> None:
    """Write all samples and `expected.json` below `folder`."""
    truths: dict[str, Truth] = {}
    for name, data, truth in made_files():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        truths[name] = truth
    (folder / "expected.json").write_text(expected_json(truths), encoding="utf-8")


if __name__ == "__main__":
    write(FOLDER)
