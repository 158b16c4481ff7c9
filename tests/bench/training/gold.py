"""Gold attributions laid over parsed paragraphs as masks of tokens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

from pipeline.extract.quotations import find_quotations
from pipeline.extract.quotes.paragraph import VERBAL, ParsedParagraph, paragraphs
from pipeline.records import Article, Spans
from tests.bench.gold import Row


@dataclass(slots=True)
class Attribution:
    """One gold attribution in its paragraph, tokens counted from the paragraph's first.

    ``source`` and ``content`` are masks with a bit a token, ``cue`` the indices of the cue's tokens, ``head`` that of
    the cue's head.
    """

    source: int
    cue: list[int]
    content: int
    head: int


@dataclass(slots=True)
class Example:
    """A paragraph with its ``gold`` attributions.

    ``article`` is the number of its article, ``fold`` (0 or 1) the half of the data that the article belongs to.
    """

    paragraph: ParsedParagraph
    gold: list[Attribution]
    fold: int
    article: int


def examples(parsed: Iterable[tuple[Article, Doc, Row]]) -> Iterator[Example]:
    """The paragraphs of parsed gold articles; attributions without cue or content in a paragraph are left out of it."""
    for number, (article, doc, row) in enumerate(parsed):
        for p in paragraphs(doc, article, find_quotations(article)):
            attributions = (_make_attribution(p, attribution) for attribution in row["attributions"])
            gold = [attribution for attribution in attributions if attribution is not None]
            yield Example(p, gold, number % 2, number)


def _make_attribution(p: ParsedParagraph, row: Row) -> Attribution | None:
    cue = _tokens_in(p, row["cue"])
    content = _mask_of(p, row["content"])
    if not cue or not content:
        return None
    return Attribution(_mask_of(p, row["source"]), cue, content, _head_of(p, cue))


def _tokens_in(p: ParsedParagraph, spans: Spans) -> list[int]:
    return [
        i
        for i in range(len(p))
        if p.word[i].strip() and any(p.start[i] < end and p.end[i] > start for start, end in spans)
    ]


def _mask_of(p: ParsedParagraph, spans: Spans) -> int:
    return sum(p.bit[i] for i in _tokens_in(p, spans))


def _head_of(p: ParsedParagraph, cue: list[int]) -> int:
    inside = set(cue)
    tops = [i for i in cue if p.head[i] not in inside or p.head[i] == i]
    return min(tops, key=lambda i: (p.pos[i] not in VERBAL, p.pos[i] not in ("NOUN", "ADP", "ADJ"), i))
