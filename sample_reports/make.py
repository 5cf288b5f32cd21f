"""Write every sample report, `expected.json` and the README's table of planted errors.

    python -m sample_reports.make

Deterministic: the same source gives the same files in every process.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sample_reports import FOLDER, FOLDERS
from sample_reports.invented import invented_files, invented_reports
from sample_reports.not_reports import NOT_REPORTS
from sample_reports.readme import with_planted_table
from sample_reports.real import real_files
from sample_reports.truth import Truth, expected_json


def samples() -> Iterator[tuple[str, bytes, Truth]]:
    """Yield path below the folder, bytes and truth of every sample report."""
    for folder, files in zip(FOLDERS, (real_files(), invented_files()), strict=True):
        for name, data, truth in files:
            yield f"{folder}/{name}", data, truth


def made() -> dict[str, bytes]:
    """Return everything that is made: path below the folder → bytes."""
    files: dict[str, bytes] = {}
    truths: dict[str, Truth] = {}
    for name, data, truth in samples():
        files[name], truths[name] = data, truth
    files |= {f"not_reports/{name}": text.encode() for name, text in NOT_REPORTS.items()}
    files["expected.json"] = expected_json(truths).encode()
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    files["README.md"] = with_planted_table(readme, invented_reports()).encode()
    return files


def write(folder: Path) -> None:
    """Write all below `folder`, and remove samples there that are no longer made."""
    files = made()
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    for part in FOLDERS:
        for path in (folder / part).iterdir():
            if f"{part}/{path.name}" not in files:
                path.unlink()


if __name__ == "__main__":
    write(FOLDER)
