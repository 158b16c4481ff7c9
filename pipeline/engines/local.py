"""The engine for one process: batches of articles are parsed together, results come out as soon as they are known."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import chain, islice, repeat

from pipeline.article import Resources, process_all
from pipeline.engines import PROCESSING_FAILED, Item
from pipeline.engines.time_limit import OutOfTime, TimeLimit, out_of_time, seconds_for
from pipeline.nlp import BATCH_SIZE
from pipeline.records import Article, Rejected, Result
from pipeline.settings import ARTICLE_SECONDS

#: Sizes of the first batches, in articles, before BATCH_SIZE: so the first claim doesn't wait for sixteen articles.
_FIRST_BATCHES = (1, 4)
#: Characters of an error's own words that a reason shows.
_MAX_ERROR_CHARS = 200


def run_local(
    items: Iterable[Item], resources: Resources, article_seconds: float = ARTICLE_SECONDS
) -> Iterator[Result | Rejected]:
    """A Result for every Article, in order; all else passes through in its place.

    An article on which the code fails, for which the memory doesn't suffice, or which takes more than
    ``article_seconds`` of CPU time for each part in which it is read, is Rejected with the reason.
    """
    stream = iter(items)
    for size in chain(_FIRST_BATCHES, repeat(BATCH_SIZE)):
        batch = list(islice(stream, size))
        if not batch:
            return
        yield from _run_batch(batch, resources, article_seconds)


def _run_batch(batch: list[Item], resources: Resources, article_seconds: float) -> Iterator[Result | Rejected]:
    """What the batch gives; from where it fails on, its items are run again one by one to find the one that does it."""
    waiting = deque(batch)
    articles = [item for item in batch if isinstance(item, Article)]
    # All of the batch gets what one article of it may take: that its articles are slow together costs nothing but a
    # second try of each.
    limit = TimeLimit(max((seconds_for(article, article_seconds) for article in articles), default=0.0))
    results = process_all(articles, resources, limit.check)
    while waiting:
        item = waiting[0]
        if not isinstance(item, Article):
            yield item
        else:
            try:
                with limit:
                    result = next(results)
            except (Exception, OutOfTime) as error:  # one article must not cost the others
                if len(batch) > 1:
                    break
                yield _rejected(item, error, article_seconds)
            else:
                yield result
        waiting.popleft()
    del results  # only here, outside the handler, has the traceback freed what the failed batch held in memory
    for item in waiting:
        yield from _run_batch([item], resources, article_seconds)


def _rejected(article: Article, error: BaseException, article_seconds: float) -> Rejected:
    if isinstance(error, OutOfTime):
        return out_of_time(article, article_seconds)
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
