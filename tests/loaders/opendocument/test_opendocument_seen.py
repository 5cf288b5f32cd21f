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
        ("red", "white", 'fo:color="#ff0000"'),
        ("plain", "old", 'style:text-line-through-style="none" style:text-position="0% 100%"'),
        ("none", "ruled", 'style:text-line-through-type="none"'),
        ("ruled", "", 'style:text-line-through-type="single"'),
        ("anew", "none", 'style:text-line-through-style="solid"'),
        ("large", "tiny", 'fo:font-size="12pt"'),
        ("half", "tiny", 'fo:font-size="50%"'),
        ("low", "mark", 'style:text-position="0% 100%"'),
        ("back", "gone", 'text:display="true"'),
        ("bright", "ground", 'fo:color="#FFFFFF"'),
        ("ground", "", 'fo:background-color="#FFFFFF"'),
        ("clear", "ground", 'fo:color="#ffffff" fo:background-color="transparent"'),
        ("mixed", "", 'fo:color="#FFFFff" fo:background-color="#ffffFF"'),
    )
)
LAID: Final = "".join(
    f'<style:style style:name="{name}" style:family="{family}">'
    f'<style:{family}-properties fo:background-color="{ground}"/>'
    f"<style:text-properties {letters}/></style:style>"
    for name, family, ground, letters in (
        ("page", "paragraph", "#FFFFFF", 'fo:color="#ffffff"'),
        ("see-through", "paragraph", "transparent", 'fo:color="#FFFFFF"'),
        ("cell", "table-cell", "#ffffff", ""),
        ("dark", "table-cell", "#000080", ""),
        ("blank", "table-cell", "#ffffff", 'fo:color="#ffffff"'),
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
        ('<text:span text:style-name="ruled">12</text:span>4', "4", None),
        ('<text:span text:style-name="anew">12</text:span>4', "4", None),
        ('<text:span text:style-name="half">12</text:span>4', "4", None),
        ('<text:span text:style-name="bright">12</text:span>4', "4", None),
        ('<text:span text:style-name="mixed">12</text:span>4', "4", None),
        (
            '<text:span text:style-name="old">1<text:span text:style-name="plain">2</text:span>'
            "</text:span>4",
            "24",
            None,
        ),
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
        ('<text:span text:style-name="none">12</text:span>4', "124"),
        ('<text:span text:style-name="large">12</text:span>4', "124"),
        ('<text:span text:style-name="low">12</text:span>4', "124"),
        ('<text:span text:style-name="back">12</text:span>4', "124"),
        ('<text:span text:style-name="clear">12</text:span>4', "124"),
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


@pytest.mark.parametrize("reader", [odt, ods])
@pytest.mark.parametrize(
    ("cell_style", "style", "content", "text", "doubt"),
    [
        ("", "page", "12", "", ("12", "")),
        ("", "page", '<text:span text:style-name="red">12</text:span>', "12", None),
        ("", "page", '1<text:span text:style-name="red">2</text:span>', "2", None),
        ("", "see-through", "12", "12", None),
        ("cell", "see-through", "12", "", ("12", "")),
        ("dark", "see-through", "12", "12", None),
        ("cell", "", '<text:span text:style-name="mixed">1</text:span>2', "2", None),
        ("blank", "", "12", "", ("12", "")),
        ("blank", "", '<text:span text:style-name="red">12</text:span>', "12", None),
        ("dark", "page", "12", "", ("12", "")),
    ],
)
def test_runs_look_as_their_paragraph_and_cell_where_they_say_nothing(
    reader, cell_style: str, style: str, content: str, text: str, doubt: object
) -> None:
    own = (
        f'<table:table-cell table:style-name="{cell_style}">'
        f'<text:p text:style-name="{style}">{content}</text:p></table:table-cell>'
    )
    kind = "text" if reader is odt else "spreadsheet"
    data = package(kind, sheet_of(row(cell("许可"), own)), STYLES + LAID)
    found = only_grid(reader.read(data)).cells[1]
    shown = seen(found.pieces or (Piece(found.text),))
    assert (shown.text, shown.doubt) == (text, doubt)


def test_a_number_in_the_colour_of_its_cell_is_not_seen() -> None:
    styled = '<table:table-cell table:style-name="blank"'
    own = value("float", "25.31", "25.3").replace("<table:table-cell", styled, 1)
    data = package("spreadsheet", sheet_of(row(cell("许可"), own)), STYLES + LAID)
    assert seen(only_grid(ods.read(data)).cells[1].pieces).doubt == ("25.31", "")


def test_a_style_stands_on_one_of_another_part() -> None:
    parent = (
        f"<office:document-styles {SPACES}><office:styles>"
        '<style:style style:name="light" style:family="text">'
        '<style:text-properties fo:color="#ffffff"/></style:style>'
        "</office:styles></office:document-styles>"
    )
    own = (
        '<style:style style:name="T1" style:family="text" style:parent-style-name="light">'
        '<style:text-properties fo:background-color="#ffffff"/></style:style>'
    )
    run = '<text:p><text:span text:style-name="T1">12</text:span>4</text:p>'
    body = sheet_of(row(cell("许可"), f"<table:table-cell>{run}</table:table-cell>"))
    data = package("text", body, own, styles__xml=parent)
    found = only_grid(odt.read(data.replace(b"styles/xml", b"styles.xml"))).cells[1]
    assert (seen(found.pieces).text, found.text) == ("4", "124")


def settings_of(view: str, whole: str = "") -> str:
    """The settings of a spreadsheet as LibreOffice writes them."""
    item = '<config:config-item config:name="ShowZeroValues" config:type="boolean">{}</config:config-item>'
    views = (
        '<config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>'
        '<config:config-item config:name="ViewId" config:type="string">view1</config:config-item>'
        '<config:config-item-map-named config:name="Tables">'
        '<config:config-item-map-entry config:name="表">'
        '<config:config-item config:name="ShowGrid" config:type="boolean">false</config:config-item>'
        "</config:config-item-map-entry></config:config-item-map-named>"
        f"{item.format(view)}</config:config-item-map-entry></config:config-item-map-indexed>"
    )
    return (
        f"<office:document-settings {SPACES}><office:settings>"
        f'<config:config-item-set config:name="ooo:view-settings">{views if view else ""}'
        '</config:config-item-set><config:config-item-set config:name="ooo:configuration-settings">'
        f"{item.format(whole) if whole else ''}</config:config-item-set>"
        "</office:settings></office:document-settings>"
    )


@pytest.mark.parametrize(
    ("view", "whole", "shown"),
    [
        ("false", "", ""),
        ("", "false", ""),
        ("false", "false", ""),
        ("true", "false", "0"),
        ("true", "true", "0"),
        ("", "", "0"),
    ],
)
def test_settings_say_whether_zeros_are_shown(view: str, whole: str, shown: str) -> None:
    body = sheet_of(row(cell("许可"), value("float", "0", "0")))
    data = package("spreadsheet", body, settings__xml=settings_of(view, whole))
    found = only_grid(ods.read(data.replace(b"settings/xml", b"settings.xml"))).cells[1]
    assert seen(found.pieces or (Piece(found.text),)).text == shown


def test_torn_settings_cost_no_more_than_themselves() -> None:
    body = sheet_of(row(cell("许可"), value("float", "4", "4")))
    data = package("spreadsheet", body, settings__xml=settings_of("false"))
    torn = data.replace(b"settings/xml", b"settings.xml").replace(b">view1<", b">view2<")
    assert only_grid(ods.read(torn)).cells[1].text == "4"


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
