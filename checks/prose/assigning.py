"""Which quantity a number of the prose counts, by the words around it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from checks.prose.claims import DISPUTES, DOCUMENTS, OUTCOMES, Said
from checks.prose.tokens import LOOSE_UNITS, Token

Words = Sequence[Token]

DOCUMENT_ACTS: Final = ("made", "put_out", "published", "repealed", "in_force")
RESULTS: Final = ("granted", "partial", "denied")
CROSSING: Final = ("carried_over", "carried_forward")
VERBS: Final = ("new_received", "received", "answered", "handled")
CLAIMABLE: Final = frozenset(
    {
        *(*DISPUTES, *OUTCOMES, "involved", "closed"),
        *(*DOCUMENTS, *DOCUMENT_ACTS),
        *("application", *VERBS, *RESULTS, *CROSSING, "turnover"),
    }
)
"""Kinds of words that a number can belong to."""
QUIET: Final = frozenset(
    {
        *("filler", "each", "respectively", "and", "happen", "among"),
        *("now", "own", "disclosure", "ontime", "people"),
    }
)
"""Kinds that may stand between such a word and its number."""
SPOILING: Final = frozenset({"unlike", "result", "dispute_word", "judged", "own_organ"})
"""Kinds that make a number count something that is not asked for."""
NOUNS: Final = ("application", *DISPUTES, *DOCUMENTS)
VERB_CLAIMS: Final = {
    "new_received": ("applications.received", 4),
    "received": ("applications.received", 3),
    "answered": ("applications.answered", 3),
    "handled": ("applications.answered", 1),
}
LOOSE: Final = VERB_CLAIMS["handled"]


@dataclass
class Context:
    """What a sentence has spoken of before the number at hand."""

    documents_in: str = "issued"
    topic: str = ""
    among: bool = False
    inclusive: bool = False
    consumed: int = 0
    """Where the last number's own words end, which the next number cannot have."""
    queue: list[str] = field(default_factory=list)
    act: str = ""
    documents: tuple[str, ...] = ()
    recent: list[tuple[str, Said]] = field(default_factory=list)
    quantities: set[str] = field(default_factory=set)

    def remember(self, found: Iterable[Said]) -> None:
        """Keep what later clauses may refer to: 均维持 means the cases just counted."""
        for item in found:
            row, _dot, column = item.quantity.partition(".")
            self.quantities.add(item.quantity)
            if row == "applications":
                self.topic = row.removesuffix("s")
            if row in DISPUTES and column == "total" and item.value:
                if row.startswith("litigation_"):
                    self.recent = [
                        (other, case) for other, case in self.recent if other != "litigation"
                    ]
                self.recent.append((row, item))
            elif row in DISPUTES:
                self.recent.clear()

    def sentence_part_ends(self) -> None:
        """Forget what a semicolon ends."""
        self.recent.clear()
        self.queue.clear()
        self.among = False


def assigned(context: Context, words: Words, number: Token, rest: Words) -> Iterator[Said]:
    """Yield what a number claims: `words` stand before it in its clause, `rest` after it."""
    if number.bound is None or any(token.kind in SPOILING for token in words):
        return
    if any(token.kind == "neg" for token in words) and number.value:
        return
    quantities = _queued(context, words) or _quantities(context, words, number, rest)
    for quantity, weight in quantities:
        first = next((token for token in words if token.kind in CLAIMABLE), number)
        yield Said(
            quantity, number.value, number.bound, first.start, number.end, weight,
            loose=(quantity, weight) == LOOSE,
        )  # fmt: skip


Found = list[tuple[str, int]]


def _queued(context: Context, words: Words) -> Found:
    """Return the next of several quantities whose numbers follow one by one (分别为 2 件、3 件)."""
    if any(token.kind == "respectively" for token in words):
        context.queue = _all_named(context, words)
    elif any(token.kind not in QUIET for token in words):
        context.queue.clear()
    return [(context.queue.pop(0), 0)] if context.queue else []


