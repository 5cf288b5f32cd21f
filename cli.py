"""Disclosure Desk without a browser: read, import, check and export annual reports."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from io import TextIOWrapper
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from form.editions import EDITION_KEYS
from form.figures import DASH_SIGN, digits, grouped, mark_words
from form.language import _
from form.today import minute
from form.values import joined_halves
from loaders.document import ReadError

if TYPE_CHECKING:
    from desk.brought import Brought
    from desk.rollups import YearRollup
    from library.folders import Walk
    from library.jobs import Batch
    from library.rereading import Change, Selection
    from library.saving import ImportResult
    from library.store import Library
    from outputs.letters import Draft

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help=_("政府信息公开年报：读取、入库、核对、导出。"),
)

Files = Annotated[list[Path], typer.Argument(metavar="FILE…", help=_("要读取的文件。"))]
LibraryUrl = Annotated[
    str | None,
    typer.Option(
        "--library",
        metavar="URL",
        help=_("资料库：数据库地址或 SQLite 文件路径；默认取 DATABASE_URL，否则用应用的资料库。"),
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help=_("输出 JSON。"))]


@app.command(help=_("读取文件并说出其中的内容，什么也不保存。"))
def read(
    files: Files,
    as_json: AsJson = False,
    why: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help=_("说明这一格的值从原文哪里、怎样读出。")),
    ] = None,
    pictures: Annotated[
        Path | None,
        typer.Option(
            "--debug-pictures",
            metavar="FOLDER",
            help=_("把 PDF 各页连同读出的表格线画成图片，存到这个文件夹。"),
        ),
    ] = None,
    verify: Annotated[
        bool, typer.Option("--verify", help=_("用两种读法各读一遍 PDF，列出不一致的格。"))
    ] = False,
) -> None:
    """Read files and print what they hold, without keeping anything."""
    from desk.files import described

    if pictures is not None:
        for path in files:
            _draw(path, pictures)
    if why is not None or verify:
        for path in files:
            for line in _verified(path) if why is None else _explained(path, why):
                typer.echo(line)
        return
    found = described(files)
    if as_json:
        _echo_json(found)
        return
    for item in found:
        for line in _summary(item):
            typer.echo(line)


def _explained(path: Path, address: str) -> Iterator[str]:
    """Yield the printed line that a cell came from, the cell in 【】, and the steps."""
    from desk.files import explained
    from form.editions import all_columns

    if address not in all_columns():
        raise typer.BadParameter(_("没有这个地址：{address}").format(address=address))
    for name, found in explained(path, address):
        if isinstance(found, ReadError):
            yield f"{name}: {found}"
            continue
        if not found:
            yield _("{file}：没有读出这一格").format(file=name)
        for item in found:
            cell, evidence = item.cell, item.evidence
            printed = [piece.text.strip() or mark_words()["blank"] for piece in evidence.pieces]
            if evidence.at is not None:
                printed[evidence.at] = f"【{printed[evidence.at]}】"
            where = ", ".join(f"{key} {value}" for key, value in cell.place.to_json().items())
            who = (item.agency or _("机关不明"), item.year or _("年度不明"))
            yield f"{name}: {who[0]} {who[1]} {address}"
            value = "" if cell.value is None else f" {digits(cell.value)}"
            yield f"  {cell.mark}{value} ({where})"
            yield f"  {' | '.join(printed)}"
            yield from (f"  {step}" for step in evidence.steps)


def _verified(path: Path) -> Iterator[str]:
    """Yield what the two readers of PDFs read differently in a file, one cell a line."""
    from desk.files import verified
    from form.names import cell_name_in
    from outputs.official_table import shown_text

    for name, found in verified(path):
        if isinstance(found, ReadError):
            yield f"{name}: {found}"
            continue
        if found is None:
            yield _("{file}：不是 PDF，只有一种读法").format(file=name)
            continue
        yield _("{file}：两种读法有 {count} 格不一致").format(file=name, count=grouped(len(found)))
        for item in found:
            both = (item.first, item.second)
            said = [
                cell and (shown_text(item.address, cell) or mark_words()["blank"]) for cell in both
            ]
            cell_name = cell_name_in(item.report, item.address)
            yield f"  {cell_name} ({item.address}): " + " / ".join(
                text or DASH_SIGN for text in said
            )


def _draw(path: Path, folder: Path) -> None:
    """Write a picture of each page that has tables, with the grid that was found."""
    from desk.files import drawn, name_of

    try:
        folder.mkdir(parents=True, exist_ok=True)
        for number, (name, found) in enumerate(drawn(path)):
            if isinstance(found, ReadError):
                typer.echo(f"{name}: {found}", err=True)
                continue
            # Of files in an archive their number tells apart what their names, which are only
            # text, may not.
            stem = path.stem if name == name_of(path) else f"{path.stem}-{number + 1}"
            for page, picture in found:
                (folder / f"{stem}-{page}.png").write_bytes(picture)
    except OSError as error:
        typer.echo(
            _("{folder}：写不进去：{reason}").format(folder=folder, reason=error.strerror), err=True
        )


def _echo_json(data: Any) -> None:
    """Print JSON in UTF-8, whatever the console's encoding."""
    typer.echo(joined_halves(json.dumps(data, ensure_ascii=False, indent=1)).encode())


