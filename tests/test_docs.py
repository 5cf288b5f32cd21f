"""The documents say what is there: a path, module, name, command or variable they name exists."""

import ast
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import streamlit
import typer.main
from streamlit import config

from cli import app
from form.editions import TABLE_KEYS, all_columns
from loaders import ARCHIVE
from loaders.kinds import readers
from loaders.recogniser.steps import STEPS
from pages.parts.registry import sections
from tests.messages import messages
from tests.sources import PROGRAM, ROOT, program_files

README, CHINESE, CONTRIBUTING = "README.md", "README.zh-CN.md", "CONTRIBUTING.md"
GUIDE, FILES, SETTINGS = "docs/guide.zh-CN.md", "docs/files.md", "docs/settings.md"
COMMANDS = "docs/cli.md"
BESIDES = ("tests", "benchmarks", "sample_reports")

FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)\s]+)\)")
LABEL = re.compile(r"【([^】]+)】")
FILE_NAME = re.compile(r"[\w.-]+(?:/[\w.*-]+)*/?")
# What lies in a person's home folder is in no checkout.
DATA_ENDINGS = (".sqlite", ".log")
ENDINGS = (".py", ".md", ".toml", ".lock", ".json", ".js", ".css", ".pot", ".mako")
DOTTED = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+")
IDENTIFIER = re.compile(r"(?=\w*(?:_|[a-z][A-Z]))[A-Za-z_]\w*")
# Whose machine a document was written on is nobody's business.
MACHINE = re.compile(r"/(?:home|root|tmp|work|opt|Users|mnt|var)/|[A-Z]:\\Users|\.\./shared|127\.0")

OF_THE_SYSTEM = frozenset({"PATH", "PYTHONPATH", "LANG", "SYSTEMROOT", "TEMP", "TMP", "WINDIR"})

Complaints = Iterator[str]


def documents() -> list[str]:
    others = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").glob("*.md"))
    return [README, CHINESE, CONTRIBUTING, "CHANGELOG.md", *others]


@cache
def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def prose(text: str) -> str:
    """A document without its blocks of code."""
    return FENCE.sub("", text)


def spans(text: str) -> list[str]:
    """What stands in backticks within a line."""
    return SPAN.findall(prose(text))


# --- what the source holds ------------------------------------------------------------------------


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse((ROOT / path).read_text(encoding="utf-8"))


@cache
def words_of_source() -> frozenset[str]:
    """Every word that occurs in the source, its configuration or its tests."""
    files = [ROOT / path for path in program_files()]
    files += [path for part in BESIDES for path in (ROOT / part).rglob("*.py")]
    files += [ROOT / "Makefile", ROOT / "pyproject.toml", ROOT / ".streamlit" / "config.toml"]
    texts = (path.read_text(encoding="utf-8") for path in files if path != Path(__file__))
    return frozenset(word for text in texts for word in re.findall(r"\w+", text))


def module_file(parts: tuple[str, ...]) -> Path | None:
    for path in (Path(*parts).with_suffix(".py"), Path(*parts, "__init__.py")):
        if (ROOT / path).is_file():
            return path
    return None


def is_defined(dotted: str) -> bool:
    """Whether a dotted name is a folder, a module, or something that a module defines."""
    parts = tuple(dotted.split("."))
    if (ROOT / Path(*parts)).is_dir():
        return True
    for size in range(len(parts), 0, -1):
        path = module_file(parts[:size])
        if path is not None:
            return has_member(path, parts[size:])
    return False


def has_member(path: Path, names: tuple[str, ...]) -> bool:
    if not names:
        return True
    for node in parsed(path).body:
        if isinstance(node, ast.ImportFrom) and any(
            (alias.asname or alias.name) == names[0] for alias in node.names
        ):
            return is_defined(".".join([node.module or "", *names]))
    found = [node for node in parsed(path).body if names[0] in bound_names(node)]
    return bool(found) and (len(names) == 1 or any(has_attribute(node, names[1]) for node in found))


