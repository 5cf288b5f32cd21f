"""What a person sees in the cells of a Word file: struck, raised, hidden, drawn and filled in text."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest

from loaders import docx as reader
from loaders.document import joined
from loaders.recogniser.seen import is_hidden, seen
from tests.loaders.docx.test_docx import p, tbl, tc, tr, with_body
from tests.loaders.forms import only_grid

DRAWING = (
    '<w:r><w:drawing><wp:inline><wp:extent cx="508000" cy="{height}"/>{inside}</wp:inline>'
    "</w:drawing></w:r>"
)
PICTURE = '<x:pic xmlns:x="urn:picture"/>'


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def char(kind: str, inside: str = "") -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}">{inside}</w:fldChar></w:r>'


def field(code: str, result: str | None) -> str:
    kept = "" if result is None else char("separate") + result
    if "<w:r>" not in code:
        code = f"<w:r><w:instrText> {code} </w:instrText></w:r>"
    else:  # with a field inside
        before, _, rest = code.partition("<w:r>")
        inner, end, after = f"<w:r>{rest}".rpartition("</w:r>")
        code = f"<w:r><w:instrText> {before}</w:instrText></w:r>{inner}{end}"
        code += f"<w:r><w:instrText>{after.replace('>', '&gt;')}</w:instrText></w:r>"
    return f"{char('begin')}{code}{kept}{char('end')}"


def styled(data: bytes, styles: str) -> bytes:
    """The file with these styles more."""
    target = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(target, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/styles.xml":
                part = part.replace(b"</w:styles>", styles.encode() + b"</w:styles>")
            new.writestr(name, part)
    return target.getvalue()


def cell(content: str, properties: str = "", styles: str = ""):
    data = with_body(tbl(tr(tc(p("行政许可")), tc(content, properties))))
    read = only_grid(reader.read(styled(data, styles) if styles else data)).cells[1]
    assert joined(read.pieces) in ("", read.text)
    return read


def said(content: str, properties: str = "", styles: str = ""):
    """Text, doubt and oddities of a cell with a paragraph of this content."""
    read = cell(f"<w:p>{content}</w:p>", properties, styles)
    if not read.pieces:
        return read.text, None, ()
    found = seen(read.pieces)
    return found.text, found.doubt, found.oddities


@pytest.mark.parametrize(
    ("properties", "oddity"),
    [
        ("<w:strike/>", "struck"),
        ("<w:dstrike/>", "struck"),
        ('<w:vertAlign w:val="superscript"/>', "raised"),
        ('<w:position w:val="8"/>', "raised"),
        ('<w:position w:val="-8"/>', "raised"),
        ('<w:color w:val="FFFF00"/><w:highlight w:val="yellow"/>', "hidden"),
        ('<w:sz w:val="2"/>', "hidden"),
        ("<w:vanish/>", "hidden"),
    ],
)
def test_runs_that_do_not_count(properties: str, oddity: str) -> None:
    assert said(run("12", properties) + run("4")) == ("4", None, (oddity,))


@pytest.mark.parametrize(
    "properties",
    [
        '<w:strike w:val="0"/>',
        '<w:vertAlign w:val="baseline"/>',
        '<w:position w:val="0"/>',
        '<w:position w:val="2"/>',
        '<w:color w:val="FFFFFF"/>',
        '<w:color w:val="000000"/><w:highlight w:val="yellow"/>',
        '<w:sz w:val="18"/>',
        '<w:color w:val="000000"/><w:shd w:val="clear" w:fill="auto"/>',
    ],
)
def test_runs_that_count(properties: str) -> None:
    assert said(run("12", properties) + run("4")) == ("124", None, ())


def test_the_colour_of_its_own_cell_hides_a_run() -> None:
    ground = '<w:shd w:val="clear" w:fill="{}"/>'
    white = run("12", '<w:color w:val="ffffff"/>') + run("4")
    assert said(white, ground.format("FFFFFF")) == ("4", None, ("hidden",))
    assert said(white, ground.format("0000FF"))[0] == "124"


def test_styles_upon_styles_strike_out() -> None:
    styles = (
        '<w:style w:type="character" w:styleId="Old"><w:rPr><w:strike/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Older"><w:basedOn w:val="Old"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Gone"><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    assert said(run("12", '<w:rStyle w:val="Older"/>') + run("4"), "", styles)[0] == "4"
    restored = run("12", '<w:rStyle w:val="Older"/><w:strike w:val="0"/>')
    assert said(restored + run("4"), "", styles)[0] == "124"
    gone = '<w:pPr><w:pStyle w:val="Gone"/></w:pPr>'
    assert said(f"{gone}{run('12')}", "", styles) == ("", ("12", ""), ("hidden",))


def style(name: str, kind: str, runs: str, base: str = "", whole: str = "") -> str:
    return (
        f'<w:style w:type="{kind}" w:styleId="{name}"><w:basedOn w:val="{base}"/>'
        f"<w:pPr>{whole}</w:pPr><w:rPr>{runs}</w:rPr></w:style>"
    )


WHITE = '<w:color w:val="FFFFFF"/>'
ON_WHITE = '<w:shd w:val="clear" w:fill="ffffff"/>'


@pytest.mark.parametrize(
    ("kind", "properties", "more", "text"),
    [
        ("character", '<w:sz w:val="2"/>', "", "4"),
        ("character", '<w:sz w:val="2"/>', '<w:sz w:val="21"/>', "124"),
        ("character", WHITE + ON_WHITE, "", "4"),
        ("character", WHITE + ON_WHITE, '<w:color w:val="FF0000"/>', "124"),
        ("character", WHITE + ON_WHITE, '<w:color w:val="auto"/>', "124"),
        ("character", WHITE + ON_WHITE, '<w:highlight w:val="red"/>', "124"),
        ("character", WHITE, ON_WHITE, "4"),
        ("character", ON_WHITE, WHITE, "4"),
        ("character", WHITE, "", "124"),
        ("character", '<w:color w:val="FFFF00"/><w:highlight w:val="yellow"/>', "", "4"),
    ],
)
def test_a_style_may_state_colours_and_a_size(
    kind: str, properties: str, more: str, text: str
) -> None:
    styles = style("Base", kind, properties) + style("Own", kind, "", "Base")
    styled_run = run("12", f'<w:rStyle w:val="Own"/>{more}')
    assert said(styled_run + run("4"), "", styles)[0] == text


@pytest.mark.parametrize(
    ("runs", "whole", "ground", "doubt"),
    [
        (WHITE, ON_WHITE, "", ("12", "")),
        (WHITE, "", ON_WHITE, ("12", "")),
        (WHITE, '<w:shd w:val="clear" w:fill="0000FF"/>', ON_WHITE, None),
        (WHITE, "", "", None),
        ('<w:sz w:val="3"/>', "", "", ("12", "")),
        ('<w:sz w:val="4"/>', "", "", None),
    ],
)
def test_the_style_of_a_paragraph_may_state_them_too(
    runs: str, whole: str, ground: str, doubt: object
) -> None:
    styles = style("Own", "paragraph", runs, "", whole)
    content = f'<w:pPr><w:pStyle w:val="Own"/></w:pPr>{run("12")}'
    assert said(content, ground, styles)[1] == doubt


def test_a_picture_in_a_cell_may_be_any_number() -> None:
    assert said(DRAWING.format(height=203200, inside=PICTURE)) == ("", (), ("picture",))
    assert said(run("7") + DRAWING.format(height=9525, inside=PICTURE)) == ("7", None, ())
    assert said(run("7") + DRAWING.format(height=203200, inside="")) == ("7", None, ())


def test_a_text_box_over_a_number_is_in_doubt() -> None:
    box = f"<w:r><w:pict><v:textbox><w:txbxContent>{p('9')}</w:txbxContent></v:textbox></w:pict></w:r>"
    assert said(run("4") + box) == ("4", ("4", "9"), ("annotation",))
    assert said(box) == ("9", None, ("annotation",))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (field("=SUM(ABOVE)", run("256")), ("256", None, ())),
        (field("=SUM(ABOVE)", ""), ("", (), ("form_field",))),
        (field("=SUM(ABOVE)", None), ("", (), ("form_field",))),
        (field("EQ \\o\\ac(○,4)", None), ("", (), ("form_field",))),
        (field("FORMTEXT", ""), ("", None, ())),
        (field('XE "许可"', None) + run("7"), ("7", None, ())),
        (field("IF " + field("=7", run("7")) + "> 3", run("25")), ("25", None, ())),
        (field("IF " + field("=7", run("7")) + "> 3", None), ("", (), ("form_field",))),
        (char("begin") + run("=14") + char("separate") + run("25") + char("end"), ("25", None, ())),
        ('<w:fldSimple w:instr=" =1+1 "/>', ("", (), ("form_field",))),
        (f'<w:fldSimple w:instr=" =1+1 ">{run("2")}</w:fldSimple>', ("2", None, ())),
    ],
)
def test_of_a_field_its_result_is_seen(content: str, expected: object) -> None:
    assert said(content) == expected


@pytest.mark.parametrize(("chosen", "text"), [("", "0"), ('<w:result w:val="1"/>', "4")])
def test_the_chosen_entry_of_a_list_counts(chosen: str, text: str) -> None:
    entries = "".join(f'<w:listEntry w:val="{entry}"/>' for entry in (0, 4, 9))
    choice = f"<w:ffData><w:ddList>{chosen}{entries}</w:ddList></w:ffData>"
    code = "<w:r><w:instrText> FORMDROPDOWN </w:instrText></w:r>"
    content = char("begin", choice) + code + char("end")
    assert said(content) == (text, None, ("form_field",))


def test_words_that_ask_for_a_number_are_none() -> None:
    control = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    asking = control.format("<w:showingPlcHdr/>", run("单击此处输入 0"))
    assert said(asking) == ("", None, ())
    assert said(control.format("<w:dropDownList/>", run("4"))) == ("4", None, ())


def test_of_a_formula_only_what_stands_on_its_line_counts() -> None:
    def math(inside: str) -> str:
        space = "http://schemas.openxmlformats.org/officeDocument/2006/math"
        return f'<m:oMath xmlns:m="{space}">{inside}</m:oMath>'

    letter = "<m:r><m:t>{}</m:t></m:r>".format
    power = f"<m:sSup><m:e>{letter(4)}</m:e><m:sup>{letter(1)}</m:sup></m:sSup>"
    assert said(math(power)) == ("4", None, ("raised",))
    assert said(math(f"<m:f><m:num>{letter(4)}</m:num><m:den>{letter(1)}</m:den></m:f>"))[1] == ()


def test_a_paragraph_states_the_ground_of_its_letters() -> None:
    white = run("12", '<w:color w:val="FFFFFF"/>') + run("4")
    for fill, text in (("FFFFFF", "4"), ("00FF00", "124")):
        shaded = f'<w:pPr><w:shd w:val="clear" w:color="auto" w:fill="{fill}"/></w:pPr>'
        assert said(shaded + white)[0] == text


@pytest.mark.parametrize(("rule", "is_unseen"), [("exact", True), ("atLeast", False)])
@pytest.mark.parametrize("other", ["", "<w:r><w:tab/></w:r>"])
def test_a_row_held_lower_than_any_letter_is_hidden(rule: str, is_unseen: bool, other: str) -> None:
    flat = f'<w:trHeight w:val="20" w:hRule="{rule}"/>'
    rows = (
        tr(tc(p("许可")), tc(p("251")), properties=flat),
        tr(tc(p("许可")), tc(f"<w:p>{other}</w:p>")),
    )
    found = only_grid(reader.read(with_body(tbl(*rows)))).cells
    assert [is_hidden(cell.pieces) for cell in found] == [is_unseen, is_unseen, False, False]


def test_a_hidden_row_is_hidden_and_what_reaches_out_of_it_is_not() -> None:
    start, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = (
        tr(tc(p("许可"), start), tc(p("251")), tc("<w:p/>"), properties="<w:hidden/>"),
        tr(tc("<w:p/>", on), tc(p("256")), tc(p("7"))),
    )
    found = only_grid(reader.read(with_body(tbl(*rows)))).cells
    assert [(c.text, is_hidden(c.pieces)) for c in found] == [
        ("许可", False),
        ("251", True),
        ("", True),
        ("256", False),
        ("7", False),
    ]
