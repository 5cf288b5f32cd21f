"""Only `form.figures` makes text of figures: no other file of the program has a hand of its own."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.sources import ROOT, program_files

HAND = Path("form/figures.py")

# file → why it may write numbers itself: none of them is a figure for people
REASONS: dict[str, str] = {
    "loaders/opendocument/ods.py": "reads: says what an office program shows in a cell",
    "loaders/xlsx/styles.py": "reads: says what an office program shows in a cell",
    "loaders/xlsx/formats.py": "reads: says what an office program shows in a cell",
    "library/schema.py": "stores: an exact amount as SQLite's text",
    "outputs/table_css.py": "style sheet: sizes",
    "outputs/table_html.py": "style sheet: widths of columns",
    "pages/parts/appearance.py": "style sheet: sizes",
    "loaders/docx/numbering.py": "reads: the numbers of a list as they are printed",
    "outputs/charts/frame.py": "pixels",
    "outputs/charts/scale.py": "places on an axis",
    "pages/parts/time_left.py": "seconds and minutes still to wait, said to be about so many",
    "pages/upload/limits.py": "a setting in seconds",
}
# The parts that speak to people; the others hold sentences too, but turn nothing into text.
SPEAKING = ("checks", "measures", "outputs", "pages", "cli.py")

# A date begins with %, and what only says how wide and where a text stands has none of these.
NUMERIC_SPEC = re.compile(r"(?!%)\S*[,._eEfFgGn%][eEfFgGn%]?|[-+ ]|[-+ ]?0?\d*d|0\d+")
# What is counted follows its number; 第 {n} 处 is a name, not a figure.
COUNTED = re.compile(r"(?P<name>第 ?|)\{(?P<place>\w+)\} ?(?=[份家处格条件项种个字句])")
HANDS = {"grouped", "quoted", "printed", "written", "said", "text", "signed"}
D3_SETTINGS = {"tickformat", "hoverformat", "texttemplate", "valueformat"}
FORMATTING_COLUMNS = {"NumberColumn", "ProgressColumn", "metric"}
RAW = {"value", "amount"}


def name_of(node: ast.expr) -> str:
    """The last part of what is called: text for SHARE.text."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def texts_in(node: ast.AST) -> list[str]:
    return [
        part.value
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    ]


