"""What a person sees in the cells of OpenDocument files, packed and flat."""

from __future__ import annotations

from typing import Final

import pytest

from loaders import kinds
from loaders.document import Piece
from loaders.opendocument import ods, odt
from loaders.recogniser.seen import is_hidden, seen
from tests.loaders.forms import only_grid
from tests.loaders.opendocument.test_opendocument import (
    CALC,
    DRAWING,
    SPACES,
    TYPES,
    cell,
    package,
    row,
    sheet_of,
    value,
)

STYLES: Final = "".join(
    f'<style:style style:name="{name}" style:family="text"'
    f' style:parent-style-name="{parent}"><style:text-properties {properties}/></style:style>'
    for name, parent, properties in (
        ("old", "", 'style:text-line-through-style="solid"'),
        ("older", "old", ""),
        ("mark", "", 'style:text-position="super 58%"'),
        ("gone", "", 'text:display="none"'),
        ("tiny", "", 'fo:font-size="1pt"'),
        ("white", "", 'fo:color="#ffffff" fo:background-color="#ffffff"'),
        ("red", "", 'fo:color="#ff0000" fo:background-color="#ffffff"'),
        ("plain", "", 'style:text-line-through-style="none" style:text-position="0% 100%"'),
    )
)


def read(content: str, kind: str):
    """The second cell of a table, as a text or a sheet has it."""
    own = f"<table:table-cell><text:p>{content}</text:p></table:table-cell>"
    table = sheet_of(row(cell("许可"), own))
    reader, name = (odt, "text") if kind == "odt" else (ods, "spreadsheet")
    return only_grid(reader.read(package(name, table, STYLES))).cells[1]


@pytest.mark.parametrize("kind", ["odt", "ods"])
@pytest.mark.parametrize(
    ("content", "text", "doubt"),
    [
        ('<text:span text:style-name="old">12</text:span>4', "4", None),
        ('<text:span text:style-name="older">12</text:span>4', "4", None),
        ('4<text:span text:style-name="mark">1</text:span>', "4", None),
        ('<text:span text:style-name="gone">12</text:span>4', "4", None),
        ('<text:span text:style-name="old">12</text:span>', "", ("12", "")),
        ('<text:span text:style-name="tiny">12</text:span>4', "4", None),
        ('<text:span text:style-name="white">12</text:span>4', "4", None),
        ('<text:hidden-paragraph text:is-hidden="true"/>12</text:p><text:p>4', "4", None),
        ('<draw:control draw:control="c1"/>', "", ()),
        ("<draw:object><math><mn>25</mn></math></draw:object>", "", ()),
        ("<draw:frame><draw:image/></draw:frame>", "", ()),
    ],
)
def test_what_does_not_count(
    kind: str, content: str, text: str, doubt: tuple[str, ...] | None
) -> None:
    found = seen(read(content, kind).pieces)
    assert (found.text, found.doubt) == (text, doubt)


@pytest.mark.parametrize("kind", ["odt", "ods"])
@pytest.mark.parametrize(
    ("content", "text"),
    [
        ('<text:span text:style-name="plain">12</text:span>4', "124"),
        ('<text:span text:style-name="red">12</text:span>4', "124"),
        ('<text:hidden-paragraph text:is-hidden="false"/>124', "124"),
        ('<text:variable-set text:display="none">12</text:variable-set>4', "4"),
        ("<text:placeholder>单击输入 0</text:placeholder>7", "7"),
        ("<text:drop-down><text:label/>4</text:drop-down>", "4"),
    ],
)
def test_what_counts(kind: str, content: str, text: str) -> None:
    found = read(content, kind)
    assert (found.text, found.pieces) == (text, ())


def test_a_number_is_what_is_shown_of_it() -> None:
    table = sheet_of(
        row(
            value("float", "0", "-"),
            value("float", "393156", "39.3"),
            value("float", "2.54", "2.5"),
            value("float", "0", ""),
            value("float", "5", "").replace("<text:p></text:p>", ""),
        )
    )
    found = only_grid(ods.read(package("spreadsheet", table))).cells
    dash, scaled, rounded, unseen = (seen(item.pieces) for item in found[:4])
    assert (dash.text, dash.doubt) == ("-", None)
    assert (scaled.text, scaled.shown, scaled.oddities) == ("39.3156", "39.3", ("scaled",))
    assert (rounded.text, rounded.shown, rounded.oddities) == ("2.54", "2.5", ())
    assert (unseen.text, unseen.doubt, unseen.oddities) == ("", None, ("hidden", "scaled"))
    assert found[4].text == "5"  # programs that keep values alone leave out what is shown


@pytest.mark.parametrize(("reader", "kind"), [(odt, "text"), (ods, "spreadsheet")])
def test_rows_and_columns_that_are_hidden(reader, kind: str) -> None:
    columns = '<table:table-column/><table:table-column table:visibility="collapse"/>'
    hidden = row(cell("9"), cell("9")).replace(
        "<table:table-row>", '<table:table-row table:visibility="filter">'
    )
    table = sheet_of(columns + row(cell("1"), cell("2")) + hidden)
    found = only_grid(reader.read(package(kind, table))).cells
    assert [is_hidden(item.pieces) for item in found] == [False, True, True, True]


@pytest.mark.parametrize(("reader", "kind"), [(odt, "text"), (ods, "spreadsheet")])
def test_flat_files_are_read_as_their_own_kind(reader, kind: str) -> None:
    body = sheet_of(row(cell("许可"), cell("256")))
    flat = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<office:document {SPACES} {CALC} {DRAWING} office:mimetype="{TYPES[kind]}">'
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document>"
    ).encode()
    assert kinds.reader_of(flat, "report.xml") is reader
    assert [item.text for item in only_grid(reader.read(flat)).cells] == ["许可", "256"]


@pytest.mark.parametrize(
    ("written", "shown", "expected"),
    [
        (value("float", "0", "0"), "false", ("", None)),
        (value("float", "0", "0"), "true", ("0", None)),
        (value("float", "4", "4"), "false", ("4", None)),
        (cell("0"), "false", ("0", None)),
    ],
)
def test_a_sheet_may_show_no_zeros(written: str, shown: str, expected: object) -> None:
    settings = (
        f"<office:document-settings {SPACES}><office:settings><config:config-item-set>"
        f'<config:config-item config:name="ShowZeroValues">{shown}</config:config-item>'
        "</config:config-item-set></office:settings></office:document-settings>"
    )
    data = package("spreadsheet", sheet_of(row(cell("许可"), written)), settings__xml=settings)
    found = only_grid(ods.read(data.replace(b"settings/xml", b"settings.xml"))).cells[1]
    read = seen(found.pieces) if found.pieces else seen((Piece(found.text),))
    assert (read.text, read.doubt) == expected


def test_a_number_wider_than_its_column_is_not_seen() -> None:
    data = package("spreadsheet", sheet_of(row(cell("许可"), value("float", "25", "###"))))
    assert seen(only_grid(ods.read(data)).cells[1].pieces).doubt == ("25", "")
