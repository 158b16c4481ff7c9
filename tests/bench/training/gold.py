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
    """One gold attribution in its paragraph; ``head``: the cue's head token, ``outside``: content words elsewhere."""

    source: int
    cue: list[int]
    content: int
    head: int


@dataclass(slots=True)
class Example:
    """A paragraph with its gold attributions; ``fold``: its article's half of the data."""

    paragraph: ParsedParagraph
    gold: list[Attribution]
    fold: int
    article: int


def examples(read: Iterable[tuple[Article, Doc, Row]]) -> Iterator[Example]:
    """The paragraphs of gold articles. Attributions whose cue or content isn't in one paragraph are left out."""
    for number, (article, doc, row) in enumerate(read):
        for p in paragraphs(doc, article, find_quotations(article)):
            gold = [made for each in row["attributions"] if (made := _attribution(p, each)) is not None]
            yield Example(p, gold, number % 2, number)


def _attribution(p: ParsedParagraph, row: Row) -> Attribution | None:
    cue = _tokens(p, row["cue"])
    content = _mask(p, row["content"])
    if not cue or not content:
        return None
    return Attribution(_mask(p, row["source"]), cue, content, _head(p, cue))


def _tokens(p: ParsedParagraph, spans: Spans) -> list[int]:
    return [
        i
        for i in range(len(p))
        if p.word[i].strip() and any(p.start[i] < end and p.end[i] > start for start, end in spans)
    ]


def _mask(p: ParsedParagraph, spans: Spans) -> int:
    return sum(p.bit[i] for i in _tokens(p, spans))


def _head(p: ParsedParagraph, cue: list[int]) -> int:
    inside = set(cue)
    tops = [i for i in cue if p.head[i] not in inside or p.head[i] == i]
    return min(tops, key=lambda i: (p.pos[i] not in VERBAL, p.pos[i] not in ("NOUN", "ADP", "ADJ"), i))