def _unopened(error: OSError) -> str:
    return _("文件打不开：{reason}").format(reason=error.strerror)


def _summary(item: dict[str, Any]) -> list[str]:
    if "error" in item:
        return [f"{item['file']}: {item['error']['message']}"]
    marks = [cell["mark"] for cell in item["cells"].values()]
    head = _("{file}：{agency}，{year} 年度，读出 {read} 格，{unknown} 格不确定").format(
        file=item["file"],
        agency=item["agency"] or _("机关不明"),
        year=item["year"] or _("不明"),
        read=grouped(len(marks)),
        unknown=grouped(marks.count("unknown")),
    )
    said = [*item["findings"], *([item["years_missing"]] if "years_missing" in item else [])]
    return [head, *(f"  {each['message']}" for each in said)]


@app.command("import", help=_("把文件或文件夹存入资料库，已存入的不会再存；有失败时以 1 退出。"))
def import_files(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FILE…", help=_("要入库的文件；文件夹连同下级文件夹一起入库。")),
    ] = None,
    library: LibraryUrl = None,
    job: Annotated[list[int] | None, typer.Option(hidden=True)] = None,
) -> None:
    """Keep files in the library, several in a transaction; exit 1 if any failed."""
    from desk.judging import judge_new
    from library.importing import run_job
    from library.jobs import Batch

    with _opened(library) as kept:
        for number in job or ():
            run_job(kept, number, after=lambda ids: judge_new(kept, ids))
        if job:
            return
        if not files:
            raise typer.BadParameter(_("请给出要入库的文件。"))
        told, batch = _Told(kept), Batch(kept)
        failed = [
            _import_from(kept, told, batch, where, paths) for where, paths in _by_folder(files)
        ]
        if len(told.results) > 1:
            typer.echo(told.sentence())
    raise typer.Exit(1 if any(failed) else 0)


def _by_folder(paths: list[Path]) -> Iterator[tuple[Path, list[Path] | None]]:
    """Yield each folder with those of its files that are named one after the other, None: all."""
    for (where, is_folder), group in groupby(paths, lambda path: (path.parent, path.is_dir())):
        if is_folder:
            yield from ((path, None) for path in group)
        else:
            yield where, list(group)


def _import_from(
    kept: Library, told: _Told, batch: Batch, where: Path, paths: list[Path] | None
) -> bool:
    """Import files of a folder, or all of them, and say what became of each; True if any failed."""
    from library.folders import Walk
    from library.importing import import_files
    from library.rows import storable

    walk = Walk(where)
    found = walk.files() if paths is None else ((path.name, path) for path in paths)
    contents = ((name, _bytes_or_reason(path)) for name, path in found)
    taken, failed = 0, False
    for name, result in import_files(kept, contents, after=told.judge, batch=batch):
        typer.echo(storable(f"{where / name}: {result.message}{told.verdict(result)}"))
        told.results.append(result)
        failed |= result.state == "failed"
        taken += 1
    if paths is None:
        typer.echo(storable(_walked(walk, taken)))
        unopened = _("{folder}：文件夹打不开，其中的文件没有入库")
        for name in walk.unreadable:
            typer.echo(storable(unopened.format(folder=where / name)))
    return failed or bool(walk.unreadable)


