"""The engine for one process: batches of articles are parsed together, results come out as soon as they are known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice, repeat

from pipeline.article import Resources, process
from pipeline.engines import PROCESSING_FAILED
from pipeline.nlp import BATCH_SIZE, parse
from pipeline.records import Article, Rejected, Result
from pipeline.text.reflow import Reflowed, reflow

#: Sizes of the first batches, in articles, before BATCH_SIZE: so the first claim doesn't wait for sixteen articles.
_FIRST_BATCHES = (1, 4)
#: Characters of an error's own words that a reason shows.
_MAX_ERROR_CHARS = 200


def run_local(items: Iterable[Article | Rejected | Result], resources: Resources) -> Iterator[Result | Rejected]:
    """A Result for every Article, in order; all else passes through in its place.

    An article on which the code fails, or for which the memory doesn't suffice, is Rejected with the reason.
    """
    stream = iter(items)
    for size in chain(_FIRST_BATCHES, repeat(BATCH_SIZE)):
        batch = list(islice(stream, size))
        if not batch:
            return
        yield from _run_batch(batch, resources)


def _run_batch(batch: list[Article | Rejected | Result], resources: Resources) -> Iterator[Result | Rejected]:
    """What the batch gives; when it fails, its items are run again one by one to find the article that does it."""
    articles = [reflow(item) for item in batch if isinstance(item, Article)]
    results: list[Result] | None = None
    try:
        results = _process_all(articles, resources)
    except Exception as error:  # one article must not cost the others
        if len(batch) == 1:
            yield _rejected(articles[0].original, error)
            return
    if results is None:  # only here, outside the handler, has the traceback freed what the failed batch held in memory
        yield from chain.from_iterable(_run_batch([item], resources) for item in batch)
        return
    next_result = iter(results)
    for item in batch:
        yield next(next_result) if isinstance(item, Article) else item


def _process_all(articles: list[Reflowed], resources: Resources) -> list[Result]:
    docs = (doc for _, doc in parse(resources.nlp, (reflowed.article for reflowed in articles)))
    return [process(reflowed, doc, resources.knowledge) for reflowed, doc in zip(articles, docs, strict=True)]


def _rejected(article: Article, error: Exception) -> Rejected:
    if isinstance(error, MemoryError):
        return Rejected(
            article.file,
            f"the memory does not suffice for its {len(article.text):,} characters",
            "Split it, close other programs, or name fewer --workers; then run again.",
        )
    return Rejected(
        article.file,
        f"{PROCESSING_FAILED}: {type(error).__name__}: {' '.join(str(error).split())[:_MAX_ERROR_CHARS]}",
        "Please report this with the article if you can.",
    )
