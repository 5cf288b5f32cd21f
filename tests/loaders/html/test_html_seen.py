"""What a person sees in the cells of a web page: tags, attributes and style sheets."""

from __future__ import annotations

import pytest

from loaders import html as reader
from loaders.document import Grid, Piece, TextBlock, joined
from loaders.recogniser.seen import is_hidden, seen
from tests.loaders.forms import only_grid


def read(body: str, style: str = ""):
    page = f"<html><head><style>{style}</style></head><body>{body}</body></html>"
    return reader.read(page.encode())


def said(content: str, attributes: str = "", style: str = ""):
    """Text, doubt and oddities of a cell with this content."""
    table = f"<table><tr><td>行政许可</td><td {attributes}>{content}</td></tr></table>"
    cell = only_grid(read(table, style)).cells[1]
    assert joined(cell.pieces) in ("", cell.text)
    if not cell.pieces:
        return cell.text, None, ()
    found = seen(cell.pieces)
    return found.text, found.doubt, found.oddities


@pytest.mark.parametrize(
    ("content", "oddity"),
    [
        ("<del>12</del>4", "struck"),
        ("<s>12</s>4", "struck"),
        ("<strike><b>12</b></strike>4", "struck"),
        ("<span style='text-decoration: line-through red'>12</span>4", "struck"),
        ("<span style='text-decoration-line:line-through'>12</span><ins>4</ins>", "struck"),
        ("4<sup>12</sup>", "raised"),
        ("4<sub>1</sub>", "raised"),
        ("4<span style='vertical-align:super'>1</span>", "raised"),
        ("4<span style='vertical-align: 4px'>1</span>", "raised"),
        ("<span style='display : none'>12</span>4", "hidden"),
        ("<span style='visibility:hidden'>12</span>4", "hidden"),
        ("<span hidden>12</span>4", "hidden"),
        ("<span style='font-size:0'>12</span>4", "hidden"),
        ("<span style='font-size:0px;color:red'>12</span>4", "hidden"),
        ("<span style='opacity:0'>12</span>4", "hidden"),
        ("<span style='opacity:0'><b style='font-size:12px'>12</b></span>4", "hidden"),
        ("<dialog>12</dialog>4", "hidden"),
        ("<span style='color:Snow;background:snow'>12</span>4", "hidden"),
        ("<span style='color:hsl(0,0%,100%);background:#fff'>12</span>4", "hidden"),
        ("<span style='color:rgb(255 255 255);background:white'>12</span>4", "hidden"),
        ("<span style='color:rgba(100%,100%,100%,1);background:white'>12</span>4", "hidden"),
        ("4<span style='position:relative;top:-6.0pt;mso-text-raise:6.0pt'>1</span>", "raised"),
        ("4<span style='position:relative;bottom:.4em;font-size:60%'>1</span>", "raised"),
        (
            "4<span lang=EN-US><span style='position:relative;top:-6.0pt'>1</span></span>",
            "raised",
        ),
        ("<span style='color:rgb(255 , 255 , 255);background:white'>12</span>4", "hidden"),
        ("<span style='color:hsl(0 ,0% , 100%);background:#fff'>12</span>4", "hidden"),
        ("<span style='color:azure;background:azure'>12</span>4", "hidden"),
        ("<span style='color:#f0ffff;background:Azure'>12</span>4", "hidden"),
        ("<span style='color:wheat;background:center wheat'>12</span>4", "hidden"),
        ("<span style='color:#FFF;background:white'>12</span>4", "hidden"),
    ],
)
def test_what_does_not_count(content: str, oddity: str) -> None:
    assert said(content) == ("4", None, (oddity,))


@pytest.mark.parametrize(
    "content",
    [
        "<del style='text-decoration:none'>12</del>4",
        "<span style='vertical-align:middle'>12</span>4",
        "<span style='position:relative;top:-2px'>12</span>4",
        "<span style='position:relative;top:-9px'>124</span>",
        "<span lang=EN-US><span style='position:relative;top:-9px'>124</span></span>",
        "<h4><span style='position:relative;top:9px'>124</span></h4>",
        "<span style='color:inherit;background:inherit'>124</span>",
        "<span style='color:rgba(255,255,255,.5);background:white'>12</span>4",
        "<math><mn>124</mn></math>",
        "<button>124</button>",
        "124<script>var shown = 1</script>",
        "124<button>复制</button>",
        "<span style='vertical-align:0'>12</span>4",
        "<span style='font-size:0.8em'>12</span>4",
        "<span style='opacity:0.5'>12</span>4",
        "<span style='visibility:hidden'><b style='visibility:visible'>12</b></span>4",
        "<span style='font-size:0'><b style='font-size:12px'>12</b></span>4",
        "<span style='color:white'>12</span>4",
        "<!-- 9 -->124",
    ],
)
def test_what_counts(content: str) -> None:
    text, doubt, _oddities = said(content)
    assert (text, doubt) == ("124", None)


