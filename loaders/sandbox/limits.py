"""What reading one file may cost, and the sentence for each limit that was reached."""

from __future__ import annotations

import errno
import signal
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from form.language import _
from loaders.document import ReadError

if sys.platform != "win32":
    import resource


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one file: `wall` and `cpu` in seconds, `open_files` a number, the rest in bytes.

    The defaults are many times what the slowest real report takes. `answer` is what may come out.
    All but `wall` and `answer` are the system's (`setrlimit`): Windows has none of them, macOS all
    but `memory`.
    """

    wall: float = 30
    cpu: int = 60
    memory: int = 1 << 30
    written: int = 50_000_000
    open_files: int = 64
    answer: int = 20_000_000


LIMITS: Final = Limits()


def impose(limits: Limits) -> None:
    """Bind this process for good; who reads a file needs no more.

    The soft limits are lowered and the hard ones left: a converter that the reader starts has
    limits of its own.
    """
    if sys.platform == "win32":
        return
    bounds = {
        resource.RLIMIT_CPU: limits.cpu,
        resource.RLIMIT_FSIZE: limits.written,
        resource.RLIMIT_NOFILE: limits.open_files,
        resource.RLIMIT_CORE: 0,
    }
    if sys.platform == "linux":
        bounds[resource.RLIMIT_AS] = limits.memory
    for kind, bound in bounds.items():
        _soft, hard = resource.getrlimit(kind)
        soft = bound if hard == resource.RLIM_INFINITY else min(bound, hard)
        resource.setrlimit(kind, (soft, hard))


def too_long(limits: Limits) -> ReadError:
    """The file took too long by the clock."""
    return _stopped("time", _("读取超过 {limit} 秒").format(limit=round(limits.wall, 1)))


def cpu(limits: Limits) -> ReadError:
    """The file took too long by the processor."""
    return _stopped("cpu", _("计算超过 {limit} 秒").format(limit=limits.cpu))


def memory(limits: Limits) -> ReadError:
    """The file asked for too much memory."""
    return _stopped("memory", _("占用内存超过 {limit} MB").format(limit=limits.memory >> 20))


def written(limits: Limits) -> ReadError:
    """Reading wrote a larger file than any report needs."""
    return _stopped(
        "written", _("写出的临时文件超过 {limit} MB").format(limit=limits.written // 1_000_000)
    )


def open_files(limits: Limits) -> ReadError:
    """Reading opened more files than any report needs."""
    return _stopped(
        "open_files", _("同时打开的文件超过 {limit} 个").format(limit=limits.open_files)
    )


def answer(limits: Limits) -> ReadError:
    """More came out of the file than any report holds."""
    return _stopped(
        "answer", _("读出的内容超过 {limit} MB").format(limit=limits.answer // 1_000_000)
    )


def crashed(id: str) -> ReadError:
    """The process that read the file died, and again when it was tried a second time."""
    return _stopped("crashed", _("读取程序两次意外中止（错误编号 {number}）").format(number=id), id)


def by_error(error: BaseException, limits: Limits) -> ReadError | None:
    """Return the limit that made a reader raise this error, None where none did."""
    if isinstance(error, MemoryError):
        return memory(limits)
    if isinstance(error, OSError) and (found := _BY_ERRNO.get(error.errno or 0)):
        return found(limits)
    # A reader may have made a sentence of its own of it.
    return by_error(error.__cause__, limits) if error.__cause__ else None


def by_exit_code(code: int | None, limits: Limits) -> ReadError | None:
    """Return the limit that made the system end a process, None where none did."""
    if sys.platform != "win32" and code == -signal.SIGXCPU:
        return cpu(limits)
    return None


_BY_ERRNO: Final[Mapping[int, Callable[[Limits], ReadError]]] = {
    errno.ENOMEM: memory,
    errno.EFBIG: written,
    errno.EMFILE: open_files,
}


def _stopped(code: str, what: str, id: str | None = None) -> ReadError:
    message = _("{what}，已经停止，没有读取。请检查文件是否正常，重新导出或另存后再导入。")
    return ReadError(code, message.format(what=what), id)