class _Told:
    """What imported files come to, looked up group by group."""

    def __init__(self, kept: Library) -> None:
        self.results: list[ImportResult] = []
        self._kept = kept
        self._of: Callable[[Iterable[ImportResult]], tuple[Brought, ...]] = lambda _results: ()

    def judge(self, ids: Sequence[int]) -> None:
        """Judge reports that have just come in, and look at them."""
        from desk.judging import judge_new

        judge_new(self._kept, ids)
        self.look(ids)

    def look(self, ids: Sequence[int]) -> None:
        """Look up what is said about some reports."""
        from desk.brought import brought, judged_of

        names = {name for name in self._kept.whose(ids).values() if name is not None}
        listed, judged = self._kept.reports(sorted(names)), judged_of(self._kept, ids)
        self._of = lambda results: brought(
            listed, judged, ((item.state, item.report_ids) for item in results)
        )

    def verdict(self, result: ImportResult) -> str:
        """Return what a file that was kept comes to, as a sentence."""
        from desk.brought import KEPT, verdict_words

        words = (verdict_words(file) for file in self._of([result]) if file.outcome in KEPT)
        return "".join(_("，").join(said) + _("。") for said in words if said)

    def sentence(self) -> str:
        """Return what all `results` come to in a sentence."""
        from desk.brought import batch_sentence

        self.look([number for result in self.results for number in result.report_ids])
        return batch_sentence(self._of(self.results)) + _("。")


def _walked(walk: Walk, taken: int) -> str:
    sentence = _("{folder}：处理 {n} 份文件，跳过 {skipped} 个隐藏或临时文件")
    return sentence.format(folder=walk.folder, n=taken, skipped=len(walk.skipped))


def _bytes_or_reason(path: Path) -> bytes | str:
    from loaders import package, refusals

    try:
        if path.stat().st_size > package.MAX_BYTES:  # more than any archive may hold
            return refusals.too_many_bytes(package.MAX_BYTES).message
        return path.read_bytes()
    except OSError as error:
        return _unopened(error)


@app.command(
    help=_("把各机构某一年度的表相加成汇总表，与上级政府印发的逐格比对；没有报告时以 2 退出。")
)
def rollup(
    year: Annotated[int, typer.Option(metavar="YEAR", help=_("哪一年度的报告。"))],
    out: Annotated[
        Path | None, typer.Argument(metavar="OUT.xlsx", help=_("要写的工作簿。"))
    ] = None,
    scope: Annotated[
        Literal["own", "all"],
        typer.Option(help=_("范围：own 只计本级，all 连同所属地区。")),
    ] = "all",
    parent: Annotated[
        str | None,
        typer.Option(metavar="NAME", help=_("与哪个政府印发的报告比对；默认按名册和名称认定。")),
    ] = None,
    library: LibraryUrl = None,
    as_json: AsJson = False,
) -> None:
    """Add up a year's reports and hold the sums against the parent's; exit 2 where there are none."""
    from desk.rollups import rolled_up
    from measures.rollup.telling import to_json
    from measures.rollup.wording import headline, not_compared, own_sums, who_is_in

    if out is None and not as_json:
        raise typer.BadParameter(_("请给出要写的工作簿，或用 --json。"))
    with _opened(library) as kept:
        found = rolled_up(kept, year, scope, parent)
    data = _rollup_workbook(found) if out is not None and not found.is_empty else b""
    if as_json:
        _echo_json(to_json(found.rollups))
    if found.is_empty:
        typer.echo(_("{year} 年度没有可以相加的报告。").format(year=year), err=True)
        raise typer.Exit(2)
    if out is not None:
        try:
            out.write_bytes(data)
        except OSError as error:
            typer.echo(f"{out}: {_unopened(error)}", err=True)
            raise typer.Exit(2) from error
    for item in () if as_json else found.rollups:
        typer.echo(f"{out}: {headline(item)}")
        for line in filter(None, (who_is_in(item), own_sums(item), not_compared(item))):
            typer.echo(f"  {line}")


def _rollup_workbook(found: YearRollup) -> bytes:
    from outputs.rollup import About, rollup_workbook
    from outputs.workbook import app_version

    return rollup_workbook(found.rollups, About(found.changed_at, app_version()))


