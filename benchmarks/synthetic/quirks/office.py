"""Quirks of Word files and web pages: what editors put around and into tables."""

from __future__ import annotations

import re
from copy import deepcopy
from random import Random
from typing import Final

from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from lxml import etree

from benchmarks.synthetic.draft import Block, Draft
from benchmarks.synthetic.edits import address_row, styled, with_blocks
from benchmarks.synthetic.quirk import GRIDS, PDF, Quirk
from form.editions import table
from sample_reports.samples import PrintedTable, torn

_TEXT_BOX: Final = """
<w:p {namespaces} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
 xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
 xmlns:v="urn:schemas-microsoft-com:vml"><w:r><mc:AlternateContent>
<mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx><w:txbxContent/></wps:txbx></wps:wsp></w:drawing></mc:Choice>
<mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent/></v:textbox></v:shape></w:pict></mc:Fallback>
</mc:AlternateContent></w:r></w:p>
"""
"""A text box as Word writes it: its content twice, for new and for old programs."""
_AROUND: Final = (
    """<script>var year = 2018, old = "<table><tr><td>规章</td><td>99</td></tr></table>"</script>
<ul><li><a href="#">2017年年报</a></li><li><a href="#">二、主动公开政府信息情况</a></li></ul>
<div style="display:none"><table><tr><td>规章</td><td>7</td><td>7</td><td>7</td></tr></table></div>
<table><tr><td>首页</td><td>政务公开</td><td>办事服务</td></tr></table>
<style>td{color:#333}</style>""",
    """<div class="footer"><table><tr><td>主办：甲市人民政府办公室</td><td>网站标识码：3702000001</td>
</tr><tr><td>联系电话：0532-12345678</td><td>浏览次数：1024</td></tr></table></div>""",
)


def _in_text_box(element: etree._Element) -> None:
    """Move a paragraph or a table of a Word file into a text box that stands in its place."""
    box = parse_xml(_TEXT_BOX.format(namespaces=nsdecls("w")))
    for content in box.iter(qn("w:txbxContent")):
        content.append(deepcopy(element))
        if element.tag == qn("w:tbl"):
            # A table must not end a text box.
            content.append(box.makeelement(qn("w:p")))
    parent = element.getparent()
    assert parent is not None
    parent.replace(element, box)


def _title_in_box(document: WordDocument) -> None:
    _in_text_box(document.paragraphs[0]._p)


def _table_in_box(document: WordDocument) -> None:
    _in_text_box(document.tables[-1]._tbl)


def _nested_in_word(document: WordDocument) -> None:
    for drawn in list(document.tables):
        outer = document.add_table(1, 1)
        drawn._tbl.addprevious(outer._tbl)
        outer.cell(0, 0)._tc.insert(-1, drawn._tbl)


def _nested_in_page(source: str) -> str:
    outer = ("<table width='100%'><tr><td><table>", "</table></td></tr></table>")
    return source.replace("<table>", outer[0]).replace("</table>", outer[1])


def _nested(draft: Draft, _random: Random) -> Draft:
    return styled(draft, word=(_nested_in_word,), web=(_nested_in_page,))


def _boxed_title(draft: Draft, _random: Random) -> Draft:
    return styled(draft, word=(_title_in_box,))


def _boxed_table(draft: Draft, _random: Random) -> Draft:
    return styled(draft, word=(_table_in_box,))


def _lying_spans(draft: Draft, random: Random) -> Draft:
    """Some group labels of section 三 say that they reach one row further than they do."""

    def lie(found: re.Match[str]) -> str:
        return f'rowspan="{int(found[1]) + 1}"' if random.random() < 0.7 else found[0]

    return styled(draft, web=(lambda source: re.sub(r'rowspan="([3-8])"(?=>（)', lie, source),))


def _empty_headers(draft: Draft, _random: Random) -> Draft:
    """A row of empty header cells on top of each table."""

    def edit(source: str) -> str:
        pieces = source.split("<table>\n<tbody>")
        heads = [f"<thead><tr>{'<th></th>' * _width(piece)}</tr></thead>" for piece in pieces[1:]]
        tables = (f"<table>\n{h}<tbody>{p}" for h, p in zip(heads, pieces[1:], strict=True))
        return pieces[0] + "".join(tables)

    return styled(draft, web=(edit,))


def _width(rows: str) -> int:
    first = rows.partition("</tr>")[0]
    return sum(int(span or 1) for span in re.findall(r'<td(?: colspan="(\d+)")?', first))


def _site_around(draft: Draft, _random: Random) -> Draft:
    def edit(source: str) -> str:
        above, below = _AROUND
        return source.replace("<main>", f"{above}<main>").replace("</main>", f"</main>{below}")

    return styled(draft, web=(edit,))


def _several_tables(draft: Draft, _random: Random) -> Draft:
    """Section 三 as a table for each group of rows; only the first has the headers."""
    starts = {"granted", "denied_state_secret", "unable_not_held", "unprocessed_complaint"}
    starts &= {row.key for row in table("applications", "2021").rows}

    def change(block: Block) -> tuple[Block, ...]:
        if not isinstance(block, PrintedTable) or block.key != "applications":
            return (block,)
        parts, done = [block], 0
        for number, row in enumerate(block.rows):
            if address_row(row) in starts:
                parts[-1:] = torn(parts[-1], number - done)
                done = number
        return tuple(parts)

    return with_blocks(draft, change)


QUIRKS: Final = (
    Quirk("nested tables", _nested, ("docx", "html", "chromium.pdf")),
    Quirk("title in a text box", _boxed_title, ("docx",)),
    Quirk("section 四 in a text box", _boxed_table, ("docx",)),
    Quirk("row spans that lie", _lying_spans, ("html", "chromium.pdf")),
    Quirk("headers of empty cells", _empty_headers, ("html",)),
    Quirk("scripts and navigation around", _site_around, ("html", "chromium.pdf")),
    Quirk("section 三 as several tables", _several_tables, (*GRIDS, *PDF)),
)
