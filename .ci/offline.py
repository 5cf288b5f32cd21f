"""Packs the program with every package it needs, for computers that have no network.

    .venv/bin/python .ci/offline.py desk-offline

writes a folder with the program, a folder `wheels` of the exact packages of the lock, their hashes
checked, and a lock that lets pip look there and nowhere else: the commands of the README then work
as they stand. By itself for Windows and Linux on x86-64, and for Python 3.11 and the Python that
runs this; any computer with a network can pack for both. `--python 3.12` and `--platform` name
others, `--lock requirements-postgres.lock` another lock.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from packaging.markers import Marker

ROOT: Final = Path(__file__).resolve().parent.parent
LEFT_OUT: Final = (
    *(
        ".git",
        ".venv",
        ".lock-tools",
        ".full",
        "__pycache__",
        "*.py[cod]",
        ".*_cache",
        ".hypothesis",
    ),
    *("secrets.toml", "*.sqlite*", "*.egg-info"),
)
OPTIONS: Final = "--no-index\n--find-links wheels\n"
"""A path in a lock is taken from the folder that the lock lies in."""
_REQUIREMENT: Final = re.compile(
    r"^(?P<pin>[^\s;#\\]+==[^\s;\\]+)(?: *; *(?P<marker>[^\\]+?))? *\\?$"
)

# What a marker can ask of a computer, by the platform that pip's wheels are named for.
PLATFORMS: Final[Mapping[str, Mapping[str, str]]] = {
    "linux": {
        "os_name": "posix",
        "sys_platform": "linux",
        "platform_system": "Linux",
        "platform_machine": "x86_64",
    },
    "windows": {
        "os_name": "nt",
        "sys_platform": "win32",
        "platform_system": "Windows",
        "platform_machine": "AMD64",
    },
}
_TAGS: Final[Mapping[str, tuple[str, ...]]] = {
    "linux": (
        *(f"manylinux_2_{minor}_x86_64" for minor in range(28, 4, -1)),
        *("manylinux2014_x86_64", "manylinux2010_x86_64", "manylinux1_x86_64"),
    ),
    "windows": ("win_amd64",),
}


def wanted(lock: str, platform: str, python: str) -> Iterator[str]:
    """Yield the blocks of a lock, hashes included, that a computer needs, without their markers.

    pip itself weighs markers by the computer that it runs on, whatever it downloads for.
    """
    environment = {
        **PLATFORMS[platform],
        "python_version": python,
        "python_full_version": f"{python}.0",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    taken = False
    for line in lock.splitlines():
        found = _REQUIREMENT.match(line)
        if found is not None:
            marker = found["marker"]
            taken = marker is None or Marker(marker).evaluate(environment)
            if taken:
                yield f"{found['pin']} \\"
        elif taken and line.strip() and not line.lstrip().startswith("#"):
            yield line


def download(lock: Path, wheels: Path, platform: str, python: str) -> None:
    """Fetch the wheels of one platform and Python; what is there already is not fetched again."""
    lines = [*wanted(lock.read_text(encoding="utf-8"), platform, python)]
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "wanted.txt"
        listed.write_text("\n".join(lines) + "\n", encoding="utf-8")
        tags = [part for tag in _TAGS[platform] for part in ("--platform", tag)]
        options = ["--no-deps", "--require-hashes", "--only-binary=:all:", "--quiet"]
        options += ["--disable-pip-version-check", "--implementation", "cp", *tags]
        options += ["--python-version", python, "--dest", str(wheels), "--requirement", str(listed)]
        subprocess.run([sys.executable, "-m", "pip", "download", *options], check=True)


def copy_program(out: Path) -> None:
    """Copy what belongs to the program: what Git knows of, or all but what is made by use."""
    listed = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-z"], capture_output=True, check=False
    )
    names = listed.stdout.decode().split("\0")[:-1] if listed.returncode == 0 else []
    if not names:
        shutil.copytree(ROOT, out, ignore=shutil.ignore_patterns(*LEFT_OUT, out.name))
    for name in names:
        target = out / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, target)


def pack(out: Path, lock_name: str, platforms: Iterable[str], pythons: Iterable[str]) -> None:
    """Make the folder; what is needed for tests is not in it."""
    if out.exists():
        sys.exit(f"{out} is there already.")
    copy_program(out)
    lock = out / lock_name
    pairs = [(platform, python) for platform in platforms for python in pythons]
    for platform, python in pairs:
        download(lock, out / "wheels", platform, python)
    # The README and the Makefile install this one.
    main = out / "requirements.lock"
    main.write_text(OPTIONS + lock.read_text(encoding="utf-8"), encoding="utf-8")


def main() -> None:
    """Read the command line and pack."""
    running = f"{sys.version_info.major}.{sys.version_info.minor}"
    reader = argparse.ArgumentParser(
        description="Pack the program for computers without a network."
    )
    reader.add_argument("out", type=Path, help="the folder to make")
    reader.add_argument("--lock", default="requirements.lock")
    reader.add_argument("--platform", action="append", choices=[*PLATFORMS])
    reader.add_argument("--python", action="append", help="3.11, 3.12, ...")
    said = reader.parse_args()
    pythons = said.python or dict.fromkeys(("3.11", running))
    pack(said.out.resolve(), said.lock, said.platform or PLATFORMS, pythons)


if __name__ == "__main__":
    main()
