"""Frozen parses of the test sentences, so that a new parser model changes no test of a rule.

The parses are in tests/parses/<test module>.jsonl, one line per text. After adding a test sentence run ``pytest
--freeze``: it parses missing texts with the default model, and rewrites the files without those that no test used.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import spacy
from spacy.tokens import Doc, Span

from pipeline.records import Article, Block

PARSES = Path(__file__).resolve().parent.parent / "parses"
_VOCAB = spacy.blank("en").vocab


def plain_article(text: str, published: date | None = None, **fields: Any) -> Article:
    """An Article of body blocks only, one per paragraph."""
    blocks = tuple(Block(match.start(), match.end(), "body") for match in re.finditer(r"\S(?:.|\n(?!\n))*", text))
    return Article(doc_id="dtest", key="test", file="test.txt", text=text, blocks=blocks, published=published, **fields)


def dump(doc: Doc) -> dict[str, Any]:
    """A parse as JSON: a row per token [text, space, tag, pos, lemma, head, dep, sentence start], entity rows."""
    tokens = [
        [t.text, int(bool(t.whitespace_)), t.tag_, t.pos_, t.lemma_, t.head.i, t.dep_, int(bool(t.is_sent_start))]
        for t in doc
    ]
    return {"text": doc.text, "tokens": tokens, "ents": [[e.start, e.end, e.label_] for e in doc.ents]}


def restore(frozen: dict[str, Any]) -> Doc:
    """The Doc that a dump was made from."""
    words, spaces, tags, pos, lemmas, heads, deps, starts = zip(*frozen["tokens"], strict=True)
    doc = Doc(
        _VOCAB, words=list(words), spaces=[bool(s) for s in spaces], tags=list(tags), pos=list(pos),
        lemmas=list(lemmas), heads=list(heads), deps=list(deps), sent_starts=None,
    )  # fmt: skip
    doc.set_ents([Span(doc, start, end, label=label) for start, end, label in frozen["ents"]])
    if [int(bool(t.is_sent_start)) for t in doc] != list(starts):
        raise AssertionError("the frozen parse's sentences are not those of its heads")
    return doc


@dataclass
class Parses:
    """The frozen parses of one test module."""

    path: Path
    freeze: bool
    stored: dict[str, dict[str, Any]] = field(default_factory=dict)
    used: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.path.exists():
            rows = (json.loads(line) for line in self.path.read_text(encoding="utf-8").splitlines())
            self.stored = {row["text"]: row for row in rows}

    def __call__(self, article: Article) -> Doc:
        """The parse of the article's text; when there is none, the error says how to freeze it."""
        from pipeline.nlp import parser_text

        text = parser_text(article)
        if text not in self.stored:
            if not self.freeze:
                raise AssertionError(f"no frozen parse of {text[:60]!r}: run pytest --freeze")
            self.stored[text] = dump(_live(article))
        self.used[text] = self.stored[text]
        return restore(self.stored[text])

    def save(self) -> None:
        """Write the parses that were used, sorted, one per line; only under --freeze."""
        if self.freeze and self.used:
            self.path.parent.mkdir(exist_ok=True)
            rows = (json.dumps(self.used[text], ensure_ascii=False) for text in sorted(self.used))
            self.path.write_text("\n".join(rows) + "\n", encoding="utf-8")


_LIVE: list[Any] = []


def _live(article: Article) -> Doc:
    from pipeline.nlp import load_nlp, parse

    if not _LIVE:
        _LIVE.append(load_nlp())
    return next(iter(parse(_LIVE[0], [article])))[1]