def _all_named(context: Context, words: Words) -> list[str]:
    named = [token for token in words if token.kind in CLAIMABLE]
    disputes = [f"{token.kind}.total" for token in named if token.kind in DISPUTES]
    documents = _documents(context, words)
    outcomes = [
        f"{context.topic}.{token.kind}"
        for token in named
        if token.kind in OUTCOMES and context.topic in DISPUTES
    ]
    verbs = [_of_verb(token)[0] for token in named if token.kind in (*VERBS, *RESULTS, *CROSSING)]
    return outcomes or disputes or documents or verbs


def _quantities(context: Context, words: Words, number: Token, rest: Words) -> Found:
    named = [token for token in words if token.kind in CLAIMABLE]
    if not named or not _reaches(words):
        after = _right_after(rest)
        if after is None or (named and not _compatible(named, after)):
            return []
        words = (
            *(token for token in words if token.kind in CLAIMABLE),
            *_before(rest, after),
            after,
        )
        named = [*named, after]
        context.consumed = after.end
    elif number.unit == "" and not _stands_bare(words, rest, number):
        return []
    else:
        after = _right_after(rest)
        if after is not None and after.kind in NOUNS:
            words, named = (*words, after), [*named, after]
            context.consumed = after.end
    if number.unit in LOOSE_UNITS and not _has_noun_near(words, number.unit):
        return []
    return (
        _of_dispute(context, named, words, number)
        or [(quantity, 0) for quantity in _documents_counted(context, words, number)]
        or _of_application(context, named, words)
    )


def _compatible(named: Words, after: Token) -> bool:
    """Say whether a word after the number completes words before it: 收到…15件政府信息公开申请."""
    return after.kind in NOUNS or named[-1].kind in DISPUTES


def _before(rest: Words, after: Token) -> Words:
    return [token for token in rest if token.start < after.start]


def _reaches(words: Words) -> bool:
    """Say whether nothing but quiet words stands between the last word that counts and the number."""
    for token in reversed(words):
        if token.kind in CLAIMABLE:
            return True
        if token.kind not in QUIET:
            return False
    return False


def _right_after(rest: Words) -> Token | None:
    """Return the word that names what a number counts when it stands behind it: 1起…行政诉讼."""
    for token in rest:
        if token.kind in CLAIMABLE:
            return token
        if token.kind not in QUIET and token.kind != "about":
            return None
    return None


def _stands_bare(words: Words, rest: Words, number: Token) -> bool:
    """A number without a unit counts only after its noun or 为, with nothing behind it."""
    return not rest and (number.value == 0 or bool(words))


def _has_noun_near(words: Words, unit: str) -> bool:
    """项, 个, 次 count things right beside them; 条 counts news, but for applications received."""
    last = next((token for token in reversed(words) if token.kind not in QUIET), None)
    near = last is not None and last.kind in NOUNS
    return near and (unit != "条" or any(token.kind in VERBS for token in words))


# --- section 四


def _of_dispute(context: Context, named: Words, words: Words, number: Token) -> Found:
    if named[-1].kind == "application" and not any(token.kind in DISPUTES for token in words):
        return []
    rows = [token.kind for token in named if token.kind in DISPUTES]
    if not rows and context.topic not in DISPUTES:
        return []
    outcomes = [token.kind for token in named if token.kind in OUTCOMES]
    row = rows[-1] if rows else context.topic
    if outcomes:
        before = named[0].kind in DISPUTES or not rows
        extra = [] if before else [(f"{row}.total", 0)]
        return [*extra, (f"{row}.{outcomes[-1]}", 0)]
    if named[-1].kind == "closed":
        context.recent = [(row, Said(row, number.value, "=", number.start, number.end))]
        return []
    if not rows and not any(token.kind in ("involved", "received", "handled") for token in named):
        return []
    weight = sum(token.kind in ("disclosure", *DISPUTES) for token in words)
    return [(f"{item}.total", weight) for item in _each(rows or [row], words, number)]


