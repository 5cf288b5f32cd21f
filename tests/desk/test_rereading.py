"""Reading again without a browser: what is judged after it, and the words for what it did."""

from dataclasses import replace

import pytest

from desk import rereading
from desk.kept import kept_texts
from desk.rereading import Done, change_line, go_on, looked, read_again, reread_words, undone_words
from form.figures import mark_words
from form.report import Cell
from library import runs
from library.importing import READER, import_file, read_file
from library.rereading import EVERYTHING, Change
from library.store import Library
from sample_reports import FOLDER
from tests.worse import worse_reader

PLACE = "applications.new_received.total"
CHANGE = Change(7, "甲局", 2021, PLACE, Cell(3, "number", "3").to_json(), None, "why", 4, 5)


@pytest.fixture
def old(library: Library) -> Library:
    """Two reports as a worse reader of an older version reads them."""
    for path in sorted((FOLDER / "real").iterdir())[:2]:
        import_file(library, path.name, path.read_bytes(), read=worse_reader(read_file, 1))
    return library


def test_what_is_looked_at_is_what_then_counts(old: Library) -> None:
    seen = list(looked(old, EVERYTHING))
    assert [(item.replaced, item.run) for item in seen] == [((), None)] * 2
    done = list(read_again(old, "checker", EVERYTHING))
    assert [item.changes for item in done] == [tuple(item.changes) for item in seen]
    assert [(item.replaced, item.run) for item in done] == [((1,), 1), ((2,), 1)]
    assert runs.readers(old) == {READER: 2}


@pytest.mark.parametrize("at_once", [1, 2, 32])
def test_what_a_run_of_the_app_brings_is_judged(
    old: Library, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rereading, "_JUDGED_AT_ONCE", at_once)
    number = runs.create(old, "checker", EVERYTHING, dry=False)
    assert not kept_texts(old, [1, 2])
    go_on(old, [number])
    assert kept_texts(old, [1, 2]).keys() == {1, 2}
    assert runs.readers(old) == {READER: 2}
    assert runs.get(old, number).finished_at is not None


def test_each_change_is_a_line() -> None:
    assert change_line(CHANGE) == f"甲局 2021 #7 {PLACE}: 3 → —（why；读法 4 → 5）"
    unsure = replace(CHANGE, new=Cell(None, "unknown", "").to_json(), reader_from=None)
    assert f"3 → {mark_words()['blank']} [unknown None]（why；读法 — → 5）" in change_line(unsure)
    prose = replace(CHANGE, address="prose.1", old="一二三", new="一")
    assert "3 字 → 1 字" in change_line(prose)
    notes = replace(CHANGE, address="notes", old=[], new=[{}])
    assert "0 条 → 1 条" in change_line(notes)
    left = replace(CHANGE, agency=None, address=None)
    assert change_line(left) == "机关不明 2021 #7：保持不变：why"


def test_a_run_is_told_in_sentences() -> None:
    done = Done([CHANGE, CHANGE], (7,), 3)
    first, second = reread_words(5, done.changes, done.replaced, done.run)
    assert first == "重读 5 份文件，有 2 处不同，涉及 1 份年报"
    assert second.endswith("--undo 3")
    assert len(list(reread_words(5, [], [], None))) == 1
    assert undone_words(3, [7, 8]).startswith("已撤回第 3 次重新读取，2 份年报")