@app.command(help=_("写出一个年度的考评表：名次、每一分的依据、分值。没有名册时以 2 退出。"))
def score(
    out: Annotated[Path, typer.Argument(metavar="OUT.xlsx", help=_("要写的工作簿。"))],
    year: Annotated[int, typer.Option(metavar="YEAR", help=_("哪一年度的报告。"))],
    library: LibraryUrl = None,
) -> None:
    """Write the score sheet of a year's roster; exit 2 where nobody owes a report on it."""
    from desk.desk import Desk
    from desk.scoring import score_sheet
    from form.today import today
    from outputs.score_file import headline, score_workbook

    with _opened(library) as kept:
        sheet = score_sheet(kept, Desk(kept).settled(), year, today())
    if not sheet.scored:
        typer.echo(_("{year} 年度名册上没有应报的机构。").format(year=year), err=True)
        raise typer.Exit(2)
    try:
        out.write_bytes(score_workbook(sheet))
    except OSError as error:
        typer.echo(f"{out}: {_unopened(error)}", err=True)
        raise typer.Exit(2) from error
    typer.echo(f"{out}: {headline(sheet)}")


@app.command(help=_("核对计入统计的每份报告；有错误时以 1 退出。"))
def check(library: LibraryUrl = None, as_json: AsJson = False) -> None:
    """Check every report that counts; exit 1 where there are errors."""
    from desk.desk import Desk

    with _opened(library) as kept:
        state = Desk(kept).settled()
    who: dict[Any, dict[Any, Any]] = state.counted[["agency", "year"]].to_dict("index")
    judged = state.judged
    found = [(who[report_id], item) for report_id, items in judged.items() for item in items]
    if as_json:
        _echo_json([{**whose, **item.to_json()} for whose, item in found])
    else:
        for whose, item in found:
            named = "" if item.state == "open" else f"〔{item.state_name}〕"
            typer.echo(f"{whose['agency']} {whose['year']}: {named}{item.finding.message}")
    left = any(item.finding.is_error and not item.is_settled for _whose, item in found)
    raise typer.Exit(1 if left else 0)


@app.command(
    help=_(
        "用现在的读法重读原件，读法不同的换成新的读数，逐格列出不同之处；归属和更正记录不变。"
        "带 --dry-run 只列不改，有不同时以 1 退出。"
    )
)
def reread(
    library: LibraryUrl = None,
    as_json: AsJson = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=_("只列出会变的，什么也不改。"))
    ] = False,
    undo: Annotated[
        int | None,
        typer.Option(
            metavar="RUN", min=1, help=_("撤回编号为 RUN 的一次重新读取，整次恢复原读数。")
        ),
    ] = None,
    who: Annotated[
        str | None, typer.Option(metavar="NAME", help=_("操作记录里写的经办人。"))
    ] = None,
    agency: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help=_("只重读这个机构的年报；可以写几次。")),
    ] = None,
    year: Annotated[
        list[int] | None,
        typer.Option(metavar="YEAR", help=_("只重读这一年度的年报；可以写几次。")),
    ] = None,
    run: Annotated[list[int] | None, typer.Option(hidden=True)] = None,
) -> None:
    """Read the originals again; list what differs, and let it count unless it is a dry run."""
    from desk.rereading import go_on
    from library.rereading import Selection

    chosen = Selection(tuple(agency or ()), tuple(year or ()))
    if dry_run and undo is not None:
        raise typer.BadParameter(_("--dry-run 和 --undo 不能一起用。"))
    if undo is not None and not chosen.is_all:
        raise typer.BadParameter(_("--undo 总是撤回整次重读，不能和 --agency、--year 一起用。"))
    if run:
        with _opened(library) as kept:
            go_on(kept, run)
    elif undo is not None:
        _undo_run(library, undo, who, as_json=as_json)
    else:
        _reread(library, who, chosen, dry=dry_run, as_json=as_json)


def _reread(
    library: str | None, who: str | None, chosen: Selection, *, dry: bool, as_json: bool
) -> None:
    from desk.rereading import change_line, looked, read_again, reread_words

    changes: list[Change] = []
    replaced: list[int] = []
    files, run = 0, None
    with _opened(library) as kept:
        for item in looked(kept, chosen) if dry else read_again(kept, who, chosen):
            files, run = files + 1, item.run
            changes += item.changes
            replaced += item.replaced
            for change in () if as_json else item.changes:
                typer.echo(change_line(change))
            # How many have been read, for whoever waits.
            if sys.stderr.isatty():
                typer.echo(f"\r{grouped(files)}", err=True, nl=False)
    told = [change.to_json() for change in changes]
    if as_json:
        _echo_json(told if dry else {"run": run, "replaced": replaced, "changes": told})
    else:
        for line in reread_words(files, changes, replaced, run):
            typer.echo(line)
    raise typer.Exit(1 if dry and changes else 0)


