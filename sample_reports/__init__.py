"""Sample reports in every kind of file, for a first look at the app and for tests.

`real/` carries the figures and the layout of five published reports under prose of our own;
`invented/` holds reports of agencies that do not exist. `make.py` writes both.
"""

from pathlib import Path

FOLDER = Path(__file__).resolve().parent
FOLDERS = ("real", "invented")


def sample_files() -> list[Path]:
    """Return the path of every sample report, real ones first, each folder sorted by name."""
    return [path for name in FOLDERS for path in sorted((FOLDER / name).iterdir())]