def bound_names(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return [target.id for target in targets if isinstance(target, ast.Name)]


def has_attribute(node: ast.stmt, name: str) -> bool:
    return isinstance(node, ast.ClassDef) and any(name in bound_names(own) for own in node.body)


@cache
def texts() -> frozenset[str]:
    """Every text of the program that people can meet."""
    return frozenset(message for message, _comments in messages())


@cache
def streamlit_variables() -> frozenset[str]:
    """The variables by which one installation overrides `.streamlit/config.toml`."""
    return frozenset(option.env_var for option in config.get_config_options().values())


# --- what documents name --------------------------------------------------------------------------


def absent_paths(text: str) -> Complaints:
    for span in spans(text):
        named = "/" in span or span.endswith(ENDINGS)
        if named and FILE_NAME.fullmatch(span) and not any(ROOT.glob(span.rstrip("/"))):
            yield f"no such file: {span}"


def absent_names(text: str) -> Complaints:
    for span in spans(text):
        name = span.removesuffix("()")
        if not DOTTED.fullmatch(name) or name.endswith((*ENDINGS, *DATA_ENDINGS)):
            continue
        first = name.split(".")[0]
        if first in TABLE_KEYS:
            if name not in all_columns():
                yield f"no such cell: {span}"
        elif first in (*PROGRAM, *BESIDES) and not is_defined(name):
            yield f"no such module or name: {span}"
        elif first == "st" and not hasattr(streamlit, name.split(".")[1]):
            yield f"not in Streamlit: {span}"


def absent_words(text: str) -> Complaints:
    columns = {name.replace(".", "__") for name in all_columns()}
    known = words_of_source() | columns | streamlit_variables()
    for span in spans(text):
        name = span.removesuffix("()")
        parts = name.split(".") if name[:1].isupper() else [name]
        if any(IDENTIFIER.fullmatch(part) and part not in known for part in parts):
            yield f"in no source: {span}"


def broken_links(text: str, folder: Path = ROOT) -> Complaints:
    for target in LINK.findall(text):
        if "://" not in target and not (folder / target.split("#")[0]).exists():
            yield f"leads nowhere: {target}"


def machine_paths(text: str) -> Complaints:
    yield from (found[0] for found in MACHINE.finditer(text))


def absent_targets(text: str) -> Complaints:
    targets = re.findall(r"^([\w-]+):", read("Makefile"), re.MULTILINE)
    for name in re.findall(r"(?:^|`)make (\w+)", text, re.MULTILINE):
        if name not in targets:
            yield f"no such target: make {name}"


def absent_labels(text: str) -> Complaints:
    for label in LABEL.findall(prose(text)):
        if label not in texts():
            yield f"on no page: {label}"


Rule = Callable[[str], Complaints]
RULES: list[Rule] = [
    absent_paths,
    absent_names,
    absent_words,
    machine_paths,
    absent_targets,
    absent_labels,
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
@pytest.mark.parametrize("name", documents())
def test_documents_keep_the_rule(name: str, rule: Rule) -> None:
    assert list(rule(read(name))) == []


@pytest.mark.parametrize("name", documents())
def test_links_lead_somewhere(name: str) -> None:
    assert list(broken_links(read(name), (ROOT / name).parent)) == []


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (absent_paths, "see `loaders/nothing.py`"),
        (absent_paths, "see `tests/nowhere/`"),
        (absent_paths, "see `pages/*/nothing.py`"),
        (absent_names, "see `loaders.recogniser.guesses`"),
        (absent_names, "see `form.report.Cell.colour`"),
        (absent_names, "see `library.store.Library.forget()`"),
        (absent_names, "see `applications.granted.nobody`"),
        (absent_words, "see `guess_the_number`"),
        (absent_words, "see `GuessedNumber()`"),
        (absent_words, "see `Library.guess_it`"),
        (absent_words, "see `disputes__review__nobody`"),
        (absent_words, "set `STREAMLIT_SERVER_COLOUR`"),
        (absent_names, "see `st.coffee`"),
        (broken_links, "see [there](docs/nothing.md)"),
        (machine_paths, "in `/home/somebody/desk`"),
        (machine_paths, r"in C:\Users\somebody"),
        (absent_targets, "`make coffee`"),
        (absent_targets, "```sh\nmake coffee\n```"),
        (absent_labels, "点【不存在的按钮】"),
    ],
)
def test_a_stale_sentence_is_seen(rule: Rule, text: str) -> None:
    assert list(rule(text))


