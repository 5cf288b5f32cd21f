"""Readers that do what a hostile file would make one do.

Each does it for so long, or so much, that limits bind it, and gives a report if they do not: so
a test can be told from one that would pass without them.
"""

import ctypes
import os
import subprocess
import sys
import time
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from zipfile import ZipFile

from form.report import Json, Report
from loaders import ReadError, kinds
from loaders.sandbox.child import Found
from loaders.sandbox.limits import Limits
from tests.waiting import HANGS

SMALL = Limits(wall=4, cpu=1, memory=512 << 20, written=1_000_000, open_files=40, answer=1_000_000)
"""Each of them is passed by one of the readers below, and by no honest one."""
_TOO_LONG = 3 * SMALL.wall
"""Seconds: still asleep when a busy computer notices late that the time is over."""
_FOR_GOOD = 2 * HANGS


def answers_never(_data: bytes, _name: str) -> Json:
    time.sleep(_TOO_LONG)
    return {}


def answers_too_much(_data: bytes, _name: str) -> Json:
    return {"said": "x" * (SMALL.answer + 1)}


def honest(data: bytes, name: str) -> Found:
    """What the bytes say: an agency's name."""
    del name
    return "txt", (Report(data.decode(), 2023, {}, {}),)


def throws(data: bytes, name: str) -> Found:
    raise ZeroDivisionError(f"a secret of {data.decode()} in {name}")


def unreadable(_data: bytes, name: str) -> Found:
    raise ReadError("locked", f"{name}加了密码。")


def wraps(data: bytes, name: str) -> Found:
    try:
        return eats(data, name)
    except MemoryError as error:
        raise ReadError("damaged", "文件已损坏。") from error


def hangs(data: bytes, name: str) -> Found:
    time.sleep(_TOO_LONG)
    return honest(data, name)


def ignores(data: bytes, name: str) -> Found:
    """Does not listen when it is told to end."""
    try:
        time.sleep(_TOO_LONG)
    except SystemExit:
        time.sleep(_FOR_GOOD)
    return honest(data, name)


def burns(data: bytes, name: str) -> Found:
    while time.process_time() < SMALL.cpu + 1:
        pass
    return honest(data, name)


def eats(data: bytes, name: str) -> Found:
    bytearray(SMALL.memory)
    return honest(data, name)


def floods(data: bytes, name: str) -> Found:
    while time.process_time() < SMALL.cpu + 1:
        os.write(1, bytes(1 << 16))
        os.write(2, bytes(1 << 16))
    return honest(data, name)


def chats(data: bytes, name: str) -> Found:
    """More than any pipe takes at once, but not for long."""
    print("x" * 1_000_000, flush=True)
    print("x" * 1_000_000, file=sys.stderr, flush=True)
    subprocess.run([sys.executable, "-c", "print('x' * 1_000_000)"], check=True)
    return honest(data, name)


def writes(data: bytes, name: str) -> Found:
    path = Path(data.decode())
    path.write_bytes(bytes(SMALL.written + 1))
    return honest(data, name)


def opens(data: bytes, name: str) -> Found:
    files = [open(os.devnull) for _ in range(SMALL.open_files)]  # noqa: PTH123, SIM115
    for file in files:
        file.close()
    return honest(data, name)


def talks(data: bytes, name: str) -> Found:
    return "x" * SMALL.answer, honest(data, name)[1]


def segfaults(data: bytes, name: str) -> Found:
    ctypes.string_at(0)
    return honest(data, name)


def exits(_data: bytes, _name: str) -> Found:
    os._exit(0)


def leaves(_data: bytes, _name: str) -> Found:
    sys.exit(0)


def dies_once(data: bytes, name: str) -> Found:
    """Counts how often it is tried in a file that the bytes name."""
    path = Path(data.decode())
    with path.open("a") as tries:
        tries.write("x")
    if path.read_text() == "x":
        os._exit(0)
    return honest("甲市".encode(), name)


def dies_always(data: bytes, _name: str) -> Found:
    with Path(data.decode()).open("a") as tries:
        tries.write("x")
    os._exit(0)


def by_pdfplumber(data: bytes, name: str) -> Found:
    """Draws what a PDF draws, line by line."""
    from loaders.pdf import read_with_pdfplumber

    del name
    return read_with_pdfplumber(data).kind, ()


def opens_wide(data: bytes, _name: str) -> Found:
    with ZipFile(BytesIO(data)) as package:
        parts = [package.read(part) for part in package.namelist()]
    return str(len(parts)), ()


def _pipe() -> int:
    """The one thing that a process has kept of what it was given."""
    return next(number for number in range(3, 1_000) if _is_open(number))


def _is_open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


def stammers(data: bytes, name: str) -> Found:
    """Announces a thousand bytes and sends one."""
    os.write(_pipe(), (1_000).to_bytes(4, "big") + b"x")
    return hangs(data, name)


def lies(data: bytes, name: str) -> Found:
    """Announces two gigabytes."""
    os.write(_pipe(), (2**31 - 1).to_bytes(4, "big") + b"x")
    return honest(data, name)


def rambles(data: bytes, name: str) -> Found:
    os.write(_pipe(), (5).to_bytes(4, "big") + b"[[[[[")
    return honest(data, name)


def hangs_up(data: bytes, name: str) -> Found:
    os.close(_pipe())
    time.sleep(_FOR_GOOD)
    return honest(data, name)


def counts_files(_data: bytes, _name: str) -> Found:
    return ",".join(str(number) for number in range(1_000) if _is_open(number)), ()


def says_whether_readers_are_loaded(_data: bytes, _name: str) -> Found:
    return str(kinds.readers.cache_info().currsize), ()


def tells_and_hangs(data: bytes, name: str) -> Found:
    """Writes its number and its parent's into the file that the bytes name."""
    path = Path(data.decode())
    path.with_suffix(".new").write_text(f"{os.getpid()} {os.getppid()}")
    path.with_suffix(".new").rename(path)
    time.sleep(_FOR_GOOD)
    return honest(data, name)


def starts_a_program(data: bytes, _name: str) -> Found:
    """Tells its number like the one above, and has a file that it removes in the end."""
    path = Path(data.decode())
    with NamedTemporaryFile(dir=path.parent):
        program = subprocess.Popen(["sleep", str(_FOR_GOOD)], start_new_session=True)
        try:
            path.write_text(str(program.pid))
            program.wait()
        finally:
            program.kill()
            program.wait()
    return honest(data, "x")
