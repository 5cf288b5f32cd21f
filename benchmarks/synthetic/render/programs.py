"""Files made by the programs that people use: a browser and an office program."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.synthetic.draft import Draft
from benchmarks.synthetic.render.office import html, xlsx

_BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome")
_OFFICES: Final = ("soffice", "libreoffice")
_PATIENCE: Final = 60
"""Seconds for one file."""


def browser() -> str | None:
    """Return the path of an installed Chromium, None where there is none."""
    return next(filter(None, map(shutil.which, _BROWSERS)), None)


def office() -> str | None:
    """Return the path of an installed LibreOffice, None where there is none."""
    return next(filter(None, map(shutil.which, _OFFICES)), None)


def chromium_pdf(drafts: Sequence[Draft]) -> list[bytes]:
    """Return the drafts' pages as Chromium prints them; raises CalledProcessError."""

    def command(folder: Path, source: Path) -> list[str]:
        return [
            *(browser() or "chromium", "--headless", "--no-sandbox", "--disable-gpu"),
            *(f"--user-data-dir={folder / 'profile'}", "--no-pdf-header-footer"),
            *(f"--print-to-pdf={source.with_suffix('.pdf')}", source.as_uri()),
        ]

    return _made([html(draft) for draft in drafts], ".html", command)


def office_pdf(drafts: Sequence[Draft]) -> list[bytes]:
    """Return the drafts' workbooks as LibreOffice prints them; raises CalledProcessError."""

    def command(folder: Path, source: Path) -> list[str]:
        return [
            *(office() or "soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}"),
            *("--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source)),
        ]

    return _made([xlsx(draft) for draft in drafts], ".xlsx", command)


def word_pdf(files: Sequence[bytes]) -> list[bytes]:
    """Return Word files as LibreOffice prints them, all in one run; raises CalledProcessError."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        sources = [folder / f"{number}.docx" for number in range(len(files))]
        for source, data in zip(sources, files, strict=True):
            source.write_bytes(data)
        command = [
            *(office() or "soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}"),
            *("--headless", "--convert-to", "pdf", "--outdir", str(folder), *map(str, sources)),
        ]
        patience = _PATIENCE * max(1, len(files) // 10)
        subprocess.run(command, check=True, capture_output=True, timeout=patience)
        return [source.with_suffix(".pdf").read_bytes() for source in sources]


def saved_by_office(files: Sequence[bytes], kind: str, saved: str) -> list[bytes]:
    """Return files of a kind (docx, xlsx) as LibreOffice saves them; raises CalledProcessError.

    `saved` is the kind that they become.
    """

    def command(folder: Path, source: Path) -> list[str]:
        return [
            *(office() or "soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}"),
            *("--headless", "--convert-to", saved, "--outdir", str(folder / "saved"), str(source)),
        ]

    return _made(files, f".{kind}", command, f"saved/{{}}.{saved}")


def _made(
    files: Sequence[bytes],
    suffix: str,
    command: Callable[[Path, Path], list[str]],
    result: str = "{}.pdf",
) -> list[bytes]:
    """Return what a program makes of each file; `result` is its path by the file's number."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        made = []
        for number, data in enumerate(files):
            source = folder / f"{number}{suffix}"
            source.write_bytes(data)
            subprocess.run(
                command(folder, source), check=True, capture_output=True, timeout=_PATIENCE
            )
            made.append((folder / result.format(number)).read_bytes())
        return made