def _undo_run(library: str | None, run: int, who: str | None, *, as_json: bool) -> None:
    from desk.rereading import undone_words
    from library.replacing import undo_run

    with _opened(library) as kept:
        restored = undo_run(kept, run, who)
    if as_json:
        _echo_json({"run": run, "restored": restored})
    else:
        typer.echo(undone_words(run, restored))


@app.command(hidden=True)
def judge() -> None:
    """Judge what is asked for on standard input, line by line: for `desk.worker.Beside`."""
    from desk.worker import serve

    with _opened(None) as kept:
        serve(kept, sys.stdin, sys.stdout)


@app.command(help=_("把计入统计的报告写成汇总工作簿；没有报告时以 2 退出。"))
def export(
    out: Annotated[Path, typer.Argument(metavar="OUT.xlsx", help=_("要写的工作簿。"))],
    library: LibraryUrl = None,
) -> None:
    """Write the summary workbook of all reports that count; exit 2 where there are none."""
    from desk.desk import Desk
    from outputs.workbook import Decided, selection_sentence, workbook_of

    with _opened(library) as kept:
        desk = Desk(kept)
        state = desk.settled()
        chosen = state.counted
        if chosen.empty:
            typer.echo(_("资料库里没有计入统计的报告。"), err=True)
            raise typer.Exit(2)
        decided = Decided(state.judged, desk.suspects, kept.log.frame())
        data = workbook_of(chosen, kept.report, state.open_findings, decided)
    _write_out(out, data)
    typer.echo(f"{out}: {selection_sentence(chosen)}")


@app.command(help=_("写一份空白的法定表样（Excel），填写时不符的格变红，填好可直接入库。"))
def form(
    out: Annotated[Path, typer.Argument(metavar="OUT.xlsx", help=_("要写的工作簿。"))],
    edition: Annotated[
        str, typer.Option(metavar="EDITION", help=_("表样：2021 或 2019。"))
    ] = EDITION_KEYS[-1],
    agency: Annotated[str | None, typer.Option(metavar="NAME", help=_("单位名称。"))] = None,
    year: Annotated[int | None, typer.Option(metavar="YEAR", help=_("年度。"))] = None,
) -> None:
    """Write the blank form of an edition with live checks."""
    from outputs.official import blank_workbook

    chosen = next((key for key in EDITION_KEYS if key == edition), None)
    if chosen is None:
        raise typer.BadParameter(_("没有这个表样：{edition}").format(edition=edition))
    _write_out(out, blank_workbook(chosen, agency, year))
    typer.echo(_("{file}：{edition} 年版空白表样").format(file=out, edition=chosen))


@app.command(help=_("把一份年报按法定表样写成 Excel 或 Word 文件；没有这份年报时以 2 退出。"))
def official(
    out: Annotated[
        Path, typer.Argument(metavar="OUT", help=_("要写的文件，以 .xlsx 或 .docx 结尾。"))
    ],
    agency: Annotated[str, typer.Option(metavar="NAME", help=_("单位名称。"))],
    year: Annotated[int, typer.Option(metavar="YEAR", help=_("年度。"))],
    library: LibraryUrl = None,
) -> None:
    """Write the report that counts for an agency's year in the official layout."""
    from outputs.official import WRITERS

    writer = WRITERS.get(out.suffix.lower())
    if writer is None:
        raise typer.BadParameter(_("文件名要以 .xlsx 或 .docx 结尾。"))
    with _opened(library) as kept:
        reports = kept.reports()
        its = (reports["agency"] == agency) & (reports["year"] == year) & reports["counts"]
        found = reports[its.fillna(False).astype(bool)]
        if found.empty:
            said = _("资料库里没有 {agency} {year} 年计入统计的年报。")
            typer.echo(said.format(agency=agency, year=year), err=True)
            raise typer.Exit(2)
        number, line = int(found.index[0]), found.iloc[0]
        data = writer(kept.report(number), line["imported_at"].to_pydatetime())
    _write_out(out, data)
    typer.echo(_("{file}：{agency} {year} 年年报").format(file=out, agency=agency, year=year))


