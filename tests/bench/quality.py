"""Figures on the gold sets: read every distinct text once, answer every row, score with the set's own scorer."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from tests.bench.adapters import ADAPTERS, Reading, Text, predict_pages
from tests.bench.figures import Figure, score
from tests.bench.floors import Floors, floor_of
from tests.bench.gold import GoldFile, Row, read_rows
from tests.bench.results import markdown_table

if TYPE_CHECKING:
    from pipeline.link.speakers import SpeakerResolver
    from pipeline.records import Spans, Speaker
    from pipeline.text.reflow import Reflowed

Item = TypeVar("Item")


@dataclass(slots=True)
class Clock:
    """CPU seconds of the parse, and the words that went through it."""

    seconds: float = 0.0
    words: int = 0

    def timed(self, stream: Iterable[Item]) -> Iterator[Item]:
        """The stream, its own work timed and what is done with each item not."""
        source = iter(stream)
        while True:
            start = time.process_time()
            try:
                item = next(source)
            except StopIteration:
                return
            finally:
                self.seconds += time.process_time() - start
            yield item


@dataclass(frozen=True, slots=True)
class Measured:
    """The figures of one model, and what its parse cost."""

    figures: list[Figure]
    clock: Clock


def measure(files: list[GoldFile], model: str) -> Measured:
    """The figures of every file. Raises BenchError when a file or scorer fails, BadModel when the model does."""
    rows = {file: read_rows(file.path) for file in files}
    answers: dict[GoldFile, list[Row]] = {file: [{} for _ in rows[file]] for file in files}
    wanted: dict[Text, list[tuple[GoldFile, int]]] = {}
    for file in files:
        if file.set == "pages":
            answers[file] = predict_pages(file, rows[file])
            continue
        for index, text in enumerate(ADAPTERS[file.set].texts(file, rows[file])):
            wanted.setdefault(text, []).append((file, index))
    clock = Clock()
    for text, reading in readings(list(wanted), model, clock):
        for file, index in wanted[text]:
            answers[file][index] = ADAPTERS[file.set].predict(rows[file][index], reading)
    return Measured([figure for file in files for figure in score(file, answers[file])], clock)


def readings(texts: list[Text], model: str, clock: Clock) -> Iterator[tuple[Text, Reading]]:
    """Each text read as an article of the corpus would be, streaming."""
    from pipeline.corpus import make_article
    from pipeline.extract import find_all
    from pipeline.knowledge import load_knowledge
    from pipeline.link import link_all
    from pipeline.link.mention_index import build_mention_index
    from pipeline.link.speakers import SpeakerResolver
    from pipeline.nlp import load_nlp, parse
    from pipeline.text.reflow import reflow

    if not texts:
        return
    knowledge = load_knowledge()
    articles = [make_article(one.text, file="gold.txt", published=one.published) for one in texts]
    changed = [one.text for one, article in zip(texts, articles, strict=True) if article.text != one.text]
    if changed:
        raise AssertionError(f"reading changed a text, so its offsets mean nothing: {changed[0][:60]!r}")
    clock.words = sum(len(one.text.split()) for one in texts)
    reads = [reflow(article) for article in articles]
    parsed = clock.timed(parse(load_nlp(model), [read.article for read in reads]))
    for text, read, (article, doc) in zip(texts, reads, parsed, strict=True):
        linked = link_all(find_all(doc, article, knowledge), article, doc, knowledge)
        who = SpeakerResolver(build_mention_index(doc, article, linked.mentions), knowledge.people, linked.quotes)
        yield text, Reading(read.original, read.linked_to_source(linked), partial(_resolve, read, who))


def _resolve(read: Reflowed, who: SpeakerResolver, spans: Spans) -> tuple[Speaker, ...]:
    """The speakers that spans name, offsets being those of the text as it came."""
    return tuple(
        read.speaker_to_source(speaker) for speaker in who.resolve(tuple(read.from_source(span) for span in spans))
    )


def quality_table(figures: Iterable[Figure], floors: Floors) -> str:
    """One line a figure: set, figure, value, floor, items."""
    rows = []
    for figure in figures:
        floor = floor_of(floors, figure)
        shown = "" if floor is None else f"{floor:.1f}"
        rows.append((figure.set, figure.name, f"{figure.value:.1f}", shown, str(figure.items)))
    return markdown_table(("set", "figure", "value", "floor", "items"), rows, left=2)
