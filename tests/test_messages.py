"""The catalogue is in step with the source, and every text in it can be looked up."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.messages import TEMPLATE, template
from tests.sources import ROOT, program_files


def unfindable_texts(path: Path, source: str) -> Iterator[str]:
    """Calls of ``_()`` whose text is not one plain string, so that no catalogue can hold it."""
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        if node.func.id == "_" and not is_one_plain_string(node):
            yield f"{path}:{node.lineno}: {ast.unparse(node)}"


def is_one_plain_string(call: ast.Call) -> bool:
    texts = [arg.value for arg in call.args if isinstance(arg, ast.Constant)]
    return len(call.args) == 1 and not call.keywords and len(texts) == 1 and type(texts[0]) is str


def test_template_is_in_step_with_the_source() -> None:
    current = TEMPLATE.read_text(encoding="utf-8") if TEMPLATE.exists() else ""
    assert current == template(), "Texts have changed: run make messages and commit its result."


def test_every_text_can_be_looked_up() -> None:
    found = [
        call
        for path in program_files()
        for call in unfindable_texts(path, (ROOT / path).read_text(encoding="utf-8"))
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "source", ["_(f'共 {n} 件')", "_('共 {n} 件'.format(n=n))", "_(text)", "_('甲' + '乙')", "_()"]
)
def test_an_unfindable_text_is_seen(source: str) -> None:
    assert list(unfindable_texts(Path("x.py"), source))


@pytest.mark.parametrize(
    "source", ["_('共 {n} 件').format(n=n)", "_('甲' '乙')", "for _ in x: y(_)"]
)
def test_a_plain_text_is_accepted(source: str) -> None:
    assert not list(unfindable_texts(Path("x.py"), source))
