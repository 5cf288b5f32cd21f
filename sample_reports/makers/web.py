"""A saved web page: the report between a site's navigation and its footer."""

from __future__ import annotations

from html import escape

from form.layout import LayoutCell
from sample_reports.samples import Line, PrintedTable, Sample

_TAGS = {"title": "h1", "heading": "h2", "text": "p", "closing": "p"}
_STYLE = (
    "body{font-family:SimSun,serif;max-width:960px;margin:auto}h1{text-align:center}"
    "table{border-collapse:collapse;width:100%}td{border:1px solid #000;padding:4px;text-align:center}"
    "p{text-indent:2em}p.closing{text-align:right}"
)


def page(sample: Sample) -> bytes:
    """Return the sample as a page in UTF-8."""
    return _page(sample, "utf-8").encode("utf-8")


def page_gbk(sample: Sample) -> bytes:
    """Return the sample as an older site saves it: in GBK, as its header says."""
    return _page(sample, "gbk").encode("gbk", "xmlcharrefreplace")


def _page(sample: Sample, charset: str) -> str:
    body = "\n".join(
        _table(block) if isinstance(block, PrintedTable) else _line(block)
        for block in sample.blocks
    )
    return f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="{charset}">
<title>{escape(sample.title)}</title>
<style>{_STYLE}</style>
</head>
<body>
<nav>首页 &gt; 政务公开 &gt; 政府信息公开年报</nav>
<main>
{body}
</main>
<footer>打印本页 关闭窗口</footer>
</body>
</html>
"""


def _line(line: Line) -> str:
    tag = _TAGS[line.role]
    attributes = ' class="closing"' if line.role == "closing" else ""
    return f"<{tag}{attributes}>{escape(line.text)}</{tag}>"


def _table(table: PrintedTable) -> str:
    rows = "\n".join(f"<tr>{''.join(_cell(cell) for cell in row)}</tr>" for row in table.rows)
    return f"<table>\n<tbody>\n{rows}\n</tbody>\n</table>"


def _cell(cell: LayoutCell) -> str:
    spans = "".join(
        f' {name}="{span}"'
        for name, span in (("colspan", cell.column_span), ("rowspan", cell.row_span))
        if span > 1
    )
    # A page editor writes a blank cell as a fixed space.
    text = escape(cell.text).replace("\n", "<br>")
    return f"<td{spans}>{text or '&nbsp;'}</td>"
