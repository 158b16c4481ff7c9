"""One process, in order: batches of articles are parsed together, results come out as soon as they are known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice, repeat

from pipeline.article import Resources, process
from pipeline.nlp import BATCH_SIZE, parse
from pipeline.records import Article, Rejected, Result
from pipeline.text.reflow import Reflowed, reflow


def run_local(items: Iterable[Article | Rejected | Result], tools: Resources) -> Iterator[Result | Rejected]:
    """A Result for every Article, in order; all else passes through. An article that breaks is rejected."""
    stream = iter(items)
    # Small batches first: the first claim should not wait for sixteen articles.
    for size in chain((1, 4), repeat(BATCH_SIZE)):
        batch = list(islice(stream, size))
        if not batch:
            return
        yield from _run_batch(batch, tools)


def _run_batch(batch: list[Article | Rejected | Result], tools: Resources) -> Iterator[Result | Rejected]:
    articles = [reflow(item) for item in batch if isinstance(item, Article)]
    results: list[Result] | None = None
    try:
        results = _results(articles, tools)
    except Exception as error:  # one article must not cost the others; the culprit is found by going one by one
        if len(batch) == 1:
            yield _broken(articles[0].original, error)
            return
    if results is None:  # out here nothing of the failed batch is left in memory, as its traceback has gone
        yield from chain.from_iterable(_run_batch([item], tools) for item in batch)
        return
    done = iter(results)
    for item in batch:
        yield next(done) if isinstance(item, Article) else item


def _results(articles: list[Reflowed], tools: Resources) -> list[Result]:
    docs = (doc for _, doc in parse(tools.nlp, (each.article for each in articles)))
    return [process(each, doc, tools.knowledge) for each, doc in zip(articles, docs, strict=True)]


def _broken(article: Article, error: Exception) -> Rejected:
    if isinstance(error, MemoryError):
        return Rejected(
            article.file,
            f"the memory does not suffice for its {len(article.text):,} characters",
            "Split it, close other programs, or name fewer --workers; then run again.",
        )
    return Rejected(
        article.file,
        f"processing failed: {type(error).__name__}: {' '.join(str(error).split())[:200]}",
        "Please report this with the article if you can.",
    )