@pytest.mark.parametrize(
    ("rule", "counts"),
    [
        (".old{text-decoration:line-through}", False),
        ("span.old, .other { display : none }", False),
        ("td .old{visibility:hidden !important}", False),
        ("#one{font-size:0}", False),
        ("@media screen{.old{display:none}}", False),
        ("/* x */ .old{display:none}", False),
        (".old{display:none} .old{display:inline}", True),
        (".old{display:none} span.old{display:inline}", True),
        ("#one{display:inline} .old{display:none}", True),
        ("@media print{.old{display:none}}", True),
        ("@media (max-width:600px){.old{display:none}}", True),
        (".old:hover{display:none}", True),
        ("th .old{display:none}", True),
        ("td > .old{display:none}", False),
        ("tr > .old{display:none}", True),
        ("td:first-child + td .old{display:none}", False),
        ("td + td + td .old{display:none}", True),
        ("td ~ td > span.old{text-decoration:line-through}", False),
        ("td:nth-child(2) .old, td:nth-child(4){display:none}", False),
        ("td:nth-child(2n+1) .old{display:none}", True),
        ("span:first-child:not(.young){display:none}", False),
        ("span:not(.a){display:none}", True),
        (":is(.x, .old){display:none}", False),
        ("[class~=old]{display:none}", False),
        ("span[id='one']{display:none}", False),
        ("span[id^='two']{display:none}", True),
        ("td{& .old{display:none}}", False),
        ("table{color:red; td{.old{display:none}} th{color:red}}", False),
        ("th{.old{display:none}}", True),
        (".old{display:none !important} #one{display:inline}", False),
        (".old{display:inline !important} #one{display:none}", True),
        ("@media screen, print{.old{display:none}}", False),
        ("@media all and (min-width:1px){.old{display:none}}", False),
        ("@supports (display:grid){@layer a{.old{display:none}}}", False),
        (".\\6fld{display:none}", False),
        (".old{background:url(data:x;y);display:none", False),
        (".old{position:absolute;left:-9999px}", False),
        (".old{position:absolute;clip:rect(0, 0, 0, 0)}", False),
        (".old{left:-9999px}", True),
        (".old{display:inline-block;width:0;overflow:hidden}", False),
        (".old{width:0;overflow:hidden}", True),
        (".old{font:0/0 a}", False),
        (".old{font:bold 12px/0 a}", True),
        (".old{font-size:0;font:12px a}", True),
        (".old{font-size:1px}", False),
        (".old{color:transparent}", False),
        (".old{color:rgba(1,2,3,0)}", False),
        (".old{color:rgba(1,2,3,0.5)}", True),
        (".old{float:left;transform:scale(0)}", False),
        (".old{float:left;transform:scale(0.9)}", True),
        (".old{transform:scale(0)}", True),
        (".old{filter:opacity(0)}", False),
        ("nav>.old{display:none}", True),
        (".older{display:none}", True),
        (".old{color:#fff} td{background:#fff}", True),
    ],
)
def test_rules_of_style_sheets(rule: str, counts: bool) -> None:
    content = "<span class='a old' id='one'>12</span>4"
    assert said(content, style=rule)[0] == ("124" if counts else "4")


def test_an_important_rule_is_stronger_than_the_element_itself() -> None:
    content = "<span class='old' style='display:inline'>12</span>4"
    assert said(content, style=".old{display:none!important}")[0] == "4"
    assert said(content, style=".old{display:none}")[0] == "124"


@pytest.mark.parametrize(
    "rule",
    [
        "[" + "年" * 5_000 + "{display:none}",
        "." + "\\a" * 5_000 + "!{display:none}",
        "a{" * 5_000 + "display:none" + "}" * 5_000,
        "td>" * 5_000 + "span{display:none}",
        ":not(" * 5_000 + "a" + ")" * 5_000 + "{display:none}",
        ".a{.b{.c{.d{" * 200,
        "".join(f"{','.join(f'.c{n}' for n in range(40))}{{" for _ in range(6)) + "display:none",
    ],
)
def test_a_sheet_that_means_harm_takes_no_time_without_end(rule: str) -> None:
    assert said("<span class='old'>12</span>4", style=rule)[0] == "124"


