"""The maker of synthetic reports: independent of every reader, repeatable, each quirk a change."""

import ast
from pathlib import Path
from random import Random

import pytest

from benchmarks.synthetic.draft import draft
from benchmarks.synthetic.quirks import GROUPS, QUIRKS
from benchmarks.synthetic.render import MAKERS, TEXT_KINDS
from form.editions import EDITION_KEYS
from form.model import EditionKey
from form.report import Cell
from form.rules import evaluate, sums
from tests.sources import PROGRAM, ROOT

CHEAP = (*TEXT_KINDS, "docx", "xlsx", "html", "reportlab.pdf")


def imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    names = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    names |= {a.name for node in ast.walk(tree) if isinstance(node, ast.Import) for a in node.names}
    return {name.split(".")[0] for name in names}


@pytest.mark.parametrize("folder", ["benchmarks/synthetic", "sample_reports"])
def test_the_maker_uses_nothing_of_ours_but_the_form(folder: str) -> None:
    used = {name for path in (ROOT / folder).rglob("*.py") for name in imported(path)}
    assert used & set(PROGRAM) == {"form"}


@pytest.mark.parametrize("edition", EDITION_KEYS)
def test_every_tally_rule_holds(edition: EditionKey) -> None:
    for seed in range(20):
        said = draft(edition, Random(seed)).truth.cells
        cells = {name: Cell(one.value, one.mark) for name, one in said.items()}
        outcomes = [
            *evaluate(cells, sums("applications", edition)),
            *evaluate(cells, sums("disputes", edition)),
        ]
        assert outcomes
        assert all(outcome.holds for outcome in outcomes)


def test_names_are_different() -> None:
    assert len(QUIRKS) == sum(len(group) for group in GROUPS.values())
    assert {kind for quirk in QUIRKS.values() for kind in quirk.kinds} <= MAKERS.keys()


@pytest.mark.parametrize("name", QUIRKS)
def test_a_quirk_changes_what_is_made_and_the_same_seed_makes_the_same(name: str) -> None:
    quirk = QUIRKS[name]
    kind = next((kind for kind in CHEAP if kind in quirk.kinds), None)
    if kind is None:
        pytest.skip("only another program prints this kind")
    edition = quirk.editions[0]
    plain = draft(edition, Random(5))
    one, again = (quirk.apply(draft(edition, Random(5)), Random(6)) for _ in range(2))
    assert MAKERS[kind]([one]) == MAKERS[kind]([again])
    assert (MAKERS[kind]([one]), one.stem) != (MAKERS[kind]([plain]), plain.stem)
