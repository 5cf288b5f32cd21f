"""What is packed for computers without a network: the right wheels of the lock, found by pip alone."""

import hashlib
import importlib.util
import os
import re
import subprocess
import sys
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from zipfile import ZipFile

import pytest

from tests.sources import ROOT

LOCKS = [path.name for path in ROOT.glob("requirements*.lock")]
PIN = re.compile(r"^(\S+)==(\S+)", re.MULTILINE)


@pytest.fixture(scope="module")
def offline() -> ModuleType:
    spec = importlib.util.spec_from_file_location("offline", ROOT / ".ci" / "offline.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pins(lines: Iterable[str]) -> dict[str, str]:
    found = PIN.findall("\n".join(lines))
    assert len(found) == len(dict(found))
    return dict(found)


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_of_a_lock_is_for_some_computer(offline: ModuleType, name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    taken = {
        pin
        for platform in offline.PLATFORMS
        for python in ("3.11", "3.13")
        for pin in pins(offline.wanted(text, platform, python)).items()
    }
    assert taken == set(PIN.findall(text))


def test_markers_are_those_of_the_other_computer(offline: ModuleType) -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    linux, windows = (pins(offline.wanted(text, name, "3.11")) for name in ("linux", "windows"))
    assert set(windows) - set(linux) == {"colorama"}
    assert set(linux) <= set(windows)
    newer = pins(offline.wanted(text, "linux", "3.12"))
    assert newer["numpy"] != linux["numpy"]


def test_all_hashes_of_a_package_go_with_it(offline: ModuleType) -> None:
    lock = "a==1 ; sys_platform == 'win32' \\\n    --hash=sha256:aa\nb==2 \\\n    --hash=sha256:bb \\\n    --hash=sha256:cc\n    # via a\n"
    assert list(offline.wanted(lock, "linux", "3.11")) == [
        "b==2 \\",
        "    --hash=sha256:bb \\",
        "    --hash=sha256:cc",
    ]


def wheel(folder: Path, name: str) -> str:
    """Make the smallest wheel there is and return its hash."""
    path = folder / f"{name}-1-py3-none-any.whl"
    said = {
        f"{name}.py": "",
        f"{name}-1.dist-info/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n",
        f"{name}-1.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    with ZipFile(path, "w") as packed:
        lines = []
        for inner, text in said.items():
            packed.writestr(inner, text)
            digest = urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
            lines.append(f"{inner},sha256={digest},{len(text)}")
        packed.writestr(f"{name}-1.dist-info/RECORD", "\n".join(lines))
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_pip_looks_into_the_folder_and_nowhere_else(
    offline: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program is copied whole, and its lock is installed as the README says, from anywhere."""
    given: list[tuple[str, str]] = []

    def download(_lock: Path, wheels: Path, platform: str, python: str) -> None:
        wheels.mkdir(exist_ok=True)
        given.append((platform, python))

    monkeypatch.setattr(offline, "download", download)
    out = tmp_path / "out"
    offline.pack(out, "requirements.lock", ("linux", "windows"), ("3.11",))
    assert given == [("linux", "3.11"), ("windows", "3.11")]
    assert {"app.py", "Makefile", ".streamlit", "library"} <= {path.name for path in out.iterdir()}
    assert not (out / ".git").exists()
    sha = wheel(out / "wheels", "smallest")
    lock = out / "requirements.lock"
    lock.write_text(offline.OPTIONS + f"smallest==1 --hash=sha256:{sha}\n")
    # An index that would be asked if any were: nobody listens there.
    environment = {**os.environ, "PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_RETRIES": "0"}
    environment.pop("PIP_NO_INDEX", None)
    command = [sys.executable, "-m", "pip", "install", "--require-hashes", "-r", str(lock)]

    def install(to: str) -> int:
        words = [*command, "--target", str(tmp_path / to)]
        return subprocess.run(words, env=environment, cwd=tmp_path, check=False).returncode

    assert install("one") == 0
    assert (tmp_path / "one" / "smallest.py").exists()
    lock.write_text(lock.read_text().removeprefix(offline.OPTIONS))
    assert install("two") != 0


def test_what_is_there_is_not_written_over(offline: ModuleType, tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        offline.pack(tmp_path, "requirements.lock", ("linux",), ("3.11",))