@pytest.mark.parametrize(
    "text",
    [
        "`form/editions.py`, `tests/browser/`, `docs/*.md`, `requirements.lock`",
        "`loaders.recogniser.placement`, `form.rules.evaluate`, `loaders.ReadError`",
        "`form.report.Cell.candidates`, `library.store.Library.matrix`, `applications.granted.total`",
        '`split_tables`, `CellMatrix`, `--json`, `GridCell("77", row=3)`, `.docx`, `postgresql+x://`',
        "`make test` 【勾稽问题】",
    ],
)
def test_what_exists_is_not_called_stale(text: str) -> None:
    assert [complaint for rule in RULES for complaint in rule(text)] == []


def test_the_readmes_lead_to_each_other() -> None:
    assert f"]({CHINESE})" in read(README)
    assert f"]({README})" in read(CHINESE)


def test_every_page_is_in_the_guide() -> None:
    titles = [entry.title for section in sections() for entry in section.entries]
    assert [title for title in titles if f"【{title}】" not in read(GUIDE)] == []


def test_every_kind_of_file_is_documented() -> None:
    kinds = {reader.KIND for reader in readers()} | {ARCHIVE}
    rows = re.findall(r"^\| [^|]+ \| (`[^|]+`) \|", read(FILES), re.MULTILINE)
    assert sorted(kinds - {kind for row in rows for kind in SPAN.findall(row)}) == []


def test_every_step_of_the_recogniser_is_explained() -> None:
    steps = [step.__name__ for step in STEPS]
    assert [name for name in steps if f"| `{name}` |" not in read("docs/reading.md")] == []


def test_every_document_is_reached_from_the_readmes() -> None:
    linked = {target for name in (README, CHINESE) for target in LINK.findall(read(name))}
    assert [name for name in documents() if name not in linked] == []


def test_the_first_screen_says_shows_and_starts() -> None:
    """What it is, a picture of it and how to start it, within what a screen holds."""
    for name, start in ((README, "make run"), (CHINESE, "streamlit run app.py")):
        lines = read(name).splitlines()
        first = "\n".join(lines[:40])
        assert "![" in first
        assert start in first
        assert len(lines) < 100


# --- environment ----------------------------------------------------------------------------------


def variables(path: Path, tree: ast.Module) -> Iterator[str]:
    """Names of the environment's variables that a module reads; raises where one cannot be told."""
    for node in ast.walk(tree):
        named = _read_variable(node)
        if named is not None:
            yield from _constants(path, tree, named)


def _read_variable(node: ast.AST) -> ast.expr | None:
    if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
        return node.slice
    readers = ("os.environ.get", "os.getenv", "os.environ.pop", "os.environ.setdefault")
    if isinstance(node, ast.Call) and ast.unparse(node.func) in readers:
        return node.args[0]
    return node.value if isinstance(node, ast.keyword) and node.arg == "envvar" else None


def _constants(path: Path, tree: ast.Module, named: ast.expr) -> list[str]:
    """Return the texts that an expression stands for: a text, a constant, or a walk over one."""
    if isinstance(named, ast.Tuple):
        return [text for item in named.elts for text in _constants(path, tree, item)]
    if isinstance(named, ast.Constant):
        return [str(named.value)]
    name = ast.unparse(named)
    for node in ast.walk(tree):
        for walk in getattr(node, "generators", []):
            if ast.unparse(walk.target) == name and any(own is named for own in ast.walk(node)):
                return _constants(path, tree, walk.iter)
        if isinstance(node, ast.ImportFrom) and name in [alias.name for alias in node.names]:
            origin = module_file(tuple((node.module or "").split(".")))
            assert origin is not None, f"{path}: where does {name} come from?"
            return _constants(origin, parsed(origin), named)
    for node in tree.body:
        value = getattr(node, "value", None)
        if name in bound_names(node) and isinstance(value, ast.Constant | ast.Tuple):
            return _constants(path, tree, value)
    raise AssertionError(f"{path}: which variable is {name}?")


