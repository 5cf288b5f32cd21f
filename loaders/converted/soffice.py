"""LibreOffice as a converter, where it is installed: bytes of one format in, of another out.

Every conversion has a folder and a profile of its own, a time limit and, on Linux, limits of memory
and disk; it runs no macros and follows no links. When it is over, nothing of it is left.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final, Literal

from form.language import _
from loaders import refusals
from loaders.document import ReadError

if sys.platform == "linux":
    import resource

TIME_LIMIT: Final = 25.0
"""Seconds; the first start on a slow computer takes about ten. Whoever reads a file in a process
with a limit of its own must allow more, or nobody is left to end the conversion."""

Part = Literal["Writer", "Calc"]

_PROGRAMS: Final = ("soffice", "libreoffice")
_USUAL_PLACES: Final = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "C:/Program Files (x86)/LibreOffice/program/soffice.exe",
)
_LIBRARIES: Final[dict[Part, str]] = {"Writer": "libswlo.so", "Calc": "libsclo.so"}
_ENVIRONMENT: Final = ("PATH", "LANG", "SYSTEMROOT", "TEMP", "TMP", "WINDIR")
if sys.platform == "linux":
    _LIMITS: Final = {
        resource.RLIMIT_AS: 4 << 30,
        resource.RLIMIT_FSIZE: 200 << 20,
        resource.RLIMIT_CPU: 60,
    }
# LibreOffice is several programs, each started by the one before, and a signal at their starter's
# death (PR_SET_PDEATHSIG) reaches the first alone. So a watcher waits at our end of a pipe: when it
# closes, for we have died however suddenly, it ends the whole group, itself included.
_WATCHED: Final = (
    ()
    if sys.platform == "win32"
    else (
        "/bin/sh",
        "-c",
        'exec 3<&0; "$@" </dev/null 3<&- & ours=$!; { read -r _ <&3; kill -KILL 0; } & wait $ours',
        "watched",
    )
)

_SETTINGS: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def find() -> Path | None:
    """Return the program of LibreOffice, None where it is not installed."""
    found = (shutil.which(name) for name in (*_PROGRAMS, *_USUAL_PLACES))
    return next((Path(path) for path in found if path), None)


def convert(data: bytes, ending: str, target: str, part: Part) -> bytes:
    """Return a document (`ending`: doc, xls, …) in another format (docx, xlsx).

    `part` is what LibreOffice needs for it. Raises ReadError: `converter_missing`,
    `conversion_slow`, or `damaged` where nothing comes out.
    """
    program = find()
    if program is None or not _has(program, part):
        raise _missing(program, part, target)
    with tempfile.TemporaryDirectory(prefix="disclosure-desk-") as name:
        folder = Path(name)
        profile = folder / "profile"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        source = folder / f"document.{ending}"
        source.write_bytes(data)
        _run(program, folder, profile, target, source)
        try:
            return (folder / "out" / f"document.{target}").read_bytes()
        except FileNotFoundError as error:
            raise refusals.damaged() from error


def _has(program: Path, part: Part) -> bool:
    """Say whether a part is installed: Linux packages it apart, elsewhere all come together."""
    folder = program.resolve().parent
    here = {library: (folder / library).exists() for library in _LIBRARIES.values()}
    return here[_LIBRARIES[part]] or not any(here.values())


def _run(program: Path, folder: Path, profile: Path, target: str, source: Path) -> None:
    known = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    process = subprocess.Popen(
        [
            *_WATCHED,
            program,
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--norestore",
            "--nolockcheck",
            "--convert-to",
            target,
            "--outdir",
            folder / "out",
            source,
        ],
        cwd=folder,
        env={**known, "HOME": str(folder)},
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        # A group of its own: what it starts can be ended with it.
        start_new_session=True,
        preexec_fn=_bound if sys.platform == "linux" else None,
    )
    try:
        process.wait(TIME_LIMIT)
    except subprocess.TimeoutExpired as error:
        raise _slow() from error
    finally:
        _end(process)


def _bound() -> None:
    """Bind the new process before it becomes a program, and so all that it starts."""
    for kind, most in _LIMITS.items():
        _soft, hard = resource.getrlimit(kind)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (allowed, allowed))


def _end(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        process.kill()
    else:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def _missing(program: Path | None, part: Part, target: str) -> ReadError:
    what = (
        _("没有安装 LibreOffice")
        if program is None
        else _("安装的 LibreOffice 缺少组件 {part}").format(part=part)
    )
    message = _(
        "这是旧版格式的文件，要经 LibreOffice 转换，而这台电脑{what}。"
        "请安装后再导入，或用 Word、Excel、WPS 打开，另存为 .{target} 再导入。"
    )
    return ReadError("converter_missing", message.format(what=what, target=target))


def _slow() -> ReadError:
    message = _("文件转换超过 {seconds} 秒，没有读取。请用 Word、Excel 或 WPS 另存为新格式再导入。")
    return ReadError("conversion_slow", message.format(seconds=round(TIME_LIMIT)))
