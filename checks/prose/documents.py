"""Numbers about section 二: regulations and normative documents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from checks.prose.claims import DOCUMENTS
from checks.prose.words import DOCUMENT_ACTS, Context, Words, each, kinds_of

_OF_DOCUMENTS: Final = frozenset(("repealed", "in_force"))
_COLUMNS: Final[Mapping[str, Mapping[str, str]]] = {
    "issued": {
        "made": "issued",
        "put_out": "issued",
        "repealed": "repealed",
        "in_force": "in_force",
    },
    "made": {"made": "made", "put_out": "published", "published": "published"},
}
"""By the column that 制发 fills, the column of each act; what an edition does not ask is left out."""


def denied(context: Context, words: Words) -> list[str]:
    """Return what words name where they say that there was none, every act by itself."""
    acts = [token for token in words if token.kind in DOCUMENT_ACTS]
    nouns = [token for token in words if token.kind in DOCUMENTS]
    found = [name for act in acts for name in named(context, [act, *nouns])]
    return list(dict.fromkeys(found or named(context, words)))


def counted(context: Context, words: Words, value: int) -> list[str]:
    """Return what a number counts of documents, [] where it counts something else."""
    return each(named(context, words), words, value)


def named(context: Context, words: Words) -> list[str]:
    """Return the quantities that words name; an act or a noun may stand in the clause before."""
    kinds = kinds_of(words)
    acts = [kind for kind in kinds if kind in DOCUMENT_ACTS]
    nouns = tuple(dict.fromkeys(kind for kind in kinds if kind in DOCUMENTS))
    # 规范性文件评估清理，废止 4 件: only documents are repealed, or still in force.
    told = context.topic == "documents" or (context.gone_over and {*acts} <= _OF_DOCUMENTS)
    if not nouns and not (acts and told):
        return []
    if not acts and "gap" in kinds:
        context.act = ""
    context.documents = nouns or context.documents
    # 制定并公开 is made: what the edition does not ask, or asks besides, adds nothing.
    columns = _COLUMNS[context.documents_in]
    column = next((columns[act] for act in acts or [context.act] if act in columns), None)
    return [f"{noun}.{column}" for noun in context.documents] if column else []