def variables_of(files: Iterator[Path]) -> set[str]:
    """What modules read, but for what the system itself sets and a child is only handed."""
    return {name for path in files for name in variables(path, parsed(path))} - OF_THE_SYSTEM


def files_of_tests() -> Iterator[Path]:
    paths = (path for part in BESIDES for path in (ROOT / part).rglob("*.py"))
    return (path.relative_to(ROOT) for path in paths if path != Path(__file__))


def names(document: str, variable: str) -> bool:
    return re.search(rf"`{variable}\b", read(document)) is not None


def test_every_variable_is_documented() -> None:
    known = variables_of(program_files())
    assert {"DISCLOSURE_DESK_HOME", "DATABASE_URL", "DISCLOSURE_DESK_ORIGINALS"} <= known
    assert [name for name in sorted(known) if not names(SETTINGS, name)] == []


def test_variables_of_the_tests_are_documented_for_contributors() -> None:
    own = variables_of(files_of_tests()) - variables_of(program_files())
    assert "REQUIRE_BROWSER" in own
    assert [name for name in sorted(own) if not names(CONTRIBUTING, name)] == []


@pytest.mark.parametrize(
    "source",
    [
        "os.environ['NEW_PLACE']",
        "os.environ.get('NEW_PLACE')",
        "os.getenv('NEW_PLACE', 'x')",
        "PLACE = 'NEW_PLACE'\nos.environ.get(PLACE)",
        "PLACES = ('NEW_PLACE',)\n{place: os.environ[place] for place in PLACES}",
        "typer.Option(envvar='NEW_PLACE')",
    ],
)
def test_a_variable_is_seen(source: str) -> None:
    assert list(variables(Path("x.py"), ast.parse(source))) == ["NEW_PLACE"]


# --- command line ---------------------------------------------------------------------------------


@cache
def commands() -> dict[str, set[str]]:
    """The options of each command, commands and options alike those that are meant for people."""
    group: Any = typer.main.get_command(app)
    found = {
        f"{name} {own}".strip(): command
        for name, known in group.commands.items()
        for own, command in getattr(known, "commands", {"": known}).items()
    }
    return {
        name: {
            option
            for parameter in command.params
            if not getattr(parameter, "hidden", False)
            for option in parameter.opts
            if option.startswith("--") and option != "--help"
        }
        for name, command in found.items()
        if not command.hidden
    }


def section_of(command: str) -> str:
    """The part of its document that begins with a command's usage in bold."""
    found = re.search(
        rf"\*\*`cli\.py {command}\b.*?(?=\n\*\*`|\n## |\Z)", read(COMMANDS), re.DOTALL
    )
    return found[0] if found else ""


@pytest.mark.parametrize("command", sorted(commands()))
def test_every_command_and_option_is_documented(command: str) -> None:
    section = section_of(command)
    usage = section.split("**")[1] if section else ""
    assert section, f"{COMMANDS} says nothing of cli.py {command}"
    assert sorted(commands()[command] - set(re.findall(r"--[\w-]+", usage))) == []


@pytest.mark.parametrize("name", documents())
def test_only_commands_that_exist_are_documented(name: str) -> None:
    used = re.findall(r"(?:python |`)cli\.py (\w+)", read(name))
    assert sorted(set(used) - {name.split()[0] for name in commands()}) == []


@pytest.mark.parametrize("command", sorted(commands()))
def test_only_options_that_exist_are_documented(command: str) -> None:
    usage = section_of(command).split("**")[1]
    assert sorted(set(re.findall(r"--[\w-]+", usage)) - commands()[command]) == []