def formats(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield specs for numbers: in f-strings, in texts that are filled in, given to format()."""
    for node in ast.walk(tree):
        specs: list[str] = []
        if isinstance(node, ast.FormattedValue) and node.format_spec is not None:
            specs = texts_in(node.format_spec)
        elif isinstance(node, ast.Call) and name_of(node.func) == "format":
            if isinstance(node.func, ast.Attribute):
                filled = texts_in(node.func.value)
                specs = [spec for text in filled for spec in re.findall(r"\{\w*:([^{}]+)\}", text)]
            else:
                specs = texts_in(node)
        yield from ((node.lineno, spec) for spec in specs if NUMERIC_SPEC.fullmatch(spec))


def percent_signs(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.BinOp) and isinstance(node.left, ast.Constant)
        if is_text and isinstance(node.op, ast.Mod) and texts_in(node.left):
            yield node.lineno, "%"


def rounding(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name_of(node.func) in ("round", "quantize", "to_string"):
            yield node.lineno, name_of(node.func)


def foreign_hands(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield formats that are left to plotly, Streamlit or a spreadsheet."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and node.value in D3_SETTINGS:
            yield node.lineno, str(node.value)
        elif isinstance(node, ast.keyword) and node.arg in D3_SETTINGS:
            yield node.value.lineno, str(node.arg)
        elif isinstance(node, ast.Call) and name_of(node.func) in FORMATTING_COLUMNS:
            yield node.lineno, name_of(node.func)
        elif isinstance(node, ast.keyword | ast.Assign):
            targets = [node.arg] if isinstance(node, ast.keyword) else map(name_of, node.targets)
            if "number_format" in targets and texts_in(node.value) not in ([], ["General"]):
                yield node.value.lineno, "number_format"


def counts(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield what is counted in a sentence and did not go through the one hand."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        if node.func.attr != "format":
            continue
        told = [match for text in texts_in(node.func.value) for match in COUNTED.finditer(text)]
        counted = {match["place"] for match in told if not match["name"]}
        for given in node.keywords:
            by_hand = isinstance(given.value, ast.Call) and name_of(given.value.func) in HANDS
            is_text = isinstance(given.value, ast.Name) and given.value.id in ("number", "said")
            if given.arg in counted and not by_hand and not is_text:
                yield given.value.lineno, ast.unparse(given.value)


def raw_values(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield the numbers of cells that are made text by Python itself."""
    for node in ast.walk(tree):
        made: list[ast.expr] = []
        if isinstance(node, ast.FormattedValue):
            made = [node.value]
        elif isinstance(node, ast.Call) and name_of(node.func) == "format":
            made = [given.value for given in node.keywords]
        elif isinstance(node, ast.Call) and name_of(node.func) == "str":
            made = node.args
        for value in made:
            if isinstance(value, ast.Attribute) and value.attr in RAW:
                yield value.lineno, ast.unparse(value)


Rule = Callable[[ast.AST], Iterator[tuple[int, str]]]
EVERYWHERE: list[Rule] = [formats, percent_signs, foreign_hands]
WHERE_PEOPLE_READ: list[Rule] = [rounding, counts, raw_values]


def breaches(path: Path) -> list[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    rules = EVERYWHERE + (WHERE_PEOPLE_READ if path.parts[0] in SPEAKING else [])
    return [f"{path}:{line}: {found}" for rule in rules for line, found in rule(tree)]


def test_no_other_file_writes_figures() -> None:
    files = [path for path in program_files() if path != HAND and str(path) not in REASONS]
    found = [breach for path in files for breach in breaches(path)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("path", REASONS)
def test_every_exception_is_still_needed(path: str) -> None:
    assert breaches(Path(path)), f"{path} no longer writes numbers: {REASONS[path]}"


@pytest.mark.parametrize(
    ("rule", "source"),
    [
        (formats, 'f"{value:,}"'),
        (formats, 'f"{value:,.4f}"'),
        (formats, 'f"{value:.1%}"'),
        (formats, 'f"{value:,.{places}f}"'),
        (formats, 'f"{value:+d}"'),
        (formats, '_("{sign}{n:.1f} 个百分点").format(n=1)'),
        (formats, 'format(value, ",f")'),
        (percent_signs, '"%.1f" % value'),
        (rounding, "round(share * 100)"),
        (rounding, "frame.to_string()"),
        (foreign_hands, '{"tickformat": ",.0f"}'),
        (foreign_hands, "figure.update_xaxes(hoverformat='.1%')"),
        (foreign_hands, "st.column_config.NumberColumn(format='%.1f')"),
        (foreign_hands, "cell.number_format = f'General\" {unit}\"'"),
        (foreign_hands, "Style('x', number_format='0.0%')"),
        (counts, '_("{n} 份报告").format(n=len(reports))'),
        (counts, '_("共{n}件").format(n=total)'),
        (counts, '(_("左边多 {n} 件") if a else _("左边少 {n} 件")).format(n=abs(gap))'),
        (raw_values, 'f"{cell.value} 件"'),
        (raw_values, "str(cell.value)"),
        (raw_values, '_("应为 {n}").format(n=cell.value)'),
    ],
)
def test_a_hand_of_its_own_is_seen(rule: Rule, source: str) -> None:
    assert list(rule(ast.parse(source)))


@pytest.mark.parametrize(
    "source",
    [
        'f"{moment:%Y-%m-%d %H:%M}"',
        'f"{name:<20}（{unit}）"',
        '_("{n} 份报告").format(n=grouped(len(reports)))',
        '_("第 {n} 处").format(n=number)',
        '_("{year} 年").format(year=2020)',
        "cell.number_format = AMOUNT.number_format(value, unit)",
        'number_format: str = "General"',
        "quoted(cell.value, cell.unit)",
    ],
)
def test_what_is_no_figure_is_let_be(source: str) -> None:
    tree = ast.parse(source)
    rules = (*EVERYWHERE, *WHERE_PEOPLE_READ)
    assert [found for rule in rules for found in rule(tree)] == []
