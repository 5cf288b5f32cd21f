"""Notes on cells of which not all that is printed counts, or where nobody can tell what does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

from form.language import _
from form.report import Cell, Note, Oddity, Place
from loaders.recogniser.lines import Field

_MOST_QUOTED: Final = 5


def odd_notes(cells: Mapping[str, Cell], fields: Mapping[Place, Field]) -> Iterator[Note]:
    """Yield a note for each kind of oddity among the cells of a table, quoting what is printed.

    `fields` are those that something is odd about, by where they stand.
    """
    found: dict[Oddity, dict[str, str]] = defaultdict(dict)
    for name, cell in cells.items():
        for code in cell.oddities:
            if code == "form_field" and cell.mark != "unknown":
                continue
            if code == "damaged" and (cell.mark != "unknown" or cell.raw.strip()):
                continue  # A sign that is lost in a text has a note of its own.
            found[code][name] = _printed(code, cell, fields.get(cell.place))
    sentences = _sentences()
    for code, quoted in found.items():
        if code in sentences:
            texts = [text for text in dict.fromkeys(quoted.values()) if text]
            said = "、".join(f"“{text}”" for text in texts[:_MOST_QUOTED])
            more = "……" if len(texts) > _MOST_QUOTED else ""
            sentence = sentences[code].format(printed=said + more)
            yield Note(code, sentence, tuple(quoted))


def _printed(code: Oddity, cell: Cell, field: Field | None) -> str:
    if field is None or field.seen is None:
        return cell.raw.strip()
    return dict(field.seen.reasons).get(code, cell.raw).strip()


def _sentences() -> dict[Oddity, str]:
    """Return what is said of each kind of oddity; a form that is filled in is none to speak of."""
    return {
        "damaged": _("文件里的表格有损坏，其中的空格可能丢了数，读不准。"),
        "form_field": _("格里的公式或域没有保存结果，读不准。"),
        "struck": _("格里划去的字不计入：{printed}。"),
        "raised": _("格里的注号不计入：{printed}。"),
        "hidden": _("隐藏的内容不计入：{printed}。"),
        "covered": _("被盖住的内容不计入：{printed}。"),
        "annotation": _("格里有批注或后加的文字：{printed}。"),
        "picture": _("格里是图片，看不出是什么数，读不准。"),
        "recognised": _("数字是扫描图的识别结果，读不准，请对照原件：{printed}。"),
        "gap": _("一格里的数字之间有空白，读不准是一个数还是几个数：{printed}。"),
        "scaled": _("格里的数按格式显示，与所存的不同：{printed}。"),
    }
