"""Train models/quotes.txt from gold/quotes/train.jsonl: parse, propose, fit, write."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from spacy.tokens import Doc

from pipeline.corpus import make_article
from pipeline.knowledge.weights import write_weights
from pipeline.nlp import load_nlp, parse
from pipeline.records import Article
from tests.bench.gold import TRAIN, Row, read_rows
from tests.bench.training.gold import examples
from tests.bench.training.quotes import report, train

_HEAD = """Weights of the models that find quotes; made by python -m tests.bench train, described in README.md.
Trained on the training part of PolNeAR 1.0 (Newell, Margolin and Ruths, LREC 2018): features and weights, no text.
A line: feature, tab, weight, then what comes on top beside a given word."""


def train_quotes(gold: Path, to: Path) -> None:
    """Train the models on the training part of the folder with the gold sets; write them to the file ``to``.

    Takes about five minutes and says what it does on the way. Raises BenchError when the training rows aren't there.
    """
    rows = read_rows(gold / "quotes" / TRAIN)
    training_examples = list(examples(_parse_rows(rows)))
    attributions = sum(len(example.gold) for example in training_examples)
    report(f"{len(rows)} articles, {len(training_examples)} paragraphs, {attributions} attributions")
    write_weights(to, train(training_examples), _HEAD)
    report(f"wrote {to.name}, {to.stat().st_size / 1e6:.1f} MB")


def _parse_rows(rows: list[Row]) -> Iterator[tuple[Article, Doc, Row]]:
    articles = [make_article(row["text"], file="gold.txt") for row in rows]
    for (article, doc), row in zip(parse(load_nlp(), articles), rows, strict=True):
        if article.text != row["text"]:
            raise AssertionError(f"reading changed a text, so its offsets mean nothing: {row['text'][:60]!r}")
        yield article, doc, row