def _write_out(out: Path, data: bytes) -> None:
    """Write a file; what stands in the way is said, with exit 2."""
    try:
        out.write_bytes(data)
    except OSError as error:
        typer.echo(f"{out}: {_unopened(error)}", err=True)
        raise typer.Exit(2) from error


@app.command(
    help=_(
        "写出函件草稿：一年里每家有错误的机关一份核验意见，或名册上还没报的一份催报函，装成一个 ZIP。"
        "不记作已发；没有可写的时以 1 退出。"
    )
)
def letters(
    out: Annotated[Path, typer.Argument(metavar="OUT.zip", help=_("要写的 ZIP。"))],
    year: Annotated[int, typer.Option(metavar="YEAR", help=_("哪一年度的报告。"))],
    library: LibraryUrl = None,
    kind: Annotated[
        str, typer.Option(metavar="KIND", help=_("check：核验意见；remind：催报函。"))
    ] = "check",
    agency: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help=_("只写给这个机关；可以写几次。")),
    ] = None,
    due: Annotated[
        str | None,
        typer.Option(metavar="DATE", help=_("请对方在哪一天以前回复，如 2026-02-10。")),
    ] = None,
    questions: Annotated[
        bool, typer.Option("--questions", help=_("核验意见里也写不算错误、请一并说明的问题。"))
    ] = False,
) -> None:
    """Write drafts of letters into a ZIP; exit 1 where there is nobody to write to."""
    from form.today import today
    from outputs.letters import TemplateError, document, letter_name, zipped

    if kind not in ("check", "remind"):
        raise typer.BadParameter(_("--kind 只能是 check 或 remind。"))
    by = None if due is None else _day(due)
    with _opened(library) as kept:
        if kind == "check":
            drafts = list(_check_drafts(kept, year, agency or [], by, questions=questions))
        else:
            drafts = list(_remind_drafts(kept, year, agency or [], by))
        template = kept.office.template(kind)
    if not drafts:
        typer.echo(_("没有要写函的机关。"), err=True)
        raise typer.Exit(1)
    try:
        files = [
            (letter_name(item.kind, name, year, today()), document(item, template))
            for name, item in drafts
        ]
        out.write_bytes(zipped(files))
    except TemplateError as error:
        typer.echo(error.message, err=True)
        raise typer.Exit(2) from error
    except OSError as error:
        typer.echo(f"{out}: {_unopened(error)}", err=True)
        raise typer.Exit(2) from error
    typer.echo(_("{file}：{n} 份函件").format(file=out, n=grouped(len(files))))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(_("日期要写成 2026-02-10 这样。")) from error


def _check_drafts(
    kept: Library, year: int, agencies: list[str], due: date | None, *, questions: bool
) -> Iterator[tuple[str, Draft]]:
    """Yield a letter about each report of a year with errors that no letter covers yet."""
    from desk.desk import Desk
    from desk.letters import letters_now, received_days, to_write
    from form.today import today
    from outputs.letters import Head, check_draft, sender_of

    desk = Desk(kept)
    state = desk.settled()
    sent = letters_now(state, kept.letters.all(), today(), received_days(kept, state))
    wanted = {*map(kept.agencies.registry().agency, agencies)}
    for item in to_write(state, year, sent):
        if not item.is_due or (wanted and item.agency not in wanted):
            continue
        count = 1 if item.last is None else item.last.letter.round + 1
        sender = sender_of(kept.office.settings)
        head = Head(item.agency, year, today(), due, "", sender, count, item.version)
        report, suspects = kept.report(item.report_id), desk.suspects(item.report_id)
        yield item.agency, check_draft(head, report, item.asked, suspects, with_questions=questions)


def _remind_drafts(
    kept: Library, year: int, agencies: list[str], due: date | None
) -> Iterator[tuple[str, Draft]]:
    """Yield a reminder to each organ that owes a report on a year."""
    from desk.desk import Desk
    from desk.letters import due_day, to_remind
    from form.today import today
    from outputs.letters import Head, remind_draft, sender_of

    state = Desk(kept).settled()
    for name in to_remind(kept, state, year, agencies):
        head = Head(name, year, today(), due, "", sender_of(kept.office.settings))
        yield name, remind_draft(head, due_day(state, name, year))