def _each(rows: list[str], words: Words, number: Token) -> list[str]:
    """Several things with one number: each of them where it says 各 or counts none, else a sum."""
    distinct = list(dict.fromkeys(rows))
    if len(distinct) > 1 and {"litigation_direct", "litigation_after_review"} & set(distinct):
        distinct = [row for row in distinct if row not in ("review", "litigation")]
    each = number.value == 0 or any(token.kind == "each" for token in words)
    return distinct if each or len(distinct) == 1 else []


# --- documents


def _documents(context: Context, words: Words) -> list[str]:
    acts = [token.kind for token in words if token.kind in DOCUMENT_ACTS]
    nouns = tuple(dict.fromkeys(token.kind for token in words if token.kind in DOCUMENTS))
    if not nouns and not (acts and context.topic == "documents"):
        return []
    if not acts and any(token.kind == "gap" for token in words):
        context.act = ""
    context.documents = nouns or context.documents
    column = _column(acts[-1] if acts else context.act, context.documents_in)
    return [f"{noun}.{column}" for noun in context.documents] if column else []


def _documents_counted(context: Context, words: Words, number: Token) -> list[str]:
    found = _documents(context, words)
    each = number.value == 0 or any(token.kind == "each" for token in words)
    return found if each or len(found) == 1 else []


def _column(act: str, documents_in: str) -> str:
    """Return the column of section 二 for an act; "" where that edition has none."""
    by_edition = {
        "issued": {
            "made": "issued",
            "put_out": "issued",
            "repealed": "repealed",
            "in_force": "in_force",
        },
        "made": {"made": "made", "put_out": "published", "published": "published"},
    }
    return by_edition[documents_in].get(act, "")


# --- section 三


def _of_verb(token: Token) -> tuple[str, int]:
    if token.kind in RESULTS or token.kind in CROSSING:
        return f"applications.{token.kind}", 0
    return VERB_CLAIMS[token.kind]


def _of_application(context: Context, named: Words, words: Words) -> Found:
    if any(token.kind in (*DISPUTES, *DOCUMENTS, *DOCUMENT_ACTS) for token in named):
        return []
    kinds = {token.kind for token in words}
    said = context.topic == "application" or kinds & {"application", "new_received", *CROSSING}
    if not said and not ("disclosure" in kinds and kinds & {"received", "answered"}):
        return []
    special = [token for token in named if token.kind in (*CROSSING, *RESULTS)]
    if special:
        return _special(special, named)
    if named[-1].kind == "turnover":
        answered = "applications.answered" in context.quantities and "among" not in kinds
        return [("applications.carried_forward", 0)] if answered else []
    if _is_part(words):
        return []
    verbs = [token for token in named if token.kind in VERBS]
    found = _of_verbs(verbs, words) if verbs else [("applications.received", 2)]
    return [item for item in found if _whole(context, item)]


def _special(special: Words, named: Words) -> Found:
    receiving = ("new_received", "received")
    if special[-1].kind == "carried_over" and named[0].kind in receiving and len(named) > 2:
        return []
    if special[-1].kind == "denied" and any(token.kind == "about" for token in named):
        return []
    return [_of_verb(special[-1])]


def _of_verbs(verbs: Words, words: Words) -> Found:
    joined = [
        token
        for place, token in enumerate(words)
        if token.kind == "and" and 0 < place < len(words) - 1
        and words[place - 1].kind in VERBS and words[place + 1].kind in VERBS
    ]  # fmt: skip
    return [_of_verb(token) for token in (verbs if joined else verbs[-1:])]


def _is_part(words: Words) -> bool:
    """Say whether a number counts applications of one kind only: by one channel, on one matter."""
    kinds = [token.kind for token in words]
    several = "and_so_on" in kinds or kinds.count("channel") + kinds.count("applicant") > 1
    if ("channel" in kinds or "applicant" in kinds) and not several:
        return True
    about = kinds.index("about") if "about" in kinds else len(kinds)
    return "gap" in kinds[about:] or "unlike" in kinds