def test_the_colour_of_its_own_cell_hides_text() -> None:
    white = "<font color='#ffffff'>12</font>4"
    assert said(white, "bgcolor='#FFFFFF'") == ("4", None, ("hidden",))
    assert said("12", "style='color:white;background-color:rgb(255, 255, 255)'")[1] == ("12", "")
    assert said(white, "bgcolor='#000080'")[0] == "124"


def test_a_cell_of_which_nothing_counts_is_in_doubt() -> None:
    assert said("<del>12</del>") == ("", ("12", ""), ("struck",))
    assert said("<span hidden>12</span>") == ("", ("12", ""), ("hidden",))


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<select><option>0</option><option selected>4</option></select>", "4"),
        ("<select><option>0</option><option>4</option></select>", "0"),
        ("<textarea>256</textarea>", "256"),
        ("<input type='tel' value='7'>", "7"),
        ("<input value='7'> 件", "7 件"),
        ("<input type=checkbox value='9'>7", "7"),
        ("<input placeholder='9'>", ""),
        ("<input type=hidden value='9'>7", "7"),
    ],
)
def test_what_is_filled_in_counts(content: str, text: str) -> None:
    found, doubt, oddities = said(content)
    assert (found, doubt) == (text, None)
    assert oddities in ((), ("form_field",))


def test_a_list_outside_of_tables_is_none_of_the_text() -> None:
    (block,) = read("<p>年度<select><option>2023</select>报告</p>").blocks
    assert isinstance(block, TextBlock)
    assert block.text == "年度报告"


@pytest.mark.parametrize(
    ("content", "is_picture"),
    [
        ("<img src='a.png' alt='4'>", True),
        ("<svg><text>4</text></svg>", True),
        ("<img src='a.gif' width='1' height=20>", False),
        ("<img src='a.png' style='display:none'>", False),
    ],
)
def test_a_picture_may_be_any_number(content: str, is_picture: bool) -> None:
    assert said(content)[1] == (() if is_picture else None)


def test_a_struck_cell_and_a_struck_row() -> None:
    assert said("12", "style='text-decoration:line-through'")[1] == ("12", "")
    grid = only_grid(
        read(
            "<table><tr class=x><td>甲<td>1<tr><td>乙<td>2</table>",
            ".x{text-decoration:line-through}",
        )
    )
    assert [(c.text, bool(c.pieces)) for c in grid.cells] == [
        ("甲", True),
        ("1", True),
        ("乙", False),
        ("2", False),
    ]


def test_a_hidden_column_keeps_its_place_and_a_lone_hidden_cell_has_none() -> None:
    column = "".join(f"<tr><td>{n}<td class=x>9<td>{n}</tr>" for n in "甲乙")
    found = only_grid(read(f"<table>{column}</table>", ".x{display:none}")).cells
    assert [(c.column, is_hidden(c.pieces)) for c in found[:3]] == [
        (0, False),
        (1, True),
        (2, False),
    ]
    lone = "<tr><td>甲<td hidden>9<td>1</tr><tr><td>乙<td>2</tr>"
    assert [c.text for c in only_grid(read(f"<table>{lone}</table>")).cells] == list("甲1乙2")


def test_a_hidden_part_with_a_table_is_kept_as_hidden_and_one_without_is_not() -> None:
    table = "<table><tr><td>甲<td>1</tr></table>"
    document = read(f"<div style='display:none'><p>草稿</p>{table}</div><p hidden>页</p>{table}")
    draft, hidden, shown = document.blocks
    assert isinstance(draft, TextBlock)
    assert is_hidden(draft.pieces)
    assert isinstance(hidden, Grid)
    assert all(is_hidden(cell.pieces) for cell in hidden.cells)
    assert isinstance(shown, Grid)
    assert not any(cell.pieces for cell in shown.cells)


def test_a_page_that_ends_in_a_table_or_lost_a_letter_in_it_is_damaged() -> None:
    whole = "<html><body><table><tr><td>甲<td>1</tr><tr><td>乙<td></tr></table></body></html>"

    def damaged(page: bytes) -> bool:
        return only_grid(reader.read(page)).is_damaged

    data = whole.encode()
    assert not damaged(data)
    assert not damaged(data.replace(b"</table>", b""))
    assert damaged(data[: data.index(b"<td></tr></table>")])
    assert damaged(data.replace(b"1", b"\x00"))
    assert damaged(whole.replace("乙", "\ufffd").encode())
    assert not damaged(whole.replace("<body>", "<body>\ufffd").encode())


