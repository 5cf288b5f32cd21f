"""Who may import whom, and what nobody may do. The layout is written down here once, as data."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.sources import PROGRAM, ROOT, program_files

BELOW_PAGES = {
    "form",
    "loaders",
    "checks",
    "measures",
    "library",
    "desk",
    "outputs",
    "conformance",
}

# part of the program → the other parts it may import
MAY_IMPORT: dict[str, set[str]] = {
    "form": set(),
    "loaders": {"form"},
    "checks": {"form"},
    "measures": {"form"},
    "library": {"form", "loaders"},
    "desk": {"form", "loaders", "checks", "measures", "library"},
    "outputs": {"form", "checks", "measures"},
    "conformance": {"form", "checks"},
    "pages": BELOW_PAGES,
    "app": BELOW_PAGES | {"pages"},
    "cli": BELOW_PAGES,
}

# module → the only places (a folder, or a module of that name) that may import it
ONLY_IN: dict[str, tuple[str, ...]] = {
    "streamlit": ("app", "pages"),
    "plotly": ("outputs/charts",),
    "sqlalchemy": ("library",),
    "alembic": ("library",),
    "sqlite3": ("library",),
    "pypdfium2": ("loaders",),
    "pdfplumber": ("loaders",),
}

# (part, what it may use) → the only places in the part that may: in library/ only importing sets
# the readers to work, in desk/ only what looks into files that nobody keeps; the suite knows our
# own checks by its adapter alone.
ONLY_WITHIN: dict[tuple[str, str], tuple[str, ...]] = {
    ("library", "loaders"): ("library/importing",),
    ("desk", "loaders"): ("desk/files",),
    ("conformance", "checks"): ("conformance/adapter",),
}

# They run code that the data brings along.
PICKLES = {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "shelve", "marshal"}
PICKLING_METHODS = {"read_pickle", "to_pickle"}


def stands_in(path: Path, places: tuple[str, ...]) -> bool:
    """Whether ``path`` is one of the places or lies within one: charts.py and charts/bars.py alike."""
    own = path.with_suffix("").as_posix()
    return any(own == place or own.startswith(f"{place}/") for place in places)


def imported(path: Path, tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and dotted name of every module imported anywhere in a file, lazily or not."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            # parents[0] is the file's own package, which one leading dot means
            base = path.parents[node.level - 1].parts if node.level else ()
            yield node.lineno, ".".join([*base, *filter(None, [node.module])])


def broken_arrows(path: Path, tree: ast.Module) -> Iterator[str]:
    part = path.with_suffix("").parts[0]
    for line, name in imported(path, tree):
        top = name.split(".")[0]
        if top in PROGRAM and top != part and top not in MAY_IMPORT[part]:
            yield f"{path}:{line}: {part} may not use {top}"
        within = ONLY_WITHIN.get((part, top))
        if within and not stands_in(path, within):
            yield f"{path}:{line}: in {part} only {' and '.join(within)} may use {top}"


def misplaced_tools(path: Path, tree: ast.Module) -> Iterator[str]:
    for line, name in imported(path, tree):
        places = ONLY_IN.get(name.split(".")[0])
        if places and not stands_in(path, places):
            yield f"{path}:{line}: {name} belongs to {' and '.join(places)}"


def pickles(path: Path, tree: ast.Module) -> Iterator[str]:
    for line, name in imported(path, tree):
        if name.split(".")[0] in PICKLES:
            yield f"{path}:{line}: {name}"
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in PICKLING_METHODS:
            yield f"{path}:{node.lineno}: {node.attr}"


def unsafe_html(path: Path, tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg == "unsafe_allow_html":
            yield f"{path}:{node.value.lineno}: unsafe_allow_html"


Rule = Callable[[Path, ast.Module], Iterator[str]]
RULES: list[Rule] = [broken_arrows, misplaced_tools, pickles, unsafe_html]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_program_keeps_the_rule(rule: Rule) -> None:
    found = [
        sentence
        for path in program_files()
        for sentence in rule(path, ast.parse((ROOT / path).read_text(encoding="utf-8")))
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("rule", "path", "source"),
    [
        (broken_arrows, "form/rules.py", "import checks.tally"),
        (broken_arrows, "checks/tally.py", "def f():\n    from library import frames"),
        (broken_arrows, "outputs/workbook.py", "from library.frames import frames"),
        (broken_arrows, "library/store.py", "from loaders import read"),
        (broken_arrows, "library/store.py", "from desk.desk import Desk"),
        (broken_arrows, "outputs/workbook/cover.py", "from desk.desk import Desk"),
        (broken_arrows, "desk/desk.py", "from loaders import read"),
        (broken_arrows, "conformance/reading.py", "from checks.tally import check_report"),
        (broken_arrows, "checks/tally.py", "from conformance import cases"),
        (broken_arrows, "pages/reports/one.py", "import app"),
        (misplaced_tools, "cli.py", "import streamlit as st"),
        (misplaced_tools, "outputs/charts_and_more.py", "import plotly.graph_objects as go"),
        (misplaced_tools, "pages/reports/one.py", "import sqlite3"),
        (misplaced_tools, "measures/trends.py", "from sqlalchemy import select"),
        (pickles, "loaders/sandbox/child.py", "import pickle"),
        (pickles, "library/frames.py", "import pandas as pd\npd.read_pickle('x')"),
        (unsafe_html, "pages/parts/table.py", "st.markdown('<b>', unsafe_allow_html=True)"),
        (unsafe_html, "pages/parts/table.py", "st.markdown('<b>', unsafe_allow_html=flag)"),
    ],
)
def test_a_breach_is_seen(rule: Rule, path: str, source: str) -> None:
    assert list(rule(Path(path), ast.parse(source)))


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("checks/suspects.py", "from form import rules\nfrom checks.tally import evaluate"),
        ("checks/suspects.py", "from .tally import evaluate"),
        ("library/importing.py", "from loaders import read\nimport sqlalchemy as sa"),
        ("library/importing/batch.py", "from loaders import read"),
        ("conformance/adapter.py", "from checks.tally import check_report"),
        ("outputs/charts.py", "import plotly.graph_objects as go"),
        ("outputs/charts/bars.py", "import plotly.graph_objects as go"),
        ("pages/reports/one.py", "import streamlit as st\nfrom pages.parts import picker"),
        ("cli.py", "import typer\nfrom library import store"),
    ],
)
def test_what_is_allowed_is_not_called_a_breach(path: str, source: str) -> None:
    tree = ast.parse(source)
    assert [sentence for rule in RULES for sentence in rule(Path(path), tree)] == []


def test_pages_holds_only_folders() -> None:
    # A file directly under pages/ runs without app.py, so without sign-in, when it is asked for first.
    pages = ROOT / "pages"
    assert [path.name for path in pages.glob("*") if path.is_file()] == []


def test_catalogues_do_not_hide_the_standard_library() -> None:
    # Without this file Python's own locale module comes before the folder locale/.
    assert not (ROOT / "locale" / "__init__.py").exists()
