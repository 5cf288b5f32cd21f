"""The project's own source files, for tests that read source instead of running it."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# The program itself, in the order of its arrows; benchmarks, sample reports and tests stand beside it.
PROGRAM = (
    "form",
    "loaders",
    "checks",
    "measures",
    "library",
    "desk",
    "outputs",
    "conformance",
    "pages",
    "app",
    "cli",
)


def program_files() -> Iterator[Path]:
    """Paths, relative to the root, of every module of the program; parts not yet there give none."""
    for part in PROGRAM:
        if (ROOT / f"{part}.py").is_file():
            yield Path(f"{part}.py")
        yield from sorted(path.relative_to(ROOT) for path in (ROOT / part).rglob("*.py"))
