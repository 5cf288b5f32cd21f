"""The speed benchmark runs, and its figures say what they claim; how large they are is not tested."""

import pytest

from benchmarks.speed.__main__ import main
from benchmarks.speed.files import KINDS, OFFICE_KINDS, File, files, imports
from benchmarks.speed.importer import NotImportedError, files_a_second, memory
from benchmarks.speed.pairs import Comparison, Pair, compare
from benchmarks.speed.rivals import RIVALS, Rival
from benchmarks.synthetic.render import ending
from loaders import read

SEED = "1"


def test_a_line_is_printed_for_each_kind_and_rival(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--seed", SEED, "--files", "1", "--kinds", "tabs.txt", "docx", "--imports", "0"])
    lines = capsys.readouterr().out.splitlines()[3:]
    assert [line.split()[0] for line in lines] == ["tabs.txt", "docx", "docx"]
    assert [rival.name in line for rival, line in zip(RIVALS["docx"], lines[1:], strict=True)]


def test_every_kind_has_a_rival() -> None:
    assert {ending(kind) for kind in (*KINDS, *OFFICE_KINDS)} <= RIVALS.keys()


@pytest.mark.parametrize("kind", ["docx", "xlsx", "html", "reportlab.pdf", "tabs.txt"])
def test_every_rival_takes_something_out_of_what_we_read(kind: str) -> None:
    (file,) = files(kind, 1, SEED)
    assert read(file.data, file.name)[0].cells
    for rival in RIVALS[ending(kind)]:
        found = rival.parse(file.data)
        assert found is not None
        assert len(found)  # type: ignore[arg-type]


def test_whole_reading_takes_longer_than_its_part_and_than_nothing() -> None:
    made = files("tabs.txt", 6, SEED)
    found = compare("tabs.txt", made[1:], made[:1], Rival("nothing", len, 1.0))
    assert len(found.pairs) == 5
    assert sum(pair.whole > pair.document for pair in found.pairs) > 2
    assert found.ratio > 1
    assert found.is_met is False


def test_figures_of_pairs() -> None:
    pairs = tuple(Pair(whole, 1.0, 2.0) for whole in (2.0, 3.0, 4.0, 6.0, 100.0))
    found = Comparison("x", Rival("y", len, 2.0), pairs)
    assert found.ratio == 2.0
    assert found.spread == (1.5, 3.0)
    assert found.is_met is True
    assert Comparison("x", Rival("y", len), pairs[:1]).spread == (1.0, 1.0)
    assert Comparison("x", Rival("y", len), pairs).is_met is None


def test_the_same_seed_gives_the_same_files_and_every_import_is_another_report() -> None:
    assert files("docx", 1, SEED) == files("docx", 1, SEED)
    made = list(imports(8, SEED))
    found = [read(file.data, file.name)[0] for file in made]
    assert len({report.agency for report in found} - {None}) == 8


def test_the_importer_keeps_every_file_while_its_memory_is_read() -> None:
    made = list(imports(2, SEED))
    assert files_a_second(made, 2) > 0
    assert [at.files for at in memory(made, [1, 2])] == [1, 2]


def test_figures_of_files_that_are_not_kept_are_no_figures() -> None:
    with pytest.raises(NotImportedError, match="x"):
        files_a_second([File("x.txt", b"no report")], 1)
