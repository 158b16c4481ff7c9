"""What every extractor asks of a parse: sentences that may carry claims, spans of subtrees, subjects, negation.

Functions take spaCy tokens and give tokens, or spans as [start, end) offsets into ``Article.text``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from pipeline.records import CLAIM_ROLES, READ_ROLES, Article, Span

#: Relations of a subject to its verb, "there" of "there are" included.
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
#: Verbs climbed from a coordinated verb to the one with the subject. A longer chain of conjuncts is no sentence anyone
#: wrote, and climbing it from each of its verbs would cost the square of its length.
_LONGEST_CLIMB = 12
#: Marks that open and close a quotation; the single ones are apostrophes, too.
_PAIRED = (('"', '"'), ("“", "”"), ("«", "»"))
#: Characters that are cut off the ends of a span.
_TRIMMED = "\"'“”‘’„«» ,.;:–—-\t\r\n\xa0"


def read_sentences(doc: Doc, article: Article) -> Iterator[DocSpan]:
    """Sentences of every block that is parsed (``READ_ROLES``) and not repeated, blank ones left out, in text order."""
    return _sentences_in(doc, article, READ_ROLES)


def claim_sentences(doc: Doc, article: Article) -> Iterator[DocSpan]:
    """Sentences of the blocks that claims come from (headline, caption, body), blank ones left out, in text order."""
    return _sentences_in(doc, article, CLAIM_ROLES)


def _sentences_in(doc: Doc, article: Article, roles: frozenset[str]) -> Iterator[DocSpan]:
    for sentence in doc.sents:
        first_token = next((token for token in sentence if not token.is_space), None)
        if first_token is None:
            continue
        block = article.block_at(first_token.idx)
        if block is not None and block.role in roles and not block.repeated:
            yield sentence


def char_span(tokens: Iterable[Token]) -> Span | None:
    """[start, end) from the first to the last of the tokens that aren't blank; None when there are none.

    The tokens may come in any order and need not touch: what lies between them is within the span.
    """
    solid = [token for token in tokens if not token.is_space]
    if not solid:
        return None
    return min(token.idx for token in solid), max(token.idx + len(token) for token in solid)


def trim(text: str, span: Span, outer: str = _TRIMMED) -> Span:
    """The span without blanks, commas, full stops, dashes and quotation marks (or ``outer``) at its ends.

    A quotation within it keeps both of its marks: 'three "local leaders"'. A span of nothing else becomes empty, at its
    end: start equals end.
    """
    start, end = span
    while start < end and text[start] in outer:
        start += 1
    while end > start and text[end - 1] in outer:
        end -= 1
    return _with_both_marks(text, start, end, outer)


def _with_both_marks(text: str, start: int, end: int, outer: str) -> Span:
    """The span with the mark right beside it that opens or closes a quotation of which it has one mark alone."""
    for opening, closing in _PAIRED:
        if closing not in outer or not start < end:
            continue
        opened, closed = text.count(opening, start, end), text.count(closing, start, end)
        is_open = opened % 2 == 1 if opening == closing else opened > closed
        if is_open and text.startswith(closing, end):
            return start, end + 1
        if (is_open if opening == closing else closed > opened) and start and text[start - 1] == opening:
            return start - 1, end
    return start, end


def subject_of(verb: Token) -> Token | None:
    """The verb's own subject; for a coordinated or controlled verb without one, that of the verb it hangs on.

    In "Blake came and wanted to stay" that is "Blake" for all three verbs. None when the parse has none.
    """
    governor = verb
    for _ in range(_LONGEST_CLIMB):
        for child in governor.children:
            if child.dep_ in SUBJECTS:
                return child
        is_root = governor.head.i == governor.i
        if governor.dep_ not in ("conj", "xcomp") or is_root or governor.head.pos_ not in ("VERB", "AUX"):
            return None
        governor = governor.head
    return None


def is_negated(verb: Token) -> bool:
    """Whether "not", "n't" or "never" before the verb hangs on it or on one of its auxiliaries."""
    return any(
        child.i < verb.i and (child.dep_ == "neg" or (child.dep_ == "advmod" and child.lower_ == "never"))
        for host in (verb, *(child for child in verb.children if child.dep_ in ("aux", "auxpass")))
        for child in host.children
    )


def content_clause_around(word: Token, report: Token) -> Token | None:
    """The verb of what is reported where ``word`` still belongs to it, though the parser hung it on the report.

    "Close" for "in May" in "It will close its mill in Bonn, in May, they said". None for a word after the subject of
    ``report``, a verb of saying, or where nothing is reported before it.
    """
    clause = next((child for child in report.lefts if child.dep_ == "ccomp" and child.i < word.i), None)
    if clause is None:
        return None
    subject = next((child for child in report.lefts if child.dep_ in SUBJECTS and child.i > clause.i), None)
    return clause if word.i < (subject.left_edge.i if subject is not None else report.i) else None


def run_around(head: Token, tokens: Iterable[Token]) -> list[Token]:
    """The unbroken run of neighbouring tokens, of those given, that holds ``head``, in text order.

    Of "the mine ... in Osk" around "mine" that is "the mine": what the gap cuts off is left out.
    """
    token_at = {token.i: token for token in tokens}
    low = high = head.i
    while low - 1 in token_at:
        low -= 1
    while high + 1 in token_at:
        high += 1
    return [token_at[index] for index in range(low, high + 1) if index in token_at]


def overlaps(first: Span, second: Span) -> bool:
    """Whether two spans share a character; spans that only touch don't."""
    return first[0] < second[1] and second[0] < first[1]
