"""Figures on the gold sets: read every distinct text once, answer every row, score with the set's own scorer."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from tests.bench.adapters import ADAPTERS, Extraction, GoldText, predict_pages
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
    """CPU ``seconds`` of the parse, and the ``words`` that went through it."""

    seconds: float = 0.0
    words: int = 0

    def time(self, stream: Iterable[Item]) -> Iterator[Item]:
        """The items of the stream; its own work is timed, what is done with each item is not."""
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
    """The ``figures`` of one model, and on the ``clock`` what its parse cost."""

    figures: list[Figure]
    clock: Clock


def measure(files: list[GoldFile], model: str) -> Measured:
    """The figures of every file, each distinct text being read once.

    Raises BenchError when a file or scorer fails, BadModel when the model does.
    """
    rows = {file: read_rows(file.path) for file in files}
    predictions: dict[GoldFile, list[Row]] = {file: [{} for _ in rows[file]] for file in files}
    for file in files:
        if file.set == "pages":
            predictions[file] = predict_pages(file, rows[file])
    clock = Clock()
    rows_by_text = _find_rows_by_text(rows)
    for text, extraction in extract_texts(list(rows_by_text), model, clock):
        for file, index in rows_by_text[text]:
            predictions[file][index] = ADAPTERS[file.kind].predict(rows[file][index], extraction)
    for file in files:
        if file.set != "pages":
            predictions[file] = ADAPTERS[file.kind].finish(predictions[file])
    return Measured([figure for file in files for figure in score(file, predictions[file])], clock)


def _find_rows_by_text(rows: dict[GoldFile, list[Row]]) -> dict[GoldText, list[tuple[GoldFile, int]]]:
    """The rows that ask for each text, as file and index; pages are files and ask for none."""
    rows_by_text: dict[GoldText, list[tuple[GoldFile, int]]] = {}
    for file, file_rows in rows.items():
        if file.set == "pages":
            continue
        for index, text in enumerate(ADAPTERS[file.kind].texts(file, file_rows)):
            rows_by_text.setdefault(text, []).append((file, index))
    return rows_by_text


def extract_texts(texts: list[GoldText], model: str, clock: Clock) -> Iterator[tuple[GoldText, Extraction]]:
    """Each text with what newsclaims makes of it, read as an article of the corpus would be, streaming.

    The parse is timed on ``clock``.
    """
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
    articles = [make_article(text.text, file="gold.txt", published=text.published) for text in texts]
    changed = [text.text for text, article in zip(texts, articles, strict=True) if article.text != text.text]
    if changed:
        raise AssertionError(f"reading changed a text, so its offsets mean nothing: {changed[0][:60]!r}")
    clock.words = sum(len(text.text.split()) for text in texts)
    reflowed_articles = [reflow(article) for article in articles]
    parsed = clock.time(parse(load_nlp(model), [reflowed.article for reflowed in reflowed_articles]))
    for text, reflowed, (article, doc) in zip(texts, reflowed_articles, parsed, strict=True):
        linked = link_all(find_all(doc, article, knowledge), article, doc, knowledge)
        resolver = SpeakerResolver(build_mention_index(doc, article, linked.mentions), knowledge.people, linked.quotes)
        yield (
            text,
            Extraction(reflowed.original, reflowed.linked_to_source(linked), partial(_resolve, reflowed, resolver)),
        )


def _resolve(reflowed: Reflowed, resolver: SpeakerResolver, spans: Spans) -> tuple[Speaker, ...]:
    """The speakers that spans name, offsets being those of the text as it came."""
    speakers = resolver.resolve(tuple(reflowed.from_source(span) for span in spans))
    return tuple(reflowed.speaker_to_source(speaker) for speaker in speakers)


def quality_table(figures: Iterable[Figure], floors: Floors) -> str:
    """A Markdown table, one line a figure: set, figure, value and floor in percent, items it is computed over."""
    rows = []
    for figure in figures:
        floor = floor_of(floors, figure)
        shown = "" if floor is None else f"{floor:.1f}"
        rows.append((figure.set, figure.name, f"{figure.value:.1f}", shown, str(figure.items)))
    return markdown_table(("set", "figure", "value", "floor", "items"), rows, left=2)
