"""Gold attributions laid over parsed paragraphs as masks of words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

from pipeline.extract.quotations import find_quotations
from pipeline.extract.quotes.paragraph import VERBAL, ParsedParagraph, parse_paragraphs
from pipeline.records import Article, Spans
from tests.bench.gold import Row

#: Parts that the articles are dealt out to: the last model learns from what models of the other parts propose.
FOLDS = 3


@dataclass(slots=True)
class Attribution:
    """One gold attribution in its paragraph.

    ``source``, ``content``: masks of their words, 0 for no source; ``cue``: its tokens in text order; ``head``: the
    token of the cue that stands for it, at first by the parse, then the one that the model likes best; ``optional``:
    whether it is a borderline case, which counts neither for nor against a model that says what is an attribution.
    """

    source: int
    cue: list[int]
    content: int
    head: int
    optional: bool = False


@dataclass(slots=True)
class Example:
    """A paragraph with its gold attributions.

    ``fold``: the third of the data (0, 1 or 2) that its article is in; ``article``: the article's number; ``weight``:
    how much it counts beside a paragraph of PolNeAR.
    """

    paragraph: ParsedParagraph
    attributions: list[Attribution]
    fold: int
    article: int
    weight: float = 1.0


def read_examples(parsed: Iterable[tuple[Article, Doc, Row]], weight: float = 1.0) -> Iterator[Example]:
    """The paragraphs of gold articles with their attributions; ``parsed``: articles, their parses and gold rows.

    ``weight`` is how much each paragraph counts.

    Attributions whose cue or content isn't in one paragraph are left out. Articles go to the folds by turns.
    """
    for number, (article, doc, row) in enumerate(parsed):
        for para in parse_paragraphs(doc, article, find_quotations(article)):
            attributions = [
                attribution
                for gold in row["attributions" if "attributions" in row else "claims"]
                if (attribution := _read_attribution(para, gold)) is not None
            ]
            yield Example(para, attributions, number % FOLDS, number, weight)


def _read_attribution(para: ParsedParagraph, gold: Row) -> Attribution | None:
    cue = _tokens_in(para, gold["cue"])
    content = _mask_of(para, gold["content"])
    if not cue or not content:
        return None
    is_optional = bool(gold.get("optional"))
    return Attribution(_mask_of(para, gold["source"]), cue, content, _head_of(para, cue), is_optional)


def _tokens_in(para: ParsedParagraph, spans: Spans) -> list[int]:
    """The tokens, blanks left out, that share a character with one of the spans."""
    return [
        token
        for token in range(len(para))
        if para.word[token].strip()
        and any(para.char_start[token] < end and para.char_end[token] > start for start, end in spans)
    ]


def _mask_of(para: ParsedParagraph, spans: Spans) -> int:
    return sum(para.bit[token] for token in _tokens_in(para, spans))


def _head_of(para: ParsedParagraph, cue: list[int]) -> int:
    """The cue's token that hangs on none of its others: verbs first, then nouns, prepositions and adjectives."""
    inside = set(cue)
    tops = [token for token in cue if para.head[token] not in inside or para.head[token] == token]
    return min(
        tops, key=lambda token: (para.pos[token] not in VERBAL, para.pos[token] not in ("NOUN", "ADP", "ADJ"), token)
    )