@app.command(help=_("把整个资料库连同原件备份成一个文件；应用可以照常使用。"))
def backup(
    out: Annotated[Path, typer.Argument(metavar="OUT.zip", help=_("要写的备份文件。"))],
    library: LibraryUrl = None,
) -> None:
    """Back the whole library up while it may be in use; exit 1 where originals are lost in it."""
    from library.backups.kept import make

    with _opened(library) as kept:
        found = make(kept, out, _counted)
    said = _("{file}：已备份 {n} 份年报、{files} 份原件，截至 {when}，资料库第 {revision} 次改动。")
    typer.echo(
        said.format(
            file=out,
            n=grouped(found.reports),
            files=grouped(found.originals),
            when=minute(datetime.fromisoformat(found.made_at)),
            revision=found.revision,
        )
    )
    for sha in found.missing:
        typer.echo(_("原件或函件已丢失或损坏，不在备份里：{sha}").format(sha=sha), err=True)
    raise typer.Exit(1 if found.missing else 0)


@app.command(help=_("把备份恢复到一个新的文件夹；校验全部无误才会写成。"))
def restore(
    source: Annotated[Path, typer.Argument(metavar="IN.zip", help=_("备份文件。"))],
    to: Annotated[Path, typer.Option("--to", metavar="FOLDER", help=_("新的或空的文件夹。"))],
    library: Annotated[
        str | None,
        typer.Option(
            "--library",
            metavar="URL",
            help=_("备份来自 PostgreSQL 时：一个空的数据库的地址。"),
        ),
    ] = None,
) -> None:
    """Make a home folder of a backup; exit 2 where it cannot be, and then nothing is written."""
    from library.backups.restoring import restore
    from library.errors import LibraryError

    try:
        done = restore(source, to, library, _counted)
    except LibraryError as error:
        typer.echo(error.message, err=True)
        raise typer.Exit(2) from error
    found = done.manifest
    said = _(
        "{folder}：已恢复 {n} 份年报、{files} 份原件，备份于 {when}，资料库第 {revision} 次改动；校验值全部相符。"
    )
    typer.echo(
        said.format(
            folder=done.folder,
            n=grouped(found.reports),
            files=grouped(found.originals),
            when=minute(datetime.fromisoformat(found.made_at)),
            revision=found.revision,
        )
    )
    if found.missing:
        lost = _("备份时就已丢失的原件有 {n} 份。")
        typer.echo(lost.format(n=grouped(len(found.missing))))
    typer.echo(_("数据库：{url}").format(url=done.url))
    typer.echo(_("要用它，请把 DISCLOSURE_DESK_HOME 设为这个文件夹。"))


def _counted(done: int, every: int) -> None:
    """Say how far it is, for whoever waits."""
    if sys.stderr.isatty():
        typer.echo(f"\r{grouped(done)} / {grouped(every)} ", err=True, nl=False)


@app.command(help=_("列出各机关：名称、类别、层级、地区、沿革，以及疑似同一机关的。"))
def agencies(library: LibraryUrl = None, as_json: AsJson = False) -> None:
    """List the agencies of the library, and which of them may be one."""
    from form.agencies.telling import agency_line, agency_to_json

    with _opened(library) as kept:
        known, proposed = kept.agencies.all(), kept.agencies.proposals()
    if as_json:
        _echo_json([agency_to_json(item, proposed) for item in known])
        return
    for item in known:
        typer.echo(agency_line(item))
    for pair in proposed:
        sentence = _("疑似同一机关：{one}，{other}（{why}）")
        typer.echo(sentence.format(one=pair.other, other=pair.agency, why=pair.why))


roster_app = typer.Typer(no_args_is_help=True, help=_("名册：谁该报年报，从哪一年到哪一年。"))
app.add_typer(roster_app, name="roster")


