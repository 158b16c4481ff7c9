"""Train models/quotes.txt from gold/quotes/train.jsonl and gold/claims/train.jsonl: parse, propose, fit, write."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from spacy.tokens import Doc

from pipeline.corpus import make_article
from pipeline.knowledge.cues import load_cue_words
from pipeline.knowledge.files import models_folder
from pipeline.knowledge.people import load_people
from pipeline.knowledge.weights import write_weights
from pipeline.nlp import load_nlp, parse
from pipeline.records import Article
from tests.bench.gold import TRAIN, Row, read_rows
from tests.bench.training.gold import Example, read_examples
from tests.bench.training.quotes import report_progress, train_models

#: The sets trained on, and how much a paragraph of each counts: 90 articles from the newsroom's view beside 840 of
#: PolNeAR, whose guideline is another. Set by hand on the development parts.
SETS = {"quotes": 1.0, "claims": 4.0}
_HEAD = """Weights of the models that find quotes; made by python -m tests.bench train, described in README.md.
Trained on the training part of PolNeAR 1.0 (Newell, Margolin and Ruths, LREC 2018) and on 90 articles of many
newsrooms that were annotated for this project: features and weights, no text.
A line: feature, tab, weight, then what comes on top beside a given word."""


def train_quotes(gold: Path, to: Path) -> None:
    """Train all models on the train parts of SETS and write their weights to ``to``; the same rows, the same bytes.

    Takes about seven minutes. Raises BenchError when the training rows aren't there.
    """
    examples: list[Example] = []
    for name, weight in SETS.items():
        rows = read_rows(gold / name / f"{TRAIN}.jsonl")
        of_set = list(read_examples(_parse_rows(rows), weight))
        attributions = sum(len(example.attributions) for example in of_set)
        report_progress(f"{name}: {len(rows)} articles, {len(of_set)} paragraphs, {attributions} attributions")
        examples += of_set
    folder = models_folder()
    write_weights(to, train_models(examples, load_cue_words(folder, load_people(folder))), _HEAD)
    report_progress(f"wrote {to.name}, {to.stat().st_size / 1e6:.1f} MB")


def _parse_rows(rows: list[Row]) -> Iterator[tuple[Article, Doc, Row]]:
    articles = [make_article(row["text"], file="gold.txt") for row in rows]
    for (article, doc), row in zip(parse(load_nlp(), articles), rows, strict=True):
        if article.text != row["text"]:
            raise AssertionError(f"reading changed a text, so its offsets mean nothing: {row['text'][:60]!r}")
        yield article, doc, row