def _whole(context: Context, found: tuple[str, int]) -> bool:
    """Say whether a number can be the whole of its quantity, not a part of what came before."""
    quantity, _weight = found
    if found == VERB_CLAIMS["new_received"]:
        return True
    if quantity == "applications.received" and context.inclusive:
        return False
    if not context.among:
        return True
    others = context.quantities - {quantity}
    return quantity not in context.quantities and bool(others)


# --- clauses without a number


def negated(context: Context, words: Words) -> Iterator[Said]:
    """Yield what a clause says never happened: 未收到申请, 无行政复议、行政诉讼, 诉讼均未发生."""
    place = next((i for i, token in enumerate(words) if token.kind == "neg"), None)
    if place is None:
        return
    after = [token for token in words[place + 1 :] if token.kind not in QUIET]
    named = after if any(token.kind in (*NOUNS, *OUTCOMES, *CROSSING) for token in after) else [
        *(token for token in words[:place] if token.kind not in QUIET), *after,
    ]  # fmt: skip
    if nothing_left_over(words) and context.topic == "application":
        yield Said("applications.carried_over", 0, "=", words[0].start, words[-1].end)
    if any(token.kind in SPOILING for token in words) or not _plain(named):
        return
    zero = Token("number", words[place].start, words[-1].end, 0)
    for quantity in _nothing(context, words[:place], named, zero):
        yield Said(quantity, 0, "=", words[0].start, words[-1].end)


def nothing_left_over(words: Words) -> bool:
    """Say whether a clause says that last year left nothing over: 上年度无结转."""
    kinds = [token.kind for token in words]
    return "past" in kinds and "neg" in kinds and "turnover" in kinds


def _plain(named: Words) -> bool:
    """Say whether nothing unknown stands behind the first word that counts."""
    first = next((i for i, token in enumerate(named) if token.kind in CLAIMABLE), len(named))
    return all(token.kind != "gap" for token in named[first:]) and first < len(named)


def _nothing(context: Context, before: Words, named: Words, zero: Token) -> list[str]:
    nouns = [token for token in named if token.kind in CLAIMABLE]
    rows = [token.kind for token in nouns if token.kind in DISPUTES]
    outcomes = [token.kind for token in nouns if token.kind in OUTCOMES]
    if outcomes:
        row = rows[-1] if rows else context.topic
        return [f"{row}.{outcome}" for outcome in outcomes] if row in DISPUTES else []
    if rows:
        return [f"{row}.total" for row in _each(rows, named, zero)]
    if any(token.kind in DOCUMENTS for token in nouns):
        return _documents(context, (*before, *named))
    crossing = [token.kind for token in nouns if token.kind in CROSSING]
    if crossing:
        return [f"applications.{kind}" for kind in crossing]
    whole = any(token.kind == "application" for token in nouns) and not _is_part(named)
    verbs = [token for token in nouns if token.kind in VERBS]
    return [_of_verb(verbs[0])[0] if verbs else "applications.received"] if whole else []


def implied(context: Context, words: Words) -> Iterator[Said]:
    """Yield what a clause without a number says of the cases just counted: 均维持, 尚未审结."""
    kinds = [token.kind for token in words]
    kind = next((item for item in kinds if item.startswith("litigation_")), None)
    outcome = next((token for token in words if token.kind in OUTCOMES), None)
    for row, case in _concerned(context, kinds):
        if kind and row == "litigation":
            row = kind
            yield Said(f"{row}.total", case.value, case.bound, case.start, words[-1].end)
        if outcome is not None:
            yield Said(f"{row}.{outcome.kind}", case.value, case.bound, case.start, outcome.end)


def _concerned(context: Context, kinds: list[str]) -> list[tuple[str, Said]]:
    named = [item for item in context.recent if item[0] in kinds]
    if named:
        return named
    return context.recent if "each" in kinds else context.recent[-1:]
