"""Word documents for tests: bodies of XML in a package, and what the filled ones say."""

from outputs.letters import lines_of
from outputs.letters.package import packed

SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    "</Types>"
)


def template(body: str, **parts: str) -> bytes:
    """A document with this body; other parts of it by name (header1, settings)."""
    told = {
        "[Content_Types].xml": TYPES,
        "word/document.xml": _root("document", f"<w:body>{body}</w:body>"),
    }
    told |= {f"word/{name}.xml": text for name, text in parts.items()}
    return packed({name: text.encode() for name, text in told.items()})


def header(body: str) -> str:
    return _root("hdr", body)


def _root(name: str, body: str) -> str:
    return f"<w:{name} {SPACE}>{body}</w:{name}>"


def p(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def r(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def char(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def field(*pieces: str, shown: str = "«»", look: str = "") -> str:
    """A merge field as a series of runs, its instruction torn into pieces."""
    told = "".join(
        f'<w:r><w:instrText xml:space="preserve">{piece}</w:instrText></w:r>' for piece in pieces
    )
    return char("begin") + told + char("separate") + r(shown, look) + char("end")


def merge(name: str) -> str:
    return field(f" MERGEFIELD {name} ")


def simple(name: str) -> str:
    return f'<w:fldSimple w:instr=" MERGEFIELD {name} \\* MERGEFORMAT ">{r("«»")}</w:fldSimple>'


def control(name: str, content: str, kind: str = "tag") -> str:
    return f'<w:sdt><w:sdtPr><w:{kind} w:val="{name}"/></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>'


def tc(*paragraphs: str) -> str:
    return f"<w:tc>{''.join(paragraphs)}</w:tc>"


def tr(*cells: str) -> str:
    return f"<w:tr>{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def says(document: bytes) -> list[str]:
    """Each paragraph of a document, each row of a table with its cells in a line."""
    return [" | ".join(line.cells) if line.cells else line.text for line in lines_of(document)]