@pytest.mark.parametrize(
    ("style", "attributes", "doubt"),
    [
        ("td.n::before{content:'12'}", "class=n", ()),
        ("td:after{content:'5'}", "", ()),
        ("td::after{content:attr(data-n)}", "data-n=5", ()),
        ("td::after{content:attr(data-n)}", "data-n=自然人5", None),
        ("td::after{content:attr(data-n)}", "data-n=25件", ()),
        ("td::after{content:'(' attr(data-n) ')'}", "data-n='2 5'", ()),
        ("td::before{content:'12'} td::after{content:''}", "", ()),
        ("td::after{content:'12'} td::before{content:none}", "", ()),
        ("td::before{content:'12'} td::before{content:''}", "", None),
        ("td::before{content:'12'!important} td.n::before{content:''}", "class=n", ()),
        ("td.n::before{content:''!important} td::before{content:'12'!important}", "class=n", None),
        ("td::before{content:''!important} td.n::before{content:'12'}", "class=n", None),
        ("td::before{content:'12'} td.n::before{display:none}", "class=n", None),
        ("td::before{content:counter(n)}", "", ()),
        ("td::before{content:'第' counters(n,'.')}", "", ()),
        ("td::before{content:'counter(n)'}", "", None),
        ("td::before{content:'\\e612'}", "", None),
        ("td::before{content:'12'} td.n::before{content:none}", "class=n", None),
        ("td::before{content:'12';display:none}", "", None),
        ("@media (max-width:600px){td::before{content:'12'}}", "", None),
        ("td{content:'12'}", "", None),
    ],
)
def test_digits_that_a_style_sheet_writes_may_make_any_number(
    style: str, attributes: str, doubt: object
) -> None:
    assert said("4", attributes, style)[1] == doubt


@pytest.mark.parametrize(
    "content",
    [
        "<script>document.write(25)</script>",
        "<math><msup><mn>25</mn><mn>1</mn></msup></math>",
        "<math><mfrac><mn>2</mn><mn>5</mn></mfrac></math>",
    ],
)
def test_what_is_written_otherwise_than_in_a_row_may_be_any_number(content: str) -> None:
    assert said(content)[:2] == ("", ())


def test_a_cell_that_a_script_names_may_hold_any_number() -> None:
    script = "<script>document.getElementById('n1').innerText = 25</script>"
    cells = only_grid(read(f"<table><tr><td>许可<td id=n1><td id=n2><tr></table>{script}")).cells
    assert [bool(cell.pieces and seen(cell.pieces).doubt == ()) for cell in cells] == [
        False,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("cell", "script", "expected"),
    [
        ("<td><span id=n1></span>", "getElementById('n1').innerText = 25", ("", ())),
        ("<td id=n1>0", "getElementById('n1').innerText = 25", ("0", ())),
        ("<td><b id=n1>0</b>", '$("#n1").text(25)', ("0", ())),
        ("<td>0<i id=n1></i>", "document.querySelector(`td#n1`).append(25)", ("0", ())),
        ("<td id=n1>自然人", "getElementById('n1').innerText = 25", ("自然人", None)),
        ("<td id=n1>0", "getElementById('n12').innerText = 25", ("0", None)),
        ("<td id=n1>0", "var n1 = 0", ("0", None)),
        ("<td id=n1>0", "", ("0", None)),
    ],
)
def test_what_a_script_names_may_be_any_number(cell: str, script: str, expected: object) -> None:
    page = f"<table><tr><td>许可{cell}<tr></table><script>{script}</script>"
    found = only_grid(read(page)).cells[1]
    shown = seen(found.pieces or (Piece(found.text),))
    assert (shown.text, shown.doubt) == expected


def test_a_script_that_names_what_holds_a_table_fills_in_nothing() -> None:
    inner = "<table><tr><td>许可<td>4<tr><td>处罚<td>0</table>"
    page = f"<table><tr><td id=zoom>{inner}</table><script>zoom('zoom', 16)</script>"
    assert not any(cell.pieces for cell in only_grid(read(page)).cells)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("25", "25"),
        ("<span style=display:none>12</span>25", "25"),
        ("<s>12</s>25", "25"),
        ("<b>2</b>5", "25"),
        ("25<div>件</div>", "25\n件"),
        ("<s>12</s>复制", "复制"),
    ],
)
def test_a_button_shows_its_number(content: str, text: str) -> None:
    found = said(f"<button>{content}</button>")
    assert found[:2] == (text, None)
    assert found[2][-1] == "form_field"


def test_a_hidden_button_shows_nothing() -> None:
    assert said("4<button hidden>25</button>") == ("4", None, ())