@roster_app.command(
    "import",
    help=_(
        "从表格或文本导入一年的名册；名称对不上的只列出，不猜；有没办的行时以 1 退出。"
        "资料库里还没有任何机构时，各行照原样列入。"
    ),
)
def import_roster(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=_("名册：xlsx、csv 或文本。"))],
    year: Annotated[
        int | None, typer.Option(metavar="YEAR", help=_("名册的年度；默认是去年。"))
    ] = None,
    library: LibraryUrl = None,
    add_new: Annotated[
        bool, typer.Option("--add-new", help=_("没有近似名称的，作为新机构列入。"))
    ] = False,
    drop_missing: Annotated[
        bool, typer.Option("--drop-missing", help=_("文件里没有的，从这一年度起不再应报。"))
    ] = False,
    reason: Annotated[
        str, typer.Option(metavar="TEXT", help=_("增减的理由；行内写了理由的以行内为准。"))
    ] = "",
    who: Annotated[
        str | None, typer.Option(metavar="NAME", help=_("操作记录里写的经办人。"))
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Import a year's roster; what is not clear is listed and left; exit 1 where something is."""
    from desk.rosters import carry_out, lines_of_file, plan_words, planned
    from form.roster_plan import plan_to_json
    from form.today import today

    named = today().year - 1 if year is None else year
    try:
        data = file.read_bytes()
    except OSError as error:
        typer.echo(f"{file}: {_unopened(error)}", err=True)
        raise typer.Exit(2) from error
    with _opened(library) as kept:
        lines = lines_of_file(file.name, data)
        found = planned(kept, lines, named)
        if add_new:
            alone = (item for item in found.those("asked") if not item.candidates)
            found = planned(kept, lines, named, {i.line.name: i.line.name for i in alone})
        drop = [row.agency for row in found.absent] if drop_missing else []
        why = reason or _("导入 {file}").format(file=file.name)
        changed = carry_out(kept, found, who, why, drop)
    left = (*found.those("asked", "refused"), *(() if drop_missing else found.absent))
    if as_json:
        _echo_json({**plan_to_json(found), "changed": changed, "unknown_headings": lines.unknown})
    else:
        for line in plan_words(found, changed, lines.unknown, drop):
            typer.echo(line)
    raise typer.Exit(1 if left else 0)


@roster_app.command("export", help=_("把名册写成表格，改好以后可以再导入；名册空着时是一份空表。"))
def export_roster(
    out: Annotated[Path, typer.Argument(metavar="OUT.xlsx", help=_("要写的表格。"))],
    year: Annotated[
        int | None, typer.Option(metavar="YEAR", help=_("只写这一年度应报的；默认全部。"))
    ] = None,
    library: LibraryUrl = None,
) -> None:
    """Write the roster as a workbook that can be imported again; the template where it is empty."""
    from outputs.roster_file import roster_workbook

    with _opened(library) as kept:
        roster = kept.roster.now()
    rows = roster.rows if year is None else roster.due(year)
    try:
        out.write_bytes(roster_workbook(rows))
    except OSError as error:
        typer.echo(f"{out}: {_unopened(error)}", err=True)
        raise typer.Exit(2) from error
    typer.echo(_("{file}：名册 {n} 家").format(file=out, n=grouped(len(rows))))


@app.command(help=_("列出更正、认可等操作记录；查验记录是否被改动过，有问题时以 1 退出。"))
def log(
    library: LibraryUrl = None,
    as_json: AsJson = False,
    verify: Annotated[bool, typer.Option("--verify", help=_("只查验记录是否完整。"))] = False,
) -> None:
    """List what people decided, or see that nobody has tampered with it; then exit 1."""
    from checks.catalogue import kinds
    from form.exchange import decision_to_json
    from library.log_frame import log_lines

    with _opened(library) as kept:
        problems = kept.log.verify() if verify else ()
        entries = () if problems else kept.log.entries()
        editions = kept.log.editions(entries)
    if verify:
        for problem in problems:
            typer.echo(problem.message)
        if not problems:
            last = entries[-1].hash if entries else DASH_SIGN
            sentence = _("{n} 条操作记录完整无缺，最后一条的校验值为 {hash}")
            typer.echo(sentence.format(n=grouped(len(entries)), hash=last))
        raise typer.Exit(1 if problems else 0)
    if as_json:
        _echo_json([{**decision_to_json(item), "hash": item.hash} for item in entries])
        return
    for line in log_lines(entries, {code: kind.name for code, kind in kinds().items()}, editions):
        typer.echo(line)


@contextmanager
def _opened(url: str | None) -> Iterator[Library]:
    """Give the library at `url`; what it cannot do is said in a sentence, with exit 2."""
    from library.errors import LibraryError
    from library.store import Library

    try:
        with Library(url) as kept:
            yield kept
    except LibraryError as error:
        typer.echo(error.message, err=True)
        raise typer.Exit(2) from error


if __name__ == "__main__":
    # A console of another encoding shows a question mark rather than nothing at all.
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    app()
