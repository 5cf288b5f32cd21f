"""Whole files inside a Word file (`altChunk`): Word shows what they say in their place.

Programs that make Word files out of web pages leave the page as it is, in a part of its own.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable

from lxml import etree

from loaders.document import Document
from loaders.kinds import read_document
from loaders.package import parse_xml

_ROOT = "/"


class Chunks:
    """Finds the files that stand inside a document."""

    def __init__(self, main: str, part: Callable[[str], bytes]) -> None:
        """Take the name of the main part, and what gives a part by its name."""
        self._main = main
        self._part = part

    def document(self, chunk: etree._Element) -> Document | None:
        """Return what a file inside says, None where it is not there; raises ReadError."""
        wanted = [chunk.get(name) for name in chunk.attrib if str(name).endswith("}id")]
        folder, main = posixpath.split(self._main)
        relations = self._part(f"{folder}/_rels/{main}.rels")
        for relation in parse_xml(relations) if relations else ():
            if relation.get("Id") in wanted and relation.get("TargetMode") != "External":
                target = posixpath.join(_ROOT, folder, relation.get("Target", ""))
                name = posixpath.normpath(target).lstrip(_ROOT)
                return read_document(self._part(name), name)
        return None
