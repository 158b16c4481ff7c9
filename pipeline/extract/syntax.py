"""What every extractor asks of a parse: sentences that may carry claims, spans of subtrees, subjects, negation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from pipeline.records import CLAIM_ROLES, READ_ROLES, Article, Span

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
#: Longer chains of conjuncts are no sentence anyone wrote, and climbing them would cost the square of their length.
_CLIMB = 12
_OUTER = "\"'“”‘’„«» ,.;:–—-\t\r\n\xa0"


def read_sentences(doc: Doc, article: Article) -> Iterator[DocSpan]:
    """Sentences of every block that is read, blank ones left out."""
    return _sentences(doc, article, READ_ROLES)


def claim_sentences(doc: Doc, article: Article) -> Iterator[DocSpan]:
    """Sentences of the blocks that claims come from: headline, caption, body."""
    return _sentences(doc, article, CLAIM_ROLES)


def _sentences(doc: Doc, article: Article, roles: frozenset[str]) -> Iterator[DocSpan]:
    for sentence in doc.sents:
        first = next((token for token in sentence if not token.is_space), None)
        if first is None:
            continue
        block = article.block_at(first.idx)
        if block is not None and block.role in roles and not block.repeated:
            yield sentence


def chars(tokens: Iterable[Token]) -> Span | None:
    """[start, end) from the first to the last of the tokens that aren't blank; None when there are none."""
    solid = [token for token in tokens if not token.is_space]
    if not solid:
        return None
    return min(token.idx for token in solid), max(token.idx + len(token) for token in solid)


def trim(text: str, span: Span, outer: str = _OUTER) -> Span:
    """The span without blanks, commas, full stops, dashes and quotation marks at its ends."""
    start, end = span
    while start < end and text[start] in outer:
        start += 1
    while end > start and text[end - 1] in outer:
        end -= 1
    return start, end


def subject_of(verb: Token) -> Token | None:
    """The verb's own subject; for a coordinated or controlled verb without one, that of the verb it hangs on."""
    seen = verb
    for _ in range(_CLIMB):
        for child in seen.children:
            if child.dep_ in SUBJECTS:
                return child
        if seen.dep_ not in ("conj", "xcomp") or seen.head.i == seen.i or seen.head.pos_ not in ("VERB", "AUX"):
            return None
        seen = seen.head
    return None


def is_negated(verb: Token) -> bool:
    """Whether "not", "n't" or "never" hangs on the verb or on one of its auxiliaries."""
    return any(
        child.i < verb.i and (child.dep_ == "neg" or (child.dep_ == "advmod" and child.lower_ == "never"))
        for host in (verb, *(child for child in verb.children if child.dep_ in ("aux", "auxpass")))
        for child in host.children
    )


def run_around(head: Token, tokens: Iterable[Token]) -> list[Token]:
    """The unbroken run of tokens that holds ``head``, in text order."""
    known = {t.i: t for t in tokens}
    low = high = head.i
    while low - 1 in known:
        low -= 1
    while high + 1 in known:
        high += 1
    return [known[i] for i in range(low, high + 1) if i in known]


def overlaps(one: Span, other: Span) -> bool:
    """Whether two spans share a character."""
    return one[0] < other[1] and other[0] < one[1]
