"""How fast each extractor is by itself, and quotes with what links them, the parse apart."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tests.bench.adapters import ADAPTERS
from tests.bench.gold import GoldFile, read_rows
from tests.bench.results import markdown_table

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from pipeline.records import Article

#: Articles with their parses.
Parsed = Sequence[tuple["Article", "Doc"]]


def extraction_table(file: GoldFile, model: str, runs: int = 3) -> str:
    """A Markdown table of words per CPU second of each extractor over the texts of a gold file, the best of ``runs``.

    Every text is parsed once before, with ``model``, and what the linking takes is extracted once before; "quotes, then
    all linking" is what finding speakers costs: ``find_quotes`` and ``link_all``.
    """
    from pipeline.corpus import make_article
    from pipeline.engines.garbage import spare_what_is_loaded
    from pipeline.extract import find_all
    from pipeline.extract.dates import find_dates
    from pipeline.extract.entities import find_entities
    from pipeline.extract.events import find_events
    from pipeline.extract.quotes import find_quotes
    from pipeline.knowledge import load_knowledge
    from pipeline.link import link_all
    from pipeline.nlp import load_nlp, parse

    knowledge = load_knowledge()
    texts = ADAPTERS[file.set].texts(file, read_rows(file.path))
    parsed = list(parse(load_nlp(model), [make_article(text.text, file="gold.txt") for text in texts]))
    words = sum(len(text.text.split()) for text in texts)
    findings = {article.doc_id: find_all(doc, article, knowledge) for article, doc in parsed}
    spare_what_is_loaded()  # as every engine does

    def find_and_link(article: Article, doc: Doc) -> None:
        find_quotes(doc, article, knowledge.cues, with_scores=False)
        link_all(findings[article.doc_id], article, doc, knowledge)

    calls: dict[str, Callable[[Article, Doc], object]] = {
        "entities": lambda article, doc: find_entities(doc, article, knowledge.places),
        "dates": lambda article, doc: find_dates(doc, article, knowledge.dates),
        "quotes": lambda article, doc: find_quotes(doc, article, knowledge.cues, with_scores=False),
        "quotes, then all linking": find_and_link,
        "events": lambda article, doc: find_events(doc, article, knowledge.events, knowledge.event_words, [], []),
    }
    rows = [(name, f"{words / _best_cpu_seconds(call, parsed, runs):,.0f}") for name, call in calls.items()]
    return markdown_table(("extractor", "words per CPU second"), rows)


def _best_cpu_seconds(call: Callable[[Article, Doc], object], parsed: Parsed, runs: int) -> float:
    best = float("inf")
    for _ in range(runs):
        start = time.process_time()
        for article, doc in parsed:
            call(article, doc)
        best = min(best, time.process_time() - start)
    return best
