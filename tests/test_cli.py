"""The command line: what it prints, what it keeps, and how it ends."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from checks.prose import FACTS_VERSION
from checks.states import basis
from checks.tally import check_report
from cli import app
from desk import files
from desk.facts import KEPT_AS
from library.importing import import_file
from library.store import Library
from loaders.document import Document, Grid, TextBlock
from loaders.evidence import verifying
from sample_reports import FOLDER
from tests.library.made import made_report, reading

REAL = sorted((FOLDER / "real").glob("*.txt"))


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(item) for item in arguments])


def read_json(*files: Path) -> list[dict[str, Any]]:
    result = run("read", *files, "--json")
    assert result.exit_code == 0
    found: list[dict[str, Any]] = json.loads(result.stdout)
    return found


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "library.sqlite"


def test_read_prints_one_object_a_report() -> None:
    found = read_json(*REAL)
    assert [item["file"] for item in found] == [str(path) for path in REAL]
    assert {item["kind"] for item in found} == {"txt"}
    assert {item["year"] for item in found} == {2020}
    assert [len(item["cells"]) for item in found] == [198] * 5
    assert {len(item["sha256"]) for item in found} == {64}


def test_read_names_cells_and_findings_by_their_keys() -> None:
    (path,) = [path for path in REAL if "聊城" in path.name]
    (report,) = read_json(path)
    assert report["agency"] == "聊城市自然资源和规划局"
    assert (report["edition"], report["editions"]["applications"]) == ("2019", "2019")
    cell = report["cells"]["disclosure.government_procurement.amount"]
    assert (cell["value"], cell["unit"], cell["mark"]) == (4156.93, "万元", "number")
    assert cell["raw"] == "4156.93万元"
    assert cell["place"]["line"] > 0
    keys = ("rule", "severity", "column", "left", "right")
    assert [tuple(item[key] for key in keys) for item in report["findings"]] == [
        ("balance", "error", "natural_person", 77, 75),
        ("balance", "error", "research", 3, 2),
        ("balance", "error", "legal_service", 25, 28),
    ]


def test_read_explains_what_does_not_add_up() -> None:
    found = {report["agency"]: report for report in read_json(*REAL)}
    (only,) = found["聊城市自然资源和规划局"]["suspects"]
    received = "applications.new_received"
    assert only["kind"] == "cells"
    assert only["changes"] == {
        f"{received}.natural_person": {"from": 77, "to": 75},
        f"{received}.research": {"from": 3, "to": 2},
        f"{received}.legal_service": {"from": 25, "to": 28},
    }
    assert "自然人 应为 75" in only["because"]
    (missing,) = found["北戴河区自然资源和规划局"]["suspects"]
    assert missing["kind"] == "missing_totals"
    totals = "applications.total_processed"
    assert missing["changes"] == {
        f"{totals}.natural_person": {"from": None, "to": 4},
        f"{totals}.total": {"from": None, "to": 4},
    }
    (moved, *_others) = found["郑州市自然资源和规划局二七分局"]["suspects"]
    assert (moved["kind"], moved["confirmed"]) == ("shift", ["prose"])
    assert moved["changes"]["disputes.review.pending"] == {"from": None, "to": 1}
    assert found["阜新市自然资源局"]["suspects"] == []
    assert not any("suspects_limit" in report for report in found.values())


def test_clean_files_are_read_without_a_solver() -> None:
    (path,) = [path for path in REAL if "阜新" in path.name]
    told = f"import sys; from pathlib import Path; from desk.files import described; described([Path({str(path)!r})]); "
    seen = "print([name for name in sys.modules if name.startswith(('scipy.optimize', 'checks.suspects.s'))])"
    done = subprocess.run(
        [sys.executable, "-c", told + seen], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_read_compares_the_years_of_one_agency_that_are_given_together() -> None:
    years = sorted((FOLDER / "invented").glob("戊市公安局*"))
    found = {report["year"]: report for report in read_json(*years)}
    carried = [item for item in found[2024]["findings"] if item["rule"] == "carry"]
    assert [(item["column"], item["left"], item["right"]) for item in carried] == [
        ("natural_person", 3, 0),
        ("total", 3, 0),
    ]
    assert {item["other_year"] for item in carried} == {2023}
    assert found[2023]["years_missing"]["years"] == [2022]
    assert [year for year in found if "years_missing" in found[year]] == [2023]
    told = run("read", *years).stdout
    assert "2023 年度报告结转下年 3，而 2024 年度报告上年结转 0" in told
    assert "没有 2022 年度报告" in told
    (alone,) = read_json(*(path for path in years if "2024" in path.name))
    assert [item for item in alone["findings"] if item["rule"] == "carry"] == []


def test_read_gives_candidates_of_unknown_cells() -> None:
    (path,) = [path for path in REAL if "郑州" in path.name]
    cells = read_json(path)[0]["cells"]
    assert cells["applications.granted.research"]["candidates"] == [0, None]
    assert cells["applications.granted.total"]["value"] == 19


def test_read_says_why_a_file_holds_no_report(tmp_path: Path) -> None:
    notice, empty = tmp_path / "notice.txt", tmp_path / "empty.pdf"
    notice.write_text("关于放假的通知", "utf-8")
    empty.write_bytes(b"")
    found = read_json(notice, empty, tmp_path / "none.txt")
    assert [item["error"]["code"] for item in found] == ["other_document", "empty", "unreadable"]
    assert all(item["error"]["message"] for item in found)
    assert all(set(item) == {"file", "error"} for item in found)


def test_read_gives_the_files_of_an_archive_under_its_name(tmp_path: Path) -> None:
    path = tmp_path / "2020.zip"
    with ZipFile(path, "w") as archive:
        archive.writestr("下级/通知.txt", "关于放假的通知")
        archive.write(REAL[0], f"下级/{REAL[0].name}")
    notice, report = read_json(path)
    assert (notice["file"], notice["error"]["code"]) == (f"{path}/下级/通知.txt", "other_document")
    assert report["file"] == f"{path}/下级/{REAL[0].name}"
    assert report | {"file": None} == read_json(REAL[0])[0] | {"file": None}


def test_import_keeps_the_files_of_an_archive(library: Path, tmp_path: Path) -> None:
    path = tmp_path / "2020.zip"
    with ZipFile(path, "w") as archive:
        for report in REAL:
            archive.write(report, report.name)
    result = run("import", path, "--library", library)
    assert result.exit_code == 0
    *lines, last = result.stdout.splitlines()
    assert [line.split(": ")[0] for line in lines] == [f"{path}/{report.name}" for report in REAL]
    assert last == "共 5 份：5 份已入库，其中 2 份共 5 处错误。"
    (liaocheng,) = (line for line in lines if "聊城" in line)
    assert liaocheng.endswith("已入库。3 处错误。")


def test_import_takes_a_folder(library: Path, tmp_path: Path) -> None:
    folder = tmp_path / "报送"
    (folder / "2020" / ".git").mkdir(parents=True)
    for place, path in enumerate(REAL):
        target = folder / path.name if place else folder / "2020" / path.name
        target.write_bytes(path.read_bytes())
    (folder / "~$年报.docx").write_bytes(b"")
    (folder / "2020" / ".git" / "config").write_bytes(b"")
    result = run("import", folder, "--library", library)
    lines = result.stdout.splitlines()
    assert result.exit_code == 0
    assert lines[-2] == f"{folder}：处理 5 份文件，跳过 2 个隐藏或临时文件"
    rest, first = sorted(path.name for path in REAL[1:]), REAL[0].name
    assert lines[-1] == "共 5 份：5 份已入库，其中 2 份共 5 处错误。"
    assert [line.split(": ")[0] for line in lines[:-2]] == [
        *(f"{folder}/{name}" for name in rest),
        f"{folder}/2020/{first}",
    ]
    with Library(str(library)) as kept:
        assert set(kept.reports()["file"]) == {*rest, f"2020/{first}"}
    beside = run("import", folder / "gone", *REAL, "--library", library)
    assert (beside.exit_code, beside.stdout.count("同一个文件")) == (1, 5)


def test_import_names_a_disk_that_is_full(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    result = run("import", *REAL, "--library", library)
    assert result.exit_code == 2
    assert f"{library.parent}/originals" in result.stderr
    assert "已满" in result.stderr


def test_read_for_people_is_a_sentence_a_report() -> None:
    lines = run("read", *REAL).stdout.splitlines()
    assert "北戴河区自然资源和规划局，2020 年度，读出 198 格，0 格不确定" in lines[0]
    assert "应填 4" in lines[1]


def test_read_says_why_a_cell_reads_so() -> None:
    (path,) = [path for path in REAL if "聊城" in path.name]
    result = run("read", path, "--why", "applications.unable_not_held.total")
    assert result.exit_code == 0
    assert "7 | 空 | 2 | 空 | 6 | 空 | 【15】" in result.stdout
    joined = run("read", path, "--why", "applications.denied_state_secret.total").stdout
    assert "数字印在行名的下一行，已接回。" in joined
    assert run("read", path, "--why", "applications.nothing.total").exit_code == 2


def test_read_draws_the_grid_it_found(tmp_path: Path) -> None:
    (path,) = (FOLDER / "invented").glob("甲市税务局2023年报.pdf")
    result = run("read", path, "--debug-pictures", tmp_path / "pictures")
    assert result.exit_code == 0
    drawn = sorted(picture.name for picture in (tmp_path / "pictures").iterdir())
    assert drawn == [f"{path.stem}-{page}.png" for page in (1, 2)]


def test_read_verifies_pdfs_with_a_second_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    (path,) = (FOLDER / "invented").glob("甲市税务局2023年报.pdf")
    same = run("read", "--verify", path, REAL[0])
    assert (same.exit_code, same.stdout.splitlines()) == (
        0,
        [f"{path}：两种读法有 0 格不一致", f"{REAL[0]}：不是 PDF，只有一种读法"],
    )
    read = verifying.read_with_pdfplumber
    monkeypatch.setattr(verifying, "read_with_pdfplumber", lambda data: altered(read(data)))
    # Here, where the second reader is altered, and not in a process of its own.
    monkeypatch.setattr(files, "differences_isolated", verifying.differences)
    differing = run("read", "--verify", path)
    assert differing.exit_code == 0
    head, line = differing.stdout.splitlines()
    assert head == f"{path}：两种读法有 1 格不一致"
    assert line.endswith("(applications.new_received.total): 153 / 空")


def altered(document: Document) -> Document:
    """The document with the total of new applications left blank."""

    def blanked(block: TextBlock | Grid) -> TextBlock | Grid:
        if not isinstance(block, Grid):
            return block
        cells = [
            replace(cell, text="") if (cell.text, cell.place.row) == ("153", 4) else cell
            for cell in block.cells
        ]
        return replace(block, cells=tuple(cells))

    return replace(document, blocks=tuple(map(blanked, document.blocks)))


def test_import_check_and_import_again(library: Path, tmp_path: Path) -> None:
    notice = tmp_path / "notice.txt"
    notice.write_text("关于放假的通知", "utf-8")
    first = run("import", *REAL, notice, "--library", library)
    *lines, last = first.stdout.splitlines()
    assert (first.exit_code, len(lines)) == (1, 6)
    assert last == "共 6 份：5 份已入库，其中 2 份共 5 处错误；1 份没读成。"
    again = run("import", *REAL, "--library", library)
    assert again.exit_code == 0
    assert again.stdout.count("同一个文件") == 5

    checked = run("check", "--library", library, "--json")
    assert checked.exit_code == 1
    found = json.loads(checked.stdout)
    assert sorted({(item["agency"], item["rule"]) for item in found}) == [
        ("北戴河区自然资源和规划局", "missing_total"),
        ("聊城市自然资源和规划局", "balance"),
        ("郑州市自然资源和规划局二七分局", "prose_count"),
        ("郑州市自然资源和规划局二七分局", "prose_year"),
        ("郑州市自然资源和规划局二七分局", "section_missing"),
    ]
    assert len(found) == 10


def test_check_says_what_became_of_findings_and_log_lists_it(library: Path) -> None:
    (path,) = [path for path in REAL if "北戴河" in path.name]
    run("import", path, "--library", library)
    before = json.loads(run("check", "--library", library, "--json").stdout)
    assert {item["state"] for item in before} == {"open"}
    with Library(str(library)) as kept:
        report = kept.report(1)
        facts = kept.derived(KEPT_AS, FACTS_VERSION, [1])
        first, second = [item for item in check_report(report) if item.rule == "missing_total"]
        address = first.cells[0]
        kept.log.correct(1, address, str(first.required), report.cells[address], "甲", "漏填")
        again = kept.report(1)
        kept.log.accept(1, second.key, basis(again, second), "备案口径", "乙")
    assert list(facts) == [1]
    checked = run("check", "--library", library, "--json")
    after = {item["message"]: item for item in json.loads(checked.stdout)}
    assert checked.exit_code == 0
    assert after[first.message]["state"] == "corrected"
    assert after[second.message]["state"] == "accepted"
    assert after[second.message]["decision"]["reason"] == "备案口径"
    assert "〔已认可〕" in run("check", "--library", library).stdout

    listed = run("log", "--library", library).stdout.splitlines()
    assert len(listed) == 2
    assert "更正" in listed[0]
    assert "空 → 4 漏填" in listed[0]
    assert "认可" in listed[1]
    assert "缺总计" in listed[1] or "总计" in listed[1]
    entries = json.loads(run("log", "--library", library, "--json").stdout)
    assert [item["action"] for item in entries] == ["correct", "accept"]
    whole = run("log", "--verify", "--library", library)
    assert (whole.exit_code, entries[1]["hash"] in whole.stdout) == (0, True)
    with Library(str(library)) as kept:
        kept.recycle([1], "丙")
        kept.restore([1], "丁")
    *_earlier, thrown, brought_back = run("log", "--library", library).stdout.splitlines()
    assert "丙 移入回收站" in thrown
    assert "丁 恢复" in brought_back
    assert "第 1 版" in brought_back
    assert run("log", "--verify", "--library", library).exit_code == 0
    for change, what in (
        ("UPDATE correction SET figure = 5", "不一致"),
        ("UPDATE report SET chosen = NOT chosen WHERE id = 1", "是否选定为准"),
    ):
        with Library(str(library)) as kept, kept.writing() as connection:
            connection.exec_driver_sql(change)
        spoilt = run("log", "--verify", "--library", library)
        assert (spoilt.exit_code, what in spoilt.stdout) == (1, True)


def test_export_writes_the_workbook_of_a_library(library: Path, tmp_path: Path) -> None:
    out = tmp_path / "汇总.xlsx"
    assert run("export", out, "--library", library).exit_code == 2
    assert not out.exists()
    run("import", *REAL, "--library", library)
    result = run("export", out, "--library", library)
    assert (result.exit_code, "5 份报告" in result.stdout) == (0, True)
    book = load_workbook(out)
    assert book.sheetnames[:2] == ["说明", "汇总"]
    figures = {cell.value for row in book["汇总"].iter_rows() for cell in row}
    assert {105, 22, 15, 5, 4} <= figures
    assert run("export", tmp_path, "--library", library).exit_code == 2


def test_export_takes_states_suspects_and_the_log_along(library: Path, tmp_path: Path) -> None:
    run("import", *REAL, "--library", library)
    with Library(str(library)) as kept:
        (number,) = kept.reports().query("agency.str.contains('聊城')").index
        address = "applications.new_received.natural_person"
        kept.log.correct(number, address, "75", kept.report(number).cells[address], "甲", "笔误")
    out = tmp_path / "汇总.xlsx"
    assert run("export", out, "--library", library).exit_code == 0
    sheets = load_workbook(out).worksheets
    texts = {str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row}
    assert {"笔误", "更正后相符", "待处理"} <= texts
    assert any("科研机构 应为 2" in text for text in texts)


def test_check_ends_with_0_where_nothing_is_wrong(library: Path) -> None:
    (sound,) = [path for path in REAL if "阜新" in path.name]
    assert run("import", sound, "--library", library).exit_code == 0
    result = run("check", "--library", library)
    assert (result.exit_code, result.stdout) == (0, "")


@pytest.mark.parametrize("url", ["nosuch://place", "a_file_that_is_no_library"])
def test_a_library_that_cannot_be_opened_is_bad_use(url: str, tmp_path: Path) -> None:
    wrong = tmp_path / url
    if "://" not in url:
        wrong.write_text("no library", "utf-8")
    result = run("check", "--library", wrong if wrong.exists() else url)
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_bad_use_ends_with_2() -> None:
    assert run("import").exit_code == 2
    assert run("nonsense").exit_code == 2


def test_reread_tells_what_the_readers_of_today_read_otherwise(library: Path) -> None:
    run("import", REAL[0], "--library", library)
    same = run("reread", "--dry-run", "--json", "--library", library)
    assert (same.exit_code, json.loads(same.stdout)) == (0, [])
    with Library(str(library)) as kept, kept.writing() as connection:
        connection.exec_driver_sql("UPDATE report SET applications__new_received__total = 4711")
    found = run("reread", "--dry-run", "--json", "--library", library)
    assert found.exit_code == 1
    (change,) = json.loads(found.stdout)
    assert change["address"] == "applications.new_received.total"
    assert change["old"]["value"] == 4711
    assert change["new"]["raw"] == str(change["new"]["value"])
    said = run("reread", "--dry-run", "--library", library)
    assert "applications.new_received.total" in said.stdout
    assert run("reread", "--dry-run", "--undo", "1", "--library", library).exit_code == 2


def test_reread_lets_the_new_reading_count_and_takes_it_back(library: Path) -> None:
    run("import", REAL[0], "--library", library)
    with Library(str(library)) as kept, kept.writing() as connection:
        connection.exec_driver_sql("UPDATE report SET applications__new_received__total = 4711")
    done = run("reread", "--json", "--who", "checker", "--library", library)
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert (told["run"], told["replaced"]) == (1, [1])
    assert [item["old"]["value"] for item in told["changes"]] == [4711]
    assert run("reread", "--dry-run", "--library", library).exit_code == 0
    assert "checker 重新读取" in run("log", "--library", library).stdout
    assert run("log", "--verify", "--library", library).exit_code == 0
    back = run("reread", "--undo", "1", "--library", library)
    assert (back.exit_code, "1 份年报" in back.stdout) == (0, True)
    assert run("reread", "--dry-run", "--library", library).exit_code == 1
    assert run("reread", "--undo", "1", "--library", library).exit_code == 2
    again = run("reread", "--library", library)
    assert (again.exit_code, "--undo 2" in again.stdout) == (0, True)


def test_reread_of_a_selection_leaves_the_others_alone(library: Path) -> None:
    run("import", REAL[0], REAL[1], "--library", library)
    with Library(str(library)) as kept:
        with kept.writing() as connection:
            connection.exec_driver_sql("UPDATE report SET applications__new_received__total = 4711")
        agencies = kept.reports()["agency"]
        first, second = agencies.loc[1], agencies.loc[2]
    args = ("--agency", first, "--year", "2020", "--json", "--library", library)
    looked = run("reread", "--dry-run", *args)
    assert (looked.exit_code, {item["report_id"] for item in json.loads(looked.stdout)}) == (1, {1})
    told = json.loads(run("reread", *args).stdout)
    assert told["replaced"] == [1]
    left = json.loads(run("reread", "--dry-run", "--json", "--library", library).stdout)
    assert {item["agency"] for item in left} == {second}
    for nobody in (("--agency", "没有的机关"), ("--year", "1999")):
        for command in (("reread", "--dry-run"), ("reread",)):
            none = run(*command, *nobody, "--library", library)
            assert (none.exit_code, "没有这些机构" in none.output) == (2, True)
    assert run("reread", "--undo", "1", "--year", "2020", "--library", library).exit_code == 2


def test_agencies_are_listed_with_their_names_and_what_may_be_one(library: Path) -> None:
    old, new, other = "阜新市国土资源局", "阜新市自然资源局", "阜新市自然资源和规划局"
    with Library(str(library)) as kept:
        for name, year in ((old, 2017), (old, 2018), (new, 2019), (other, 2021)):
            content = reading(made_report(name, year))
            import_file(kept, "年报.txt", f"{name}{year}".encode(), read=lambda *_, c=content: c)
        kept.agencies.link(old, new, "name", "checker")
    result = run("agencies", "--json", "--library", library)
    assert result.exit_code == 0
    first, second = sorted(json.loads(result.stdout), key=lambda item: item["names"][0]["from"])
    (why,) = (item.pop("why") for item in first["proposals"])
    assert "名称相近" in why
    assert first == {
        "agency": new,
        "names": [
            {"name": old, "from": 2017, "to": 2018},
            {"name": new, "from": 2019, "to": None},
        ],
        "aliases": [],
        "kind": "department",
        "level": "prefecture",
        "region": "辽宁省阜新市",
        "statistical_code": "2109",
        "parent": None,
        "predecessors": [],
        "successors": [],
        "unsure": [],
        "proposals": [{"agency": other}],
    }
    assert [item["agency"] for item in second["proposals"]] == [new]
    lines = run("agencies", "--library", library).stdout.splitlines()
    assert f"{new} · 部门 · 地级 · 辽宁省阜新市 · 曾用名 {old}（2017–2018 年度）" in lines
    assert lines[-1].startswith(f"疑似同一机关：{new}，{other}（")


def test_agencies_of_an_empty_library(library: Path) -> None:
    result = run("agencies", "--json", "--library", library)
    assert (result.exit_code, json.loads(result.stdout)) == (0, [])


def test_a_backup_is_restored_elsewhere(library: Path, tmp_path: Path) -> None:
    run("import", *REAL, "--library", library)
    out, new = tmp_path / "备份.zip", tmp_path / "新"
    made = run("backup", out, "--library", library)
    assert (made.exit_code, "5 份年报、5 份原件" in made.stdout) == (0, True)
    done = run("restore", out, "--to", new)
    assert (done.exit_code, "5 份年报、5 份原件" in done.stdout) == (0, True)
    both = [
        run("check", "--json", "--library", url).stdout for url in (library, new / library.name)
    ]
    assert both[0] == both[1]
    again = run("restore", out, "--to", new)
    assert (again.exit_code, again.stdout) == (2, "")
    assert "不是空的" in again.stderr


def test_a_backup_without_an_original_says_so(library: Path, tmp_path: Path) -> None:
    run("import", REAL[0], "--library", library)
    with Library(str(library)) as kept:
        (sha,) = kept.originals.hashes()
        kept.originals.remove(sha)
    made = run("backup", tmp_path / "备份.zip", "--library", library)
    assert made.exit_code == 1
    assert sha in made.stderr


def test_the_blank_form_is_read_back(tmp_path: Path) -> None:
    out = tmp_path / "空白.xlsx"
    assert run("form", out, "--agency", "甲市水务局", "--year", 2024).exit_code == 0
    (report,) = read_json(out)
    assert (report["agency"], report["year"], report["edition"]) == ("甲市水务局", 2024, "2021")
    assert {cell["mark"] for cell in report["cells"].values()} == {"blank"}
    assert run("form", out, "--edition", "2020").exit_code == 2


@pytest.mark.parametrize("ending", ["xlsx", "docx"])
def test_one_report_in_the_official_layout_is_read_back(
    library: Path, tmp_path: Path, ending: str
) -> None:
    (path,) = [path for path in REAL if "聊城" in path.name]
    run("import", path, "--library", library)
    out = tmp_path / f"年报.{ending}"
    asked = ("--agency", "聊城市自然资源和规划局", "--library", library)
    assert run("official", out, "--year", 2020, *asked).exit_code == 0
    (one,), (other,) = read_json(path), read_json(out)
    keys = ("value", "mark", "unit")
    cells = [
        {name: [cell.get(key) for key in keys] for name, cell in report["cells"].items()}
        for report in (one, other)
    ]
    assert cells[0] == cells[1]
    assert run("official", out, "--year", 2021, *asked).exit_code == 2
    assert run("official", tmp_path / "年报.pdf", "--year", 2020, *asked).exit_code == 2
