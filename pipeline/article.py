"""From articles to results: process_all(), the one function that every engine calls."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.claims import build_claims
from pipeline.event_profiles import build_event_profiles
from pipeline.extract import find_all
from pipeline.knowledge import Knowledge, load_knowledge
from pipeline.link import join_linked, link_all
from pipeline.nlp import load_nlp, parse
from pipeline.records import READ_ROLES, Article, Linked, Result
from pipeline.settings import DEFAULT_MODEL
from pipeline.text.parts import count_parts, reflow_parts
from pipeline.text.reflow import Reflowed

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Resources:
    """What extraction needs and a process loads once, as that takes seconds."""

    nlp: Language  #: the spaCy pipeline
    knowledge: Knowledge  #: the word lists, tables, trained weights and event types of models/


def load_resources(model: str = DEFAULT_MODEL, events: Sequence[Path] = ()) -> Resources:
    """Load the spaCy pipeline ``model`` and the knowledge of models/, with further event types from ``events``.

    Raises BadModel for a pipeline that can't be used, BadKnowledge for a mistake in a file.
    """
    knowledge = load_knowledge(events)  # first: a mistake in a file is reported before the model's two seconds
    return Resources(load_nlp(model), knowledge)


def process_all(
    articles: Iterable[Article], resources: Resources, check: Callable[[], None] = lambda: None
) -> Iterator[Result]:
    """The result of every article, in order; all engines call this, so all give the same results.

    Articles are parsed together, several in advance. ``check`` is called between the parts of an article and may
    raise, to stop.
    """
    parts_by_article: deque[int] = deque()
    waiting: deque[Reflowed] = deque()

    def reflow_all() -> Iterator[Article]:
        for article in articles:
            parts_by_article.append(count_parts(article))
            for part in reflow_parts(article):
                waiting.append(part)
                yield part.article

    parsed = ((waiting.popleft(), doc) for _, doc in parse(resources.nlp, reflow_all()))
    for first in parsed:
        further = islice(parsed, parts_by_article.popleft() - 1)
        parts = chain(iter([first]), further)
        del first  # a long article's parts are not kept in memory together
        yield process(parts, resources.knowledge, check)


def process(
    parts: Iterable[tuple[Reflowed, Doc]], knowledge: Knowledge, check: Callable[[], None] = lambda: None
) -> Result:
    """Extract everything from one article, whose ``parts`` come with their parses: one, but for very long articles.

    The flow of an article, from text to claims:

    1. ``reflow_parts(article)`` (text.parts) joins broken lines and hyphenated words: the parser and the rules see
       running text, and every span that they find is carried back to the offsets of the article as it came.
    2. ``parse(nlp, articles)`` (nlp) makes a spaCy Doc of the blocks that are read, many articles at a time.
       ``process_all`` does these two steps; then it calls this function with the reflowed article and its Doc.
    3. ``analyze`` runs ``find_all`` (extract), which finds mentions, dates, quotes and events independently of each
       other, then ``link_all`` (link), which resolves who speakers and actors are, gives names their fullest form,
       tells which quote reports which event, and which events are one.
    4. ``build_claims`` (claims) joins all of that into rows: one for each speaker of a quote, one for each event.

    The function depends on nothing but its arguments, and neither reads nor writes files; parts are drawn one by one,
    and ``check`` is called before each. What compares articles with each other (copies, agreement) comes later, in
    ``run``. Raises ValueError without any part.
    """
    article: Article | None = None
    linked_parts: list[Linked] = []
    for reflowed, doc in parts:
        check()
        article = reflowed.original
        linked_parts.append(analyze(reflowed, doc, knowledge))
    if article is None:
        raise ValueError("an article without parts")
    return finish(article, join_linked(linked_parts, knowledge.event_words.groups), knowledge)


def finish(article: Article, linked: Linked, knowledge: Knowledge) -> Result:
    """Join what was found in an article and linked: its claims, and what these say of its events (step 4)."""
    claims = build_claims(article, linked)
    events = build_event_profiles(article, linked, claims, knowledge.event_words.groups)
    return Result(article, claims, linked.mentions, linked.dates, _count_words(article), events)


def analyze(reflowed: Reflowed, doc: Doc, knowledge: Knowledge, *, with_scores: bool = False) -> Linked:
    """What is found in a parsed article and how it is linked; spans are in the original text (step 3 of ``process``).

    ``doc`` is the parse of ``reflowed.article``. ``extract explain`` shows what this returns, with the quotes'
    scores (``with_scores``).
    """
    findings = find_all(doc, reflowed.article, knowledge, with_scores=with_scores)
    return reflowed.linked_to_source(link_all(findings, reflowed.article, doc, knowledge))


def _count_words(article: Article) -> int:
    """Whitespace-separated words in the blocks that are read."""
    blocks = (block for block in article.blocks if block.role in READ_ROLES and not block.repeated)
    return sum(len(article.text[block.start : block.end].split()) for block in blocks)
